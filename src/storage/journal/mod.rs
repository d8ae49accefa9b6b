//! Journals on disk: one thread writes down what happens to every open map, as
//! it happens, so that a crash, a kill or a power cut costs next to nothing.
//!
//! A journal appears when a map is first changed and goes when the map is
//! closed. It is locked while its program lives: an unlocked one was left by a
//! crash (see [`super::rescue`]). Writing never holds up the window; what
//! cannot be written is tried again and said once.
//! Must not know: how maps are shown, whose turn it is.

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

/// How journals are called.
pub(crate) const ENDING: &str = "journal";

/// A whole map to start from.
pub(crate) enum Whole {
    /// As it stood in its file.
    Bytes(Arc<[u8]>),
    /// As it is in memory.
    Map(Box<Map>),
}

/// What the thread is told, mostly of the journal with a key.
enum Message {
    Begin(u64, Whole, Origin, usize),
    Adopt(u64, PathBuf, File, u64),
    Note(u64, Box<Entry>),
    Forget(u64),
    Flush(Sender<()>),
}

/// The way to the thread that writes journals; none where nothing is kept.
#[derive(Clone, Default)]
pub struct Journals {
    to: Option<Sender<Message>>,
    folder: Option<PathBuf>,
    trouble: Arc<Mutex<Option<String>>>,
    count: Arc<std::sync::atomic::AtomicU64>,
}

/// The journal of one open map.
#[derive(Clone)]
pub(crate) struct Journal {
    key: u64,
    to: Sender<Message>,
    trouble: Arc<Mutex<Option<String>>>,
}

impl Journals {
    /// Keeps nothing.
    pub fn nowhere() -> Journals {
        Journals::default()
    }

    /// Keeps journals in this folder, which is made when the first one begins.
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

    /// Where journals are kept.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Waits until all that happened so far is on disk, as long as that may
    /// take. Whether it is.
    pub fn flush(&self, patience: Duration) -> bool {
        let Some(to) = &self.to else {
            return true;
        };
        let (done, wait) = channel();
        let sent = to.send(Message::Flush(done)).is_ok();
        sent && wait.recv_timeout(patience).is_ok() && self.trouble().is_none()
    }

    /// Why steps cannot be written down at the moment.
    pub fn trouble(&self) -> Option<String> {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone()
    }

    /// Begins with a map that differs so many steps from its file.
    pub(crate) fn begin(&self, whole: Whole, origin: Origin, unsaved: usize) -> Option<Journal> {
        self.journal(|key| Message::Begin(key, whole, origin, unsaved))
    }

    /// Goes on with a journal that was left, behind its whole part.
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
        // Where the thread is gone the work itself goes on.
        if self
            .to
            .send(Message::Note(self.key, Box::new(entry)))
            .is_err()
        {
            let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
            *trouble = Some("nobody writes them down any more".to_owned());
        }
    }

    /// The map is closed and nothing of it is to be rescued.
    pub(crate) fn forget(self) {
        let _ = self.to.send(Message::Forget(self.key));
    }
}

/// The map that a journal leads to, and whether all of it could be followed.
///
/// # Errors
/// Where not even the whole copy at its start can be read.
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

/// Opens a journal that nobody writes any more; `None` where somebody does, or
/// it cannot be had.
pub(crate) fn claim(path: &Path) -> Option<File> {
    let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => None,
        // Where there are no locks the process of another window cannot be told.
        _ => Some(file),
    }
}

/// A path as text, and back. Paths that are no Unicode are written as bytes.
pub(crate) fn path_text(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.starts_with("bytes:") => text.to_owned(),
        _ => format!(
            "bytes:{}",
            crate::base64::encode(path.as_os_str().as_encoded_bytes())
        ),
    }
}

/// See [`path_text`].
pub(crate) fn text_path(text: &str) -> PathBuf {
    #[cfg(unix)]
    if let Some(bytes) = text.strip_prefix("bytes:").and_then(crate::base64::decode) {
        return PathBuf::from(
            <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes),
        );
    }
    PathBuf::from(text)
}

/// Errors of the folder itself, in the words of other disk errors.
pub(crate) fn folder_error(path: &Path, cause: io::Error) -> DiskError {
    super::failed(path, "keep the journal")(cause)
}
