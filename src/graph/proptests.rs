//! Property tests: queries against brute force on random graphs.

use super::{Graph, JourneyRoute, TrailSearch};
use crate::edit::{Change, ChangeSet, Edit};
use crate::model::{
    Department, Feeling, Map, Path, PathKind, Score, Share, Span, Stage, Touchpoint,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

/// A touchpoint to build.
#[derive(Clone, Debug, Default)]
pub(super) struct TestStep {
    pub(super) owner: Option<&'static str>,
    pub(super) minutes: Option<u32>,
    pub(super) score: Option<i64>,
    pub(super) ends: bool,
    /// Target position, kind, share.
    pub(super) paths: Vec<(usize, PathKind, Option<i64>)>,
}

pub(super) fn id(at: usize) -> String {
    char::from(b'A' + at as u8).to_string()
}

/// Builds a map of these touchpoints, three to a stage.
pub(super) fn build(plans: &[TestStep]) -> Map {
    let mut map = Map::with_title("T");
    let mut changes: Vec<Change> = Vec::new();
    for (at, name) in ["sales", "ops"].into_iter().enumerate() {
        let record = Department::new(name.into(), name);
        changes.push(Edit::Insert { at, record }.into());
    }
    for at in 0..plans.len().div_ceil(3) {
        let record = Stage::new(at.to_string().as_str().into(), "S");
        changes.push(Edit::Insert { at, record }.into());
    }
    for (at, plan) in plans.iter().enumerate() {
        let mut record = Touchpoint::new(id(at).as_str().into(), id(at));
        record.owner = plan.owner.map(Into::into);
        record.duration = plan.minutes.map(Span::from_minutes);
        record.ends = plan.ends;
        if let Some(tenths) = plan.score {
            let score = Score::from_tenths(tenths);
            record.feelings = vec![Feeling {
                score,
                ..Feeling::default()
            }];
        }
        for (to, kind, share) in &plan.paths {
            record.paths.push(Path {
                to: id(*to).as_str().into(),
                kind: *kind,
                label: String::new(),
                share: share.and_then(Share::from_percent),
            });
        }
        let stage = (at / 3).to_string().as_str().into();
        let at = (stage, at % 3);
        changes.push(Edit::Insert { at, record }.into());
    }
    ChangeSet(changes).apply(&mut map).unwrap();
    map
}

pub(super) fn route_name(way: &[usize]) -> String {
    way.iter().map(|at| id(*at)).collect()
}

pub(super) fn route_names(ways: impl Iterator<Item = JourneyRoute>) -> String {
    ways.map(|way| route_name(&way))
        .collect::<Vec<_>>()
        .join(" ")
}

pub(super) fn plans() -> impl Strategy<Value = Vec<TestStep>> {
    let kinds = select(&[
        PathKind::Next,
        PathKind::Alternative,
        PathKind::Failure,
        PathKind::Return,
    ]);
    let path = (0..8_usize, kinds, of(0..80_i64));
    let step = (
        of(select(&["sales", "ops", "gone"])),
        of(0..50_u32),
        of(-20..=20_i64),
        0..6_u8,
        vec(path, 0..3),
    );
    vec(step, 1..8).prop_map(|steps| {
        steps
            .into_iter()
            .map(|(owner, minutes, score, ends, paths)| TestStep {
                owner,
                minutes,
                score,
                ends: ends == 0,
                paths,
            })
            .collect()
    })
}

/// Finds every walk that takes no loop twice and ends at its first arrival, by brute force.
fn walks(graph: &Graph, way: &mut JourneyRoute, to: usize, found: &mut Vec<JourneyRoute>) {
    let at = way[way.len() - 1];
    if at == to {
        found.push(way.clone());
        return;
    }
    for &next in graph.successors(at) {
        let twice = way.windows(2).any(|pair| pair == [at, next]);
        if next > at || !twice {
            way.push(next);
            walks(graph, way, to, found);
            way.pop();
        }
        // Limit the search: enough to compare.
        if found.len() > 3000 {
            return;
        }
    }
}

pub(super) fn loops(way: &[usize]) -> usize {
    way.windows(2).filter(|pair| pair[1] <= pair[0]).count()
}

/// Whether one touchpoint is reachable from another without passing a third.
fn leads(graph: &Graph, from: usize, to: usize, without: Option<usize>) -> bool {
    let mut seen: Vec<usize> = Vec::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if Some(at) == without || seen.contains(&at) {
            continue;
        }
        seen.push(at);
        open.extend(graph.successors(at));
    }
    seen.contains(&to)
}

/// Whether an end is reachable going forward only, without passing a touchpoint.
fn leaves(graph: &Graph, from: usize, without: usize, ends: &[bool]) -> bool {
    if from == without {
        return false;
    }
    let ahead: Vec<usize> = graph
        .successors(from)
        .iter()
        .copied()
        .filter(|to| *to > from)
        .collect();
    ends[from] || ahead.is_empty() || ahead.iter().any(|to| leaves(graph, *to, without, ends))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn routes_match_brute_force(plans in plans(), from in 0..8_usize, to in 0..8_usize) {
        let graph = Graph::of(&build(&plans));
        let (from, to) = (from % graph.len(), to % graph.len());
        let mut all = Vec::new();
        walks(&graph, &mut vec![from], to, &mut all);
        let Some(direct) = graph.direct_routes(from, to) else {
            prop_assert!(all.is_empty());
            let search = TrailSearch::default();
            prop_assert_eq!(graph.trails(from, to, &search).count(), 0);
            return Ok(());
        };
        if all.len() > 3000 {
            return Ok(());
        }
        let search = TrailSearch::default();
        let mut wandered: Vec<JourneyRoute> = graph.trails(from, to, &search).collect();
        prop_assert!(!search.is_cut());
        prop_assert!(wandered.is_sorted_by_key(|way| loops(way)));
        wandered.sort();
        let fewest = all.iter().map(|way| loops(way)).min();
        prop_assert_eq!(fewest, direct.routes().next().map(|way| loops(&way)));
        let mut few: Vec<JourneyRoute> = all.iter().filter(|way| Some(loops(way)) == fewest).cloned().collect();
        all.sort();
        few.sort();
        prop_assert_eq!(&wandered, &all);
        let mut ways: Vec<JourneyRoute> = direct.routes().collect();
        prop_assert_eq!(direct.count(), ways.len() as u64);
        let minutes = |way: &JourneyRoute| graph.route_time(way).minutes;
        let mean = |way: &JourneyRoute| graph.curve(None, way).map(|c| c.mean());
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a.is_none() && b.is_none(),
        };
        let scores = graph.scores(None);
        let shortest = ways.iter().min_by_key(|w| (minutes(w), w.len())).unwrap();
        let longest = ways.iter().map(|w| (minutes(w), w.len())).max().unwrap();
        prop_assert_eq!(&direct.shortest(), shortest);
        let found = direct.longest();
        prop_assert_eq!((minutes(&found), found.len()), longest);
        let means = || ways.iter().filter_map(mean);
        let best = direct.best(&scores).and_then(|way| mean(&way));
        let worst = direct.worst(&scores).and_then(|way| mean(&way));
        prop_assert!(near(best, means().reduce(f64::max)));
        prop_assert!(near(worst, means().reduce(f64::min)));
        for way in &ways {
            let mut once = way.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), way.len(), "a touchpoint twice");
            prop_assert!(way.iter().all(|at| direct.contains(*at)));
        }
        ways.sort();
        prop_assert_eq!(ways, few);
    }

    #[test]
    fn reachability_matches_brute_force(plans in plans()) {
        let graph = Graph::of(&build(&plans));
        let all = 0..graph.len();
        for from in all.clone() {
            let reached = graph.reachable_from(from);
            for to in all.clone() {
                let there = leads(&graph, from, to, None);
                prop_assert_eq!(reached[to], there);
                prop_assert_eq!(graph.can_reach(to)[from], there);
                let must = there.then(|| {
                    let avoidable = |at: &usize| *at != from && *at != to && leads(&graph, from, to, Some(*at));
                    all.clone().filter(|at| !avoidable(at) && leads(&graph, from, *at, None)
                        && (*at == to || *at == from || !leads(&graph, from, to, Some(*at)))).collect::<Vec<_>>()
                });
                let mut found = graph.dominators(from, to);
                if let Some(found) = &mut found {
                    prop_assert_eq!(found.first(), Some(&from));
                    prop_assert_eq!(found.last(), Some(&to));
                    found.sort_unstable();
                }
                prop_assert_eq!(found, must);
            }
        }
        let starts = graph.starts();
        prop_assert_eq!(starts.first(), Some(&0));
        let reachable = graph.reachable();
        for at in all.clone() {
            let reached = starts.iter().any(|start| leads(&graph, *start, at, None));
            prop_assert_eq!(reachable[at], reached);
            let joins = all.clone().any(|to| leads(&graph, at, to, None) && leads(&graph, 0, to, None));
            prop_assert!(reached || !joins, "{} leads into the journey", at);
            if starts.contains(&at) {
                let others = starts.iter().filter(|start| **start != at);
                prop_assert!(at == 0 || joins);
                prop_assert!(at == 0 || !others.clone().any(|start| leads(&graph, *start, at, None)), "{} twice", at);
            }
        }
        let from_any = |without| starts.iter().any(|start| leads(&graph, *start, graph.last_contact().unwrap(), without));
        let passed = from_any(None).then(|| all.clone().filter(|at| !from_any(Some(*at))).collect::<Vec<_>>());
        let found = graph.passed_by_all().map(|mut found| {
            found.sort_unstable();
            found
        });
        prop_assert_eq!(found, passed);
        let mutual = |a: usize, b: usize| {
            let ahead = graph.successors(a).iter().any(|n| leads(&graph, *n, b, None));
            ahead && graph.successors(b).iter().any(|n| leads(&graph, *n, a, None))
        };
        let mut circles: Vec<Vec<usize>> = all.clone()
            .map(|a| all.clone().filter(|b| mutual(a, *b)).collect())
            .filter(|circle: &Vec<usize>| !circle.is_empty())
            .collect();
        circles.sort();
        circles.dedup();
        prop_assert_eq!(graph.cycles(), circles);
    }

    #[test]
    fn branch_points_and_handoffs_match_brute_force(plans in plans()) {
        let map = build(&plans);
        let graph = Graph::of(&map);
        let ends: Vec<bool> = plans.iter().map(|p| p.ends).collect();
        for fork in graph.branch_points() {
            let after = (fork.position + 1)..graph.len();
            let meet = after.clone().find(|at| !leaves(&graph, fork.position, *at, &ends));
            prop_assert_eq!(fork.rejoin, meet);
            let ahead: Vec<usize> = graph.successors(fork.position).iter().copied().filter(|to| *to > fork.position).collect();
            prop_assert_eq!(fork.branches.len(), ahead.len());
            for (branch, first) in fork.branches.iter().zip(ahead) {
                match branch.route.first() {
                    Some(step) => prop_assert_eq!(*step, first),
                    None => prop_assert_eq!(Some(first), fork.rejoin),
                }
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&branch.weight));
            }
        }
        let silos = graph.handoff_matrix(map.departments().iter().map(|d| &d.id));
        let mut crossing = 0;
        for from in 0..3 {
            for to in 0..3 {
                let owner = |at: usize| match plans[at].owner {
                    Some("sales") => 0,
                    Some("ops") => 1,
                    _ => 2,
                };
                let links = graph.flow().links.iter();
                let count = links.filter(|l| (owner(l.from), owner(l.to)) == (from, to)).count();
                prop_assert_eq!(silos.cell(from, to).count, count);
                crossing += if from == to { 0 } else { count };
            }
        }
        prop_assert_eq!(graph.handoffs().len(), crossing);
        for at in 0..graph.len() {
            let sum: f64 = graph.links_from(at).map(|link| graph.weight(link)).sum();
            prop_assert!(sum <= 1.0 + 1e-9, "more than all leave");
        }
    }
}
