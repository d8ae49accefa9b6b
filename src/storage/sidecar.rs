//! Kept versions of a map file, beside it under names of their own.
//!
//! Must not know: what the bytes mean.

use super::error::{DiskError, DiskProblem, to_disk_error};
use super::temporary::{create_at, parent_folder};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

/// The kind of version kept beside a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidecarKind {
    /// The previous content of the file: `bank.journey.ron.bak`.
    Backup,
    /// The version of another editor: `bank.theirs.journey.ron`.
    Theirs,
}

impl SidecarKind {
    fn name(self, name: &OsStr, number: &str) -> OsString {
        let dot = |name: &str| name.find('.').filter(|at| *at > 0);
        let split = name
            .to_str()
            .and_then(|name| name.split_at_checked(dot(name)?));
        let ending = match (self, split) {
            (SidecarKind::Theirs, Some((stem, endings))) => {
                return format!("{stem}.theirs{number}{endings}").into();
            }
            (SidecarKind::Theirs, None) => ".theirs",
            (SidecarKind::Backup, _) => ".bak",
        };
        let mut name = name.to_owned();
        name.push(ending);
        name.push(number);
        name
    }
}

/// Creates a file beside another one, under a free name; returns its path.
///
/// # Errors
/// If the system refuses. The error names `path`, the file to be saved.
pub fn write_sidecar(path: &Path, what: SidecarKind, bytes: &[u8]) -> Result<PathBuf, DiskError> {
    let target = resolve_links(path)?;
    let numbers = (2..10_000).map(|number| number.to_string());
    for number in std::iter::once(String::new()).chain(numbers) {
        let name = what.name(target.file_name().unwrap_or_default(), &number);
        let beside = parent_folder(&target).join(name);
        match create_at(path, &beside, bytes) {
            Err(error) if matches!(error.problem, DiskProblem::Exists) => {}
            result => return result.map(|()| beside),
        }
    }
    Err(DiskProblem::Exists.at(path))
}

/// Resolves a chain of symbolic links; the target need not exist.
pub(super) fn resolve_links(path: &Path) -> Result<PathBuf, DiskError> {
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let is_link = fs::symlink_metadata(&target).is_ok_and(|m| m.file_type().is_symlink());
        if !is_link {
            return Ok(target);
        }
        let next = fs::read_link(&target).map_err(to_disk_error(path, "follow the link"))?;
        target = parent_folder(&target).join(next);
    }
    Err(DiskProblem::NotAFile("a link to itself").at(path))
}
