//! Atomic replacement of file content.
//!
//! The new content is written to a temporary file beside the old one, flushed to
//! the device and renamed over it, then the folder is flushed: after a crash at any
//! moment the file has either the old content or the new one.
//! Must not know: what the bytes mean.

use super::disk::{read, regular};
use super::error::{DiskError, failed};
use super::metadata;
use super::sidecar::{Beside, set_beside};
use crate::edit::journal::Seen;
use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Prefix of temporary file names and the number of random letters after it. Short,
/// because the file's own name may be as long as the system allows.
pub(crate) const UNFINISHED: (&str, usize) = (".~", 8);

/// A side effect of a successful write that the user should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The file had this many other hard links, which keep the previous content.
    OtherNames(u64),
    /// The file had been deleted and was created again.
    MadeAgain,
}

/// The result of a successful write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The fingerprint of the new content.
    pub seen: Seen,
    /// Side effects to report.
    pub remarks: Vec<Remark>,
}

/// Replaces the content of a file, or creates it.
///
/// # Errors
/// As [`put`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    put(path, bytes, None).map(|_| ())
}

/// Replaces the content of a file, or creates it. With `expected`, the file is
/// replaced only while it has that content: an unknown version is never
/// overwritten, even if it appears during this write. Symbolic links are kept;
/// mode, owner and extended attributes are kept as far as the system allows.
///
/// # Errors
/// If the file has other content, is write-protected, or the system refuses; its
/// content is then unchanged and no temporary file is left. Only after
/// [`DiskError::NotConfirmed`] it may have either content.
pub fn put(path: &Path, bytes: &[u8], expected: Option<Seen>) -> Result<Written, DiskError> {
    let target = follow(path)?;
    let mut remarks = Vec::new();
    let old = match fs::metadata(&target) {
        Ok(metadata) => {
            regular(path, &metadata)?;
            let old = writable(path, &target, &metadata)?;
            if let Some(expected) = expected {
                unchanged(path, &target, expected)?;
            }
            remarks.extend(other_names(&metadata).map(Remark::OtherNames));
            Some((old, metadata))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            remarks.extend(expected.map(|_| Remark::MadeAgain));
            None
        }
        Err(error) => return Err(failed(path, "look at the file")(error)),
    };
    let replaces = old.is_some();
    let new = beside(path, &target, bytes, old)?;
    match (replaces, expected) {
        (true, Some(expected)) => exchange(path, new, &target, expected, Seen::of(bytes))?,
        (true, None) => persist(path, new, &target)?,
        // A file created in the meantime must not be overwritten.
        (false, _) => persist_new(path, new, &target)?,
    }
    let seen = Seen::of(bytes);
    match flush_folder(&target) {
        Ok(()) => Ok(Written { seen, remarks }),
        Err(_) => Err(DiskError::NotConfirmed {
            path: path.to_owned(),
            seen,
        }),
    }
}

/// Creates a new file.
///
/// # Errors
/// If the file exists, or the system refuses.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    create_for(path, path, bytes)
}

/// Creates `target`; errors name `path`.
pub(crate) fn create_for(path: &Path, target: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    if fs::symlink_metadata(target).is_ok() {
        return Err(DiskError::Exists {
            path: path.to_owned(),
        });
    }
    let new = beside(path, target, bytes, None)?;
    persist_new(path, new, target)?;
    let _ = flush_folder(target);
    Ok(())
}

/// Resolves a chain of symbolic links; the target need not exist.
pub(crate) fn follow(path: &Path) -> Result<PathBuf, DiskError> {
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let is_link = fs::symlink_metadata(&target).is_ok_and(|m| m.file_type().is_symlink());
        if !is_link {
            return Ok(target);
        }
        let next = fs::read_link(&target).map_err(failed(path, "follow the link"))?;
        target = match target.parent() {
            Some(folder) => folder.join(next),
            None => next,
        };
    }
    Err(DiskError::NoFile {
        path: path.to_owned(),
        what: "a link to itself",
    })
}

/// Checks that a file is writable, because renaming would replace a write-protected
/// one.
fn writable(path: &Path, target: &Path, metadata: &Metadata) -> Result<File, DiskError> {
    let read_only = || DiskError::ReadOnly {
        path: path.to_owned(),
    };
    // The mode is respected for superusers too, who could write everything.
    if metadata.permissions().readonly() {
        return Err(read_only());
    }
    match OpenOptions::new().read(true).write(true).open(target) {
        Ok(old) => Ok(old),
        Err(error) => match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Err(read_only()),
            _ => Err(failed(path, "write the file")(error)),
        },
    }
}

fn unchanged(path: &Path, target: &Path, expected: Seen) -> Result<(), DiskError> {
    let changed = || DiskError::Changed {
        path: path.to_owned(),
    };
    match read(target) {
        Ok(bytes) if Seen::of(&bytes) == expected => Ok(()),
        Ok(_) | Err(DiskError::TooBig { .. }) => Err(changed()),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn other_names(metadata: &Metadata) -> Option<u64> {
    let names = std::os::unix::fs::MetadataExt::nlink(metadata);
    (names > 1).then(|| names - 1)
}

#[cfg(not(unix))]
fn other_names(_: &Metadata) -> Option<u64> {
    None
}

/// Writes the new content to a temporary file in the folder of `target` and flushes
/// it. Dropping it removes the file unless it was renamed.
fn beside(
    path: &Path,
    target: &Path,
    bytes: &[u8],
    old: Option<(File, Metadata)>,
) -> Result<NamedTempFile, DiskError> {
    let folder = folder_of(target);
    if !folder.is_dir() {
        return Err(DiskError::NoFolder {
            path: path.to_owned(),
        });
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).rand_bytes(UNFINISHED.1);
    // A replacement stays private until it has the old file's mode.
    if let Some(permissions) = usual_permissions().filter(|_| old.is_none()) {
        builder.permissions(permissions);
    }
    let mut new = builder
        .tempfile_in(&folder)
        .map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                DiskError::ReadOnlyFolder {
                    path: path.to_owned(),
                }
            }
            _ => failed(path, "write beside the file")(error),
        })?;
    new.as_file_mut()
        .write_all(bytes)
        .map_err(failed(path, "write the file"))?;
    if let Some((old, metadata)) = old {
        metadata::attributes(&old, &metadata, new.as_file());
    }
    // Never retried after an error: the system may then claim success.
    flush(new.as_file()).map_err(failed(path, "flush the file to the device"))?;
    Ok(new)
}

/// Flushes to the device, not only to the system.
fn flush(file: &File) -> io::Result<()> {
    let flushed = file.sync_all();
    // Network drives on macOS support only the weaker call.
    #[cfg(target_vendor = "apple")]
    if flushed
        .as_ref()
        .is_err_and(|error| error.kind() == io::ErrorKind::Unsupported)
    {
        return rustix::fs::fsync(file).map_err(io::Error::from);
    }
    flushed
}

fn persist(path: &Path, new: NamedTempFile, target: &Path) -> Result<(), DiskError> {
    new.persist(target)
        .map(|_| ())
        .map_err(|error| failed(path, "replace the file")(error.error))
}

fn persist_new(path: &Path, new: NamedTempFile, target: &Path) -> Result<(), DiskError> {
    match new.persist_noclobber(target) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(DiskError::Exists {
                path: path.to_owned(),
            })
        }
        // Some drives have no exclusive rename; there was no such file just now.
        Err(error) if fs::symlink_metadata(target).is_err() => persist(path, error.file, target),
        Err(error) => Err(failed(path, "make the file")(error.error)),
    }
}

/// Swaps the new content with the old one and checks what was replaced. If it was
/// not the expected content, another program has saved in between, and its version
/// is swapped back.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn exchange(
    path: &Path,
    new: NamedTempFile,
    target: &Path,
    expected: Seen,
    ours: Seen,
) -> Result<(), DiskError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let swap = || renameat_with(CWD, new.path(), CWD, target, RenameFlags::EXCHANGE);
    if swap().is_err() {
        // Not every file system can swap; other errors occur again below.
        return match unchanged(path, target, expected) {
            Ok(()) => persist(path, new, target),
            Err(DiskError::Missing { .. }) => persist_new(path, new, target),
            Err(error) => Err(error),
        };
    }
    let holds = |what: Seen| {
        fs::metadata(new.path()).is_ok_and(|m| m.len() == what.length)
            && fs::read(new.path()).is_ok_and(|bytes| Seen::of(&bytes) == what)
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
        if theirs.is_empty() || set_beside(path, Beside::Theirs, &theirs).is_err() {
            let _ = new.keep();
        }
    }
    Err(DiskError::Changed {
        path: path.to_owned(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn exchange(
    path: &Path,
    new: NamedTempFile,
    target: &Path,
    expected: Seen,
    _: Seen,
) -> Result<(), DiskError> {
    // Checked once more, as late as possible.
    unchanged(path, target, expected)?;
    persist(path, new, target)
}

/// Returns the mode of new files: readable and writable as far as the user's umask
/// allows, which the system applies on creation.
#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

pub(crate) fn folder_of(target: &Path) -> PathBuf {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Flushes the folder so that the renaming lasts. Some file systems do not support
/// it, and some folders may not be read; the content is safe all the same.
fn flush_folder(target: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let Ok(folder) = File::open(folder_of(target)) else {
        return Ok(());
    };
    match folder.sync_all().map_err(|error| (error.kind(), error)) {
        Ok(()) | Err((io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput, _)) => Ok(()),
        Err((_, error)) => Err(error),
    }
}

#[cfg(all(test, any(target_os = "linux", target_os = "android")))]
mod tests {
    use super::*;

    #[test]
    fn a_third_version_during_a_swap_back_is_kept_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        write(&path, b"second").unwrap();
        let third = beside(&path, &path, b"third", None).unwrap();
        let (first, ours) = (Seen::of(b"first"), Seen::of(b"ours"));
        assert!(matches!(
            exchange(&path, third, &path, first, ours),
            Err(DiskError::Changed { .. })
        ));
        assert_eq!(read(&path).unwrap(), b"second");
        let kept = folder.path().join("a.theirs.journey.ron");
        assert_eq!(read(&kept).unwrap(), b"third");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
