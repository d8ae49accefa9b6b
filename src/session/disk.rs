//! Reading and writing files so that nothing is lost: a file is replaced
//! whole or not at all, and written means on the device.
//!
//! Must not know: what the bytes mean.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// The most bytes that [`read`] takes, a little more than any map may have, so
/// that the reader can say what is wrong with the rest.
pub const MOST_BYTES: u64 = 80 * 1024 * 1024;

/// Why a file could not be read or written. The file is as it was before.
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
    #[error("{}: there is no folder {}", path.display(), folder.display())]
    NoFolder {
        /// Which file.
        path: PathBuf,
        /// The missing folder.
        folder: PathBuf,
    },
    /// Anything else that the system said.
    #[error("{}: cannot {doing}: {cause}", path.display())]
    System {
        /// Which file.
        path: PathBuf,
        /// What was attempted.
        doing: &'static str,
        /// What the system said.
        cause: io::Error,
    },
}

/// Names the file and what was attempted.
fn failed<'p>(path: &'p Path, doing: &'static str) -> impl Fn(io::Error) -> DiskError + 'p {
    move |cause| {
        let path = path.to_owned();
        match cause.kind() {
            io::ErrorKind::NotFound => DiskError::Missing { path },
            _ => DiskError::System { path, doing, cause },
        }
    }
}

fn regular(path: &Path, metadata: &Metadata) -> Result<(), DiskError> {
    if metadata.is_file() {
        return Ok(());
    }
    let what = if metadata.is_dir() {
        "a folder"
    } else {
        "a device or a pipe"
    };
    Err(DiskError::NoFile {
        path: path.to_owned(),
        what,
    })
}

/// Reads a whole file. Symbolic links are followed; folders, devices and pipes
/// are refused, and so is anything over [`MOST_BYTES`].
///
/// # Errors
/// Where there is no such file or it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    // Looked at before opening: opening a pipe would wait for its other end.
    let metadata = fs::metadata(path).map_err(failed(path, "read the file"))?;
    regular(path, &metadata)?;
    let too_big = |bytes: u64| DiskError::TooBig {
        path: path.to_owned(),
        megabytes: bytes / (1024 * 1024),
    };
    if metadata.len() > MOST_BYTES {
        return Err(too_big(metadata.len()));
    }
    let file = File::open(path).map_err(failed(path, "open the file"))?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed(path, "read the file"))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_big(bytes.len() as u64));
    }
    Ok(bytes)
}

/// Puts `bytes` in place of what the file holds, or makes the file.
///
/// The new content is written beside the old one, flushed to the device and
/// put in its place by renaming, then the folder is flushed: after a crash at
/// any moment the file is wholly the old or wholly the new one. A symbolic
/// link stays one; permissions are kept.
///
/// # Errors
/// Where the file is write-protected or the system refuses; the old content is
/// then untouched and nothing is left beside it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let target = follow(path)?;
    let permissions = match fs::metadata(&target) {
        Ok(metadata) => {
            regular(path, &metadata)?;
            writable(path, &target, &metadata)?;
            Some(metadata.permissions())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(path, "look at the file")(error)),
    };
    let new = beside(path, &target, bytes, permissions)?;
    new.persist(&target)
        .map_err(|error| failed(path, "replace the file")(error.error))?;
    flush_folder(&target);
    Ok(())
}

/// Like [`write()`], but never replaces a file that is there.
///
/// # Errors
/// Where there is such a file, or the system refuses.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let exists = || DiskError::Exists {
        path: path.to_owned(),
    };
    if fs::symlink_metadata(path).is_ok() {
        return Err(exists());
    }
    let new = beside(path, path, bytes, None)?;
    new.persist_noclobber(path).map_err(|error| {
        if error.error.kind() == io::ErrorKind::AlreadyExists {
            exists()
        } else {
            failed(path, "make the file")(error.error)
        }
    })?;
    flush_folder(path);
    Ok(())
}

/// The file that a chain of symbolic links ends at. It need not exist.
fn follow(path: &Path) -> Result<PathBuf, DiskError> {
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

/// Renaming would replace a write-protected file without asking.
fn writable(path: &Path, target: &Path, metadata: &Metadata) -> Result<(), DiskError> {
    let read_only = || DiskError::ReadOnly {
        path: path.to_owned(),
    };
    // Those whom the system lets write everything respect it too.
    if metadata.permissions().readonly() {
        return Err(read_only());
    }
    match OpenOptions::new().write(true).open(target) {
        Ok(_) => Ok(()),
        Err(error) => match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Err(read_only()),
            _ => Err(failed(path, "write the file")(error)),
        },
    }
}

/// The new content in a file of its own in the folder of `target`, on the device.
/// Removed by itself unless it is put in place.
fn beside(
    path: &Path,
    target: &Path,
    bytes: &[u8],
    kept: Option<Permissions>,
) -> Result<tempfile::NamedTempFile, DiskError> {
    let folder = folder_of(target);
    if !folder.is_dir() {
        return Err(DiskError::NoFolder {
            path: path.to_owned(),
            folder,
        });
    }
    // Short, because the name of the file itself may be as long as the system allows.
    let mut builder = tempfile::Builder::new();
    builder.prefix(".~").rand_bytes(8);
    if let Some(permissions) = kept.clone().or_else(usual_permissions) {
        builder.permissions(permissions);
    }
    let mut new = builder
        .tempfile_in(&folder)
        .map_err(failed(path, "write beside the file"))?;
    new.write_all(bytes)
        .map_err(failed(path, "write the file"))?;
    if let Some(kept) = kept {
        // The user's mask may have taken some away. Some network file systems
        // refuse to set them; the content matters more.
        let _ = new.as_file().set_permissions(kept);
    }
    // Never tried again after an error: the system may then claim success.
    new.as_file()
        .sync_all()
        .map_err(failed(path, "flush the file to the device"))?;
    Ok(new)
}

/// What a new file gets where nothing is said: readable and writable as far as
/// the user's mask allows (the file is made with it and the mask applies).
#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

fn folder_of(target: &Path) -> PathBuf {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Makes the renaming last. Some file systems cannot; the content is safe all the same.
fn flush_folder(target: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder_of(target))
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn writes_new_and_replaces_old_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.journey.ron");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["map.journey.ron"]);
    }

    #[test]
    fn create_never_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map");
        create(&path, b"one").unwrap();
        assert!(matches!(
            create(&path, b"two"),
            Err(DiskError::Exists { .. })
        ));
        assert_eq!(read(&path).unwrap(), b"one");
        assert_eq!(names(folder.path()), ["map"]);
    }

    #[test]
    fn says_what_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path()), Err(DiskError::NoFile { .. })));
        assert!(matches!(
            write(folder.path(), b""),
            Err(DiskError::NoFile { .. })
        ));
        let gone = folder.path().join("gone");
        assert!(matches!(read(&gone), Err(DiskError::Missing { .. })));
        let deep = gone.join("map");
        assert!(matches!(write(&deep, b""), Err(DiskError::NoFolder { .. })));
    }

    #[test]
    fn too_big_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huge");
        File::create(&path)
            .unwrap()
            .set_len(MOST_BYTES + 1)
            .unwrap();
        assert!(matches!(read(&path), Err(DiskError::TooBig { .. })));
    }

    #[test]
    fn names_as_long_as_the_system_allows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x".repeat(255));
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap(), b"two");
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o7777
        }

        #[test]
        fn permissions_are_kept() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("map");
            write(&path, b"one").unwrap();
            for wanted in [0o600, 0o664, 0o666, 0o640] {
                fs::set_permissions(&path, Permissions::from_mode(wanted)).unwrap();
                write(&path, b"two").unwrap();
                assert_eq!(mode(&path), wanted, "{wanted:o}");
            }
        }

        #[test]
        fn new_files_are_as_open_as_any_other() {
            let folder = tempfile::tempdir().unwrap();
            let (ours, plain) = (folder.path().join("ours"), folder.path().join("plain"));
            write(&ours, b"").unwrap();
            File::create(&plain).unwrap();
            assert_eq!(mode(&ours), mode(&plain));
        }

        #[test]
        fn write_protected_files_are_not_replaced() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("map");
            write(&path, b"one").unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
            assert!(matches!(
                write(&path, b"two"),
                Err(DiskError::ReadOnly { .. })
            ));
            assert_eq!(read(&path).unwrap(), b"one");
            assert_eq!(names(folder.path()), ["map"]);
        }

        #[test]
        fn links_stay_links() {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("real")).unwrap();
            let real = folder.path().join("real/map");
            let link = folder.path().join("link");
            symlink("real/map", &link).unwrap();
            write(&link, b"one").unwrap();
            write(&link, b"two").unwrap();
            assert!(
                fs::symlink_metadata(&link)
                    .unwrap()
                    .file_type()
                    .is_symlink()
            );
            assert_eq!(read(&real).unwrap(), b"two");
            assert_eq!(names(&folder.path().join("real")), ["map"]);
            let circle = folder.path().join("circle");
            symlink("circle", &circle).unwrap();
            assert!(matches!(write(&circle, b""), Err(DiskError::NoFile { .. })));
        }

        #[test]
        fn devices_are_no_files() {
            let null = Path::new("/dev/null");
            assert!(matches!(read(null), Err(DiskError::NoFile { .. })));
            assert!(matches!(write(null, b"x"), Err(DiskError::NoFile { .. })));
        }
    }
}
