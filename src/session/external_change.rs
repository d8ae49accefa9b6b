//! Handling of changes that another program makes to the file of an open map.
//!
//! Without unsaved changes here, the map is reloaded as a step that can be undone.
//! With changes on both sides nothing happens until the user has decided.
//! Must not know: how changes are detected, windows.

use super::{Session, save};
use crate::edit::journal::{Entry, Seen};
use crate::edit::{Step, describe, diff};
use crate::format::{self, Document};
use crate::storage::{Beside, DiskError};
use std::path::PathBuf;
use std::sync::Arc;

/// The maximum number of differences listed.
const MOST_LINES: usize = 40;

/// The version of another editor in the file, while the map has changes that are
/// not in it.
#[derive(Clone, Debug)]
pub struct Theirs {
    bytes: Arc<[u8]>,
    document: Option<Document>,
    /// Differences between the file and the map, one a line.
    pub lines: Vec<String>,
    /// The error if the file cannot be read as a map.
    pub broken: Option<String>,
}

/// The result of reconciling the map with its file.
#[derive(Debug)]
pub enum Meeting {
    /// The file has the same map.
    Same,
    /// The map was reloaded; its changes, one a line.
    Reloaded(Vec<String>),
    /// The user must decide between two versions.
    Both(Box<Theirs>),
}

impl Session {
    /// Returns the fingerprint of the file when it was last read or written.
    pub fn seen(&self) -> Option<Seen> {
        self.seen
    }

    /// Marks the map's file as missing: the map counts as unsaved.
    pub fn file_gone(&mut self) {
        if self.gone.is_none() {
            self.gone = Some(self.saved_state);
            self.saved_state = u64::MAX;
        }
        // The map is in no file now, so it needs a journal.
        if self.journal.is_none() {
            let journals = self.journals.clone();
            self.adopt_journal(&journals, None);
        }
    }

    /// Marks the map's file as present again and unchanged.
    pub fn file_back(&mut self) {
        if let Some(saved) = self.gone.take() {
            self.saved_state = saved;
        }
    }

    /// Reconciles the map with the content of its file. The map is reloaded if it
    /// has no unsaved changes and the file can be read.
    pub fn meet(&mut self, bytes: Vec<u8>) -> Meeting {
        self.cancel();
        if self.seen == Some(Seen::of(&bytes)) {
            self.file_back();
            return Meeting::Same;
        }
        let bytes: Arc<[u8]> = bytes.into();
        let document = match format::read(&bytes) {
            Ok(document) => document,
            Err(error) => {
                // The saved version no longer exists.
                self.file_gone();
                return Meeting::Both(Box::new(Theirs {
                    bytes,
                    document: None,
                    lines: Vec::new(),
                    broken: Some(error.to_string()),
                }));
            }
        };
        let changes = diff(&self.map, &document.map);
        if changes.is_empty() {
            self.settle(&bytes, &document.notices);
            return Meeting::Same;
        }
        let lines = describe(&changes, &document.map, MOST_LINES);
        let theirs = Theirs {
            bytes,
            document: Some(document),
            lines,
            broken: None,
        };
        if self.is_dirty() {
            return Meeting::Both(Box::new(theirs));
        }
        self.take_theirs(&theirs);
        Meeting::Reloaded(theirs.lines)
    }

    /// Applies the version in the file as a step that can be undone. Returns
    /// whether that was possible.
    pub fn take_theirs(&mut self, theirs: &Theirs) -> bool {
        let Some(Document { map, notices }) = &theirs.document else {
            return false;
        };
        self.cancel();
        self.before_change();
        let changes = diff(&self.map, map);
        if changes.apply(&mut self.map).is_err() {
            return false;
        }
        self.history.seal();
        if !changes.is_empty() {
            self.push(Step {
                label: "Changes from outside".to_owned(),
                changes,
                merge_key: None,
            });
            self.revision += 1;
        }
        self.settle(&theirs.bytes, notices);
        true
    }

    /// Keeps the version here: the other one is copied beside the file, and the
    /// next save may replace it. Returns the path of the copy.
    ///
    /// # Errors
    /// If the copy cannot be written; nothing has changed then.
    pub fn keep_mine(&mut self, theirs: &Theirs) -> Result<Option<PathBuf>, DiskError> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        let kept = crate::storage::set_beside(path, Beside::Theirs, &theirs.bytes)?;
        self.seen = Some(Seen::of(&theirs.bytes));
        self.former = None;
        // The map is not what the file contains.
        self.saved_state = u64::MAX;
        self.gone = None;
        Ok(Some(kept))
    }

    /// Marks the map as equal to these bytes of its file.
    fn settle(&mut self, bytes: &Arc<[u8]>, notices: &[format::Notice]) {
        self.history.seal();
        self.seen = Some(Seen::of(bytes));
        self.gone = None;
        self.saved_state = self.history.state();
        let canonical = format::is_canonical(bytes, &self.map);
        self.former = (!canonical).then(|| save::Former::of(bytes, notices));
        if self.journal.is_some() {
            let origin = self.origin();
            self.note(|| Entry::Saved { origin, since: 0 });
        }
    }
}
