//! Why files cannot be read or written, in a sentence for people.

use crate::edit::journal::Seen;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file could not be read or written. The file is as it was before, except
/// where the drive did not confirm.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// There is no such file.
    #[error("{}: there is no such file", path.display())]
    Missing {
        /// Which.
        path: PathBuf,
    },
    /// It is a folder, a device or the like.
    #[error("{}: this is {what}, not a file", path.display())]
    NoFile {
        /// Which.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// It has too many bytes.
    #[error("{}: the file has {megabytes} MB; that is too much for a map", path.display())]
    TooBig {
        /// Which.
        path: PathBuf,
        /// Its size.
        megabytes: u64,
    },
    /// It is there already, and should not be replaced.
    #[error("{}: there is such a file already", path.display())]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// It is write-protected.
    #[error("{}: the file is write-protected; save under another name", path.display())]
    ReadOnly {
        /// Which.
        path: PathBuf,
    },
    /// The folder it should go to is not there.
    #[error("{}: its folder is not there", path.display())]
    NoFolder {
        /// Which file.
        path: PathBuf,
    },
    /// Somebody else has changed it since it was last seen.
    #[error("{}: somebody else has changed this file; nothing was written", path.display())]
    Changed {
        /// Which.
        path: PathBuf,
    },
    /// Nothing can be written beside it.
    #[error(
        "{}: you may not write in its folder, so it cannot be put there safely; save in another folder",
        path.display()
    )]
    ReadOnlyFolder {
        /// Which file.
        path: PathBuf,
    },
    /// It may not be looked at.
    #[error("{}: you have no permission to {doing}", path.display())]
    Denied {
        /// Which.
        path: PathBuf,
        /// What was attempted.
        doing: &'static str,
    },
    /// There is no room left for it.
    #[error("{}: there is no room left on this drive", path.display())]
    Full {
        /// Which.
        path: PathBuf,
    },
    /// The drive it is on does not answer any more.
    #[error("{}: the drive or the connection to it is gone", path.display())]
    DriveGone {
        /// Which.
        path: PathBuf,
    },
    /// The drive says that it could not do it.
    #[error("{}: the drive reports an error and may be failing", path.display())]
    DriveFails {
        /// Which.
        path: PathBuf,
    },
    /// It was written, but whether that lasts nobody knows.
    #[error("{}: the drive did not confirm that it has the file; save again or in another folder", path.display())]
    NotConfirmed {
        /// Which.
        path: PathBuf,
        /// What it holds, if that lasts.
        seen: Seen,
    },
    /// Its name is longer than the system allows.
    #[error("{}: the name is too long", path.display())]
    LongName {
        /// Which.
        path: PathBuf,
    },
    /// Anything else that the system said.
    #[error("{}: cannot {doing}: {}", path.display(), words(cause))]
    System {
        /// Which file.
        path: PathBuf,
        /// What was attempted.
        doing: &'static str,
        /// What the system said.
        cause: io::Error,
    },
}

/// What the system said, without its number.
fn words(error: &io::Error) -> String {
    let words = error.to_string();
    match words.rsplit_once(" (os error ") {
        Some((words, _)) => words.to_owned(),
        None => words,
    }
}

/// The system's own number of an error, also where somebody wrapped it.
fn number(error: &io::Error) -> Option<i32> {
    let wrapped = || {
        let inner = error.get_ref()?.source()?;
        inner.downcast_ref::<io::Error>()?.raw_os_error()
    };
    error.raw_os_error().or_else(wrapped)
}

/// Names the file, what was attempted, and what stood in the way.
pub(crate) fn failed<'p>(
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
            | io::ErrorKind::FileTooLarge => DiskError::Full { path },
            io::ErrorKind::InvalidFilename => DiskError::LongName { path },
            io::ErrorKind::StaleNetworkFileHandle
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::NotConnected
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::TimedOut => DiskError::DriveGone { path },
            _ => match number(&cause) {
                // ENXIO, ENODEV, EHOSTDOWN: the standard library has no names for them.
                Some(6 | 19 | 112) if cfg!(unix) => DiskError::DriveGone { path },
                // EIO
                Some(5) if cfg!(unix) => DiskError::DriveFails { path },
                _ => DiskError::System { path, doing, cause },
            },
        }
    }
}
