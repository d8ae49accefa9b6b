//! `touchline diff`: the differences of two maps, and one map as text for git.
//!
//! Must not know: windows.

mod json;

use self::json::{differences_json, summary_json};
use super::input::{is_standard_stream, path_parser, read_bytes, read_map};
use super::outcome::{CliError, ExitOutcome};
use super::output::write_json;
use crate::compare::future::{
    FutureSummary, FutureTable, summary_to_markdown, summary_to_text, table_to_markdown,
    table_to_text,
};
use crate::compare::{Comparison, Corrections, Matching, to_markdown, to_plain_text, to_text};
use crate::format;
use crate::model::{Map, ObjectRef};
use crate::session::MapVersions;
use crate::task::Progress;
use crate::text::escaped;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The output formats of differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum DiffFormat {
    /// Sentences, for people
    Text,
    /// Sentences in Markdown, to paste or mail
    Markdown,
    /// JSON, for other programs
    Json,
}

/// Tell how two maps differ, a sentence for each change
///
/// Grouped by stage in the order of the journey, so that somebody who carries the
/// sentences out gets the second map from the first. Records are the same if their
/// ids are; others are matched by name without its number, place, owner and channel.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline diff bank.journey.ron bank-new.journey.ron
  touchline diff --format markdown bank.journey.ron bank-new.journey.ron > changes.md
  touchline diff --summary bank.journey.ron bank-future.journey.ron
  touchline diff --summary bank.journey.ron bank-target.journey.ron bank-vision.journey.ron
  touchline diff --rev HEAD~3 bank.journey.ron
  touchline diff --same s4=step-5 monday.journey.ron friday.journey.ron
  touchline git-setup                            git diff shows maps through --textconv

JSON: {\"version\": 1, \"same\", \"counts\": {\"added\", \"removed\", \"moved\", \"changed\"}, \"sections\":
[{\"title\", \"stage\", \"differences\": [{\"kind\", \"object\": {\"kind\", \"before\", \"after\"}, \"name\",
\"from\", \"to\": {\"stage\", \"index\", \"previous\"}, \"fields\": [{\"key\", \"field\", \"item\", \"kind\", \"was\",
\"is\"}], \"sentences\"}]}], \"matched\": [{\"kind\", \"before\", \"after\", \"by\"}]}. “before” and “after” are ids,
null where a map does not have the record; “matched” has the pairs with different ids.
With --summary: {\"version\": 1, \"titles\", \"stages\": [{\"stage\", \"name\", \"fate\", \"steps\": [{\"step\", \"name\",
\"fate\", \"channel\", \"self_service\", \"automated\", \"owner\", \"feelings\", \"minutes\", \"pains_removed\",
\"pains_added\", \"taken\", \"delights_added\", \"stops_being_bad\", \"starts_to_delight\"}]}], \"expected\",
\"totals\"}; pairs are before and after. Of several futures: {\"version\": 1, \"table\": {\"titles\",
\"sections\": [{\"title\", \"columns\", \"rows\": [{\"name\", \"cells\"}]}]}}, a cell for each column.

Exit codes: 0 the maps are the same, 1 they differ, 2 the command failed.")]
pub(super) struct Arguments {
    /// The map before; - reads standard input
    #[arg(value_parser = path_parser(), required_unless_present = "textconv")]
    before: Option<PathBuf>,
    /// The map after; - reads standard input. With --summary several futures of the first map
    #[arg(value_parser = path_parser(), required_unless_present_any = ["textconv", "revisions"])]
    after: Vec<PathBuf>,
    /// Compare a map with itself at this revision in git; given twice, two revisions of it
    #[arg(long = "rev", value_name = "REVISION", conflicts_with_all = ["after", "textconv"])]
    revisions: Vec<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: DiffFormat,
    /// Sum up what a future journey changes: each step, time, feelings, pain points, handoffs
    #[arg(long)]
    summary: bool,
    /// Take a record of the map before and one of the map after for the same, by their ids
    #[arg(long, value_name = "BEFORE=AFTER")]
    same: Vec<String>,
    /// Take two records for different ones, by their ids
    #[arg(long, value_name = "BEFORE=AFTER")]
    different: Vec<String>,
    /// Print one map as lines of text, for git; a file that is no map as it is
    #[arg(long, value_name = "FILE", value_parser = path_parser(),
        conflicts_with_all = ["before", "after", "format", "same", "different", "summary"])]
    textconv: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    if let Some(file) = &arguments.textconv {
        return convert(file, out);
    }
    if arguments.summary && arguments.after.len() > 1 {
        return futures(arguments, out);
    }
    let [before, after] = maps(arguments)?;
    let corrections = corrections(arguments, &before, &after)?;
    let matching = Matching::with(&before, &after, &corrections);
    let comparison = Comparison::of(&before, &after, &matching);
    if arguments.summary {
        let summary = FutureSummary::of(&comparison);
        match arguments.format {
            DiffFormat::Text => write_lines(&summary_to_text(&summary), out)?,
            DiffFormat::Markdown => write_lines(&summary_to_markdown(&summary), out)?,
            DiffFormat::Json => write_json(&summary_json(&summary), out)?,
        }
        return Ok(outcome(&comparison));
    }
    match arguments.format {
        DiffFormat::Text => write_lines(&to_text(&comparison), out)?,
        DiffFormat::Markdown => write_lines(&to_markdown(&comparison), out)?,
        DiffFormat::Json => write_json(&differences_json(&comparison), out)?,
    }
    Ok(outcome(&comparison))
}

/// Sums up several futures of one map side by side.
fn futures(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    if !arguments.same.is_empty() || !arguments.different.is_empty() {
        let problem = "--same and --different correct the pairs of two maps, not of several";
        return Err(CliError::Plain(problem.to_owned()));
    }
    let paths = || arguments.before.iter().chain(&arguments.after);
    if paths().filter(|path| is_standard_stream(path)).count() > 1 {
        let problem = "only one of the maps can come from standard input";
        return Err(CliError::Plain(problem.to_owned()));
    }
    let maps: Vec<Map> = paths()
        .map(|path| read_map(path))
        .collect::<Result<_, _>>()?;
    let Some((current, futures)) = maps.split_first() else {
        return Ok(ExitOutcome::Success);
    };
    let comparisons: Vec<Comparison> = futures
        .iter()
        .map(|future| Comparison::between(current, future))
        .collect();
    let summaries: Vec<FutureSummary> = comparisons.iter().map(FutureSummary::of).collect();
    let table = FutureTable::of(&summaries);
    match arguments.format {
        DiffFormat::Text => write_lines(&table_to_text(&table), out)?,
        DiffFormat::Markdown => write_lines(&table_to_markdown(&table), out)?,
        DiffFormat::Json => write_json(&json!({ "version": 1, "table": table }), out)?,
    }
    let differing = comparisons.iter().find(|it| !it.is_empty());
    Ok(differing.map_or(ExitOutcome::Success, outcome))
}

/// Reads both maps.
fn maps(arguments: &Arguments) -> Result<[Map; 2], CliError> {
    let problem = match (&arguments.before, &*arguments.after, &*arguments.revisions) {
        (Some(file), [], [before]) => return Ok([map_at(file, before)?, read_map(file)?]),
        (Some(file), [], [before, after]) => {
            return Ok([map_at(file, before)?, map_at(file, after)?]);
        }
        (Some(_), [], [_, _, ..]) => "--rev can be given once or twice",
        (Some(before), [after], []) => {
            if !is_standard_stream(before) || !is_standard_stream(after) {
                return Ok([read_map(before)?, read_map(after)?]);
            }
            "only one of the two maps can come from standard input"
        }
        (_, [_, _, ..], _) => "two maps are needed; several futures are for --summary",
        _ => "two maps are needed",
    };
    Err(CliError::Plain(problem.to_owned()))
}

/// Reads the map in a file as it was at a revision.
fn map_at(file: &Path, revision: &str) -> Result<Map, CliError> {
    let in_file = |problem: String| CliError::Plain(format!("{}: {problem}", file.display()));
    let versions = MapVersions::of(file);
    let bytes = versions.content_at(revision, &Progress::default());
    let bytes = bytes.map_err(|error| in_file(error.to_string()))?;
    let document = format::read(&bytes);
    let document = document.map_err(|error| in_file(format!("{revision}: {}", error.problem)))?;
    Ok(document.map)
}

fn outcome(comparison: &Comparison) -> ExitOutcome {
    if comparison.is_empty() {
        ExitOutcome::Success
    } else {
        ExitOutcome::CheckFailed
    }
}

fn write_lines(text: &str, out: &mut dyn Write) -> Result<(), CliError> {
    for line in text.lines() {
        writeln!(out, "{}", escaped(line))?;
    }
    Ok(())
}

/// Prints a map as text. Git shows nothing at all if this fails, so what is no map is printed as
/// it stands.
fn convert(file: &Path, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let bytes = match read_bytes(file) {
        Ok(bytes) => bytes,
        // Too large for a map, or no regular file.
        Err(error) => {
            let mut file = std::fs::File::open(file).map_err(|_| error)?;
            std::io::copy(&mut file, out)?;
            return Ok(ExitOutcome::Success);
        }
    };
    match format::read(&bytes) {
        Ok(document) => write_lines(&to_plain_text(&document.map), out)?,
        Err(_) => out.write_all(&bytes)?,
    }
    Ok(ExitOutcome::Success)
}

fn corrections(arguments: &Arguments, before: &Map, after: &Map) -> Result<Corrections, CliError> {
    let mut corrections = Corrections::default();
    for pair in &arguments.same {
        let (one, other) = records(pair, before, after)?;
        if !corrections.join(one, other) {
            let problem = format!("{pair}: records of different kinds cannot be the same");
            return Err(CliError::Plain(problem));
        }
    }
    for pair in &arguments.different {
        let (one, other) = records(pair, before, after)?;
        corrections.part(one, other);
    }
    Ok(corrections)
}

/// The records of `BEFORE=AFTER`. Ids may contain an equals sign.
fn records(pair: &str, before: &Map, after: &Map) -> Result<(ObjectRef, ObjectRef), CliError> {
    let object = |map: &Map, id: &str| {
        Some(id)
            .filter(|id| !id.is_empty())
            .and_then(|id| ObjectRef::with_key(map, id))
    };
    let mut splits = pair.match_indices('=');
    let found = splits.find_map(|(at, _)| {
        Some((
            object(before, &pair[..at])?,
            object(after, &pair[at + 1..])?,
        ))
    });
    found.ok_or_else(|| {
        CliError::Plain(format!(
            "{pair}: expected the id of a record of the map before, =, and that of one of the map after"
        ))
    })
}
