//! Time from a key to the end of its frame in the window, without display or graphics:
//! first visits to views, the presentation and the command palette, and the first frame of
//! a map. Requirement: under 100 ms each with 20,000 touchpoints.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use std::path::PathBuf;
use touchline::app::App;
use touchline::app::platform::file_dialog::{FileDialogs, FileRequest, FileResponse};
use touchline::format;
use touchline::settings::AppDirs;
use touchline::text::Typesetter;

const SIZES: [usize; 3] = [200, 2_000, 20_000];

fn main() {
    divan::main();
}

/// No file dialogs.
struct NoDialogs;

impl FileDialogs for NoDialogs {
    fn request(&mut self, _wanted: &FileRequest, _ctx: &egui::Context) {}

    fn poll(&mut self) -> Option<FileResponse> {
        None
    }
}

type Window = Harness<'static, App>;

/// A window with this map, which has drawn its first frames.
fn window(file: &PathBuf) -> Window {
    let app = App::new(
        std::slice::from_ref(file),
        Box::new(NoDialogs),
        Typesetter::bundled(),
        &AppDirs::none(),
    );
    let mut window = Harness::builder()
        .with_size(egui::vec2(1920.0, 1080.0))
        .with_context_setup(App::prepare)
        .build_ui_state(|ui, app: &mut App| app.show(ui), app);
    while window.state().document().is_none() {
        window.run_ok();
    }
    window.run_ok();
    window
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.step();
}

/// Runs the frame of a key in a new window each time.
fn first_key(bencher: Bencher<'_, '_>, touchpoints: usize, modifiers: Modifiers, key: Key) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("map.journey.ron");
    let text = format::write(&generator::map(touchpoints));
    touchline::storage::write(&file, text.as_bytes()).unwrap();
    bencher
        .with_inputs(|| window(&file))
        .bench_local_refs(|window| press(window, modifiers, key));
}

/// Ctrl+Shift.
const VIEW: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn first_visit_to_flow(bencher: Bencher<'_, '_>, touchpoints: usize) {
    first_key(bencher, touchpoints, VIEW, Key::Num2);
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn first_visit_to_ownership(bencher: Bencher<'_, '_>, touchpoints: usize) {
    first_key(bencher, touchpoints, VIEW, Key::Num3);
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn first_visit_to_findings(bencher: Bencher<'_, '_>, touchpoints: usize) {
    first_key(bencher, touchpoints, VIEW, Key::Num4);
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn start_of_presentation(bencher: Bencher<'_, '_>, touchpoints: usize) {
    first_key(bencher, touchpoints, Modifiers::NONE, Key::F5);
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn command_palette(bencher: Bencher<'_, '_>, touchpoints: usize) {
    first_key(bencher, touchpoints, Modifiers::COMMAND, Key::K);
}
