//! The list of recently opened maps, newest first, stored as one path a line.
//!
//! Must not know: whether the files still exist, and their content.

use super::app_dirs::AppDirs;
use std::path::{Path, PathBuf};

/// The maximum number of entries.
pub const MAX_RECENT: usize = 20;

/// The file in the program's folder.
const FILE: &str = "recent";

/// The maximum length of a path in bytes; longer than any system allows.
const MAX_PATH_BYTES: usize = 32 * 1024;

/// Recently opened and saved maps.
#[derive(Clone, Debug, Default)]
pub struct RecentMaps {
    dirs: AppDirs,
    paths: Vec<PathBuf>,
}

impl RecentMaps {
    /// Loads the list from this folder. Lines that are not paths are skipped.
    pub fn load(home: &AppDirs) -> RecentMaps {
        let mut paths = Vec::new();
        let bytes = home.read(FILE).unwrap_or_default();
        for path in bytes.split(|byte| *byte == b'\n').filter_map(decode_line) {
            if paths.len() < MAX_RECENT && !paths.contains(&path) {
                paths.push(path);
            }
        }
        let dirs = home.clone();
        RecentMaps { dirs, paths }
    }

    /// Returns the paths, newest first.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Moves or adds a map to the front.
    pub fn add(&mut self, path: &Path) {
        let Ok(path) = std::path::absolute(path) else {
            return;
        };
        if encode_line(&path).is_none() {
            return;
        }
        self.change(|paths| {
            paths.retain(|known| *known != path);
            paths.insert(0, path);
        });
    }

    /// Removes a map from the list; its file stays.
    pub fn remove(&mut self, path: &Path) {
        self.change(|paths| paths.retain(|known| known != path));
    }

    fn change(&mut self, change: impl FnOnce(&mut Vec<PathBuf>)) {
        // Another window may have changed the list since.
        if self.dirs.config_dir().is_some() {
            *self = RecentMaps::load(&self.dirs);
        }
        change(&mut self.paths);
        self.paths.truncate(MAX_RECENT);
        let mut bytes = Vec::new();
        for line in self.paths.iter().filter_map(|path| encode_line(path)) {
            bytes.extend_from_slice(line);
            bytes.push(b'\n');
        }
        // A failed write must not disturb the user's work.
        let _ = self.dirs.write(FILE, &bytes);
    }
}

/// Returns the line of a path; `None` if it contains line breaks or is too long.
fn encode_line(path: &Path) -> Option<&[u8]> {
    let line = path.as_os_str().as_encoded_bytes();
    is_line(line).then_some(line)
}

/// Returns the path in a line; `None` if it is invalid or not absolute.
fn decode_line(line: &[u8]) -> Option<PathBuf> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    #[cfg(unix)]
    let path = Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(line));
    #[cfg(not(unix))]
    let path = Path::new(std::str::from_utf8(line).ok()?);
    (is_line(line) && path.is_absolute()).then(|| path.to_owned())
}

fn is_line(bytes: &[u8]) -> bool {
    bytes.len() <= MAX_PATH_BYTES && !bytes.iter().any(|b| matches!(b, 0 | b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_newest_map_is_first_without_duplicates() {
        let folder = tempfile::tempdir().unwrap();
        let home = AppDirs::in_folder(folder.path());
        let map = |name: &str| folder.path().join(name);
        let mut recent = RecentMaps::load(&home);
        for name in ["a", "b", "c", "a"] {
            recent.add(&map(name));
        }
        assert_eq!(recent.paths(), [map("a"), map("c"), map("b")]);
        assert_eq!(RecentMaps::load(&home).paths(), recent.paths());
        recent.remove(&map("c"));
        assert_eq!(RecentMaps::load(&home).paths(), [map("a"), map("b")]);
    }

    #[test]
    fn two_windows_share_a_list_of_limited_length() {
        let folder = tempfile::tempdir().unwrap();
        let home = AppDirs::in_folder(folder.path());
        let (mut one, mut other) = (RecentMaps::load(&home), RecentMaps::load(&home));
        one.add(&folder.path().join("one"));
        other.add(&folder.path().join("other"));
        assert_eq!(other.paths().len(), 2);
        for i in 0..2 * MAX_RECENT {
            one.add(&folder.path().join(i.to_string()));
        }
        assert_eq!(one.paths().len(), MAX_RECENT);
        assert!(one.paths()[0].ends_with("39"));
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_are_not_unicode_are_kept_and_line_breaks_are_not() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let home = AppDirs::in_folder(folder.path());
        let mut recent = RecentMaps::load(&home);
        let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"\xff\xfe"));
        recent.add(&odd);
        recent.add(&folder.path().join("two\nlines"));
        assert_eq!(RecentMaps::load(&home).paths(), [odd]);
    }

    #[test]
    fn without_a_folder_the_list_is_kept_in_memory() {
        let mut recent = RecentMaps::load(&AppDirs::none());
        recent.add(Path::new("a"));
        recent.add(Path::new("b"));
        assert_eq!(recent.paths().len(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_file_content_is_accepted(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let folder = tempfile::tempdir().unwrap();
            let home = AppDirs::in_folder(folder.path());
            home.write(FILE, &bytes).unwrap();
            let mut recent = RecentMaps::load(&home);
            prop_assert!(recent.paths().iter().all(|path| path.is_absolute()));
            let map = folder.path().join("map");
            recent.add(&map);
            let again = RecentMaps::load(&home);
            prop_assert_eq!(again.paths(), recent.paths());
            prop_assert_eq!(again.paths().first(), Some(&map));
        }
    }
}
