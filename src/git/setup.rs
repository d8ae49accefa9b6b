//! Registration of the drivers for maps, in one repository or for all of the user, and its undoing.
//!
//! Must not know: what the drivers do.

use super::attributes::{LINE, with_line, without_line};
use super::drivers::Drivers;
use super::process::{Git, GitError};
use crate::storage::{self, disk};
use crate::task::Progress;
use std::env;
use std::path::{Path, PathBuf};

/// The maximum size in bytes of a setting.
const MAX_SETTING: u64 = 64 * 1024;

/// The maps that the drivers are registered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupScope {
    /// Those of the repository of the current folder.
    Repository,
    /// Those of all repositories of the user.
    User,
}

/// What a registration has changed, a sentence each; nothing if all was as it should be.
pub type SetupReport = Vec<String>;

/// Registers the drivers of a program with an absolute path, after a trial in a throw-away
/// repository.
///
/// # Errors
/// If the trial fails, and then nothing has changed; or a file cannot be written.
pub fn register(scope: SetupScope, program: &Path) -> Result<SetupReport, GitError> {
    let progress = Progress::default();
    let place = Place::of(scope, &progress)?;
    let drivers = Drivers::of(program);
    for (key, _) in drivers.settings() {
        let known = place.setting(key)?;
        if let Some(known) = known.filter(|known| !Drivers::is_ours(key, known)) {
            return Err(GitError::Failed(format!(
                "the setting {key} is {known} already; remove it first: git config {} --unset {key}",
                place.option()
            )));
        }
    }
    let folder = tempfile::tempdir()
        .map_err(|error| GitError::Failed(format!("no throw-away repository: {error}")))?;
    drivers.try_out(&Git::new(folder.path(), &progress), folder.path())?;
    let mut report = Vec::new();
    for (key, value) in drivers.settings() {
        if place.setting(key)?.as_deref() != Some(value) {
            place.config(&[key, value])?;
            report.push(format!("Set {key} {}", place.words()));
        }
    }
    if place.change_attributes(with_line)? {
        let file = place.attributes.display();
        report.push(format!("Added to {file}: {LINE}"));
    }
    Ok(report)
}

/// Removes what [`register`] has added.
///
/// # Errors
/// If a file cannot be read or written.
pub fn unregister(scope: SetupScope) -> Result<SetupReport, GitError> {
    let progress = Progress::default();
    let place = Place::of(scope, &progress)?;
    let mut report = Vec::new();
    for (key, _) in Drivers::of(Path::new("")).settings() {
        let known = place.setting(key)?;
        if known.is_some_and(|known| Drivers::is_ours(key, &known)) {
            place.config(&["--unset", key])?;
            report.push(format!("Removed {key} {}", place.words()));
        }
    }
    if place.change_attributes(without_line)? {
        let file = place.attributes.display();
        report.push(format!("Removed from {file}: {LINE}"));
    }
    Ok(report)
}

/// The settings and the file of attributes of a scope.
struct Place<'p> {
    scope: SetupScope,
    folder: PathBuf,
    attributes: PathBuf,
    progress: &'p Progress,
}

impl Place<'_> {
    fn of(scope: SetupScope, progress: &Progress) -> Result<Place<'_>, GitError> {
        let folder = PathBuf::from(".");
        let git = Git::new(&folder, progress);
        let attributes = match scope {
            SetupScope::Repository => {
                let top = git.run(["rev-parse", "--show-toplevel"], MAX_SETTING)?;
                path_of(top).join(".gitattributes")
            }
            SetupScope::User => {
                let key = ["config", "--global", "--type=path", "core.attributesFile"];
                match git.run(key, MAX_SETTING) {
                    Ok(path) => path_of(path),
                    Err(GitError::Failed(_)) => user_attributes()?,
                    Err(error) => return Err(error),
                }
            }
        };
        Ok(Place {
            scope,
            folder,
            attributes,
            progress,
        })
    }

    fn option(&self) -> &'static str {
        match self.scope {
            SetupScope::Repository => "--local",
            SetupScope::User => "--global",
        }
    }

    fn words(&self) -> &'static str {
        match self.scope {
            SetupScope::Repository => "in the settings of this repository",
            SetupScope::User => "in your settings of git",
        }
    }

    fn config(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let command = ["config", self.option()];
        let git = Git::new(&self.folder, self.progress);
        git.run(command.iter().chain(arguments), MAX_SETTING)
    }

    /// Returns the value of a setting; `None` without one.
    fn setting(&self, key: &str) -> Result<Option<String>, GitError> {
        match self.config(&["--get", key]) {
            Ok(value) => Ok(Some(String::from_utf8_lossy(&value).trim_end().to_owned())),
            Err(GitError::Failed(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Changes the file of attributes, which is removed when nothing is left; returns whether it
    /// differs.
    fn change_attributes(&self, change: fn(&str) -> String) -> Result<bool, GitError> {
        let failed = |error: &dyn std::fmt::Display| GitError::Failed(error.to_string());
        let path = &self.attributes;
        let before = match path.exists() {
            true => disk::read(path).map_err(|error| failed(&error))?,
            false => Vec::new(),
        };
        let before = String::from_utf8(before)
            .map_err(|_| GitError::Failed(format!("{} is not UTF-8 text", path.display())))?;
        let after = change(&before);
        if after == before {
            return Ok(false);
        }
        if after.is_empty() {
            std::fs::remove_file(path).map_err(|error| failed(&error))?;
            return Ok(true);
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        }
        storage::write(path, after.as_bytes()).map_err(|error| failed(&error))?;
        Ok(true)
    }
}

/// Returns the file of attributes that git reads for a user who has named none.
fn user_attributes() -> Result<PathBuf, GitError> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty());
    let home = || variable("HOME").or_else(|| variable("USERPROFILE"));
    let config = match variable("XDG_CONFIG_HOME") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => home().map(|home| PathBuf::from(home).join(".config")),
    };
    let config = config.ok_or_else(|| GitError::Failed("the variable HOME is not set".into()))?;
    Ok(config.join("git").join("attributes"))
}

/// Returns the path that git has written on a line.
fn path_of(mut line: Vec<u8>) -> PathBuf {
    while line
        .last()
        .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
    {
        line.pop();
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        PathBuf::from(std::ffi::OsString::from_vec(line))
    }
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(&line).into_owned())
}
