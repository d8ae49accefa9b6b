//! The program's own folders: one for the user's data (recent maps, preferences),
//! all of which is expendable, and one for journals, which only [`super::Journals`]
//! uses.
//!
//! Must not know: the meaning of the files.

use crate::storage::{DiskError, DiskProblem, disk};
use etcetera::base_strategy::{BaseStrategy as _, choose_native_strategy};
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
        let Ok(base) = choose_native_strategy() else {
            return AppDirs::none();
        };
        let name = if cfg!(any(windows, target_os = "macos")) {
            "Touchline"
        } else {
            "touchline"
        };
        let config = if cfg!(target_os = "macos") {
            base.data_dir()
        } else {
            base.config_dir()
        };
        let state = if cfg!(windows) {
            base.cache_dir()
        } else {
            base.state_dir().unwrap_or_else(|| config.clone())
        };
        let own = |folder: PathBuf| folder.is_absolute().then(|| folder.join(name));
        AppDirs(
            own(config),
            own(state).map(|folder| folder.join("journals")),
        )
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
        let Some(folder) = &self.0 else {
            return Ok(());
        };
        std::fs::rename(folder.join(name), folder.join(format!("{name}.bad")))
    }

    /// Writes a file into the folder, which is created if missing.
    ///
    /// # Errors
    /// If the system refuses; the file is then unchanged.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
        let Some(folder) = &self.0 else {
            return Ok(());
        };
        std::fs::create_dir_all(folder)
            .map_err(|cause| DiskProblem::System("make the folder", cause).at(folder))?;
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

    /// Prints the folders in a process of its own: variables are of the whole process.
    #[cfg(all(unix, not(target_os = "macos")))]
    fn folders_with(variables: &[(&str, &str)]) -> String {
        let test = "settings::app_dirs::tests::folders_are_those_of_the_system";
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args([test, "--exact", "--nocapture"]);
        command
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_STATE_HOME");
        command.env("TOUCHLINE_PRINT_FOLDERS", "1");
        let out = command.envs(variables.iter().copied()).output().unwrap();
        let text = String::from_utf8(out.stdout).unwrap();
        let line = text.lines().find_map(|line| line.split_once("folders: "));
        line.unwrap().1.to_owned()
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    #[expect(clippy::print_stdout, reason = "the test reads its own output")]
    fn folders_are_those_of_the_system() {
        if std::env::var_os("TOUCHLINE_PRINT_FOLDERS").is_some() {
            let AppDirs(config, journals) = AppDirs::for_user();
            let text = |folder: Option<PathBuf>| {
                folder.map_or_else(String::new, |f| f.display().to_string())
            };
            println!("folders: {} {}", text(config), text(journals));
            return;
        }
        let usual = "/home/a/.config/touchline /home/a/.local/state/touchline/journals";
        assert_eq!(folders_with(&[("HOME", "/home/a")]), usual);
        let own = [
            ("HOME", "/home/a"),
            ("XDG_CONFIG_HOME", "/c"),
            ("XDG_STATE_HOME", "/s"),
        ];
        assert_eq!(folders_with(&own), "/c/touchline /s/touchline/journals");
        let relative = [
            ("HOME", "/home/a"),
            ("XDG_CONFIG_HOME", "c"),
            ("XDG_STATE_HOME", "s"),
        ];
        assert_eq!(folders_with(&relative), usual);
        assert_eq!(folders_with(&[("HOME", "here")]), " ");
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
