//! Journals on disk: a thread records the changes of every open map as they happen,
//! so that a crash, a kill or a power cut loses at most the last moment.
//!
//! A journal is created with the first change of a map and deleted when the map is
//! closed. It is locked while its program runs: an unlocked one was left by a crash
//! (see `session::recovery`). Writing never blocks the window; a failed write is
//! retried and reported once.
//! Must not know: how maps are shown, which document is active.

mod draft;
pub(crate) mod folder;
mod locked_file;
mod writer;

use crate::edit::journal::{JournalEntry, MapOrigin};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
pub use draft::LeftDraft;
pub(crate) use draft::find_left_draft;
pub(crate) use locked_file::open_unlocked;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
pub(crate) use writer::{EXTENSION, Snapshot, folder_error, replay};
use writer::{JournalRequest, JournalWriter, LastError};

/// Handle of the writer thread; `None` if no journals are kept.
#[derive(Clone, Default)]
pub struct Journals {
    requests: Option<Sender<JournalRequest>>,
    folder: Option<PathBuf>,
    error: LastError,
    next_key: Arc<AtomicU64>,
}

/// Handle of the journal of one open map.
#[derive(Clone)]
pub(crate) struct JournalHandle {
    key: u64,
    requests: Sender<JournalRequest>,
    error: LastError,
}

impl Journals {
    /// Keeps no journals.
    pub fn none() -> Journals {
        Journals::default()
    }

    /// Keeps journals in this folder, which is created with the first one.
    pub fn in_folder(folder: Option<&Path>) -> Journals {
        let Some(folder) = folder else {
            return Journals::none();
        };
        let (to, from) = channel();
        let error = LastError::default();
        let writer = JournalWriter::new(folder, Arc::clone(&error));
        let thread = std::thread::Builder::new().name("journals".to_owned());
        let spawned = thread.spawn(move || writer.run(&from));
        Journals {
            requests: spawned.is_ok().then_some(to),
            folder: Some(folder.to_owned()),
            error,
            next_key: Arc::default(),
        }
    }

    /// Returns the folder for journals.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Waits until all entries so far are on disk, at most for this time. Returns
    /// whether they are.
    pub fn flush(&self, patience: Duration) -> bool {
        let Some(to) = &self.requests else {
            return true;
        };
        let (done, wait) = channel();
        let sent = to.send(JournalRequest::Flush(done)).is_ok();
        sent && wait.recv_timeout(patience).is_ok() && self.error().is_none()
    }

    /// Returns the cause if entries currently cannot be written.
    pub fn error(&self) -> Option<String> {
        let trouble = self.error.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone()
    }

    /// Keeps the text of a line that is being typed, in place of the former one; an empty
    /// text is not kept.
    pub fn keep_draft(&self, text: &str) {
        if let Some(to) = &self.requests {
            // Typing continues if the thread has ended.
            let _ = to.send(JournalRequest::Draft(text.to_owned()));
        }
    }

    /// Takes over the draft of an ended program.
    pub fn resume_draft(&self, draft: LeftDraft) {
        if let Some(to) = &self.requests {
            let _ = to.send(JournalRequest::ResumeDraft(draft.path, draft.file));
        }
    }

    /// Begins a journal with a map that is this many steps ahead of its file.
    pub(crate) fn begin(
        &self,
        whole: Snapshot,
        origin: MapOrigin,
        unsaved: usize,
    ) -> Option<JournalHandle> {
        self.start(|key| JournalRequest::Begin(key, whole, origin, unsaved))
    }

    /// Continues a journal left by a crash, after its valid part.
    pub(crate) fn resume(&self, path: PathBuf, file: File, length: u64) -> Option<JournalHandle> {
        self.start(|key| JournalRequest::Resume(key, path, file, length))
    }

    fn start(&self, message: impl FnOnce(u64) -> JournalRequest) -> Option<JournalHandle> {
        let requests = self.requests.clone()?;
        let key = self.next_key.fetch_add(1, Ordering::Relaxed);
        requests.send(message(key)).ok()?;
        let error = Arc::clone(&self.error);
        Some(JournalHandle {
            key,
            requests,
            error,
        })
    }
}

impl JournalHandle {
    pub(crate) fn append(&self, entry: JournalEntry) {
        let request = JournalRequest::Append(self.key, Box::new(entry));
        // Editing continues if the thread has ended.
        if self.requests.send(request).is_err() {
            let mut error = self.error.lock().unwrap_or_else(PoisonError::into_inner);
            *error = Some("the journal writer has stopped".to_owned());
        }
    }

    pub(crate) fn delete(self) {
        let _ = self.requests.send(JournalRequest::Delete(self.key));
    }
}

/// Encodes a path as text. Paths that are not Unicode are written as bytes.
pub(crate) fn encode_path(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.starts_with("bytes:") => text.to_owned(),
        _ => format!(
            "bytes:{}",
            BASE64_STANDARD.encode(path.as_os_str().as_encoded_bytes())
        ),
    }
}

/// Decodes a path; see [`encode_path`].
pub(crate) fn decode_path(text: &str) -> PathBuf {
    #[cfg(unix)]
    if let Some(text) = text.strip_prefix("bytes:")
        && let Ok(bytes) = BASE64_STANDARD.decode(text)
    {
        return PathBuf::from(
            <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes),
        );
    }
    PathBuf::from(text)
}
