//! Replay of a journal: restores the map, its history and their relation to the file.
//!
//! Must not know: disk, clocks, the format of maps.

use super::{JournalEntry, MapOrigin};
use crate::edit::change::{ApplyError, ChangeSet};
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
    pub origin: MapOrigin,
    /// The number of steps by which the map differs from its file.
    pub unsaved_steps: usize,
    /// The history state that the file holds, if known.
    pub saved_state: Option<u64>,
    /// A save whose outcome is unknown, and the number of unsaved steps when it began.
    pub pending_save: Option<(MapOrigin, usize)>,
}

/// An undo, redo or withdrawal.
type HistoryMove = fn(&mut History, &mut Map) -> Result<Option<(String, ChangeSet)>, ApplyError>;

impl Replay {
    /// Starts from a snapshot.
    pub fn new(map: Map, origin: MapOrigin, unsaved: usize) -> Replay {
        Replay {
            map,
            history: History::default(),
            origin,
            unsaved_steps: unsaved,
            saved_state: (unsaved == 0).then_some(0),
            pending_save: None,
        }
    }

    /// Applies an entry. Snapshots are ignored.
    ///
    /// # Errors
    /// The entry does not fit; the map is then unchanged.
    pub fn apply(&mut self, entry: JournalEntry) -> Result<(), ApplyError> {
        match entry {
            JournalEntry::Whole { .. } => {}
            JournalEntry::Step { step, sealed } => {
                step.changes.apply(&mut self.map)?;
                if sealed {
                    self.history.seal();
                }
                let before = self.history.done().len();
                self.history.push(step);
                self.unsaved_steps +=
                    usize::from(self.history.done().len() > before || self.unsaved_steps == 0);
            }
            JournalEntry::Undo(changes) => {
                self.move_history(self.is_last(&changes), &changes, History::undo)?;
            }
            JournalEntry::Withdraw(changes) => {
                self.move_history(self.is_last(&changes), &changes, History::withdraw)?;
            }
            JournalEntry::Redo(changes) => {
                let next = self.history.undone().last();
                let known = next.is_some_and(|step| step.changes == changes);
                self.move_history(known, &changes, History::redo)?;
            }
            JournalEntry::Saving(origin) => match &mut self.pending_save {
                Some((begun, _)) if begun.path == origin.path && origin.seen.is_some() => {
                    *begun = origin;
                }
                _ => {
                    self.history.seal();
                    self.pending_save = Some((origin, self.unsaved_steps));
                }
            },
            JournalEntry::NotSaved => self.pending_save = None,
            JournalEntry::Saved { origin, since } => {
                self.pending_save = None;
                self.origin = origin;
                self.unsaved_steps = since;
                self.saved_state = None;
                if since == 0 {
                    self.history.seal();
                    self.saved_state = Some(self.history.state());
                }
            }
        }
        Ok(())
    }

    /// Records that the pending save succeeded: the file holds the map as of its beginning.
    pub fn confirm_save(&mut self) {
        if let Some((origin, before)) = self.pending_save.take() {
            self.origin = origin;
            self.unsaved_steps = self.unsaved_steps.saturating_sub(before);
            self.saved_state = None;
        }
    }

    /// Whether these changes undo the last known step.
    fn is_last(&self, changes: &ChangeSet) -> bool {
        let last = self.history.done().last();
        last.is_some_and(|step| step.changes.inverse() == *changes)
    }

    fn move_history(
        &mut self,
        known: bool,
        changes: &ChangeSet,
        go: HistoryMove,
    ) -> Result<(), ApplyError> {
        if known {
            go(&mut self.history, &mut self.map)?;
        } else {
            // Of a step before the snapshot only the changes are known.
            changes.apply(&mut self.map)?;
            self.history = History::default();
            self.saved_state = None;
        }
        self.unsaved_steps += 1;
        Ok(())
    }
}
