//! A frame of the canvas while panning, at several zoom levels; and in the whole window the frames
//! after which a presentation, another theme or another view is shown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use egui::{Event, Modifiers, Rect, ViewportId, pos2, vec2};
use egui_kittest::Harness;
use std::cell::RefCell;
use std::sync::Arc;
use touchline::app::App;
use touchline::app::canvas::{Camera, ScenePainter};
use touchline::app::command::table::CommandId;
use touchline::app::platform::file_dialog::{FileDialogs, FileRequest, FileResponse};
use touchline::layout::{LayoutOptions, layout};
use touchline::scene::{Marks, build};
use touchline::settings::AppDirs;
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

/// Nobody answers.
struct NoDialogs;

impl FileDialogs for NoDialogs {
    fn request(&mut self, _wanted: &FileRequest, _ctx: &egui::Context) {}

    fn poll(&mut self) -> Option<FileResponse> {
        None
    }
}

/// A window with a map of this many touchpoints and 60 frames a second.
fn window(touchpoints: usize) -> Harness<'static, App> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.journey.ron");
    let text = touchline::format::write(&generator::map(touchpoints));
    touchline::storage::write(&path, text.as_bytes()).unwrap();
    let typesetter = Typesetter::bundled();
    let app = App::new(&[path], Box::new(NoDialogs), typesetter, &AppDirs::none());
    let mut window = Harness::builder()
        .with_size(vec2(1920.0, 1080.0))
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(App::prepare)
        .build_ui_state(|ui, app: &mut App| app.show(ui), app);
    while window.state().document().is_none() {
        window.step();
    }
    window
}

/// The two frames of a command: one carries it out, one shows its result. Before each, `before` is
/// carried out and shown.
fn command(bencher: Bencher<'_, '_>, touchpoints: usize, before: CommandId, measured: CommandId) {
    let window = RefCell::new(window(touchpoints));
    let run = |command, frames| {
        let mut window = window.borrow_mut();
        window.state_mut().queue_command(command);
        window.run_steps(frames);
    };
    bencher
        .with_inputs(|| run(before, 4))
        .bench_local_values(|()| run(measured, 2));
}

const SIZES: [usize; 2] = [200, 20_000];

#[divan::bench(args = SIZES, sample_size = 1)]
fn present(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let window = RefCell::new(window(touchpoints));
    // The same key ends a presentation.
    let press = |frames| {
        let mut window = window.borrow_mut();
        window.key_press(egui::Key::F5);
        window.run_steps(frames);
    };
    press(4);
    bencher
        .with_inputs(|| press(4))
        .bench_local_values(|()| press(2));
}

/// The frames of a walk along the whole journey: stages and large cards, each with the movement of
/// the camera. The next key comes as soon as the window stands still, so every frame is one that
/// draws. Requirement: 8 ms at 300 touchpoints in the median, none over 50 ms.
#[divan::bench(args = [300], sample_count = 600, sample_size = 1)]
fn walk(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let window = RefCell::new(window(touchpoints));
    window.borrow_mut().key_press(egui::Key::F5);
    window.borrow_mut().run_steps(60);
    bencher
        .with_inputs(|| {
            let mut window = window.borrow_mut();
            let shown = &window.output().viewport_output[&ViewportId::ROOT];
            if !shown.repaint_delay.is_zero() {
                window.input_mut().events.push(Event::Key {
                    key: egui::Key::Space,
                    physical_key: None,
                    pressed: true,
                    repeat: false,
                    modifiers: Modifiers::NONE,
                });
            }
        })
        .bench_local_values(|()| window.borrow_mut().step());
}

#[divan::bench(args = SIZES, sample_size = 1)]
fn another_theme(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (before, measured) = (CommandId::ThemeLight, CommandId::ThemeDark);
    command(bencher, touchpoints, before, measured);
}

/// The first visit: a large map keeps no view but the journey and the one in front.
#[divan::bench(args = SIZES, sample_size = 1)]
fn visit_flow(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (before, measured) = (CommandId::ViewOwnership, CommandId::ViewFlow);
    command(bencher, touchpoints, before, measured);
}

#[divan::bench(args = SIZES, sample_size = 1)]
fn visit_ownership(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (before, measured) = (CommandId::ViewFlow, CommandId::ViewOwnership);
    command(bencher, touchpoints, before, measured);
}
