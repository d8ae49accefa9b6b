//! Files beside a map file: kept versions with names of their own, and temporary
//! files that a crash left behind.
//!
//! Must not know: what the bytes mean.

use super::atomic_write::{TEMPORARY_NAME, create_sidecar, parent_folder, resolve_links};
use super::error::DiskError;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The kind of version kept beside a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidecarKind {
    /// The previous content of the file: `bank.journey.ron.bak`.
    Backup,
    /// The version of another editor: `bank.theirs.journey.ron`.
    Theirs,
}

impl SidecarKind {
    fn name(self, name: &OsStr, number: u32) -> OsString {
        let number = if number == 1 {
            String::new()
        } else {
            number.to_string()
        };
        let split = name
            .to_str()
            .and_then(|name| name.find('.').filter(|at| *at > 0));
        match (self, name.to_str(), split) {
            (SidecarKind::Theirs, Some(name), Some(at)) => {
                let (stem, endings) = name.split_at(at);
                format!("{stem}.theirs{number}{endings}").into()
            }
            _ => {
                let ending = if self == SidecarKind::Backup {
                    ".bak"
                } else {
                    ".theirs"
                };
                let mut name = name.to_owned();
                name.push(ending);
                name.push(number);
                name
            }
        }
    }
}

/// Creates a file beside another one, under a free name; returns its path.
///
/// # Errors
/// If the system refuses. The error names `path`, the file to be saved.
pub fn write_sidecar(path: &Path, what: SidecarKind, bytes: &[u8]) -> Result<PathBuf, DiskError> {
    let target = resolve_links(path)?;
    for number in 1..10_000 {
        let name = what.name(target.file_name().unwrap_or_default(), number);
        let beside = parent_folder(&target).join(name);
        match create_sidecar(path, &beside, bytes) {
            Err(DiskError::Exists { .. }) => {}
            result => return result.map(|()| beside),
        }
    }
    Err(DiskError::Exists {
        path: path.to_owned(),
    })
}

/// Removes temporary files in a folder that are older than a day; younger ones may
/// still be in use.
pub fn remove_stale_temporaries(folder: &Path, now: SystemTime) {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let letters = name
            .to_str()
            .and_then(|name| name.strip_prefix(TEMPORARY_NAME.0));
        let ours = letters.is_some_and(|rest| {
            rest.len() == TEMPORARY_NAME.1 && rest.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        let old = |metadata: &Metadata| {
            let age = metadata
                .modified()
                .ok()
                .and_then(|then| now.duration_since(then).ok());
            metadata.is_file() && age.is_some_and(|age| age > DAY)
        };
        if ours && entry.metadata().is_ok_and(|metadata| old(&metadata)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
