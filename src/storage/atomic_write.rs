//! Atomic replacement of file content.
//!
//! The new content is written to a temporary file beside the old one, flushed to
//! the device and renamed over it, then the folder is flushed: after a crash at any
//! moment the file has either the old content or the new one.
//! Must not know: what the bytes mean.

use super::disk::{check_regular_file, read};
use super::error::{DiskError, DiskProblem, to_disk_error};
use super::sidecar::{SidecarKind, resolve_links, write_sidecar};
use super::temporary::{
    create_at, flush_folder, is_busy, persist, persist_if, persist_new, refuse_folder_name,
    retry_busy, write_temporary,
};
use crate::edit::journal::Fingerprint;
use std::cell::LazyCell;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

/// A side effect of a successful write that the user should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteNote {
    /// The file had this many other hard links, which keep the previous content.
    HardLinks(u64),
    /// The file had been deleted and was created again.
    Recreated,
}

/// The result of a successful write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteReport {
    /// The fingerprint of the new content.
    pub fingerprint: Fingerprint,
    /// Side effects to report.
    pub notes: Vec<WriteNote>,
}

/// Replaces the content of a file, or creates it.
///
/// # Errors
/// As [`write_if_unchanged`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let fingerprint = LazyCell::new(|| Fingerprint::of(bytes));
    replace(path, bytes, None, &fingerprint).map(drop)
}

/// Replaces the content of a file, or creates it. With `expected`, the file is
/// replaced only while it has that content: an unknown version is never
/// overwritten, even if it appears during this write. Symbolic links are kept;
/// mode, owner and extended attributes are kept as far as the system allows.
///
/// # Errors
/// If the file has other content, is write-protected, or the system refuses; its
/// content is then unchanged and no temporary file is left. Only after
/// [`DiskProblem::NotConfirmed`] it may have either content.
pub fn write_if_unchanged(
    path: &Path,
    bytes: &[u8],
    expected: Option<Fingerprint>,
) -> Result<WriteReport, DiskError> {
    let fingerprint = LazyCell::new(|| Fingerprint::of(bytes));
    let notes = replace(path, bytes, expected, &fingerprint)?;
    Ok(WriteReport {
        fingerprint: *fingerprint,
        notes,
    })
}

/// Replaces the content of a file. The fingerprint of the new content is only taken where it is
/// needed, because it costs as much as a tenth of an export.
fn replace(
    path: &Path,
    bytes: &[u8],
    expected: Option<Fingerprint>,
    fingerprint: &LazyCell<Fingerprint, impl FnOnce() -> Fingerprint>,
) -> Result<Vec<WriteNote>, DiskError> {
    refuse_folder_name(path)?;
    let target = resolve_links(path)?;
    let mut notes = Vec::new();
    let old = match fs::metadata(&target) {
        Ok(metadata) => {
            check_regular_file(path, &metadata)?;
            let old = open_writable(path, &target, &metadata)?;
            if let Some(expected) = expected {
                check_unchanged(path, &target, expected)?;
            }
            notes.extend(count_hard_links(&metadata).map(WriteNote::HardLinks));
            Some((old, metadata))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            notes.extend(expected.map(|_| WriteNote::Recreated));
            None
        }
        Err(error) => return Err(to_disk_error(path, "look at the file")(error)),
    };
    let replaces = old.is_some();
    let new = write_temporary(path, &target, bytes, old)?;
    match (replaces, expected) {
        (true, Some(expected)) => exchange(path, new, &target, expected, **fingerprint)?,
        (true, None) => persist(path, new, &target)?,
        // A file created in the meantime must not be overwritten.
        (false, _) => persist_new(path, new, &target)?,
    }
    match flush_folder(&target) {
        Ok(()) => Ok(notes),
        Err(_) => Err(DiskProblem::NotConfirmed(**fingerprint).at(path)),
    }
}

/// Creates a new file.
///
/// # Errors
/// If the file exists, or the system refuses.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    create_at(path, path, bytes)
}

/// Checks that a file is writable, because renaming would replace a write-protected
/// one.
fn open_writable(path: &Path, target: &Path, metadata: &Metadata) -> Result<File, DiskError> {
    // The mode is respected for superusers too, who could write everything.
    if metadata.permissions().readonly() {
        return Err(DiskProblem::ReadOnly.at(path));
    }
    let file = OpenOptions::new().read(true).write(true).open(target);
    file.map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            DiskProblem::ReadOnly.at(path)
        }
        _ => to_disk_error(path, "write the file")(error),
    })
}

fn check_unchanged(path: &Path, target: &Path, expected: Fingerprint) -> Result<(), DiskError> {
    match read(target) {
        Ok(bytes) if Fingerprint::of(&bytes) == expected => Ok(()),
        Err(error) if !matches!(error.problem, DiskProblem::TooLarge(_)) => Err(error),
        _ => Err(DiskProblem::Changed.at(path)),
    }
}

/// Returns the number of other hard links of a file, if there are any.
#[cfg(unix)]
pub(super) fn count_hard_links(metadata: &Metadata) -> Option<u64> {
    let names = std::os::unix::fs::MetadataExt::nlink(metadata);
    (names > 1).then(|| names - 1)
}

#[cfg(not(unix))]
pub(super) fn count_hard_links(_: &Metadata) -> Option<u64> {
    None
}

/// Swaps the new content with the old one and checks what was replaced. If it was
/// not the expected content, another program has saved in between, and its version
/// is swapped back.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn exchange(
    path: &Path,
    new: NamedTempFile,
    target: &Path,
    expected: Fingerprint,
    ours: Fingerprint,
) -> Result<(), DiskError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let swap = || {
        let swapped = || renameat_with(CWD, new.path(), CWD, target, RenameFlags::EXCHANGE);
        retry_busy(|| Ok(swapped()?))
    };
    match swap() {
        Ok(()) => {}
        Err(error) if is_busy(&error) => {
            return Err(to_disk_error(path, "replace the file")(error));
        }
        // Not every file system can swap; other errors occur again below.
        Err(_) => {
            let check = || check_unchanged(path, target, expected);
            return match check() {
                Err(error) if matches!(error.problem, DiskProblem::Missing) => {
                    persist_new(path, new, target)
                }
                _ => persist_if(path, new, target, check),
            };
        }
    }
    let holds = |what: Fingerprint| {
        fs::metadata(new.path()).is_ok_and(|m| m.len() == what.length)
            && fs::read(new.path()).is_ok_and(|bytes| Fingerprint::of(&bytes) == what)
    };
    if holds(expected) {
        // Removes the previous content.
        drop(new);
        return Ok(());
    }
    // The content swapped back must be ours, or a third version appeared meanwhile.
    if swap().is_err() || !holds(ours) {
        // It is kept beside, under a name that is never cleaned up.
        let theirs = read(new.path()).unwrap_or_default();
        if theirs.is_empty() || write_sidecar(path, SidecarKind::Theirs, &theirs).is_err() {
            let _ = new.keep();
        }
    }
    Err(DiskProblem::Changed.at(path))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn exchange(
    path: &Path,
    new: NamedTempFile,
    target: &Path,
    expected: Fingerprint,
    _: Fingerprint,
) -> Result<(), DiskError> {
    persist_if(path, new, target, || {
        check_unchanged(path, target, expected)
    })
}

#[cfg(all(test, any(target_os = "linux", target_os = "android")))]
mod tests {
    use super::*;

    #[test]
    fn a_third_version_during_a_swap_back_is_kept_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        write(&path, b"second").unwrap();
        let third = write_temporary(&path, &path, b"third", None).unwrap();
        let (first, ours) = (Fingerprint::of(b"first"), Fingerprint::of(b"ours"));
        assert!(matches!(
            exchange(&path, third, &path, first, ours),
            Err(DiskError {
                problem: DiskProblem::Changed,
                ..
            })
        ));
        assert_eq!(read(&path).unwrap(), b"second");
        let kept = folder.path().join("a.theirs.journey.ron");
        assert_eq!(read(&kept).unwrap(), b"third");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
