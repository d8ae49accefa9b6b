//! Recovery after a crash: journals that no running program writes, one per map.
//!
//! Nothing is deleted without being asked: a recovered map is opened again,
//! archived (and can be found again), or deleted. An unreadable journal is set
//! aside and not touched again.
//! Must not know: how maps are shown.

use super::{FLUSH_TIMEOUT, Session};
use crate::edit::journal::{Fingerprint, Replay};
use crate::edit::{describe, diff};
use crate::format;
use crate::storage::journal::{self, EXTENSION, Journals, LeftDraft, folder_error};
use crate::storage::{DiskError, disk};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder for archived journals.
const ARCHIVE_FOLDER: &str = "away";

/// The folder for unreadable journals.
const SET_ASIDE_FOLDER: &str = "set-aside";

/// The maximum size of a journal; those written by the program are smaller.
const MAX_JOURNAL_BYTES: u64 = 1024 * 1024 * 1024;

/// The maximum number of differences listed.
const MAX_DIFFERENCES: usize = 40;

/// The state of the file that a recovered map belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// The map never had a file.
    NoFile,
    /// The file is unchanged since it was last read or written.
    Unchanged,
    /// The file was changed by another program.
    Changed,
    /// The file is missing or unreadable.
    Missing,
}

/// A map that was open when its program ended without closing it.
pub struct RecoverableMap {
    journal: PathBuf,
    file: File,
    valid_length: u64,
    replay: Replay,
    /// The path of its file, if it has one.
    pub path: Option<PathBuf>,
    /// The title of the map.
    pub title: String,
    /// The time of the last journal entry.
    pub written: Option<SystemTime>,
    /// The number of steps that are not in the file.
    pub steps: usize,
    /// The state of the file.
    pub file_state: FileState,
    /// Differences from the file, one a line.
    pub differences: Vec<String>,
    /// Whether the journal is damaged; entries after the damage are left out.
    pub damaged: bool,
    /// Whether the journal was archived before.
    pub archived: bool,
}

/// The result of searching the journal folder.
#[derive(Default)]
pub struct RecoveryScan {
    /// Recoverable maps, most recently written first.
    pub maps: Vec<RecoverableMap>,
    /// Journals that were just set aside, with the cause.
    pub set_aside: Vec<(PathBuf, String)>,
    /// The line that was being typed.
    pub draft: Option<LeftDraft>,
}

/// Searches for maps left by a crash; with `away` also for archived ones.
pub fn find_recoverable(folder: Option<&Path>, away: bool) -> RecoveryScan {
    let mut found = RecoveryScan::default();
    let Some(folder) = folder else {
        return found;
    };
    // Elsewhere anybody could have put maps. The writer reports this at the first step.
    if folder.is_dir() && journal::folder::make_private(folder).is_err() {
        return found;
    }
    crate::storage::remove_stale_temporaries(folder, SystemTime::now());
    scan_folder(folder, folder, false, &mut found);
    found.draft = journal::find_left_draft(folder);
    if away {
        scan_folder(folder, &folder.join(ARCHIVE_FOLDER), true, &mut found);
    }
    found.maps.sort_by_key(|map| std::cmp::Reverse(map.written));
    found
}

fn scan_folder(home: &Path, folder: &Path, away: bool, found: &mut RecoveryScan) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let ours = path.extension().is_some_and(|ending| ending == EXTENSION);
        // Neither links nor pipes: only this program creates files here.
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let Some(file) = journal::open_unlocked(&path) else {
            continue;
        };
        match read_recoverable(&path, file) {
            Ok(Some(mut rescued)) => {
                rescued.archived = away;
                found.maps.push(rescued);
            }
            // The file contains everything: nothing to recover.
            Ok(None) => drop(fs::remove_file(&path)),
            Err(why) => {
                let moved = move_into(&home.join(SET_ASIDE_FOLDER), &path);
                found.set_aside.push((moved.unwrap_or(path), why));
            }
        }
    }
}

/// Reads a journal; `None` if the file of its map contains everything.
fn read_recoverable(path: &Path, file: File) -> Result<Option<RecoverableMap>, String> {
    let metadata = file.metadata().map_err(|error| error.to_string())?;
    if metadata.len() > MAX_JOURNAL_BYTES {
        return Err("it is too large".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let read = crate::edit::journal::decode(&bytes).map_err(|error| error.to_string())?;
    let torn = read.valid_length < bytes.len();
    let whole = read.valid_length as u64;
    let (mut replay, all) = journal::replay(read.entries)?;
    if let Some((origin, _)) = &replay.pending_save
        && let Some(file) = origin.path.as_deref().map(journal::decode_path)
        && disk::read(&file).is_ok_and(|bytes| origin.seen == Some(Fingerprint::of(&bytes)))
    {
        replay.confirm_save();
    }
    let map_file = replay.origin.path.as_deref().map(journal::decode_path);
    let (file_now, differences) = compare_with_file(&replay, map_file.as_deref());
    // The file contains everything, unless it is missing now.
    if replay.unsaved_steps == 0 && all && file_now != FileState::Missing {
        if torn {
            return Err("it is damaged before its first step".to_owned());
        }
        return Ok(None);
    }
    if all && !torn && file_now == FileState::Unchanged && differences.is_empty() {
        // The steps cancel out: the file contains everything.
        return Ok(None);
    }
    Ok(Some(RecoverableMap {
        journal: path.to_owned(),
        file,
        // A journal that could not be replayed completely is rewritten, see
        // `take`.
        valid_length: if all { whole } else { 0 },
        path: map_file,
        title: match replay.map.header().title.trim() {
            "" => "Untitled map".to_owned(),
            title => title.to_owned(),
        },
        written: metadata.modified().ok(),
        steps: replay.unsaved_steps,
        file_state: file_now,
        differences,
        damaged: torn || !all,
        archived: false,
        replay,
    }))
}

fn compare_with_file(replay: &Replay, path: Option<&Path>) -> (FileState, Vec<String>) {
    let Some(path) = path else {
        return (FileState::NoFile, Vec::new());
    };
    let bytes = disk::read(path).unwrap_or_default();
    let Ok(document) = format::read(&bytes) else {
        return (FileState::Missing, Vec::new());
    };
    let state = if replay.origin.seen == Some(Fingerprint::of(&bytes)) {
        FileState::Unchanged
    } else {
        FileState::Changed
    };
    let changes = diff(&document.map, &replay.map);
    (state, describe(&changes, &replay.map, MAX_DIFFERENCES))
}

impl RecoverableMap {
    /// Opens the map as it was, with its history, unsaved. Its journal is
    /// continued.
    pub fn recover(self, journals: &Journals) -> Session {
        let home = self.home();
        if self.damaged {
            // Entries after the damage are not usable, but a copy is kept.
            let aside = home.join(SET_ASIDE_FOLDER);
            let name = self.journal.file_name().unwrap_or_default();
            let _ =
                fs::create_dir_all(&aside).and_then(|()| fs::copy(&self.journal, aside.join(name)));
        }
        let mut session = Session::from_replay(self.replay, self.path);
        session.load_previous_content();
        session.look_at_origin();
        let journal = match self.valid_length {
            0 => None,
            whole => {
                let journal = if self.archived {
                    move_into(&home, &self.journal).ok()
                } else {
                    None
                };
                let journal = journal.unwrap_or_else(|| self.journal.clone());
                journals.resume(journal, self.file, whole)
            }
        };
        let goes_on = journal.is_some();
        session.adopt_journal(journals, journal);
        // Deleted only if its content is safely in the new journal.
        if !goes_on && journals.folder().is_some() && journals.flush(FLUSH_TIMEOUT) {
            let _ = fs::remove_file(&self.journal);
        }
        session
    }

    /// Returns a key that is unique among recoverable maps.
    pub fn key(&self) -> &Path {
        &self.journal
    }

    /// Archives the map: it is not offered again, but can still be found.
    ///
    /// # Errors
    /// If the system refuses; the map is then offered again.
    pub fn archive(self) -> Result<(), DiskError> {
        let moved = move_into(&self.home().join(ARCHIVE_FOLDER), &self.journal);
        moved
            .map(drop)
            .map_err(|cause| folder_error(&self.journal, cause))
    }

    /// Deletes the journal permanently.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn delete(self) -> Result<(), DiskError> {
        fs::remove_file(&self.journal).map_err(|cause| folder_error(&self.journal, cause))
    }

    /// The folder for journals.
    fn home(&self) -> PathBuf {
        let levels = if self.archived { 2 } else { 1 };
        let home = self.journal.ancestors().nth(levels);
        home.unwrap_or(Path::new("")).to_owned()
    }
}

/// Moves a file into a folder, which is created if missing; returns its new path.
fn move_into(folder: &Path, file: &Path) -> io::Result<PathBuf> {
    let target = folder.join(file.file_name().unwrap_or_default());
    fs::create_dir_all(folder)?;
    fs::rename(file, &target)?;
    Ok(target)
}
