//! Tests of painting and caching.

use super::{INK, RED, SCREEN, block, card, from_corner, group, item, scene, subject, words};
use crate::app::canvas::camera::Camera;
use crate::app::canvas::painter::{PaintedScene, ScenePainter};
use crate::app::canvas::spatial_index::{SpatialIndex, Viewport};
use crate::geom::{Rect, pt};
use crate::model::{Id, ObjectRef, StageId};
use crate::scene::{Group, GroupContent, Marks, ObjectId, Pin, Scene, Shape, ZoomRange};
use crate::text::{Face, Measure, Style, Typesetter};
use egui::epaint::{Mesh, Vertex};
use egui::{Context, Pos2, pos2, vec2};
use std::sync::Arc;

/// Vertices that show something from the texture rather than plain color.
fn textured(mesh: &Mesh) -> Vec<Vertex> {
    let vertices = mesh.vertices.iter().copied();
    vertices
        .filter(|v| v.uv != egui::epaint::WHITE_UV)
        .collect()
}

/// The mesh that is drawn last; the only one without images.
pub(super) fn top(painted: &PaintedScene) -> &Arc<Mesh> {
    painted.meshes.last().unwrap()
}

fn index_of(scene: &Arc<Scene>) -> SpatialIndex {
    let mut index = SpatialIndex::default();
    index.update(scene);
    index
}

#[test]
fn only_visible_groups_are_painted() {
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
    assert!(near.is_repainted && !top(&near).vertices.is_empty());
    assert_eq!(
        painter.visible.len(),
        5 + 3,
        "five cards and three pinned groups"
    );
    let far = painter.paint(
        &ctx,
        &mut setter,
        &scene,
        &from_corner(300_000.0, 0.0, 1.0),
        SCREEN,
    );
    assert_eq!(painter.visible.len(), 6 + 3);
    assert!(top(&near).is_valid() && top(&far).is_valid());
    painter.paint(
        &ctx,
        &mut setter,
        &scene,
        &from_corner(0.0, 5_000.0, 1.0),
        SCREEN,
    );
    assert!(painter.visible.len() <= 3, "{}", painter.visible.len());
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
    assert!(!again.is_repainted && Arc::ptr_eq(top(&first), top(&again)));
    let mut lit = Scene::clone(&one);
    lit.highlight = Marks::PAIN.into();
    let lit = Arc::new(lit);
    let dimmed = painter.paint(&ctx, &mut setter, &lit, &camera, SCREEN);
    assert!(dimmed.is_repainted);
    assert_ne!(
        top(&first).vertices,
        top(&dimmed).vertices,
        "dimmed items are paler"
    );
    let moved = painter.paint(&ctx, &mut setter, &lit, &from_corner(1.0, 0.0, 1.0), SCREEN);
    assert!(moved.is_repainted);
    let smaller = egui::Rect::from_min_size(Pos2::ZERO, vec2(500.0, 600.0));
    assert!(
        painter
            .paint(&ctx, &mut setter, &lit, &camera, smaller)
            .is_repainted
    );
}

#[test]
fn pinned_groups_stay_in_view() {
    let scene = scene(50);
    let index = index_of(&scene);
    let [.., band, titles, corner] = scene.groups.as_slice() else {
        unreachable!()
    };
    let at = |camera: Camera, group: &Group| {
        let view = Viewport::new(&camera, SCREEN, 1.0, &index);
        view.on_screen(group, &group.content.bounds).min
    };
    let home = from_corner(-50.0, -30.0, 1.0);
    assert_eq!(at(home, band), pos2(170.0, 30.0));
    assert_eq!(at(home, titles), pos2(50.0, 130.0));
    assert_eq!(at(home, corner), pos2(50.0, 30.0));
    let away = from_corner(1_000.0, 250.0, 1.0);
    assert_eq!(at(away, band), pos2(120.0 - 1_000.0, 0.0));
    assert_eq!(at(away, titles), pos2(0.0, 100.0 - 250.0));
    assert_eq!(at(away, corner), pos2(0.0, 0.0));
    // Pinned groups that would cover most of the view move with the map.
    let close = from_corner(1_000.0, 250.0, 4.0);
    assert_eq!(at(close, corner), pos2(-4_000.0, -1_000.0));
    assert_eq!(index.pinned_extent(1.0, SCREEN.size()), (120.0, 100.0));
    assert_eq!(index.pinned_extent(4.0, SCREEN.size()), (0.0, 0.0));
}

#[test]
fn updated_index_equals_a_new_one() {
    let first = scene(50);
    let mut other = Scene::clone(&first);
    other.groups[3].origin.x += 700.0;
    other.groups[5].content = GroupContent::empty();
    other.groups.swap(7, 9);
    let mut grown = other.clone();
    grown.groups[5].content = Arc::clone(&first.groups[6].content);
    grown.groups.insert(20, first.groups[0].clone());
    let mut index = SpatialIndex::default();
    for scene in [first, Arc::new(other), Arc::new(grown), scene(8)] {
        index.update(&scene);
        assert!(index.is_for(&scene));
        let afresh = index_of(&scene);
        for left in [-100.0, 400.0, 1_500.0, 9_000.0] {
            let seen = |index: &SpatialIndex| {
                let view = Viewport::new(&from_corner(left, 50.0, 0.7), SCREEN, 1.0, index);
                let mut visible = Vec::new();
                index.visible(&view, &mut visible);
                (visible, index.hit(&scene, &view, pos2(300.0, 300.0)))
            };
            assert_eq!(seen(&index), seen(&afresh));
        }
    }
}

#[test]
fn pinned_groups_are_painted_and_hit_on_top() {
    let scene = scene(50);
    let index = index_of(&scene);
    let view = Viewport::new(&from_corner(1_000.0, 150.0, 1.0), SCREEN, 1.0, &index);
    let mut visible = Vec::new();
    index.visible(&view, &mut visible);
    assert_eq!(visible.last(), Some(&52), "the corner is painted last");
    assert!(visible.iter().position(|g| *g == 50) > visible.iter().position(|g| *g == 9));
    let hit = |at: Pos2| {
        let object = index.hit(&scene, &view, at);
        object.map(|object| object.id.clone())
    };
    let compare = ObjectId::Object(ObjectRef::Stage(StageId::from_text("compare")));
    assert_eq!(
        hit(pos2(500.0, 20.0)),
        Some(compare),
        "the band hides the cards under it"
    );
    assert_eq!(hit(pos2(500.0, 580.0)), None);
}

#[test]
fn items_are_painted_within_their_zoom_range() {
    let (ctx, mut setter, mut painter) = (
        Context::default(),
        Typesetter::bundled(),
        ScenePainter::default(),
    );
    let mut far_only = block(Rect::new(0.0, 0.0, 300.0, 300.0), RED);
    far_only.zoom = ZoomRange::below(0.5);
    let mut scene = Scene::clone(&scene(1));
    let bounds = Rect::new(0.0, 0.0, 300.0, 300.0);
    scene.groups.push(group(
        300.0,
        100.0,
        Pin::None,
        bounds,
        subject(ObjectId::Chrome, "", bounds),
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
        top(&painted)
            .vertices
            .iter()
            .filter(|v| v.color == egui::Color32::RED)
            .count()
    };
    assert_eq!(reds(0.49), 4);
    assert_eq!(reds(0.5), 0);
}

/// Compares the drawn distance between the first and the last letter of a line with the
/// laid-out one, at zooms on and between steps.
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
            subject(ObjectId::Chrome, "", bounds),
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
            let letters = textured(top(&painted));
            assert_eq!(letters.len() % 4, 0);
            let left = |letter: &[egui::epaint::Vertex]| letter[0].pos.x;
            let first = letters.chunks(4).next().map(left).unwrap();
            let last = letters.chunks(4).last().map(left).unwrap();
            let off = (last - first) - width * zoom;
            // On a step the bitmaps of the two letters may begin a pixel apart for the
            // same position of the letter in them.
            let steps = zoom.log2() * 12.0;
            let on_step = (steps - steps.round()).abs() < 1e-3;
            let allowed = if on_step { 1.0 } else { 0.5 };
            assert!(off.abs() <= allowed, "{text:?} at {zoom}: off by {off}");
        }
    }
}

#[test]
fn panning_by_whole_pixels_only_translates_glyphs() {
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
    let (a, b) = (textured(top(&before)), textured(top(&after)));
    assert!(!a.is_empty() && a.len() == b.len());
    for (a, b) in a.iter().zip(&b) {
        assert_eq!(a.uv, b.uv, "the same glyph bitmap");
        assert!((b.pos - a.pos - vec2(3.0, 7.0)).length() < 1e-3);
    }
}

#[test]
fn tiny_text_is_a_bar_and_tinier_text_is_skipped() {
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
        subject(ObjectId::Chrome, "", bounds),
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
            textured(top(&painted)).len(),
            top(&painted).vertices.len() - 4,
        )
    };
    assert!(count(1.0).0 > 0);
    assert_eq!(count(0.25), (0, 4));
    assert_eq!(count(0.1), (0, 0));
}

#[test]
fn full_atlas_is_rebuilt() {
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
        subject(ObjectId::Chrome, "", bounds),
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
            let letters = textured(top(&painted)).len();
            assert!(
                letters >= alphabet.chars().count() * 4,
                "{letters} at {zoom}"
            );
            for v in textured(top(&painted)) {
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
fn locate_finds_the_area_of_a_subject() {
    let scene = scene(4);
    let area = scene.area_of(&card(2), None).unwrap();
    assert_eq!(
        (area.left, area.top, area.width(), area.height()),
        (530.0, 110.0, 160.0, 100.0)
    );
    assert_eq!(scene.area_of(&card(9), None), None);
}

#[test]
fn image_gets_its_own_texture_once_decoded() {
    let pixels = crate::image::Pixels {
        width: 64,
        height: 32,
        rgba: [200, 100, 0, 255].repeat(64 * 32),
    };
    let shape = |round| Shape::Image {
        source: Box::new(crate::scene::ImageSource {
            bytes: crate::image::import_pixels(pixels.clone()).unwrap(),
            head: crate::scene::ImageHeader {
                media: crate::scene::Media::Png,
                width: 64,
                height: 32,
            },
        }),
        rect: Rect::new(10.0, 10.0, 100.0, if round { 100.0 } else { 50.0 }),
        round,
    };
    for round in [false, true] {
        let (ctx, mut setter, mut painter) = (
            Context::default(),
            Typesetter::bundled(),
            ScenePainter::default(),
        );
        let bounds = Rect::new(0.0, 0.0, 200.0, 300.0);
        let about = subject(card(0), "", bounds);
        let after = block(Rect::new(20.0, 20.0, 5.0, 5.0), INK);
        let items = vec![item(shape(round)), after];
        let mut one = Scene::clone(&scene(1));
        one.groups = vec![group(0.0, 0.0, Pin::None, bounds, about, items)];
        let one = Arc::new(one);
        let camera = from_corner(0.0, 0.0, 1.0);
        let mut painted = painter.paint(&ctx, &mut setter, &one, &camera, SCREEN);
        assert!(painted.meshes.len() == 1, "nothing is decoded in the frame");
        for _ in 0..3_000 {
            if painted.meshes.len() > 1 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
            painted = painter.paint(&ctx, &mut setter, &one, &camera, SCREEN);
        }
        let [before, picture, after] = painted.meshes.as_slice() else {
            panic!("{} parts", painted.meshes.len());
        };
        assert_eq!(before.texture_id, after.texture_id);
        assert_ne!(picture.texture_id, after.texture_id);
        assert!(picture.is_valid() && after.is_valid());
        assert_eq!(picture.vertices.len(), if round { 129 } else { 4 });
        let again = painter.paint(&ctx, &mut setter, &one, &camera, SCREEN);
        assert!(!again.is_repainted && again.meshes.len() == 3);
    }
}
