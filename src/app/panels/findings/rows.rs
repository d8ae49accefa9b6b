//! Rows of the list of findings: filter, order and groups.
//!
//! Must not know: the appearance of rows.

use crate::app::ui::list_focus::ListKey;
use crate::insight::{Finding, Findings, RuleFamily, Severity};
use crate::model::FieldRef;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Groups of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FindingGroup {
    /// Open findings of a family.
    Family(RuleFamily),
    /// Accepted findings.
    Accepted,
}

/// Identity of a row while the map changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FindingRowKey {
    Group(FindingGroup),
    /// Rule id and place in the map.
    Finding(&'static str, FieldRef),
}

/// Filter and cursor of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FindingFilter {
    /// Words that must all occur in the message, the rule or the family.
    pub text: String,
    /// Hidden severities, in the order of [`Severity::ALL`].
    pub hidden: [bool; 3],
    /// The only family shown, if any.
    pub family: Option<RuleFamily>,
    /// Collapsed groups.
    pub folded: BTreeSet<FindingGroup>,
    /// Key of the row at the cursor.
    pub cursor: Option<FindingRowKey>,
    /// Last index of the cursor.
    pub cursor_index: usize,
}

impl Default for FindingFilter {
    fn default() -> Self {
        FindingFilter {
            text: String::new(),
            hidden: [false; 3],
            family: None,
            folded: BTreeSet::from([FindingGroup::Accepted]),
            cursor: None,
            cursor_index: 0,
        }
    }
}

impl FindingFilter {
    /// Collapses or expands a group, depending on the key.
    pub(crate) fn toggle_fold(&mut self, head: FindingGroup, key: ListKey) {
        let folded = self.folded.contains(&head);
        match key {
            ListKey::Left => self.folded.insert(head),
            ListKey::Enter if !folded => self.folded.insert(head),
            _ => self.folded.remove(&head),
        };
    }

    /// Returns the row at the cursor. Once a finding is fixed or accepted, the next
    /// open one takes its place, else the previous one.
    pub(crate) fn cursor_row(&self, all: &[FindingRow<'_>], findings: &Findings) -> Option<usize> {
        let found = all.iter().position(|row| row.has_key(&self.cursor));
        let Some(FindingRowKey::Finding(rule, place)) = &self.cursor else {
            return found;
        };
        let mut open = findings.open.iter();
        if found.is_some() || open.any(|it| it.rule.id == *rule && it.location == *place) {
            return found;
        }
        let open = |at: &usize| matches!(all.get(*at), Some(FindingRow::Open(_)));
        let before = (0..self.cursor_index.min(all.len())).rev();
        (self.cursor_index..all.len())
            .find(open)
            .or_else(|| before.clone().find(open))
    }

    fn passes(&self, finding: &Finding, words: &[String]) -> bool {
        let severities = Severity::ALL.iter().zip(self.hidden);
        let hidden = severities.filter(|(severity, _)| **severity == finding.severity());
        if hidden.into_iter().any(|(_, hidden)| hidden) {
            return false;
        }
        if self.family.is_some_and(|family| family != finding.family()) {
            return false;
        }
        if words.is_empty() {
            return true;
        }
        let rule = finding.rule;
        let text = format!("{} {} {}", finding.message, rule.id, rule.family.title());
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FindingRow<'f> {
    Group {
        group: FindingGroup,
        title: &'static str,
        count: usize,
        open: bool,
    },
    Open(&'f Finding),
    Accepted(&'f Finding),
}

impl<'f> FindingRow<'f> {
    pub(crate) fn group(&self) -> Option<FindingGroup> {
        match self {
            FindingRow::Group { group: head, .. } => Some(*head),
            _ => None,
        }
    }

    /// Returns the finding, and whether it is accepted.
    pub(crate) fn finding(&self) -> Option<(&'f Finding, bool)> {
        match self {
            FindingRow::Group { .. } => None,
            FindingRow::Open(finding) => Some((finding, false)),
            FindingRow::Accepted(finding) => Some((finding, true)),
        }
    }

    pub(crate) fn key(&self) -> FindingRowKey {
        match self {
            FindingRow::Group { group: head, .. } => FindingRowKey::Group(*head),
            FindingRow::Open(it) | FindingRow::Accepted(it) => {
                FindingRowKey::Finding(it.rule.id, it.location.clone())
            }
        }
    }

    pub(crate) fn has_key(&self, key: &Option<FindingRowKey>) -> bool {
        match (self, key) {
            (FindingRow::Group { group: head, .. }, Some(FindingRowKey::Group(other))) => {
                head == other
            }
            (
                FindingRow::Open(it) | FindingRow::Accepted(it),
                Some(FindingRowKey::Finding(rule, place)),
            ) => it.rule.id == *rule && it.location == *place,
            _ => false,
        }
    }
}

/// Returns the rows that pass the filter: family by family, then accepted findings.
/// Findings and families are sorted by severity, most severe first.
pub(crate) fn rows<'f>(findings: &'f Findings, filter: &FindingFilter) -> Vec<FindingRow<'f>> {
    let words: Vec<String> = filter
        .text
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let mut rows = Vec::new();
    let mut group = |head: FindingGroup, title, mut group: Vec<FindingRow<'f>>| {
        if group.is_empty() {
            return;
        }
        let open = !filter.folded.contains(&head);
        let count = group.len();
        rows.push(FindingRow::Group {
            group: head,
            title,
            count,
            open,
        });
        if open {
            rows.append(&mut group);
        }
    };
    let passing = |finding: &&Finding| filter.passes(finding, &words);
    let mut families: Vec<Vec<&Finding>> = vec![Vec::new(); RuleFamily::ALL.len()];
    for finding in findings.open.iter().filter(passing) {
        let place = RuleFamily::ALL.iter().position(|f| *f == finding.family());
        if let Some(family) = place.and_then(|at| families.get_mut(at)) {
            family.push(finding);
        }
    }
    let mut families: Vec<_> = RuleFamily::ALL.into_iter().zip(families).collect();
    for (_, found) in &mut families {
        found.sort_by_key(|finding| Reverse(finding.severity()));
    }
    families.sort_by_key(|(_, found)| Reverse(found.first().map(|worst| worst.severity())));
    for (family, found) in families {
        let found = found.into_iter().map(FindingRow::Open).collect();
        group(FindingGroup::Family(family), family.title(), found);
    }
    let accepted = findings.accepted.iter().filter(passing);
    let accepted = accepted.map(FindingRow::Accepted).collect();
    group(FindingGroup::Accepted, "Accepted", accepted);
    rows
}
