//! Difference of two maps as changes and as text.
//!
//! Law: `diff(a, b)` applied to `a` gives `b`.
//!
//! Must not know: where the maps come from.

use super::change::{Change, ChangeSet, Edit, Editable};
use super::step_label::{changed_touchpoint_fields, quoted};
use crate::model::{Header, IndexedList, Map, ObjectRef, Table};

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
    way.insert_and_order(&|map| Some(map.stages()), |index| index, to);
    let now = way.map.clone();
    way.remove_missing(now.touchpoints(), to);
    for stage in to.stages() {
        let place = |index| (stage.id.clone(), index);
        way.insert_and_order(&|map| map.touchpoint_list(&stage.id), place, to);
    }
    let now = way.map.clone();
    way.remove_missing(now.stages(), to);
    way.diff_list(Map::actions, to);
    way.diff_list(Map::notes, to);
    way.diff_list(Map::comments, to);
    way.diff_list(Map::saved_views, to);
    way.diff_list(Map::conflicts, to);
    way.diff_list(Map::suppressions, to);
    way.diff_list(Map::images, to);
    ChangeSet(way.changes)
}

struct DiffBuilder {
    map: Map,
    changes: Vec<Change>,
}

impl DiffBuilder {
    fn push<R: Editable>(&mut self, edit: Edit<R, R::Place>) {
        let done = edit.apply(R::table_mut(&mut self.map));
        debug_assert!(
            done.is_ok(),
            "a difference leads nowhere: {done:?} {edit:?}"
        );
        self.changes.push(R::change(edit));
    }

    fn diff_list<R: Editable<Place = usize>>(
        &mut self,
        list: fn(&Map) -> &IndexedList<R>,
        to: &Map,
    ) {
        let before = list(&self.map).clone();
        self.remove_missing(&before, to);
        self.insert_and_order(&|map| Some(list(map)), |index| index, to);
    }

    /// Removes those of the records that the target map does not contain, the last one
    /// first.
    fn remove_missing<'r, R: Editable + 'r>(
        &mut self,
        records: impl IntoIterator<Item = &'r R>,
        to: &Map,
    ) {
        let is_missing = |record: &&R| R::table(to).get(record.id()).is_none();
        let missing: Vec<&R> = records.into_iter().filter(is_missing).collect();
        for record in missing.into_iter().rev() {
            if let Some(at) = R::table(&self.map).location(record.id()) {
                let record = record.clone();
                self.push(Edit::Remove { at, record });
            }
        }
    }

    /// Inserts, moves and replaces records so that a list begins with those of the target
    /// map in their order; other records end up behind them.
    fn insert_and_order<R: Editable>(
        &mut self,
        list: &dyn Fn(&Map) -> Option<&IndexedList<R>>,
        place: impl Fn(usize) -> R::Place,
        to: &Map,
    ) {
        let Some(goal) = list(to) else {
            return;
        };
        for (index, wanted) in goal.iter().enumerate() {
            let at = place(index);
            match R::table(&self.map).location(wanted.id()) {
                None => self.push(Edit::Insert {
                    at,
                    record: wanted.clone(),
                }),
                Some(from) if from == at => {}
                Some(from) => {
                    // If the record here belongs one further on, moving that one is enough.
                    let now = list(&self.map).filter(|_| from == place(index + 1));
                    let on = now.and_then(|now| {
                        let here = now.as_slice().get(index)?.id();
                        let to = goal.position(here)?.min(now.len() - 1);
                        Some((here.clone(), place(to)))
                    });
                    self.push::<R>(match on {
                        Some((id, to)) => Edit::Move { id, from: at, to },
                        None => Edit::Move {
                            id: wanted.id().clone(),
                            from,
                            to: at,
                        },
                    });
                }
            }
            let now = R::table(&self.map).get(wanted.id());
            if let Some(before) = now.filter(|now| *now != wanted).cloned() {
                let after = wanted.clone();
                self.push(Edit::Replace { before, after });
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
                    let fields = changed_touchpoint_fields(before, after);
                    let fields: Vec<&str> = fields.iter().map(|field| field.whole).collect();
                    format!("Touchpoint {}: {}", quoted(&before.name), fields.join(", "))
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

fn changed_header_fields(before: &Header, after: &Header) -> String {
    if before.title != after.title {
        return format!("renamed to {}", quoted(&after.title));
    }
    let fields = [
        (before.kind != after.kind, "current or future"),
        (before.forked_from != after.forked_from, "origin"),
        (before.scenario != after.scenario, "scenario"),
        (before.keeper != after.keeper, "keeper"),
        (before.rhythm != after.rhythm, "rhythm of checks"),
        (before.measurements != after.measurements, "measurements"),
        (before.extra != after.extra, "data of other programs"),
        (before.fork_point != after.fork_point, "fork point"),
    ];
    let differ = fields.iter().filter(|(differs, _)| *differs);
    differ.map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
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
