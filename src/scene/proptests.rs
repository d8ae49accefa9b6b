//! Property tests of what can be read at each zoom, over random maps in every view.

use super::item::{GroupKey, ObjectId, Shape, TextLine};
use super::{PieceCache, Scene, SceneObject, build, build_flow, build_ownership};
use crate::geom::Rect;
use crate::layout::flow::{FlowOptions, flow};
use crate::layout::ownership::ownership;
use crate::layout::{EmptyLanes, LayoutOptions, layout};
use crate::model::{Field, Map, ObjectRef, TouchpointId, arbitrary};
use crate::scene::Marks;
use crate::text::FixedWidth;
use crate::theme::size::LEADING;
use crate::theme::{Density, LIGHT};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseError;
use std::collections::{BTreeMap, BTreeSet};

const ZOOMS: [f32; 9] = [0.05, 0.15, 0.21, 0.26, 0.31, 0.35, 0.41, 0.45, 1.0];

/// The views of a map with their names.
fn scenes(map: &Map, density: Density, handoffs: bool) -> [(&'static str, Scene); 3] {
    let options = LayoutOptions {
        density,
        handoffs,
        front: map
            .personas()
            .iter()
            .last()
            .map(|persona| persona.id.clone()),
        ..LayoutOptions::default()
    };
    let flow_options = FlowOptions {
        density,
        ..FlowOptions::default()
    };
    let measure = &mut FixedWidth;
    let mut journey = layout(map, &options, measure);
    let journey = build(map, &mut journey, &LIGHT, Marks::NONE);
    let flow = flow(map, &flow_options, measure);
    let flow = build_flow(map, &flow, &LIGHT, Marks::NONE);
    let owned = ownership(map, density, measure);
    let owned = build_ownership(map, &owned, &LIGHT, Marks::NONE);
    [("journey", journey), ("flow", flow), ("ownership", owned)]
}

/// The texts drawn at a zoom, with their objects and where their letters are.
fn texts(scene: &Scene, zoom: f32) -> Vec<(Rect, &TextLine, &SceneObject)> {
    let mut texts = Vec::new();
    for group in &scene.groups {
        let shown = group
            .content
            .items
            .iter()
            .filter(|it| it.zoom.contains(zoom));
        for item in shown {
            let Shape::Text(line) = &item.shape else {
                continue;
            };
            if line.text.is_empty() {
                continue;
            }
            let (x, y) = (
                group.origin.x as f32 + line.at.x,
                group.origin.y as f32 + line.at.y,
            );
            let letters = Rect::new(x, y - line.size * 0.7, line.width, line.size * 0.9);
            let object = &group.content.objects[item.object as usize];
            texts.push((letters.grow(-0.5), line, object));
        }
    }
    texts
}

/// The name of a kind of object whose names stand in one row.
fn row_of(object: &ObjectId) -> Option<&'static str> {
    match object.object()? {
        ObjectRef::Touchpoint(_) => Some("card"),
        ObjectRef::Stage(_) => Some("stage"),
        ObjectRef::Lane(_) => Some("lane"),
        _ => None,
    }
}

fn names_have_one_size(scene: &Scene) -> Result<(), TestCaseError> {
    for zoom in ZOOMS {
        let mut sizes: BTreeMap<&str, f32> = BTreeMap::new();
        for (_, line, object) in texts(scene, zoom) {
            let named = line.text_field == Some(Field::Name);
            let Some(row) = row_of(&object.id).filter(|_| named) else {
                continue;
            };
            let size = *sizes.entry(row).or_insert(line.size);
            prop_assert_eq!(size, line.size, "{} {} at {}", row, line.text, zoom);
        }
    }
    Ok(())
}

/// Checks that the enlarged names on cards are whole, or fill their cards.
fn names_are_cut_only_without_room(map: &Map, scene: &Scene) -> Result<(), TestCaseError> {
    let mut lines: BTreeMap<String, (Vec<&TextLine>, f32)> = BTreeMap::new();
    for (_, line, object) in texts(scene, 0.41) {
        if let Some(ObjectRef::Touchpoint(id)) = object.id.object() {
            let entry = lines.entry(id.to_string()).or_default();
            entry.0.push(line);
            entry.1 = object.area.height();
        }
    }
    for touchpoint in map.touchpoints() {
        let Some((lines, height)) = lines.get(&touchpoint.id.to_string()) else {
            continue;
        };
        let is_cut = lines.last().is_some_and(|line| line.text.ends_with('…'));
        let used = lines.iter().map(|line| line.size * LEADING);
        let more = lines.last().map_or(0.0, |line| line.size * LEADING);
        let full = used.sum::<f32>() + more > height - 12.0;
        prop_assert!(
            full || !is_cut || touchpoint.name.ends_with('…'),
            "{}",
            touchpoint.name
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn names_of_one_row_have_one_size_at_every_zoom(map in arbitrary::map(), compact in any::<bool>()) {
        let density = if compact { Density::Compact } else { Density::Comfortable };
        for (_, scene) in scenes(&map, density, false) {
            names_have_one_size(&scene)?;
        }
    }

    #[test]
    fn enlarged_names_are_cut_only_where_the_card_is_full(map in arbitrary::map(), compact in any::<bool>()) {
        let density = if compact { Density::Compact } else { Density::Comfortable };
        let [(_, journey), (_, flow), (_, owned)] = scenes(&map, density, false);
        for scene in [journey, flow, owned] {
            names_are_cut_only_without_room(&map, &scene)?;
        }
    }

    #[test]
    fn no_text_lies_over_another_at_any_zoom(
        map in arbitrary::map(),
        compact in any::<bool>(),
        handoffs in any::<bool>(),
    ) {
        let density = if compact { Density::Compact } else { Density::Comfortable };
        for (view, scene) in scenes(&map, density, handoffs) {
            for zoom in ZOOMS {
                let texts = texts(&scene, zoom);
                for (at, (rect, line, _)) in texts.iter().enumerate() {
                    let over = texts[..at].iter().find(|(other, _, _)| other.intersects(rect));
                    let over = over.map(|(other, line, object)| (other, &line.text, &object.id));
                    prop_assert!(over.is_none(), "{view} at {zoom}: {rect:?} {:?} over {over:?}", line.text);
                }
            }
        }
    }
}

/// The touchpoints with an area, and that area.
fn cards(scene: &Scene) -> Vec<(TouchpointId, crate::geom::Area)> {
    let places = scene.places(|_| true);
    let cards = places.filter_map(|(id, area)| match id.object()? {
        ObjectRef::Touchpoint(id) => Some((id.clone(), area)),
        _ => None,
    });
    cards.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rows_hold_each_touchpoint_once_where_picking_finds_it(
        map in arbitrary::map(),
        width in 500.0..3000.0_f64,
        omitted in any::<bool>(),
        handoffs in any::<bool>(),
    ) {
        let [(_, strip), ..] = scenes(&map, Density::Comfortable, handoffs);
        let empty = if omitted { EmptyLanes::Omitted } else { EmptyLanes::Folded };
        let drawn = strip.wrapped(width, empty, &mut PieceCache::default());
        let (mut all, mut shown) = (cards(&strip), cards(&drawn));
        all.sort_by(|a, b| a.0.cmp(&b.0));
        shown.sort_by(|a, b| a.0.cmp(&b.0));
        prop_assert_eq!(all.len(), shown.len());
        for ((id, on_strip), (same, area)) in all.iter().zip(&shown) {
            prop_assert_eq!(id, same);
            prop_assert!(area.left >= 0.0 && area.right <= drawn.width && area.bottom <= drawn.height);
            // Where it is drawn is where it is on the strip, both ways.
            let middle = |area: &crate::geom::Area| (area.center_x(), f64::midpoint(area.top, area.bottom));
            let place = drawn.from_strip(middle(on_strip));
            let (x, y) = middle(area);
            prop_assert!((place.0 - x).abs() + (place.1 - y).abs() < 0.01, "{:?} {:?}", place, (x, y));
            let back = drawn.to_strip((x, y));
            let (x, y) = middle(on_strip);
            prop_assert!((back.0 - x).abs() + (back.1 - y).abs() < 0.01);
            let hit = |scene: &Scene, at: (f64, f64)| {
                scene.hit(at.0, at.1).and_then(|(_, object)| object.id.object().cloned())
            };
            prop_assert_eq!(hit(&drawn, place), hit(&strip, middle(on_strip)));
        }
    }

    #[test]
    fn the_excerpt_of_a_stage_names_that_stage_only(map in arbitrary::map(), handoffs in any::<bool>()) {
        let [(_, strip), ..] = scenes(&map, Density::Comfortable, handoffs);
        let stages = strip.groups.iter().filter_map(|group| match group.key {
            GroupKey::Stage(_) => {
                let area = group.area(&group.content.bounds);
                Some(group.origin.x..area.right)
            }
            _ => None,
        });
        let stages: Vec<_> = stages.collect();
        let excerpts = strip.excerpts(&stages);
        prop_assert_eq!(excerpts.len(), stages.len());
        for (at, (excerpt, columns)) in excerpts.iter().zip(&stages).enumerate() {
            let named = excerpt.groups.iter().filter_map(|group| match group.key {
                GroupKey::StageTexts(stage) => Some(stage),
                _ => None,
            });
            prop_assert_eq!(named.collect::<Vec<_>>(), [at]);
            // One by one they are the same.
            let alone = strip.excerpt(columns.clone());
            prop_assert_eq!(format!("{:?}", alone.groups), format!("{:?}", &excerpt.groups));
        }
    }

    #[test]
    fn each_row_names_its_lanes_and_the_stage_in_which_it_begins(
        map in arbitrary::map(),
        width in 500.0..2000.0_f64,
    ) {
        let [(_, strip), ..] = scenes(&map, Density::Comfortable, false);
        let drawn = strip.wrapped(width, EmptyLanes::Folded, &mut PieceCache::default());
        let Some(rows) = &drawn.rows else {
            prop_assert!(width >= strip.width && drawn.groups.len() == strip.groups.len());
            return Ok(());
        };
        let lanes = strip.groups.iter().filter(|group| matches!(group.key, GroupKey::LaneTitle(_)));
        let lanes = lanes.count();
        for row in 0..rows.len() {
            let span = rows.span(row).unwrap();
            let here = |group: &&super::Group| span.contains(&group.origin.y);
            let groups: Vec<&super::Group> = drawn.groups.iter().filter(here).collect();
            let titles: BTreeSet<usize> = groups.iter().filter_map(|group| match group.key {
                GroupKey::LaneTitle(lane) => Some(lane),
                _ => None,
            }).collect();
            prop_assert_eq!(titles.len(), lanes, "row {}", row);
            let stages = |texts: bool| -> BTreeSet<usize> {
                groups.iter().filter_map(|group| match group.key {
                    GroupKey::StageTexts(stage) if texts => Some(stage),
                    GroupKey::Stage(stage) if !texts => Some(stage),
                    _ => None,
                }).collect()
            };
            prop_assert_eq!(stages(true), stages(false), "row {}", row);
            // Names lie within the row and do not meet.
            for zoom in [1.0] {
                let band = |at: f64| rows.span(row).unwrap().start <= at && at < span.start + rows.band_height();
                let names = texts(&drawn, zoom);
                let names: Vec<_> = names.into_iter()
                    .filter(|(rect, _, object)| object.id.is_stage() && band(f64::from(rect.center().y)))
                    .collect();
                for (at, (rect, line, _)) in names.iter().enumerate() {
                    prop_assert!(f64::from(rect.max.x) <= drawn.width, "{} {:?}", line.text, rect);
                    let over = names[..at].iter().find(|(other, ..)| other.intersects(rect));
                    prop_assert!(over.is_none(), "{} over {:?}", line.text, over.map(|o| &o.1.text));
                }
            }
        }
    }
}
