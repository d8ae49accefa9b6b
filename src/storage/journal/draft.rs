//! The line that is being typed beside the maps, kept like a journal: it survives a
//! crash, and a lock shows that its program is running.
//!
//! Must not know: the notation of the line, the window.

use super::folder::make_private;
use super::locked_file::{create_locked, open_unlocked};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The file extension of drafts.
const EXTENSION: &str = "draft";

/// The largest draft that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// A draft that an ended program has left.
pub struct LeftDraft {
    /// The text.
    pub text: String,
    pub(super) path: PathBuf,
    /// Its file, locked.
    pub(super) file: File,
}

/// The draft of this program.
pub(super) struct DraftFile {
    path: PathBuf,
    file: Option<File>,
    /// The text that is not on disk yet.
    pending: Option<String>,
}

impl DraftFile {
    /// A draft without text, which has no file.
    pub fn new(folder: &Path, name: &str) -> DraftFile {
        DraftFile {
            path: folder.join(name).with_extension(EXTENSION),
            file: None,
            pending: None,
        }
    }

    /// Continues a draft that an ended program has left.
    pub fn resume(&mut self, path: PathBuf, file: File) {
        (self.path, self.file) = (path, Some(file));
    }

    /// Replaces the text with the next [`DraftFile::write`].
    pub fn keep(&mut self, text: String) {
        self.pending = Some(text);
    }

    /// Writes the text, or removes the file if there is none.
    pub fn write(&mut self, folder: &Path) -> io::Result<()> {
        let Some(text) = &self.pending else {
            return Ok(());
        };
        if text.is_empty() {
            if self.file.take().is_some() {
                fs::remove_file(&self.path)?;
            }
        } else {
            make_private(folder)?;
            self.file = Some(create_locked(folder, &self.path, text.as_bytes())?);
        }
        self.pending = None;
        Ok(())
    }
}

/// Returns the newest draft in a folder whose program has ended.
pub(crate) fn find_left_draft(folder: &Path) -> Option<LeftDraft> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let drafts = entries.filter(|entry| {
        let path = entry.path();
        let is_draft = path.extension().is_some_and(|ending| ending == EXTENSION);
        // Neither links nor pipes: only this program creates files here.
        is_draft && entry.file_type().is_ok_and(|kind| kind.is_file())
    });
    let found = drafts.filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        let path = entry.path();
        let file = open_unlocked(&path).filter(|_| metadata.len() <= MAX_BYTES)?;
        let text = String::from_utf8(fs::read(&path).ok()?).ok()?;
        Some((metadata.modified().ok(), LeftDraft { text, path, file }))
    });
    let newest = found.max_by_key(|(written, _)| *written)?;
    Some(newest.1)
}
