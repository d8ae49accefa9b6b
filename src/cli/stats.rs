//! `touchline stats`: a map in numbers.
//!
//! Must not know: windows.

use super::input::{AnalyzedMap, path_parser};
use super::outcome::{CliError, ExitOutcome};
use super::output::{CurveJson, StepNames, curve_text, time_text};
use super::output::{TextOrJson, write_json};
use crate::english::count_in_words;
use crate::graph::{Graph, MatrixCell};
use crate::insight::{DepartmentStats, Findings, ResolutionCounts, Severity, Stats};
use crate::model::{Date, Map, MapKind, PersonaId, Record};
use crate::text::escaped;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

/// Print statistics of a map: feelings, owners, handoffs, pain points, actions, evidence
///
/// Feelings are those along the usual way, never only a mean: each persona's peak,
/// trough and end. The weight of a handoff is the share of all customers who are handed over.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline stats bank.journey.ron
  touchline stats --format json --today 2026-06-01 bank.journey.ron

JSON: {\"version\": 1, \"title\", \"kind\", \"stages\", \"touchpoints\", \"beside\", \"loops\", \"failures\",
\"moments_of_truth\", \"unowned\": {\"stages\", \"touchpoints\"}, \"departments\": [{\"id\", \"stages\",
\"touchpoints\", \"supports\", \"pains\", \"hands_over\", \"takes_over\"}], \"handoffs\": {\"count\", \"usual\",
\"matrix\": [{\"from\", \"to\", \"count\", \"weight\"}]}, \"ways\": {\"count\", \"shortest_minutes\", \"longest_minutes\",
\"unavoidable\": [id]}, \"feelings\": [{\"persona\", \"curve\"}], \"pains\": {\"all\", \"high\", \"open\", \"done\"},
\"opportunities\" (the same and \"delights\"), \"actions\": {\"planned\", \"started\", \"done\", \"dropped\",
\"overdue\"}, \"saved_views\": [{\"id\", \"name\"}], \"measured\": {\"touchpoints\", \"measurements\"}, \"claims\": {\"all\", \"founded\"},
\"findings\": {\"errors\", \"warnings\", \"advice\", \"accepted\"}}. In the matrix null is no owner, and pairs
without a link are left out; “curve” is as in `touchline paths`.")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextOrJson,
    /// The date of the statistics, for overdue actions and old evidence
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let today = arguments.today.unwrap_or_else(crate::settings::today);
    let AnalyzedMap {
        map,
        graph,
        findings,
        ..
    } = AnalyzedMap::of(&arguments.file, today)?;
    let stats = Stats::of(&map, &graph, today);
    match arguments.format {
        TextOrJson::Json => write_json(&report(&map, &graph, &stats, &findings), out)?,
        TextOrJson::Text => write_text(&map, &stats, &findings, out)?,
    }
    Ok(ExitOutcome::Success)
}

fn report(map: &Map, graph: &Graph, stats: &Stats, findings: &Findings) -> Value {
    let feelings = stats.curves.iter().map(|mood| {
        let curve = mood.curve.as_ref().map(|curve| CurveJson::of(graph, curve));
        json!({"persona": mood.persona, "curve": curve})
    });
    let departments = stats.departments.iter().map(|department| {
        let mut row = json!({"id": department.department});
        for (key, _, number) in DEPARTMENT_NUMBERS {
            row[key] = number(department).into();
        }
        row
    });
    let matrix = handoffs(stats).into_iter().map(|(from, to, cell)| {
        let name = |at: usize| stats.handoff_matrix.departments.get(at);
        let weight = (cell.weight * 1000.0).round() / 1000.0;
        json!({"from": name(from), "to": name(to), "count": cell.count, "weight": weight})
    });
    let counts = |it: &ResolutionCounts| json!({"all": it.all, "high": it.high, "open": it.open, "done": it.done});
    let mut opportunities = counts(&stats.opportunities);
    opportunities["delights"] = stats.delights.into();
    let [errors, warnings, advice] = open_findings(findings);
    let unavoidable = stats.dominators.iter();
    let unavoidable = unavoidable.filter_map(|at| graph.touchpoint(*at));
    let minutes = |time: Option<crate::graph::RouteTime>| time.map(|time| time.minutes);
    json!({
        "version": 1,
        "title": map.header().title,
        "kind": kind(map),
        "stages": stats.stages,
        "touchpoints": stats.touchpoints,
        "beside": stats.branches,
        "loops": stats.loops,
        "failures": stats.failures,
        "moments_of_truth": stats.moments,
        "unowned": {"stages": stats.unowned_stages, "touchpoints": stats.unowned},
        "departments": departments.collect::<Vec<_>>(),
        "handoffs": {
            "count": stats.handoffs,
            "usual": stats.usual_handoffs,
            "matrix": matrix.collect::<Vec<_>>(),
        },
        "ways": {
            "count": stats.routes,
            "shortest_minutes": minutes(stats.route_times.map(|(shortest, _)| shortest)),
            "longest_minutes": minutes(stats.route_times.map(|(_, longest)| longest)),
            "unavoidable": unavoidable.collect::<Vec<_>>(),
        },
        "feelings": feelings.collect::<Vec<_>>(),
        "pains": counts(&stats.pains),
        "opportunities": opportunities,
        "actions": {
            "planned": stats.actions.planned,
            "started": stats.actions.started,
            "done": stats.actions.done,
            "dropped": stats.actions.dropped,
            "overdue": stats.actions.overdue,
        },
        "saved_views": map.saved_views().iter().map(|view| json!({"id": view.id, "name": view.name})).collect::<Vec<_>>(),
        "measured": {"touchpoints": stats.measured, "measurements": stats.measurements},
        "claims": {"all": stats.claims.all, "founded": stats.claims.with_evidence},
        "findings": {
            "errors": errors,
            "warnings": warnings,
            "advice": advice,
            "accepted": findings.accepted.len(),
        },
    })
}

fn kind(map: &Map) -> &'static str {
    match map.header().kind {
        MapKind::Current => "current",
        MapKind::Future => "future",
    }
}

/// Numbers of open errors, warnings and pieces of advice.
fn open_findings(findings: &Findings) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| {
        let open = findings.open.iter();
        open.filter(|f| f.severity() == severity).count()
    })
}

/// The numbers of a department: key in JSON, heading in the table, and value.
type DepartmentNumber = (&'static str, &'static str, fn(&DepartmentStats) -> usize);

const DEPARTMENT_NUMBERS: [DepartmentNumber; 6] = [
    ("stages", "stages", |it| it.stages),
    ("touchpoints", "touchpoints", |it| it.touchpoints),
    ("supports", "helps", |it| it.supports),
    ("pains", "pains", |it| it.pains),
    ("hands_over", "hands over", |it| it.handoffs_out),
    ("takes_over", "takes over", |it| it.handoffs_in),
];

/// The cells of the matrix of handoffs that have a link, with row and column.
fn handoffs(stats: &Stats) -> Vec<(usize, usize, MatrixCell)> {
    let matrix = &stats.handoff_matrix;
    let all = 0..=matrix.departments.len();
    let pairs = all
        .clone()
        .flat_map(|from| all.clone().map(move |to| (from, to)));
    let cells = pairs.map(|(from, to)| (from, to, matrix.cell(from, to)));
    cells.filter(|(_, _, cell)| cell.count > 0).collect()
}

fn write_text(
    map: &Map,
    stats: &Stats,
    findings: &Findings,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let names = StepNames::of(map);
    let title = escaped(map.header().title.trim());
    writeln!(out, "{title} ({})", kind(map))?;
    writeln!(
        out,
        "  {}, {}, {} of them beside the main line; {}, {}, {}",
        count_in_words(stats.stages, "stage", "stages"),
        count_in_words(stats.touchpoints, "touchpoint", "touchpoints"),
        stats.branches,
        count_in_words(stats.loops, "loop", "loops"),
        count_in_words(stats.failures, "failure", "failures"),
        count_in_words(stats.moments, "moment of truth", "moments of truth")
    )?;
    writeln!(out, "\nFeelings along the usual way")?;
    for mood in &stats.curves {
        let who = persona_name(map, mood.persona.as_ref());
        match &mood.curve {
            Some(curve) => writeln!(out, "  {who}: {}", curve_text(&names, curve))?,
            None => writeln!(out, "  {who}: nothing is said")?,
        }
    }
    writeln!(out, "\nWays from first to last contact")?;
    match stats.route_times {
        Some((shortest, longest)) => {
            let time = |time| time_text(time, usize::MAX);
            let ways = match stats.routes {
                u64::MAX => "more than can be counted".to_owned(),
                n => n.to_string(),
            };
            writeln!(
                out,
                "  {ways}; the shortest takes {}, the longest {}",
                time(shortest),
                time(longest)
            )?;
            let all = stats.dominators.iter().map(|at| names.quoted(*at));
            let all: Vec<String> = all.collect();
            let steps = if stats.dominators == stats.usual_route {
                "all of the usual way".to_owned()
            } else {
                all.join(", ")
            };
            writeln!(out, "  unavoidable steps {}: {steps}", all.len())?
        }
        None => writeln!(out, "  none")?,
    }
    writeln!(out, "\nOwners")?;
    writeln!(
        out,
        "  no owner: {} and {}; {}, {} of them on the usual way",
        count_in_words(stats.unowned, "touchpoint", "touchpoints"),
        count_in_words(stats.unowned_stages, "stage", "stages"),
        count_in_words(
            stats.handoffs,
            "link changes the owner",
            "links change the owner"
        ),
        stats.usual_handoffs
    )?;
    write_workloads(map, &stats.departments, out)?;
    write_handoffs(map, stats, out)?;
    let line = |what: &str, it: &ResolutionCounts| {
        format!(
            "  {what}: {}, {} of them high; {} answered, {} done with",
            it.all,
            it.high,
            it.open + it.done,
            it.done
        )
    };
    writeln!(out, "\nPains, opportunities, actions")?;
    writeln!(out, "{}", line("pains", &stats.pains))?;
    writeln!(
        out,
        "{}, {} would delight",
        line("opportunities", &stats.opportunities),
        stats.delights
    )?;
    let it = &stats.actions;
    writeln!(
        out,
        "  actions: {} planned, {} under way, {} done, {} dropped; {} overdue",
        it.planned, it.started, it.done, it.dropped, it.overdue
    )?;
    writeln!(out, "\nHow sure this is")?;
    writeln!(
        out,
        "  {} of {} claims rest on more than assumption",
        stats.claims.with_evidence, stats.claims.all
    )?;
    writeln!(
        out,
        "  {} of {} touchpoints are measured; {}",
        stats.measured,
        stats.touchpoints,
        count_in_words(stats.measurements, "measurement", "measurements")
    )?;
    let [errors, warnings, advice] = open_findings(findings);
    writeln!(
        out,
        "  findings: {}, {}, {}; {} accepted",
        count_in_words(errors, "error", "errors"),
        count_in_words(warnings, "warning", "warnings"),
        count_in_words(advice, "piece of advice", "pieces of advice"),
        findings.accepted.len()
    )?;
    let views = map.saved_views().iter();
    let names: Vec<_> = views.map(|view| escaped(view.name.trim())).collect();
    if !names.is_empty() {
        writeln!(out, "\nSaved views\n  {}", names.join(", "))?;
    }
    Ok(())
}

fn persona_name<'m>(map: &'m Map, persona: Option<&PersonaId>) -> Cow<'m, str> {
    let persona = persona.and_then(|id| map.personas().get(id));
    escaped(persona.map_or("the customer", Record::name))
}

/// Writes a table with one line for each department.
fn write_workloads(
    map: &Map,
    loads: &[DepartmentStats],
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let name = |load: &DepartmentStats| {
        let department = map.departments().get(&load.department);
        escaped(department.map_or("", Record::name).trim())
    };
    let width = loads.iter().map(|l| name(l).chars().count()).max();
    let Some(width) = width else {
        return Ok(());
    };
    let heads = DEPARTMENT_NUMBERS.map(|(_, head, _)| head).join("  ");
    writeln!(out, "  {:width$}  {heads}", "")?;
    for load in loads {
        let cells = DEPARTMENT_NUMBERS.map(|(_, head, number)| {
            let width = head.len();
            format!("{:>width$}", number(load))
        });
        writeln!(out, "  {:width$}  {}", name(load), cells.join("  "))?;
    }
    Ok(())
}

/// Writes the handoffs between departments, the most frequent first.
fn write_handoffs(map: &Map, stats: &Stats, out: &mut dyn Write) -> Result<(), CliError> {
    let mut pairs = handoffs(stats);
    pairs.retain(|(from, to, _)| from != to);
    pairs.sort_by_key(|(_, _, cell)| std::cmp::Reverse(cell.count));
    let name = |at: usize| {
        let id = stats.handoff_matrix.departments.get(at);
        let department = id.and_then(|id| map.departments().get(id));
        escaped(department.map_or("no owner", |d| d.short_name().trim()))
    };
    for (from, to, MatrixCell { count, weight }) in pairs {
        let (from, to) = (name(from), name(to));
        writeln!(out, "  {from} → {to}: {count} (weight {weight:.2})")?;
    }
    Ok(())
}
