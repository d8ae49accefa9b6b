//! Replay of a journal: restores the map, its history and their relation to the file.
//!
//! Must not know: disk, clocks, the format of maps.

use super::{Entry, Origin};
use crate::edit::change::{ChangeSet, Misfit};
use crate::edit::history::History;
use crate::model::Map;

/// A map being restored entry by entry.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// The map.
    pub map: Map,
    /// The steps since the last snapshot.
    pub history: History,
    /// The file that the map belongs to.
    pub origin: Origin,
    /// The number of steps by which the map differs from its file.
    pub unsaved: usize,
    /// The history state that the file holds, if known.
    pub saved: Option<u64>,
    /// A save whose outcome is unknown, and the number of unsaved steps when it began.
    pub saving: Option<(Origin, usize)>,
}

/// An undo, redo or withdrawal.
type Go = fn(&mut History, &mut Map) -> Result<Option<(String, ChangeSet)>, Misfit>;

impl Replay {
    /// Starts from a snapshot.
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

    /// Applies an entry. Snapshots are ignored.
    ///
    /// # Errors
    /// The entry does not fit; the map is then unchanged.
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

    /// Records that the pending save succeeded: the file holds the map as of its beginning.
    pub fn was_saved(&mut self) {
        if let Some((origin, before)) = self.saving.take() {
            self.origin = origin;
            self.unsaved = self.unsaved.saturating_sub(before);
            self.saved = None;
        }
    }

    /// Whether these changes undo the last known step.
    fn is_last(&self, changes: &ChangeSet) -> bool {
        let last = self.history.done().last();
        last.is_some_and(|step| step.changes.inverse() == *changes)
    }

    fn step(&mut self, known: bool, changes: &ChangeSet, go: Go) -> Result<(), Misfit> {
        if known {
            go(&mut self.history, &mut self.map)?;
        } else {
            // Of a step before the snapshot only the changes are known.
            changes.apply(&mut self.map)?;
            self.history = History::default();
            self.saved = None;
        }
        self.unsaved += 1;
        Ok(())
    }
}
