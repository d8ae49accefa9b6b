//! Changes of the current map, taken over into a future state that was forked from it: a merge with
//! the fork point, which then moves on.
//!
//! Must not know: windows, the rules of merging.

use super::Session;
use super::fork::{fork_point, read_fork_point};
use super::fork_origin::origin_path;
use crate::compare::merge::{Merged, SideNames, merge};
use crate::edit::{ChangeSet, UndoStep, diff};
use crate::format;
use crate::model::{Date, Map};
use crate::storage::disk;
use std::path::{Path, PathBuf};

/// A fork with the changes of its origin.
pub struct TakenOver {
    /// The merged map, whose fork point is the present origin.
    pub map: Map,
    /// The number of conflicts that people must settle.
    pub conflicts: usize,
    /// Whether the fork knew its origin as it was. If not, what differs is a conflict.
    pub knew_origin: bool,
}

/// Merges the present state of the origin into the fork in the file `path`. Blocks for as long as
/// reading and merging take.
///
/// # Errors
/// If the map is no fork, or its origin cannot be read; as a sentence.
pub fn take_over(future: &Map, path: &Path, today: Date) -> Result<TakenOver, String> {
    let origin = origin_path(future, path).ok_or_else(|| {
        "this map does not say by a relative file name which map it was forked from".to_owned()
    })?;
    let bytes = disk::read_map(&origin).map_err(|error| error.to_string())?;
    let current = format::read(&bytes).map_err(|error| {
        let name = origin.display();
        format!("{name}: {}", error.problem)
    })?;
    Ok(take_over_map(future, &current.map, today))
}

fn take_over_map(future: &Map, current: &Map, today: Date) -> TakenOver {
    let base = read_fork_point(future, current).map(|mut base| {
        // It is not part of a fork point.
        base.header_mut().fork_point = current.header().fork_point.clone();
        base
    });
    let names = SideNames {
        ours: "this future".to_owned(),
        theirs: "the current map".to_owned(),
    };
    let Merged {
        mut map,
        new_conflicts,
    } = merge(base.as_ref(), future, current, &names);
    // What a fork is and where it comes from is its own.
    let mut header = map.header().clone();
    let own = future.header();
    header.kind = own.kind;
    header.forked_from.clone_from(&own.forked_from);
    header.fork_point = own.fork_point.clone();
    let point = fork_point(current);
    if header.fork_point != point {
        header.fork_point = point;
        if let Some(fork) = &mut header.forked_from {
            fork.date = Some(today);
        }
    }
    *map.header_mut() = header;
    TakenOver {
        map,
        conflicts: new_conflicts,
        knew_origin: base.is_some(),
    }
}

/// A prepared [`take_over`] for any thread.
#[must_use]
pub struct TakeOverJob {
    map: Map,
    path: PathBuf,
    state: u64,
}

/// The result of a [`TakeOverJob`], to be passed to [`Session::end_take_over`].
#[must_use]
pub struct FinishedTakeOver {
    changes: ChangeSet,
    state: u64,
    /// The number of conflicts that people must settle.
    pub conflicts: usize,
    /// Whether the fork knew its origin as it was.
    pub knew_origin: bool,
}

impl TakeOverJob {
    /// Reads and merges.
    ///
    /// # Errors
    /// Those of [`take_over`].
    pub fn run(self, today: Date) -> Result<FinishedTakeOver, String> {
        let taken = take_over(&self.map, &self.path, today)?;
        Ok(FinishedTakeOver {
            changes: diff(&self.map, &taken.map),
            state: self.state,
            conflicts: taken.conflicts,
            knew_origin: taken.knew_origin,
        })
    }
}

impl Session {
    /// Prepares to take over the changes of the origin; `None` without a file, from which its name
    /// is seen.
    pub fn begin_take_over(&self) -> Option<TakeOverJob> {
        Some(TakeOverJob {
            map: self.map_without_proposal(),
            path: self.path.clone()?,
            state: self.history.state(),
        })
    }

    /// Applies what was taken over as one step. Returns the number of changes; `None` if the map
    /// was changed meanwhile, and then nothing has happened.
    pub fn end_take_over(&mut self, taken: FinishedTakeOver) -> Option<usize> {
        self.cancel();
        if taken.state != self.history.state() {
            return None;
        }
        let number = taken.changes.0.len();
        if number > 0 {
            self.snapshot_before_change();
            taken.changes.apply(&mut self.map).ok()?;
            self.history.seal();
            self.record_step(UndoStep {
                label: "Take over changes of the current map".to_owned(),
                changes: taken.changes,
                merge_key: None,
            });
            self.history.seal();
            self.revision += 1;
        }
        self.look_at_origin();
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Intent, plan_and_apply};
    use crate::model::arbitrary;
    use crate::session::fork;
    use proptest::prelude::*;

    const FORKED: Date = Date::constant(2026, 5, 18);
    const TODAY: Date = Date::constant(2026, 6, 1);

    fn renamed(map: &Map, from: &str, to: &str) -> Map {
        let mut map = map.clone();
        let mut touchpoint = map.touchpoints().find(|t| t.name == from).unwrap().clone();
        touchpoint.name = to.to_owned();
        plan_and_apply(&mut map, &Intent::SetTouchpoint(Box::new(touchpoint))).unwrap();
        map
    }

    fn current() -> Map {
        let text =
            "(title: \"T\", stages: [(name: \"S\", touchpoints: [(name: \"A\"), (name: \"B\")])])";
        format::read(text.as_bytes()).unwrap().map
    }

    #[test]
    fn changes_of_the_current_map_come_into_its_future_as_one_step() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, map: &Map| {
            let path = folder.path().join(name);
            crate::storage::write(&path, format::write(map).as_bytes()).unwrap();
            path
        };
        let current = current();
        let future = renamed(
            &fork(&current, "now.ron", "Target", FORKED),
            "A",
            "A, by phone",
        );
        write("now.ron", &renamed(&current, "B", "B, and waits"));
        let path = write("target.ron", &future);
        let mut session = Session::open(&path).unwrap();
        let take_over = |session: &mut Session| {
            let taken = session.begin_take_over().unwrap().run(TODAY).unwrap();
            assert!(taken.knew_origin && taken.conflicts == 0);
            session.end_take_over(taken)
        };
        assert_eq!(take_over(&mut session), Some(2));
        let names: Vec<&str> = session
            .map()
            .touchpoints()
            .map(|t| t.name.as_str())
            .collect();
        assert_eq!(names, ["A, by phone", "B, and waits"]);
        let header = session.map().header();
        assert_eq!(header.title, "T – Target");
        assert_eq!(header.forked_from.as_ref().unwrap().date, Some(TODAY));
        // The fork point has moved on: nothing is left to take over.
        assert_eq!(take_over(&mut session), Some(0));
        session.undo();
        assert_eq!(*session.map(), future);
    }

    #[test]
    fn a_change_on_both_sides_is_left_to_people_and_an_outdated_merge_is_refused() {
        let current = current();
        let future = renamed(&fork(&current, "now.ron", "", FORKED), "A", "A, by phone");
        let taken = take_over_map(&future, &renamed(&current, "A", "A, twice"), TODAY);
        assert_eq!((taken.conflicts, taken.map.conflicts().len()), (1, 1));
        let none = take_over(&current, Path::new("x.ron"), TODAY)
            .err()
            .unwrap();
        assert!(none.contains("does not say"), "{none}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn an_unchanged_origin_gives_nothing_to_take_over(map in arbitrary::map()) {
            let future = fork(&map, "now.ron", "", FORKED);
            let taken = take_over_map(&future, &map, TODAY);
            prop_assert!(taken.knew_origin);
            prop_assert_eq!(taken.conflicts, 0);
            prop_assert!(diff(&future, &taken.map).is_empty());
        }
    }
}
