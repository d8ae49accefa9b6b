//! Journals on disk: one thread writes down what happens to every open map, as
//! it happens, so that a crash, a kill or a power cut costs next to nothing.
//!
//! A journal appears when a map is first changed and goes when the map is
//! closed. It is locked while its program lives: an unlocked one was left by a
//! crash (see [`super::rescue`]). Writing never holds up the window; what
//! cannot be written is tried again and said once.
//! Must not know: how maps are shown, whose turn it is.

use super::disk::{self, DiskError};
use crate::edit::journal::{self, Entry, Head, Origin, Replay};
use crate::format;
use crate::model::Map;
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::hash::BuildHasher;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How journals are called.
pub(super) const ENDING: &str = "journal";

/// A journal grows by its steps to this many times its whole copy, and by
/// [`ROOM`]; then a new whole copy takes the place of all of it.
const GROWTH: u64 = 2;

/// See [`GROWTH`], in bytes.
const ROOM: u64 = 4 * 1024 * 1024;

/// What could not be written is kept for another try up to so many bytes.
const MOST_WAITING: usize = 64 * 1024 * 1024;

/// A whole map to start from.
pub(super) enum Whole {
    /// As it stood in its file.
    Bytes(Arc<[u8]>),
    /// As it is in memory.
    Map(Box<Map>),
}

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
pub(super) struct Journal {
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
        let scribe = Scribe {
            folder: folder.to_owned(),
            open: HashMap::new(),
            trouble: Arc::clone(&trouble),
        };
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
    pub(super) fn begin(&self, whole: Whole, origin: Origin, unsaved: usize) -> Option<Journal> {
        self.journal(|key| Message::Begin(key, whole, origin, unsaved))
    }

    /// Goes on with a journal that was left, behind its whole part.
    pub(super) fn adopt(&self, path: PathBuf, file: File, length: u64) -> Option<Journal> {
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
    pub(super) fn note(&self, entry: Entry) {
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
    pub(super) fn forget(self) {
        let _ = self.to.send(Message::Forget(self.key));
    }
}

struct Scribe {
    folder: PathBuf,
    open: HashMap<u64, Book>,
    trouble: Arc<Mutex<Option<String>>>,
}

/// One journal being written.
struct Book {
    path: PathBuf,
    /// `None`: could not be made yet.
    file: Option<File>,
    /// So many bytes of it are whole.
    length: u64,
    /// Its length at which a new whole copy is due.
    due: u64,
    waiting: Vec<u8>,
    /// More was waiting than could be kept: what comes now would not fit to it.
    ended: bool,
}

impl Scribe {
    fn run(mut self, from: &Receiver<Message>) {
        // Ends when nobody holds the way to it any more.
        while let Ok(first) = from.recv() {
            let mut flushed = Vec::new();
            let mut next = Some(first);
            // All that has come in meanwhile shares one flush to the device.
            while let Some(message) = next {
                self.take(message, &mut flushed);
                next = from.try_recv().ok();
            }
            self.write();
            for done in flushed {
                let _ = done.send(());
            }
        }
    }

    fn take(&mut self, message: Message, flushed: &mut Vec<Sender<()>>) {
        match message {
            Message::Begin(key, whole, origin, unsaved) => {
                let text = match whole {
                    Whole::Map(map) => format::write(&map),
                    Whole::Bytes(bytes) => format::decode(&bytes).unwrap_or_default().into_owned(),
                };
                let mut waiting = journal::start(&head());
                waiting.extend(journal::line(&Entry::Whole {
                    text,
                    origin,
                    unsaved,
                }));
                let book = Book {
                    path: self.folder.join(name(key)),
                    file: None,
                    length: 0,
                    due: due(waiting.len() as u64),
                    waiting,
                    ended: false,
                };
                self.open.insert(key, book);
            }
            Message::Adopt(key, path, file, length) => {
                let book = Book {
                    path,
                    file: Some(file),
                    length,
                    due: due(length),
                    waiting: Vec::new(),
                    ended: false,
                };
                self.open.insert(key, book);
            }
            Message::Note(key, entry) => {
                if let Some(book) = self.open.get_mut(&key)
                    && !book.ended
                {
                    book.waiting.extend(journal::line(&entry));
                    // What is whole up to here can be followed, without gaps.
                    book.ended = book.file.is_some() && book.waiting.len() > MOST_WAITING;
                }
            }
            Message::Forget(key) => {
                if let Some(book) = self.open.remove(&key)
                    && book.file.is_some()
                {
                    let _ = fs::remove_file(&book.path);
                }
            }
            Message::Flush(done) => flushed.push(done),
        }
    }

    fn write(&mut self) {
        let mut trouble = None;
        for book in self.open.values_mut() {
            if let Err(error) = book.write(&self.folder) {
                trouble = Some(folder_error(&self.folder, error).to_string());
            }
        }
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

impl Book {
    fn write(&mut self, folder: &Path) -> io::Result<()> {
        if self.waiting.is_empty() {
            return match self.ended {
                true => Err(io::Error::other("too much was waiting to be written")),
                false => Ok(()),
            };
        }
        let gone = fs::symlink_metadata(&self.path)
            .is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        let file = match &mut self.file {
            Some(file) if !gone => file,
            known => {
                let mut bytes = Vec::new();
                if let Some(file) = known {
                    // Somebody tidied up: what was written can still be had.
                    file.rewind()?;
                    file.take(self.length).read_to_end(&mut bytes)?;
                }
                bytes.extend_from_slice(&self.waiting);
                make_folder(folder)?;
                *known = Some(appear(folder, &self.path, &bytes)?);
                self.length = bytes.len() as u64;
                self.waiting.clear();
                return Ok(());
            }
        };
        // What a former try left behind the whole part is cut off first.
        file.set_len(self.length)?;
        file.seek(io::SeekFrom::Start(self.length))?;
        file.write_all(&self.waiting)?;
        file.sync_data()?;
        self.length += self.waiting.len() as u64;
        self.waiting.clear();
        if self.length > self.due {
            self.shorten(folder);
        }
        Ok(())
    }

    /// Puts one whole copy in place of all the steps so far. Where that cannot
    /// be done the journal stays as it is, and longer.
    fn shorten(&mut self, folder: &Path) {
        let short = fs::read(&self.path)
            .ok()
            .and_then(|bytes| shortened(&bytes));
        let short = short.and_then(|bytes| {
            let file = appear(folder, &self.path, &bytes).ok()?;
            Some((file, bytes.len() as u64))
        });
        match short {
            Some((file, length)) => {
                self.file = Some(file);
                self.length = length;
                self.due = due(length);
            }
            None => self.due = self.due.saturating_mul(2),
        }
    }
}

fn due(length: u64) -> u64 {
    length.saturating_mul(GROWTH).saturating_add(ROOM)
}

/// The same journal with one whole copy instead of its steps.
fn shortened(bytes: &[u8]) -> Option<Vec<u8>> {
    let read = journal::read(bytes).ok()?;
    let mut short = journal::start(&read.head);
    // While a save is under way it must stay known when that began.
    let usable = |(replay, all): &(Replay, bool)| *all && replay.saving.is_none();
    let (replay, _) = replay(read.entries).ok().filter(usable)?;
    short.extend(journal::line(&Entry::Whole {
        text: format::write(&replay.map),
        origin: replay.origin,
        unsaved: replay.unsaved,
    }));
    Some(short)
}

/// The map that a journal leads to, and whether all of it could be followed.
///
/// # Errors
/// Where not even the whole copy at its start can be read.
pub(super) fn replay(entries: Vec<Entry>) -> Result<(Replay, bool), String> {
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

/// Makes a file that is there whole, on the device and locked, or not at all.
fn appear(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut new = tempfile::Builder::new()
        .prefix(".~")
        .rand_bytes(8)
        .tempfile_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    // A file system without locks: then a second window may offer what is open here.
    let _ = new.as_file().try_lock();
    let file = new.persist(path).map_err(|error| error.error)?;
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
    Ok(file)
}

/// Makes the folder for journals; what is in it is nobody else's business.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    }
    Ok(())
}

/// A name that no other journal has.
fn name(key: u64) -> String {
    let random = std::hash::RandomState::new().hash_one((key, std::process::id(), seconds()));
    format!("{random:016x}.{ENDING}")
}

fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

fn head() -> Head {
    Head {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        host: host(),
        pid: std::process::id(),
        began: seconds(),
    }
}

/// What this machine is called.
pub(super) fn host() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    if name.is_empty() {
        "this machine".to_owned()
    } else {
        name
    }
}

/// Opens a journal that nobody writes any more; `None` where somebody does, or
/// it cannot be had.
pub(super) fn claim(path: &Path) -> Option<File> {
    let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => None,
        // Where there are no locks the process of another window cannot be told.
        _ => Some(file),
    }
}

/// A path as text, and back. Paths that are no Unicode are written as bytes.
pub(super) fn path_text(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.starts_with("bytes:") => text.to_owned(),
        _ => format!(
            "bytes:{}",
            crate::base64::encode(path.as_os_str().as_encoded_bytes())
        ),
    }
}

/// See [`path_text`].
pub(super) fn text_path(text: &str) -> PathBuf {
    #[cfg(unix)]
    if let Some(bytes) = text.strip_prefix("bytes:").and_then(crate::base64::decode) {
        return PathBuf::from(
            <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes),
        );
    }
    PathBuf::from(text)
}

/// Errors of the folder itself, in the words of other disk errors.
pub(super) fn folder_error(path: &Path, cause: io::Error) -> DiskError {
    disk::failed(path, "keep the journal")(cause)
}
