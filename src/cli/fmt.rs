//! `touchline fmt`: maps in their canonical form.
//!
//! Must not know: windows.

use super::input::{is_standard_stream, path_parser, read_bytes, read_document};
use super::outcome::{CliError, ExitOutcome, print_error};
use crate::edit::journal::Fingerprint;
use crate::format::{self, WarningKind};
use crate::storage::SidecarKind;
use crate::text::escaped;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Write maps in their canonical form
///
/// Only files that change are written, each completely or not at all. Content that
/// cannot be kept (comments, unknown fields) is reported, and the former file is then
/// kept with .bak after its name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline fmt *.journey.ron                   in place
  touchline fmt --check *.journey.ron           names those that would change; exit code 1 then
  touchline fmt --upgrade *.journey.ron         older files too, in the present format
  touchline fmt draft.ron -o bank.journey.ron   into another file
  touchline fmt - < draft.ron                   from standard input to standard output")]
pub(super) struct Arguments {
    /// Maps to format; - reads standard input and writes standard output
    #[arg(required = true, value_parser = path_parser())]
    files: Vec<PathBuf>,
    /// Change nothing; name the files that would change and fail if there are any
    #[arg(long, conflicts_with = "output")]
    check: bool,
    /// Convert older files to the current format; without it they are not changed
    #[arg(long)]
    upgrade: bool,
    /// Write to this file instead; - is standard output
    #[arg(short, long, value_name = "OUT", value_parser = path_parser())]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    if arguments.output.is_some() && arguments.files.len() > 1 {
        return Err(CliError::Plain(
            "--output takes one map, not several".to_owned(),
        ));
    }
    let mut outcome = ExitOutcome::Success;
    for file in &arguments.files {
        match format_file(file, arguments, out) {
            Ok(false) => {}
            Ok(true) if outcome == ExitOutcome::Success => outcome = ExitOutcome::CheckFailed,
            Ok(true) => {}
            Err(error @ CliError::Output(_)) => return Err(error),
            Err(error) => {
                print_error(&error);
                outcome = ExitOutcome::Incomplete;
            }
        }
    }
    Ok(outcome)
}

/// Formats one file. Returns whether `--check` found that it would change.
fn format_file(file: &Path, arguments: &Arguments, out: &mut dyn Write) -> Result<bool, CliError> {
    let bytes = read_bytes(file)?;
    let document = read_document(file, &bytes)?;
    let older = document
        .warnings
        .iter()
        .find_map(|warning| match warning.kind {
            WarningKind::Older { from } => Some(from),
            _ => None,
        });
    if let Some(from) = older.filter(|_| !arguments.upgrade && !arguments.check) {
        return Err(CliError::Plain(format!(
            "{}: this file has format {from}; fmt --upgrade writes it in format {}",
            file.display(),
            format::VERSION
        )));
    }
    let text = format::write(&document.map);
    let changes = text.as_bytes() != bytes;
    if arguments.check {
        if changes {
            writeln!(out, "{}", escaped(&file.to_string_lossy()))?;
        }
        return Ok(changes);
    }
    let target = arguments.output.as_deref().unwrap_or(file);
    let lost = if changes {
        dropped_content(file, &bytes, &document.warnings)
    } else {
        Vec::new()
    };
    if is_standard_stream(target) {
        out.write_all(text.as_bytes())?;
    } else if arguments.output.is_some() {
        crate::storage::write(target, text.as_bytes())?;
    } else if changes {
        if !lost.is_empty() {
            crate::storage::write_sidecar(file, SidecarKind::Backup, &bytes)?;
        }
        // Another program may have saved since the file was read.
        crate::storage::write_if_unchanged(file, text.as_bytes(), Some(Fingerprint::of(&bytes)))?;
    }
    for line in lost {
        print_error(&line);
    }
    Ok(false)
}

/// Returns a line for each part that the canonical form does not keep unchanged.
pub(super) fn dropped_content(
    file: &Path,
    bytes: &[u8],
    warnings: &[format::Warning],
) -> Vec<String> {
    let name = file.display();
    let mut lost = Vec::new();
    // It has been read already, so it can be decoded.
    let text = format::decode(bytes).unwrap_or_default();
    if let (count, Some(first)) = format::comments(&text) {
        let comments = match count {
            1 => "a comment is".to_owned(),
            count => format!("{count} comments are"),
        };
        lost.push(format!("{name}:{}: {comments} dropped", first.line));
    }
    for warning in warnings {
        if !matches!(warning.kind, WarningKind::Dangling { .. }) {
            let line = warning
                .at
                .map_or(String::new(), |at| format!(":{}", at.line));
            let kind = match &warning.kind {
                WarningKind::UnknownField { field } => {
                    format!("the field “{field}” is not known and is dropped")
                }
                WarningKind::Older { from } => {
                    format!("format {from} is now format {}", format::VERSION)
                }
                other => other.to_string(),
            };
            lost.push(format!("{name}{line}: {kind}"));
        }
    }
    lost
}
