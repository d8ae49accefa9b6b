//! Expected query results for one small hand-made graph.

mod rejoin;

use super::proptests::{TestStep, build, id, loops, route_name, route_names};
use super::{CurvePoint, Graph, JourneyRoute, MatrixCell, Moment, TrailSearch};
use crate::edit::{Intent, plan};
use crate::model::{Map, PathKind, Score};

/// A with failure B, C with alternative D, E with a return to C, F.
fn case() -> Map {
    let plan = |owner, minutes, score, paths| TestStep {
        owner,
        minutes,
        score: Some(score),
        ends: false,
        paths,
    };
    let (sales, ops) = (Some("sales"), Some("ops"));
    build(&[
        plan(sales, Some(5), 0, vec![(1, PathKind::Failure, Some(20))]),
        plan(sales, Some(60), -20, vec![]),
        plan(
            ops,
            Some(10),
            10,
            vec![(3, PathKind::Alternative, Some(30))],
        ),
        plan(None, None, 20, vec![]),
        plan(ops, Some(5), -10, vec![(2, PathKind::Return, None)]),
        plan(sales, Some(1), 10, vec![]),
    ])
}

#[test]
fn routes_of_the_example() {
    let graph = Graph::of(&case());
    let direct = graph.direct_routes(0, 5).unwrap();
    assert_eq!(route_names(direct.routes()), "ACEF ACDEF ABCEF ABCDEF");
    assert_eq!(direct.count(), 4);
    assert!(direct.routes().all(|way| loops(&way) == 0));
    assert_eq!(route_name(&graph.usual_route()), "ACEF");
    assert_eq!(route_name(&direct.shortest()), "ACEF");
    assert_eq!(route_name(&direct.longest()), "ABCDEF");
    let scores = graph.scores(None);
    // The means are 0.25, 0.6, −0.2 and 0.17.
    assert_eq!(route_name(&direct.best(&scores).unwrap()), "ACDEF");
    assert_eq!(route_name(&direct.worst(&scores).unwrap()), "ABCEF");
    let time = graph.route_time(&direct.longest());
    assert_eq!((time.minutes, time.unknown), (81, 1));
    // Two routes to C; two from C to E; from E on, or back to C once and two again.
    let search = TrailSearch::default();
    assert_eq!(graph.trails(0, 5, &search).count(), 12);
    assert_eq!(
        route_names(graph.trails(0, 5, &search).skip(2).take(4)),
        "ABCEF ABCDEF ACECEF ACECDEF"
    );
    assert!(!search.is_cut());
    // Only a loop leads from D back to C.
    let back = graph.direct_routes(3, 2).unwrap();
    assert_eq!(route_names(back.routes()), "DEC");
    assert!(graph.direct_routes(5, 0).is_none());
    assert_eq!(
        route_names(graph.direct_routes(1, 1).unwrap().routes()),
        "B"
    );
}

/// Returns a map whose steps all lead to each other; but the last can only be reached from the
/// first.
fn tangle(steps: usize) -> Graph {
    let plan = |from: usize| TestStep {
        ends: from == steps,
        paths: (0..steps)
            .filter(|to| *to != from && from < steps)
            .chain((from == 0).then_some(steps))
            .map(|to| (to, PathKind::Next, None))
            .collect(),
        ..TestStep::default()
    };
    let plans: Vec<TestStep> = (0..=steps).map(plan).collect();
    Graph::of(&build(&plans))
}

/// The work depends neither on the number of all trails nor on their length.
#[test]
fn trails_of_a_tangle_are_found_with_few_tries() {
    let graph = tangle(60);
    for (from, to) in [(0, 60), (30, 60), (59, 0), (40, 10)] {
        let search = TrailSearch::default();
        let found: Vec<JourneyRoute> = graph.trails(from, to, &search).take(20).collect();
        assert_eq!(found.len(), 20, "{from} to {to}");
        assert!(found.iter().all(|way| loops(way) <= 2), "{from} to {to}");
        assert!(!search.is_cut(), "{from} to {to}");
    }
}

#[test]
fn a_search_of_endless_trails_is_cut() {
    let graph = tangle(24);
    let search = TrailSearch::default();
    assert!(graph.trails(20, 3, &search).count() > 1_000);
    assert!(search.is_cut());
}

#[test]
fn reachability_of_the_example() {
    let graph = Graph::of(&case());
    assert_eq!(
        (graph.first_contact(), graph.last_contact()),
        (Some(0), Some(5))
    );
    assert_eq!(route_name(&graph.dominators(0, 5).unwrap()), "ACEF");
    assert_eq!(graph.dominators(5, 0), None);
    assert_eq!(graph.cycles(), [vec![2, 3, 4]]);
    assert_eq!(
        graph.reachable_from(3),
        [false, false, true, true, true, true]
    );
    assert_eq!(graph.can_reach(1), [true, true, false, false, false, false]);
}

#[test]
fn a_journey_may_have_several_starts() {
    // A leads past B to C; nothing leads to B, which leads to C; nothing leads on from E.
    let step = |ends, paths| TestStep {
        ends,
        paths,
        ..TestStep::default()
    };
    let map = build(&[
        step(false, vec![(2, PathKind::Next, None)]),
        step(false, vec![]),
        step(false, vec![(3, PathKind::Next, None)]),
        step(true, vec![]),
        step(true, vec![]),
    ]);
    let graph = Graph::of(&map);
    assert_eq!(graph.starts(), [0, 1]);
    assert_eq!(graph.reachable(), [true, true, true, true, false]);
    let traffic = graph.traffic().touchpoints;
    assert_eq!(traffic, [0.5, 0.5, 1.0, 1.0, 0.0]);
    assert_eq!(graph.passed_by_all(), None);
}

#[test]
fn branch_points_of_the_example() {
    let graph = Graph::of(&case());
    let forks = graph.branch_points();
    let said: Vec<_> = forks
        .iter()
        .map(|fork| {
            let branches = fork.branches.iter();
            let ways: Vec<String> = branches
                .map(|b| format!("{}:{:.1}", route_name(&b.route), b.weight))
                .collect();
            (fork.position, fork.rejoin, ways.join(" "))
        })
        .collect();
    assert_eq!(
        said,
        [
            (0, Some(2), ":0.8 B:0.2".to_owned()),
            (2, Some(4), ":0.7 D:0.3".to_owned()),
        ]
    );
}

#[test]
fn rounded_shares_are_all_customers() {
    let weights = |shares: &str, ends: bool| {
        let paths: Vec<String> = (shares.split(' ').zip(["b", "c", "d"]))
            .map(|(share, to)| format!("(to: \"{to}\", kind: next, share: {share})"))
            .collect();
        let text = format!(
            "(title: \"T\", stages: [(name: \"S\", touchpoints: [
                (id: \"a\", name: \"A\", ends: {ends}, paths: [{}]),
                (id: \"b\", name: \"B\"), (id: \"c\", name: \"C\"), (id: \"d\", name: \"D\")])])",
            paths.join(", ")
        );
        let graph = Graph::of(&crate::format::read(text.as_bytes()).unwrap().map);
        graph
            .links_from(0)
            .map(|link| graph.weight(link))
            .sum::<f64>()
    };
    assert!((weights("33 33 33", false) - 1.0).abs() < 1e-9);
    assert!((weights("33.3 33.3 33.3", false) - 1.0).abs() < 1e-9);
    // Who may leave takes the rest, and more than rounding is a rest too.
    assert!((weights("33 33 33", true) - 0.99).abs() < 1e-9);
    assert!((weights("30 30 30", false) - 0.9).abs() < 1e-9);
}

#[test]
fn handoffs_of_the_example() {
    let map = case();
    let graph = Graph::of(&map);
    let said: Vec<String> = graph
        .handoffs()
        .iter()
        .map(|h| {
            let link = &graph.flow().links[h.link];
            let gap = if h.from.is_none() || h.to.is_none() {
                "?"
            } else {
                ""
            };
            format!("{}{}{gap}", id(link.from), id(link.to))
        })
        .collect();
    assert_eq!(said.join(" "), "AC BC CD? DE? EF");
    let silos = graph.handoff_matrix(map.departments().iter().map(|d| &d.id));
    let (sales, ops, nobody) = (0, 1, 2);
    assert_eq!(
        silos.cell(sales, ops),
        MatrixCell {
            count: 2,
            weight: 1.0
        }
    );
    assert_eq!(silos.cell(ops, sales).count, 1);
    assert_eq!(silos.cell(sales, sales).count, 1);
    assert_eq!(silos.cell(ops, nobody).count, 1);
    assert_eq!(silos.cell(nobody, nobody), MatrixCell::default());
}

#[test]
fn an_emotion_curve_has_peak_trough_and_end() {
    let graph = Graph::of(&case());
    let curve = graph.curve(None, &[0, 2, 3, 4, 5]).unwrap();
    assert_eq!((curve.peak.step, curve.peak.touchpoint), (2, 3));
    assert_eq!((curve.trough.touchpoint, curve.end.touchpoint), (4, 5));
    let (before, after) = curve.largest_drop().unwrap();
    assert_eq!((before.touchpoint, after.touchpoint), (3, 4));
    assert!((curve.mean() - 0.6).abs() < 1e-9);
    assert_eq!(graph.curve(Some(&"nobody".into()), &[0, 1]), None);
}

#[test]
fn peak_trough_and_end_look_before_and_after_each_step() {
    let score = Score::from_tenths;
    let mut map = case();
    for (at, before, after) in [
        (2, score(20), score(18)),
        (4, score(-20), None),
        (5, None, score(3)),
    ] {
        let mut touchpoint = Box::new(map.touchpoint(&id(at).as_str().into()).unwrap().clone());
        touchpoint.feelings[0].before = before;
        touchpoint.feelings[0].after = after;
        let intent = Intent::SetTouchpoint(touchpoint);
        plan(&map, &intent).unwrap().apply(&mut map).unwrap();
    }
    let graph = Graph::of(&map);
    let way = [0, 1, 2, 3, 4, 5];
    let curve = graph.curve(None, &way).unwrap();
    let said = |it: CurvePoint| (it.touchpoint, it.moment, it.score.tenths());
    assert_eq!(said(curve.peak), (2, Moment::Before, 20));
    assert_eq!(said(curve.trough), (1, Moment::At, -20));
    assert_eq!(said(curve.end), (5, Moment::After, 3));
    let without = graph.curve(None, &[0, 2, 3, 4, 5]).unwrap();
    assert_eq!(said(without.trough), (4, Moment::Before, -20));
    assert_eq!(curve.points.len(), 6);
}
