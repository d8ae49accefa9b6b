//! JSON output shared by several commands. Fields are only ever added; a change of
//! meaning raises the version.
//!
//! Must not know: the commands.

use super::CliError;
use serde::Serialize;
use std::io::Write;

/// The output format of commands with text and JSON output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TextOrJson {
    /// For people
    Text,
    /// JSON, for other programs
    Json,
}

/// Writes a value as indented JSON with a final newline.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> Result<(), CliError> {
    serde_json::to_writer_pretty(&mut *out, value)
        .map_err(|error| CliError::Output(error.into()))?;
    writeln!(out)?;
    Ok(())
}
