//! Rows of the list of findings: filter, order and groups.
//!
//! Must not know: the appearance of rows.

use crate::app::ui::list_focus::ListKey;
use crate::insight::{Finding, FindingKey, Findings, RuleFamily, Severity};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A group of findings: the open ones of a family, or `None` for accepted ones.
pub(crate) type FindingGroup = Option<RuleFamily>;

/// Rows that can be collapsed: those of a group, or the single findings of one that sums up
/// many of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FindingFold {
    Group(FindingGroup),
    Rule(&'static str),
}

/// Identity of a row while the map changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FindingRowKey {
    Group(FindingGroup),
    Finding(FindingKey),
}

/// Filter and cursor of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FindingFilter {
    /// Words that must all occur in the message, the rule or the family.
    pub text: String,
    /// Hidden severities, in the order of [`Severity::ALL`].
    pub hidden: [bool; 3],
    /// The only family shown, if any.
    pub family: Option<RuleFamily>,
    /// Groups of open findings that were collapsed, and others that were expanded.
    toggled: BTreeSet<FindingFold>,
    /// Key of the row at the cursor.
    pub cursor: Option<FindingRowKey>,
    /// Last index of the cursor.
    pub cursor_index: usize,
}

impl FindingFilter {
    fn is_open(&self, fold: FindingFold) -> bool {
        matches!(fold, FindingFold::Group(Some(_))) != self.toggled.contains(&fold)
    }

    /// Collapses or expands rows, depending on the key.
    pub(crate) fn toggle_fold(&mut self, fold: FindingFold, key: ListKey) {
        let open = self.is_open(fold);
        let opens = key == ListKey::Right || (key == ListKey::Enter && !open);
        if opens != open && !self.toggled.remove(&fold) {
            self.toggled.insert(fold);
        }
    }

    /// Returns the row at the cursor. Once a finding is fixed or accepted, the next
    /// open one takes its place, else the previous one.
    pub(crate) fn cursor_row(&self, all: &[FindingRow<'_>], findings: &Findings) -> Option<usize> {
        let cursor = self.cursor.as_ref()?;
        let found = all.iter().position(|row| row.has_key(cursor));
        let is_open = |finding: &Finding| FindingRow::Finding(finding, false).has_key(cursor);
        if found.is_some()
            || matches!(cursor, FindingRowKey::Group(_))
            || findings
                .open
                .iter()
                .any(|finding| is_open(finding) || finding.members.iter().any(is_open))
        {
            return found;
        }
        let open = |at: &usize| matches!(all[*at], FindingRow::Finding(_, false));
        let cursor = self.cursor_index.min(all.len());
        (cursor..all.len())
            .find(open)
            .or_else(|| (0..cursor).rev().find(open))
    }

    fn passes(&self, finding: &Finding, words: &[String]) -> bool {
        let mut severities = Severity::ALL.into_iter().zip(self.hidden);
        let rule = finding.rule;
        if severities.any(|(severity, hidden)| hidden && severity == rule.severity)
            || self.family.is_some_and(|family| family != rule.family)
        {
            return false;
        }
        if words.is_empty() || finding.members.iter().any(|it| self.passes(it, words)) {
            return true;
        }
        let text = format!("{} {} {}", finding.message, rule.id, rule.family.title());
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FindingRow<'f> {
    /// A group with its number of findings, and whether they are shown.
    Group(FindingGroup, usize, bool),
    /// A finding that sums up many of a rule, and whether these are shown.
    Many(&'f Finding, bool),
    /// A finding, and whether it is accepted.
    Finding(&'f Finding, bool),
}

impl FindingRow<'_> {
    pub(crate) fn group(&self) -> Option<FindingGroup> {
        match self {
            FindingRow::Group(group, ..) => Some(*group),
            FindingRow::Many(..) | FindingRow::Finding(..) => None,
        }
    }

    /// The rows that this one collapses.
    pub(crate) fn fold(&self) -> Option<FindingFold> {
        match self {
            FindingRow::Group(group, ..) => Some(FindingFold::Group(*group)),
            FindingRow::Many(finding, _) => Some(FindingFold::Rule(finding.rule.id)),
            FindingRow::Finding(..) => None,
        }
    }

    pub(crate) fn key(&self) -> FindingRowKey {
        match self {
            FindingRow::Group(group, ..) => FindingRowKey::Group(*group),
            FindingRow::Many(finding, _) | FindingRow::Finding(finding, _) => {
                FindingRowKey::Finding(finding.key())
            }
        }
    }

    pub(crate) fn has_key(&self, key: &FindingRowKey) -> bool {
        match (self, key) {
            (FindingRow::Group(group, ..), FindingRowKey::Group(other)) => group == other,
            (
                FindingRow::Many(finding, _) | FindingRow::Finding(finding, _),
                FindingRowKey::Finding(key),
            ) => finding.has_key(key),
            _ => false,
        }
    }
}

/// Returns the rows that pass the filter: family by family, then accepted findings.
/// Findings and families are sorted by severity, most severe first.
pub(crate) fn rows<'f>(findings: &'f Findings, filter: &FindingFilter) -> Vec<FindingRow<'f>> {
    let words = filter.text.split_whitespace().map(str::to_lowercase);
    let words: Vec<String> = words.collect();
    let passing = |finding: &&Finding| filter.passes(finding, &words);
    let mut groups = RuleFamily::ALL.map(|family| {
        let of_family = findings.open.iter().filter(|f| f.rule.family == family);
        let mut found: Vec<&Finding> = of_family.filter(passing).collect();
        found.sort_by_key(|finding| Reverse(finding.rule.severity));
        (Some(family), found)
    });
    groups.sort_by_key(|(_, found)| Reverse(found.first().map(|worst| worst.rule.severity)));
    let accepted = findings.accepted.iter().filter(passing).collect();
    let mut rows = Vec::new();
    for (group, found) in groups.into_iter().chain([(None, accepted)]) {
        if found.is_empty() {
            continue;
        }
        let open = filter.is_open(FindingFold::Group(group));
        rows.push(FindingRow::Group(group, found.len(), open));
        for finding in found.into_iter().filter(|_| open) {
            if finding.members.is_empty() {
                rows.push(FindingRow::Finding(finding, group.is_none()));
                continue;
            }
            let open = filter.is_open(FindingFold::Rule(finding.rule.id));
            rows.push(FindingRow::Many(finding, open));
            let members = finding.members.iter().filter(|_| open);
            rows.extend(
                members
                    .filter(passing)
                    .map(|it| FindingRow::Finding(it, false)),
            );
        }
    }
    rows
}
