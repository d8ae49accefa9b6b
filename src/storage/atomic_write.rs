//! Atomic replacement of file content.
//!
//! The new content is written to a temporary file beside the old one, flushed to
//! the device and renamed over it, then the folder is flushed: after a crash at any
//! moment the file has either the old content or the new one.
//! Must not know: what the bytes mean.

use super::disk::{check_regular_file, read};
use super::error::{DiskError, to_disk_error};
use super::metadata;
use super::sidecar::{SidecarKind, write_sidecar};
use crate::edit::journal::Fingerprint;
use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Prefix of temporary file names and the number of random letters after it. Short,
/// because the file's own name may be as long as the system allows.
pub(crate) const TEMPORARY_NAME: (&str, usize) = (".~", 8);

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
    write_if_unchanged(path, bytes, None).map(|_| ())
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
pub fn write_if_unchanged(
    path: &Path,
    bytes: &[u8],
    expected: Option<Fingerprint>,
) -> Result<WriteReport, DiskError> {
    let target = resolve_links(path)?;
    let mut remarks = Vec::new();
    let old = match fs::metadata(&target) {
        Ok(metadata) => {
            check_regular_file(path, &metadata)?;
            let old = open_writable(path, &target, &metadata)?;
            if let Some(expected) = expected {
                check_unchanged(path, &target, expected)?;
            }
            remarks.extend(count_hard_links(&metadata).map(WriteNote::HardLinks));
            Some((old, metadata))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            remarks.extend(expected.map(|_| WriteNote::Recreated));
            None
        }
        Err(error) => return Err(to_disk_error(path, "look at the file")(error)),
    };
    let replaces = old.is_some();
    let new = write_temporary(path, &target, bytes, old)?;
    match (replaces, expected) {
        (true, Some(expected)) => exchange(path, new, &target, expected, Fingerprint::of(bytes))?,
        (true, None) => persist(path, new, &target)?,
        // A file created in the meantime must not be overwritten.
        (false, _) => persist_new(path, new, &target)?,
    }
    let seen = Fingerprint::of(bytes);
    match flush_folder(&target) {
        Ok(()) => Ok(WriteReport {
            fingerprint: seen,
            notes: remarks,
        }),
        Err(_) => Err(DiskError::NotConfirmed {
            path: path.to_owned(),
            fingerprint: seen,
        }),
    }
}

/// Creates a new file.
///
/// # Errors
/// If the file exists, or the system refuses.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    create_sidecar(path, path, bytes)
}

/// Creates `target`; errors name `path`.
pub(crate) fn create_sidecar(path: &Path, target: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    if fs::symlink_metadata(target).is_ok() {
        return Err(DiskError::Exists {
            path: path.to_owned(),
        });
    }
    let new = write_temporary(path, target, bytes, None)?;
    persist_new(path, new, target)?;
    let _ = flush_folder(target);
    Ok(())
}

/// Resolves a chain of symbolic links; the target need not exist.
pub(crate) fn resolve_links(path: &Path) -> Result<PathBuf, DiskError> {
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let is_link = fs::symlink_metadata(&target).is_ok_and(|m| m.file_type().is_symlink());
        if !is_link {
            return Ok(target);
        }
        let next = fs::read_link(&target).map_err(to_disk_error(path, "follow the link"))?;
        target = match target.parent() {
            Some(folder) => folder.join(next),
            None => next,
        };
    }
    Err(DiskError::NotAFile {
        path: path.to_owned(),
        what: "a link to itself",
    })
}

/// Checks that a file is writable, because renaming would replace a write-protected
/// one.
fn open_writable(path: &Path, target: &Path, metadata: &Metadata) -> Result<File, DiskError> {
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
            _ => Err(to_disk_error(path, "write the file")(error)),
        },
    }
}

fn check_unchanged(path: &Path, target: &Path, expected: Fingerprint) -> Result<(), DiskError> {
    let changed = || DiskError::Changed {
        path: path.to_owned(),
    };
    match read(target) {
        Ok(bytes) if Fingerprint::of(&bytes) == expected => Ok(()),
        Ok(_) | Err(DiskError::TooLarge { .. }) => Err(changed()),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn count_hard_links(metadata: &Metadata) -> Option<u64> {
    let names = std::os::unix::fs::MetadataExt::nlink(metadata);
    (names > 1).then(|| names - 1)
}

#[cfg(not(unix))]
fn count_hard_links(_: &Metadata) -> Option<u64> {
    None
}

/// Writes the new content to a temporary file in the folder of `target` and flushes
/// it. Dropping it removes the file unless it was renamed.
fn write_temporary(
    path: &Path,
    target: &Path,
    bytes: &[u8],
    old: Option<(File, Metadata)>,
) -> Result<NamedTempFile, DiskError> {
    let folder = parent_folder(target);
    if !folder.is_dir() {
        return Err(DiskError::MissingFolder {
            path: path.to_owned(),
        });
    }
    let mut builder = tempfile::Builder::new();
    builder
        .prefix(TEMPORARY_NAME.0)
        .rand_bytes(TEMPORARY_NAME.1);
    // A replacement stays private until it has the old file's mode.
    if let Some(permissions) = default_permissions().filter(|_| old.is_none()) {
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
            _ => to_disk_error(path, "write beside the file")(error),
        })?;
    new.as_file_mut()
        .write_all(bytes)
        .map_err(to_disk_error(path, "write the file"))?;
    if let Some((old, metadata)) = old {
        metadata::copy_attributes(&old, &metadata, new.as_file());
    }
    // Never retried after an error: the system may then claim success.
    flush(new.as_file()).map_err(to_disk_error(path, "flush the file to the device"))?;
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
        .map_err(|error| to_disk_error(path, "replace the file")(error.error))
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
        Err(error) => Err(to_disk_error(path, "make the file")(error.error)),
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
    expected: Fingerprint,
    ours: Fingerprint,
) -> Result<(), DiskError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let swap = || renameat_with(CWD, new.path(), CWD, target, RenameFlags::EXCHANGE);
    if swap().is_err() {
        // Not every file system can swap; other errors occur again below.
        return match check_unchanged(path, target, expected) {
            Ok(()) => persist(path, new, target),
            Err(DiskError::Missing { .. }) => persist_new(path, new, target),
            Err(error) => Err(error),
        };
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
    Err(DiskError::Changed {
        path: path.to_owned(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn exchange(
    path: &Path,
    new: NamedTempFile,
    target: &Path,
    expected: Fingerprint,
    _: Fingerprint,
) -> Result<(), DiskError> {
    // Checked once more, as late as possible.
    check_unchanged(path, target, expected)?;
    persist(path, new, target)
}

/// Returns the mode of new files: readable and writable as far as the user's umask
/// allows, which the system applies on creation.
#[cfg(unix)]
fn default_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn default_permissions() -> Option<Permissions> {
    None
}

pub(crate) fn parent_folder(target: &Path) -> PathBuf {
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
    let Ok(folder) = File::open(parent_folder(target)) else {
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
        let third = write_temporary(&path, &path, b"third", None).unwrap();
        let (first, ours) = (Fingerprint::of(b"first"), Fingerprint::of(b"ours"));
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
