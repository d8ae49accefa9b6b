//! Outcomes and errors of commands.
//!
//! Must not know: the commands.

use crate::format::ReadError;
use crate::render::ExportFileError;
use crate::storage::DiskError;
use crate::text::escaped;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// The result of a command that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExitOutcome {
    Success,
    /// A check failed.
    CheckFailed,
    /// Part of the command failed; the errors have been printed.
    Incomplete,
}

/// An error of a command, in one line.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
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
pub(super) fn read_error_text(error: &ReadError) -> String {
    match error.at {
        Some(at) => format!("{}:{}: {}", at.line, at.column, error.problem),
        None => format!(" {}", error.problem),
    }
}

/// Prints an error or a note to standard error, on one line.
pub(super) fn print_error(message: &dyn std::fmt::Display) {
    let message = message.to_string();
    // A failure here cannot be reported anywhere.
    let _ = writeln!(io::stderr(), "touchline: {}", escaped(&message));
}
