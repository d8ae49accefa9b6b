//! Drawing of the findings as a printable sheet.
//!
//! Must not know: windows, how rules work.

use super::PictureOptions;
use crate::graph::Graph;
use crate::insight::{Family, Finding, Findings, NOTHING, Rule, Severity, Subject, sentence};
use crate::layout::findings::{self as sheet, Noted, Page, Said, Sign, findings};
use crate::layout::{Ink, flow};
use crate::model::{Date, Map, Record, StageId, TouchpointId};
use crate::scene::{Scene, build_findings};
use crate::text::Measure;
use crate::theme::Icon;
use std::cmp::Reverse;
use std::sync::Arc;

/// Draws the findings of a given date.
pub fn draw_findings(
    map: &Map,
    (found, today): (&Findings, Date),
    options: &PictureOptions,
    measure: &mut dyn Measure,
) -> Scene {
    let page = page(map, found, today);
    let theme = options.theme.with(options.palette);
    let sheet = findings(map, &page, options.layout.density, measure);
    build_findings(map, &sheet, theme)
}

/// Builds the content of the sheet: families and their rules by descending
/// severity, then accepted findings.
fn page(map: &Map, found: &Findings, today: Date) -> Page {
    let names = Names::of(map);
    let mut families = Vec::new();
    for family in Family::ALL {
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
            rules.extend(severe.filter_map(|rule| noted(rule, &own, &names)));
        }
        let worst = own.iter().map(|it| it.severity()).max();
        let title = format!("{} {}", family.title(), own.len());
        families.push((worst, sheet::Family { title, rules }));
    }
    // The same order as in the list: most severe first.
    families.sort_by_key(|(worst, _)| Reverse(*worst));
    let mut families: Vec<_> = families.into_iter().map(|(_, family)| family).collect();
    families.extend(accepted(map, &found.accepted, &names));
    let mut tallies = Vec::new();
    for severity in Severity::ALL {
        let count = found.open.iter().filter(|it| it.severity() == severity);
        match (count.count(), severity) {
            (0, _) => {}
            (1, Severity::Error) => tallies.push((sign(severity), "1 error".to_owned())),
            (1, Severity::Warning) => tallies.push((sign(severity), "1 warning".to_owned())),
            (n, Severity::Error) => tallies.push((sign(severity), format!("{n} errors"))),
            (n, Severity::Warning) => tallies.push((sign(severity), format!("{n} warnings"))),
            (n, Severity::Advice) => tallies.push((sign(severity), format!("{n} advice"))),
        }
    }
    if !found.accepted.is_empty() {
        let words = format!("{} lived with", found.accepted.len());
        tallies.push((ACCEPTED, words));
    }
    Page {
        when: format!("what the checks noticed on {today}"),
        tallies,
        families,
        nothing: NOTHING.to_owned(),
    }
}

/// The icon of accepted findings.
const ACCEPTED: Sign = (Icon::Check, Ink::Soft);

/// Returns the icon of a severity; fuller for more severe ones.
fn sign(severity: Severity) -> Sign {
    match severity {
        Severity::Error => (Icon::Flag3, Ink::Pain),
        Severity::Warning => (Icon::Flag2, Ink::Bad),
        Severity::Advice => (Icon::Bulb, Ink::Soft),
    }
}

/// Returns all findings of a rule; `None` if there are none.
fn noted(rule: &'static Rule, found: &[&Finding], names: &Names<'_>) -> Option<Noted> {
    let own = found.iter().filter(|it| it.rule == rule);
    let said: Vec<Said> = own
        .map(|it| Said {
            sentence: sentence(&it.message),
            about: names.about(&it.subject),
        })
        .collect();
    (!said.is_empty()).then(|| Noted {
        sign: sign(rule.severity),
        meaning: rule.meaning.to_owned(),
        said,
        why: rule.why.to_owned(),
        source: rule.source.to_owned(),
    })
}

/// Returns the accepted findings, each with its reason.
fn accepted(map: &Map, found: &[Finding], names: &Names<'_>) -> Option<sheet::Family> {
    let rules: Vec<Noted> = found
        .iter()
        .map(|it| {
            let key = it.subject.key();
            let of = |rule: &str, subject: &str| rule == it.rule.id && subject == key;
            let own = map.suppressions().iter().find(|s| of(&s.rule, &s.subject));
            Noted {
                sign: ACCEPTED,
                meaning: sentence(&it.message),
                said: Vec::new(),
                why: own.map_or_else(String::new, |it| it.reason.clone()),
                source: names.about(&it.subject),
            }
        })
        .collect();
    (!rules.is_empty()).then(|| sheet::Family {
        title: format!("Lived with {}", rules.len()),
        rules,
    })
}

/// Names of records as printed on the sheet.
struct Names<'m> {
    map: &'m Map,
    graph: Graph,
    numbers: Vec<Arc<str>>,
}

impl<'m> Names<'m> {
    fn of(map: &'m Map) -> Names<'m> {
        let graph = Graph::of(map);
        let numbers = flow::numbers(&graph);
        Names {
            map,
            graph,
            numbers,
        }
    }

    /// Returns the label of the subject of a finding.
    fn about(&self, subject: &Subject) -> String {
        let map = self.map;
        let thing = |what: &str, name: Option<&str>| match name.map(str::trim) {
            None | Some("") => what.to_owned(),
            Some(name) => format!("{what} · {name}"),
        };
        match subject {
            Subject::Map => "The whole map".to_owned(),
            Subject::Stage(id) => self.stage(id),
            Subject::Touchpoint(id) | Subject::Pain(id, _) => match map.stage_of(id) {
                None => self.step(id),
                Some(stage) => format!("{} · {}", self.step(id), self.stage(stage)),
            },
            Subject::Path(from, to) => format!("{} → {}", self.step(from), self.step(to)),
            Subject::Action(id) => thing("Action", map.actions().get(id).map(Record::name)),
            Subject::Persona(id) => thing("Persona", map.personas().get(id).map(Record::name)),
            Subject::Department(id) => {
                thing("Department", map.departments().get(id).map(Record::name))
            }
            Subject::Channel(id) => thing("Channel", map.channels().get(id).map(Record::name)),
            Subject::Environment(id) => {
                thing("Environment", map.environments().get(id).map(Record::name))
            }
            Subject::Picture(id) => thing("Picture", map.images().get(id).map(Record::name)),
            Subject::Record(id) => id.clone(),
        }
    }

    fn stage(&self, id: &StageId) -> String {
        match self.map.stages().get(id).map(|stage| stage.name.trim()) {
            None | Some("") => "Stage without a name".to_owned(),
            Some(name) => format!("Stage {name}"),
        }
    }

    fn step(&self, id: &TouchpointId) -> String {
        let number = self.graph.position(id).and_then(|at| self.numbers.get(at));
        let number = number.map_or("", |it| it);
        let name = self.map.touchpoint(id).map_or("", |it| it.name.trim());
        match name {
            "" => format!("Step {number}"),
            name => format!("Step {number} {name}"),
        }
    }
}
