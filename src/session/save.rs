//! Saving in three steps: the session prepares a job with a copy of the map (which
//! is cheap), the job serializes and writes it on any thread, and the map counts as
//! saved when the session receives the result.
//!
//! Must not know: threads, windows.

use super::editor::{Session, map_origin};
use super::previous_content::PreviousContent;
use crate::edit::journal::{Fingerprint, JournalEntry};
use crate::format::{self, Document, ReadError};
use crate::model::Map;
use crate::storage::Journals;
use crate::storage::journal::JournalHandle;
use crate::storage::{self, DiskError, DiskProblem, SidecarKind, WriteNote, WriteReport, disk};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// An error while saving a map. The map in memory and the file are unchanged.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The map has no file yet and must be saved under a name first.
    #[error("this map has no file yet; choose where to save it")]
    NoFile,
    /// Another save of the map is in progress.
    #[error("this map is being saved already; wait until that is done")]
    Busy,
    /// The writer thread ended without reporting a result.
    #[error("saving did not finish; the file may be the old or the new version")]
    Lost,
    /// The file would exceed the limits of reading.
    #[error("nothing was saved, because the file could not be opened again: {0}")]
    Unreadable(#[from] ReadError),
    /// The file could not be written.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// A prepared save. Only one save of a map can be in progress.
#[must_use]
pub struct SaveJob {
    path: PathBuf,
    /// The map when the save began.
    map: Map,
    /// The map's own file and its last known fingerprint.
    own_file: Option<(PathBuf, Fingerprint)>,
    previous_content: Option<PreviousContent>,
    state: u64,
    journal_entries: usize,
    journals: Journals,
    journal: Option<JournalHandle>,
}

/// The result of a [`SaveJob`], to be passed to [`Session::end_save`].
#[must_use]
pub struct FinishedSave {
    job: SaveJob,
    result: Result<(WriteReport, Option<PathBuf>), SaveError>,
}

/// Longest blocking wait for the storage device.
pub const FLUSH_TIMEOUT: Duration = Duration::from_secs(5);

/// A successful save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveReport {
    /// The file.
    pub path: PathBuf,
    /// The path of the backup, if the new file lacks some of the previous content.
    pub backup: Option<PathBuf>,
    /// Side effects to report.
    pub notes: Vec<WriteNote>,
}

impl fmt::Display for SaveReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |path: &Path| {
            let name = path.file_name().unwrap_or(path.as_os_str());
            name.to_string_lossy().into_owned()
        };
        write!(f, "Saved {}.", name(&self.path))?;
        if let Some(kept) = &self.backup {
            write!(f, " What it held before is kept in {}.", name(kept))?;
        }
        for remark in &self.notes {
            match remark {
                WriteNote::HardLinks(1) => f.write_str(
                    " The file had a second name (a hard link), which keeps the former content.",
                )?,
                WriteNote::HardLinks(count) => write!(
                    f,
                    " The file had {count} other names (hard links), which keep the former content."
                )?,
                WriteNote::Recreated => f.write_str(" The file was gone and was made again.")?,
            }
        }
        Ok(())
    }
}

impl SaveJob {
    /// Writes the file. Blocks for as long as the drive takes.
    pub fn run(self) -> FinishedSave {
        let result = self.write();
        FinishedSave { job: self, result }
    }

    fn write(&self) -> Result<(WriteReport, Option<PathBuf>), SaveError> {
        let text = format::write(&self.map);
        format::check_limits(&text)?;
        let own = self.own_file.as_ref();
        let own = own.filter(|(own, _)| is_same_file(own, &self.path));
        let expected = own.map(|(_, seen)| *seen);
        if let Some(folder) = self.path.parent() {
            storage::remove_stale_temporaries(folder, SystemTime::now());
        }
        let mut kept = None;
        if let Some(former) = &self.previous_content {
            // Not if the file was changed meanwhile, which `put` detects below.
            let same = expected == Some(Fingerprint::of(&former.bytes));
            if same && self.path.exists() {
                let kind = SidecarKind::Backup;
                kept = Some(storage::write_sidecar(&self.path, kind, &former.bytes)?);
            }
        }
        if let Some(journal) = &self.journal {
            let seen = Fingerprint::of(text.as_bytes());
            journal.append(JournalEntry::Saving(map_origin(
                Some(&self.path),
                Some(seen),
            )));
        }
        // On disk before the file changes; a failing journal must not prevent
        // saving.
        self.journals.flush(FLUSH_TIMEOUT);
        let written = storage::write_if_unchanged(&self.path, text.as_bytes(), expected);
        if let (Err(_), Some(kept)) = (&written, &kept) {
            // Nothing was overwritten, so no backup is needed.
            let _ = std::fs::remove_file(kept);
        }
        Ok((written?, kept))
    }
}

impl Session {
    /// Returns descriptions of content that saving drops, such as comments. The
    /// first save keeps a backup of the file.
    pub fn losses(&self) -> &[String] {
        self.previous_content
            .as_ref()
            .map_or(&[], |former| &former.losses)
    }

    /// Loads the previous content of the file for a map that was not read from it.
    pub(super) fn load_previous_content(&mut self) {
        let bytes = self.path.as_deref().and_then(|path| disk::read(path).ok());
        let Some(bytes) =
            bytes.filter(|bytes| self.file_fingerprint == Some(Fingerprint::of(bytes)))
        else {
            return;
        };
        if let Ok(Document { map, warnings }) = format::read(&bytes) {
            self.previous_content = PreviousContent::of(&bytes.into(), &map, &warnings);
        }
    }

    /// Whether a save is in progress.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Whether a save of the current map is in progress.
    pub fn is_being_saved(&self) -> bool {
        self.saving == Some(self.history.state())
    }

    /// Prepares a save to the map's file, or to another one if given. Existing
    /// content of another file is replaced: the user chose it.
    ///
    /// # Errors
    /// If the map has no file, or is being saved already.
    pub fn begin_save(&mut self, elsewhere: Option<&Path>) -> Result<SaveJob, SaveError> {
        if self.saving.is_some() {
            return Err(SaveError::Busy);
        }
        let own = self.path.as_deref();
        let path = elsewhere.or(own).ok_or(SaveError::NoFile)?.to_owned();
        self.cancel();
        self.seal();
        self.saving = Some(self.history.state());
        if self.journal.is_some() {
            self.append_to_journal(|| JournalEntry::Saving(map_origin(Some(&path), None)));
        }
        Ok(SaveJob {
            map: self.map.clone(),
            journal: self.journal.clone(),
            journals: self.journals.clone(),
            previous_content: self.previous_content.clone(),
            own_file: self.path.clone().zip(self.file_fingerprint),
            state: self.history.state(),
            journal_entries: self.journal_entries,
            path,
        })
    }

    /// Receives the result of a save. Only now the map counts as saved, in the
    /// state when the save began; another file becomes the map's own.
    ///
    /// # Errors
    /// If the file could not be written; the map stays unchanged and unsaved.
    pub fn end_save(&mut self, done: FinishedSave) -> Result<SaveReport, SaveError> {
        self.saving = None;
        let FinishedSave { job, result } = done;
        match &result {
            // The journal leaves it open; recovery finds out which version lasted.
            Err(SaveError::Disk(DiskError {
                problem: DiskProblem::NotConfirmed(seen),
                ..
            })) if self.path.as_ref() == Some(&job.path) => {
                self.file_fingerprint = Some(*seen);
            }
            Err(_) if self.journal.is_some() => self.append_to_journal(|| JournalEntry::NotSaved),
            _ => {}
        }
        let (written, backup) = result?;
        self.saved_state = job.state;
        self.state_before_missing = None;
        let moved = self.path.as_ref() != Some(&job.path);
        self.path = Some(job.path.clone());
        if moved || !self.fork_origin.0.is_of(&self.map) {
            self.look_at_origin();
        }
        self.file_fingerprint = Some(written.fingerprint);
        self.previous_content = None;
        let since = self.journal_entries.saturating_sub(job.journal_entries);
        if self.journal.is_some() {
            let origin = self.origin();
            self.append_to_journal(|| JournalEntry::Saved { origin, since });
        }
        Ok(SaveReport {
            path: job.path,
            backup,
            notes: written.notes,
        })
    }

    /// Abandons a save whose writer thread is gone.
    pub fn abandon_save(&mut self) -> SaveError {
        self.saving = None;
        SaveError::Lost
    }

    /// Saves to the map's own file.
    ///
    /// # Errors
    /// If there is none or it cannot be written; the map stays unchanged and
    /// unsaved.
    pub fn save(&mut self) -> Result<SaveReport, SaveError> {
        let done = self.begin_save(None)?.run();
        self.end_save(done)
    }

    /// Saves to another file, which becomes the map's own.
    ///
    /// # Errors
    /// If it cannot be written; the map keeps its previous file.
    pub fn save_as(&mut self, path: &Path) -> Result<SaveReport, SaveError> {
        let done = self.begin_save(Some(path))?.run();
        self.end_save(done)
    }
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    one == other || whole(one).is_some_and(|one| whole(other) == Some(one))
}
