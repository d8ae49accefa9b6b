//! `touchline report`: the journey as a report in Markdown.
//!
//! Must not know: windows.

use super::input::AnalyzedMap;
use super::outcome::{CliError, ExitOutcome};
use crate::insight;
use crate::model::Date;
use std::io::Write;
use std::path::PathBuf;

/// Write a report of a map, in Markdown
///
/// Who it is about, what happens, how it feels with peak, trough and end, what
/// hurts, who answers for it and what nobody does, what will be done, and how
/// sure all that is: good enough to mail to somebody who was not in the room.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline report bank.journey.ron
  touchline report bank.journey.ron > bank.md
  touchline report --today 2026-06-01 bank.journey.ron")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    file: PathBuf,
    /// The day of the report, for what is overdue or old
    #[arg(long, value_name = "YYYY-MM-DD", default_value_t = crate::settings::today(), hide_default_value = true)]
    today: Date,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let seen = AnalyzedMap::of(&arguments.file, arguments.today)?;
    let story = insight::narrative(&seen.map, &seen.graph, &seen.findings, arguments.today);
    out.write_all(story.as_bytes())?;
    Ok(ExitOutcome::Success)
}
