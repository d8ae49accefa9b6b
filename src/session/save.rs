//! Saving: what is to be written is kept here and now (a copy of a map costs next
//! to nothing), made text and written anywhere (on a thread beside the window),
//! and counts as saved only when the writer says so.
//!
//! Must not know: threads, windows.

use super::disk::{self, Beside, DiskError, Remark, Written};
use super::journal::Journal;
use super::{Journals, PATIENCE, SaveError, Session};
use crate::edit::journal::{Entry, Origin, Seen};
use crate::format::{self, Warning, WarningKind};
use crate::model::Map;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The content of a file before it is first written over, where that is not
/// just what would be written.
#[derive(Clone, Debug)]
pub(super) struct Former {
    pub bytes: Arc<[u8]>,
    pub losses: Vec<String>,
}

impl Former {
    /// What a file held, and what of it a map cannot keep.
    pub fn of(bytes: &Arc<[u8]>, notices: &[Warning]) -> Former {
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
                WarningKind::UnknownField { field } => {
                    format!("the field “{field}”, which is not known here")
                }
                WarningKind::DuplicateKey { key, .. } => format!("the earlier text of “{key}”"),
                WarningKind::DuplicateSuppression => "a second reason of a finding".to_owned(),
                WarningKind::Rounded { stated, kept, .. } => {
                    format!("the last digits of {stated} (kept as {kept})")
                }
                WarningKind::Dangling { .. }
                | WarningKind::DuplicateId { .. }
                | WarningKind::Older { .. }
                | WarningKind::More(_) => continue,
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

/// A file that is about to be written. While there is one, no other save of the
/// same map begins.
#[must_use]
pub struct SaveJob {
    path: PathBuf,
    /// As it was when the save began.
    map: Map,
    /// The map's own file, and what was last seen in it.
    own: Option<(PathBuf, Seen)>,
    former: Option<Former>,
    state: u64,
    noted: usize,
    journals: Journals,
    journal: Option<Journal>,
}

/// What came of it; [`Session::end_save`] wants it back.
#[must_use]
pub struct SaveDone {
    path: PathBuf,
    state: u64,
    noted: usize,
    result: Result<(Written, Option<PathBuf>), DiskError>,
}

/// A save that went well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Which file.
    pub path: PathBuf,
    /// Where the former content was kept, because not all of it is in the new one.
    pub kept: Option<PathBuf>,
    /// What else should be known.
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
    /// Writes the file. May take as long as the drive takes.
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
            disk::sweep(folder, SystemTime::now());
        }
        let mut kept = None;
        if let Some(former) = &self.former {
            // Not where the file is another one by now: that is found out below.
            let same = expected == Some(Seen::of(&former.bytes));
            if same && self.path.exists() {
                kept = Some(disk::set_beside(&self.path, Beside::Former, &former.bytes)?);
            }
        }
        let text = format::write(&self.map);
        if let Some(journal) = &self.journal {
            let seen = Seen::of(text.as_bytes());
            journal.note(Entry::Saving(origin(Some(&self.path), Some(seen))));
        }
        // On disk before the file changes; a journal in trouble must not stop a save.
        self.journals.flush(PATIENCE);
        let written = disk::put(&self.path, text.as_bytes(), expected);
        if let (Err(_), Some(kept)) = (&written, &kept) {
            // Nothing was written over, so nothing had to be kept.
            let _ = std::fs::remove_file(kept);
        }
        Ok((written?, kept))
    }
}

impl Session {
    /// What saving over the file would drop for good, such as comments. The
    /// first save keeps the file as it was beside the new one.
    pub fn losses(&self) -> &[String] {
        self.former.as_ref().map_or(&[], |former| &former.losses)
    }

    /// Looks up what the file holds that would not be written, where the map
    /// did not come from reading it.
    pub(super) fn remember_former(&mut self) {
        let bytes = self.path.as_deref().and_then(|path| disk::read(path).ok());
        let Some(bytes) = bytes.filter(|bytes| self.seen == Some(Seen::of(bytes))) else {
            return;
        };
        if let Ok(document) = format::read(&bytes)
            && !format::is_canonical(&bytes, &document.map)
        {
            self.former = Some(Former::of(&bytes.into(), &document.warnings));
        }
    }

    /// Whether a save is under way.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Whether a save is under way that holds the map as it is now.
    pub fn is_being_saved(&self) -> bool {
        self.saving == Some(self.history.state())
    }

    /// Prepares to save, to another file than the map's own where one is named.
    /// Whatever is there in another file is replaced: it was chosen.
    ///
    /// # Errors
    /// Where the map has no file, or is being saved already.
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

    /// Takes what came of a save. Only now the map counts as saved, as it was
    /// when the save began; another file is the map's own from then on.
    ///
    /// # Errors
    /// Where it could not be written; the map stays as it is, and dirty.
    pub fn end_save(&mut self, done: SaveDone) -> Result<Saved, SaveError> {
        self.saving = None;
        match &done.result {
            // The journal leaves it open; which version lasts shows when it is read again.
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

    /// Gives up on a save whose writer is gone.
    pub fn abandon_save(&mut self) -> SaveError {
        self.saving = None;
        SaveError::Lost
    }

    /// Saves to the map's own file.
    ///
    /// # Errors
    /// Where there is none or it cannot be written; the map stays as it is, and dirty.
    pub fn save(&mut self) -> Result<Saved, SaveError> {
        let done = self.begin_save(None)?.run();
        self.end_save(done)
    }

    /// Saves to another file, which is the map's own from then on.
    ///
    /// # Errors
    /// Where it cannot be written; the map keeps its former file.
    pub fn save_as(&mut self, path: &Path) -> Result<Saved, SaveError> {
        let done = self.begin_save(Some(path))?.run();
        self.end_save(done)
    }

    /// Where the map belongs, as journals say it.
    pub(super) fn origin(&self) -> Origin {
        origin(self.path.as_deref(), self.seen)
    }
}

/// Whether two paths lead to one file, however they are written.
fn same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    one == other || whole(one).is_some_and(|one| whole(other) == Some(one))
}

fn origin(path: Option<&Path>, seen: Option<Seen>) -> Origin {
    Origin {
        path: path.map(|path| {
            let whole = std::path::absolute(path);
            super::journal::path_text(whole.as_deref().unwrap_or(path))
        }),
        seen,
    }
}
