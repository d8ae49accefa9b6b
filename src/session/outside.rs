//! When somebody else changes the file of an open map.
//!
//! Changed there and not here: the map follows, as a step that can be undone.
//! Changed on both sides: nothing happens until the person has decided.
//! Must not know: how changes are noticed, windows.

use super::disk::{self, Beside, DiskError};
use super::{Session, save};
use crate::edit::journal::{Entry, Seen};
use crate::edit::{Step, describe, diff};
use crate::format::{self, Document};
use std::path::PathBuf;
use std::sync::Arc;

/// So many differences are listed.
const MOST_LINES: usize = 40;

/// What somebody else put into the file, while there is something here too that
/// is not in it.
#[derive(Clone, Debug)]
pub struct Theirs {
    bytes: Arc<[u8]>,
    document: Option<Document>,
    /// What differs between theirs and what is here, in a line each.
    pub lines: Vec<String>,
    /// Why theirs cannot be read as a map, where it cannot.
    pub broken: Option<String>,
}

/// What follows from what stands in the file now.
#[derive(Debug)]
pub enum Meeting {
    /// It says the same as the map here.
    Same,
    /// The map followed; what changed, in a line each.
    Reloaded(Vec<String>),
    /// Somebody has to decide.
    Both(Box<Theirs>),
}

impl Session {
    /// What the file held when it was last read or written.
    pub fn seen(&self) -> Option<Seen> {
        self.seen
    }

    /// The map's file is gone: what is here is in no file.
    pub fn file_gone(&mut self) {
        if self.gone.is_none() {
            self.gone = Some(self.saved_state);
            self.saved_state = u64::MAX;
        }
        // It is nowhere else by now.
        if self.journal.is_none() {
            let journals = self.journals.clone();
            self.adopt_journal(&journals, None);
        }
    }

    /// The map's file is there again, as it was.
    pub fn file_back(&mut self) {
        if let Some(saved) = self.gone.take() {
            self.saved_state = saved;
        }
    }

    /// Meets what stands in the map's file now. The map follows where nothing
    /// is unsaved here and it can be read.
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
                // What was saved is not there any more.
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
            self.settle(&bytes, &document.warnings);
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

    /// Takes what stands in the file, as a step that can be undone. Whether that
    /// could be done.
    pub fn take_theirs(&mut self, theirs: &Theirs) -> bool {
        let Some(Document {
            map,
            warnings: notices,
        }) = &theirs.document
        else {
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

    /// Stays with what is here: theirs is kept beside the file, and the next
    /// save may take its place. Where theirs is now.
    ///
    /// # Errors
    /// Where theirs cannot be kept; nothing has changed then.
    pub fn keep_mine(&mut self, theirs: &Theirs) -> Result<Option<PathBuf>, DiskError> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        let kept = disk::set_beside(path, Beside::Theirs, &theirs.bytes)?;
        self.seen = Some(Seen::of(&theirs.bytes));
        self.former = None;
        // Whatever is here is not what is in the file.
        self.saved_state = u64::MAX;
        self.gone = None;
        Ok(Some(kept))
    }

    /// What is here is what these bytes of the file say.
    fn settle(&mut self, bytes: &Arc<[u8]>, notices: &[format::Warning]) {
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
