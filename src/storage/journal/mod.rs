//! Journals on disk: a thread records the changes of every open map as they happen,
//! so that a crash, a kill or a power cut loses at most the last moment.
//!
//! A journal is created with the first change of a map and deleted when the map is
//! closed. It is locked while its program runs: an unlocked one was left by a crash
//! (see [`super::rescue`]). Writing never blocks the window; a failed write is
//! retried and reported once.
//! Must not know: how maps are shown, which document is active.

mod writer;

use super::DiskError;
use crate::edit::journal::{Entry, Origin, Replay};
use crate::format;
use crate::model::Map;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use writer::Scribe;

/// The file extension of journals.
pub(crate) const ENDING: &str = "journal";

/// A complete map that a journal starts with.
pub(crate) enum Whole {
    /// The bytes of its file.
    Bytes(Arc<[u8]>),
    /// The map in memory.
    Map(Box<Map>),
}

/// Requests to the writer thread, mostly for the journal with a key.
enum Message {
    Begin(u64, Whole, Origin, usize),
    Adopt(u64, PathBuf, File, u64),
    Note(u64, Box<Entry>),
    Forget(u64),
    Flush(Sender<()>),
}

/// Handle of the writer thread; `None` if no journals are kept.
#[derive(Clone, Default)]
pub struct Journals {
    to: Option<Sender<Message>>,
    folder: Option<PathBuf>,
    trouble: Arc<Mutex<Option<String>>>,
    count: Arc<std::sync::atomic::AtomicU64>,
}

/// Handle of the journal of one open map.
#[derive(Clone)]
pub(crate) struct Journal {
    key: u64,
    to: Sender<Message>,
    trouble: Arc<Mutex<Option<String>>>,
}

impl Journals {
    /// Keeps no journals.
    pub fn nowhere() -> Journals {
        Journals::default()
    }

    /// Keeps journals in this folder, which is created with the first one.
    pub fn at(folder: Option<&Path>) -> Journals {
        let Some(folder) = folder else {
            return Journals::nowhere();
        };
        let (to, from) = channel();
        let trouble = Arc::default();
        let scribe = Scribe::new(folder, Arc::clone(&trouble));
        let thread = std::thread::Builder::new().name("journals".to_owned());
        let spawned = thread.spawn(move || scribe.run(&from));
        Journals {
            to: spawned.is_ok().then_some(to),
            folder: Some(folder.to_owned()),
            trouble,
            count: Arc::default(),
        }
    }

    /// Returns the folder for journals.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Waits until all entries so far are on disk, at most for this time. Returns
    /// whether they are.
    pub fn flush(&self, patience: Duration) -> bool {
        let Some(to) = &self.to else {
            return true;
        };
        let (done, wait) = channel();
        let sent = to.send(Message::Flush(done)).is_ok();
        sent && wait.recv_timeout(patience).is_ok() && self.trouble().is_none()
    }

    /// Returns the cause if entries currently cannot be written.
    pub fn trouble(&self) -> Option<String> {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone()
    }

    /// Begins a journal with a map that is this many steps ahead of its file.
    pub(crate) fn begin(&self, whole: Whole, origin: Origin, unsaved: usize) -> Option<Journal> {
        self.journal(|key| Message::Begin(key, whole, origin, unsaved))
    }

    /// Continues a journal left by a crash, after its valid part.
    pub(crate) fn adopt(&self, path: PathBuf, file: File, length: u64) -> Option<Journal> {
        self.journal(|key| Message::Adopt(key, path, file, length))
    }

    fn journal(&self, message: impl FnOnce(u64) -> Message) -> Option<Journal> {
        let to = self.to.clone()?;
        let key = self
            .count
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        to.send(message(key)).ok()?;
        let trouble = Arc::clone(&self.trouble);
        Some(Journal { key, to, trouble })
    }
}

impl Journal {
    pub(crate) fn note(&self, entry: Entry) {
        // Editing continues if the thread has ended.
        if self
            .to
            .send(Message::Note(self.key, Box::new(entry)))
            .is_err()
        {
            let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
            *trouble = Some("nobody writes them down any more".to_owned());
        }
    }

    /// Deletes the journal of a closed map.
    pub(crate) fn forget(self) {
        let _ = self.to.send(Message::Forget(self.key));
    }
}

/// Replays a journal; returns the map and whether all entries could be applied.
///
/// # Errors
/// If the snapshot at the start cannot be read.
pub(crate) fn replay(entries: Vec<Entry>) -> Result<(Replay, bool), String> {
    let mut entries = entries.into_iter();
    let Some(Entry::Whole {
        text,
        origin,
        unsaved,
    }) = entries.next()
    else {
        return Err("it holds no map".to_owned());
    };
    let map: Map = match format::read(text.as_bytes()) {
        Ok(document) => document.map,
        Err(error) => return Err(error.to_string()),
    };
    let mut replay = Replay::new(map, origin, unsaved);
    for entry in entries {
        if replay.play(entry).is_err() {
            return Ok((replay, false));
        }
    }
    Ok((replay, true))
}

/// Opens a journal that no program is writing; `None` if it is in use or cannot be
/// opened.
pub(crate) fn claim(path: &Path) -> Option<File> {
    let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => None,
        // Without lock support, a journal in use by another process cannot be
        // detected.
        _ => Some(file),
    }
}

/// Encodes a path as text. Paths that are not Unicode are written as bytes.
pub(crate) fn path_text(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.starts_with("bytes:") => text.to_owned(),
        _ => format!(
            "bytes:{}",
            crate::base64::encode(path.as_os_str().as_encoded_bytes())
        ),
    }
}

/// Decodes a path; see [`path_text`].
pub(crate) fn text_path(text: &str) -> PathBuf {
    #[cfg(unix)]
    if let Some(bytes) = text.strip_prefix("bytes:").and_then(crate::base64::decode) {
        return PathBuf::from(
            <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes),
        );
    }
    PathBuf::from(text)
}

/// Converts errors of the journal folder to disk errors.
pub(crate) fn folder_error(path: &Path, cause: io::Error) -> DiskError {
    super::failed(path, "keep the journal")(cause)
}
