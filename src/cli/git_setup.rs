//! `touchline git-setup`: the drivers with which git merges and compares maps.
//!
//! Must not know: windows.

use super::outcome::{CliError, ExitOutcome};
use crate::git::{SetupScope, register, unregister};
use crate::text::escaped;
use std::io::Write;

/// Let git merge and compare maps by meaning
///
/// Registers this program as merge and diff driver for *.journey.ron, after a trial in a
/// throw-away repository. Should the program be missing later, git merges by lines. Each
/// clone needs it once; run it again when the program has moved.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline git-setup            for the repository of the current folder
  touchline git-setup --global   for all repositories of yours
  touchline git-setup --undo     removes what was added")]
pub(super) struct Arguments {
    /// For all repositories of the user, not only that of the current folder
    #[arg(long)]
    global: bool,
    /// Remove what was added
    #[arg(long)]
    undo: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let plain = |error: &dyn std::fmt::Display| CliError::Plain(error.to_string());
    let scope = match arguments.global {
        true => SetupScope::User,
        false => SetupScope::Repository,
    };
    let report = if arguments.undo {
        unregister(scope)
    } else {
        let program = std::env::current_exe().map_err(|error| plain(&error))?;
        register(scope, &program)
    };
    let report = report.map_err(|error| plain(&error))?;
    for line in &report {
        writeln!(out, "{}", escaped(line))?;
    }
    let last = match (arguments.undo, report.is_empty(), scope) {
        (true, true, _) => "Nothing to remove",
        (true, false, _) => "Git merges and compares maps by lines again",
        (false, true, _) => "Tested; everything was registered already",
        (false, false, SetupScope::User) => "Tested; git merges and compares your maps by meaning",
        (false, false, SetupScope::Repository) => {
            "Tested; commit .gitattributes, and run touchline git-setup in the other clones too"
        }
    };
    writeln!(out, "{last}")?;
    Ok(ExitOutcome::Success)
}
