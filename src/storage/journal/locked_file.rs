//! Files that are locked while their program runs.
//!
//! Must not know: the content of the files.

use crate::storage::temporary::{flush_folder, temporary_file};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Creates a file that is complete, flushed and locked, or none at all.
pub(super) fn create_locked(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut new = temporary_file().tempfile_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    // Without lock support, a second window may offer a map that is open here.
    let _ = new.as_file().try_lock();
    let file = new.persist(path).map_err(|error| error.error)?;
    let _ = flush_folder(path);
    Ok(file)
}

/// Opens a journal that no program is writing; `None` if it is in use or cannot be
/// opened.
pub(crate) fn open_unlocked(path: &Path) -> Option<File> {
    let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => None,
        // Without lock support, a journal in use by another process cannot be
        // detected.
        _ => Some(file),
    }
}
