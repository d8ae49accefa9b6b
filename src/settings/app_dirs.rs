//! The folders for what the program keeps beside maps: one for what is about its
//! user (recent maps, preferences), of which all may be lost, and one for
//! journals, which nobody but [`super::Journals`] touches.
//!
//! Must not know: what the files say.

use crate::storage::{DiskError, disk};
use std::path::{Path, PathBuf};

/// The most bytes a file in this folder may have.
const MOST_BYTES: u64 = 1024 * 1024;

/// The program's own folders, or none: then nothing is found and nothing kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home(Option<PathBuf>, Option<PathBuf>);

impl Home {
    /// No folder: for tests, and where the system names none.
    pub fn nowhere() -> Home {
        Home(None, None)
    }

    /// A folder of one's own choice. It need not exist yet.
    pub fn at(folder: impl Into<PathBuf>) -> Home {
        let folder = folder.into();
        let journals = folder.join("journals");
        Home(Some(folder), Some(journals))
    }

    /// Where the system wants programs to keep such things:
    /// `$XDG_CONFIG_HOME/touchline` or `~/.config/touchline`, on macOS
    /// `~/Library/Application Support/Touchline`, on Windows `%APPDATA%\Touchline`;
    /// journals in `$XDG_STATE_HOME/touchline` or `~/.local/state/touchline`, on
    /// Windows in `%LOCALAPPDATA%\Touchline`.
    pub fn of_user() -> Home {
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
        Home(config, state.map(|folder| folder.join("journals")))
    }

    /// Where journals are kept, where they are.
    pub fn journals(&self) -> Option<&Path> {
        self.1.as_deref()
    }

    /// The folder, where there is one.
    pub fn folder(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// What a file in the folder holds; `None` where there is none, it cannot
    /// be read or is far too large.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.0.as_ref()?.join(name);
        let size = std::fs::metadata(&path).ok()?.len();
        (size <= MOST_BYTES).then(|| disk::read(&path).ok())?
    }

    /// Whether there is such a file, whatever it holds.
    pub fn has(&self, name: &str) -> bool {
        let path = self.0.as_ref().map(|folder| folder.join(name));
        path.is_some_and(|path| path.symlink_metadata().is_ok())
    }

    /// Gives a file that is of no use another name, with `.bad` behind it. A
    /// file that was put aside before makes way.
    ///
    /// # Errors
    /// Where the system refuses; the file is then still there.
    pub fn put_aside(&self, name: &str) -> std::io::Result<()> {
        match &self.0 {
            Some(folder) => std::fs::rename(folder.join(name), folder.join(format!("{name}.bad"))),
            None => Ok(()),
        }
    }

    /// Puts a file into the folder, which is made where it is missing.
    ///
    /// # Errors
    /// Where the system refuses; the file is then as it was before.
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
    fn what_is_written_is_read_again_and_the_folder_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("a/b"));
        assert_eq!(home.read("x"), None);
        home.write("x", b"one").unwrap();
        home.write("x", b"two").unwrap();
        assert_eq!(home.read("x").as_deref(), Some(b"two".as_slice()));
    }

    #[test]
    fn nowhere_keeps_nothing() {
        let home = Home::nowhere();
        home.write("x", b"one").unwrap();
        assert_eq!(home.read("x"), None);
        assert_eq!(home.folder(), None);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        crate::storage::write(&file, b"").unwrap();
        let home = Home::at(file.join("below"));
        assert!(home.write("x", b"one").is_err());
        assert_eq!(home.read("x"), None);
    }

    #[test]
    fn what_is_far_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path());
        let file = std::fs::File::create(folder.path().join("x")).unwrap();
        file.set_len(MOST_BYTES + 1).unwrap();
        assert_eq!(home.read("x"), None);
    }
}
