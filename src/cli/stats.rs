//! `touchline stats`: a map in numbers.
//!
//! Must not know: windows.

use super::input::AnalyzedMap;
use super::outcome::{CliError, ExitOutcome};
use super::output::{CurveJson, StepNames, curve_text, time_text};
use super::output::{TextOrJson, write_json};
use crate::english::count_in_words;
use crate::graph::Graph;
use crate::insight::{DepartmentStats, Findings, ResolutionCounts, Severity, Stats};
use crate::model::{Date, Map, MapKind, PersonaId, Record};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

/// Count a map: feelings, owners, handoffs, pains, actions, evidence
///
/// Feelings are those along the usual way, never only a mean: each persona's peak,
/// trough and end. A share behind a handoff is that of the customers at its start.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline stats bank.journey.ron
  touchline stats --format json --today 2026-06-01 bank.journey.ron

JSON: {\"version\": 1, \"title\", \"kind\", \"stages\", \"touchpoints\", \"beside\", \"loops\", \"failures\",
\"moments_of_truth\", \"unowned\": {\"stages\", \"touchpoints\"}, \"departments\": [{\"id\", \"stages\",
\"touchpoints\", \"supports\", \"pains\", \"hands_over\", \"takes_over\"}], \"handoffs\": {\"count\", \"matrix\":
[{\"from\", \"to\", \"count\", \"weight\"}]}, \"ways\": {\"count\", \"shortest_minutes\", \"longest_minutes\",
\"unavoidable\": [id]}, \"feelings\": [{\"persona\", \"curve\"}], \"pains\": {\"all\", \"high\", \"open\", \"done\"},
\"opportunities\" (the same and \"delights\"), \"actions\": {\"planned\", \"started\", \"done\", \"dropped\",
\"overdue\"}, \"measured\": {\"touchpoints\", \"measurements\"}, \"claims\": {\"all\", \"founded\"},
\"findings\": {\"errors\", \"warnings\", \"advice\", \"accepted\"}}. In the matrix null is nobody, and pairs
without a link are left out; “curve” is as in `touchline paths`.")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    file: PathBuf,
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextOrJson,
    /// The day on which it is counted, for what is overdue or old
    #[arg(long, value_name = "YYYY-MM-DD", default_value_t = crate::settings::today(), hide_default_value = true)]
    today: Date,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let AnalyzedMap {
        map,
        graph,
        findings,
    } = AnalyzedMap::of(&arguments.file, arguments.today)?;
    let stats = Stats::of(&map, &graph, arguments.today);
    match arguments.format {
        TextOrJson::Json => write_json(&report(&map, &graph, &stats, &findings), out)?,
        TextOrJson::Text => write_text(&map, &stats, &findings, out)?,
    }
    Ok(ExitOutcome::Success)
}

#[derive(Serialize)]
struct FeelingJson {
    persona: Option<String>,
    curve: Option<CurveJson>,
}

fn report(map: &Map, graph: &Graph, stats: &Stats, findings: &Findings) -> Value {
    let id = |at: &usize| graph.touchpoint(*at).map(ToString::to_string);
    let feelings = stats.curves.iter().map(|mood| FeelingJson {
        persona: mood.persona.as_ref().map(ToString::to_string),
        curve: mood.curve.as_ref().map(|curve| CurveJson::of(graph, curve)),
    });
    let departments: Vec<Value> = stats
        .departments
        .iter()
        .map(|load| {
            json!({
                "id": load.department.to_string(),
                "stages": load.stages,
                "touchpoints": load.touchpoints,
                "supports": load.supports,
                "pains": load.pains,
                "hands_over": load.handoffs_out,
                "takes_over": load.handoffs_in,
            })
        })
        .collect();
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
        "departments": departments,
        "handoffs": {"count": stats.handoffs, "matrix": handoff_matrix(stats)},
        "ways": {
            "count": stats.routes,
            "shortest_minutes": minutes(stats.route_times.map(|(shortest, _)| shortest)),
            "longest_minutes": minutes(stats.route_times.map(|(_, longest)| longest)),
            "unavoidable": stats.dominators.iter().filter_map(id).collect::<Vec<_>>(),
        },
        "feelings": feelings.collect::<Vec<_>>(),
        "pains": resolution_counts(&stats.pains),
        "opportunities": {
            "all": stats.opportunities.all,
            "high": stats.opportunities.high,
            "open": stats.opportunities.open,
            "done": stats.opportunities.done,
            "delights": stats.delights,
        },
        "actions": {
            "planned": stats.actions.planned,
            "started": stats.actions.started,
            "done": stats.actions.done,
            "dropped": stats.actions.dropped,
            "overdue": stats.actions.overdue,
        },
        "measured": {"touchpoints": stats.measured, "measurements": stats.measurements},
        "claims": {"all": stats.claims.all, "founded": stats.claims.with_evidence},
        "findings": {
            "errors": open_findings(findings, Severity::Error),
            "warnings": open_findings(findings, Severity::Warning),
            "advice": open_findings(findings, Severity::Advice),
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

fn resolution_counts(it: &ResolutionCounts) -> Value {
    json!({"all": it.all, "high": it.high, "open": it.open, "done": it.done})
}

fn open_findings(findings: &Findings, severity: Severity) -> usize {
    let open = findings.open.iter();
    open.filter(|f| f.severity() == severity).count()
}

fn handoff_matrix(stats: &Stats) -> Vec<Value> {
    let silos = &stats.handoff_matrix;
    let all = 0..=silos.departments.len();
    let mut matrix = Vec::new();
    for from in all.clone() {
        for to in all.clone() {
            let cell = silos.cell(from, to);
            let name = |at: usize| silos.departments.get(at).map(ToString::to_string);
            if cell.count > 0 {
                matrix.push(json!({
                    "from": name(from),
                    "to": name(to),
                    "count": cell.count,
                    "weight": (cell.weight * 1000.0).round() / 1000.0,
                }));
            }
        }
    }
    matrix
}

fn write_text(
    map: &Map,
    stats: &Stats,
    findings: &Findings,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let names = StepNames::of(map);
    writeln!(out, "{} ({})", map.header().title.trim(), kind(map))?;
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
            if stats.dominators == stats.usual_route {
                writeln!(out, "  everybody passes every step of the usual way")?
            } else {
                writeln!(out, "  everybody passes {}: {}", all.len(), all.join(", "))?
            }
        }
        None => writeln!(out, "  none")?,
    }
    writeln!(out, "\nOwners")?;
    writeln!(
        out,
        "  nobody owns {} and {}; {}",
        count_in_words(stats.unowned, "touchpoint", "touchpoints"),
        count_in_words(stats.unowned_stages, "stage", "stages"),
        count_in_words(
            stats.handoffs,
            "link changes the owner",
            "links change the owner"
        )
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
    writeln!(
        out,
        "  findings: {}, {}, {}; {} accepted",
        count_in_words(open_findings(findings, Severity::Error), "error", "errors"),
        count_in_words(
            open_findings(findings, Severity::Warning),
            "warning",
            "warnings"
        ),
        count_in_words(
            open_findings(findings, Severity::Advice),
            "piece of advice",
            "pieces of advice"
        ),
        findings.accepted.len()
    )?;
    Ok(())
}

fn persona_name<'m>(map: &'m Map, persona: Option<&PersonaId>) -> &'m str {
    let persona = persona.and_then(|id| map.personas().get(id));
    persona.map_or("the customer", Record::name)
}

/// Writes a table with one line for each department.
fn write_workloads(
    map: &Map,
    loads: &[DepartmentStats],
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let name = |load: &DepartmentStats| {
        let department = map.departments().get(&load.department);
        department.map_or("", Record::name).trim().to_owned()
    };
    let width = loads.iter().map(|l| name(l).chars().count()).max();
    let Some(width) = width else {
        return Ok(());
    };
    let heads = [
        "stages",
        "touchpoints",
        "helps",
        "pains",
        "hands over",
        "takes over",
    ];
    writeln!(out, "  {:width$}  {}", "", heads.join("  "))?;
    for load in loads {
        let cells = [
            load.stages,
            load.touchpoints,
            load.supports,
            load.pains,
            load.handoffs_out,
            load.handoffs_in,
        ];
        let cells = heads.iter().zip(cells).map(|(head, cell)| {
            let width = head.len();
            format!("{cell:>width$}")
        });
        writeln!(
            out,
            "  {:width$}  {}",
            name(load),
            cells.collect::<Vec<_>>().join("  ")
        )?;
    }
    Ok(())
}

/// Writes the handoffs between departments, the most frequent first.
fn write_handoffs(map: &Map, stats: &Stats, out: &mut dyn Write) -> Result<(), CliError> {
    let silos = &stats.handoff_matrix;
    let all = 0..=silos.departments.len();
    let mut pairs: Vec<(usize, usize)> = all
        .clone()
        .flat_map(|from| all.clone().map(move |to| (from, to)))
        .collect();
    pairs.retain(|(from, to)| from != to && silos.cell(*from, *to).count > 0);
    pairs.sort_by_key(|(from, to)| std::cmp::Reverse(silos.cell(*from, *to).count));
    let name = |at: usize| {
        let department = silos
            .departments
            .get(at)
            .and_then(|id| map.departments().get(id));
        department.map_or("nobody", |d| d.short_name().trim())
    };
    for (from, to) in pairs {
        let cell = silos.cell(from, to);
        writeln!(
            out,
            "  {} → {}: {} (weight {:.2})",
            name(from),
            name(to),
            cell.count,
            cell.weight
        )?;
    }
    Ok(())
}
