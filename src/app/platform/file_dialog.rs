//! File dialogs: that of the system, run on its own thread, and a path prompt as a
//! fallback without a dialog service.
//!
//! Must not know: what is done with the file.

use crate::render::ExportFormat;
use crate::storage::MAP_EXTENSION;
use crate::task::Task;
use egui::Context;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Extensions of images that can be imported.
const IMAGE_EXTENSIONS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "gif", "bmp"];

/// Maximum time of an empty answer that means "no dialog service". Nobody presses
/// Cancel faster, and rfd gives the same answer for both.
const NO_SERVICE_WITHIN: Duration = Duration::from_millis(150);

/// Kind of file that is requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRequest {
    /// Maps to open.
    Open,
    /// Path to save a map to, with a suggestion.
    SaveAs(PathBuf),
    /// Images to import into a map.
    ImportImages,
    /// Path to export to, with a suggestion; the extension selects the format.
    Export(PathBuf),
}

impl FileRequest {
    /// Whether a file name fits the request.
    pub fn accepts(&self, name: &str) -> bool {
        let ending = |endings: &[&str]| {
            let ending = name.rsplit_once('.').map(|(_, ending)| ending);
            ending.is_some_and(|ending| endings.iter().any(|e| e.eq_ignore_ascii_case(ending)))
        };
        match self {
            FileRequest::Open | FileRequest::SaveAs(_) => name.ends_with(MAP_EXTENSION),
            FileRequest::ImportImages => ending(&IMAGE_EXTENSIONS),
            FileRequest::Export(_) => ending(&export_endings()),
        }
    }

    /// Whether a file is written to the path.
    pub fn writes(&self) -> bool {
        matches!(self, FileRequest::SaveAs(_) | FileRequest::Export(_))
    }
}

/// Endings of files that can be exported.
fn export_endings() -> Vec<&'static str> {
    let formats = ExportFormat::all();
    formats.iter().map(ExportFormat::ending).collect()
}

/// Response to a file request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileResponse {
    /// Selected paths.
    Paths(Vec<PathBuf>),
    /// The dialog was cancelled.
    Cancelled,
    /// No dialog service answered.
    NoService,
}

/// Provider of file dialogs.
pub trait FileDialogs {
    /// Opens a dialog.
    fn request(&mut self, wanted: &FileRequest, ctx: &Context);
    /// Returns the response once there is one.
    fn poll(&mut self) -> Option<FileResponse>;
    /// The function that opens a file in the program of the system for its kind.
    fn opener(&self) -> fn(&Path) -> io::Result<()> {
        |path| open::that(path)
    }
}

impl Default for Box<dyn FileDialogs> {
    fn default() -> Box<dyn FileDialogs> {
        Box::<SystemFileDialogs>::default()
    }
}

/// Native file dialogs.
#[derive(Default)]
pub struct SystemFileDialogs {
    response: Option<Task<FileResponse>>,
}

impl FileDialogs for SystemFileDialogs {
    fn request(&mut self, wanted: &FileRequest, ctx: &Context) {
        if self.response.is_some() {
            return;
        }
        let (wanted, ctx) = (wanted.clone(), ctx.clone());
        let ask = move |_: &_| {
            let begun = Instant::now();
            match show_system_dialog(&wanted) {
                Some(paths) if !paths.is_empty() => FileResponse::Paths(paths),
                _ if begun.elapsed() < NO_SERVICE_WITHIN => FileResponse::NoService,
                _ => FileResponse::Cancelled,
            }
        };
        let wake = move || ctx.request_repaint();
        self.response = Some(Task::spawn("file dialog", wake, ask));
    }

    fn poll(&mut self) -> Option<FileResponse> {
        let answer = Task::poll_slot(&mut self.response)?;
        Some(answer.unwrap_or(FileResponse::NoService))
    }
}

fn show_system_dialog(wanted: &FileRequest) -> Option<Vec<PathBuf>> {
    let maps = || rfd::FileDialog::new().add_filter("Journey maps", &["ron"]);
    let (dialog, suggested) = match wanted {
        FileRequest::ImportImages => {
            let dialog = rfd::FileDialog::new().add_filter("Pictures", &IMAGE_EXTENSIONS);
            return dialog.set_title("Add a picture").pick_files();
        }
        FileRequest::Open => return maps().set_title("Open a journey map").pick_files(),
        FileRequest::SaveAs(suggested) => (maps().set_title("Save the journey map"), suggested),
        FileRequest::Export(suggested) => {
            let dialog = rfd::FileDialog::new().set_title("Export the map");
            // The format that was chosen comes first.
            let ending = suggested.extension().unwrap_or_default();
            let mut formats = ExportFormat::all();
            formats.sort_by_key(|format| ending != format.ending());
            let with = |dialog: rfd::FileDialog, format: &ExportFormat| {
                dialog.add_filter(format.title(), &[format.ending()])
            };
            (formats.iter().fold(dialog, with), suggested)
        }
    };
    let mut dialog = dialog;
    if let Some(name) = suggested.file_name() {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    if let Some(folder) = suggested.parent().filter(|p| p.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    dialog.save_file().map(|path| vec![path])
}
