//! `touchline diff`: the differences of two maps, and one map as text for git.
//!
//! Must not know: windows.

use super::input::{is_standard_stream, path_parser, read_bytes, read_map};
use super::outcome::{CliError, ExitOutcome};
use super::output::write_json;
use crate::compare::future::{
    Fate, FutureSummary, StageShift, StepShift, summary_to_markdown, summary_to_text,
};
use crate::compare::{
    Comparison, Corrections, Difference, DifferenceKind, MatchedBy, Matching, Objects, Place,
    SentenceWriter, to_markdown, to_plain_text, to_text,
};
use crate::english::uncapitalize;
use crate::format;
use crate::model::{Map, ObjectRef};
use crate::text::escaped;
use serde_json::{Value, json};
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
\"totals\"}; pairs are before and after.

Exit codes: 0 the maps are the same, 1 they differ, 2 the command failed.")]
pub(super) struct Arguments {
    /// The map before; - reads standard input
    #[arg(value_parser = path_parser(), required_unless_present = "textconv")]
    before: Option<PathBuf>,
    /// The map after; - reads standard input
    #[arg(value_parser = path_parser(), required_unless_present = "textconv")]
    after: Option<PathBuf>,
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
    let (before, after) = match (&arguments.textconv, &arguments.before, &arguments.after) {
        (Some(file), _, _) => return convert(file, out),
        (None, Some(before), Some(after)) => (before, after),
        _ => return Err(CliError::Plain("two maps are needed".to_owned())),
    };
    if is_standard_stream(before) && is_standard_stream(after) {
        let problem = "only one of the two maps can come from standard input";
        return Err(CliError::Plain(problem.to_owned()));
    }
    let (before, after) = (read_map(before)?, read_map(after)?);
    let corrections = corrections(arguments, &before, &after)?;
    let matching = Matching::with(&before, &after, &corrections);
    let comparison = Comparison::of(&before, &after, &matching);
    if arguments.summary {
        let summary = FutureSummary::of(&comparison);
        match arguments.format {
            DiffFormat::Text => write_lines(&summary_to_text(&summary), out)?,
            DiffFormat::Markdown => write_lines(&summary_to_markdown(&summary), out)?,
            DiffFormat::Json => write_json(&summary_report(&summary), out)?,
        }
        return Ok(outcome(&comparison));
    }
    match arguments.format {
        DiffFormat::Text => write_lines(&to_text(&comparison), out)?,
        DiffFormat::Markdown => write_lines(&to_markdown(&comparison), out)?,
        DiffFormat::Json => write_json(&report(&comparison), out)?,
    }
    Ok(outcome(&comparison))
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

fn report(comparison: &Comparison) -> Value {
    let writer = SentenceWriter::new(comparison);
    let counts = DifferenceKind::ALL.map(|kind| {
        let of_kind = comparison.differences().filter(|it| it.kind == kind);
        (kind.word().to_owned(), json!(of_kind.count()))
    });
    let sections = comparison.sections().iter().map(|section| {
        let differences = section.differences.iter();
        let differences = differences.map(|it| difference(comparison, &writer, it));
        json!({
            "title": section.title,
            "stage": section.stage.as_ref().map(ids),
            "differences": differences.collect::<Vec<_>>(),
        })
    });
    let matched = comparison
        .matching()
        .pairs()
        .filter(|(_, _, by)| *by != MatchedBy::Id);
    let mut matched: Vec<_> = matched
        .map(|(before, after, by)| (kind(before), before.key(), after.key(), by))
        .collect();
    matched.sort_unstable_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    let matched = matched.into_iter().map(|(kind, before, after, by)| {
        json!({ "kind": kind, "before": before, "after": after, "by": by })
    });
    json!({
        "version": 1,
        "same": comparison.is_empty(),
        "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
        "sections": sections.collect::<Vec<_>>(),
        "matched": matched.collect::<Vec<_>>(),
    })
}

fn kind(object: &ObjectRef) -> String {
    uncapitalize(object.noun())
}

fn ids(objects: &Objects) -> Value {
    let key = |object: &Option<ObjectRef>| object.as_ref().map(|it| it.key().into_owned());
    json!({ "before": key(&objects.before), "after": key(&objects.after) })
}

fn difference(comparison: &Comparison, writer: &SentenceWriter<'_>, it: &Difference) -> Value {
    let object = it.objects.after.as_ref().or(it.objects.before.as_ref());
    let mut ids_of = ids(&it.objects);
    ids_of["kind"] = json!(object.map(kind));
    let fields = it.fields.iter().map(|field| {
        json!({
            "key": field.key,
            "field": field.word,
            "item": field.item,
            "kind": field.kind,
            "was": field.was,
            "is": field.is,
        })
    });
    json!({
        "kind": it.kind,
        "object": ids_of,
        "name": comparison.name(&it.objects),
        "from": it.from.as_ref().map(place),
        "to": it.to.as_ref().map(place),
        "fields": fields.collect::<Vec<_>>(),
        "sentences": writer.sentences(it),
    })
}

fn place(place: &Place) -> Value {
    json!({
        "stage": place.stage.as_ref().map(ids),
        "index": place.index,
        "previous": place.previous.as_ref().map(ids),
    })
}

fn summary_report(summary: &FutureSummary) -> Value {
    let stages = summary.stages.iter().map(|stage: &StageShift| {
        json!({
            "stage": ids(&stage.objects),
            "name": stage.name,
            "fate": stage.fate,
            "steps": stage.steps.iter().map(step).collect::<Vec<_>>(),
        })
    });
    let fates = Fate::ALL.iter().zip(summary.totals.steps);
    let fates = fates.map(|(fate, count)| (fate.word().to_owned(), json!(count)));
    let mut totals = json!(summary.totals);
    totals["steps"] = fates.collect::<serde_json::Map<_, _>>().into();
    json!({
        "version": 1,
        "titles": summary.titles,
        "stages": stages.collect::<Vec<_>>(),
        "expected": summary.hypotheses,
        "totals": totals,
    })
}

fn step(step: &StepShift) -> Value {
    json!({
        "step": ids(&step.objects),
        "name": step.name,
        "fate": step.fate,
        "channel": step.channel,
        "self_service": step.becomes_self_service,
        "automated": step.becomes_automated,
        "owner": step.owner,
        "feelings": step.feelings,
        "minutes": step.minutes,
        "pains_removed": step.pains_removed,
        "pains_added": step.pains_added,
        "taken": step.taken,
        "delights_added": step.delights_added,
        "stops_being_bad": step.stops_being_bad(),
        "starts_to_delight": step.starts_to_delight(),
    })
}
