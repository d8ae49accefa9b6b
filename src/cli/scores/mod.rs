//! `touchline scores`: what is measured, and whether it gets better.
//!
//! Must not know: windows.

mod json;
mod place;
mod text;

use super::input::{path_parser, read_map};
use super::outcome::{CliError, ExitOutcome};
use super::output::write_json;
use crate::english::count;
use crate::graph::Graph;
use crate::insight::{Period, Scores, confidence_interval, escape_markdown, figure, period_means};
use crate::model::{Date, Decimal, Map, parse_date};
use crate::settings::today;
use crate::text::escaped;
use place::{place, rounded};
use serde_json::json;
use std::io::{self, Write};
use std::path::PathBuf;

/// Show what is measured, and whether it gets better
///
/// Each metric stands with its newest value, 95 % interval, number of answers and target, the lowest
/// first; before it the lists of a monthly meeting: falling, most improved, what requires
/// attention, key moments without a measurement, and what is measured too seldom. “Better” and
/// “worse” are said only where chance does not explain the difference.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline scores bank.journey.ron
  touchline scores --days 30 --format markdown bank.journey.ron
  touchline scores --means month --format csv bank.journey.ron > months.csv
  touchline scores --story bank.journey.ron      how metrics came to where they are

CSV: a line a value: touchpoint, name, stage, metric, unit, date, value, n, low, high, bound, target.
“bound” is true where the interval is the widest that value and n allow.
JSON: {\"version\": 1, \"date\", \"days\", \"series\": [{\"touchpoint\", \"name\", \"stage\", \"metric\", \"unit\",
\"target\", \"attention\", \"seldom\", \"recent\", \"overall\", \"values\": [{\"date\", \"value\", \"n\", \"counts\", \"low\",
\"high\", \"bound\", \"source\"}]}], \"touchpoints\", \"stages\": [{\"id\", \"name\", \"satisfaction\", \"values\"}],
\"unmeasured\": [{\"touchpoint\", \"moment\"}], \"effects\": [{\"action\", \"touchpoint\", \"metric\", \"expected\",
\"verdict\", \"change\"}]}; a change is {\"from\", \"to\", \"by\", \"low\", \"high\", \"bound\", \"verdict\"}; a null
touchpoint is the whole journey; satisfaction is a share of the scale, 0 to 1.")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The length of the recent period in days
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    days: u16,
    /// The day to look from, as 2026-05-01; by default today
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: Option<Date>,
    /// List the means of what was entered for each month or week instead
    #[arg(long, value_name = "PERIOD", conflicts_with = "story")]
    means: Option<MeansPeriod>,
    /// Tell how each metric came from its first value to its newest one instead
    #[arg(long)]
    story: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum MeansPeriod {
    /// Calendar months
    Month,
    /// Weeks from Monday to Sunday
    Week,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// Markdown, for documents
    Markdown,
    /// A line a value, for spreadsheets
    Csv,
    /// JSON, for other programs
    Json,
}

fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| format!("{text} is no date such as 2026-05-01"))
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let map = read_map(&arguments.file)?;
    let graph = Graph::of(&map);
    let day = arguments.on.unwrap_or_else(today);
    let scores = Scores::of(&map, &graph, day, arguments.days);
    if let Some(period) = arguments.means {
        let period = match period {
            MeansPeriod::Month => Period::Month,
            MeansPeriod::Week => Period::Week,
        };
        write_means(&scores, period, arguments.format, out)?;
    } else if arguments.story {
        write_story(&scores, arguments.format, out)?;
    } else {
        match arguments.format {
            Format::Csv => write_values(&map, &scores, out)?,
            Format::Json => write_json(&json::report(&map, &scores, (day, arguments.days)), out)?,
            format => {
                let text = text::of(
                    &map,
                    &scores,
                    (day, arguments.days),
                    format == Format::Markdown,
                );
                write!(out, "{text}")?;
            }
        }
    }
    Ok(ExitOutcome::Success)
}

fn write_means(
    scores: &Scores<'_>,
    period: Period,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let means = period_means(&scores.series, period);
    match format {
        Format::Json => {
            let means = means.iter().map(|it| {
                json!({
                    "metric": it.metric,
                    "period": it.period,
                    "mean": rounded(it.mean),
                    "values": it.values,
                    "n": it.answers,
                })
            });
            let report = json!({"version": 1, "means": means.collect::<Vec<_>>()});
            write_json(&report, out)?;
        }
        Format::Csv => {
            let header = ["metric", "period", "mean", "values", "n"];
            let rows = means.into_iter().map(|it| {
                let answers = it.answers.map_or(String::new(), |n| n.to_string());
                let (mean, values) = (rounded(it.mean).to_string(), it.values.to_string());
                vec![it.metric, it.period, mean, values, answers]
            });
            write_csv(
                [header.map(str::to_owned).to_vec()].into_iter().chain(rows),
                out,
            )?;
        }
        Format::Text | Format::Markdown => {
            let rows = means.into_iter().map(|it| {
                let weighted = match it.answers {
                    Some(n) => count(n as usize, "answer"),
                    None => format!("{}, not weighted by answers", count(it.values, "value")),
                };
                [it.metric, it.period, figure(it.mean), weighted]
            });
            let header = ["Metric", "Period", "Mean", "Rests on"];
            let table = text::table(
                &header,
                &rows.collect::<Vec<_>>(),
                format == Format::Markdown,
            );
            write!(out, "{table}")?;
        }
    }
    Ok(())
}

fn write_story(scores: &Scores<'_>, format: Format, out: &mut dyn Write) -> Result<(), CliError> {
    let stories = scores.series.iter().filter_map(|it| scores.story(it));
    let stories: Vec<String> = stories.collect();
    match format {
        Format::Json => write_json(&json!({"version": 1, "stories": stories}), out)?,
        Format::Csv => {
            return Err(CliError::Plain(
                "a story is no table: choose text, markdown or json".to_owned(),
            ));
        }
        Format::Markdown => {
            let stories = stories.iter().map(|it| escape_markdown(it));
            writeln!(out, "{}", stories.collect::<Vec<_>>().join("\n\n"))?;
        }
        Format::Text => {
            for story in &stories {
                writeln!(out, "{}", escaped(story))?;
            }
        }
    }
    if stories.is_empty() && format != Format::Json {
        writeln!(out, "No metric has values of two dates.")?;
    }
    Ok(())
}

/// Writes rows for spreadsheets; no text is taken for a formula.
fn write_csv(
    rows: impl IntoIterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        let cells = row.iter().map(|cell| inert_cell(cell));
        writer
            .write_record(cells.collect::<Vec<_>>())
            .map_err(io::Error::from)?;
    }
    writer.flush()?;
    Ok(())
}

/// A text that a spreadsheet does not take for a formula; numbers stay.
fn inert_cell(text: &str) -> String {
    let acts = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if acts {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn write_values(map: &Map, scores: &Scores<'_>, out: &mut dyn Write) -> Result<(), CliError> {
    let header = [
        "touchpoint",
        "name",
        "stage",
        "metric",
        "unit",
        "date",
        "value",
        "n",
        "low",
        "high",
        "bound",
        "target",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for score in &scores.series {
        let (id, name, stage) = place(map, scores, score);
        for (_, it) in &score.series.taken {
            let text = |value: Option<String>| value.unwrap_or_default();
            let interval = confidence_interval(it);
            let number = |value: Option<f64>| text(value.map(|it| rounded(it).to_string()));
            rows.push(vec![
                id.clone(),
                name.clone(),
                stage.clone(),
                it.metric.trim().to_owned(),
                it.unit.trim().to_owned(),
                text(it.date.map(|date| date.to_string())),
                number(it.value.map(Decimal::value)),
                text(it.n.map(|n| n.to_string())),
                number(interval.map(|it| it.low)),
                number(interval.map(|it| it.high)),
                text(interval.map(|it| it.is_bound.to_string())),
                number(it.target.map(Decimal::value)),
            ]);
        }
    }
    write_csv(rows, out)
}
