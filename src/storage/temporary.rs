//! Complete new files: written under a temporary name, flushed to the device, and then
//! renamed.
//!
//! A file that takes the place of another keeps mode, owner and extended attributes as
//! far as the system allows: file systems without them must not prevent saving.
//! Must not know: what the bytes mean.

use super::error::{DiskError, DiskProblem, to_disk_error};
use crate::edit::journal::Fingerprint;
use std::cell::Cell;
#[cfg(unix)]
use std::fs::Permissions;
use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::{Builder, NamedTempFile, PersistError};

/// Prefix of temporary file names and the number of random letters after it. Short,
/// because the file's own name may be as long as the system allows.
const TEMPORARY_NAME: (&str, usize) = (".~", 8);

/// Returns the builder of temporary files, which are private to the user.
pub(super) fn temporary_file() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(TEMPORARY_NAME.0);
    builder.rand_bytes(TEMPORARY_NAME.1);
    builder
}

/// Creates `target`; errors name `path`.
pub(super) fn create_at(path: &Path, target: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    refuse_folder_name(path)?;
    if fs::symlink_metadata(target).is_ok() {
        return Err(DiskProblem::Exists.at(path));
    }
    let new = write_temporary(path, target, bytes, None)?;
    persist_new(path, new, target)?;
    flush_folder(target).map_err(|_| DiskProblem::NotConfirmed(Fingerprint::of(bytes)).at(path))
}

/// Refuses the name of a folder, such as `maps/`, which would otherwise become that of a file.
pub(super) fn refuse_folder_name(path: &Path) -> Result<(), DiskError> {
    if is_folder_name(path) {
        return Err(DiskProblem::NotAFile("a folder").at(path));
    }
    Ok(())
}

/// Whether a path can only be that of a folder: it ends with a separator, `.` or `..`.
pub(super) fn is_folder_name(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let ends =
        |end: &str| text.ends_with(end) || text.strip_suffix('.').is_some_and(|t| t.ends_with(end));
    path.file_name().is_none() || ends("/") || ends(std::path::MAIN_SEPARATOR_STR)
}

/// Writes the new content to a temporary file in the folder of `target` and flushes
/// it. Dropping it removes the file unless it was renamed.
pub(super) fn write_temporary(
    path: &Path,
    target: &Path,
    bytes: &[u8],
    old: Option<(File, Metadata)>,
) -> Result<NamedTempFile, DiskError> {
    let folder = parent_folder(target);
    if !folder.is_dir() {
        return Err(DiskProblem::MissingFolder.at(path));
    }
    let mut builder = temporary_file();
    // Readable and writable as far as the user's umask allows, which the system applies.
    // A replacement stays private until it has the old file's mode.
    #[cfg(unix)]
    if old.is_none() {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(Permissions::from_mode(0o666));
    }
    let new = builder.tempfile_in(&folder);
    let mut new = new.map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            DiskProblem::ReadOnlyFolder.at(path)
        }
        _ => to_disk_error(path, "write beside the file")(error),
    })?;
    new.as_file_mut()
        .write_all(bytes)
        .map_err(to_disk_error(path, "write the file"))?;
    if let Some((old, metadata)) = old {
        copy_attributes(&old, &metadata, new.as_file());
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

/// Pauses before a rename is tried again, in milliseconds; 935 together. Scanners and sync services
/// hold a file for some hundredths of a second.
const PAUSES: [u64; 6] = [10, 25, 50, 100, 250, 500];

/// Tries to rename a file, and again after pauses while another program holds it.
pub(super) fn retry_busy<T>(mut rename: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for pause in PAUSES {
        match rename() {
            Err(error) if is_busy(&error) => std::thread::sleep(Duration::from_millis(pause)),
            result => return result,
        }
    }
    rename()
}

/// Whether drives answer so for a moment: EACCES, EBUSY, ETXTBSY; on Windows the errors 5, 32 and 33.
pub(super) fn is_busy(error: &io::Error) -> bool {
    let codes: &[i32] = if cfg!(windows) {
        &[5, 32, 33]
    } else {
        &[13, 16, 26]
    };
    error
        .raw_os_error()
        .is_some_and(|code| codes.contains(&code))
}

pub(super) fn persist(path: &Path, new: NamedTempFile, target: &Path) -> Result<(), DiskError> {
    persist_if(path, new, target, || Ok(()))
}

/// Renames if a check, made directly before each attempt, allows it.
pub(super) fn persist_if(
    path: &Path,
    new: NamedTempFile,
    target: &Path,
    check: impl Fn() -> Result<(), DiskError>,
) -> Result<(), DiskError> {
    let refused = Cell::new(None);
    let renamed = persist_with(new, |file| match check() {
        Ok(()) => file.persist(target),
        Err(refusal) => {
            refused.set(Some(refusal));
            let error = io::ErrorKind::Other.into();
            Err(PersistError { error, file })
        }
    });
    match (renamed, refused.take()) {
        (_, Some(refusal)) => Err(refusal),
        (Err((error, _)), None) => Err(to_disk_error(path, "replace the file")(error)),
        (Ok(()), None) => Ok(()),
    }
}

pub(super) fn persist_new(path: &Path, new: NamedTempFile, target: &Path) -> Result<(), DiskError> {
    let temporary = new.path().to_owned();
    match persist_with(new, |new| new.persist_noclobber(target)) {
        Ok(()) => {
            // The file may have been linked under its name instead of renamed.
            let _ = fs::remove_file(temporary);
            Ok(())
        }
        Err((error, _)) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(DiskProblem::Exists.at(path))
        }
        // There was no such file just now.
        Err((error, new))
            if lacks_exclusive_rename(&error) && fs::symlink_metadata(target).is_err() =>
        {
            persist(path, new, target)
        }
        Err((error, _)) => Err(to_disk_error(path, "make the file")(error)),
    }
}

/// Whether a drive answers so that neither knows exclusive renames nor hard links (EPERM).
fn lacks_exclusive_rename(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    ) || cfg!(unix) && error.raw_os_error() == Some(1)
}

/// Renames a temporary file in the given way, again while it is busy; an error gives it back.
fn persist_with(
    new: NamedTempFile,
    rename: impl Fn(NamedTempFile) -> Result<File, PersistError>,
) -> Result<(), (io::Error, NamedTempFile)> {
    let mut waiting = Ok(new);
    let renamed = retry_busy(|| match std::mem::replace(&mut waiting, Err(())) {
        Ok(new) => rename(new).map(drop).map_err(|error| {
            waiting = Ok(error.file);
            error.error
        }),
        Err(()) => Ok(()),
    });
    match (renamed, waiting) {
        (Err(error), Ok(new)) => Err((error, new)),
        _ => Ok(()),
    }
}

pub(super) fn parent_folder(target: &Path) -> PathBuf {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Flushes the folder so that the renaming lasts. Some file systems do not support
/// it, and some folders may not be read; the content is safe all the same.
pub(super) fn flush_folder(target: &Path) -> io::Result<()> {
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

/// Removes temporary files in a folder that are older than a day; younger ones may
/// still be in use.
pub fn remove_stale_temporaries(folder: &Path, now: SystemTime) {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let letters = name.to_str().and_then(|n| n.strip_prefix(TEMPORARY_NAME.0));
        let ours = letters.is_some_and(|rest| {
            rest.len() == TEMPORARY_NAME.1 && rest.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        let old = |metadata: Metadata| {
            let then = metadata.modified().ok().filter(|_| metadata.is_file());
            let age = then.and_then(|then| now.duration_since(then).ok());
            age.is_some_and(|age| age > DAY)
        };
        if ours && entry.metadata().is_ok_and(old) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Copies the metadata of the old file to the new one.
#[cfg(unix)]
fn copy_attributes(old: &File, before: &Metadata, new: &File) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let Ok(now) = new.metadata() else {
        return;
    };
    let mut mode = before.mode() & 0o7777;
    if now.gid() != before.gid() && fchown(new, None, Some(before.gid())).is_err() {
        // The group would be another one: rather no access for it.
        mode &= !0o020;
    }
    if now.uid() != before.uid() {
        let _ = fchown(new, Some(before.uid()), None);
    }
    let _ = new.set_permissions(Permissions::from_mode(mode));
    copy_extended_attributes(old, new);
}

/// Copies extended attributes such as access lists and tags.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn copy_extended_attributes(old: &File, new: &File) {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    // Longer lists and values exist, but not on hand-written files.
    let (mut names, mut value) = (vec![0_u8; 64 * 1024], vec![0_u8; 64 * 1024]);
    let Ok(length) = flistxattr(old, &mut names[..]) else {
        return;
    };
    for name in names[..length].split(|byte| *byte == 0) {
        if name.is_empty() {
            continue;
        }
        if let Ok(length) = fgetxattr(old, name, &mut value[..]) {
            let _ = fsetxattr(new, name, &value[..length], XattrFlags::empty());
        }
    }
}

#[cfg(all(
    unix,
    not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))
))]
fn copy_extended_attributes(_: &File, _: &File) {}

/// Copies the permissions of the old file to the new one.
#[cfg(not(unix))]
fn copy_attributes(_: &File, before: &Metadata, new: &File) {
    let _ = new.set_permissions(before.permissions());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: io::ErrorKind, code: [i32; 2]) -> io::Error {
        let code = code[usize::from(cfg!(windows))];
        let error = io::Error::from_raw_os_error(code);
        assert_eq!(error.kind(), kind);
        error
    }

    #[test]
    fn a_file_in_use_is_renamed_once_it_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("map");
        let new = write_temporary(&target, &target, b"new", None).unwrap();
        let attempts = Cell::new(0);
        let busy_twice = |new: NamedTempFile| {
            attempts.set(attempts.get() + 1);
            if attempts.get() < 3 {
                let error = error(io::ErrorKind::PermissionDenied, [13, 5]);
                return Err(PersistError { error, file: new });
            }
            new.persist(&target)
        };
        persist_with(new, busy_twice)
            .map_err(|(error, _)| error)
            .unwrap();
        assert_eq!(
            (attempts.get(), fs::read(&target).unwrap()),
            (3, b"new".to_vec())
        );
    }

    #[test]
    fn only_files_in_use_are_tried_again_and_not_for_ever() {
        let count = |error: fn() -> io::Error| {
            let mut attempts = 0;
            let result: io::Result<()> = retry_busy(|| {
                attempts += 1;
                Err(error())
            });
            assert!(result.is_err());
            attempts
        };
        assert_eq!(count(|| error(io::ErrorKind::PermissionDenied, [13, 5])), 7);
        assert_eq!(count(|| io::ErrorKind::StorageFull.into()), 1);
        assert_eq!(PAUSES.iter().sum::<u64>(), 935);
    }

    #[test]
    fn a_version_that_appears_while_waiting_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("map");
        crate::storage::write(&target, b"theirs").unwrap();
        let new = write_temporary(&target, &target, b"ours", None).unwrap();
        let refused = persist_if(&target, new, &target, || {
            Err(DiskProblem::Changed.at(&target))
        });
        assert!(matches!(refused.unwrap_err().problem, DiskProblem::Changed));
        assert_eq!(fs::read(&target).unwrap(), b"theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
