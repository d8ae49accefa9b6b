//! What the commands that speak JSON share. Fields are only ever added; what
//! changes the meaning of one raises the version.

use super::Error;
use serde::Serialize;
use std::io::Write;

/// The format of commands that speak to people and to programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TextOrJson {
    /// For people
    Text,
    /// For other programs
    Json,
}

/// Writes a value for people to read too, with a line end.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> Result<(), Error> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(|error| Error::Output(error.into()))?;
    writeln!(out)?;
    Ok(())
}
