//! Handling of changes that another program makes to the file of an open map.
//!
//! Without unsaved changes here, the map is reloaded as a step that can be undone.
//! With changes on both sides nothing happens until the user has decided.
//! Must not know: how changes are detected, windows.

use super::{Session, save};
use crate::edit::journal::{Fingerprint, JournalEntry};
use crate::edit::{UndoStep, describe, diff};
use crate::format::{self, Document};
use crate::storage::{DiskError, SidecarKind};
use std::path::PathBuf;
use std::sync::Arc;

/// The maximum number of differences listed.
const MAX_DIFFERENCES: usize = 40;

/// The version of another editor in the file, while the map has changes that are
/// not in it.
#[derive(Clone, Debug)]
pub struct TheirVersion {
    bytes: Arc<[u8]>,
    document: Option<Document>,
    /// Differences between the file and the map, one a line.
    pub differences: Vec<String>,
    /// The error if the file cannot be read as a map.
    pub read_error: Option<String>,
}

/// The result of reconciling the map with its file.
#[derive(Debug)]
pub enum Reload {
    /// The file has the same map.
    Unchanged,
    /// The map was reloaded; its changes, one a line.
    Reloaded(Vec<String>),
    /// The user must decide between two versions.
    Conflict(Box<TheirVersion>),
}

impl Session {
    /// Returns the fingerprint of the file when it was last read or written.
    pub fn file_fingerprint(&self) -> Option<Fingerprint> {
        self.file_fingerprint
    }

    /// Marks the map's file as missing: the map counts as unsaved.
    pub fn mark_file_missing(&mut self) {
        if self.state_before_missing.is_none() {
            self.state_before_missing = Some(self.saved_state);
            self.saved_state = u64::MAX;
        }
        // The map is in no file now, so it needs a journal.
        if self.journal.is_none() {
            let journals = self.journals.clone();
            self.adopt_journal(&journals, None);
        }
    }

    /// Marks the map's file as present again and unchanged.
    pub fn mark_file_restored(&mut self) {
        if let Some(saved) = self.state_before_missing.take() {
            self.saved_state = saved;
        }
    }

    /// Reconciles the map with the content of its file. The map is reloaded if it
    /// has no unsaved changes and the file can be read.
    pub fn reconcile(&mut self, bytes: Vec<u8>) -> Reload {
        self.cancel();
        if self.file_fingerprint == Some(Fingerprint::of(&bytes)) {
            self.mark_file_restored();
            return Reload::Unchanged;
        }
        let bytes: Arc<[u8]> = bytes.into();
        let document = match format::read(&bytes) {
            Ok(document) => document,
            Err(error) => {
                // The saved version no longer exists.
                self.mark_file_missing();
                return Reload::Conflict(Box::new(TheirVersion {
                    bytes,
                    document: None,
                    differences: Vec::new(),
                    read_error: Some(error.to_string()),
                }));
            }
        };
        let changes = diff(&self.map, &document.map);
        if changes.is_empty() {
            self.mark_in_sync(&bytes, &document.warnings);
            return Reload::Unchanged;
        }
        let lines = describe(&changes, &document.map, MAX_DIFFERENCES);
        let theirs = TheirVersion {
            bytes,
            document: Some(document),
            differences: lines,
            read_error: None,
        };
        if self.is_dirty() {
            return Reload::Conflict(Box::new(theirs));
        }
        self.apply_theirs(&theirs);
        Reload::Reloaded(theirs.differences)
    }

    /// Applies the version in the file as a step that can be undone. Returns
    /// whether that was possible.
    pub fn apply_theirs(&mut self, theirs: &TheirVersion) -> bool {
        let Some(Document { map, warnings }) = &theirs.document else {
            return false;
        };
        self.cancel();
        self.snapshot_before_change();
        let changes = diff(&self.map, map);
        if changes.apply(&mut self.map).is_err() {
            return false;
        }
        self.history.seal();
        if !changes.is_empty() {
            self.record_step(UndoStep {
                label: "Changes from outside".to_owned(),
                changes,
                merge_key: None,
            });
            self.revision += 1;
        }
        self.mark_in_sync(&theirs.bytes, warnings);
        true
    }

    /// Keeps the version here: the other one is copied beside the file, and the
    /// next save may replace it. Returns the path of the copy.
    ///
    /// # Errors
    /// If the copy cannot be written; nothing has changed then.
    pub fn keep_mine(&mut self, theirs: &TheirVersion) -> Result<Option<PathBuf>, DiskError> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        let kept = crate::storage::write_sidecar(path, SidecarKind::Theirs, &theirs.bytes)?;
        self.file_fingerprint = Some(Fingerprint::of(&theirs.bytes));
        self.previous_content = None;
        // The map is not what the file contains.
        self.saved_state = u64::MAX;
        self.state_before_missing = None;
        Ok(Some(kept))
    }

    /// Marks the map as equal to these bytes of its file.
    fn mark_in_sync(&mut self, bytes: &Arc<[u8]>, warnings: &[format::Warning]) {
        self.history.seal();
        self.file_fingerprint = Some(Fingerprint::of(bytes));
        self.state_before_missing = None;
        self.saved_state = self.history.state();
        let canonical = format::is_canonical(bytes, &self.map);
        self.previous_content = (!canonical).then(|| save::PreviousContent::of(bytes, warnings));
        if self.journal.is_some() {
            let origin = self.origin();
            self.append_to_journal(|| JournalEntry::Saved { origin, since: 0 });
        }
    }
}
