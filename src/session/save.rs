//! Saving in three steps: the session prepares a job with a copy of the map (which
//! is cheap), the job serializes and writes it on any thread, and the map counts as
//! saved when the session receives the result.
//!
//! Must not know: threads, windows.

use super::{PATIENCE, SaveError, Session};
use crate::edit::journal::{Entry, Origin, Seen};
use crate::format::{self, Notice, NoticeKind};
use crate::model::Map;
use crate::storage::Journals;
use crate::storage::journal::Journal;
use crate::storage::{Beside, DiskError, Remark, Written, disk};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The content of a file before its first save, if that differs from the canonical
/// form.
#[derive(Clone, Debug)]
pub(super) struct Former {
    pub bytes: Arc<[u8]>,
    pub losses: Vec<String>,
}

impl Former {
    /// Records the content of a file and the parts of it that saving loses.
    pub fn of(bytes: &Arc<[u8]>, notices: &[Notice]) -> Former {
        let mut losses = Vec::new();
        let text = format::decode(bytes).unwrap_or_default();
        if let (count, Some(first)) = format::comments(&text) {
            let comments = match count {
                1 => "a comment".to_owned(),
                count => format!("{count} comments"),
            };
            losses.push(format!("{comments} (line {})", first.line));
        }
        for notice in notices {
            let what = match &notice.kind {
                NoticeKind::UnknownField { field } => {
                    format!("the field “{field}”, which is not known here")
                }
                NoticeKind::DuplicateKey { key, .. } => format!("the earlier text of “{key}”"),
                NoticeKind::DuplicateSuppression => "a second reason of a finding".to_owned(),
                NoticeKind::Rounded { stated, kept, .. } => {
                    format!("the last digits of {stated} (kept as {kept})")
                }
                NoticeKind::Dangling { .. }
                | NoticeKind::DuplicateId { .. }
                | NoticeKind::Older { .. }
                | NoticeKind::More(_) => continue,
            };
            let line = notice
                .at
                .map_or(String::new(), |at| format!(" (line {})", at.line));
            losses.push(what + &line);
        }
        Former {
            bytes: Arc::clone(bytes),
            losses,
        }
    }
}

/// A prepared save. Only one save of a map can be in progress.
#[must_use]
pub struct SaveJob {
    path: PathBuf,
    /// The map when the save began.
    map: Map,
    /// The map's own file and its last known fingerprint.
    own: Option<(PathBuf, Seen)>,
    former: Option<Former>,
    state: u64,
    noted: usize,
    journals: Journals,
    journal: Option<Journal>,
}

/// The result of a [`SaveJob`], to be passed to [`Session::end_save`].
#[must_use]
pub struct SaveDone {
    path: PathBuf,
    state: u64,
    noted: usize,
    result: Result<(Written, Option<PathBuf>), DiskError>,
}

/// A successful save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file.
    pub path: PathBuf,
    /// The path of the backup, if the new file lacks some of the previous content.
    pub kept: Option<PathBuf>,
    /// Side effects to report.
    pub remarks: Vec<Remark>,
}

impl fmt::Display for Saved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |path: &Path| {
            let name = path.file_name().unwrap_or(path.as_os_str());
            name.to_string_lossy().into_owned()
        };
        write!(f, "Saved {}.", name(&self.path))?;
        if let Some(kept) = &self.kept {
            write!(f, " What it held before is kept in {}.", name(kept))?;
        }
        for remark in &self.remarks {
            match remark {
                Remark::OtherNames(1) => f.write_str(
                    " The file had a second name (a hard link), which keeps the former content.",
                )?,
                Remark::OtherNames(count) => write!(
                    f,
                    " The file had {count} other names (hard links), which keep the former content."
                )?,
                Remark::MadeAgain => f.write_str(" The file was gone and was made again.")?,
            }
        }
        Ok(())
    }
}

impl SaveJob {
    /// Writes the file. Blocks for as long as the drive takes.
    pub fn run(self) -> SaveDone {
        let result = self.write();
        SaveDone {
            path: self.path,
            state: self.state,
            noted: self.noted,
            result,
        }
    }

    fn write(&self) -> Result<(Written, Option<PathBuf>), DiskError> {
        let own = self.own.as_ref().filter(|(own, _)| same(own, &self.path));
        let expected = own.map(|(_, seen)| *seen);
        if let Some(folder) = self.path.parent() {
            crate::storage::sweep(folder, SystemTime::now());
        }
        let mut kept = None;
        if let Some(former) = &self.former {
            // Not if the file was changed meanwhile, which `put` detects below.
            let same = expected == Some(Seen::of(&former.bytes));
            if same && self.path.exists() {
                kept = Some(crate::storage::set_beside(
                    &self.path,
                    Beside::Former,
                    &former.bytes,
                )?);
            }
        }
        let text = format::write(&self.map);
        if let Some(journal) = &self.journal {
            let seen = Seen::of(text.as_bytes());
            journal.note(Entry::Saving(origin(Some(&self.path), Some(seen))));
        }
        // On disk before the file changes; a failing journal must not prevent
        // saving.
        self.journals.flush(PATIENCE);
        let written = crate::storage::put(&self.path, text.as_bytes(), expected);
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
        self.former.as_ref().map_or(&[], |former| &former.losses)
    }

    /// Loads the previous content of the file for a map that was not read from it.
    pub(super) fn remember_former(&mut self) {
        let bytes = self.path.as_deref().and_then(|path| disk::read(path).ok());
        let Some(bytes) = bytes.filter(|bytes| self.seen == Some(Seen::of(bytes))) else {
            return;
        };
        if let Ok(document) = format::read(&bytes)
            && !format::is_canonical(&bytes, &document.map)
        {
            self.former = Some(Former::of(&bytes.into(), &document.notices));
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
            self.note(|| Entry::Saving(origin(Some(&path), None)));
        }
        Ok(SaveJob {
            map: self.map.clone(),
            journal: self.journal.clone(),
            journals: self.journals.clone(),
            former: self.former.clone(),
            own: self.path.clone().zip(self.seen),
            state: self.history.state(),
            noted: self.noted,
            path,
        })
    }

    /// Receives the result of a save. Only now the map counts as saved, in the
    /// state when the save began; another file becomes the map's own.
    ///
    /// # Errors
    /// If the file could not be written; the map stays unchanged and unsaved.
    pub fn end_save(&mut self, done: SaveDone) -> Result<Saved, SaveError> {
        self.saving = None;
        match &done.result {
            // The journal leaves it open; recovery finds out which version lasted.
            Err(DiskError::NotConfirmed { seen, .. }) if self.path.as_ref() == Some(&done.path) => {
                self.seen = Some(*seen);
            }
            Err(_) if self.journal.is_some() => self.note(|| Entry::NotSaved),
            _ => {}
        }
        let (written, kept) = done.result?;
        self.saved_state = done.state;
        self.gone = None;
        self.path = Some(done.path.clone());
        self.seen = Some(written.seen);
        self.former = None;
        let (origin, since) = (self.origin(), self.noted.saturating_sub(done.noted));
        if self.journal.is_some() {
            self.note(|| Entry::Saved { origin, since });
        }
        Ok(Saved {
            path: done.path,
            kept,
            remarks: written.remarks,
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
    pub fn save(&mut self) -> Result<Saved, SaveError> {
        let done = self.begin_save(None)?.run();
        self.end_save(done)
    }

    /// Saves to another file, which becomes the map's own.
    ///
    /// # Errors
    /// If it cannot be written; the map keeps its previous file.
    pub fn save_as(&mut self, path: &Path) -> Result<Saved, SaveError> {
        let done = self.begin_save(Some(path))?.run();
        self.end_save(done)
    }

    /// Returns the file of the map and its fingerprint for the journal.
    pub(super) fn origin(&self) -> Origin {
        origin(self.path.as_deref(), self.seen)
    }
}

/// Whether two paths refer to the same file.
fn same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    one == other || whole(one).is_some_and(|one| whole(other) == Some(one))
}

fn origin(path: Option<&Path>, seen: Option<Seen>) -> Origin {
    Origin {
        path: path.map(|path| {
            let whole = std::path::absolute(path);
            crate::storage::journal::path_text(whole.as_deref().unwrap_or(path))
        }),
        seen,
    }
}
