//! The command line: one file for each subcommand.
//!
//! Exit codes: 0 success, 1 a check failed, 2 the command could not be completed.
//! Results go to standard output, errors to standard error, each in one line. A
//! closed output pipe (`| head`) is not an error.
//!
//! Must not know: windows. The function that opens a window is passed in.

mod check;
mod diff;
mod export;
mod export_arguments;
mod export_format;
mod export_view;
mod fmt;
mod fork;
mod git_setup;
mod history;
mod impact;
mod input;
mod measure;
mod merge;
mod new;
mod outcome;
mod output;
mod paths;
mod report;
mod room_pictures;
mod rules;
mod schema;
mod scores;
mod session;
mod stats;

use clap::{Parser, Subcommand};
use input::path_parser;
use outcome::{CliError, ExitOutcome, print_error};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

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
  touchline report bank.journey.ron              its story, to mail to somebody
  touchline export bank.journey.ron -o bank.svg  export it for print

A map is a text file for people; `touchline schema` explains it.
Exit codes: 0 success, 1 a check failed, 2 the command failed."
)]
struct Arguments {
    /// Maps to open in the window
    #[arg(value_parser = path_parser())]
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
    Impact(impact::Arguments),
    Scores(scores::Arguments),
    Measure(measure::Arguments),
    Diff(diff::Arguments),
    Fmt(fmt::Arguments),
    Merge(merge::Arguments),
    History(history::Arguments),
    GitSetup(git_setup::Arguments),
    Fork(fork::Arguments),
    Export(Box<export_arguments::Arguments>),
    Schema(schema::Arguments),
    Session(session::Arguments),
}

/// Runs the command line. `window` opens a window, if this build can.
pub fn run(arguments: impl IntoIterator<Item = OsString>, window: Option<RunWindow>) -> ExitCode {
    survive_file_size_limit();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return print_usage_error(&error),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let result = dispatch(arguments, window, &mut out)
        .and_then(|outcome| out.flush().map(|()| outcome).map_err(CliError::from));
    exit_code(result)
}

/// Makes a write beyond the limit on the size of files fail, where the signal would end the process.
#[cfg(unix)]
fn survive_file_size_limit() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

#[cfg(not(unix))]
fn survive_file_size_limit() {}

/// Ends a command: prints its error, if there is one. A closed output pipe is none.
fn exit_code(result: Result<ExitOutcome, CliError>) -> ExitCode {
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
        Some(CliCommand::Impact(arguments)) => impact::run(&arguments, out),
        Some(CliCommand::Measure(arguments)) => measure::run(&arguments, out),
        Some(CliCommand::Scores(arguments)) => scores::run(&arguments, out),
        Some(CliCommand::Diff(arguments)) => diff::run(&arguments, out),
        Some(CliCommand::Fmt(arguments)) => fmt::run(&arguments, out),
        Some(CliCommand::Merge(arguments)) => merge::run(&arguments, out),
        Some(CliCommand::History(arguments)) => history::run(&arguments, out),
        Some(CliCommand::Fork(arguments)) => fork::run(&arguments, out),
        Some(CliCommand::GitSetup(arguments)) => git_setup::run(&arguments, out),
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
        let printed = error.print().and_then(|()| io::stdout().flush());
        let printed = printed.map_err(CliError::from);
        return exit_code(printed.map(|()| ExitOutcome::Success));
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
