//! Recovery after a crash: journals that no running program writes, one per map.
//!
//! Nothing is deleted without being asked: a recovered map is opened again,
//! archived (and can be found again), or deleted. An unreadable journal is set
//! aside and not touched again.
//! Must not know: how maps are shown.

use super::Session;
use crate::edit::journal::{Replay, Seen, Unusable};
use crate::edit::{describe, diff};
use crate::format;
use crate::storage::journal;
use crate::storage::journal::folder_error;
use crate::storage::journal::{ENDING, Journals};
use crate::storage::{DiskError, disk};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder for archived journals.
const AWAY: &str = "away";

/// The folder for unreadable journals.
const ASIDE: &str = "set-aside";

/// The maximum size of a journal; those written by the program are smaller.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// The maximum number of differences listed.
const MOST_LINES: usize = 40;

/// The state of the file that a recovered map belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileNow {
    /// The map never had a file.
    None,
    /// The file is unchanged since it was last read or written.
    AsSeen,
    /// The file was changed by another program.
    Changed,
    /// The file is missing or unreadable.
    Gone,
}

/// A map that was open when its program ended without closing it.
pub struct Rescued {
    journal: PathBuf,
    file: File,
    whole: u64,
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
    pub file_now: FileNow,
    /// Differences from the file, one a line.
    pub differences: Vec<String>,
    /// Whether the journal is damaged; entries after the damage are left out.
    pub torn: bool,
    /// Whether the journal was archived before.
    pub away: bool,
}

/// The result of searching the journal folder.
#[derive(Default)]
pub struct Found {
    /// Recoverable maps, most recently written first.
    pub maps: Vec<Rescued>,
    /// Journals that were just set aside, with the cause.
    pub set_aside: Vec<(PathBuf, String)>,
}

/// Searches for maps left by a crash; with `away` also for archived ones.
pub fn find(folder: Option<&Path>, away: bool) -> Found {
    let mut found = Found::default();
    let Some(folder) = folder else {
        return found;
    };
    crate::storage::sweep(folder, SystemTime::now());
    look_through(folder, folder, false, &mut found);
    if away {
        look_through(folder, &folder.join(AWAY), true, &mut found);
    }
    found.maps.sort_by_key(|map| std::cmp::Reverse(map.written));
    found
}

fn look_through(home: &Path, folder: &Path, away: bool, found: &mut Found) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let ours = path.extension().is_some_and(|ending| ending == ENDING);
        // Neither links nor pipes: only this program creates files here.
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let Some(file) = journal::claim(&path) else {
            continue;
        };
        match read(&path, file) {
            Ok(Some(mut rescued)) => {
                rescued.away = away;
                found.maps.push(rescued);
            }
            // The file contains everything: nothing to recover.
            Ok(None) => drop(fs::remove_file(&path)),
            Err(why) => {
                let aside = home.join(ASIDE);
                let target = aside.join(entry.file_name());
                let moved = fs::create_dir_all(&aside).and_then(|()| fs::rename(&path, &target));
                let now = if moved.is_ok() { target } else { path };
                found.set_aside.push((now, why));
            }
        }
    }
}

/// Reads a journal; `None` if the file of its map contains everything.
fn read(path: &Path, file: File) -> Result<Option<Rescued>, String> {
    let metadata = file.metadata().map_err(|error| error.to_string())?;
    if metadata.len() > MOST_BYTES {
        return Err("it is too large".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let read =
        crate::edit::journal::read(&bytes).map_err(|unusable: Unusable| unusable.to_string())?;
    let torn = read.whole < bytes.len();
    let whole = read.whole as u64;
    let (mut replay, all) = journal::replay(read.entries)?;
    if let Some((origin, _)) = &replay.saving
        && let Some(file) = origin.path.as_deref().map(journal::text_path)
        && disk::read(&file).is_ok_and(|bytes| origin.seen == Some(Seen::of(&bytes)))
    {
        replay.was_saved();
    }
    let map_file = replay.origin.path.as_deref().map(journal::text_path);
    let (file_now, differences) = compare(&replay, map_file.as_deref());
    // The file contains everything, unless it is missing now.
    if replay.unsaved == 0 && all && file_now != FileNow::Gone {
        return match torn {
            true => Err("it is damaged before its first step".to_owned()),
            false => Ok(None),
        };
    }
    if all && !torn && file_now == FileNow::AsSeen && differences.is_empty() {
        // The steps cancel out: the file contains everything.
        return Ok(None);
    }
    Ok(Some(Rescued {
        journal: path.to_owned(),
        file,
        // A journal that could not be replayed completely is rewritten, see
        // `take`.
        whole: if all { whole } else { 0 },
        path: map_file,
        title: match replay.map.header().title.trim() {
            "" => "Untitled map".to_owned(),
            title => title.to_owned(),
        },
        written: metadata.modified().ok(),
        steps: replay.unsaved,
        file_now,
        differences,
        torn: torn || !all,
        away: false,
        replay,
    }))
}

fn compare(replay: &Replay, path: Option<&Path>) -> (FileNow, Vec<String>) {
    let Some(path) = path else {
        return (FileNow::None, Vec::new());
    };
    let bytes = match disk::read(path) {
        Ok(bytes) => bytes,
        Err(_) => return (FileNow::Gone, Vec::new()),
    };
    let same = replay.origin.seen == Some(Seen::of(&bytes));
    let now = if same {
        FileNow::AsSeen
    } else {
        FileNow::Changed
    };
    match format::read(&bytes) {
        Ok(document) => {
            let changes = diff(&document.map, &replay.map);
            (now, describe(&changes, &replay.map, MOST_LINES))
        }
        Err(_) => (FileNow::Gone, Vec::new()),
    }
}

impl Rescued {
    /// Opens the map as it was, with its history, unsaved. Its journal is
    /// continued.
    pub fn take(self, journals: &Journals) -> Session {
        if self.torn {
            // Entries after the damage are not usable, but a copy is kept.
            let _ = keep_aside(&self.journal, self.away);
        }
        let mut session = Session::again(self.replay, self.path);
        session.remember_former();
        let journal = match self.whole {
            0 => None,
            whole => {
                let path = home_of(&self.journal, self.away);
                let kept = path.unwrap_or(self.journal.clone());
                journals.adopt(kept, self.file, whole)
            }
        };
        let goes_on = journal.is_some();
        session.adopt_journal(journals, journal);
        // Deleted only if its content is safely in the new journal.
        if !goes_on && journals.folder().is_some() && journals.flush(super::PATIENCE) {
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
    pub fn put_away(self) -> Result<(), DiskError> {
        let folder = self.journal.parent().unwrap_or(Path::new("")).join(AWAY);
        let moved = fs::create_dir_all(&folder).and_then(|()| {
            let name = self.journal.file_name().unwrap_or_default();
            fs::rename(&self.journal, folder.join(name))
        });
        moved.map_err(|cause| folder_error(&self.journal, cause))
    }

    /// Deletes the journal permanently.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn delete(self) -> Result<(), DiskError> {
        fs::remove_file(&self.journal).map_err(|cause| folder_error(&self.journal, cause))
    }
}

/// Copies a journal to the folder for unreadable ones.
fn keep_aside(journal: &Path, away: bool) -> Option<()> {
    let folder = journal.parent()?;
    let home = if away { folder.parent()? } else { folder };
    fs::create_dir_all(home.join(ASIDE)).ok()?;
    fs::copy(journal, home.join(ASIDE).join(journal.file_name()?)).ok()?;
    Some(())
}

/// Moves an archived journal back and returns its path; `None` if it was not
/// archived or cannot be moved.
fn home_of(journal: &Path, away: bool) -> Option<PathBuf> {
    if !away {
        return None;
    }
    let home = journal.parent()?.parent()?.join(journal.file_name()?);
    fs::rename(journal, &home).ok().map(|()| home)
}
