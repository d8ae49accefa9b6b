//! Playing a journal: the map and its history as they come to be again, and how
//! both stand to the file.

use super::{Entry, Origin};
use crate::edit::change::{ChangeSet, Misfit};
use crate::edit::history::History;
use crate::model::Map;

/// A map as it comes to be again, step by step.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// The map.
    pub map: Map,
    /// The steps since the last whole copy.
    pub history: History,
    /// The file it belongs to.
    pub origin: Origin,
    /// How many steps it differs from its file.
    pub unsaved: usize,
    /// The state of the history that is in the file, where it is known.
    pub saved: Option<u64>,
    /// A save of which nobody knows whether it came to an end, and how many
    /// steps differed from the file when it began.
    pub saving: Option<(Origin, usize)>,
}

/// A step back or on.
type Go = fn(&mut History, &mut Map) -> Result<Option<(String, ChangeSet)>, Misfit>;

impl Replay {
    /// A map to begin with: a whole copy that was read.
    pub fn new(map: Map, origin: Origin, unsaved: usize) -> Replay {
        Replay {
            map,
            history: History::default(),
            origin,
            unsaved,
            saved: (unsaved == 0).then_some(0),
            saving: None,
        }
    }

    /// Lets one more thing happen. A whole copy says nothing new here.
    ///
    /// # Errors
    /// Where it does not fit; the map stays as it was before.
    pub fn play(&mut self, entry: Entry) -> Result<(), Misfit> {
        match entry {
            Entry::Whole { .. } => {}
            Entry::Step { step, sealed } => {
                step.changes.apply(&mut self.map)?;
                if sealed {
                    self.history.seal();
                }
                let before = self.history.done().len();
                self.history.push(step);
                self.unsaved +=
                    usize::from(self.history.done().len() > before || self.unsaved == 0);
            }
            Entry::Undo(changes) => {
                self.step(self.is_last(&changes), &changes, History::undo)?;
            }
            Entry::Withdraw(changes) => {
                self.step(self.is_last(&changes), &changes, History::withdraw)?;
            }
            Entry::Redo(changes) => {
                let next = self.history.undone().last();
                let known = next.is_some_and(|step| step.changes == changes);
                self.step(known, &changes, History::redo)?;
            }
            Entry::Saving(origin) => match &mut self.saving {
                Some((begun, _)) if begun.path == origin.path && origin.seen.is_some() => {
                    *begun = origin;
                }
                _ => {
                    self.history.seal();
                    self.saving = Some((origin, self.unsaved));
                }
            },
            Entry::NotSaved => self.saving = None,
            Entry::Saved { origin, since } => {
                self.saving = None;
                self.origin = origin;
                self.unsaved = since;
                self.saved = None;
                if since == 0 {
                    self.history.seal();
                    self.saved = Some(self.history.state());
                }
            }
        }
        Ok(())
    }

    /// The save that was under way did come to an end: the file holds the map as
    /// it was when that began.
    pub fn was_saved(&mut self) {
        if let Some((origin, before)) = self.saving.take() {
            self.origin = origin;
            self.unsaved = self.unsaved.saturating_sub(before);
            self.saved = None;
        }
    }

    /// Whether this takes back the last step that is known.
    fn is_last(&self, changes: &ChangeSet) -> bool {
        let last = self.history.done().last();
        last.is_some_and(|step| step.changes.inverse() == *changes)
    }

    fn step(&mut self, known: bool, changes: &ChangeSet, go: Go) -> Result<(), Misfit> {
        if known {
            go(&mut self.history, &mut self.map)?;
        } else {
            // Of a step before the last whole copy only the change is known.
            changes.apply(&mut self.map)?;
            self.history = History::default();
            self.saved = None;
        }
        self.unsaved += 1;
        Ok(())
    }
}
