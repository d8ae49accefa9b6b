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
    sealed: bool,
    states: u64,
}

impl History {
    /// Remembers a step that has just been applied. Forgets what was undone.
    pub fn push(&mut self, step: Step) {
        self.undone.clear();
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
        self.done.push((self.states, step));
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
