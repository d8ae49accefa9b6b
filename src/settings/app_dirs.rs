//! The program's own folders: one for the user's data (recent maps, preferences),
//! all of which is expendable, and one for journals, which only [`super::Journals`]
//! uses.
//!
//! Must not know: the meaning of the files.

use crate::storage::{DiskError, disk};
use std::path::{Path, PathBuf};

/// The maximum size in bytes of a file in this folder.
const MAX_BYTES: u64 = 1024 * 1024;

/// The program's own folders; `None` if there are none: then nothing is read or
/// written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppDirs(Option<PathBuf>, Option<PathBuf>);

impl AppDirs {
    /// No folders: for tests, and if the system names none.
    pub fn none() -> AppDirs {
        AppDirs(None, None)
    }

    /// A given folder, which need not exist yet.
    pub fn in_folder(folder: impl Into<PathBuf>) -> AppDirs {
        let folder = folder.into();
        let journals = folder.join("journals");
        AppDirs(Some(folder), Some(journals))
    }

    /// The folders that the system provides for such data:
    /// `$XDG_CONFIG_HOME/touchline` or `~/.config/touchline`, on macOS
    /// `~/Library/Application Support/Touchline`, on Windows `%APPDATA%\Touchline`;
    /// journals in `$XDG_STATE_HOME/touchline` or `~/.local/state/touchline`, on
    /// Windows in `%LOCALAPPDATA%\Touchline`.
    pub fn for_user() -> AppDirs {
        // Relative values are to be ignored (XDG Base Directory Specification).
        let named = |variable: &str| {
            let path = PathBuf::from(std::env::var_os(variable)?);
            path.is_absolute().then_some(path)
        };
        let own = || std::env::home_dir().filter(|home| home.is_absolute());
        let (config, state) = if cfg!(windows) {
            let local = named("LOCALAPPDATA").or_else(|| named("APPDATA"));
            let below = |data: PathBuf| data.join("Touchline");
            (named("APPDATA").map(below), local.map(below))
        } else if cfg!(target_os = "macos") {
            let own = own().map(|home| home.join("Library/Application Support/Touchline"));
            (own.clone(), own)
        } else {
            let base = |variable, usual| named(variable).or_else(|| Some(own()?.join(usual)));
            let config = base("XDG_CONFIG_HOME", ".config");
            let state = base("XDG_STATE_HOME", ".local/state");
            let below = |folder: PathBuf| folder.join("touchline");
            (config.map(below), state.map(below))
        };
        AppDirs(config, state.map(|folder| folder.join("journals")))
    }

    /// Returns the folder for journals, if there is one.
    pub fn journals_dir(&self) -> Option<&Path> {
        self.1.as_deref()
    }

    /// Returns the folder for user data, if there is one.
    pub fn config_dir(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// Reads a file of the folder; `None` if it does not exist, cannot be read or is
    /// larger than 1 MiB.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.0.as_ref()?.join(name);
        let size = std::fs::metadata(&path).ok()?.len();
        (size <= MAX_BYTES).then(|| disk::read(&path).ok())?
    }

    /// Whether the folder has an entry of this name, readable or not.
    pub fn contains(&self, name: &str) -> bool {
        let path = self.0.as_ref().map(|folder| folder.join(name));
        path.is_some_and(|path| path.symlink_metadata().is_ok())
    }

    /// Renames an unusable file by appending `.bad`, replacing an earlier file of
    /// that name.
    ///
    /// # Errors
    /// If the system refuses; the file is then still there.
    pub fn quarantine(&self, name: &str) -> std::io::Result<()> {
        match &self.0 {
            Some(folder) => std::fs::rename(folder.join(name), folder.join(format!("{name}.bad"))),
            None => Ok(()),
        }
    }

    /// Writes a file into the folder, which is created if missing.
    ///
    /// # Errors
    /// If the system refuses; the file is then unchanged.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
        let Some(folder) = &self.0 else {
            return Ok(());
        };
        std::fs::create_dir_all(folder).map_err(|cause| DiskError::System {
            path: folder.clone(),
            doing: "make the folder",
            cause,
        })?;
        crate::storage::write(&folder.join(name), bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_round_trip_and_the_folder_is_created() {
        let folder = tempfile::tempdir().unwrap();
        let home = AppDirs::in_folder(folder.path().join("a/b"));
        assert_eq!(home.read("x"), None);
        home.write("x", b"one").unwrap();
        home.write("x", b"two").unwrap();
        assert_eq!(home.read("x").as_deref(), Some(b"two".as_slice()));
    }

    #[test]
    fn without_folders_nothing_is_stored() {
        let home = AppDirs::none();
        home.write("x", b"one").unwrap();
        assert_eq!(home.read("x"), None);
        assert_eq!(home.config_dir(), None);
    }

    #[test]
    fn a_folder_that_cannot_be_created_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        crate::storage::write(&file, b"").unwrap();
        let home = AppDirs::in_folder(file.join("below"));
        assert!(home.write("x", b"one").is_err());
        assert_eq!(home.read("x"), None);
    }

    #[test]
    fn too_large_files_are_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let home = AppDirs::in_folder(folder.path());
        let file = std::fs::File::create(folder.path().join("x")).unwrap();
        file.set_len(MAX_BYTES + 1).unwrap();
        assert_eq!(home.read("x"), None);
    }
}
