//! Tests of pointer and wheel input.

use super::{SCREEN, card, from_corner, scene};
use crate::app::canvas::camera::Camera;
use crate::app::canvas::{CanvasOptions, CanvasResponse, CanvasView, DragPhase, OverlayKind};
use crate::scene::{ObjectId, Scene};
use crate::text::Typesetter;
use crate::theme::LIGHT;
use egui::{Modifiers, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

struct TestCanvas {
    view: CanvasView,
    setter: Typesetter,
    scene: Arc<Scene>,
    camera: Camera,
    overlay: Vec<(ObjectId, OverlayKind)>,
    draggable: bool,
    last: Option<CanvasResponse>,
    clicks: Vec<(Option<ObjectId>, bool, bool)>,
    drags: Vec<(Option<ObjectId>, DragPhase)>,
}

fn room(draggable: bool) -> Harness<'static, TestCanvas> {
    let room = TestCanvas {
        view: CanvasView::default(),
        setter: Typesetter::bundled(),
        scene: scene(20),
        camera: from_corner(0.0, 0.0, 1.0),
        overlay: vec![(card(1).into(), OverlayKind::Selected)],
        draggable,
        last: None,
        clicks: Vec::new(),
        drags: Vec::new(),
    };
    let mut harness = Harness::builder().with_size(SCREEN.size()).build_ui_state(
        |ui, room: &mut TestCanvas| {
            let options = CanvasOptions {
                overlay: &room.overlay,
                accent: LIGHT.accent,
                draggable: room.draggable,
                accessibility: true,
            };
            let seen = room.view.show(
                ui,
                &mut room.setter,
                &room.scene,
                &mut room.camera,
                &options,
            );
            room.clicks.extend(
                seen.click
                    .iter()
                    .map(|c| (c.tag.clone(), c.double, c.secondary)),
            );
            room.drags
                .extend(seen.drag.iter().map(|d| (d.tag.clone(), d.phase)));
            room.last = Some(seen);
        },
        room,
    );
    harness.run();
    harness
}

fn drag(harness: &mut Harness<'_, TestCanvas>, from: Pos2, by: egui::Vec2) {
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run();
    for i in 1..=4 {
        harness.hover_at(from + by * (i as f32 / 4.0));
        harness.run();
    }
    harness.drop_at(from + by);
    harness.run();
}

#[test]
fn cards_are_clicked_by_accessible_name() {
    let mut harness = room(false);
    harness.get_by_label("Step 2").click();
    harness.run();
    assert_eq!(
        harness.state().clicks,
        vec![(Some(card(2).into()), false, false)]
    );
    // Subjects out of view can be clicked by assistive technology too.
    harness.get_by_label("Step 15").click_accesskit();
    harness.run();
    let far = Some(&(Some(card(15).into()), false, false));
    assert_eq!(harness.state().clicks.last(), far);
    assert!(harness.query_by_label("Compare").is_some());
    harness.get_by_label("Step 1").click_accesskit();
    harness.run();
    assert_eq!(
        harness.state().clicks.last(),
        Some(&(Some(card(1).into()), false, false))
    );
}

#[test]
fn dragging_the_background_pans_exactly_with_the_pointer() {
    let mut harness = room(true);
    let before = harness.state().camera;
    drag(&mut harness, pos2(500.0, 500.0), vec2(-120.0, -40.0));
    let after = harness.state().camera;
    assert!(
        (after.x - before.x - 120.0).abs() < 1e-3,
        "{}",
        after.x - before.x
    );
    assert!((after.y - before.y - 40.0).abs() < 1e-3);
    assert!(harness.state().drags.is_empty() && harness.state().clicks.is_empty());
}

#[test]
fn dragging_a_card_is_reported_and_does_not_pan() {
    let mut harness = room(true);
    let before = harness.state().camera;
    drag(&mut harness, pos2(400.0, 150.0), vec2(200.0, 0.0));
    assert_eq!(harness.state().camera, before);
    let drags = &harness.state().drags;
    assert_eq!(
        drags.first(),
        Some(&(Some(card(1).into()), DragPhase::Started))
    );
    assert_eq!(
        drags.last(),
        Some(&(Some(card(1).into()), DragPhase::Dropped))
    );
    let mut harness = room(false);
    drag(&mut harness, pos2(400.0, 150.0), vec2(-100.0, 0.0));
    assert!(
        (harness.state().camera.x - before.x - 100.0).abs() < 1e-3,
        "pans if dragging is disabled"
    );
}

#[test]
fn the_wheel_pans_and_with_control_zooms_at_the_pointer() {
    let mut harness = room(false);
    let wheel = |harness: &mut Harness<'_, TestCanvas>, delta: egui::Vec2, modifiers: Modifiers| {
        harness.hover_at(pos2(700.0, 300.0));
        harness.event_modifiers(
            egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta,
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers,
            },
            modifiers,
        );
        for _ in 0..30 {
            harness.step();
        }
    };
    let before = harness.state().camera;
    wheel(&mut harness, vec2(0.0, -80.0), Modifiers::NONE);
    let after = harness.state().camera;
    assert!(
        after.y > before.y && after.x == before.x && after.zoom == before.zoom,
        "{after:?}"
    );
    wheel(&mut harness, vec2(0.0, -80.0), Modifiers::SHIFT);
    assert!(harness.state().camera.x > after.x);
    let before = harness.state().camera;
    wheel(&mut harness, vec2(0.0, 120.0), Modifiers::CTRL);
    let after = harness.state().camera;
    assert!(after.zoom > before.zoom);
    let under = |c: Camera| c.x + 200.0 / f64::from(c.zoom);
    assert!(
        (under(after) - under(before)).abs() < 0.01,
        "the point under the pointer stays"
    );
    let steps = after.zoom.log2() * 12.0;
    assert!(
        (steps - steps.round()).abs() < 1e-3,
        "a whole number of steps"
    );
}

#[test]
fn idle_canvas_requests_no_repaint() {
    let mut harness = room(false);
    harness.step();
    harness.step();
    assert!(!harness.state().last.as_ref().unwrap().painted.is_repainted);
    assert!(!harness.ctx.has_requested_repaint());
}
