//! Runs of the program `git`: no shell, no pager, no questions, no network, a limit on time and
//! on the size of the answer.
//!
//! Must not know: the commands that are run.

use crate::task::{Progress, Task};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The longest time for one command, which reads the local repository only.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The interval in which a cancellation is noticed.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// The maximum number of bytes read of the errors of `git`.
const MAX_ERROR_BYTES: u64 = 16 * 1024;

/// The variables by which a hook of `git` ties the commands it runs to its own repository, which
/// need not be that of the file.
const REPOSITORY_VARIABLES: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_EXTERNAL_DIFF",
];

/// Settings under which `git` runs no program that a repository names, and writes its answers in
/// UTF-8.
const SETTINGS: [&str; 6] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "log.mailmap=true",
    "i18n.logOutputEncoding=UTF-8",
    "protocol.allow=never",
];

/// A failure of a command of `git`, as a sentence for people.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The program is not installed.
    #[error("the program git was not found; install it first")]
    NoGit,
    /// The file is in no repository.
    #[error("this folder is in no git repository")]
    NoRepository,
    /// The file has no versions yet.
    #[error("git has no versions of it yet; they begin with its first commit")]
    NoVersions,
    /// There is no such version of the file.
    #[error("there is no version “{0}” of it; `touchline history` lists them")]
    UnknownVersion(String),
    /// The repository belongs to another user.
    #[error(
        "git does not read this repository because it belongs to another user; allow it with \
         `git config --global --add safe.directory FOLDER`"
    )]
    ForeignRepository,
    /// The answer exceeds the limit.
    #[error("the answer of git is too large")]
    TooLarge,
    /// The command took too long or was cancelled.
    #[error("git was stopped before it had answered")]
    Stopped,
    /// The command failed: its first line of explanation.
    #[error("git: {0}")]
    Failed(String),
}

/// A run of `git` in a folder.
pub(super) struct Git<'a> {
    folder: &'a Path,
    progress: &'a Progress,
}

impl<'a> Git<'a> {
    /// Prepares runs in a folder, which end when they are cancelled.
    pub(super) fn new(folder: &'a Path, progress: &'a Progress) -> Git<'a> {
        Git { folder, progress }
    }

    /// Runs a command and returns what it writes, at most this number of bytes.
    ///
    /// # Errors
    /// If it cannot be started, fails, or exceeds a limit.
    pub(super) fn run<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        most: u64,
    ) -> Result<Vec<u8>, GitError> {
        let mut command = Command::new("git");
        command.arg("--no-pager").arg("--literal-pathspecs");
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        for variable in REPOSITORY_VARIABLES {
            command.env_remove(variable);
        }
        command
            .args(arguments)
            .current_dir(self.folder)
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        hide_console(&mut command);
        let child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound if self.folder.is_dir() => GitError::NoGit,
            kind => GitError::Failed(format!("cannot be started ({kind})")),
        })?;
        self.read_answer(Running(child), most)
    }

    fn read_answer(&self, mut running: Running, most: u64) -> Result<Vec<u8>, GitError> {
        let errors = read_in_background(running.0.stderr.take(), MAX_ERROR_BYTES);
        let answer = read_in_background(running.0.stdout.take(), most.saturating_add(1));
        let start = Instant::now();
        let answer = loop {
            if let Some(answer) = answer.poll_timeout(POLL_INTERVAL) {
                break answer.map_err(|_| GitError::Stopped)?;
            }
            if self.progress.is_cancelled() || start.elapsed() > TIME_LIMIT {
                return Err(GitError::Stopped);
            }
        };
        if answer.len() as u64 > most {
            return Err(GitError::TooLarge);
        }
        let errors = errors.wait().unwrap_or_default();
        let status = running.0.wait();
        if status.is_ok_and(|status| status.success()) {
            return Ok(answer);
        }
        Err(explain(&String::from_utf8_lossy(&errors)))
    }
}

/// A running command, which is ended when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Fails if it has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads both pipes at once, because `git` waits when one of them is full.
fn read_in_background(pipe: Option<impl Read + Send + 'static>, most: u64) -> Task<Vec<u8>> {
    Task::spawn(
        "git",
        || (),
        move |_| {
            let mut bytes = Vec::new();
            if let Some(pipe) = pipe {
                // An answer that breaks off shows in the exit code.
                let _ = pipe.take(most).read_to_end(&mut bytes);
            }
            bytes
        },
    )
}

/// Returns the error that a message of `git` stands for.
fn explain(message: &str) -> GitError {
    if message.contains("not a git repository") {
        return GitError::NoRepository;
    }
    if message.contains("dubious ownership") {
        return GitError::ForeignRepository;
    }
    if message.contains("does not have any commits yet") {
        return GitError::NoVersions;
    }
    let line = message.lines().find(|line| !line.trim().is_empty());
    let line = line.unwrap_or("the command failed without a reason").trim();
    let line = line.strip_prefix("fatal: ").unwrap_or(line);
    GitError::Failed(line.strip_prefix("error: ").unwrap_or(line).to_owned())
}

#[cfg(windows)]
fn hide_console(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn hide_console(_: &mut Command) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_git_become_sentences() {
        let said = |message: &str| explain(message).to_string();
        assert!(said("fatal: not a git repository (or any parent)").contains("no git repository"));
        assert!(said("fatal: detected dubious ownership in /x").contains("another user"));
        assert_eq!(said("\nfatal: bad object\nmore"), "git: bad object");
        assert!(said("").starts_with("git: the command failed"));
    }

    #[test]
    fn answers_are_bounded_and_failures_explained() {
        let folder = tempfile::tempdir().unwrap();
        let progress = Progress::default();
        let git = Git::new(folder.path(), &progress);
        match git.run(["--version"], 1000) {
            Err(GitError::NoGit) => return,
            answer => assert!(answer.unwrap().starts_with(b"git version")),
        }
        assert!(matches!(git.run(["--version"], 3), Err(GitError::TooLarge)));
        assert!(matches!(git.run(["log"], 10), Err(GitError::NoRepository)));
        let gone = Git::new(Path::new("/no/such/folder"), &progress).run(["--version"], 10);
        assert!(matches!(gone, Err(GitError::Failed(_))));
    }
}
