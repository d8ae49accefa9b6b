//! Legibility of drawn maps from the last row of a room.

use super::{generator, samples};
use std::collections::BTreeSet;
use touchline::layout::large_card;
use touchline::model::{Id as _, Map, ObjectRef};
use touchline::render::{RenderOptions, RenderedMap, ShownPart, TextKind, fit_room, legibility};
use touchline::room::Room;
use touchline::scene::{Marks, Scene, build_large_card};
use touchline::text::FixedWidth;
use touchline::theme::PROJECTOR;

fn drawn(map: &Map) -> Scene {
    let options = RenderOptions::default();
    (*RenderedMap::of(map, &options, &mut FixedWidth).scene).clone()
}

/// Ids of the touchpoints whose cards a scene shows.
fn cards(scene: &Scene) -> BTreeSet<String> {
    let places = scene
        .places(|_| true)
        .filter_map(|(id, _)| match id.object() {
            Some(ObjectRef::Touchpoint(id)) => Some(id.as_str().to_owned()),
            _ => None,
        });
    places.collect()
}

#[test]
fn text_is_readable_from_exactly_the_height_that_is_needed() {
    let (_, map) = samples().remove(0);
    let (scene, room) = (drawn(&map), Room::default());
    let whole = ShownPart::whole(&scene);
    let now = legibility(&scene, &whole, room);
    // A whole map on one picture cannot be read; it is to be enlarged by the stated factor.
    assert!(!now.is_readable());
    let enlarged = |factor: f64| ShownPart {
        picture_height: whole.picture_height / factor,
        ..whole
    };
    let enough = legibility(&scene, &enlarged(now.enlargement()), room);
    assert!(enough.is_readable(), "{enough:?}");
    let almost = legibility(&scene, &enlarged(now.enlargement() * 0.99), room);
    assert!(!almost.is_readable());
    // Large names become readable before the details of cards.
    let names = now.failing[&TextKind::Touchpoints];
    assert!(names > now.failing[&TextKind::Cards]);
    let between = room.smallest_capital() / names * 1.001;
    let between = legibility(&scene, &enlarged(between), room);
    assert!(!between.failing.contains_key(&TextKind::Touchpoints));
    assert!(between.failing.contains_key(&TextKind::Cards));
    assert!(between.failing_nouns().contains("details of touchpoints"));
}

#[test]
fn dimmed_text_need_not_be_read() {
    let (_, map) = samples().remove(0);
    let mut scene = drawn(&map);
    let (whole, room) = (ShownPart::whole(&scene), Room::default());
    assert!(
        legibility(&scene, &whole, room)
            .failing
            .contains_key(&TextKind::Paths)
            || legibility(&scene, &whole, room)
                .failing
                .contains_key(&TextKind::Feelings)
    );
    scene.highlight = Marks::PAIN.into();
    let lit = legibility(&scene, &whole, room);
    assert!(!lit.failing.contains_key(&TextKind::Paths));
}

#[test]
fn pages_for_a_room_are_readable_or_say_that_they_are_not_and_show_every_touchpoint() {
    let mut maps = samples();
    maps.push(("300".into(), generator::map(300)));
    let rooms = [Room::default(), Room::new(2.0, 10.0).unwrap()];
    let mut unreadable = Vec::new();
    for (at, (name, map)) in maps.into_iter().enumerate() {
        let room = rooms[at % 2];
        let fitted = fit_room(&map, &RenderOptions::default(), room, &mut FixedWidth);
        let mut shown = BTreeSet::new();
        let mut is_readable = true;
        for page in &fitted.pages {
            let found = legibility(page, &ShownPart::whole(page), room);
            is_readable &= found.is_readable();
            let first = &fitted.pages[0];
            assert_eq!(
                (page.width, page.height),
                (first.width, first.height),
                "{name}"
            );
            shown.extend(cards(page));
        }
        assert_eq!(shown.len(), map.touchpoint_count(), "{name}");
        assert_eq!(fitted.legibility.is_readable(), is_readable, "{name}");
        let left_out = &fitted.left_out;
        let is_whole = !left_out.details && left_out.lanes.is_empty();
        assert_eq!(left_out.to_string().is_empty(), is_whole, "{name}");
        if !is_readable {
            // All that can go is gone.
            assert!(left_out.details, "{name}: {:?}", fitted.legibility);
            let lanes = fitted.options.layout.lanes.unwrap();
            assert_eq!(lanes.len(), 1, "{name}");
            unreadable.push((name, fitted.legibility));
        }
    }
    // Branches below each other make a row of cards too high.
    assert!(unreadable.len() <= 3, "{unreadable:#?}");
}

#[test]
fn each_large_card_is_readable_in_the_usual_room() {
    let mut maps = samples();
    maps.extend([300, 2_000].map(|size| (size.to_string(), generator::map(size))));
    let room = Room::default();
    for (name, map) in maps {
        // Cards of a generated map are alike.
        let every = (map.touchpoint_count() / 40).max(1);
        for touchpoint in map.touchpoints().step_by(every) {
            let page = (16.0 / 9.0, room.smallest_capital() as f32);
            let card = large_card(&map, &touchpoint.id, "1", page, &mut FixedWidth).unwrap();
            let scene = build_large_card(&map, &card, &PROJECTOR);
            let found = legibility(&scene, &ShownPart::whole(&scene), room);
            assert!(found.is_readable(), "{name}: {found:?}");
        }
    }
}

#[test]
fn a_room_in_which_nothing_can_be_read_is_told() {
    let (_, map) = samples().remove(0);
    let room = Room::new(0.1, 100.0).unwrap();
    let fitted = fit_room(&map, &RenderOptions::default(), room, &mut FixedWidth);
    assert!(!fitted.legibility.is_readable());
    assert!(fitted.legibility.enlargement() > 2.0);
    assert!(!fitted.legibility.failing_nouns().is_empty());
}
