//! The thread that writes journals. Requests that arrive together share one flush,
//! and a journal that has grown too long is compacted to one snapshot.
//!
//! Must not know: which documents the journals belong to.

use super::draft::DraftFile;
use super::locked_file::create_locked;
use crate::edit::journal::{self, JournalEntry, JournalHeader, MapOrigin, Replay};
use crate::format;
use crate::model::Map;
use crate::storage::presence::{host_name, unix_seconds};
use crate::storage::{DiskError, to_disk_error};
use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::BuildHasher as _;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The file extension of journals.
pub(crate) const EXTENSION: &str = "journal";

/// A complete map that a journal starts with.
pub(crate) enum Snapshot {
    /// The bytes of its file.
    Bytes(Arc<[u8]>),
    /// The map in memory.
    Map(Box<Map>),
}

/// Requests to the writer thread, mostly for the journal with a key.
pub(super) enum JournalRequest {
    Begin(u64, Snapshot, MapOrigin, usize),
    Resume(u64, PathBuf, File, u64),
    Append(u64, Box<JournalEntry>),
    Delete(u64),
    /// Replaces the text of the draft.
    Draft(String),
    ResumeDraft(PathBuf, File),
    Flush(Sender<()>),
}

/// The reason why entries currently cannot be written.
pub(super) type LastError = Arc<Mutex<Option<String>>>;

/// Allowed growth of a journal, as a multiple of its snapshot, in addition to
/// [`GROWTH_ALLOWANCE`]; beyond that it is replaced by a new snapshot.
const GROWTH: u64 = 2;

/// Allowed growth in bytes; see [`GROWTH`].
const GROWTH_ALLOWANCE: u64 = 4 * 1024 * 1024;

/// The maximum number of bytes kept for a retry after a failed write.
const MAX_PENDING: usize = 64 * 1024 * 1024;

/// The writer of all journals of this program; owns their files.
pub(super) struct JournalWriter {
    folder: PathBuf,
    open: HashMap<u64, JournalFile>,
    draft: DraftFile,
    error: LastError,
}

/// One journal being written.
struct JournalFile {
    path: PathBuf,
    /// `None` if it could not be created yet.
    file: Option<File>,
    /// The length of the valid part, in bytes.
    length: u64,
    /// The length at which it is compacted.
    compact_at: u64,
    pending: Vec<u8>,
    /// Entries were dropped because too much was pending; later ones would not
    /// apply.
    overflowed: bool,
}

impl JournalWriter {
    pub(super) fn new(folder: &Path, error: LastError) -> JournalWriter {
        JournalWriter {
            folder: folder.to_owned(),
            open: HashMap::new(),
            draft: DraftFile::new(folder, &unique_file_name(0)),
            error,
        }
    }

    /// Runs until all senders are dropped.
    pub(super) fn run(mut self, from: &Receiver<JournalRequest>) {
        while let Ok(first) = from.recv() {
            let mut flushed = Vec::new();
            let mut next = Some(first);
            // All requests that arrived meanwhile share one flush to the device.
            while let Some(message) = next {
                self.handle(message, &mut flushed);
                next = from.try_recv().ok();
            }
            self.write();
            for done in flushed {
                let _ = done.send(());
            }
        }
    }

    fn handle(&mut self, message: JournalRequest, flushed: &mut Vec<Sender<()>>) {
        match message {
            JournalRequest::Begin(key, whole, origin, unsaved) => {
                let text = match whole {
                    Snapshot::Map(map) => format::write(&map),
                    Snapshot::Bytes(bytes) => {
                        format::decode(&bytes).unwrap_or_default().into_owned()
                    }
                };
                let mut pending = journal::encode_header(&header());
                pending.extend(journal::encode_entry(&JournalEntry::Whole {
                    text,
                    origin,
                    unsaved,
                }));
                let compact_at = compaction_threshold(pending.len() as u64);
                let book = JournalFile {
                    path: self.folder.join(unique_file_name(key)),
                    file: None,
                    length: 0,
                    compact_at,
                    pending,
                    overflowed: false,
                };
                self.open.insert(key, book);
            }
            JournalRequest::Resume(key, path, file, length) => {
                let book = JournalFile {
                    path,
                    file: Some(file),
                    length,
                    compact_at: compaction_threshold(length),
                    pending: Vec::new(),
                    overflowed: false,
                };
                self.open.insert(key, book);
            }
            JournalRequest::Append(key, entry) => {
                if let Some(book) = self.open.get_mut(&key)
                    && !book.overflowed
                {
                    book.pending.extend(journal::encode_entry(&entry));
                    // Entries up to here can be replayed without gaps.
                    book.overflowed = book.file.is_some() && book.pending.len() > MAX_PENDING;
                }
            }
            JournalRequest::Delete(key) => {
                if let Some(book) = self.open.remove(&key)
                    && book.file.is_some()
                {
                    let _ = fs::remove_file(&book.path);
                }
            }
            JournalRequest::Draft(text) => self.draft.keep(text),
            JournalRequest::ResumeDraft(path, file) => self.draft.resume(path, file),
            JournalRequest::Flush(done) => flushed.push(done),
        }
    }

    fn write(&mut self) {
        let books = self.open.values_mut();
        let written = books.map(|book| book.write(&self.folder));
        let mut trouble = None;
        for result in written.chain([self.draft.write(&self.folder)]) {
            if let Err(error) = result {
                trouble = Some(folder_error(&self.folder, error).to_string());
            }
        }
        *self.error.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

impl JournalFile {
    fn write(&mut self, folder: &Path) -> io::Result<()> {
        if self.pending.is_empty() {
            if self.overflowed {
                return Err(io::Error::other("too much was waiting to be written"));
            }
            return Ok(());
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
                bytes.extend_from_slice(&self.pending);
                super::folder::make_private(folder)?;
                *known = Some(create_locked(folder, &self.path, &bytes)?);
                self.length = bytes.len() as u64;
                self.pending.clear();
                return Ok(());
            }
        };
        // The remains of a failed write are cut off first.
        file.set_len(self.length)?;
        file.seek(io::SeekFrom::Start(self.length))?;
        file.write_all(&self.pending)?;
        file.sync_data()?;
        self.length += self.pending.len() as u64;
        self.pending.clear();
        if self.length > self.compact_at {
            self.compact(folder);
        }
        Ok(())
    }

    /// Replaces all steps so far with one snapshot. On failure the journal stays as
    /// it is and may grow further.
    fn compact(&mut self, folder: &Path) {
        let bytes = fs::read(&self.path).ok();
        let short = bytes.and_then(|bytes| {
            let bytes = compacted(&bytes)?;
            let file = create_locked(folder, &self.path, &bytes).ok()?;
            Some((file, bytes.len() as u64))
        });
        match short {
            Some((file, length)) => {
                self.file = Some(file);
                self.length = length;
                self.compact_at = compaction_threshold(length);
            }
            None => self.compact_at = self.compact_at.saturating_mul(2),
        }
    }
}

fn compaction_threshold(length: u64) -> u64 {
    let grown = length.saturating_mul(GROWTH);
    grown.saturating_add(GROWTH_ALLOWANCE)
}

/// Returns the journal with one snapshot instead of its steps.
fn compacted(bytes: &[u8]) -> Option<Vec<u8>> {
    let read = journal::decode(bytes).ok()?;
    let mut short = journal::encode_header(&read.header);
    // While a save is in progress, its start must stay in the journal.
    let usable = |(replay, all): &(Replay, bool)| *all && replay.pending_save.is_none();
    let (replay, _) = replay(read.entries).ok().filter(usable)?;
    short.extend(journal::encode_entry(&JournalEntry::Whole {
        text: format::write(&replay.map),
        origin: replay.origin,
        unsaved: replay.unsaved_steps,
    }));
    Some(short)
}

fn unique_file_name(key: u64) -> String {
    let now = unix_seconds(SystemTime::now());
    let random = std::hash::RandomState::new().hash_one((key, std::process::id(), now));
    format!("{random:016x}.{EXTENSION}")
}

fn header() -> JournalHeader {
    JournalHeader {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        host: host_name(),
        pid: std::process::id(),
        began: unix_seconds(SystemTime::now()),
    }
}

/// Replays a journal; returns the map and whether all entries could be applied.
///
/// # Errors
/// If the snapshot at the start cannot be read.
pub(crate) fn replay(entries: Vec<JournalEntry>) -> Result<(Replay, bool), String> {
    let mut entries = entries.into_iter();
    let Some(JournalEntry::Whole {
        text,
        origin,
        unsaved,
    }) = entries.next()
    else {
        return Err("it contains no map".to_owned());
    };
    let document = format::read(text.as_bytes()).map_err(|error| error.to_string())?;
    let mut replay = Replay::new(document.map, origin, unsaved);
    for entry in entries {
        if replay.apply(entry).is_err() {
            return Ok((replay, false));
        }
    }
    Ok((replay, true))
}

pub(crate) fn folder_error(path: &Path, cause: io::Error) -> DiskError {
    to_disk_error(path, "keep the journal")(cause)
}
