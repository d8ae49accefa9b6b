//! The thread that writes journals. Requests that arrive together share one flush,
//! and a journal that has grown too long is compacted to one snapshot.
//!
//! Must not know: which documents the journals belong to.

use super::{ENDING, Message, Whole, folder_error, replay};
use crate::edit::journal::{self, Entry, Head, Replay};
use crate::format;
use crate::storage::hostname::host;
use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::BuildHasher as _;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Allowed growth of a journal, as a multiple of its snapshot, in addition to
/// [`ROOM`]; beyond that it is replaced by a new snapshot.
const GROWTH: u64 = 2;

/// Allowed growth in bytes; see [`GROWTH`].
const ROOM: u64 = 4 * 1024 * 1024;

/// The maximum number of bytes kept for a retry after a failed write.
const MOST_WAITING: usize = 64 * 1024 * 1024;

/// The writer of all journals of this program; owns their files.
pub(crate) struct Scribe {
    folder: PathBuf,
    open: HashMap<u64, Book>,
    trouble: Arc<Mutex<Option<String>>>,
}

/// One journal being written.
struct Book {
    path: PathBuf,
    /// `None` if it could not be created yet.
    file: Option<File>,
    /// The length of the valid part, in bytes.
    length: u64,
    /// The length at which it is compacted.
    due: u64,
    waiting: Vec<u8>,
    /// Entries were dropped because too much was pending; later ones would not
    /// apply.
    ended: bool,
}

impl Scribe {
    pub(crate) fn new(folder: &Path, trouble: Arc<Mutex<Option<String>>>) -> Scribe {
        Scribe {
            folder: folder.to_owned(),
            open: HashMap::new(),
            trouble,
        }
    }

    /// Runs until all senders are dropped.
    pub(crate) fn run(mut self, from: &Receiver<Message>) {
        while let Ok(first) = from.recv() {
            let mut flushed = Vec::new();
            let mut next = Some(first);
            // All requests that arrived meanwhile share one flush to the device.
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
                    // Entries up to here can be replayed without gaps.
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
                    // The file was deleted from outside, but is still readable.
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
        // The remains of a failed write are cut off first.
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

    /// Replaces all steps so far with one snapshot. On failure the journal stays as
    /// it is and may grow further.
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

/// Returns the journal with one snapshot instead of its steps.
fn shortened(bytes: &[u8]) -> Option<Vec<u8>> {
    let read = journal::read(bytes).ok()?;
    let mut short = journal::start(&read.head);
    // While a save is in progress, its start must stay in the journal.
    let usable = |(replay, all): &(Replay, bool)| *all && replay.saving.is_none();
    let (replay, _) = replay(read.entries).ok().filter(usable)?;
    short.extend(journal::line(&Entry::Whole {
        text: format::write(&replay.map),
        origin: replay.origin,
        unsaved: replay.unsaved,
    }));
    Some(short)
}

/// Creates a file that is complete, flushed and locked, or none at all.
fn appear(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut new = tempfile::Builder::new()
        .prefix(".~")
        .rand_bytes(8)
        .tempfile_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    // Without lock support, a second window may offer a map that is open here.
    let _ = new.as_file().try_lock();
    let file = new.persist(path).map_err(|error| error.error)?;
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
    Ok(file)
}

/// Creates the folder for journals, private to the user.
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

/// Returns a unique file name.
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
