//! Marks of handoffs and unavoidable touchpoints.

use super::geometry::labels;
use super::golden::{assert_golden, sample};
use super::scene_text::scene_text;
use super::{cards, contents, layouts, maps};
use touchline::geom::{Point, Rect, pt};
use touchline::graph::Graph;
use touchline::layout::{LaneContent, LayoutOptions, layout};
use touchline::scene::{Marks, build};
use touchline::text::Typesetter;
use touchline::theme::{ThemeName, size};

/// Checks that exactly the handoffs have a mark between their cards, and that the
/// marked cards are those on all routes from the first contact to the last.
#[test]
fn marks_are_on_handoffs_and_unavoidable_touchpoints() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in maps() {
        let options = LayoutOptions {
            handoffs: true,
            ..LayoutOptions::default()
        };
        let layout = layout(&map, &options, &mut typesetter);
        let graph = Graph::of(&map);
        let ids: Vec<_> = map.touchpoints().map(|it| it.id.clone()).collect();
        let (mut drawn, mut marked) = (Vec::new(), Vec::new());
        let mut first = 0;
        for (_, _, content) in contents(&layout) {
            let LaneContent::Cards { cards, routes } = content else {
                continue;
            };
            for route in routes.iter().filter(|route| route.handoff.is_some()) {
                drawn.push((ids[first + route.from].clone(), route.target.clone()));
            }
            let passed = cards
                .iter()
                .enumerate()
                .filter(|(_, it)| it.dominator_mark.is_some());
            marked.extend(passed.map(|(at, _)| first + at));
            first += cards.len();
        }
        let links = &graph.flow().links;
        let handoffs = graph.handoffs().into_iter().map(|it| &links[it.link]);
        let mut wanted: Vec<_> = handoffs
            .map(|link| (ids[link.from].clone(), ids[link.to].clone()))
            .collect();
        drawn.sort();
        wanted.sort();
        assert_eq!(drawn, wanted, "{name}");
        let ends = graph.first_contact().zip(graph.last_contact());
        let passed = ends.and_then(|(from, to)| graph.dominators(from, to));
        let mut passed = passed.unwrap_or_default();
        passed.sort_unstable();
        assert_eq!(marked, passed, "{name}");
        assert!(!drawn.is_empty() && !marked.is_empty(), "{name}");
    }
}

#[test]
fn handoff_marks_lie_between_cards() {
    for (name, layout) in layouts() {
        let cards = cards(&layout);
        for (lane, x, content) in contents(&layout) {
            let LaneContent::Cards { routes, .. } = content else {
                continue;
            };
            for seam in routes.iter().filter_map(|route| route.handoff) {
                for side in [seam.from, seam.to] {
                    let strip = side.strip.translate(pt(x, lane.y as f32));
                    assert!(
                        strip.width() > 1.0 && strip.height() > 1.0,
                        "{name}: {strip:?}"
                    );
                    let hit = cards.iter().find(|card| card.intersects(&strip));
                    assert_eq!(hit, None, "{name}: {strip:?}");
                }
            }
        }
    }
}

/// Compares the cards of a sample with its handoff marks.
#[test]
fn handoff_marks_match_their_golden_file() {
    let options = LayoutOptions {
        lanes: Some(vec!["touchpoints".into()]),
        handoffs: true,
        ..LayoutOptions::default()
    };
    let map = sample("bank-account");
    let mut layout = layout(&map, &options, &mut Typesetter::bundled());
    let dump = scene_text(&build(
        &map,
        &mut layout,
        ThemeName::Light.theme(),
        Marks::NONE,
    ));
    assert_golden("tests/golden/bank-account.seams.txt", &dump);
}

/// Checks that a handoff is labelled once above a card, however many routes lead to
/// it.
#[test]
fn handoff_labels_are_not_repeated_above_a_card() {
    let mut said = 0;
    for (name, layout) in layouts() {
        let (cards, labels) = (cards(&layout), labels(&layout));
        let handoffs: Vec<_> = labels.iter().filter(|it| it.0.contains(" → ")).collect();
        said += handoffs.len();
        for (at, (words, rect)) in handoffs.iter().enumerate() {
            let near = |other: &&&(String, Rect)| {
                let (dx, dy) = (other.1.min.x - rect.min.x, other.1.min.y - rect.min.y);
                other.0 == *words && dx.abs() < 1.0 && dy.abs() < 40.0
            };
            let twin = handoffs[at + 1..].iter().find(near);
            assert_eq!(twin, None, "{name}");
            let under = cards.iter().find(|card| card.intersects(rect));
            assert_eq!(under, None, "{name}: “{words}” stands on a card");
        }
    }
    assert!(said > 10, "{said}");
}

/// Checks that the mark between two cards side by side has no label: both cards name their owners.
#[test]
fn handoffs_between_neighbors_are_said_by_their_cards() {
    let mut marks = 0;
    for (name, layout) in layouts() {
        for (_, _, content) in contents(&layout) {
            let LaneContent::Cards { routes, .. } = content else {
                continue;
            };
            let beside = |points: &[Point]| points.len() == 2 && points[0].y == points[1].y;
            for route in routes.iter().filter(|route| beside(&route.points)) {
                let gap = route.points[1].x - route.points[0].x;
                if route.handoff.is_some() && gap < size::CARD {
                    marks += 1;
                    let label = route.label.iter().find(|run| run.text.contains(" → "));
                    assert!(label.is_none(), "{name}: {label:?}");
                }
            }
        }
    }
    assert!(marks > 20, "{marks}");
}
