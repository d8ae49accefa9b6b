//! Undo and redo without limit.
//!
//! Must not know: intents, files.

use super::change::{ApplyError, ChangeSet};
use crate::model::Map;
use serde::{Deserialize, Serialize};

/// One undoable step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoStep {
    /// The label shown to users, as in "Rename touchpoint".
    pub label: String,
    /// The changes.
    pub changes: ChangeSet,
    /// Successive steps with the same key are merged into one (typing).
    pub merge_key: Option<String>,
}

/// The undo and redo stacks of a map.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<(u64, UndoStep)>,
    undone: Vec<(u64, UndoStep)>,
    /// The redo stack before the last step was made.
    forgotten: Vec<(u64, UndoStep)>,
    sealed: bool,
    states: u64,
}

impl History {
    /// Adds a step that has just been applied and clears the redo stack;
    /// [`History::withdraw`] can restore it.
    pub fn push(&mut self, step: UndoStep) {
        self.states += 1;
        if let Some((state, last)) = self.done.last_mut()
            && !self.sealed
            && step.merge_key.is_some()
            && last.merge_key == step.merge_key
        {
            last.changes.squash(step.changes);
            last.label = step.label;
            *state = self.states;
            return;
        }
        self.sealed = false;
        self.forgotten = std::mem::take(&mut self.undone);
        self.done.push((self.states, step));
    }

    /// Undoes the last step as if it had never been made: it cannot be redone,
    /// and the redo stack from before it is restored. Returns the label and the
    /// changes applied.
    ///
    /// # Errors
    /// The map is not the one that the step led to; nothing changes then.
    pub fn withdraw(&mut self, map: &mut Map) -> Result<Option<(String, ChangeSet)>, ApplyError> {
        let before = std::mem::take(&mut self.forgotten);
        let taken = self.undo(map)?;
        if taken.is_some() {
            self.undone = before;
        }
        Ok(taken)
    }

    /// Identifies the current state of the map: equal before and after an undo
    /// and redo, different for any two states that steps lead to. 0 is the state
    /// without steps.
    pub fn state(&self) -> u64 {
        self.done.last().map_or(0, |(state, _)| *state)
    }

    /// Ends the current run of mergeable steps: the next one is not merged.
    pub fn seal(&mut self) {
        self.sealed = true;
    }

    /// Whether the next step is not merged, regardless of its key.
    pub fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// Undoes the last step; returns its label and the changes applied.
    ///
    /// # Errors
    /// The map is not the one that the step led to; nothing changes then.
    pub fn undo(&mut self, map: &mut Map) -> Result<Option<(String, ChangeSet)>, ApplyError> {
        self.travel(map, true)
    }

    /// Redoes the last undone step; returns its label and the changes applied.
    ///
    /// # Errors
    /// The map is not the one that the step started from; nothing changes then.
    pub fn redo(&mut self, map: &mut Map) -> Result<Option<(String, ChangeSet)>, ApplyError> {
        self.travel(map, false)
    }

    fn travel(
        &mut self,
        map: &mut Map,
        back: bool,
    ) -> Result<Option<(String, ChangeSet)>, ApplyError> {
        let (from, to) = if back {
            (&mut self.done, &mut self.undone)
        } else {
            (&mut self.undone, &mut self.done)
        };
        let Some((_, step)) = from.last() else {
            return Ok(None);
        };
        let label = step.label.clone();
        let changes = if back {
            step.changes.inverse()
        } else {
            step.changes.clone()
        };
        changes.apply(map)?;
        to.extend(from.pop());
        self.forgotten.clear();
        self.sealed = true;
        Ok(Some((label, changes)))
    }

    /// Returns a step, done or undone, by its index in the order of creation, from 0.
    pub fn step(&self, index: usize) -> Option<&UndoStep> {
        let (_, step) = match index.checked_sub(self.done.len()) {
            None => self.done.get(index)?,
            Some(back) => self.undone.get(self.undone.len().checked_sub(back + 1)?)?,
        };
        Some(step)
    }

    /// The map after this number of steps, from the present one; `None` if there are not so many.
    pub fn map_at(&self, present: &Map, steps: usize) -> Option<Map> {
        let mut map = present.clone();
        if steps > self.done.len() + self.undone.len() {
            return None;
        }
        for (_, step) in self.done.iter().skip(steps).rev() {
            step.changes.inverse().apply(&mut map).ok()?;
        }
        let ahead = steps.saturating_sub(self.done.len());
        for (_, step) in self.undone.iter().rev().take(ahead) {
            step.changes.apply(&mut map).ok()?;
        }
        Some(map)
    }

    /// The steps on the undo stack, oldest first.
    pub fn done(&self) -> impl ExactSizeIterator<Item = &UndoStep> {
        self.done.iter().map(|(_, step)| step)
    }

    /// The steps on the redo stack, the next one last.
    pub fn undone(&self) -> impl ExactSizeIterator<Item = &UndoStep> {
        self.undone.iter().map(|(_, step)| step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::plan;
    use crate::edit::proptests::{intent, rolls};
    use crate::model::arbitrary;
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    /// The observable state of a history.
    fn told(history: &History) -> (Vec<UndoStep>, Vec<UndoStep>, u64) {
        let done = history.done().cloned().collect();
        (done, history.undone().cloned().collect(), history.state())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn withdrawing_a_step_restores_the_history_before_it(
            map in arbitrary::map(),
            before in rolls(8),
            after in rolls(6),
            undone in 0..4_usize,
        ) {
            let (mut map, mut history) = (map, History::default());
            let make = |history: &mut History, map: &mut Map, roll, key: Option<&str>| {
                let Some(changes) = intent(map, roll).and_then(|it| plan(map, &it).ok()) else {
                    return false;
                };
                if changes.is_empty() || changes.apply(map).is_err() {
                    return false;
                }
                history.push(UndoStep {
                    label: "Step".to_owned(),
                    changes,
                    merge_key: key.map(str::to_owned),
                });
                true
            };
            for roll in before {
                make(&mut history, &mut map, roll, None);
            }
            for _ in 0..undone {
                history.undo(&mut map).unwrap();
            }
            history.seal();
            let (was, known) = (map.clone(), told(&history));
            let mut any = false;
            for roll in after {
                any |= make(&mut history, &mut map, roll, Some("writing"));
            }
            if any {
                prop_assert!(history.withdraw(&mut map).unwrap().is_some());
            }
            prop_assert_eq!(&map, &was);
            prop_assert_eq!(told(&history), known.clone());
            // The redo stack works again.
            for _ in 0..known.1.len() {
                prop_assert!(history.redo(&mut map).unwrap().is_some());
            }
        }
    }
}
