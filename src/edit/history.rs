//! Undo and redo without limit.

use super::change::{ChangeSet, Misfit};
use crate::model::Map;
use serde::{Deserialize, Serialize};

/// One step as people see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What was done, as in "Rename touchpoint".
    pub label: String,
    /// What changed.
    pub changes: ChangeSet,
    /// Steps with the same key that follow each other are one step (typing).
    pub merge_key: Option<String>,
}

/// The steps that led to the map and those that were taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<(u64, Step)>,
    undone: Vec<(u64, Step)>,
    /// What could be done again before the last step was made.
    forgotten: Vec<(u64, Step)>,
    sealed: bool,
    states: u64,
}

impl History {
    /// Remembers a step that has just been applied. Forgets what was undone,
    /// unless the step is withdrawn.
    pub fn push(&mut self, step: Step) {
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

    /// Takes the last step back as if nobody had ever made it: it cannot be done
    /// again, and what could be done again before it can be so now. What
    /// changed on the map.
    ///
    /// # Errors
    /// Where the map is not the one the step led to; nothing changes then.
    pub fn withdraw(&mut self, map: &mut Map) -> Result<Option<(String, ChangeSet)>, Misfit> {
        let before = std::mem::take(&mut self.forgotten);
        let taken = self.undo(map)?;
        if taken.is_some() {
            self.undone = before;
        }
        Ok(taken)
    }

    /// Names the state that the map is in: equal before and after an undo and redo,
    /// different for any two states that steps lead to. 0 is the state without steps.
    pub fn state(&self) -> u64 {
        self.done.last().map_or(0, |(state, _)| *state)
    }

    /// Ends the current run of mergeable steps: the next one is a step of its own.
    pub fn seal(&mut self) {
        self.sealed = true;
    }

    /// Whether the next step is one of its own, whatever its key.
    pub fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// Takes the last step back; its label and what changed on the map.
    ///
    /// # Errors
    /// Where the map is not the one the step led to; nothing changes then.
    pub fn undo(&mut self, map: &mut Map) -> Result<Option<(String, ChangeSet)>, Misfit> {
        let Some((state, step)) = self.done.pop() else {
            return Ok(None);
        };
        let inverse = step.changes.inverse();
        if let Err(misfit) = inverse.apply(map) {
            self.done.push((state, step));
            return Err(misfit);
        }
        let label = step.label.clone();
        self.forgotten.clear();
        self.undone.push((state, step));
        self.sealed = true;
        Ok(Some((label, inverse)))
    }

    /// Does the last undone step again; its label and what changed on the map.
    ///
    /// # Errors
    /// Where the map is not the one the step started from; nothing changes then.
    pub fn redo(&mut self, map: &mut Map) -> Result<Option<(String, ChangeSet)>, Misfit> {
        let Some((state, step)) = self.undone.pop() else {
            return Ok(None);
        };
        if let Err(misfit) = step.changes.apply(map) {
            self.undone.push((state, step));
            return Err(misfit);
        }
        let result = (step.label.clone(), step.changes.clone());
        self.forgotten.clear();
        self.done.push((state, step));
        self.sealed = true;
        Ok(Some(result))
    }

    /// Any step, done or undone, in the order in which they were made, from 0.
    pub fn step(&self, index: usize) -> Option<&Step> {
        let (_, step) = match index.checked_sub(self.done.len()) {
            None => self.done.get(index)?,
            Some(back) => self.undone.get(self.undone.len().checked_sub(back + 1)?)?,
        };
        Some(step)
    }

    /// The steps done so far, oldest first.
    pub fn done(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.done.iter().map(|(_, step)| step)
    }

    /// The steps that can be done again, the next one last.
    pub fn undone(&self) -> impl ExactSizeIterator<Item = &Step> {
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

    /// Everything that people can tell about a history.
    fn told(history: &History) -> (Vec<Step>, Vec<Step>, u64) {
        let done = history.done().cloned().collect();
        (done, history.undone().cloned().collect(), history.state())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_step_that_is_withdrawn_was_never_made(
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
                history.push(Step {
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
            // What could be done again can be done again.
            for _ in 0..known.1.len() {
                prop_assert!(history.redo(&mut map).unwrap().is_some());
            }
        }
    }
}
