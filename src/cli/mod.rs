//! The command line: one file for each subcommand.
//!
//! Exit codes: 0 success, 1 a check failed, 2 the command could not be completed.
//! Results go to standard output, errors to standard error, each in one line. A
//! closed output pipe (`| head`) is not an error.
//!
//! Must not know: windows. The function that opens a window is passed in.

mod check;
mod export;
mod fmt;
mod json;
mod new;
mod paths;
mod report;
mod rules;
mod schema;
mod session;
mod stats;
mod text_format;

use crate::format::{self, Document, ReadError};
use crate::graph::Graph;
use crate::insight::{self, Findings};
use crate::model::{Date, Map};
use crate::render::PaperError;
use crate::storage::{DiskError, disk};
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Opens a window with these files and returns after it is closed; errors are
/// sentences.
pub type RunWindow = fn(&[PathBuf]) -> Result<(), String>;

/// Design customer journey maps.
///
/// Without a subcommand, opens the files in a window; without files, shows the
/// start screen with sample maps and templates.
#[derive(Debug, Parser)]
#[command(
    name = "touchline",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "\
Examples:
  touchline bank.journey.ron                     look at a map and change it
  touchline new bank.journey.ron -t purchase     start a map from a template
  touchline check *.journey.ron                  who owns nothing, what hurts unanswered
  touchline tell bank.journey.ron                its story, to mail to somebody
  touchline export bank.journey.ron -o bank.svg  print it

A map is a text file for people; `touchline schema` explains it.
Exit codes: 0 fine, 1 a check failed, 2 could not do it."
)]
struct Arguments {
    /// Maps to open in the window
    files: Vec<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Arguments),
    Check(check::Arguments),
    Rules(rules::Arguments),
    Tell(report::Arguments),
    Stats(stats::Arguments),
    Paths(paths::Arguments),
    Fmt(fmt::Arguments),
    Export(export::Arguments),
    Schema(schema::Arguments),
    Session(session::Arguments),
}

/// The result of a command that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// A check failed.
    Failed,
    /// Part of the command failed; the errors have been printed.
    Partly,
}

/// An error of a command, in one line.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Disk(#[from] DiskError),
    #[error(transparent)]
    Picture(#[from] PaperError),
    #[error("{}:{}", name.display(), place_and_problem(error))]
    Read { name: PathBuf, error: ReadError },
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    #[error("{0}")]
    Plain(String),
}

/// Returns `12:4: sentence`, the format that editors parse, or ` sentence` without
/// a position.
fn place_and_problem(error: &ReadError) -> String {
    match error.at {
        Some(at) => format!("{}:{}: {}", at.line, at.column, error.problem),
        None => format!(" {}", error.problem),
    }
}

/// Runs the command line. `window` opens a window, if this build can.
pub fn run(arguments: impl IntoIterator<Item = OsString>, window: Option<RunWindow>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let result = perform(arguments, window, &mut out)
        .and_then(|outcome| out.flush().map(|()| outcome).map_err(Error::from));
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        Ok(Outcome::Partly) => ExitCode::from(2),
        Err(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            say(&error);
            ExitCode::from(2)
        }
    }
}

fn perform(
    arguments: Arguments,
    window: Option<RunWindow>,
    out: &mut dyn Write,
) -> Result<Outcome, Error> {
    match arguments.command {
        Some(Command::New(arguments)) => new::run(&arguments, out),
        Some(Command::Check(arguments)) => check::run(&arguments, out),
        Some(Command::Rules(arguments)) => rules::run(&arguments, out),
        Some(Command::Tell(arguments)) => report::run(&arguments, out),
        Some(Command::Stats(arguments)) => stats::run(&arguments, out),
        Some(Command::Paths(arguments)) => paths::run(&arguments, out),
        Some(Command::Fmt(arguments)) => fmt::run(&arguments, out),
        Some(Command::Export(arguments)) => export::run(&arguments),
        Some(Command::Schema(schema::Arguments {})) => schema::run(out),
        Some(Command::Session(arguments)) => session::run(&arguments, out),
        None => match window {
            Some(open) => open(&arguments.files)
                .map(|()| Outcome::Fine)
                .map_err(Error::Plain),
            None => Err(Error::Plain(
                "this touchline was built without a window; `touchline --help` lists what it can do"
                    .to_owned(),
            )),
        },
    }
}

/// Prints help and version to standard output, a usage error in one line to
/// standard error.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed output pipe is not an error.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let first: Vec<&str> = text
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .map(str::trim)
        .collect();
    let first = first.join(" ");
    say(&format!(
        "{} (see --help)",
        first.strip_prefix("error: ").unwrap_or(&first)
    ));
    ExitCode::from(2)
}

/// Prints a message to standard error. Control characters in names and labels are
/// escaped to protect the terminal.
fn say(message: &dyn std::fmt::Display) {
    let message = message.to_string();
    let lines: Vec<_> = message.lines().map(crate::text::visible).collect();
    // A failure here cannot be reported anywhere.
    let _ = writeln!(io::stderr(), "touchline: {}", lines.join("\n"));
}

/// Whether the path stands for standard input or output.
fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A map with its graph, and its findings on a given date.
struct Seen {
    map: Map,
    graph: Graph,
    findings: Findings,
}

impl Seen {
    /// Reads a file and analyzes its map.
    fn of(file: &Path, today: Date) -> Result<Seen, Error> {
        let map = document(file, &bytes_of(file)?)?.map;
        let graph = Graph::of(&map);
        let findings = insight::findings(&map, &graph, today);
        Ok(Seen {
            map,
            graph,
            findings,
        })
    }
}

/// Reads a file, or standard input for `-`.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    if !is_dash(path) {
        return Ok(disk::read(path)?);
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(disk::MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::Plain(format!("cannot read standard input: {error}")))?;
    Ok(bytes)
}

/// Parses a map; errors name the file.
fn document(path: &Path, bytes: &[u8]) -> Result<Document, Error> {
    format::read(bytes).map_err(|error| Error::Read {
        name: path.to_owned(),
        error,
    })
}
