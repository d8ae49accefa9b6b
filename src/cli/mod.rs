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
mod input;
mod new;
mod outcome;
mod output;
mod paths;
mod report;
mod rules;
mod schema;
mod session;
mod stats;

use clap::{Parser, Subcommand};
use outcome::{CliError, ExitOutcome, print_error};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
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
  touchline report bank.journey.ron              its story, to mail to somebody
  touchline export bank.journey.ron -o bank.svg  print it

A map is a text file for people; `touchline schema` explains it.
Exit codes: 0 fine, 1 a check failed, 2 could not do it."
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
    #[command(alias = "tell")]
    Report(report::Arguments),
    Stats(stats::Arguments),
    Paths(paths::Arguments),
    Fmt(fmt::Arguments),
    Export(export::Arguments),
    Schema(schema::Arguments),
    Session(session::Arguments),
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
        Some(CliCommand::Report(arguments)) => report::run(&arguments, out),
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
