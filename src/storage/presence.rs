//! Detection of other editors of the same map: a note beside the file, as office
//! programs leave it (`.~lock.bank.journey.ron#`). The note only informs and locks
//! nobody out, so a stale one does no harm.
//!
//! On one machine the note is locked while its program runs. From another machine
//! it counts while it is recent: the program that has the map open renews it. Also
//! recognizes conflict copies that sync services leave when two people changed a
//! file.
//! Must not know: how this is shown.

use super::temporary::parent_folder;
use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The age at which a note from another machine expires. Long enough for clocks
/// that differ and slow drives.
const NOTE_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// The maximum size of a note, which is one line; anything longer is another file.
const MAX_NOTE_BYTES: u64 = 4096;

/// Another program that has the same map open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherEditor {
    /// The name of its machine.
    pub host: String,
    /// Its process id.
    pub pid: u32,
    /// The start of its editing, in seconds since 1970.
    pub since: u64,
}

impl OtherEditor {
    fn here(pid: u32, since: u64) -> OtherEditor {
        let host = host_name();
        OtherEditor { host, pid, since }
    }

    /// Whether it runs on this machine.
    pub fn is_here(&self) -> bool {
        self.host == host_name()
    }
}

/// The note that this program has a map open. Dropping it removes the note.
#[derive(Debug)]
pub struct Presence {
    path: PathBuf,
    file: File,
}

impl Presence {
    /// Leaves a note beside a map.
    ///
    /// # Errors
    /// The other editor whose note is there; `None` if no note is possible, for example
    /// in a read-only folder.
    pub fn announce(map: &Path, now: SystemTime) -> Result<Presence, Option<OtherEditor>> {
        let path = note_path(map).ok_or(None)?;
        // Links and pipes of that name are not followed.
        if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(None);
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(|_| None)?;
        let theirs = read_note(&mut file);
        let locked = matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock));
        match theirs {
            // Not locked: stale, or from a machine whose locks are not visible here.
            Some(theirs) if locked || !theirs.is_here() && is_fresh(&file, now) => {
                return Err(Some(theirs));
            }
            None if locked => return Err(Some(OtherEditor::here(0, 0))),
            _ => {}
        }
        let claim = Presence { path, file };
        claim.write_note(now).map_err(|_| None)?;
        Ok(claim)
    }

    fn write_note(&self, now: SystemTime) -> io::Result<()> {
        let ours = OtherEditor::here(std::process::id(), unix_seconds(now));
        let line = serde_json::to_string(&ours).unwrap_or_default() + "\n";
        let mut file = &self.file;
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(line.as_bytes())
    }

    /// Renews the note. On a drive that is gone it expires.
    pub fn renew(&self, now: SystemTime) {
        let _ = self.file.set_modified(now);
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        // On a drive that is gone the note stays and expires.
        let _ = fs::remove_file(&self.path);
    }
}

fn note_path(map: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".~lock.");
    name.push(map.file_name()?);
    name.push("#");
    Some(map.with_file_name(name))
}

fn read_note(file: &mut File) -> Option<OtherEditor> {
    let mut text = String::new();
    file.take(MAX_NOTE_BYTES).read_to_string(&mut text).ok()?;
    let mut other: OtherEditor = serde_json::from_str(&text).ok()?;
    let host = other.host.chars().take(64);
    other.host = host.filter(|c| !c.is_control()).collect();
    Some(other)
}

fn is_fresh(file: &File, now: SystemTime) -> bool {
    let Ok(then) = file.metadata().and_then(|metadata| metadata.modified()) else {
        return false;
    };
    // Clocks of two machines differ in either direction.
    match now.duration_since(then) {
        Ok(age) => age < NOTE_LIFETIME,
        Err(ahead) => ahead.duration() < NOTE_LIFETIME,
    }
}

/// Returns the conflict copies that sync services left beside a map, recognized by
/// name.
pub fn conflict_copies(map: &Path) -> Vec<PathBuf> {
    let name = map.file_name().and_then(|name| name.to_str());
    let (Some(name), Ok(entries)) = (name, fs::read_dir(parent_folder(map))) else {
        return Vec::new();
    };
    let is_copy = |other: &OsStr| other.to_str().is_some_and(|it| is_conflict_copy(name, it));
    let copies = entries.flatten().filter(|e| is_copy(&e.file_name()));
    let mut found: Vec<PathBuf> = copies.map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// Whether `other` is the name of a conflict copy of `name`.
fn is_conflict_copy(name: &str, other: &str) -> bool {
    let (stem, endings) = name.split_once('.').unwrap_or((name, ""));
    let Some(rest) = other.strip_prefix(stem).filter(|_| other != name) else {
        return false;
    };
    // The mark comes before any of the extensions.
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

/// Returns the name of this machine, or "this machine" if it has none.
pub(super) fn host_name() -> String {
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

/// Returns a time in seconds since 1970.
pub(super) fn unix_seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
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
    fn a_second_window_is_detected_until_the_first_closes() {
        let (_folder, path) = map();
        let now = now(&path);
        let Ok(first) = Presence::announce(&path, now) else {
            panic!("no note left");
        };
        let Err(Some(other)) = Presence::announce(&path, now) else {
            panic!("other editor not detected");
        };
        assert!(other.is_here() && other.pid == std::process::id());
        drop(first);
        assert!(Presence::announce(&path, now).is_ok());
    }

    #[test]
    fn notes_of_other_machines_expire() {
        let (_folder, path) = map();
        let note = note_path(&path).unwrap();
        crate::storage::write(&note, br#"{"host":"elsewhere","pid":1,"since":5}"#).unwrap();
        let now = now(&note);
        let Err(Some(other)) = Presence::announce(&path, now + NOTE_LIFETIME / 2) else {
            panic!("other editor not detected");
        };
        assert_eq!((other.host.as_str(), other.is_here()), ("elsewhere", false));
        assert!(matches!(
            Presence::announce(&path, now - NOTE_LIFETIME / 2),
            Err(Some(_))
        ));
        assert!(Presence::announce(&path, now + NOTE_LIFETIME * 2).is_ok());
    }

    #[test]
    fn malformed_notes_are_replaced() {
        let (_folder, path) = map();
        let note = note_path(&path).unwrap();
        for odd in ["", "{", "[1]", "\u{202e}"] {
            crate::storage::write(&note, odd.as_bytes()).unwrap();
            assert!(Presence::announce(&path, now(&path)).is_ok());
        }
        fs::create_dir(&note).unwrap();
        assert!(matches!(Presence::announce(&path, now(&path)), Err(None)));
    }

    #[test]
    fn conflict_copies_are_recognized_by_name() {
        for copy in [
            "bank.sync-conflict-20261125-101112-ABCDEFG.journey.ron",
            "bank.journey.sync-conflict-20261125-101112-ABCDEFG.ron",
            "bank.journey (Jana's conflicted copy 2026-11-25).ron",
            "bank (conflicted copy 2026-11-25 101112).journey.ron",
            "bank.journey_conflict-20261125-101112.ron",
        ] {
            assert!(is_conflict_copy("bank.journey.ron", copy), "{copy}");
        }
        for other in [
            "bank.journey.ron",
            "bank.journey.ron.bak",
            "bank-conflict.journey.ron",
            "x.journey.ron",
        ] {
            assert!(!is_conflict_copy("bank.journey.ron", other), "{other}");
        }
        let (folder, path) = map();
        let copy = folder.path().join("bank.sync-conflict-1.journey.ron");
        crate::storage::write(&copy, b"").unwrap();
        assert_eq!(conflict_copies(&path), [copy]);
    }
}
