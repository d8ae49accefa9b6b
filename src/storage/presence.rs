//! Detection of other editors of the same map: a note beside the file, as office
//! programs leave it (`.~lock.bank.journey.ron#`). The note only informs and locks
//! nobody out, so a stale one does no harm.
//!
//! On one machine the note is locked while its program runs. From another machine
//! it counts while it is recent: the program that has the map open renews it. Also
//! recognizes conflict copies that sync services leave when two people changed a
//! file.
//!
//! Only a note of this form is replaced or removed: whatever else has its name belongs
//! to another program or person.
//! Must not know: how this is shown.

use super::atomic_write::count_hard_links;
use super::temporary::{create_at, parent_folder};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
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
#[serde(deny_unknown_fields)]
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
        let note = note_text(now);
        // It appears with its content, so that an empty file is never a note. If there is one
        // already, it is read.
        let _ = create_at(&path, &path, note.as_bytes());
        let file = open_regular(&path).map_err(|_| None)?;
        let theirs = read_note(&file);
        let locked = matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock));
        match theirs {
            // Not locked: stale, or from a machine whose locks are not visible here.
            Some(theirs) if locked || !theirs.is_here() && is_fresh(&file, now) => {
                Err(Some(theirs))
            }
            Some(_) if replace_note(&file, &note).is_ok() => Ok(Presence { path, file }),
            _ => Err(None),
        }
    }

    /// Renews the note. On a drive that is gone it expires.
    pub fn renew(&self, now: SystemTime) {
        let _ = self.file.set_modified(now);
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        // On a drive that is gone the note stays and expires.
        if is_file_of(&self.file, &self.path) && read_note(&self.file).is_some() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Returns the content of the note of this program.
fn note_text(now: SystemTime) -> String {
    let ours = OtherEditor::here(std::process::id(), unix_seconds(now));
    serde_json::to_string(&ours).unwrap_or_default() + "\n"
}

/// Overwrites a note; at no moment it is empty.
fn replace_note(mut file: &File, note: &str) -> io::Result<()> {
    file.rewind()?;
    file.write_all(note.as_bytes())?;
    file.set_len(note.len() as u64)
}

/// Opens a regular file that has no other name. Links are not followed, and pipes do not block.
fn open_regular(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() && count_hard_links(&metadata).is_none() {
        Ok(file)
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

/// Whether a path still names this open file.
#[cfg(unix)]
fn is_file_of(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let open = file.metadata().map(identity);
    matches!((open, fs::symlink_metadata(path).map(identity)), (Ok(a), Ok(b)) if a == b)
}

#[cfg(not(unix))]
fn is_file_of(_: &File, path: &Path) -> bool {
    File::open(path)
        .is_ok_and(|file| read_note(&file).is_some_and(|note| note.pid == std::process::id()))
}

fn note_path(map: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".~lock.");
    name.push(map.file_name()?);
    name.push("#");
    Some(map.with_file_name(name))
}

/// Reads a note; `None` if the file holds anything else.
fn read_note(mut file: &File) -> Option<OtherEditor> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(MAX_NOTE_BYTES + 1)
        .read_to_string(&mut text)
        .ok()?;
    if text.len() as u64 > MAX_NOTE_BYTES {
        return None;
    }
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
    fn other_files_under_the_name_of_a_note_are_neither_replaced_nor_removed() {
        let (folder, path) = map();
        let note = note_path(&path).unwrap();
        let now = now(&path);
        let own = r#"{"host":"elsewhere","pid":1,"since":5}"#;
        let long = own.to_owned() + &" ".repeat(5_000);
        // The last line is a note as office programs write it.
        for other in [
            "",
            "{",
            "[1]",
            "\u{202e}",
            "important",
            &long,
            ",jana,desk,26.11.2026,;",
        ] {
            crate::storage::write(&note, other.as_bytes()).unwrap();
            assert!(
                matches!(Presence::announce(&path, now), Err(None)),
                "{other}"
            );
            assert_eq!(fs::read_to_string(&note).unwrap(), other);
        }
        fs::remove_file(&note).unwrap();
        fs::create_dir(&note).unwrap();
        assert!(matches!(Presence::announce(&path, now), Err(None)));
        fs::remove_dir(&note).unwrap();
        #[cfg(unix)]
        {
            let other = folder.path().join("other");
            crate::storage::write(&other, own.as_bytes()).unwrap();
            fs::hard_link(&other, &note).unwrap();
            assert!(matches!(
                Presence::announce(&path, now + NOTE_LIFETIME * 2),
                Err(None)
            ));
            fs::remove_file(&note).unwrap();
            std::os::unix::fs::symlink(&other, &note).unwrap();
            assert!(matches!(
                Presence::announce(&path, now + NOTE_LIFETIME * 2),
                Err(None)
            ));
            fs::remove_file(&note).unwrap();
            assert_eq!(fs::read_to_string(&other).unwrap(), own);
        }
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            if cfg!(unix) { 2 } else { 1 }
        );
    }

    #[test]
    fn a_note_that_was_replaced_or_overwritten_stays() {
        let (_folder, path) = map();
        let note = note_path(&path).unwrap();
        for replace in [true, false] {
            let announced = Presence::announce(&path, now(&path)).unwrap();
            if replace {
                fs::remove_file(&note).unwrap();
            }
            let mut file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .open(&note)
                .unwrap();
            file.write_all(b"theirs").unwrap();
            drop(announced);
            assert_eq!(fs::read_to_string(&note).unwrap(), "theirs");
            fs::remove_file(&note).unwrap();
        }
        drop(Presence::announce(&path, now(&path)).unwrap());
        assert!(!note.exists());
    }
}
