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
mod presentation;
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
use crate::text::Typesetter;
use egui::{IconData, ViewportBuilder, vec2};
use egui_winit::winit::raw_window_handle::{HasDisplayHandle as _, RawDisplayHandle};
use input::{Clipboard, KeyQueue};
use platform::file_dialog::SystemFileDialogs;
use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, mpsc};

/// Application id for the desktop.
const APP_ID: &str = "touchline";

/// Opens a window with these files, or with the home screen if there are none, and
/// returns when it is closed.
///
/// # Errors
/// If there is no display, or the system lacks something that a window needs.
pub fn run(files: Vec<PathBuf>) -> Result<(), RequirementError> {
    platform::requirements::check()?;
    platform::scale_factor::run_window(|is_made| open_window(files, is_made))
}

/// Opens the window, and sets the flag once it is made.
fn open_window(files: Vec<PathBuf>, is_made: Rc<Cell<bool>>) -> Result<(), RequirementError> {
    let refused_scale = platform::scale_factor::check();
    if let Some(refused) = &refused_scale {
        eprintln!("{refused}");
    }
    let home = AppDirs::for_user();
    let preferences = Preferences::read(&home);
    let place = preferences.window;
    let (started, early) = mpsc::channel();
    let opened = files.clone();
    // Any earlier, on two cores, preloading would slow connecting to the display down.
    let preload = move |builder| {
        // Fails only once the window is gone.
        let _ = started.send(Preloaded::start(&opened, &preferences));
        builder
    };
    let size = place.map_or(WindowPlacement::DEFAULT_SIZE, |place| place.size);
    let points = |(width, height): (u32, u32)| vec2(width as f32, height as f32);
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Touchline")
            .with_app_id(APP_ID)
            .with_inner_size(points(size))
            .with_min_inner_size(points(WindowPlacement::MIN_SIZE))
            .with_maximized(place.is_none_or(|place| place.maximized))
            .with_icon(Arc::new(app_icon()))
            .with_drag_and_drop(true),
        renderer: eframe::Renderer::Glow,
        // The queue of keys reads the clipboard.
        clipboard_shortcuts: false,
        system_font_fallback: false,
        window_builder: Some(Box::new(preload)),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Touchline",
        options,
        Box::new(move |creation| {
            is_made.set(true);
            App::prepare(&creation.egui_ctx);
            let dialogs = Box::<SystemFileDialogs>::default();
            // Without a result the window opens the files itself.
            let early = early.recv().ok().and_then(|task| task.wait().ok());
            let early = early.unwrap_or_else(|| Typesetter::new().into());
            let display = creation.display_handle().map(|display| display.as_raw());
            let clipboard = Clipboard::system(matches!(display, Ok(RawDisplayHandle::Wayland(_))));
            KeyQueue::with(&creation.egui_ctx, |queue| queue.use_clipboard(clipboard));
            let mut app = App::new(&files, dialogs, early, &home);
            app.ui.toasts.extend(refused_scale);
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
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default()
}
