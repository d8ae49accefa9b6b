//! Property tests of what can be read at each zoom, over random maps in every view.

use super::item::{ObjectId, Shape, TextLine};
use super::{Scene, SceneObject, build, build_flow, build_ownership};
use crate::geom::Rect;
use crate::layout::flow::{FlowOptions, flow};
use crate::layout::ownership::ownership;
use crate::layout::{LayoutOptions, layout};
use crate::model::{Field, Map, ObjectRef, arbitrary};
use crate::scene::Marks;
use crate::text::FixedWidth;
use crate::theme::size::LEADING;
use crate::theme::{Density, LIGHT};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseError;
use std::collections::BTreeMap;

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
