//! Painter and widget on a small hand-built scene, without a window.

use super::camera::Camera;
use super::index::{Index, View};
use super::painter::{ScenePainter, textured};
use super::{CanvasOptions, CanvasResponse, CanvasView, OverlayKind, locate};
use crate::geom::{Origin, Path, Point, Rect, pt};
use crate::model::{Id, StageId, TouchpointId};
use crate::scene::{
    Body, Dash, Group, Icon, Item, Marks, Pin, Scene, Shape, Stroke, Subject, Tag, TextLine,
    ZoomRange,
};
use crate::text::{Face, Measure, Style, Typesetter};
use crate::theme::Color;
use egui::{Context, Modifiers, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

const INK: Color = Color::hex(0x102030);
const SCREEN: egui::Rect = egui::Rect {
    min: Pos2::ZERO,
    max: pos2(1000.0, 600.0),
};

fn card(number: usize) -> Tag {
    Tag::Card(TouchpointId::from_text(&format!("t{number}")))
}

fn subject(tag: Tag, title: &str, area: Rect) -> Subject {
    Subject {
        tag,
        title: title.to_owned(),
        description: format!("about {title}"),
        marks: Marks::NONE,
        area,
    }
}

fn item(shape: Shape) -> Item {
    Item {
        shape,
        subject: 0,
        zoom: ZoomRange::ALL,
    }
}

fn block(rect: Rect, color: Color) -> Item {
    item(Shape::Rect {
        rect,
        radius: 0.0,
        fill: Some(color),
        stroke: None,
    })
}

fn words(at: Point, text: &str, size: f32, setter: &mut Typesetter) -> Item {
    let face = Face::Regular;
    item(Shape::Text(TextLine {
        at,
        text: text.into(),
        face,
        size,
        color: INK,
        width: setter.width(text, Style { face, size }),
    }))
}

fn group(x: f64, y: f64, pin: Pin, bounds: Rect, subject: Subject, items: Vec<Item>) -> Group {
    Group {
        origin: Origin { x, y },
        pin,
        body: Arc::new(Body {
            bounds,
            items,
            subjects: vec![subject],
        }),
    }
}

/// A stage band 100 high, lane titles 120 wide, a corner, and `cards` cards
/// 200 apart that each show a box, a line, an arrow and an icon.
fn scene(cards: usize) -> Arc<Scene> {
    let mut setter = Typesetter::bundled();
    let width = 120.0 + cards as f64 * 200.0;
    let mut groups = Vec::new();
    for i in 0..cards {
        let bounds = Rect::new(0.0, 0.0, 200.0, 300.0);
        let title = format!("Step {i}");
        let arrow = Path::polygon(&[
            pt(180.0, 40.0),
            pt(190.0, 45.0),
            pt(180.0, 50.0),
            pt(183.0, 45.0),
        ]);
        let items = vec![
            block(Rect::new(10.0, 10.0, 160.0, 100.0), Color::hex(0xFFFFFF)),
            words(pt(20.0, 40.0), &title, 16.0, &mut setter),
            item(Shape::Path {
                path: Arc::new(arrow),
                fill: Some(INK),
                stroke: Some(Stroke {
                    width: 2.0,
                    color: INK,
                    dash: Dash::Dashed,
                }),
            }),
            item(Shape::Icon {
                icon: Icon::Phone,
                rect: Rect::new(20.0, 60.0, 16.0, 16.0),
                color: INK,
            }),
        ];
        let about = subject(card(i), &title, Rect::new(10.0, 10.0, 160.0, 100.0));
        groups.push(group(
            120.0 + i as f64 * 200.0,
            100.0,
            Pin::None,
            bounds,
            about,
            items,
        ));
    }
    let band = Rect::new(0.0, 0.0, width as f32 - 120.0, 100.0);
    let stage = Tag::Stage(StageId::from_text("compare"));
    let fill = vec![block(band, Color::hex(0xE9E2D3))];
    groups.push(group(
        120.0,
        0.0,
        Pin::Top,
        band,
        subject(stage, "Compare", band),
        fill,
    ));
    let titles = Rect::new(0.0, 0.0, 120.0, 300.0);
    let fill = vec![block(titles, Color::hex(0xFBF8F2))];
    groups.push(group(
        0.0,
        100.0,
        Pin::Left,
        titles,
        subject(Tag::Frame, "", Rect::EMPTY),
        fill,
    ));
    let corner = Rect::new(0.0, 0.0, 120.0, 100.0);
    let fill = vec![block(corner, Color::hex(0xFBF8F2))];
    groups.push(group(
        0.0,
        0.0,
        Pin::Corner,
        corner,
        subject(Tag::Frame, "", Rect::EMPTY),
        fill,
    ));
    Arc::new(Scene {
        width,
        height: 400.0,
        background: Color::hex(0xFBF8F2),
        title: "Test".to_owned(),
        description: String::new(),
        lit: Marks::NONE,
        groups,
    })
}

/// A camera that shows the map from a point on, at the top left of the screen.
fn from_corner(x: f64, y: f64, zoom: f32) -> Camera {
    let half = SCREEN.size() / 2.0 / zoom;
    Camera {
        x: x + f64::from(half.x),
        y: y + f64::from(half.y),
        zoom,
    }
}

#[test]
fn only_what_is_in_view_is_painted() {
    let (ctx, mut setter, mut painter) = (
        Context::default(),
        Typesetter::bundled(),
        ScenePainter::default(),
    );
    let scene = scene(2_000);
    let near = painter.paint(
        &ctx,
        &mut setter,
        &scene,
        &from_corner(0.0, 0.0, 1.0),
        SCREEN,
    );
    assert!(near.fresh && !near.mesh.vertices.is_empty());
    assert_eq!(near.groups, 5 + 3, "five cards and three pinned groups");
    let far = painter.paint(
        &ctx,
        &mut setter,
        &scene,
        &from_corner(300_000.0, 0.0, 1.0),
        SCREEN,
    );
    assert_eq!(far.groups, 6 + 3);
    assert!(near.mesh.is_valid() && far.mesh.is_valid());
    let ground = painter.paint(
        &ctx,
        &mut setter,
        &scene,
        &from_corner(0.0, 5_000.0, 1.0),
        SCREEN,
    );
    assert!(ground.groups <= 3, "{}", ground.groups);
}

#[test]
fn an_unchanged_frame_gets_the_same_mesh() {
    let (ctx, mut setter, mut painter) = (
        Context::default(),
        Typesetter::bundled(),
        ScenePainter::default(),
    );
    let one = scene(10);
    let camera = from_corner(0.0, 0.0, 1.0);
    let first = painter.paint(&ctx, &mut setter, &one, &camera, SCREEN);
    let again = painter.paint(&ctx, &mut setter, &one, &camera, SCREEN);
    assert!(!again.fresh && Arc::ptr_eq(&first.mesh, &again.mesh));
    let mut lit = Scene::clone(&one);
    lit.lit = Marks::PAIN;
    let lit = Arc::new(lit);
    let dimmed = painter.paint(&ctx, &mut setter, &lit, &camera, SCREEN);
    assert!(dimmed.fresh);
    assert_ne!(
        first.mesh.vertices, dimmed.mesh.vertices,
        "what is not lit is paler"
    );
    let moved = painter.paint(&ctx, &mut setter, &lit, &from_corner(1.0, 0.0, 1.0), SCREEN);
    assert!(moved.fresh);
    let smaller = egui::Rect::from_min_size(Pos2::ZERO, vec2(500.0, 600.0));
    assert!(
        painter
            .paint(&ctx, &mut setter, &lit, &camera, smaller)
            .fresh
    );
}

#[test]
fn pinned_groups_stay_in_view_and_never_before_their_place() {
    let scene = scene(50);
    let index = Index::new(&scene);
    let [.., band, titles, corner] = scene.groups.as_slice() else {
        unreachable!()
    };
    let at = |camera: Camera, group: &Group| {
        let view = View::new(&camera, SCREEN, 1.0, &index);
        view.on_screen(group, &group.body.bounds).min
    };
    let home = from_corner(-50.0, -30.0, 1.0);
    assert_eq!(at(home, band), pos2(170.0, 30.0));
    assert_eq!(at(home, titles), pos2(50.0, 130.0));
    assert_eq!(at(home, corner), pos2(50.0, 30.0));
    let away = from_corner(1_000.0, 250.0, 1.0);
    assert_eq!(at(away, band), pos2(120.0 - 1_000.0, 0.0));
    assert_eq!(at(away, titles), pos2(0.0, 100.0 - 250.0));
    assert_eq!(at(away, corner), pos2(0.0, 0.0));
    // So near that they would cover most of the view, they move along.
    let close = from_corner(1_000.0, 250.0, 4.0);
    assert_eq!(at(close, corner), pos2(-4_000.0, -1_000.0));
    assert_eq!(index.covered(1.0, SCREEN.size()), (120.0, 100.0));
    assert_eq!(index.covered(4.0, SCREEN.size()), (0.0, 0.0));
}

#[test]
fn pinned_groups_are_on_top_and_are_hit_where_they_are_seen() {
    let scene = scene(50);
    let index = Index::new(&scene);
    let view = View::new(&from_corner(1_000.0, 150.0, 1.0), SCREEN, 1.0, &index);
    let mut visible = Vec::new();
    index.visible(&view, &mut visible);
    assert_eq!(visible.last(), Some(&52), "the corner is painted last");
    assert!(visible.iter().position(|g| *g == 50) > visible.iter().position(|g| *g == 9));
    let hit = |at: Pos2| {
        index.hit(&view, at).map(|(g, s)| {
            scene.groups[g as usize].body.subjects[s as usize]
                .tag
                .clone()
        })
    };
    let compare = Tag::Stage(StageId::from_text("compare"));
    assert_eq!(
        hit(pos2(500.0, 20.0)),
        Some(compare),
        "the band hides the cards under it"
    );
    assert_eq!(hit(pos2(500.0, 580.0)), None);
}

#[test]
fn zoom_ranges_hold() {
    let (ctx, mut setter, mut painter) = (
        Context::default(),
        Typesetter::bundled(),
        ScenePainter::default(),
    );
    let red = Color::hex(0xFF0000);
    let mut far_only = block(Rect::new(0.0, 0.0, 300.0, 300.0), red);
    far_only.zoom = ZoomRange::below(0.5);
    let mut scene = Scene::clone(&scene(1));
    let bounds = Rect::new(0.0, 0.0, 300.0, 300.0);
    scene.groups.push(group(
        300.0,
        100.0,
        Pin::None,
        bounds,
        subject(Tag::Frame, "", bounds),
        vec![far_only],
    ));
    let scene = Arc::new(scene);
    let mut reds = |zoom: f32| {
        let painted = painter.paint(
            &ctx,
            &mut setter,
            &scene,
            &from_corner(0.0, 0.0, zoom),
            SCREEN,
        );
        painted
            .mesh
            .vertices
            .iter()
            .filter(|v| v.color == egui::Color32::from_rgb(255, 0, 0))
            .count()
    };
    assert_eq!(reds(0.49), 4);
    assert_eq!(reds(0.5), 0);
}

/// The drawn distance between the first and the last letter of a line of
/// text against the laid-out one, at zooms on and between steps.
#[test]
fn drawn_text_is_as_wide_as_laid_out() {
    let mut setter = Typesetter::bundled();
    let size = 14.0;
    let style = Style {
        face: Face::Regular,
        size,
    };
    for text in [
        "HAVATo officials fly H",
        "Hill Hillily illH",
        "H wide, wider, WIDEST W0123456789 H",
    ] {
        let width = setter.width(text, style) - setter.width("H", style);
        let bounds = Rect::new(0.0, 0.0, 400.0, 40.0);
        let line = words(pt(10.3, 20.0), text, size, &mut setter);
        let mut only = Scene::clone(&scene(0));
        only.groups = vec![group(
            0.0,
            0.0,
            Pin::None,
            bounds,
            subject(Tag::Frame, "", bounds),
            vec![line],
        )];
        let only = Arc::new(only);
        let (ctx, mut painter) = (Context::default(), ScenePainter::default());
        for zoom in [0.5, 0.7, 0.8, 1.0, 1.1, 1.4983071, 2.0, 2.9] {
            let painted = painter.paint(
                &ctx,
                &mut setter,
                &only,
                &from_corner(0.0, 0.0, zoom),
                SCREEN,
            );
            let letters = textured(&painted.mesh);
            assert_eq!(letters.len() % 4, 0);
            let left = |letter: &[egui::epaint::Vertex]| letter[0].pos.x;
            let first = letters.chunks(4).next().map(left).unwrap();
            let last = letters.chunks(4).last().map(left).unwrap();
            let off = (last - first) - width * zoom;
            // On a step the pictures of the two letters may begin a pixel
            // apart for the same place of the letter in them.
            let steps = zoom.log2() * 12.0;
            let on_step = (steps - steps.round()).abs() < 1e-3;
            let allowed = if on_step { 1.0 } else { 0.5 };
            assert!(off.abs() <= allowed, "{text:?} at {zoom}: off by {off}");
        }
    }
}

#[test]
fn panning_by_whole_pixels_changes_nothing_but_the_place() {
    let (ctx, mut setter, mut painter) = (
        Context::default(),
        Typesetter::bundled(),
        ScenePainter::default(),
    );
    let scene = scene(5);
    let zoom = 2.0_f32.powf(-5.0 / 12.0);
    let mut camera = from_corner(-90.0, -70.0, zoom);
    let before = painter.paint(&ctx, &mut setter, &scene, &camera, SCREEN);
    camera.pan(3.0, 7.0);
    let after = painter.paint(&ctx, &mut setter, &scene, &camera, SCREEN);
    let (a, b) = (textured(&before.mesh), textured(&after.mesh));
    assert!(!a.is_empty() && a.len() == b.len());
    for (a, b) in a.iter().zip(&b) {
        assert_eq!(a.uv, b.uv, "the same picture of the letter");
        assert!((b.pos - a.pos - vec2(3.0, 7.0)).length() < 1e-3);
    }
}

#[test]
fn tiny_text_is_a_bar_and_tinier_text_nothing() {
    let (ctx, mut setter, mut painter) = (
        Context::default(),
        Typesetter::bundled(),
        ScenePainter::default(),
    );
    let mut only = Scene::clone(&scene(0));
    let bounds = Rect::new(0.0, 0.0, 400.0, 40.0);
    let line = words(pt(10.0, 20.0), "Nobody can read this", 16.0, &mut setter);
    only.groups = vec![group(
        0.0,
        0.0,
        Pin::None,
        bounds,
        subject(Tag::Frame, "", bounds),
        vec![line],
    )];
    let only = Arc::new(only);
    let mut count = |zoom: f32| {
        let painted = painter.paint(
            &ctx,
            &mut setter,
            &only,
            &from_corner(0.0, 0.0, zoom),
            SCREEN,
        );
        (
            textured(&painted.mesh).len(),
            painted.mesh.vertices.len() - 4,
        )
    };
    assert!(count(1.0).0 > 0);
    assert_eq!(count(0.25), (0, 4));
    assert_eq!(count(0.1), (0, 0));
}

#[test]
fn a_full_texture_is_made_anew() {
    let (ctx, mut setter, mut painter) = (
        Context::default(),
        Typesetter::bundled(),
        ScenePainter::default(),
    );
    let mut only = Scene::clone(&scene(0));
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÄÖÜß0123456789";
    let bounds = Rect::new(0.0, 0.0, 9_000.0, 600.0);
    let items = (0..4)
        .map(|i| {
            words(
                pt(0.0, 120.0 * (i + 1) as f32),
                alphabet,
                16.0 + i as f32,
                &mut setter,
            )
        })
        .collect();
    only.groups = vec![group(
        0.0,
        0.0,
        Pin::None,
        bounds,
        subject(Tag::Frame, "", bounds),
        items,
    )];
    let only = Arc::new(only);
    let mut shown = Vec::new();
    for round in 0..3 {
        for zoom in [1.0_f32, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0] {
            let wide = egui::Rect::from_min_size(Pos2::ZERO, vec2(9_000.0, 4_000.0));
            let mut camera = Camera {
                x: 0.0,
                y: 0.0,
                zoom,
            };
            camera.pan(-4_500.0, -2_000.0);
            let painted = painter.paint(&ctx, &mut setter, &only, &camera, wide);
            let letters = textured(&painted.mesh).len();
            assert!(
                letters >= alphabet.chars().count() * 4,
                "{letters} at {zoom}"
            );
            for v in textured(&painted.mesh) {
                assert!(v.uv.x <= 1.0 && v.uv.y <= 1.0);
            }
            shown.push((round, zoom.to_bits(), letters));
        }
    }
    let per_round: Vec<_> = shown
        .chunks(9)
        .map(|c| c.iter().map(|s| s.2).collect::<Vec<_>>())
        .collect();
    assert_eq!(per_round[0], per_round[2]);
}

#[test]
fn things_are_located() {
    let scene = scene(4);
    let area = locate(&scene, &card(2)).unwrap();
    assert_eq!(
        (area.left, area.top, area.width(), area.height()),
        (530.0, 110.0, 160.0, 100.0)
    );
    assert_eq!(locate(&scene, &card(9)), None);
}

struct Room {
    view: CanvasView,
    setter: Typesetter,
    scene: Arc<Scene>,
    camera: Camera,
    overlay: Vec<(Tag, OverlayKind)>,
    draggable: bool,
    last: Option<CanvasResponse>,
    clicks: Vec<(Option<Tag>, bool, bool)>,
    drags: Vec<(Tag, super::DragPhase)>,
}

fn room(draggable: bool) -> Harness<'static, Room> {
    let room = Room {
        view: CanvasView::default(),
        setter: Typesetter::bundled(),
        scene: scene(20),
        camera: from_corner(0.0, 0.0, 1.0),
        overlay: vec![(card(1), OverlayKind::Selected)],
        draggable,
        last: None,
        clicks: Vec::new(),
        drags: Vec::new(),
    };
    let mut harness = Harness::builder().with_size(SCREEN.size()).build_ui_state(
        |ui, room: &mut Room| {
            let options = CanvasOptions {
                overlay: &room.overlay,
                accent: INK,
                draggable: room.draggable,
                names: true,
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

fn drag(harness: &mut Harness<'_, Room>, from: Pos2, by: egui::Vec2) {
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
fn cards_are_found_by_their_names_and_clicked() {
    let mut harness = room(false);
    harness.get_by_label("Step 2").click();
    harness.run();
    assert_eq!(harness.state().clicks, vec![(Some(card(2)), false, false)]);
    assert!(harness.query_by_label("Step 15").is_none(), "out of view");
    assert!(harness.query_by_label("Compare").is_some());
    harness.get_by_label("Step 1").click_accesskit();
    harness.run();
    assert_eq!(
        harness.state().clicks.last(),
        Some(&(Some(card(1)), false, false))
    );
}

#[test]
fn dragging_the_ground_pans_exactly_with_the_pointer() {
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
fn dragging_a_card_is_told_and_moves_nothing() {
    let mut harness = room(true);
    let before = harness.state().camera;
    drag(&mut harness, pos2(400.0, 150.0), vec2(200.0, 0.0));
    assert_eq!(harness.state().camera, before);
    let drags = &harness.state().drags;
    assert_eq!(drags.first(), Some(&(card(1), super::DragPhase::Started)));
    assert_eq!(drags.last(), Some(&(card(1), super::DragPhase::Dropped)));
    let mut harness = room(false);
    drag(&mut harness, pos2(400.0, 150.0), vec2(-100.0, 0.0));
    assert!(
        (harness.state().camera.x - before.x - 100.0).abs() < 1e-3,
        "pans where nothing can be dragged"
    );
}

#[test]
fn the_wheel_pans_and_with_control_zooms_at_the_pointer() {
    let mut harness = room(false);
    let wheel = |harness: &mut Harness<'_, Room>, delta: egui::Vec2, modifiers: Modifiers| {
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
fn a_still_canvas_asks_for_nothing_and_paints_nothing_new() {
    let mut harness = room(false);
    harness.step();
    harness.step();
    assert!(!harness.state().last.as_ref().unwrap().painted.fresh);
    assert!(!harness.ctx.has_requested_repaint());
}
