//! Rows of the list of findings: filter, order and groups.
//!
//! Must not know: the appearance of rows.

use crate::app::ui::list_focus::ListKey;
use crate::folding::fold_text;
use crate::insight::{Finding, FindingKey, Findings, RuleFamily, Severity};
use crate::model::{Map, ObjectRef, StageId};
use std::cmp::Reverse;
use std::collections::HashSet;

/// The order of the list, which is also that of its groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FindingSort {
    /// By family, the one with the gravest finding first.
    #[default]
    Topic,
    /// By severity.
    Severity,
    /// By stage, in the order of the map.
    Stage,
}

impl FindingSort {
    /// All orders with their names.
    pub(crate) const ALL: [(FindingSort, &'static str); 3] = [
        (FindingSort::Topic, "Topic"),
        (FindingSort::Severity, "Severity"),
        (FindingSort::Stage, "Stage"),
    ];
}

/// A group of findings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FindingGroup {
    Topic(RuleFamily),
    Severity(Severity),
    /// The findings of a stage; `None` for those of the whole map.
    Stage(Option<StageId>),
    Accepted,
}

/// Rows that can be collapsed: those of a group, or the single findings of one that sums up
/// many of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// Filter, order and cursor of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FindingFilter {
    /// Words that must all occur in the message, the rule or the family.
    pub text: String,
    /// Hidden severities, in the order of [`Severity::ALL`].
    pub hidden: [bool; 3],
    /// The rules to show; empty for all.
    pub rules: Vec<&'static str>,
    /// The stages to show, and `None` for the whole map; empty for all.
    pub stages: Vec<Option<StageId>>,
    /// The order of the list.
    pub sort: FindingSort,
    /// Groups of open findings that were collapsed, and others that were expanded.
    toggled: HashSet<FindingFold>,
    /// Key of the row at the cursor.
    pub cursor: Option<FindingRowKey>,
    /// Last index of the cursor.
    pub cursor_index: usize,
}

/// The stage that a finding is about; `None` if it is about none.
pub(crate) fn stage_of(map: &Map, finding: &Finding) -> Option<StageId> {
    match &finding.subject {
        ObjectRef::Stage(id) => Some(id.clone()),
        object => map.stage_of(object.touchpoint()?).cloned(),
    }
}

/// Adds a value to a choice, or removes it.
pub(crate) fn toggle<T: PartialEq>(chosen: &mut Vec<T>, value: T) {
    let count = chosen.len();
    chosen.retain(|known| *known != value);
    if chosen.len() == count {
        chosen.push(value);
    }
}

impl FindingFilter {
    fn is_open(&self, fold: &FindingFold) -> bool {
        let is_closed_first = matches!(
            fold,
            FindingFold::Rule(_) | FindingFold::Group(FindingGroup::Accepted)
        );
        is_closed_first == self.toggled.contains(fold)
    }

    /// Collapses or expands rows, depending on the key.
    pub(crate) fn toggle_fold(&mut self, fold: FindingFold, key: ListKey) {
        let open = self.is_open(&fold);
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
        let open = |at: &usize| {
            matches!(
                all[*at],
                FindingRow::Finding(_, false) | FindingRow::Member(_)
            )
        };
        let cursor = self.cursor_index.min(all.len());
        (cursor..all.len())
            .find(open)
            .or_else(|| (0..cursor).rev().find(open))
    }

    /// Whether a finding passes, of one that sums up others whether any of them does.
    fn passes(&self, map: &Map, finding: &Finding, words: &[String]) -> bool {
        let mut severities = Severity::ALL.into_iter().zip(self.hidden);
        let rule = finding.rule;
        if severities.any(|(severity, hidden)| hidden && severity == rule.severity)
            || !(self.rules.is_empty() || self.rules.contains(&rule.id))
        {
            return false;
        }
        if !finding.members.is_empty() {
            let mut members = finding.members.iter();
            return members.any(|it| self.passes(map, it, words));
        }
        if !(self.stages.is_empty() || self.stages.contains(&stage_of(map, finding))) {
            return false;
        }
        if words.is_empty() {
            return true;
        }
        let (title, family) = (rule.title, rule.family.title());
        let text = format!("{} {} {title} {family}", finding.message, rule.id);
        let text = fold_text(&text);
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
    /// A finding of those that the row above sums up.
    Member(&'f Finding),
    /// A finding, and whether it is accepted.
    Finding(&'f Finding, bool),
}

impl<'f> FindingRow<'f> {
    /// The finding of the row, and whether it is accepted.
    pub(crate) fn finding(&self) -> Option<(&'f Finding, bool)> {
        match self {
            FindingRow::Group(..) => None,
            FindingRow::Many(finding, _) | FindingRow::Member(finding) => Some((finding, false)),
            FindingRow::Finding(finding, accepted) => Some((finding, *accepted)),
        }
    }

    /// Whether the row is the header of a group.
    pub(crate) fn is_group(&self) -> bool {
        matches!(self, FindingRow::Group(..))
    }

    /// The rows that this one collapses.
    pub(crate) fn fold(&self) -> Option<FindingFold> {
        match self {
            FindingRow::Group(group, ..) => Some(FindingFold::Group(group.clone())),
            FindingRow::Many(finding, _) => Some(FindingFold::Rule(finding.rule.id)),
            FindingRow::Member(_) | FindingRow::Finding(..) => None,
        }
    }

    pub(crate) fn key(&self) -> FindingRowKey {
        match self {
            FindingRow::Group(group, ..) => FindingRowKey::Group(group.clone()),
            FindingRow::Many(finding, _)
            | FindingRow::Member(finding)
            | FindingRow::Finding(finding, _) => FindingRowKey::Finding(finding.key()),
        }
    }

    pub(crate) fn has_key(&self, key: &FindingRowKey) -> bool {
        match (self, key) {
            (FindingRow::Group(group, ..), FindingRowKey::Group(other)) => group == other,
            (
                FindingRow::Many(finding, _)
                | FindingRow::Member(finding)
                | FindingRow::Finding(finding, _),
                FindingRowKey::Finding(key),
            ) => finding.has_key(key),
            _ => false,
        }
    }
}

/// Returns the rows that pass the filter, group by group, then accepted findings. Within a
/// group the gravest come first, otherwise they keep the order of the map.
pub(crate) fn rows<'f>(
    map: &Map,
    findings: &'f Findings,
    filter: &FindingFilter,
) -> Vec<FindingRow<'f>> {
    let words = filter.text.split_whitespace().map(fold_text);
    let words: Vec<String> = words.collect();
    let passing = |finding: &&Finding| filter.passes(map, finding, &words);
    let open = findings.open.iter().filter(passing);
    let open: Vec<&Finding> = match filter.sort {
        FindingSort::Topic | FindingSort::Severity => open.collect(),
        // What is summed up over the map belongs to many stages.
        FindingSort::Stage => open.flat_map(Finding::singles).filter(passing).collect(),
    };
    let accepted = findings.accepted.iter().filter(passing).collect();
    let groups = groups(map, filter.sort, &open);
    let mut rows = Vec::new();
    for (group, found) in groups
        .into_iter()
        .chain([(FindingGroup::Accepted, accepted)])
    {
        if found.is_empty() {
            continue;
        }
        let is_accepted = group == FindingGroup::Accepted;
        let fold = FindingFold::Group(group.clone());
        let open = filter.is_open(&fold);
        rows.push(FindingRow::Group(group, found.len(), open));
        for finding in found.into_iter().filter(|_| open) {
            if finding.members.is_empty() {
                rows.push(FindingRow::Finding(finding, is_accepted));
                continue;
            }
            let open = filter.is_open(&FindingFold::Rule(finding.rule.id));
            rows.push(FindingRow::Many(finding, open));
            let members = finding.members.iter().filter(|_| open);
            rows.extend(members.filter(passing).map(FindingRow::Member));
        }
    }
    rows
}

/// The groups of an order in their sequence, with their findings; some may be empty.
fn groups<'f>(
    map: &Map,
    sort: FindingSort,
    open: &[&'f Finding],
) -> Vec<(FindingGroup, Vec<&'f Finding>)> {
    let names: Vec<FindingGroup> = match sort {
        FindingSort::Topic => RuleFamily::ALL.map(FindingGroup::Topic).into(),
        FindingSort::Severity => Severity::ALL.map(FindingGroup::Severity).into(),
        FindingSort::Stage => {
            let stages = map.stages().iter().map(|stage| Some(stage.id.clone()));
            let all = std::iter::once(None).chain(stages);
            all.map(FindingGroup::Stage).collect()
        }
    };
    let mut groups: Vec<_> = names.into_iter().map(|name| (name, Vec::new())).collect();
    for finding in open {
        let at = match sort {
            FindingSort::Topic => RuleFamily::ALL
                .iter()
                .position(|it| *it == finding.family()),
            FindingSort::Severity => Severity::ALL
                .iter()
                .position(|it| *it == finding.severity()),
            FindingSort::Stage => {
                let place = stage_of(map, finding).and_then(|id| map.stages().position(&id));
                Some(place.map_or(0, |place| place + 1))
            }
        };
        if let Some((_, own)) = at.and_then(|at| groups.get_mut(at)) {
            own.push(*finding);
        }
    }
    for (_, own) in &mut groups {
        own.sort_by_key(|finding| Reverse(finding.severity()));
    }
    if sort == FindingSort::Topic {
        groups.sort_by_key(|(_, own)| Reverse(own.first().map(|worst| worst.severity())));
    }
    groups
}
