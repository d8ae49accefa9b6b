//! Difference of two maps as changes and as text.
//!
//! Law: `diff(a, b)` applied to `a` gives `b`.
//!
//! Must not know: where the maps come from.

use super::change::{Change, ChangeSet, Edit};
use super::step_label::quoted;
use crate::model::{Header, IndexedList, Map, ObjectRef, Record, Table, Touchpoint};

/// Returns the changes that turn `from` into `to`.
pub fn diff(from: &Map, to: &Map) -> ChangeSet {
    let mut way = DiffBuilder {
        map: from.clone(),
        changes: Vec::new(),
    };
    if from.header() != to.header() {
        let header = |map: &Map| Box::new(map.header().clone());
        way.changes.push(Change::Header(header(from), header(to)));
    }
    way.diff_list(Map::personas, to);
    way.diff_list(Map::departments, to);
    way.diff_list(Map::channels, to);
    way.diff_list(Map::environments, to);
    way.diff_list(Map::lanes, to);
    // A stage can only be removed after its touchpoints.
    way.insert_and_order(Map::stages, to);
    way.diff_touchpoints(to);
    way.remove_missing(Map::stages, to);
    way.diff_list(Map::actions, to);
    way.diff_list(Map::notes, to);
    way.diff_list(Map::suppressions, to);
    way.diff_list(Map::images, to);
    ChangeSet(way.changes)
}

type ListOf<R> = fn(&Map) -> &IndexedList<R>;

struct DiffBuilder {
    map: Map,
    changes: Vec<Change>,
}

impl DiffBuilder {
    fn push<R: Record, P: Clone + PartialEq + std::fmt::Debug>(&mut self, edit: Edit<R, P>)
    where
        Map: Table<R, Place = P>,
        Change: From<Edit<R, P>>,
    {
        let map = &mut self.map;
        let done = match &edit {
            Edit::Insert { at, record } => map.insert(at, record.clone()),
            Edit::Remove { record, .. } => Table::<R>::remove(map, record.id()).is_some(),
            Edit::Replace { after, .. } => map.replace(after.clone()).is_some(),
            Edit::Move { id, to, .. } => Table::<R>::shift(map, id, to),
        };
        debug_assert!(done, "a difference leads nowhere: {edit:?}");
        self.changes.push(edit.into());
    }

    fn diff_list<R: Record>(&mut self, list: ListOf<R>, to: &Map)
    where
        Map: Table<R, Place = usize>,
        Change: From<Edit<R, usize>>,
    {
        self.remove_missing(list, to);
        self.insert_and_order(list, to);
    }

    /// Removes the records that the target map does not contain.
    fn remove_missing<R: Record>(&mut self, list: ListOf<R>, to: &Map)
    where
        Map: Table<R, Place = usize>,
        Change: From<Edit<R, usize>>,
    {
        let kept = list(to);
        let gone = |(at, record): (usize, &R)| {
            (!kept.contains(record.id())).then(|| Edit::Remove {
                at,
                record: record.clone(),
            })
        };
        let gone: Vec<_> = list(&self.map)
            .iter()
            .enumerate()
            .filter_map(gone)
            .collect();
        gone.into_iter().rev().for_each(|edit| self.push(edit));
    }

    /// Inserts and moves records into the order of the target map; other records
    /// end up behind them.
    fn insert_and_order<R: Record>(&mut self, list: ListOf<R>, to: &Map)
    where
        Map: Table<R, Place = usize>,
        Change: From<Edit<R, usize>>,
    {
        let goal = list(to);
        for (at, wanted) in goal.iter().enumerate() {
            let now = list(&self.map);
            match now.position(wanted.id()) {
                None => self.push(Edit::Insert {
                    at,
                    record: wanted.clone(),
                }),
                Some(from) if from == at => {}
                Some(from) => {
                    // If the record here belongs one further on, moving that one is enough.
                    let here = now.as_slice().get(at).filter(|_| from == at + 1);
                    let last = now.len() - 1;
                    let on = here.and_then(|r| Some((r.id().clone(), goal.position(r.id())?)));
                    let (id, from, to) = match on {
                        Some((id, to)) => (id, at, to.min(last)),
                        None => (wanted.id().clone(), from, at),
                    };
                    self.push(Edit::Move { id, from, to });
                }
            }
            self.replace_if_changed(wanted);
        }
    }

    fn replace_if_changed<R: Record, P: Clone + PartialEq + std::fmt::Debug>(&mut self, wanted: &R)
    where
        Map: Table<R, Place = P>,
        Change: From<Edit<R, P>>,
    {
        let now = Table::<R>::get(&self.map, wanted.id());
        if let Some(before) = now.filter(|now| *now != wanted).cloned() {
            let after = wanted.clone();
            self.push(Edit::Replace { before, after });
        }
    }

    fn diff_touchpoints(&mut self, to: &Map) {
        let mut gone = Vec::new();
        for touchpoint in self.map.touchpoints() {
            if to.touchpoint(&touchpoint.id).is_none()
                && let Some(at) = self.map.location_of(&touchpoint.id)
            {
                let record = touchpoint.clone();
                gone.push(Edit::Remove { at, record });
            }
        }
        gone.into_iter().rev().for_each(|edit| self.push(edit));
        for stage in to.stages() {
            for (index, wanted) in to.touchpoints_in(&stage.id).iter().enumerate() {
                let at = (stage.id.clone(), index);
                match self.map.location_of(&wanted.id) {
                    None => self.push(Edit::Insert {
                        at,
                        record: wanted.clone(),
                    }),
                    Some(place) if place == at => {}
                    Some(from) => {
                        let now = self.map.touchpoints_in(&stage.id);
                        let next = from.0 == stage.id && from.1 == index + 1;
                        let here = now.get(index).filter(|_| next).map(|t| t.id.clone());
                        let on = here.and_then(|id| {
                            let (stage, index) = to.location_of(&id)?;
                            let last = now.len() - 1;
                            (stage == at.0).then_some((id, (stage, index.min(last))))
                        });
                        self.push(match on {
                            Some((id, to)) => Edit::Move { id, from: at, to },
                            None => Edit::Move {
                                id: wanted.id.clone(),
                                from,
                                to: at,
                            },
                        });
                    }
                }
                self.replace_if_changed(wanted);
            }
        }
    }
}

/// Describes changes, one line each: `Touchpoint “Pays”: owner, notes`. `to` is
/// the map after the changes. Returns at most `most` lines; the last one counts
/// the rest.
pub fn describe(changes: &ChangeSet, to: &Map, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for change in &changes.0 {
        let line = match change {
            Change::Header(before, after) => {
                format!("The map: {}", changed_header_fields(before, after))
            }
            Change::Touchpoint(edit) => match edit.as_ref() {
                Edit::Replace { before, after } => {
                    let name = quoted(&before.name);
                    format!(
                        "Touchpoint {name}: {}",
                        changed_touchpoint_fields(before, after).join(", ")
                    )
                }
                _ => describe_edit(change, to),
            },
            _ => describe_edit(change, to),
        };
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    if lines.len() > most {
        let rest = lines.len() - most.saturating_sub(1);
        lines.truncate(most.saturating_sub(1));
        lines.push(format!("and {rest} more"));
    }
    lines
}

fn describe_edit(change: &Change, to: &Map) -> String {
    let Some(edit) = change.summary() else {
        return String::new();
    };
    let noun = match &edit.object {
        ObjectRef::Note(_) => "Note",
        object => object.noun(),
    };
    match (edit.before, edit.after) {
        (None, Some(name)) => format!("{noun} {}: added", quoted(name)),
        (Some(name), None) => format!("{noun} {}: removed", quoted(name)),
        (Some(before), Some(after)) if before != after => {
            format!("{noun} {}: renamed to {}", quoted(before), quoted(after))
        }
        (Some(_), Some(name)) => format!("{noun} {}: changed", quoted(name)),
        (None, None) => match edit.object.name(to) {
            "" => format!("{noun} {}: moved", quoted(&edit.object.key())),
            name => format!("{noun} {}: moved", quoted(name)),
        },
    }
}

/// Describes the changed fields of the header.
fn changed_header_fields(before: &Header, after: &Header) -> String {
    if before.title != after.title {
        return format!("renamed to {}", quoted(&after.title));
    }
    let fields = [
        (before.kind != after.kind, "current or future"),
        (before.forked_from != after.forked_from, "origin"),
        (before.scenario != after.scenario, "scenario"),
        (before.measurements != after.measurements, "measurements"),
        (before.extra != after.extra, "data of other programs"),
    ];
    let differ = fields.iter().filter(|(differs, _)| *differs);
    differ.map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
}

/// Names the changed fields of a touchpoint.
fn changed_touchpoint_fields(before: &Touchpoint, after: &Touchpoint) -> Vec<&'static str> {
    let mut fields = Vec::new();
    macro_rules! compare {
        ($($field:ident: $word:literal;)*) => {
            $(if before.$field != after.$field { fields.push($word); })*
        };
    }
    compare! {
        name: "name"; description: "description"; channel: "channel";
        environment: "environment"; owner: "owner"; supporters: "supporters"; time: "time";
        duration: "duration"; moment_of_truth: "moment of truth"; feelings: "feelings";
        pains: "pain points"; opportunities: "opportunities"; backstage: "backstage";
        measurements: "measurements"; paths: "paths"; ends: "end of the journey";
        evidence: "evidence"; tags: "tags"; pictures: "pictures"; texts: "own lanes";
        votes: "votes"; notes: "notes";
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::plan_and_apply;
    use crate::edit::proptests::{intent, rolls};
    use crate::model::{Stage, arbitrary};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_diff_turns_one_map_into_any_other(
            one in arbitrary::map(),
            other in arbitrary::map(),
            edits in rolls(10),
        ) {
            let mut edited = one.clone();
            for roll in edits {
                if let Some(intent) = intent(&edited, roll) {
                    let _ = plan_and_apply(&mut edited, &intent);
                }
            }
            for to in [&other, &edited, &one] {
                let changes = diff(&one, to);
                let mut reached = one.clone();
                prop_assert_eq!(changes.apply(&mut reached), Ok(()));
                prop_assert_eq!(&reached, to);
                prop_assert_eq!(changes.inverse().apply(&mut reached), Ok(()));
                prop_assert_eq!(&reached, &one);
                prop_assert!(describe(&changes, to, 5).len() <= 5);
            }
            prop_assert!(diff(&one, &one).is_empty());
        }
    }

    #[test]
    fn a_moved_record_is_one_change_and_one_line() {
        let mut map = Map::with_title("T");
        for at in 0..6 {
            let name = format!("S{at}");
            map.insert(&at, Stage::new(name.as_str().into(), name));
        }
        for (from, to) in [(0, 5), (5, 0), (1, 3)] {
            let mut moved = map.clone();
            Table::<Stage>::shift(&mut moved, &map.stages().as_slice()[from].id, &to);
            let changes = diff(&map, &moved);
            assert_eq!(changes.0.len(), 1, "{from} to {to}");
            assert_eq!(
                describe(&changes, &moved, 9),
                [format!("Stage “S{from}”: moved")]
            );
        }
    }
}
