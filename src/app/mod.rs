//! The window: the only module that uses egui, eframe and rfd.
//!
//! Every part of the window is given a frame context and pushes actions into its
//! queue; the handlers carry them out. [`run`] opens the window.
//!
//! Must not know: how files are read, how maps are laid out.

#[expect(clippy::module_inception, reason = "the module of `App`")]
mod app;
pub mod canvas;
mod capture_bar;
pub(crate) mod chrome;
pub mod command;
mod document;
pub(crate) mod editing;
mod frame;
mod handlers;
mod home;
mod inline_edit;
pub(crate) mod input;
mod modals;
pub mod panels;
pub mod platform;
mod tools;
pub mod ui;
pub mod workspace;

pub use app::App;
pub use document::camera_target::CameraTarget;
pub use document::highlight::{Highlighting, TextSearch};
pub use document::{Appearance, Document};
pub use platform::requirements::RequirementError;
pub use workspace::preload::Preloaded;

use crate::settings::{AppDirs, Preferences, WindowPlacement};
use egui::{IconData, ViewportBuilder, vec2};
use platform::file_dialog::SystemFileDialogs;
use std::path::PathBuf;
use std::sync::Arc;

/// Application id for the desktop.
const APP_ID: &str = "touchline";

/// Opens a window with these files, or with the home screen if there are none, and
/// returns when it is closed.
///
/// # Errors
/// If there is no display, or the system lacks something that a window needs.
pub fn run(files: Vec<PathBuf>) -> Result<(), RequirementError> {
    platform::requirements::check()?;
    let home = AppDirs::for_user();
    let preferences = Preferences::read(&home);
    let coming = workspace::preload::PreloadTask::start(&files, &preferences);
    let place = preferences.window;
    let size = place.map_or((1240, 680), |place| place.size);
    let points = |(width, height): (u32, u32)| vec2(width as f32, height as f32);
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Touchline")
            .with_app_id(APP_ID)
            .with_inner_size(points(size))
            .with_min_inner_size(points(WindowPlacement::MIN_SIZE))
            .with_maximized(place.is_some_and(|place| place.maximized))
            .with_icon(Arc::new(app_icon()))
            .with_drag_and_drop(true),
        renderer: eframe::Renderer::Glow,
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Touchline",
        options,
        Box::new(move |creation| {
            App::prepare(&creation.egui_ctx);
            let dialogs = Box::<SystemFileDialogs>::default();
            let mut app = App::new(&files, dialogs, coming.wait(), &home);
            app.watch_files(&creation.egui_ctx);
            app.listen_for_shutdown(&creation.egui_ctx);
            Ok(Box::new(app))
        }),
    )
    .map_err(|error| match error {
        eframe::Error::WinitEventLoop(_) => RequirementError::DisplayUnreachable,
        error => RequirementError::GraphicsUnavailable(error.to_string()),
    })
}

/// Application icon: an emotion curve through three touchpoints.
fn app_icon() -> IconData {
    const SIDE: u32 = 64;
    let theme = &crate::theme::LIGHT;
    let points = [(12.0, 24.0), (32.0, 44.0), (52.0, 18.0)];
    let mut rgba = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
            let ground = background_coverage(x, y);
            let curve = points
                .windows(2)
                .filter_map(|pair| Some(distance_to_segment(x, y, *pair.first()?, *pair.last()?)))
                .fold(f32::INFINITY, f32::min);
            let dot = points
                .iter()
                .map(|p| (x - p.0).hypot(y - p.1))
                .fold(f32::INFINITY, f32::min);
            let line = (3.0 - curve)
                .clamp(0.0, 1.0)
                .max((7.0 - dot).clamp(0.0, 1.0));
            let color = theme.accent.mix(theme.card, line);
            rgba.extend([color.r, color.g, color.b, (ground * 255.0) as u8]);
        }
    }
    IconData {
        rgba,
        width: SIDE,
        height: SIDE,
    }
}

/// Coverage of a pixel by the background of the icon, a square with rounded corners.
fn background_coverage(x: f32, y: f32) -> f32 {
    let (dx, dy) = ((x - 32.0).abs() - 18.0, (y - 32.0).abs() - 18.0);
    let outside = dx.max(0.0).hypot(dy.max(0.0));
    (14.0 - outside).clamp(0.0, 1.0)
}

/// Distance of a pixel of the icon from a line segment.
fn distance_to_segment(x: f32, y: f32, a: (f32, f32), b: (f32, f32)) -> f32 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let t = ((x - a.0) * dx + (y - a.1) * dy) / (dx * dx + dy * dy);
    let t = t.clamp(0.0, 1.0);
    (x - a.0 - t * dx).hypot(y - a.1 - t * dy)
}
