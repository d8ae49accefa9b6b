//! What a crash left behind: journals that nobody writes any more, map by map.
//!
//! Nothing is thrown away here without being asked: a rescued map is taken up,
//! put away (and can be found again), or deleted. A journal that makes no sense
//! is set aside and touched no more.
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

/// The folder for what was put away.
const AWAY: &str = "away";

/// The folder for what makes no sense.
const ASIDE: &str = "set-aside";

/// No journal that a program kept within its bounds is larger.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// So many differences are listed.
const MOST_LINES: usize = 40;

/// How a rescued map stands to its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileNow {
    /// It never had one.
    None,
    /// The file is as it was last seen.
    AsSeen,
    /// Somebody has changed it since.
    Changed,
    /// It is gone or cannot be read.
    Gone,
}

/// A map that was open when its program ended without closing it.
pub struct Rescued {
    journal: PathBuf,
    file: File,
    whole: u64,
    replay: Replay,
    /// The file it belongs to, where it has one.
    pub path: Option<PathBuf>,
    /// What the map is called.
    pub title: String,
    /// When the last step was written down.
    pub written: Option<SystemTime>,
    /// How many steps are not in the file.
    pub steps: usize,
    /// What became of the file.
    pub file_now: FileNow,
    /// What differs from the file, in a line each.
    pub differences: Vec<String>,
    /// The journal is damaged: what follows the damage is left out.
    pub torn: bool,
    /// It was put away before.
    pub away: bool,
}

/// What was found in the folder for journals.
#[derive(Default)]
pub struct Found {
    /// Maps to take up, those written last first.
    pub maps: Vec<Rescued>,
    /// Journals that were set aside just now, and why.
    pub set_aside: Vec<(PathBuf, String)>,
}

/// Looks for maps that a crash left; with `away` also for those put away before.
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
        // Neither links nor pipes: nobody but this program puts anything here.
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
            // All of it is in the file: there is nothing to rescue.
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

/// `None`: nothing in it that is not in the file too.
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
    // All that was done is in the file, unless that is gone since.
    if replay.unsaved == 0 && all && file_now != FileNow::Gone {
        return match torn {
            true => Err("it is damaged before its first step".to_owned()),
            false => Ok(None),
        };
    }
    if all && !torn && file_now == FileNow::AsSeen && differences.is_empty() {
        // Steps were made and taken back: the file holds it all.
        return Ok(None);
    }
    Ok(Some(Rescued {
        journal: path.to_owned(),
        file,
        // What could not be followed is written down anew, see `take`.
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
    /// Takes the map up as it was, with its steps, not saved. Its journal goes on.
    pub fn take(self, journals: &Journals) -> Session {
        if self.torn {
            // What follows the damage cannot be made use of, and is kept all the same.
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
        // What it held is in the new journal, or nowhere is one kept: then it stays.
        if !goes_on && journals.folder().is_some() && journals.flush(super::PATIENCE) {
            let _ = fs::remove_file(&self.journal);
        }
        session
    }

    /// Tells it from others.
    pub fn key(&self) -> &Path {
        &self.journal
    }

    /// Puts it away: it is not offered again, and can be found all the same.
    ///
    /// # Errors
    /// Where the system refuses; it is then offered again.
    pub fn put_away(self) -> Result<(), DiskError> {
        let folder = self.journal.parent().unwrap_or(Path::new("")).join(AWAY);
        let moved = fs::create_dir_all(&folder).and_then(|()| {
            let name = self.journal.file_name().unwrap_or_default();
            fs::rename(&self.journal, folder.join(name))
        });
        moved.map_err(|cause| folder_error(&self.journal, cause))
    }

    /// Deletes it for good.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn delete(self) -> Result<(), DiskError> {
        fs::remove_file(&self.journal).map_err(|cause| folder_error(&self.journal, cause))
    }
}

/// Keeps a copy of a journal where those are that cannot be used.
fn keep_aside(journal: &Path, away: bool) -> Option<()> {
    let folder = journal.parent()?;
    let home = if away { folder.parent()? } else { folder };
    fs::create_dir_all(home.join(ASIDE)).ok()?;
    fs::copy(journal, home.join(ASIDE).join(journal.file_name()?)).ok()?;
    Some(())
}

/// Back from where it was put away, where it was.
fn home_of(journal: &Path, away: bool) -> Option<PathBuf> {
    if !away {
        return None;
    }
    let home = journal.parent()?.parent()?.join(journal.file_name()?);
    fs::rename(journal, &home).ok().map(|()| home)
}
