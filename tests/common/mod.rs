//! Helpers shared by integration tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A temporary folder, deleted when dropped.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// Creates an empty folder.
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Returns its path.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Adds a file.
    pub fn with(self, name: &str, text: &str) -> Folder {
        self.put(name, text.as_bytes());
        self
    }

    /// Writes a file.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        use std::io::Write as _;
        let mut file = std::fs::File::create(self.path().join(name)).unwrap();
        file.write_all(bytes).unwrap();
    }

    /// Reads a file.
    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Returns the names in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// A builder for one run of the program, which ends in [`Run::exits`].
#[must_use = "nothing runs until `exits`"]
pub struct Run {
    folder: PathBuf,
    arguments: Vec<String>,
    input: Vec<u8>,
    home: Option<PathBuf>,
}

/// Begins a run of a subcommand.
pub fn touchline(subcommand: &str) -> Run {
    Run {
        folder: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
        arguments: vec![subcommand.to_owned()],
        input: Vec::new(),
        home: None,
    }
}

impl Run {
    /// Sets the working directory; the default is the project's.
    pub fn within(mut self, folder: &Folder) -> Run {
        self.folder = folder.path().to_owned();
        self
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: &str) -> Run {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Adds arguments.
    pub fn args(mut self, arguments: &[&str]) -> Run {
        self.arguments
            .extend(arguments.iter().map(|a| (*a).to_owned()));
        self
    }

    /// Sets the folder with the settings of the user.
    pub fn home(mut self, folder: &Folder) -> Run {
        self.home = Some(folder.path().to_owned());
        self
    }

    /// Sets the standard input.
    pub fn input(mut self, text: &str) -> Run {
        self.input = text.as_bytes().to_vec();
        self
    }

    /// Runs the program and expects this exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> RunOutput {
        use std::io::Write as _;
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchline"));
        if let Some(home) = &self.home {
            command.env("HOME", home).env("XDG_CONFIG_HOME", home);
        }
        let mut child = command
            .args(&self.arguments)
            .current_dir(&self.folder)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input closes it.
        let _ = child.stdin.take().unwrap().write_all(&self.input);
        let ran = RunOutput(child.wait_with_output().unwrap());
        assert_eq!(
            ran.0.status.code(),
            Some(code),
            "{:?}\nstdout: {}\nstderr: {}",
            self.arguments,
            ran.out(),
            ran.err()
        );
        ran
    }
}

/// The output of a run.
pub struct RunOutput(Output);

impl RunOutput {
    /// Returns the standard output.
    pub fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    /// Returns the standard error.
    pub fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// Expects exactly this standard output.
    #[track_caller]
    pub fn stdout(self, expected: &str) -> RunOutput {
        assert_eq!(self.out(), expected);
        self
    }

    /// Expects exactly this standard error.
    #[track_caller]
    pub fn stderr(self, expected: &str) -> RunOutput {
        assert_eq!(self.err(), expected);
        self
    }
}
