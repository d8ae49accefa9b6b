//! A frame of the canvas while panning, at several zoom levels.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use egui::{Rect, pos2, vec2};
use std::sync::Arc;
use touchline::app::canvas::{Camera, ScenePainter};
use touchline::layout::{LayoutOptions, layout};
use touchline::scene::{Marks, build};
use touchline::text::Typesetter;
use touchline::theme::ThemeName;

fn main() {
    divan::main();
}

/// The zoom levels in thousandths, because divan needs integers.
const ZOOMS: [u32; 7] = [1, 10, 50, 200, 400, 1_000, 2_000];

fn pan(bencher: Bencher<'_, '_>, touchpoints: usize, zoom: u32) {
    let map = generator::map(touchpoints);
    let mut typesetter = Typesetter::bundled();
    let mut layout = layout(&map, &LayoutOptions::default(), &mut typesetter);
    let scene = Arc::new(build(
        &map,
        &mut layout,
        ThemeName::Light.theme(),
        Marks::NONE,
    ));
    let context = egui::Context::default();
    let mut painter = ScenePainter::default();
    let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(1920.0, 1080.0));
    let mut camera = Camera {
        x: scene.width / 2.0,
        y: scene.height / 2.0,
        zoom: zoom as f32 / 1000.0,
    };
    let mut frame = || {
        // Two points per frame to the left, as in manual panning.
        camera.x += 2.0 / f64::from(camera.zoom);
        let painted = painter.paint(&context, &mut typesetter, &scene, &camera, rect);
        assert!(painted.is_repainted);
        painted
            .meshes
            .iter()
            .map(|mesh| mesh.indices.len())
            .sum::<usize>()
    };
    // The first frames shape lines and fill the glyph atlas.
    for _ in 0..30 {
        frame();
    }
    bencher.bench_local(frame);
}

#[divan::bench(args = ZOOMS)]
fn pan_200(bencher: Bencher<'_, '_>, zoom: u32) {
    pan(bencher, 200, zoom);
}

#[divan::bench(args = ZOOMS)]
fn pan_20000(bencher: Bencher<'_, '_>, zoom: u32) {
    pan(bencher, 20_000, zoom);
}
