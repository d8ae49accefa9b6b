//! Time of the graph and its queries with 20,000 touchpoints. Requirement: under a
//! second each, except for listing routes, which is lazy.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use touchline::graph::Graph;
use touchline::insight;
use touchline::model::{Date, Map};

fn main() {
    divan::main();
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
        let wandered = graph.trails(first, last).take(100).map(|way| way.len());
        (direct, wandered.sum::<usize>())
    });
}

#[divan::bench]
fn all_findings(bencher: Bencher<'_, '_>) {
    let map = map();
    let today = Date::constant(2026, 6, 1);
    bencher.bench_local(|| insight::check(&map, today));
}
