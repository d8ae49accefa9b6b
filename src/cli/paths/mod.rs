//! `touchline paths`: the routes through a journey.
//!
//! Must not know: windows.

mod json;
mod text;

use super::input::{path_parser, read_map};
use super::outcome::{CliError, ExitOutcome};
use super::output::{StepNames, TextOrJson, write_json};
use crate::folding::is_same_name;
use crate::graph::{Graph, JourneyRoute, TrailSearch};
use crate::model::{Id, IndexedList, Map, Persona, Record, Touchpoint, TouchpointId};
use std::io::Write;
use std::path::PathBuf;

/// List the paths through a journey, or the best, worst, shortest or longest
///
/// A path takes no loop that can be avoided; with --loops, every path that takes no
/// loop twice, those with the fewest loops first. Best and worst are by the mean of the feelings on the path, and
/// every path is listed with its peak, trough and end.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline paths bank.journey.ron
  touchline paths --worst --persona daniel bank.journey.ron
  touchline paths --from \"Signs the contract\" --to receives-card bank.journey.ron
  touchline paths --branches bank.journey.ron

JSON: {\"version\": 1, \"from\", \"to\", \"persona\", \"ways\", \"cut\", \"shown\": [{\"steps\": [id], \"loops\",
\"minutes\", \"unknown\", \"curve\"}], \"forks\": [{\"at\", \"rejoin\", \"branches\": [{\"share\",
\"of_all\", \"steps\": [id]}]}]}. “ways” counts the ways without needless loops; “cut” tells
whether a search with --loops was given up before as many were found as asked for; “unknown” counts steps without
a duration; “curve” is null, or {\"scored\", \"silent\", \"peak\": {\"touchpoint\", \"moment\", \"score\"}, \"trough\",
\"end\", \"mean\"}; “forks” is filled with --branches; “rejoin” is null where branches never meet.")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The start, by id or name; by default the first contact
    #[arg(long, value_name = "TOUCHPOINT")]
    from: Option<String>,
    /// The end, by id or name; by default the last contact
    #[arg(long, value_name = "TOUCHPOINT")]
    to: Option<String>,
    /// The path with the best feelings
    #[arg(long, group = "which")]
    best: bool,
    /// The path with the worst feelings
    #[arg(long, group = "which")]
    worst: bool,
    /// The path that takes the least time
    #[arg(long, group = "which")]
    shortest: bool,
    /// The path that takes the most time
    #[arg(long, group = "which")]
    longest: bool,
    /// The branches, one by one
    #[arg(long, group = "which")]
    branches: bool,
    /// Include loops, each taken at most once
    #[arg(long, conflicts_with = "which")]
    loops: bool,
    /// The persona whose feelings count, by id or name; by default the first
    #[arg(long, value_name = "PERSONA")]
    persona: Option<String>,
    /// The number of paths to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextOrJson,
}

/// The requested routes with the data to print them.
struct RouteQuery<'m> {
    graph: Graph,
    names: StepNames<'m>,
    from: usize,
    to: usize,
    persona: Option<&'m Persona>,
    count: u64,
    routes: Vec<JourneyRoute>,
    /// Whether the search was given up before as many routes were found as asked for.
    is_cut: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let map = read_map(&arguments.file)?;
    let answer = find_routes(arguments, &map)?;
    match (arguments.format, arguments.branches) {
        (TextOrJson::Json, _) => write_json(&answer.report(arguments.branches), out)?,
        (TextOrJson::Text, true) => answer.write_branches(out)?,
        (TextOrJson::Text, false) => answer.write_routes(arguments, out)?,
    }
    Ok(ExitOutcome::Success)
}

fn find_routes<'m>(arguments: &Arguments, map: &'m Map) -> Result<RouteQuery<'m>, CliError> {
    let graph = Graph::of(map);
    let (Some(first), Some(last)) = (graph.first_contact(), graph.last_contact()) else {
        return Err(CliError::Plain("this map has no touchpoint".to_owned()));
    };
    let place = |wanted: &Option<String>, usual| match wanted {
        Some(wanted) => find_touchpoint(map, wanted),
        None => Ok(usual),
    };
    let (from, to) = (place(&arguments.from, first)?, place(&arguments.to, last)?);
    let persona = match &arguments.persona {
        Some(wanted) => Some(find_persona(map.personas(), wanted)?),
        None => map.personas().iter().next(),
    };
    let scores = graph.scores(persona.map(|p| &p.id));
    let names = StepNames::of(map);
    let no_way = || {
        let (from, to) = (names.quoted(from), names.quoted(to));
        CliError::Plain(format!("no way leads from {from} to {to}"))
    };
    let direct = graph.direct_routes(from, to).ok_or_else(no_way)?;
    let unfelt = || CliError::Plain("no feeling has a score on any of these ways".to_owned());
    let count = direct.count();
    let search = TrailSearch::default();
    let ways: Vec<JourneyRoute> = match arguments {
        _ if arguments.best => vec![direct.best(&scores).ok_or_else(unfelt)?],
        _ if arguments.worst => vec![direct.worst(&scores).ok_or_else(unfelt)?],
        _ if arguments.shortest => vec![direct.shortest()],
        _ if arguments.longest => vec![direct.longest()],
        _ if arguments.branches => Vec::new(),
        _ if arguments.loops => {
            let trails = graph.trails(from, to, &search);
            trails.take(arguments.limit).collect()
        }
        _ => direct.routes().take(arguments.limit).collect(),
    };
    Ok(RouteQuery {
        names,
        from,
        to,
        persona,
        count,
        is_cut: search.is_cut(),
        routes: ways,
        graph,
    })
}

/// Returns the index of the record with this id, otherwise of the one with exactly this
/// name, otherwise of the one whose name is the same once folded; `None` if there is none.
fn find_record<'m, R: Record + 'm>(
    records: impl Iterator<Item = &'m R> + Clone,
    wanted: &str,
) -> Result<Option<usize>, CliError> {
    if let Some(at) = records.clone().position(|r| r.id().as_str() == wanted) {
        return Ok(Some(at));
    }
    let exact = |name: &str| name == wanted;
    let folded = |name: &str| is_same_name(name, wanted);
    let comparisons: [&dyn Fn(&str) -> bool; 2] = [&exact, &folded];
    for is_same in comparisons {
        let mut found = (0..)
            .zip(records.clone())
            .filter(|(_, r)| is_same(r.name()));
        match (found.next(), found.next()) {
            (Some((at, _)), None) => return Ok(Some(at)),
            (Some((_, one)), Some((_, other))) => {
                return Err(CliError::Plain(format!(
                    "several {}s are called “{}”: say {} or {}",
                    R::Id::WORD,
                    wanted.trim(),
                    one.id(),
                    other.id()
                )));
            }
            (None, _) => {}
        }
    }
    Ok(None)
}

fn find_touchpoint(map: &Map, wanted: &str) -> Result<usize, CliError> {
    let touchpoints: Vec<&Touchpoint> = map.touchpoints().collect();
    find_record(touchpoints.iter().copied(), wanted)?.ok_or_else(|| {
        let wanted = wanted.trim();
        CliError::Plain(format!("there is no touchpoint “{wanted}” in this map"))
    })
}

pub(super) fn find_persona<'m>(
    personas: &'m IndexedList<Persona>,
    wanted: &str,
) -> Result<&'m Persona, CliError> {
    let found = find_record(personas.iter(), wanted)?;
    found.map(|at| &personas.as_slice()[at]).ok_or_else(|| {
        let all: Vec<&str> = personas.iter().map(|p| p.id.as_str()).collect();
        let has = if all.is_empty() {
            "it names none".to_owned()
        } else {
            format!("it has {}", all.join(", "))
        };
        CliError::Plain(format!("there is no persona “{wanted}” in this map; {has}"))
    })
}

impl RouteQuery<'_> {
    fn id(&self, at: usize) -> Option<&TouchpointId> {
        self.graph.touchpoint(at)
    }

    /// Returns the forks on the requested routes.
    fn forks(&self) -> Vec<crate::graph::BranchPoint> {
        let direct = self.graph.direct_routes(self.from, self.to);
        let on_the_way = |at: usize| direct.as_ref().is_some_and(|direct| direct.contains(at));
        let mut forks = self.graph.branch_points();
        forks.retain(|fork| on_the_way(fork.position));
        forks
    }
}

fn count_loops(way: &[usize]) -> usize {
    way.windows(2).filter(|pair| pair[1] <= pair[0]).count()
}
