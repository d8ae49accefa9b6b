//! File dialogs: that of the system, run on its own thread, and a path prompt as a
//! fallback without a dialog service.
//!
//! Must not know: what is done with the file.

use crate::app::ui::buttons::primary_button;
use crate::app::ui::display_file_name;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::task::Task;
use egui::{Context, Id, Key, TextEdit};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// File name extension of journey maps.
pub const MAP_EXTENSION: &str = ".journey.ron";

/// Extensions of images that can be imported.
const IMAGE_EXTENSIONS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "gif", "bmp"];
/// Extensions of images that can be exported.
const EXPORT_EXTENSIONS: [&str; 2] = ["svg", "png"];

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
    /// Path to export an image to, with a suggestion; the extension selects the format.
    Export(PathBuf),
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
            let dialog = rfd::FileDialog::new().add_filter("Pictures", &EXPORT_EXTENSIONS);
            (dialog.set_title("Export a picture (svg or png)"), suggested)
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

/// Modal that asks for a path as text.
pub struct PathPrompt {
    /// Kind of file that is requested.
    pub request: FileRequest,
    text: String,
    focused: bool,
    /// Existing file that is replaced if the action is confirmed once more.
    overwrite: Option<PathBuf>,
    /// Text that was last looked up, and its completions.
    completions: (String, Vec<String>),
}

impl PathPrompt {
    /// Creates the prompt with the suggested path or the current folder.
    pub fn new(wanted: FileRequest) -> PathPrompt {
        let here = std::env::current_dir().unwrap_or_default();
        let text = match &wanted {
            FileRequest::Open | FileRequest::ImportImages => with_separator(&here),
            // `join` keeps an absolute suggestion unchanged.
            FileRequest::SaveAs(suggested) | FileRequest::Export(suggested) => {
                here.join(suggested).display().to_string()
            }
        };
        PathPrompt {
            request: wanted,
            text,
            focused: false,
            overwrite: None,
            completions: Default::default(),
        }
    }

    /// Shows the prompt and returns the response once there is one.
    pub fn show(&mut self, ctx: &Context) -> Option<FileResponse> {
        let mut answer = None;
        let (title, verb) = match self.request {
            FileRequest::Open => ("Open a map", "Open"),
            FileRequest::ImportImages => ("Add a picture", "Add"),
            FileRequest::SaveAs(_) => ("Save as", "Save"),
            FileRequest::Export(_) => ("Export a picture (svg or png)", "Export"),
        };
        let saving = matches!(self.request, FileRequest::SaveAs(_));
        let modal = style::modal(ctx, "path prompt").show(ctx, |ui| {
            style::set_modal_width(ui, 560.0);
            ui.label(style::heading(title));
            ui.label(style::weak_text(
                "No file dialog service answered; type a path. Tab completes it.",
            ));
            ui.add_space(UNIT);
            let field = Id::unique("path field");
            // Tab completes the path instead of leaving the field.
            let tab = self.focused
                && ui.memory(|m| m.has_focus(field))
                && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Tab));
            let label = ui.label("Path");
            let edit = ui
                .add(
                    TextEdit::singleline(&mut self.text)
                        .id(field)
                        .lock_focus(true)
                        .desired_width(f32::INFINITY),
                )
                .labelled_by(label.id);
            if !self.focused {
                edit.request_focus();
                self.focused = true;
                move_cursor_to_end(ui.ctx(), field, &self.text);
            }
            self.update_completions();
            if tab && let Some(first) = self.completions.1.first().cloned() {
                self.accept_completion(ui.ctx(), field, first);
            }
            let mut taken = None;
            style::scroll_list(200.0).show(ui, |ui| {
                for option in &self.completions.1 {
                    let name = option.trim_end_matches(std::path::MAIN_SEPARATOR);
                    let name = name.rsplit(std::path::MAIN_SEPARATOR).next();
                    if ui
                        .selectable_label(false, style::visible_text(name.unwrap_or(option)))
                        .clicked()
                    {
                        taken = Some(option.clone());
                    }
                }
            });
            if let Some(option) = taken {
                self.accept_completion(ui.ctx(), field, option);
            }
            ui.add_space(UNIT);
            let enter = ui.input(|i| i.key_pressed(Key::Enter));
            let path = self.path(saving);
            self.overwrite = self.overwrite.take().filter(|known| *known == path);
            let verb = match &self.overwrite {
                Some(known) => {
                    let words = format!("{} is there already.", display_file_name(known));
                    ui.add(egui::Label::new(words).wrap());
                    "Replace it"
                }
                None => verb,
            };
            ui.horizontal(|ui| {
                let go = primary_button(ui, verb).clicked();
                if (go || enter) && !self.text.trim().is_empty() {
                    let writes = matches!(
                        self.request,
                        FileRequest::SaveAs(_) | FileRequest::Export(_)
                    );
                    if writes && self.overwrite.is_none() && path.exists() {
                        self.overwrite = Some(path);
                    } else {
                        answer = Some(FileResponse::Paths(vec![path]));
                    }
                }
                if ui.button("Cancel").clicked() {
                    answer = Some(FileResponse::Cancelled);
                }
            });
        });
        if answer.is_none() && modal.should_close() {
            answer = Some(FileResponse::Cancelled);
        }
        answer
    }

    fn accept_completion(&mut self, ctx: &Context, field: Id, option: String) {
        self.text = option;
        ctx.memory_mut(|m| m.request_focus(field));
        move_cursor_to_end(ctx, field, &self.text);
    }

    fn path(&self, saving: bool) -> PathBuf {
        let text = self.text.trim();
        let path = match text.strip_prefix("~/") {
            Some(rest) => std::env::home_dir().unwrap_or_default().join(rest),
            None => PathBuf::from(text),
        };
        if saving { with_extension(path) } else { path }
    }

    /// Looks up the completions of the text, once for each text.
    fn update_completions(&mut self) {
        if self.completions.0 != self.text {
            self.completions = (
                self.text.clone(),
                path_completions(&self.text, &self.request),
            );
        }
    }
}

/// Adds the extension of journey maps to a file name without any dot.
pub fn with_extension(path: PathBuf) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    match name {
        Some(name) if !name.contains('.') => path.with_file_name(format!("{name}{MAP_EXTENSION}")),
        _ => path,
    }
}

fn with_separator(folder: &Path) -> String {
    let mut text = folder.display().to_string();
    if !text.ends_with(std::path::MAIN_SEPARATOR) {
        text.push(std::path::MAIN_SEPARATOR);
    }
    text
}

/// Whether a file name fits the request.
fn matches_request(name: &str, wanted: &FileRequest) -> bool {
    let ending = |endings: &[&str]| {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| endings.iter().any(|e| e.eq_ignore_ascii_case(ending)))
    };
    match wanted {
        FileRequest::Open | FileRequest::SaveAs(_) => name.ends_with(MAP_EXTENSION),
        FileRequest::ImportImages => ending(&IMAGE_EXTENSIONS),
        FileRequest::Export(_) => ending(&EXPORT_EXTENSIONS),
    }
}

/// Completions of the text: folders, and files that fit the request; at most 50.
fn path_completions(text: &str, wanted: &FileRequest) -> Vec<String> {
    let cut = text
        .rfind(std::path::MAIN_SEPARATOR)
        .map_or(0, |at| at + std::path::MAIN_SEPARATOR.len_utf8());
    let (folder, start) = text.split_at(cut);
    let start = start.to_lowercase();
    let Ok(entries) = std::fs::read_dir(if folder.is_empty() { "." } else { folder }) else {
        return Vec::new();
    };
    let mut found: Vec<(bool, String)> = entries
        .take(5_000)
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !start.starts_with('.');
            if hidden || !name.to_lowercase().starts_with(&start) {
                return None;
            }
            let path = entry.path();
            if path.is_dir() {
                let separator = std::path::MAIN_SEPARATOR;
                Some((true, format!("{folder}{name}{separator}")))
            } else {
                matches_request(&name, wanted).then(|| (false, format!("{folder}{name}")))
            }
        })
        .collect();
    // Files before folders, since files are requested.
    found.sort();
    found.truncate(50);
    found.into_iter().map(|(_, path)| path).collect()
}

fn move_cursor_to_end(ctx: &Context, field: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ctx, field).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::one(end)));
    state.store(ctx, field);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extension_is_added_only_to_names_without_a_dot() {
        let with = |name: &str| with_extension(PathBuf::from(name)).display().to_string();
        assert_eq!(with("/a.b/map"), "/a.b/map.journey.ron");
        assert_eq!(with("map.journey.ron"), "map.journey.ron");
        assert_eq!(with("map.ron"), "map.ron");
    }

    #[test]
    fn completions_are_folders_and_files_that_fit_the_request() {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            "Bank.journey.ron",
            "bad.txt",
            "badge.PNG",
            "bar.svg",
            "bass.jpeg",
            ".hidden.journey.ron",
            ".bad.png",
        ];
        for name in files {
            std::fs::File::create(folder.path().join(name)).unwrap();
        }
        std::fs::create_dir(folder.path().join("banks")).unwrap();
        let base = with_separator(folder.path());
        let found = |wanted: FileRequest| -> Vec<String> {
            let found = path_completions(&format!("{base}ba"), &wanted).into_iter();
            found.map(|path| path[base.len()..].to_owned()).collect()
        };
        let banks = format!("banks{}", std::path::MAIN_SEPARATOR);
        assert_eq!(found(FileRequest::Open), ["Bank.journey.ron", &banks]);
        assert_eq!(
            found(FileRequest::SaveAs(PathBuf::new())),
            ["Bank.journey.ron", &banks]
        );
        assert_eq!(
            found(FileRequest::ImportImages),
            ["badge.PNG", "bass.jpeg", &banks]
        );
        assert_eq!(
            found(FileRequest::Export(PathBuf::new())),
            ["badge.PNG", "bar.svg", &banks]
        );
    }
}
