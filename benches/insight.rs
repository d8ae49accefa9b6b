//! Time of the graph, its queries, the findings and the figures of maps with 20,000
//! touchpoints. Requirement: under a second each, except for listing routes, which is lazy;
//! of a tangle, in which every touchpoint leads to every other one, too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use touchline::compare::merge::{SideNames, merge};
use touchline::compare::{Comparison, MatchedBy, to_text};
use touchline::edit::Intent;
use touchline::graph::{Graph, TrailSearch};
use touchline::insight;
use touchline::model::{Date, Decimal, Map, Measurement, Touchpoint};
use touchline::session::Session;

const TANGLES: [usize; 3] = [30, 100, 300];

fn main() {
    divan::main();
}

/// The map written anew: no id is left, and some steps are worded in another way.
fn rewritten(map: &Map) -> Map {
    let text = touchline::format::write(map);
    let mut quoted = false;
    let pieces = text.split('"').map(|piece| {
        quoted = !quoted;
        let (kind, number) = piece.rsplit_once('-').unwrap_or_default();
        let is_id = !quoted
            && kind.starts_with(|c: char| c.is_ascii_alphabetic())
            && number.bytes().all(|b| b.is_ascii_digit());
        if is_id {
            format!("{kind}-{number}-again")
        } else {
            piece.replace("customer asks", "client wants to know")
        }
    });
    let pieces: Vec<String> = pieces.collect();
    touchline::format::read(pieces.join("\"").as_bytes())
        .unwrap()
        .map
}

/// Time to match and compare two maps, and to tell all differences. Requirement: under a second
/// with 10,000 touchpoints, and no more than ten times that of 1,000.
#[divan::bench(args = [1_000, 10_000])]
fn compare_a_map_written_anew(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let before = generator::map(touchpoints);
    let after = rewritten(&before);
    bencher.bench_local(|| {
        let comparison = Comparison::between(&before, &after);
        let matched = comparison.matching().pairs();
        let by_content = matched.filter(|(_, _, by)| *by == MatchedBy::Content);
        assert!(by_content.count() >= touchpoints);
        to_text(&comparison)
    });
}

/// The map after a change of every touchpoint.
fn edited(map: &Map, change: impl Fn(usize, &mut Touchpoint)) -> Map {
    let mut session = Session::untitled(map.clone());
    for (at, touchpoint) in map.touchpoints().enumerate() {
        let mut edited = touchpoint.clone();
        change(at, &mut edited);
        let intent = Intent::SetTouchpoint(Box::new(edited));
        session.apply(&intent).unwrap();
    }
    session.map().clone()
}

/// The same for a map of which every touchpoint was edited.
#[divan::bench(args = [1_000, 10_000])]
fn compare_an_edited_map(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let before = generator::map(touchpoints);
    let after = edited(&before, |_, touchpoint| {
        touchpoint.name.push_str(" again");
        touchpoint.pains.pop();
    });
    bencher.bench_local(|| to_text(&Comparison::between(&before, &after)));
}

/// Time to merge two versions that changed other fields of each touchpoint, and of every tenth the
/// same one. Requirement: as for comparing.
#[divan::bench(args = [1_000, 10_000])]
fn merge_edited_maps(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let base = generator::map(touchpoints);
    let ours = edited(&base, |at, touchpoint| {
        touchpoint.votes += at as u32 % 7;
        touchpoint.name.push_str(" again");
    });
    let theirs = edited(&base, |at, touchpoint| {
        touchpoint.pains.pop();
        if at % 10 == 0 {
            touchpoint.name.push_str(" at last");
        }
    });
    bencher.bench_local(|| merge(Some(&base), &ours, &theirs, &SideNames::default()));
}

fn map() -> Map {
    generator::map(20_000)
}

/// Returns the first and the last contact of the journey.
fn ends(graph: &Graph) -> (usize, usize) {
    (
        graph.first_contact().unwrap(),
        graph.last_contact().unwrap(),
    )
}

#[divan::bench]
fn build_graph(bencher: Bencher<'_, '_>) {
    let map = map();
    bencher.bench_local(|| Graph::of(&map));
}

#[divan::bench]
fn handoffs_and_silos(bencher: Bencher<'_, '_>) {
    let map = map();
    let graph = Graph::of(&map);
    bencher.bench_local(|| {
        let silos = graph.handoff_matrix(map.departments().iter().map(|d| &d.id));
        (graph.handoffs(), silos)
    });
}

#[divan::bench]
fn dominators(bencher: Bencher<'_, '_>) {
    let graph = Graph::of(&map());
    let (first, last) = ends(&graph);
    bencher.bench_local(|| graph.dominators(first, last));
}

#[divan::bench]
fn reachability(bencher: Bencher<'_, '_>) {
    let graph = Graph::of(&map());
    let (first, last) = ends(&graph);
    bencher.bench_local(|| (graph.reachable_from(first), graph.can_reach(last)));
}

#[divan::bench]
fn cycles(bencher: Bencher<'_, '_>) {
    let graph = Graph::of(&map());
    bencher.bench_local(|| graph.cycles());
}

#[divan::bench]
fn forks(bencher: Bencher<'_, '_>) {
    let graph = Graph::of(&map());
    bencher.bench_local(|| graph.branch_points());
}

#[divan::bench]
fn best_worst_shortest_and_longest(bencher: Bencher<'_, '_>) {
    let graph = Graph::of(&map());
    let (first, last) = ends(&graph);
    let scores = graph.scores(None);
    bencher.bench_local(|| {
        let direct = graph.direct_routes(first, last).unwrap();
        let best = direct.best(&scores).unwrap();
        let worst = direct.worst(&scores).unwrap();
        let curve = graph.curve(None, &worst);
        (
            direct.shortest(),
            direct.longest(),
            direct.count(),
            best,
            curve,
        )
    });
}

#[divan::bench]
fn first_hundred_routes(bencher: Bencher<'_, '_>) {
    let graph = Graph::of(&map());
    let (first, last) = ends(&graph);
    bencher.bench_local(|| {
        let direct = graph.direct_routes(first, last).unwrap();
        let direct = direct
            .routes()
            .take(100)
            .map(|way| way.len())
            .sum::<usize>();
        let search = TrailSearch::default();
        let wandered = graph
            .trails(first, last, &search)
            .take(100)
            .map(|way| way.len());
        (direct, wandered.sum::<usize>())
    });
}

const TODAY: Date = Date::constant(2026, 6, 1);

#[divan::bench]
fn all_findings(bencher: Bencher<'_, '_>) {
    let map = map();
    bencher.bench_local(|| insight::check(&map, TODAY));
}

/// Findings of a journey in which every fifth touchpoint was measured each month of a year.
#[divan::bench]
fn findings_of_measurements(bencher: Bencher<'_, '_>) {
    let mut session = Session::untitled(map());
    let measured: Vec<_> = session.map().touchpoints().step_by(5).cloned().collect();
    for (at, mut touchpoint) in measured.into_iter().enumerate() {
        touchpoint.measurements = (1..=12)
            .map(|month| Measurement {
                metric: "CSAT".into(),
                value: Decimal::from_value(((at * month as usize) % 40 + 10) as f64 / 10.0),
                unit: "of 5".into(),
                n: Some(200),
                date: Date::new(2025, month, 1).ok(),
                ..Measurement::default()
            })
            .collect();
        let intent = Intent::SetTouchpoint(Box::new(touchpoint));
        session.apply(&intent).unwrap();
    }
    let map = session.map();
    bencher.bench_local(|| insight::check(map, TODAY));
}

#[divan::bench]
fn count_of_findings(bencher: Bencher<'_, '_>) {
    let map = map();
    bencher.bench_local(|| insight::count(&map, TODAY, Vec::new()));
}

#[divan::bench]
fn stats(bencher: Bencher<'_, '_>) {
    let map = map();
    let graph = Graph::of(&map);
    bencher.bench_local(|| insight::Stats::of(&map, &graph, TODAY));
}

#[divan::bench]
fn report(bencher: Bencher<'_, '_>) {
    let map = map();
    let graph = Graph::of(&map);
    let findings = insight::findings(&map, &graph, TODAY, Vec::new());
    bencher.bench_local(|| insight::narrative(&map, &graph, &findings, TODAY));
}

/// The first routes of `paths --loops`.
#[divan::bench(args = TANGLES)]
fn trails_of_a_tangle(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let graph = Graph::of(&generator::tangle(touchpoints));
    bencher.bench_local(|| {
        let search = TrailSearch::default();
        let trails = graph.trails(touchpoints - 1, 0, &search).take(20);
        trails.map(|trail| trail.len()).sum::<usize>()
    });
}

#[divan::bench(args = TANGLES)]
fn findings_of_a_tangle(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::tangle(touchpoints);
    bencher.bench_local(|| insight::check(&map, TODAY));
}
