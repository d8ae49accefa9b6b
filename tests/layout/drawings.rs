//! Parts, rows and excerpts of drawn maps.

use super::{maps, options};
use std::sync::Arc;
use touchline::layout::{LayoutOptions, layout};
use touchline::model::{Id as _, ObjectRef, StageId};
use touchline::render::{RenderOptions, View};
use touchline::scene::{
    Group, GroupKey, Marks, ObjectId, PartKind, Scene, ScenePart, Shape, build,
};
use touchline::session::Session;
use touchline::text::Typesetter;
use touchline::theme::{Density, ThemeName};

/// Returns every view of every map as drawn.
fn drawings() -> impl Iterator<Item = (String, Arc<Scene>)> {
    let mut typesetter = Typesetter::bundled();
    maps().into_iter().flat_map(move |(name, map)| {
        let mut session = Session::untitled(map);
        let options = RenderOptions {
            layout: LayoutOptions {
                handoffs: true,
                ..LayoutOptions::default()
            },
            ..RenderOptions::default()
        };
        [View::Journey, View::Flow, View::Ownership].map(|view| {
            let scene = session.render_view(view, &options, &mut typesetter);
            (format!("{name}, {view:?}"), scene.unwrap())
        })
    })
}

fn is_drawn(group: &Group, part: &ScenePart) -> bool {
    let items = group.content.items.iter();
    let mut shapes = items.filter(|item| item.object == part.object);
    let ends = |shape: &Shape| match shape {
        Shape::Path {
            path,
            stroke: Some(_),
            ..
        } => path.unpack().endpoints(),
        _ => None,
    };
    shapes.any(|item| match (part.kind, &item.shape) {
        (PartKind::Picture, Shape::Rect { rect, .. }) => *rect == part.rect,
        (PartKind::HandoffMark, Shape::Rect { rect, .. }) => part.rect.union(rect) == part.rect,
        (PartKind::PathStart, shape) => ends(shape).is_some_and(|(p, _)| p == part.rect.min),
        (PartKind::PathEnd, shape) => ends(shape).is_some_and(|(_, p)| p == part.rect.min),
        _ => false,
    })
}

#[test]
fn parts_are_where_they_are_drawn() {
    let mut kinds = [0; 4];
    for (name, scene) in drawings() {
        for (number, group) in scene.groups.iter().enumerate() {
            for part in &group.content.parts {
                assert!(is_drawn(group, part), "{name}: {part:?} in group {number}");
                kinds[part.kind as usize] += 1;
                let subject = &group.content.objects[part.object as usize];
                let at = part.rect.center();
                let (x, y) = (
                    group.origin.x + f64::from(at.x),
                    group.origin.y + f64::from(at.y),
                );
                match part.kind {
                    PartKind::Picture => {
                        let picked = scene.hit_group(number, x, y).map(|object| &object.id);
                        assert_eq!(picked, Some(&subject.id), "{name}");
                    }
                    _ => {
                        // Several paths may meet at a card.
                        let picked = scene.path_near(number, x, y, 12.0).map(|object| &object.id);
                        let is_path =
                            matches!(picked, Some(ObjectId::Object(ObjectRef::Path { .. })));
                        assert!(is_path, "{name}: {part:?} picks {picked:?}");
                    }
                }
            }
            // Every path has both ends, and every image in a cell its frame.
            for (at, object) in (0..).zip(&group.content.objects) {
                let Some(id) = object.id.object() else {
                    continue;
                };
                let count = |kind| group.content.parts(id, kind).count();
                let whole = object.area.is_empty()
                    || (group.content.parts(id, PartKind::Whole)).any(|area| area == object.area);
                assert!(whole, "{name}: {id:?} is not found");
                let items = group.content.items.iter().filter(|item| item.object == at);
                let images = items.filter(|item| matches!(item.shape, Shape::Image { .. }));
                match id {
                    ObjectRef::Path { .. } => {
                        assert_eq!(count(PartKind::PathStart), 1, "{name}");
                        assert_eq!(count(PartKind::PathEnd), 1, "{name}");
                    }
                    ObjectRef::Cell(..) => {
                        assert!(count(PartKind::Picture) >= images.count(), "{name}");
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(kinds.iter().all(|count| *count > 0), "{kinds:?}");
}

#[test]
fn groups_are_found_by_their_address() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in maps() {
        let mut session = Session::untitled(map);
        let drawn = session.render(&RenderOptions::default(), &mut typesetter);
        let layout = &drawn.layout;
        for (k, stage) in layout.stages.iter().enumerate() {
            let header = drawn.scene.group(GroupKey::Stage(k)).unwrap();
            assert_eq!(
                (header.origin.x, header.origin.y),
                (stage.x, layout.band_y),
                "{name}"
            );
            assert!(
                header
                    .content
                    .objects
                    .iter()
                    .any(|o| o.id == ObjectId::Object(ObjectRef::Stage(stage.id.clone())))
            );
            for (number, lane) in layout.lanes.iter().enumerate() {
                let group = drawn.scene.group(GroupKey::LaneContent(number, k)).unwrap();
                assert_eq!(
                    (group.origin.x, group.origin.y),
                    (stage.x, lane.y),
                    "{name}"
                );
                for object in &group.content.objects {
                    if let ObjectId::Object(ObjectRef::Cell(_, id)) = &object.id {
                        assert_eq!(*id, lane.id, "{name}");
                    }
                }
            }
        }
    }
}

/// The cards of a scene: name, left, right and top.
fn drawn_cards(scene: &Scene) -> Vec<(String, f64, f64, f64)> {
    let mut found = Vec::new();
    for group in &scene.groups {
        for object in &group.content.objects {
            let is_card = matches!(object.id, ObjectId::Object(ObjectRef::Touchpoint(_)));
            if is_card && !object.area.is_empty() {
                let x = |at: f32| group.origin.x + f64::from(at);
                let (left, right) = (x(object.area.min.x), x(object.area.max.x));
                let y = group.origin.y + f64::from(object.area.min.y);
                found.push((object.title.to_string(), left, right, y));
            }
        }
    }
    found
}

#[test]
fn a_scene_in_rows_shows_every_card_whole() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in maps() {
        let options = options(Density::Comfortable);
        let mut layout = layout(&map, &options, &mut typesetter);
        let scene = build(&map, &mut layout, ThemeName::Light.theme(), Marks::NONE);
        let (same, one) = scene.in_rows(scene.width);
        assert_eq!(
            (one, same.width, same.height),
            (1, scene.width, scene.height)
        );
        let whole = drawn_cards(&scene);
        assert!(!whole.is_empty());
        for width in [1_000.0, 2_500.0, scene.width * 0.6] {
            let (broken, rows) = scene.in_rows(width);
            assert!(rows > 1 && broken.width == width, "{name} {width}");
            assert!(broken.height < scene.height * rows as f64 + 1.0);
            let titles = f64::from(Density::Comfortable.sizes().title_column);
            let mut shown = Vec::new();
            for (card, left, right, _) in drawn_cards(&broken) {
                assert!(left >= titles && right <= width, "{name} {width} {card}");
                shown.push(card);
            }
            let mut all: Vec<String> = whole.iter().map(|(name, ..)| name.clone()).collect();
            shown.sort();
            all.sort();
            assert_eq!(shown, all, "{name} {width}");
        }
    }
}

/// An excerpt of a stage shows its cards whole, and all others outside or under the titles.
#[test]
fn an_excerpt_shows_the_cards_of_its_stage_and_no_others() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in maps() {
        let mut layout = layout(&map, &options(Density::Comfortable), &mut typesetter);
        let scene = build(&map, &mut layout, ThemeName::Light.theme(), Marks::NONE);
        for stage in map.stages() {
            let range = layout.stage_range(&stage.id).unwrap();
            let excerpt = scene.excerpt(range.clone());
            let titles = excerpt.width - (range.end - range.start);
            assert!(titles >= f64::from(Density::Comfortable.sizes().title_column));
            assert!((scene.height - excerpt.height - layout.band_y).abs() < 3.0);
            let shown = drawn_cards(&excerpt);
            let shown = shown
                .into_iter()
                .filter(|(_, left, right, _)| *right > titles && *left < excerpt.width);
            let shown: Vec<String> = shown
                .map(|(card, left, right, y)| {
                    assert!(
                        left >= titles && right <= excerpt.width && y >= 0.0,
                        "{name} {card}"
                    );
                    card
                })
                .collect();
            let expected = map.touchpoints_in(&stage.id).iter();
            let expected: Vec<String> =
                expected.map(|touchpoint| touchpoint.name.clone()).collect();
            assert_eq!(shown, expected, "{name} {}", stage.name);
            assert!(excerpt.group(GroupKey::Header).is_none());
        }
        assert!(layout.stage_range(&StageId::from_text("unknown")).is_none());
    }
}
