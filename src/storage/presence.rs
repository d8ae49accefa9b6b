//! Who else has a map open: a note beside the file, as office programs leave it
//! (`.~lock.bank.journey.ron#`). It only tells; nobody is ever kept out, so a
//! note that was left behind does no harm.
//!
//! On one machine the note is locked while its program lives. From another one
//! it counts while it is fresh: whoever has the map open renews it.
//! Also knows the copies that sync services leave where two people changed a file.
//! Must not know: how that is said.

use super::DiskError;
use super::hostname::host;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A note from another machine that is older counts no more. Long enough for
/// clocks that differ and drives that are slow.
const FRESH: Duration = Duration::from_secs(5 * 60);

/// Notes are a line; whatever is longer is something else.
const LONGEST: u64 = 4096;

/// Who has the same map open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// On which machine.
    pub host: String,
    /// In which process.
    pub pid: u32,
    /// Since when, in seconds since 1970.
    pub since: u64,
}

impl Other {
    /// Whether it is another window on this machine.
    pub fn is_here(&self) -> bool {
        self.host == host()
    }
}

/// The note that this program has a map open. It goes when this is dropped.
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
    file: File,
}

/// What came of leaving a note.
#[derive(Debug)]
pub enum Claimed {
    /// The note is there.
    Ours(Claim),
    /// Somebody else has the map open.
    Theirs(Other),
    /// There can be no note, such as in a folder where nothing may be written.
    None,
}

impl Claim {
    /// Leaves a note beside a map, unless somebody else's is there.
    pub fn leave(map: &Path, now: SystemTime) -> Claimed {
        let Some(path) = note_of(map) else {
            return Claimed::None;
        };
        // Nobody is led astray by a link or a pipe of that name.
        if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Claimed::None;
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let Ok(mut file) = options.open(&path) else {
            return Claimed::None;
        };
        let theirs = read(&mut file);
        match (file.try_lock(), theirs) {
            (Err(fs::TryLockError::WouldBlock), theirs) => {
                return Claimed::Theirs(theirs.unwrap_or(Other {
                    host: host(),
                    pid: 0,
                    since: 0,
                }));
            }
            // Not locked: left behind, or from a machine whose locks are not seen here.
            (_, Some(theirs)) if !theirs.is_here() && is_fresh(&file, now) => {
                return Claimed::Theirs(theirs);
            }
            _ => {}
        }
        let ours = Other {
            host: host(),
            pid: std::process::id(),
            since: now
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_secs()),
        };
        let line = serde_json::to_string(&ours).unwrap_or_default() + "\n";
        let written = file.set_len(0).and_then(|()| {
            std::io::Seek::rewind(&mut file)?;
            file.write_all(line.as_bytes())
        });
        let claim = Claim { path, file };
        match written {
            Ok(()) => Claimed::Ours(claim),
            Err(_) => Claimed::None,
        }
    }

    /// Keeps the note fresh.
    ///
    /// # Errors
    /// Where the drive is gone.
    pub fn renew(&self, now: SystemTime) -> Result<(), DiskError> {
        self.file
            .set_modified(now)
            .map_err(|cause| DiskError::System {
                path: self.path.clone(),
                doing: "renew the note",
                cause,
            })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // A drive that is gone keeps the note, which ages.
        let _ = fs::remove_file(&self.path);
    }
}

fn note_of(map: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".~lock.");
    name.push(map.file_name()?);
    name.push("#");
    Some(map.with_file_name(name))
}

fn read(file: &mut File) -> Option<Other> {
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    let mut other: Other = serde_json::from_str(&text).ok()?;
    other.host.truncate(
        other
            .host
            .char_indices()
            .nth(64)
            .map_or(usize::MAX, |(at, _)| at)
            .min(other.host.len()),
    );
    other.host.retain(|c| !c.is_control());
    Some(other)
}

fn is_fresh(file: &File, now: SystemTime) -> bool {
    let Ok(then) = file.metadata().and_then(|metadata| metadata.modified()) else {
        return false;
    };
    // Clocks of two machines differ, either way.
    match now.duration_since(then) {
        Ok(age) => age < FRESH,
        Err(ahead) => ahead.duration() < FRESH,
    }
}

/// Copies of a map that sync services left beside it because two people had
/// changed it, by name.
pub fn copies(map: &Path) -> Vec<PathBuf> {
    let (Some(folder), Some(name)) = (map.parent(), map.file_name().and_then(|n| n.to_str()))
    else {
        return Vec::new();
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|other| is_copy(name, other))
        })
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

/// Whether one name is another one's conflict copy.
fn is_copy(name: &str, other: &str) -> bool {
    let (stem, endings) = name.split_once('.').unwrap_or((name, ""));
    let Some(rest) = other.strip_prefix(stem).filter(|_| other != name) else {
        return false;
    };
    // The mark stands before any of the endings.
    let last = endings.rsplit('.').next().unwrap_or("");
    let mark = rest.strip_suffix(last).unwrap_or(rest).to_lowercase();
    [
        // Syncthing
        ".sync-conflict-",
        // Dropbox, Nextcloud, ownCloud
        "conflicted copy",
        "conflicted-copy",
        "_conflict-",
        "(conflict",
        // Google Drive
        "[conflict",
    ]
    .iter()
    .any(|known| mark.contains(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.journey.ron");
        crate::storage::write(&path, b"(title: \"T\")").unwrap();
        (folder, path)
    }

    fn now(path: &Path) -> SystemTime {
        fs::metadata(path).unwrap().modified().unwrap()
    }

    #[test]
    fn a_second_window_is_told_and_the_note_goes_with_the_first() {
        let (_folder, path) = map();
        let now = now(&path);
        let Claimed::Ours(first) = Claim::leave(&path, now) else {
            panic!("not left");
        };
        let Claimed::Theirs(other) = Claim::leave(&path, now) else {
            panic!("not noticed");
        };
        assert!(other.is_here() && other.pid == std::process::id());
        drop(first);
        assert!(matches!(Claim::leave(&path, now), Claimed::Ours(_)));
    }

    #[test]
    fn another_machine_counts_while_its_note_is_fresh() {
        let (_folder, path) = map();
        let note = note_of(&path).unwrap();
        crate::storage::write(&note, br#"{"host":"elsewhere","pid":1,"since":5}"#).unwrap();
        let now = now(&note);
        let Claimed::Theirs(other) = Claim::leave(&path, now + FRESH / 2) else {
            panic!("not noticed");
        };
        assert_eq!((other.host.as_str(), other.is_here()), ("elsewhere", false));
        assert!(matches!(
            Claim::leave(&path, now - FRESH / 2),
            Claimed::Theirs(_)
        ));
        assert!(matches!(
            Claim::leave(&path, now + FRESH * 2),
            Claimed::Ours(_)
        ));
    }

    #[test]
    fn notes_that_make_no_sense_are_in_nobodys_way() {
        let (_folder, path) = map();
        let note = note_of(&path).unwrap();
        for odd in ["", "{", "[1]", "\u{202e}"] {
            crate::storage::write(&note, odd.as_bytes()).unwrap();
            assert!(matches!(Claim::leave(&path, now(&path)), Claimed::Ours(_)));
        }
        fs::create_dir(&note).unwrap();
        assert!(matches!(Claim::leave(&path, now(&path)), Claimed::None));
    }

    #[test]
    fn copies_of_sync_services_are_known_by_name() {
        for copy in [
            "bank.sync-conflict-20261125-101112-ABCDEFG.journey.ron",
            "bank.journey.sync-conflict-20261125-101112-ABCDEFG.ron",
            "bank.journey (Jana's conflicted copy 2026-11-25).ron",
            "bank (conflicted copy 2026-11-25 101112).journey.ron",
            "bank.journey_conflict-20261125-101112.ron",
        ] {
            assert!(is_copy("bank.journey.ron", copy), "{copy}");
        }
        for other in [
            "bank.journey.ron",
            "bank.journey.ron.bak",
            "bank-conflict.journey.ron",
            "x.journey.ron",
        ] {
            assert!(!is_copy("bank.journey.ron", other), "{other}");
        }
        let (folder, path) = map();
        let copy = folder.path().join("bank.sync-conflict-1.journey.ron");
        crate::storage::write(&copy, b"").unwrap();
        assert_eq!(copies(&path), [copy]);
    }
}
