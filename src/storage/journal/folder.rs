//! The folder for journals, which are unsaved work: nobody else may write there.
//!
//! Must not know: journals.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

/// Creates the folder, private to the user. From one that exists and is the user's own, the right
/// of others to write is taken.
///
/// # Errors
/// If the system refuses, or if others may write in a folder that is not the user's own.
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => narrow(folder, &metadata),
        _ => {
            fs::create_dir_all(folder)?;
            set_mode(folder, 0o700)
        }
    }
}

#[cfg(unix)]
fn narrow(folder: &Path, metadata: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    const OTHERS_WRITE: u32 = 0o022;
    /// Of a folder that is shared on purpose, such as `/tmp`.
    const STICKY: u32 = 0o1000;
    let mode = metadata.mode() & 0o7777;
    if mode & OTHERS_WRITE == 0 {
        return Ok(());
    }
    if mode & STICKY != 0 || metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::other(
            "others may write in this folder; choose one of your own",
        ));
    }
    set_mode(folder, mode & !OTHERS_WRITE)
}

#[cfg(unix)]
fn set_mode(folder: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn narrow(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::MetadataExt as _;

    #[test]
    fn others_may_not_write_in_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let mode = |folder: &Path| fs::metadata(folder).unwrap().mode() & 0o7777;
        let folder = home.path().join("a/b");
        make_private(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        for (before, after) in [
            (0o777, 0o755),
            (0o775, 0o755),
            (0o750, 0o750),
            (0o2770, 0o2750),
        ] {
            set_mode(&folder, before).unwrap();
            make_private(&folder).unwrap();
            assert_eq!(mode(&folder), after, "{before:o}");
        }
        set_mode(&folder, 0o1777).unwrap();
        assert!(make_private(&folder).is_err());
        assert_eq!(mode(&folder), 0o1777);
    }
}
