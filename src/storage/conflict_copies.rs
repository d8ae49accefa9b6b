//! Copies of a map that sync services left beside it, because two people had changed it.
//!
//! Must not know: what the files hold.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The maximum number of names in a folder that are looked at.
const MAX_NAMES: usize = 20_000;

/// Returns the conflict copies that sync services left beside a map, recognized by
/// name.
pub fn conflict_copies(map: &Path) -> Vec<PathBuf> {
    let name = map.file_name().and_then(|name| name.to_str());
    let (Some(name), Ok(entries)) = (name, fs::read_dir(super::temporary::parent_folder(map)))
    else {
        return Vec::new();
    };
    let is_copy = |other: &OsStr| other.to_str().is_some_and(|it| is_conflict_copy(name, it));
    let entries = entries.take(MAX_NAMES).flatten();
    let copies = entries.filter(|e| is_copy(&e.file_name()));
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
    let marked = rest.strip_suffix(last).unwrap_or(rest).to_lowercase();
    let is_marked = [
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
    .any(|known| marked.contains(known));
    is_marked || is_numbered_or_named_copy(name, other)
}

/// Whether `other` is `name` with ` (1)` (Google Drive) or `-COMPUTER` (OneDrive) before the last
/// of its two extensions. With a single extension such a name is as likely one that people gave.
fn is_numbered_or_named_copy(name: &str, other: &str) -> bool {
    let parts = |name: &str| {
        let (before, last) = name.rsplit_once('.')?;
        Some((before.to_owned(), last.to_owned()))
    };
    let (Some((before, last)), Some((marked, ending))) = (parts(name), parts(other)) else {
        return false;
    };
    let Some(mark) = marked.strip_prefix(&before) else {
        return false;
    };
    let number = mark.strip_prefix(" (").and_then(|it| it.strip_suffix(')'));
    let is_number =
        number.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
    let computer = mark.strip_prefix('-').unwrap_or("");
    let is_computer = !computer.is_empty() && !computer.contains(['.', ' ']);
    before.contains('.') && last == ending && (is_number || is_computer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflict_copies_are_recognized_by_name() {
        for copy in [
            "bank.sync-conflict-20261125-101112-ABCDEFG.journey.ron",
            "bank.journey.sync-conflict-20261125-101112-ABCDEFG.ron",
            "bank.journey (Jana's conflicted copy 2026-11-25).ron",
            "bank (conflicted copy 2026-11-25 101112).journey.ron",
            "bank.journey_conflict-20261125-101112.ron",
            "bank.journey (1).ron",
            "bank.journey-LAPTOP-7.ron",
        ] {
            assert!(is_conflict_copy("bank.journey.ron", copy), "{copy}");
        }
        for other in [
            "bank.journey.ron",
            "bank.journey.ron.bak",
            "bank-conflict.journey.ron",
            "bank-target.journey.ron",
            "bank (1).journey.ron",
            "bank.journey (draft).ron",
            "bank.journey-LAPTOP.txt",
            "x.journey.ron",
        ] {
            assert!(!is_conflict_copy("bank.journey.ron", other), "{other}");
        }
        assert!(!is_conflict_copy("bank.ron", "bank-future.ron"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.journey.ron");
        let copy = folder.path().join("bank.sync-conflict-1.journey.ron");
        crate::storage::write(&copy, b"").unwrap();
        assert_eq!(conflict_copies(&path), [copy]);
    }
}
