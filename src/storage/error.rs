//! Errors of reading and writing files, as sentences for the user.
//!
//! Must not know: windows, what the bytes mean.

use crate::edit::journal::Fingerprint;
use std::io;
use std::path::{Path, PathBuf};

/// An error while reading or writing a file. The file is unchanged, except after
/// [`DiskProblem::NotConfirmed`].
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct DiskError {
    /// The file.
    pub path: PathBuf,
    /// The problem with it.
    pub problem: DiskProblem,
}

/// A problem with a file or its drive.
#[derive(Debug, thiserror::Error)]
pub enum DiskProblem {
    /// The file does not exist.
    #[error("there is no such file")]
    Missing,
    /// The path is a folder, a device or the like: the kind of entry.
    #[error("this is {0}, not a file")]
    NotAFile(&'static str),
    /// The file is too large: its size in MB.
    #[error("the file has {0} MB; that is too much for a map")]
    TooLarge(u64),
    /// The file exists already and must not be replaced.
    #[error("the file already exists")]
    Exists,
    /// The file is write-protected.
    #[error("the file is write-protected; save under another name")]
    ReadOnly,
    /// The folder of the file does not exist.
    #[error("its folder does not exist")]
    MissingFolder,
    /// The file was changed by another program since it was last read.
    #[error("somebody else has changed this file; nothing was written")]
    Changed,
    /// The folder of the file is not writable.
    #[error(
        "you may not write in its folder, so it cannot be put there safely; save in another folder"
    )]
    ReadOnlyFolder,
    /// Permission denied: the attempted operation.
    #[error("you have no permission to {0}")]
    Denied(&'static str),
    /// No space is left on the drive.
    #[error("there is no room left on this drive")]
    DriveFull,
    /// The system's limit on the size of files is reached.
    #[error("a limit on the size of files keeps it from being written; raise it (ulimit -f)")]
    FileSizeLimit,
    /// There is not enough memory to open the file.
    #[error("there is not enough memory to open this file")]
    OutOfMemory,
    /// Another program keeps the file from being replaced.
    #[error("another program is using the file; try again when it has closed it")]
    InUse,
    /// The drive or the connection to it no longer responds.
    #[error("the drive or the connection to it is gone")]
    DriveGone,
    /// The drive reports an input/output error.
    #[error("the drive reports an error and may be failing")]
    DriveFailure,
    /// The file was written, but flushing its folder failed, so the change may be
    /// lost: the fingerprint of the content written.
    #[error("the drive did not confirm that it has the file; save again or in another folder")]
    NotConfirmed(Fingerprint),
    /// The file name is longer than the system allows.
    #[error("the name is too long")]
    NameTooLong,
    /// Any other system error: the attempted operation and the cause.
    #[error("cannot {0}: {reason}", reason = system_message(.1))]
    System(&'static str, io::Error),
}

impl DiskProblem {
    /// Returns the error about a file.
    pub fn at(self, path: &Path) -> DiskError {
        DiskError {
            path: path.to_owned(),
            problem: self,
        }
    }
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
        let problem = match cause.kind() {
            io::ErrorKind::NotFound => DiskProblem::Missing,
            io::ErrorKind::PermissionDenied => DiskProblem::Denied(doing),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => DiskProblem::DriveFull,
            io::ErrorKind::FileTooLarge => DiskProblem::FileSizeLimit,
            io::ErrorKind::OutOfMemory => DiskProblem::OutOfMemory,
            io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => DiskProblem::InUse,
            io::ErrorKind::InvalidFilename => DiskProblem::NameTooLong,
            io::ErrorKind::StaleNetworkFileHandle
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::NotConnected
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::TimedOut => DiskProblem::DriveGone,
            _ => match os_error_code(&cause) {
                // ENXIO, ENODEV, EHOSTDOWN: the standard library has no kinds for
                // them.
                Some(6 | 19 | 112) if cfg!(unix) => DiskProblem::DriveGone,
                // EIO
                Some(5) if cfg!(unix) => DiskProblem::DriveFailure,
                _ => DiskProblem::System(doing, cause),
            },
        };
        problem.at(path)
    }
}
