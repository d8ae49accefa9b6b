//! Reading and writing files without loss: a file is replaced completely or not at
//! all, and is flushed to the device before it counts as written.
//!
//! Must not know: what the bytes mean.

use super::error::{DiskError, DiskProblem, to_disk_error};
use crate::edit::journal::Fingerprint;
use std::fs::{self, File, Metadata};
use std::io::Read as _;
use std::path::Path;

/// The maximum size in bytes that [`read`] accepts, slightly more than the largest
/// map, so that the parser can report the exact limit.
pub const MAX_BYTES: u64 = 80 * 1024 * 1024;

pub(crate) fn check_regular_file(path: &Path, metadata: &Metadata) -> Result<(), DiskError> {
    let what = match metadata.file_type() {
        kind if kind.is_file() => return Ok(()),
        kind if kind.is_dir() => "a folder",
        _ => "a device or a pipe",
    };
    Err(DiskProblem::NotAFile(what).at(path))
}

/// Reads a whole file. Symbolic links are followed; folders, devices and pipes are
/// refused, and so is anything over [`MAX_BYTES`].
///
/// # Errors
/// If there is no such file or it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    // Checked before opening: opening a pipe would wait for its other end.
    let metadata = fs::metadata(path).map_err(to_disk_error(path, "read the file"))?;
    check_regular_file(path, &metadata)?;
    let too_large = |bytes: u64| Err(DiskProblem::TooLarge(bytes / (1024 * 1024)).at(path));
    if metadata.len() > MAX_BYTES {
        return too_large(metadata.len());
    }
    let file = File::open(path).map_err(to_disk_error(path, "open the file"))?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(to_disk_error(path, "read the file"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return too_large(bytes.len() as u64);
    }
    Ok(bytes)
}

/// Memory that a map takes, in bytes for each byte of its file.
const MEMORY_PER_BYTE: usize = 20;

/// Reads a map like [`read`], if the system would give the memory that its content takes. Where it
/// refuses, by a limit on the process or because there is not as much, a later allocation would end
/// the program.
///
/// # Errors
/// As [`read`], and if there is not enough memory.
pub fn read_map(path: &Path) -> Result<Vec<u8>, DiskError> {
    let bytes = read(path)?;
    let needed = bytes.len().saturating_mul(MEMORY_PER_BYTE);
    let reserved = Vec::<u8>::new().try_reserve_exact(needed);
    reserved.map_err(|_| DiskProblem::OutOfMemory.at(path))?;
    Ok(bytes)
}

/// The state of a file compared with its last known content.
#[derive(Debug)]
pub enum FileChange {
    /// The content is the same.
    Unchanged,
    /// The content differs; the new bytes.
    Changed(Vec<u8>),
    /// The file cannot be read; the cause.
    Missing(DiskError),
}

/// Compares a file with its last known fingerprint.
pub fn compare_with_disk(path: &Path, seen: Fingerprint) -> FileChange {
    match read(path) {
        Ok(bytes) if Fingerprint::of(&bytes) == seen => FileChange::Unchanged,
        Ok(bytes) => FileChange::Changed(bytes),
        Err(error) => FileChange::Missing(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{
        SidecarKind, WriteNote, create, remove_stale_temporaries, write, write_if_unchanged,
        write_sidecar,
    };

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn writing_creates_and_replaces_without_temporary_files_left() {
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
            Err(DiskError {
                problem: DiskProblem::Exists,
                ..
            })
        ));
        assert_eq!(read(&path).unwrap(), b"one");
        assert_eq!(names(folder.path()), ["map"]);
    }

    #[test]
    fn folders_and_missing_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(
            read(folder.path()),
            Err(DiskError {
                problem: DiskProblem::NotAFile(_),
                ..
            })
        ));
        assert!(matches!(
            write(folder.path(), b""),
            Err(DiskError {
                problem: DiskProblem::NotAFile(_),
                ..
            })
        ));
        let gone = folder.path().join("gone");
        assert!(matches!(
            read(&gone),
            Err(DiskError {
                problem: DiskProblem::Missing,
                ..
            })
        ));
        let deep = gone.join("map");
        assert!(matches!(
            write(&deep, b""),
            Err(DiskError {
                problem: DiskProblem::MissingFolder,
                ..
            })
        ));
    }

    #[test]
    fn too_large_files_are_refused_before_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huge");
        File::create(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
        assert!(matches!(
            read(&path),
            Err(DiskError {
                problem: DiskProblem::TooLarge(_),
                ..
            })
        ));
    }

    #[test]
    fn longest_file_names_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x".repeat(255));
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap(), b"two");
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::fs::Permissions;
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

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
        fn new_files_get_default_permissions() {
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
                Err(DiskError {
                    problem: DiskProblem::ReadOnly,
                    ..
                })
            ));
            assert_eq!(read(&path).unwrap(), b"one");
            assert_eq!(names(folder.path()), ["map"]);
        }

        #[test]
        fn symbolic_links_are_followed_and_kept() {
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
            assert!(matches!(
                write(&circle, b""),
                Err(DiskError {
                    problem: DiskProblem::NotAFile(_),
                    ..
                })
            ));
        }

        #[test]
        fn devices_are_refused() {
            let null = Path::new("/dev/null");
            assert!(matches!(
                read(null),
                Err(DiskError {
                    problem: DiskProblem::NotAFile(_),
                    ..
                })
            ));
            assert!(matches!(
                write(null, b"x"),
                Err(DiskError {
                    problem: DiskProblem::NotAFile(_),
                    ..
                })
            ));
        }

        #[test]
        fn hard_links_are_reported_and_keep_the_previous_content() {
            let folder = tempfile::tempdir().unwrap();
            let (path, other) = (folder.path().join("map"), folder.path().join("other"));
            write(&path, b"one").unwrap();
            fs::hard_link(&path, &other).unwrap();
            let written = write_if_unchanged(&path, b"two", Some(Fingerprint::of(b"one"))).unwrap();
            assert_eq!(written.notes, [WriteNote::HardLinks(1)]);
            assert_eq!(read(&other).unwrap(), b"one");
        }

        #[test]
        fn owner_and_attributes_are_kept_if_the_system_allows() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("map");
            write(&path, b"one").unwrap();
            let file = File::open(&path).unwrap();
            let name = "user.tag";
            let set = rustix::fs::fsetxattr(&file, name, b"red", rustix::fs::XattrFlags::empty());
            // Only a superuser can change the owner.
            let _ = std::os::unix::fs::chown(&path, Some(12), Some(34));
            let before = fs::metadata(&path).unwrap();
            write(&path, b"two").unwrap();
            let after = fs::metadata(&path).unwrap();
            assert_eq!((before.uid(), before.gid()), (after.uid(), after.gid()));
            assert_eq!(before.mode(), after.mode());
            if set.is_ok() {
                let mut value = [0; 3];
                let file = File::open(&path).unwrap();
                assert_eq!(rustix::fs::fgetxattr(&file, name, &mut value), Ok(3));
                assert_eq!(&value, b"red");
            }
        }
    }

    #[test]
    fn unexpected_content_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map");
        write(&path, b"theirs").unwrap();
        let changed = write_if_unchanged(&path, b"ours", Some(Fingerprint::of(b"before")));
        assert!(matches!(
            changed,
            Err(DiskError {
                problem: DiskProblem::Changed,
                ..
            })
        ));
        assert_eq!(read(&path).unwrap(), b"theirs");
        write_if_unchanged(&path, b"ours", Some(Fingerprint::of(b"theirs"))).unwrap();
        assert_eq!(read(&path).unwrap(), b"ours");
        fs::remove_file(&path).unwrap();
        let again = write_if_unchanged(&path, b"ours", Some(Fingerprint::of(b"ours"))).unwrap();
        assert_eq!(again.notes, [WriteNote::Recreated]);
        assert_eq!(names(folder.path()), ["map"]);
    }

    #[test]
    fn kept_versions_are_numbered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map");
        for (content, name) in [("a", "map.bak"), ("b", "map.bak2"), ("c", "map.bak3")] {
            let beside = write_sidecar(&path, SidecarKind::Backup, content.as_bytes()).unwrap();
            assert_eq!(beside, folder.path().join(name));
            assert_eq!(read(&beside).unwrap(), content.as_bytes());
        }
        let path = folder.path().join("a.journey.ron");
        for name in ["a.theirs.journey.ron", "a.theirs2.journey.ron"] {
            let beside = write_sidecar(&path, SidecarKind::Theirs, b"").unwrap();
            assert_eq!(beside, folder.path().join(name));
        }
    }

    #[test]
    fn stale_temporary_files_are_removed_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".~abCD1234", ".~abCD123", "map", ".~lock.map#"] {
            write(&folder.path().join(name), b"").unwrap();
        }
        let now = fs::metadata(folder.path().join("map"))
            .unwrap()
            .modified()
            .unwrap();
        let hour = std::time::Duration::from_secs(3600);
        remove_stale_temporaries(folder.path(), now + hour);
        assert_eq!(names(folder.path()).len(), 4);
        remove_stale_temporaries(folder.path(), now + 25 * hour);
        assert_eq!(names(folder.path()), [".~abCD123", ".~lock.map#", "map"]);
    }
}
