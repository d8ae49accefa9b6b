//! `touchline report`: the journey as a report in Markdown.
//!
//! Must not know: windows.

use super::input::{AnalyzedMap, path_parser};
use super::outcome::{CliError, ExitOutcome};
use crate::insight;
use crate::model::Date;
use crate::text::escaped;
use std::io::Write;
use std::path::PathBuf;

/// Write a report of a map, in Markdown
///
/// The personas, the steps, the feelings with peak, trough and end, pain points,
/// owners and gaps, planned actions, and the evidence: for somebody who was not
/// in the room.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline report bank.journey.ron
  touchline report bank.journey.ron > bank.md
  touchline report --today 2026-06-01 bank.journey.ron")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The date of the report, for overdue actions and old evidence
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let today = arguments.today.unwrap_or_else(crate::settings::today);
    let seen = AnalyzedMap::of(&arguments.file, today)?;
    let story = insight::narrative(&seen.map, &seen.graph, &seen.findings, today);
    for line in story.lines() {
        writeln!(out, "{}", escaped(line))?;
    }
    Ok(ExitOutcome::Success)
}
