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
use crate::render::ExportFileError;
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
  touchline bank.journey.ron                     open a map in the window
  touchline new bank.journey.ron -t purchase     create a map from a template
  touchline check *.journey.ron                  check for gaps, contradictions and missing owners
  touchline tell bank.journey.ron                write a report
  touchline export bank.journey.ron -o bank.svg  export it for print

A map is a text file for people; `touchline schema` explains it.
Exit codes: 0 success, 1 a check failed, 2 the command failed."
)]
struct Arguments {
    /// Maps to open in the window
    files: Vec<PathBuf>,
    #[command(subcommand)]
    command: Option<CliCommand>,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
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
enum ExitOutcome {
    Success,
    /// A check failed.
    CheckFailed,
    /// Part of the command failed; the errors have been printed.
    Incomplete,
}

/// An error of a command, in one line.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Disk(#[from] DiskError),
    #[error(transparent)]
    Export(#[from] ExportFileError),
    #[error("{}:{}", name.display(), read_error_text(error))]
    Read { name: PathBuf, error: ReadError },
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    #[error("{0}")]
    Plain(String),
}

/// Returns `12:4: sentence`, the format that editors parse, or ` sentence` without
/// a position.
fn read_error_text(error: &ReadError) -> String {
    match error.at {
        Some(at) => format!("{}:{}: {}", at.line, at.column, error.problem),
        None => format!(" {}", error.problem),
    }
}

/// Runs the command line. `window` opens a window, if this build can.
pub fn run(arguments: impl IntoIterator<Item = OsString>, window: Option<RunWindow>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return print_usage_error(&error),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let result = dispatch(arguments, window, &mut out)
        .and_then(|outcome| out.flush().map(|()| outcome).map_err(CliError::from));
    match result {
        Ok(ExitOutcome::Success) => ExitCode::SUCCESS,
        Ok(ExitOutcome::CheckFailed) => ExitCode::from(1),
        Ok(ExitOutcome::Incomplete) => ExitCode::from(2),
        Err(CliError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            print_error(&error);
            ExitCode::from(2)
        }
    }
}

fn dispatch(
    arguments: Arguments,
    window: Option<RunWindow>,
    out: &mut dyn Write,
) -> Result<ExitOutcome, CliError> {
    match arguments.command {
        Some(CliCommand::New(arguments)) => new::run(&arguments, out),
        Some(CliCommand::Check(arguments)) => check::run(&arguments, out),
        Some(CliCommand::Rules(arguments)) => rules::run(&arguments, out),
        Some(CliCommand::Tell(arguments)) => report::run(&arguments, out),
        Some(CliCommand::Stats(arguments)) => stats::run(&arguments, out),
        Some(CliCommand::Paths(arguments)) => paths::run(&arguments, out),
        Some(CliCommand::Fmt(arguments)) => fmt::run(&arguments, out),
        Some(CliCommand::Export(arguments)) => export::run(&arguments),
        Some(CliCommand::Schema(schema::Arguments {})) => schema::run(out),
        Some(CliCommand::Session(arguments)) => session::run(&arguments, out),
        None => match window {
            Some(open) => open(&arguments.files)
                .map(|()| ExitOutcome::Success)
                .map_err(CliError::Plain),
            None => Err(CliError::Plain(
                "this touchline was built without a window; `touchline --help` lists what it can do"
                    .to_owned(),
            )),
        },
    }
}

/// Prints help and version to standard output, a usage error in one line to
/// standard error.
fn print_usage_error(error: &clap::Error) -> ExitCode {
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
    print_error(&format!(
        "{} (see --help)",
        first.strip_prefix("error: ").unwrap_or(&first)
    ));
    ExitCode::from(2)
}

/// Prints a message to standard error. Control characters in names and labels are
/// escaped to protect the terminal.
fn print_error(message: &dyn std::fmt::Display) {
    let message = message.to_string();
    let lines: Vec<_> = message.lines().map(crate::text::displayable).collect();
    // A failure here cannot be reported anywhere.
    let _ = writeln!(io::stderr(), "touchline: {}", lines.join("\n"));
}

/// Whether the path stands for standard input or output.
fn is_standard_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A map with its graph, and its findings on a given date.
struct AnalyzedMap {
    map: Map,
    graph: Graph,
    findings: Findings,
}

impl AnalyzedMap {
    /// Reads a file and analyzes its map.
    fn of(file: &Path, today: Date) -> Result<AnalyzedMap, CliError> {
        let map = read_document(file, &read_bytes(file)?)?.map;
        let graph = Graph::of(&map);
        let findings = insight::findings(&map, &graph, today);
        Ok(AnalyzedMap {
            map,
            graph,
            findings,
        })
    }
}

/// Reads a file, or standard input for `-`.
fn read_bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    if !is_standard_stream(path) {
        return Ok(disk::read(path)?);
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(disk::MAX_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| CliError::Plain(format!("cannot read standard input: {error}")))?;
    Ok(bytes)
}

/// Parses a map; errors name the file.
fn read_document(path: &Path, bytes: &[u8]) -> Result<Document, CliError> {
    format::read(bytes).map_err(|error| CliError::Read {
        name: path.to_owned(),
        error,
    })
}
