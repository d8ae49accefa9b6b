//! Handling of changes that another program makes to the file of an open map.
//!
//! Without unsaved changes here, the map is reloaded as a step that can be undone.
//! With changes on both sides nothing happens until the user has decided. A job reads,
//! parses and compares on any thread; the session only takes the finished change set,
//! if the map is still the one that it was compared with.
//! Must not know: how changes are detected, windows.

use super::Session;
use super::previous_content::PreviousContent;
use crate::edit::journal::{Fingerprint, JournalEntry};
use crate::edit::{ChangeSet, UndoStep, describe, diff};
use crate::format::{self, Document};
use crate::model::Map;
use crate::storage::{DiskError, SidecarKind, disk};
use std::path::PathBuf;
use std::sync::Arc;

/// The maximum number of differences listed.
const MAX_DIFFERENCES: usize = 40;

/// The version of another editor in the file.
#[derive(Clone, Debug)]
pub struct TheirVersion {
    bytes: Arc<[u8]>,
    fingerprint: Fingerprint,
    content: Option<TheirMap>,
    /// Differences between the file and the map, one a line.
    pub differences: Vec<String>,
    /// The error if the file cannot be read as a map.
    pub read_error: Option<String>,
}

/// The map of another version, compared with one state of the map here.
#[derive(Clone, Debug)]
struct TheirMap {
    map: Map,
    /// The content of the file, if it differs from the canonical form.
    previous_content: Option<PreviousContent>,
    /// The state of the history that `changes` start from.
    base: Option<u64>,
    changes: ChangeSet,
}

impl TheirVersion {
    /// Parses the content of a file, unless it is the `known` content.
    fn parse(bytes: Vec<u8>, known: Option<Fingerprint>) -> TheirVersion {
        let bytes: Arc<[u8]> = bytes.into();
        let mut theirs = TheirVersion {
            fingerprint: Fingerprint::of(&bytes),
            bytes,
            content: None,
            differences: Vec::new(),
            read_error: None,
        };
        if known == Some(theirs.fingerprint) {
            return theirs;
        }
        match format::read(&theirs.bytes) {
            Ok(Document { map, warnings }) => {
                theirs.content = Some(TheirMap {
                    previous_content: PreviousContent::of(&theirs.bytes, &map, &warnings),
                    map,
                    base: None,
                    changes: ChangeSet::default(),
                });
            }
            Err(error) => theirs.read_error = Some(error.to_string()),
        }
        theirs
    }

    /// Whether the file holds nothing but white space or zero bytes.
    pub fn is_blank(&self) -> bool {
        self.bytes
            .iter()
            .all(|b| *b == 0 || b.is_ascii_whitespace())
    }

    /// Compares the version with a map in a state of its history.
    fn compare(&mut self, map: &Map, state: u64) {
        if let Some(content) = self.content.as_mut().filter(|c| c.base != Some(state)) {
            content.changes = diff(map, &content.map);
            content.base = Some(state);
            self.differences = describe(&content.changes, &content.map, MAX_DIFFERENCES);
        }
    }
}

/// Source of another version of a map.
enum Source {
    File(PathBuf),
    Bytes(Vec<u8>),
    Version(Box<TheirVersion>),
}

/// A prepared comparison of a map with another version of its file. It reads, parses
/// and compares, so it should run on a background thread.
#[must_use]
pub struct ReloadJob {
    source: Source,
    /// The map when the comparison began, without a proposal.
    map: Map,
    /// The state of the history that `map` is of.
    state: u64,
    file_fingerprint: Option<Fingerprint>,
    accepted: bool,
}

/// The result of a [`ReloadJob`], to be passed to [`Session::end_reload`].
#[must_use]
pub struct FinishedReload {
    theirs: Result<Box<TheirVersion>, DiskError>,
    file_fingerprint: Option<Fingerprint>,
    /// Whether the user has chosen the other version.
    pub accepted: bool,
}

impl ReloadJob {
    /// Reads, parses and compares. Blocks for as long as that takes.
    pub fn run(self) -> FinishedReload {
        let parse = |bytes| Box::new(TheirVersion::parse(bytes, self.file_fingerprint));
        let theirs = match self.source {
            Source::File(path) => disk::read(&path).map(parse),
            Source::Bytes(bytes) => Ok(parse(bytes)),
            Source::Version(theirs) => Ok(theirs),
        };
        FinishedReload {
            theirs: theirs.map(|mut theirs| {
                theirs.compare(&self.map, self.state);
                theirs
            }),
            file_fingerprint: self.file_fingerprint,
            accepted: self.accepted,
        }
    }
}

/// A prepared copy of another version beside the file.
#[must_use]
pub struct KeepJob {
    path: PathBuf,
    bytes: Arc<[u8]>,
    fingerprint: Fingerprint,
}

/// The result of a [`KeepJob`], to be passed to [`Session::end_keep`].
#[must_use]
pub struct FinishedKeep {
    fingerprint: Fingerprint,
    copy: Result<PathBuf, DiskError>,
}

impl KeepJob {
    /// Writes the copy. Blocks for as long as the drive takes.
    pub fn run(self) -> FinishedKeep {
        FinishedKeep {
            fingerprint: self.fingerprint,
            copy: crate::storage::write_sidecar(&self.path, SidecarKind::Theirs, &self.bytes),
        }
    }
}

/// The result of reconciling the map with its file.
#[must_use]
pub enum Reload {
    /// The file has the same map, or was saved here meanwhile.
    Unchanged,
    /// The map was reloaded; its changes, one a line.
    Reloaded(Vec<String>),
    /// The user must decide between two versions.
    Conflict(Box<TheirVersion>),
    /// The map was changed during the comparison, which must be repeated.
    Outdated(Box<ReloadJob>),
    /// The file could not be read from disk.
    Unreadable(DiskError),
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

    /// Prepares a comparison with new content of the map's file.
    pub fn begin_reload(&self, bytes: Vec<u8>) -> ReloadJob {
        self.reload_job(Source::Bytes(bytes), false)
    }

    /// Prepares a comparison with the map's file as it is on disk.
    pub fn begin_reload_from(&self, path: PathBuf) -> ReloadJob {
        self.reload_job(Source::File(path), false)
    }

    /// Prepares the application of another version that the user has chosen.
    pub fn begin_apply(&self, theirs: &TheirVersion) -> ReloadJob {
        self.reload_job(Source::Version(Box::new(theirs.clone())), true)
    }

    fn reload_job(&self, source: Source, accepted: bool) -> ReloadJob {
        ReloadJob {
            source,
            map: self.map_without_proposal(),
            state: self.history.state(),
            file_fingerprint: self.file_fingerprint,
            accepted,
        }
    }

    /// Receives the result of a comparison. The map is reloaded, as a step that can
    /// be undone, if the user chose that or if there are no unsaved changes.
    pub fn end_reload(&mut self, done: FinishedReload) -> Reload {
        let theirs = match done.theirs {
            Ok(theirs) => theirs,
            Err(error) => return Reload::Unreadable(error),
        };
        if !done.accepted {
            if self.file_fingerprint == Some(theirs.fingerprint) {
                self.mark_file_restored();
                return Reload::Unchanged;
            }
            // The file was written here since; the watcher compares it again.
            if self.file_fingerprint != done.file_fingerprint {
                return Reload::Unchanged;
            }
        }
        let Some(content) = &theirs.content else {
            // The saved version no longer exists.
            self.mark_file_missing();
            return Reload::Conflict(theirs);
        };
        if content.base != Some(self.history.state()) {
            return Reload::Outdated(Box::new(
                self.reload_job(Source::Version(theirs), done.accepted),
            ));
        }
        if self.is_dirty() && !done.accepted && !content.changes.is_empty() {
            return Reload::Conflict(theirs);
        }
        self.cancel();
        let changed = !content.changes.is_empty();
        if changed {
            self.snapshot_before_change();
            if content.changes.apply(&mut self.map).is_err() {
                debug_assert!(false, "changes from outside do not fit their own map");
                return Reload::Conflict(theirs);
            }
            self.history.seal();
            self.record_step(UndoStep {
                label: "Changes from outside".to_owned(),
                changes: content.changes.clone(),
                merge_key: None,
            });
            self.revision += 1;
        }
        self.mark_in_sync(&theirs);
        if changed {
            Reload::Reloaded(theirs.differences)
        } else {
            Reload::Unchanged
        }
    }

    /// Reconciles the map with the content of its file at once. Like
    /// [`Session::end_reload`] without the thread.
    pub fn reconcile(&mut self, bytes: Vec<u8>) -> Reload {
        self.end_reload(self.begin_reload(bytes).run())
    }

    /// Applies the version in the file as a step that can be undone. Returns
    /// whether that was possible.
    pub fn apply_theirs(&mut self, theirs: &TheirVersion) -> bool {
        theirs.content.is_some()
            && matches!(
                self.end_reload(self.begin_apply(theirs).run()),
                Reload::Unchanged | Reload::Reloaded(_)
            )
    }

    /// Prepares to keep the version here: the other one is copied beside the file, and
    /// the next save may replace it. `None` without a file.
    pub fn begin_keep(&self, theirs: &TheirVersion) -> Option<KeepJob> {
        Some(KeepJob {
            path: self.path.clone()?,
            bytes: theirs.bytes.clone(),
            fingerprint: theirs.fingerprint,
        })
    }

    /// Receives the result of a copy and returns its path.
    ///
    /// # Errors
    /// If the copy could not be written; nothing has changed then.
    pub fn end_keep(&mut self, done: FinishedKeep) -> Result<PathBuf, DiskError> {
        let kept = done.copy?;
        self.file_fingerprint = Some(done.fingerprint);
        self.previous_content = None;
        // The map is not what the file contains.
        self.saved_state = u64::MAX;
        self.state_before_missing = None;
        Ok(kept)
    }

    /// Keeps the version here, see [`Session::begin_keep`]. Returns the path of the
    /// copy.
    ///
    /// # Errors
    /// If the copy cannot be written; nothing has changed then.
    pub fn keep_mine(&mut self, theirs: &TheirVersion) -> Result<Option<PathBuf>, DiskError> {
        let job = self.begin_keep(theirs);
        job.map(|job| self.end_keep(job.run())).transpose()
    }

    /// Marks the map as equal to this version of its file.
    fn mark_in_sync(&mut self, theirs: &TheirVersion) {
        self.history.seal();
        self.file_fingerprint = Some(theirs.fingerprint);
        self.state_before_missing = None;
        self.saved_state = self.history.state();
        let content = theirs.content.as_ref();
        self.previous_content = content.and_then(|content| content.previous_content.clone());
        if self.journal.is_some() {
            let origin = self.origin();
            self.append_to_journal(|| JournalEntry::Saved { origin, since: 0 });
        }
    }
}
