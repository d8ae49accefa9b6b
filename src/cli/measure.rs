//! `touchline measure`: measurements from a table, taken into a map.
//!
//! Must not know: windows.

use super::input::{is_standard_stream, path_parser, read_bytes, read_document};
use super::outcome::{CliError, ExitOutcome};
use super::output::{TextOrJson, write_json};
use crate::edit::journal::Fingerprint;
use crate::edit::plan_and_apply;
use crate::english::{count, quoted};
use crate::format;
use crate::import::{ImportedMeasurement, MeasurementImport, Outcome, import_measurements};
use crate::model::{Map, Measurement};
use crate::storage;
use crate::text::escaped;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

/// Take measurements from a table into a map
///
/// The table has a header line and columns touchpoint (id or name; empty is the whole journey), date
/// and metric, and either figures (value, unit, n, sd, target), or counts (promoters, passives and
/// detractors; or counted and n), or one answer a line (answer), which are counted by touchpoint,
/// metric and month. A measurement of the same metric and day is updated, so the same table twice
/// changes nothing. Where a row cannot be used, nothing is written without --partial.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline measure bank.journey.ron --csv march.csv --dry-run   shows what would change
  touchline measure bank.journey.ron --csv march.csv
  touchline measure bank.journey.ron --csv answers.csv --metric CSAT --unit \"of 5\"

Values are separated by comma, semicolon or tab; dates are written 2026-03-31.
JSON: {\"version\": 1, \"written\", \"measurements\": [{\"line\", \"touchpoint\", \"metric\", \"value\", \"n\", \"date\",
\"outcome\"}], \"rejected\": [{\"line\", \"reason\"}], \"unknown_columns\"}; outcome is added, updated or unchanged.
Exit codes: 0 all rows were used, 1 some were not, 2 the command failed.")]
pub(super) struct Arguments {
    /// The map
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The table; - reads standard input
    #[arg(long, value_name = "TABLE", value_parser = path_parser())]
    csv: PathBuf,
    /// The metric of rows that name none
    #[arg(long, default_value = "", hide_default_value = true)]
    metric: String,
    /// The unit of rows that state none
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take the rows that can be used, although others cannot
    #[arg(long)]
    partial: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextOrJson,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let file = &arguments.file;
    if is_standard_stream(file) {
        return Err(CliError::Plain(
            "measurements are taken into a file".to_owned(),
        ));
    }
    let bytes = read_bytes(file)?;
    let mut map = read_document(file, &bytes)?.map;
    let table = read_bytes(&arguments.csv)?;
    let names = (arguments.metric.as_str(), arguments.unit.as_str());
    let import = import_measurements(&map, &table, names)
        .map_err(|error| CliError::Plain(format!("{}: {error}", arguments.csv.display())))?;
    let all_used = import.rejected.is_empty();
    let may_write = !arguments.dry_run && (all_used || arguments.partial);
    let intent = import.intent.as_ref().filter(|_| may_write);
    let before = map.clone();
    if let Some(intent) = intent {
        plan_and_apply(&mut map, intent)
            .map_err(|error| CliError::Plain(format!("{}: {error}", file.display())))?;
        let text = format::write(&map);
        storage::write_if_unchanged(file, text.as_bytes(), Some(Fingerprint::of(&bytes)))?;
    }
    match arguments.format {
        TextOrJson::Json => write_report(&import, intent.is_some(), out)?,
        TextOrJson::Text => write_text(&before, &import, out)?,
    }
    if arguments.format == TextOrJson::Text && !all_used && !may_write && !arguments.dry_run {
        writeln!(
            out,
            "Nothing was written: mend these rows, or use --partial."
        )?;
    }
    Ok(if all_used {
        ExitOutcome::Success
    } else {
        ExitOutcome::CheckFailed
    })
}

fn write_report(
    import: &MeasurementImport,
    written: bool,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let measurements = import.measurements.iter().map(|it| {
        json!({
            "line": it.line,
            "touchpoint": it.touchpoint.as_ref().map(ToString::to_string),
            "metric": it.measurement.metric,
            "value": it.measurement.value.map(|value| value.value()),
            "n": it.measurement.n,
            "date": it.measurement.date.map(|date| date.to_string()),
            "outcome": word(&it.outcome),
        })
    });
    let rejected = import.rejected.iter();
    let rejected = rejected.map(|it| json!({"line": it.line, "reason": it.reason}));
    let report = json!({
        "version": 1,
        "written": written,
        "measurements": measurements.collect::<Vec<_>>(),
        "rejected": rejected.collect::<Vec<_>>(),
        "unknown_columns": import.unknown_columns,
    });
    write_json(&report, out)
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Added => "added",
        Outcome::Updated { .. } => "updated",
        Outcome::Unchanged => "unchanged",
    }
}

fn write_text(map: &Map, import: &MeasurementImport, out: &mut dyn Write) -> Result<(), CliError> {
    for it in &import.measurements {
        writeln!(out, "{}", escaped(&line_text(map, it)))?;
    }
    for row in &import.rejected {
        writeln!(out, "line {}: not used, {}", row.line, escaped(&row.reason))?;
    }
    if !import.unknown_columns.is_empty() {
        let columns: Vec<String> = import
            .unknown_columns
            .iter()
            .map(|it| quoted(&escaped(it)))
            .collect();
        writeln!(out, "columns not used: {}", columns.join(", "))?;
    }
    let counted = |word_: &str| {
        let all = import.measurements.iter();
        all.filter(|it| word(&it.outcome) == word_).count()
    };
    let (added, updated, same) = (counted("added"), counted("updated"), counted("unchanged"));
    let rejected = count(import.rejected.len(), "row");
    writeln!(
        out,
        "{added} added, {updated} updated, {same} unchanged, {rejected} not used"
    )?;
    Ok(())
}

fn line_text(map: &Map, it: &ImportedMeasurement) -> String {
    let place = match it.touchpoint.as_ref().and_then(|id| map.touchpoint(id)) {
        Some(touchpoint) => format!("at {}", quoted(touchpoint.name.trim())),
        None => "of the whole journey".to_owned(),
    };
    let figures = figures(&it.measurement);
    let before = match &it.outcome {
        Outcome::Updated { before } => format!(", before {}", self::figures(before)),
        Outcome::Added | Outcome::Unchanged => String::new(),
    };
    format!(
        "line {}: {} {place}, {figures}{before}",
        it.line,
        word(&it.outcome)
    )
}

/// Formats a measurement with its number of answers and date.
fn figures(it: &Measurement) -> String {
    let n = it.n.map(|n| format!("n = {n}"));
    let date = it.date.map(|date| date.to_string());
    let details: Vec<String> = n.into_iter().chain(date).collect();
    format!("{} ({})", it.to_text(), details.join(", "))
}
