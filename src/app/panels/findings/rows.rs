//! Rows of the list of findings: filter, order and groups.
//!
//! Must not know: the appearance of rows.

use crate::app::ui::list_focus::Keys;
use crate::insight::{Family, Finding, Findings, Severity};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Groups of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Head {
    /// Open findings of a family.
    Family(Family),
    /// Accepted findings.
    Accepted,
}

/// Identity of a row while the map changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Head(Head),
    /// Rule id and place in the map.
    Finding(&'static str, String),
}

/// Filter and cursor of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    /// Words that must all occur in the message, the rule or the family.
    pub text: String,
    /// Hidden severities, in the order of [`Severity::ALL`].
    pub hidden: [bool; 3],
    /// The only family shown, if any.
    pub family: Option<Family>,
    /// Collapsed groups.
    pub folded: BTreeSet<Head>,
    /// Key of the row at the cursor.
    pub cursor: Option<Key>,
    /// Last index of the cursor.
    pub at: usize,
}

impl Default for Filter {
    fn default() -> Self {
        Filter {
            text: String::new(),
            hidden: [false; 3],
            family: None,
            folded: BTreeSet::from([Head::Accepted]),
            cursor: None,
            at: 0,
        }
    }
}

impl Filter {
    /// Collapses or expands a group, depending on the key.
    pub(crate) fn fold(&mut self, head: Head, key: Keys) {
        let folded = self.folded.contains(&head);
        match key {
            Keys::Left => self.folded.insert(head),
            Keys::Enter if !folded => self.folded.insert(head),
            _ => self.folded.remove(&head),
        };
    }

    /// Returns the row at the cursor. Once a finding is fixed or accepted, the next
    /// open one takes its place, else the previous one.
    pub(crate) fn place(&self, all: &[Row<'_>], findings: &Findings) -> Option<usize> {
        let found = all.iter().position(|row| row.is(&self.cursor));
        let Some(Key::Finding(rule, place)) = &self.cursor else {
            return found;
        };
        let mut open = findings.open.iter();
        if found.is_some() || open.any(|it| it.rule.id == *rule && it.place == *place) {
            return found;
        }
        let open = |at: &usize| matches!(all.get(*at), Some(Row::Open(_)));
        let before = (0..self.at.min(all.len())).rev();
        (self.at..all.len())
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
pub(crate) enum Row<'f> {
    Head {
        head: Head,
        title: &'static str,
        count: usize,
        open: bool,
    },
    Open(&'f Finding),
    Accepted(&'f Finding),
}

impl<'f> Row<'f> {
    pub(crate) fn head(&self) -> Option<Head> {
        match self {
            Row::Head { head, .. } => Some(*head),
            _ => None,
        }
    }

    /// Returns the finding, and whether it is accepted.
    pub(crate) fn finding(&self) -> Option<(&'f Finding, bool)> {
        match self {
            Row::Head { .. } => None,
            Row::Open(finding) => Some((finding, false)),
            Row::Accepted(finding) => Some((finding, true)),
        }
    }

    pub(crate) fn key(&self) -> Key {
        match self {
            Row::Head { head, .. } => Key::Head(*head),
            Row::Open(it) | Row::Accepted(it) => Key::Finding(it.rule.id, it.place.clone()),
        }
    }

    pub(crate) fn is(&self, key: &Option<Key>) -> bool {
        match (self, key) {
            (Row::Head { head, .. }, Some(Key::Head(other))) => head == other,
            (Row::Open(it) | Row::Accepted(it), Some(Key::Finding(rule, place))) => {
                it.rule.id == *rule && it.place == *place
            }
            _ => false,
        }
    }
}

/// Returns the rows that pass the filter: family by family, then accepted findings.
/// Findings and families are sorted by severity, most severe first.
pub(crate) fn rows<'f>(findings: &'f Findings, filter: &Filter) -> Vec<Row<'f>> {
    let words: Vec<String> = filter
        .text
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let mut rows = Vec::new();
    let mut group = |head: Head, title, mut group: Vec<Row<'f>>| {
        if group.is_empty() {
            return;
        }
        let open = !filter.folded.contains(&head);
        let count = group.len();
        rows.push(Row::Head {
            head,
            title,
            count,
            open,
        });
        if open {
            rows.append(&mut group);
        }
    };
    let passing = |finding: &&Finding| filter.passes(finding, &words);
    let mut families: Vec<Vec<&Finding>> = vec![Vec::new(); Family::ALL.len()];
    for finding in findings.open.iter().filter(passing) {
        let place = Family::ALL.iter().position(|f| *f == finding.family());
        if let Some(family) = place.and_then(|at| families.get_mut(at)) {
            family.push(finding);
        }
    }
    let mut families: Vec<_> = Family::ALL.into_iter().zip(families).collect();
    for (_, found) in &mut families {
        found.sort_by_key(|finding| Reverse(finding.severity()));
    }
    families.sort_by_key(|(_, found)| Reverse(found.first().map(|worst| worst.severity())));
    for (family, found) in families {
        let found = found.into_iter().map(Row::Open).collect();
        group(Head::Family(family), family.title(), found);
    }
    let accepted = findings.accepted.iter().filter(passing);
    let accepted = accepted.map(Row::Accepted).collect();
    group(Head::Accepted, "Lived with", accepted);
    rows
}
