//! What integration tests share.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for each test, gone afterwards.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// An empty folder.
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Puts a file into it.
    pub fn with(self, name: &str, text: &str) -> Folder {
        self.put(name, text.as_bytes());
        self
    }

    /// Puts a file into it.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        use std::io::Write as _;
        let mut file = std::fs::File::create(self.path().join(name)).unwrap();
        file.write_all(bytes).unwrap();
    }

    /// What a file holds.
    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// The names in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// One run of the program, said in one expression that ends in [`Run::exits`].
#[must_use = "nothing runs until `exits`"]
pub struct Run {
    folder: PathBuf,
    arguments: Vec<String>,
    input: Vec<u8>,
}

/// Runs a subcommand.
pub fn touchline(subcommand: &str) -> Run {
    Run {
        folder: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
        arguments: vec![subcommand.to_owned()],
        input: Vec::new(),
    }
}

impl Run {
    /// In this folder instead of the project's.
    pub fn within(mut self, folder: &Folder) -> Run {
        self.folder = folder.path().to_owned();
        self
    }

    /// With one more argument.
    pub fn arg(mut self, argument: &str) -> Run {
        self.arguments.push(argument.to_owned());
        self
    }

    /// With more arguments.
    pub fn args(mut self, arguments: &[&str]) -> Run {
        self.arguments
            .extend(arguments.iter().map(|a| (*a).to_owned()));
        self
    }

    /// With this on standard input.
    pub fn input(mut self, text: &str) -> Run {
        self.input = text.as_bytes().to_vec();
        self
    }

    /// Runs it and expects this exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Ran {
        use std::io::Write as _;
        let mut child = Command::new(env!("CARGO_BIN_EXE_touchline"))
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
        let ran = Ran(child.wait_with_output().unwrap());
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

/// What a run said.
pub struct Ran(Output);

impl Ran {
    /// Standard output.
    pub fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    /// Standard error.
    pub fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// Expects exactly this on standard output.
    #[track_caller]
    pub fn stdout(self, expected: &str) -> Ran {
        assert_eq!(self.out(), expected);
        self
    }

    /// Expects exactly this on standard error.
    #[track_caller]
    pub fn stderr(self, expected: &str) -> Ran {
        assert_eq!(self.err(), expected);
        self
    }
}
