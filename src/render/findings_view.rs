//! Drawing of the findings as a printable sheet.
//!
//! Must not know: windows, how rules work.

use super::RenderOptions;
use super::record_names::RecordNames;
use crate::english::{count, sentence};
use crate::insight::{Accepted, Finding, Findings, NO_FINDINGS, Rule, RuleFamily, Severity};
use crate::layout::TextRole;
use crate::layout::findings::{
    self as sheet, FindingEntry, FindingsPage, RoleIcon, RuleEntry, findings,
};
use crate::model::{Date, Map};
use crate::scene::{Scene, build_findings};
use crate::text::Measure;
use crate::theme::Icon;
use std::cmp::Reverse;

/// The description of the drawn findings.
pub(super) const FINDINGS_ABOUT: &str = "What the checks noticed about a customer journey";

/// Draws the findings of a given date.
pub fn render_findings(
    map: &Map,
    (found, today): (&Findings, Date),
    options: &RenderOptions,
    measure: &mut dyn Measure,
) -> Scene {
    let page = findings_page(map, found, today);
    let theme = options.dress();
    let sheet = findings(map, &page, options.layout.density, measure);
    build_findings(map, &sheet, FINDINGS_ABOUT, theme)
}

/// Builds the content of the sheet: families and their rules by descending
/// severity, then accepted findings.
pub(super) fn findings_page(map: &Map, found: &Findings, today: Date) -> FindingsPage {
    let names = RecordNames::of(map);
    let mut families = Vec::new();
    for family in RuleFamily::ALL {
        let own: Vec<&Finding> = found
            .open
            .iter()
            .filter(|it| it.family() == family)
            .collect();
        if own.is_empty() {
            continue;
        }
        let mut rules = Vec::new();
        for severity in Severity::ALL {
            let severe = family.rules().iter().filter(|it| it.severity == severity);
            rules.extend(severe.filter_map(|rule| rule_entry(rule, &own, &names)));
        }
        let worst = own.iter().map(|it| it.severity()).max();
        let title = format!("{} {}", family.title(), own.len());
        families.push((worst, sheet::FamilySection { title, rules }));
    }
    // The same order as in the list: most severe first.
    families.sort_by_key(|(worst, _)| Reverse(*worst));
    let mut families: Vec<_> = families.into_iter().map(|(_, family)| family).collect();
    families.extend(accepted_family(map, &found.accepted, &names));
    let mut tallies = Vec::new();
    for severity in Severity::ALL {
        let found = found.open.iter().filter(|it| it.severity() == severity);
        let words = match (found.count(), severity) {
            (0, _) => continue,
            (n, Severity::Advice) => format!("{n} advice"),
            (n, severity) => count(n, severity.word()),
        };
        tallies.push((severity_icon(severity), words));
    }
    if !found.accepted.is_empty() {
        let words = format!("{} accepted", found.accepted.len());
        tallies.push((ACCEPTED_ICON, words));
    }
    FindingsPage {
        when: format!("what the checks noticed on {today}"),
        counts: tallies,
        families,
        empty_text: NO_FINDINGS.to_owned(),
    }
}

const ACCEPTED_ICON: RoleIcon = (Icon::Check, TextRole::Soft);

/// Returns the icon of a severity; fuller for more severe ones.
fn severity_icon(severity: Severity) -> RoleIcon {
    match severity {
        Severity::Error => (Icon::Flag3, TextRole::Pain),
        Severity::Warning => (Icon::Flag2, TextRole::Bad),
        Severity::Advice => (Icon::Bulb, TextRole::Soft),
    }
}

/// Returns all findings of a rule; `None` if there are none.
fn rule_entry(
    rule: &'static Rule,
    found: &[&Finding],
    names: &RecordNames<'_>,
) -> Option<RuleEntry> {
    let own = found.iter().filter(|it| it.rule == rule);
    let said: Vec<FindingEntry> = own
        .map(|finding| FindingEntry {
            sentence: sentence(&finding.message),
            about: names.subject_label(&finding.subject),
        })
        .collect();
    (!said.is_empty()).then(|| RuleEntry {
        icon: severity_icon(rule.severity),
        title: rule.title.to_owned(),
        findings: said,
        why: rule.why.to_owned(),
        source: rule.source.to_owned(),
    })
}

/// Returns the accepted findings, each with its reason.
fn accepted_family(
    map: &Map,
    found: &[Finding],
    names: &RecordNames<'_>,
) -> Option<sheet::FamilySection> {
    let accepted = Accepted::of(map);
    let reason = |finding| accepted.of_finding(finding).map(|it| it.reason.clone());
    let rules: Vec<RuleEntry> = found
        .iter()
        .map(|finding| RuleEntry {
            icon: ACCEPTED_ICON,
            title: sentence(&finding.message),
            findings: Vec::new(),
            why: reason(finding).unwrap_or_default(),
            source: names.subject_label(&finding.subject),
        })
        .collect();
    (!rules.is_empty()).then(|| sheet::FamilySection {
        title: format!("Accepted {}", rules.len()),
        rules,
    })
}
