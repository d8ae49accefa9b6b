//! Errors of reading and writing files, as sentences for the user.
//!
//! Must not know: windows, what the bytes mean.

use crate::edit::journal::Fingerprint;
use std::io;
use std::path::{Path, PathBuf};

/// An error while reading or writing a file. The file is unchanged, except after
/// [`DiskError::NotConfirmed`].
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The file does not exist.
    #[error("{}: there is no such file", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The path is a folder, a device or the like.
    #[error("{}: this is {what}, not a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// The kind of entry found instead.
        what: &'static str,
    },
    /// The file is too large.
    #[error("{}: the file has {megabytes} MB; that is too much for a map", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The size of the file in MB.
        megabytes: u64,
    },
    /// The file exists already and must not be replaced.
    #[error("{}: the file already exists", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file is write-protected.
    #[error("{}: the file is write-protected; save under another name", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The folder of the file does not exist.
    #[error("{}: its folder does not exist", path.display())]
    MissingFolder {
        /// The file.
        path: PathBuf,
    },
    /// The file was changed by another program since it was last read.
    #[error("{}: somebody else has changed this file; nothing was written", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The folder of the file is not writable.
    #[error(
        "{}: you may not write in its folder, so it cannot be put there safely; save in another folder",
        path.display()
    )]
    ReadOnlyFolder {
        /// The file.
        path: PathBuf,
    },
    /// Permission denied.
    #[error("{}: you have no permission to {doing}", path.display())]
    Denied {
        /// The file.
        path: PathBuf,
        /// The attempted operation.
        doing: &'static str,
    },
    /// No space is left on the drive.
    #[error("{}: there is no room left on this drive", path.display())]
    DriveFull {
        /// The file.
        path: PathBuf,
    },
    /// The drive or the connection to it no longer responds.
    #[error("{}: the drive or the connection to it is gone", path.display())]
    DriveGone {
        /// The file.
        path: PathBuf,
    },
    /// The drive reports an input/output error.
    #[error("{}: the drive reports an error and may be failing", path.display())]
    DriveFailure {
        /// The file.
        path: PathBuf,
    },
    /// The file was written, but flushing its folder failed, so the change may be
    /// lost.
    #[error("{}: the drive did not confirm that it has the file; save again or in another folder", path.display())]
    NotConfirmed {
        /// The file.
        path: PathBuf,
        /// The fingerprint of the content written.
        fingerprint: Fingerprint,
    },
    /// The file name is longer than the system allows.
    #[error("{}: the name is too long", path.display())]
    NameTooLong {
        /// The file.
        path: PathBuf,
    },
    /// Any other system error.
    #[error("{}: cannot {doing}: {}", path.display(), system_message(cause))]
    System {
        /// The file.
        path: PathBuf,
        /// The attempted operation.
        doing: &'static str,
        /// The system error.
        cause: io::Error,
    },
}

/// Returns the system's message without the error number.
fn system_message(error: &io::Error) -> String {
    let words = error.to_string();
    match words.rsplit_once(" (os error ") {
        Some((words, _)) => words.to_owned(),
        None => words,
    }
}

/// Returns the system's error number, also of a wrapped error.
fn os_error_code(error: &io::Error) -> Option<i32> {
    let wrapped = || {
        let inner = error.get_ref()?.source()?;
        inner.downcast_ref::<io::Error>()?.raw_os_error()
    };
    error.raw_os_error().or_else(wrapped)
}

/// Converts system errors of an operation on a file.
pub(crate) fn to_disk_error<'p>(
    path: &'p Path,
    doing: &'static str,
) -> impl Fn(io::Error) -> DiskError + 'p {
    move |cause| {
        let path = path.to_owned();
        match cause.kind() {
            io::ErrorKind::NotFound => DiskError::Missing { path },
            io::ErrorKind::PermissionDenied => DiskError::Denied { path, doing },
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => DiskError::DriveFull { path },
            io::ErrorKind::InvalidFilename => DiskError::NameTooLong { path },
            io::ErrorKind::StaleNetworkFileHandle
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::NotConnected
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::TimedOut => DiskError::DriveGone { path },
            _ => match os_error_code(&cause) {
                // ENXIO, ENODEV, EHOSTDOWN: the standard library has no kinds for
                // them.
                Some(6 | 19 | 112) if cfg!(unix) => DiskError::DriveGone { path },
                // EIO
                Some(5) if cfg!(unix) => DiskError::DriveFailure { path },
                _ => DiskError::System { path, doing, cause },
            },
        }
    }
}
