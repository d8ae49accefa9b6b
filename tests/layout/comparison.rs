//! Two maps drawn as one, and below each other with their columns in step.

use super::golden::{assert_golden, sample, samples};
use super::scene_text::scene_text;
use std::collections::BTreeMap;
use touchline::compare::Corrections;
use touchline::geom::Area;
use touchline::model::{Map, ObjectRef, TouchpointId};
use touchline::render::{ComparedMaps, ComparisonLayout, RenderOptions, render_comparison};
use touchline::scene::Scene;
use touchline::text::FixedWidth;
use touchline::theme::ChangeMark;

const NOW: &str = r#"(title: "Now", personas: [(id: "p", name: "Jana")], stages: [(id: "s", name: "Buy", touchpoints: [
  (id: "a", name: "Asks", feelings: [(persona: "p", score: -1.0)]),
  (id: "b", name: "Queues", feelings: [(persona: "p", score: -2.0)]),
  (id: "c", name: "Pays", pains: [(id: "x", text: "Cash only")])])])"#;
const LATER: &str = r#"(title: "Later", personas: [(id: "p", name: "Jana")], stages: [(id: "s", name: "Buy", touchpoints: [
  (id: "a", name: "Asks", feelings: [(persona: "p", score: 1.0)]),
  (id: "n", name: "Scans the goods"),
  (id: "c", name: "Pays by card")])])"#;

fn read(text: &str) -> Map {
    touchline::format::read(text.as_bytes()).unwrap().map
}

fn compared(before: &Map, after: &Map) -> ComparedMaps {
    ComparedMaps::new(
        (before, "before"),
        (after, "after"),
        &Corrections::default(),
    )
}

fn draw(maps: &ComparedMaps, way: ComparisonLayout) -> Scene {
    render_comparison(maps, way, &RenderOptions::default(), &mut FixedWidth).scene
}

/// The areas of all cards, by touchpoint, from top to bottom.
fn cards(scene: &Scene) -> BTreeMap<TouchpointId, Vec<Area>> {
    let mut cards: BTreeMap<_, Vec<Area>> = BTreeMap::new();
    for (id, area) in scene.places(|_| true) {
        if let Some(ObjectRef::Touchpoint(id)) = id.object() {
            cards.entry(id.clone()).or_default().push(area);
        }
    }
    cards
}

/// Pairs of samples, of which one is the future of the other, and versions of samples.
fn pairs() -> Vec<(Map, Map)> {
    let (now, future) = (sample("bank-account"), sample("bank-account-future"));
    let mut pairs = vec![(now.clone(), future.clone()), (future, now)];
    pairs.extend(samples().into_iter().map(|(_, map)| (map.clone(), map)));
    pairs
}

#[test]
fn a_small_comparison_is_drawn_as_expected() {
    let maps = compared(&read(NOW), &read(LATER));
    for (name, way) in [
        ("overlaid", ComparisonLayout::Overlaid),
        ("side-by-side", ComparisonLayout::SideBySide),
        ("summary", ComparisonLayout::Summary),
    ] {
        let file = format!("tests/golden/compare.{name}.txt");
        assert_golden(&file, &scene_text(&draw(&maps, way)));
    }
}

#[test]
fn an_overlaid_comparison_shows_every_step_of_both_maps_once() {
    for (before, after) in pairs() {
        let maps = compared(&before, &after);
        let cards = cards(&draw(&maps, ComparisonLayout::Overlaid));
        let removed = before.touchpoints().filter(|it| {
            !maps
                .pairs
                .contains_key(&ObjectRef::Touchpoint(it.id.clone()))
        });
        assert_eq!(cards.len(), after.touchpoint_count() + removed.count());
        assert!(cards.values().all(|areas| areas.len() == 1));
    }
}

#[test]
fn kept_steps_stand_in_the_same_columns_side_by_side() {
    for (before, after) in pairs() {
        let maps = compared(&before, &after);
        let moved = |id: &TouchpointId| {
            let object = ObjectRef::Touchpoint(id.clone());
            let mut differences = maps.differences.iter();
            differences.any(|it| it.mark == ChangeMark::Moved && it.after.as_ref() == Some(&object))
        };
        let stages_move = maps.differences.iter().any(|it| {
            it.mark == ChangeMark::Moved && matches!(it.after, Some(ObjectRef::Stage(_)))
        });
        assert!(!stages_move, "the samples keep their stages");
        let cards = cards(&draw(&maps, ComparisonLayout::SideBySide));
        let mut in_step = 0;
        for (id, areas) in &cards {
            if let [upper, lower] = areas[..]
                && !moved(id)
            {
                assert!(upper.bottom < lower.top, "{id}");
                in_step += usize::from((upper.left - lower.left).abs() < 0.01);
            }
        }
        let both = cards.values().filter(|areas| areas.len() == 2).count();
        // Side branches stand below the step that they leave, which may be another one now.
        assert!(in_step * 10 >= both * 8, "{in_step} of {both}");
    }
}
