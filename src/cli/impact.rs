//! `touchline impact`: the touchpoints at which a change would bring the most.
//!
//! Must not know: windows.

use super::input::{path_parser, read_map};
use super::outcome::{CliError, ExitOutcome};
use super::output::{StepNames, TextOrJson, write_json};
use super::paths::find_persona;
use crate::english::{count, join_with_and};
use crate::graph::{CurvePoint, Graph};
use crate::insight::{Impact, RememberedFeeling};
use crate::model::{Map, Persona, Record, Span};
use crate::text::escaped;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

/// Rank touchpoints by what a change there would bring
///
/// Customers move along the paths by their shares; shares that nobody stated are spread evenly, and
/// the number of such branches is told. Losses are customers who leave, or take a path on which
/// nobody gets to the last contact: listed is how many more of 100 would arrive if half of them
/// went on like the others. Feelings are those of the usual path: listed is how the remembered feeling
/// changes if a touchpoint felt better by one. This is arithmetic on the map's own shares and
/// feelings, not proof of cause.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline impact bank.journey.ron
  touchline impact --persona daniel --format json bank.journey.ron

JSON: {\"version\": 1, \"arrives\", \"ends\": [{\"touchpoint\", \"share\"}], \"leaves\", \"caught\", \"assumed\", \"contacts\",
\"minutes\", \"untimed\", \"losses\": [{\"touchpoint\", \"visits\", \"lost\", \"gain\"}], \"feeling\": {\"persona\",
\"peak_end\", \"mean\", \"peak\": {\"touchpoint\", \"moment\", \"score\"}, \"end\"}, \"feelings\": [{\"touchpoint\",
\"peak_end\", \"mean\"}]}. Shares are of all customers, 0 to 1; “assumed” counts branches without stated shares,
“caught” are customers in a loop without a way out, “untimed” counts touchpoints without a duration;
“peak_end” is the mean of the most intense and the last moment.")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The persona whose feelings count, by id or name; by default the first
    #[arg(long, value_name = "PERSONA")]
    persona: Option<String>,
    /// The number of touchpoints to list
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextOrJson,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let map = read_map(&arguments.file)?;
    let graph = Graph::of(&map);
    if graph.is_empty() {
        return Err(CliError::Plain("this map has no touchpoint".to_owned()));
    }
    let persona = match &arguments.persona {
        Some(wanted) => Some(find_persona(map.personas(), wanted)?),
        None => map.personas().iter().next(),
    };
    let mut impact = Impact::of(&graph, persona.map(|persona| &persona.id));
    impact.losses.truncate(arguments.limit);
    impact.feelings.truncate(arguments.limit);
    match arguments.format {
        TextOrJson::Json => write_json(&report(&graph, persona, &impact), out)?,
        TextOrJson::Text => write_text(&map, (&graph, persona), &impact, out)?,
    }
    Ok(ExitOutcome::Success)
}

fn report(graph: &Graph, persona: Option<&Persona>, impact: &Impact) -> Value {
    let round = |number: f64| (number * 1e6).round() / 1e6;
    let id = |at: usize| graph.touchpoint(at);
    let ends = impact.ends.iter();
    let ends = ends.map(|(at, share)| json!({"touchpoint": id(*at), "share": round(*share)}));
    let losses = impact.losses.iter().map(|it| {
        json!({
            "touchpoint": id(it.touchpoint),
            "visits": round(it.visits),
            "lost": round(it.lost),
            "gain": round(it.gain),
        })
    });
    let moment = |it: &CurvePoint| {
        json!({
            "touchpoint": id(it.touchpoint),
            "moment": it.moment.word(),
            "score": it.score.value(),
        })
    };
    let feeling = impact.feeling.as_ref().map(|it| {
        json!({
            "persona": persona.map(|persona| &persona.id),
            "peak_end": round(it.peak_end()),
            "mean": round(it.mean),
            "peak": moment(&it.peak),
            "end": moment(&it.end),
        })
    });
    let feelings = impact.feelings.iter().map(|it| {
        json!({
            "touchpoint": id(it.touchpoint),
            "peak_end": round(it.peak_end),
            "mean": round(it.mean),
        })
    });
    json!({
        "version": 1,
        "arrives": round(impact.arrives),
        "ends": ends.collect::<Vec<_>>(),
        "leaves": round(impact.leaves),
        "caught": round(impact.caught),
        "assumed": impact.assumed,
        "contacts": round(impact.contacts),
        "minutes": round(impact.minutes),
        "untimed": impact.untimed,
        "losses": losses.collect::<Vec<_>>(),
        "feeling": feeling,
        "feelings": feelings.collect::<Vec<_>>(),
    })
}

/// A share as a number of 100 customers.
fn of_100(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    format!("{tenths}")
}

fn write_text(
    map: &Map,
    (graph, persona): (&Graph, Option<&Persona>),
    impact: &Impact,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let names = StepNames::of(map);
    let last = graph
        .last_contact()
        .map_or(String::new(), |at| names.quoted(at));
    let mut parts = vec![format!(
        "{} of 100 customers arrive at {last}",
        of_100(impact.arrives)
    )];
    let ends = impact.ends.iter();
    parts
        .extend(ends.map(|(at, share)| format!("{} end at {}", of_100(*share), names.quoted(*at))));
    if impact.leaves > 0.0005 {
        parts.push(format!("{} leave on the way", of_100(impact.leaves)));
    }
    if impact.caught > 0.0005 {
        let caught = of_100(impact.caught);
        parts.push(format!("{caught} are caught in a loop without a way out"));
    }
    writeln!(out, "{}.", join_with_and(&parts))?;
    match impact.assumed {
        0 => {}
        1 => writeln!(
            out,
            "At one branch no share is stated, so it was spread evenly."
        )?,
        n => writeln!(
            out,
            "At {n} branches a share is not stated, so it was spread evenly."
        )?,
    }
    let contacts = (impact.contacts * 10.0).round() / 10.0;
    let time = Span::from_minutes(impact.minutes.round() as u32);
    let time = match impact.untimed {
        0 => format!(" and take {time}"),
        n if n == graph.len() => String::new(),
        n => format!(
            " and take {time}, with {} without a time",
            count(n, "touchpoint")
        ),
    };
    writeln!(
        out,
        "Customers pass {contacts} touchpoints on average{time}."
    )?;
    if impact.losses.is_empty() {
        writeln!(
            out,
            "\nNo customer is lost: no path without a way on has a share."
        )?;
    } else {
        writeln!(out, "\nIf half of those who are lost went on:")?;
    }
    for (rank, loss) in impact.losses.iter().enumerate() {
        let name = names.quoted(loss.touchpoint);
        let (gain, lost) = (of_100(loss.gain), of_100(loss.lost));
        let rank = rank + 1;
        writeln!(
            out,
            "{rank:3}. {name}: {gain} more of 100 arrive, where {lost} are lost"
        )?;
    }
    write_feelings(&names, persona, impact, out)?;
    writeln!(
        out,
        "\nArithmetic on the map's own shares and feelings, not proof of cause."
    )?;
    Ok(())
}

fn write_feelings(
    names: &StepNames<'_>,
    persona: Option<&Persona>,
    impact: &Impact,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let Some(feeling) = &impact.feeling else {
        writeln!(out, "\nNo feeling on the usual path has a score.")?;
        return Ok(());
    };
    let whose = persona.map_or(String::new(), |persona| {
        format!(" of {}", escaped(persona.name()))
    });
    let RememberedFeeling { peak, end, mean } = feeling;
    let moment = |it: &CurvePoint| {
        let name = names.quoted(it.touchpoint);
        format!("{} {} {name}", it.score, it.moment.word())
    };
    writeln!(
        out,
        "\nRemembered feeling{whose}: {} by peak and end ({} and {}), {} by the mean.",
        signed(feeling.peak_end()),
        moment(peak),
        moment(end),
        signed(*mean),
    )?;
    writeln!(out, "If a touchpoint felt better by one:")?;
    let changes = impact.feelings.iter();
    let changes = changes.map(|it| (it, signed(it.peak_end), signed(it.mean)));
    // On a long journey most touchpoints change less than is shown.
    let shown = changes.filter(|(_, peak_end, mean)| peak_end != "0" || mean != "0");
    for (rank, (it, peak_end, mean)) in shown.enumerate() {
        let (rank, name) = (rank + 1, names.quoted(it.touchpoint));
        writeln!(
            out,
            "{rank:3}. {name}: {peak_end} by peak and end, {mean} by the mean"
        )?;
    }
    Ok(())
}

/// A score or a difference of scores, in hundredths.
fn signed(value: f64) -> String {
    let hundredths = (value * 100.0).round() / 100.0;
    match hundredths {
        0.0 => "0".to_owned(),
        it if it < 0.0 => format!("−{}", -it),
        it => format!("+{it}"),
    }
}
