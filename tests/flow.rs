//! The flow of the sample maps, and the stability of the layout under small edits.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../benches/generator/mod.rs"]
mod generator;
#[path = "common/golden.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod golden;
#[path = "common/scene_text.rs"]
mod scene_text;

use golden::{assert_golden, sample};
use scene_text::scene_text;
use std::collections::{BTreeMap, BTreeSet};
use touchline::edit::{Intent, plan};
use touchline::graph::Flow;
use touchline::layout::flow::{CardColoring, FlowLayout, FlowOptions, flow};
use touchline::model::{Id, Map, ObjectRef, Touchpoint, TouchpointId};
use touchline::scene::{Marks, ObjectId, Scene, Shape, build_flow};
use touchline::text::Typesetter;
use touchline::theme::{Density, ThemeName};

/// Compares the display list of two samples line by line.
#[test]
fn sample_flows_match_their_golden_files() {
    let mut typesetter = Typesetter::bundled();
    for name in ["bank-account", "disrupted-flight"] {
        let map = sample(name);
        let layout = flow(&map, &FlowOptions::default(), &mut typesetter);
        let dump = scene_text(&build_flow(
            &map,
            &layout,
            ThemeName::Light.theme(),
            Marks::NONE,
        ));
        assert_golden(&format!("tests/golden/{name}.flow.txt"), &dump);
    }
}

/// Checks for every colouring that each touchpoint has one card with its marks and
/// its text inside, each route one path, and each stage one chevron.
#[test]
fn every_record_is_in_the_flow() {
    let mut typesetter = Typesetter::bundled();
    let maps = [
        sample("hospital-outpatient"),
        sample("mortgage"),
        generator::map(300),
    ];
    for map in maps {
        for colouring in CardColoring::ALL {
            for density in [Density::Comfortable, Density::Compact] {
                let options = FlowOptions {
                    coloring: colouring,
                    density,
                };
                let layout = flow(&map, &options, &mut typesetter);
                for theme in ThemeName::ALL {
                    let scene = build_flow(&map, &layout, theme.theme(), Marks::NONE);
                    check_scene(&map, &scene);
                }
            }
        }
    }
}

fn check_scene(map: &Map, scene: &Scene) {
    let (mut cards, mut stages) = (Vec::new(), Vec::new());
    let mut paths = BTreeSet::new();
    for group in &scene.groups {
        for (at, subject) in group.content.objects.iter().enumerate() {
            match &subject.id {
                ObjectId::Object(ObjectRef::Touchpoint(id)) => {
                    let touchpoint = map.touchpoint(id).unwrap();
                    assert_eq!(subject.marks, Marks::of_touchpoint(map, touchpoint));
                    cards.push(id.clone());
                    let own = group
                        .content
                        .items
                        .iter()
                        .filter(|i| i.object as usize == at);
                    for item in own {
                        if let Shape::Text(line) = &item.shape {
                            let right = line.at.x + line.width;
                            let inside = line.at.x >= subject.area.min.x
                                && right <= subject.area.max.x + 0.5
                                && subject.area.contains(line.at);
                            assert!(inside, "{:?} leaves its card", line.text);
                        }
                    }
                }
                ObjectId::Object(ObjectRef::Stage(id)) => stages.push(id.clone()),
                ObjectId::Object(ObjectRef::Path { from, to, .. }) => {
                    paths.insert((from.clone(), to.clone()));
                }
                _ => {}
            }
        }
    }
    let ids: Vec<_> = map.touchpoints().map(|t| t.id.clone()).collect();
    let links = Flow::of(map).links.into_iter();
    let links: BTreeSet<_> = links
        .map(|link| (ids[link.from].clone(), ids[link.to].clone()))
        .collect();
    assert_eq!(paths, links);
    // A stage that is broken into rows has a chevron in each of them.
    stages.dedup();
    let wanted: Vec<_> = map.stages().iter().map(|stage| stage.id.clone()).collect();
    assert_eq!(stages, wanted);
    assert_eq!(cards.len(), map.touchpoint_count());
    cards.sort();
    cards.dedup();
    assert_eq!(cards.len(), map.touchpoint_count());
}

/// Returns for each card its column within its stage and its top edge.
fn card_positions(map: &Map, layout: &FlowLayout) -> BTreeMap<String, (usize, f32)> {
    let mut places = BTreeMap::new();
    for strip in &layout.rows {
        for slice in &strip.chunks {
            for card in &slice.cards {
                let x = slice.x + f64::from(card.card.rect.min.x);
                let stage = map.stage_of(&card.id).unwrap();
                let left = strip.stages.iter().find(|it| it.id == *stage).unwrap().x;
                let column = ((x - left) / 200.0) as usize;
                places.insert(card.id.to_string(), (column, card.card.rect.min.y));
            }
        }
    }
    places
}

/// Returns the number of cards that have another position in the second map.
fn count_moved_cards(before: &Map, after: &Map, typesetter: &mut Typesetter) -> usize {
    let mut of = |map: &Map| card_positions(map, &flow(map, &FlowOptions::default(), typesetter));
    let (before, after) = (of(before), of(after));
    let elsewhere = |(id, place): &(&String, &(usize, f32))| {
        let now = after.get(*id);
        now.is_some_and(|now| now.0 != place.0 || (now.1 - place.1).abs() > 0.5)
    };
    before.iter().filter(elsewhere).count()
}

fn edited(map: &Map, intent: &Intent) -> Map {
    let mut map = map.clone();
    plan(&map, intent).unwrap().apply(&mut map).unwrap();
    map
}

/// Checks that renaming moves at most the cards below, and adding a touchpoint at
/// most those that follow in its stage, never cards in other stages.
#[test]
fn a_small_edit_moves_few_cards() {
    let mut typesetter = Typesetter::bundled();
    let map = generator::map(300);
    let touchpoints: Vec<&Touchpoint> = map.touchpoints().collect();
    for at in (0..300).step_by(11) {
        let mut after = touchpoints[at].clone();
        after.name = format!("{} with a much longer name than it had before", after.name);
        let renamed = edited(&map, &Intent::SetTouchpoint(Box::new(after)));
        let count = count_moved_cards(&map, &renamed, &mut typesetter);
        assert!(count <= 2, "renaming {at} moved {count} others");

        let (stage, place) = map.location_of(&touchpoints[at].id).unwrap();
        let fresh = Touchpoint::new(TouchpointId::from_text("fresh"), "Waits for the answer");
        let added = edited(
            &map,
            &Intent::AddTouchpoint {
                stage: stage.clone(),
                at: place,
                touchpoint: Box::new(fresh),
            },
        );
        let behind = map.touchpoints_in(&stage).len() - place;
        let count = count_moved_cards(&map, &added, &mut typesetter);
        assert!(count <= behind + 1, "adding at {at} moved {count} others");
    }
}
