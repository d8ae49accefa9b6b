//! File dialogs: that of the system, run on its own thread, and a path prompt as a
//! fallback without a dialog service.
//!
//! Must not know: what is done with the file.

use crate::app::ui::buttons::primary;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::app::workspace::saving::name_of;
use egui::{Context, Id, Key, TextEdit};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// File name extension of journey maps.
pub const EXTENSION: &str = ".journey.ron";

/// Extensions of images that can be imported.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "webp", "gif", "bmp"];
/// Extensions of images that can be exported.
const EXPORTS: [&str; 2] = ["svg", "png"];

/// Maximum time of an empty answer that means "no dialog service". Nobody presses
/// Cancel faster, and rfd gives the same answer for both.
const TOO_FAST: Duration = Duration::from_millis(150);

/// Kind of file that is requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Maps to open.
    Open,
    /// Path to save a map to, with a suggestion.
    SaveAs(PathBuf),
    /// Images to import into a map.
    Take,
    /// Path to export an image to, with a suggestion; the extension selects the format.
    Picture(PathBuf),
}

/// Response to a file request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Selected paths.
    Paths(Vec<PathBuf>),
    /// The dialog was cancelled.
    Cancelled,
    /// No dialog service answered.
    NoService,
}

/// Provider of file dialogs.
pub trait Dialogs {
    /// Opens a dialog.
    fn ask(&mut self, wanted: &Wanted, ctx: &Context);
    /// Returns the response once there is one.
    fn poll(&mut self) -> Option<Answer>;
}

/// Native file dialogs.
#[derive(Default)]
pub struct SystemDialogs {
    answer: Option<Receiver<Answer>>,
}

impl Dialogs for SystemDialogs {
    fn ask(&mut self, wanted: &Wanted, ctx: &Context) {
        if self.answer.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let (wanted, ctx) = (wanted.clone(), ctx.clone());
        let started = std::thread::Builder::new()
            .name("file dialog".to_owned())
            .spawn(move || {
                let begun = Instant::now();
                let answer = match ask_system(&wanted) {
                    Some(paths) if !paths.is_empty() => Answer::Paths(paths),
                    _ if begun.elapsed() < TOO_FAST => Answer::NoService,
                    _ => Answer::Cancelled,
                };
                // Fails if the window was closed meanwhile.
                let _ = sender.send(answer);
                ctx.request_repaint();
            });
        if started.is_ok() {
            self.answer = Some(receiver);
        }
    }

    fn poll(&mut self) -> Option<Answer> {
        use std::sync::mpsc::TryRecvError;
        let answer = match self.answer.as_ref()?.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Answer::NoService,
        };
        self.answer = None;
        Some(answer)
    }
}

fn ask_system(wanted: &Wanted) -> Option<Vec<PathBuf>> {
    let maps = || rfd::FileDialog::new().add_filter("Journey maps", &["ron"]);
    let (dialog, suggested) = match wanted {
        Wanted::Take => {
            let dialog = rfd::FileDialog::new().add_filter("Pictures", &PICTURES);
            return dialog.set_title("Add a picture").pick_files();
        }
        Wanted::Open => return maps().set_title("Open a journey map").pick_files(),
        Wanted::SaveAs(suggested) => (maps().set_title("Save the journey map"), suggested),
        Wanted::Picture(suggested) => {
            let dialog = rfd::FileDialog::new().add_filter("Pictures", &EXPORTS);
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
    pub wanted: Wanted,
    text: String,
    focused: bool,
    /// Existing file that is replaced if the action is confirmed once more.
    replacing: Option<PathBuf>,
    /// Text that was last looked up, and its completions.
    found: (String, Vec<String>),
}

impl PathPrompt {
    /// Creates the prompt with the suggested path or the current folder.
    pub fn new(wanted: Wanted) -> PathPrompt {
        let here = std::env::current_dir().unwrap_or_default();
        let text = match &wanted {
            Wanted::Open | Wanted::Take => with_separator(&here),
            // `join` keeps an absolute suggestion unchanged.
            Wanted::SaveAs(suggested) | Wanted::Picture(suggested) => {
                here.join(suggested).display().to_string()
            }
        };
        PathPrompt {
            wanted,
            text,
            focused: false,
            replacing: None,
            found: Default::default(),
        }
    }

    /// Shows the prompt and returns the response once there is one.
    pub fn show(&mut self, ctx: &Context) -> Option<Answer> {
        let mut answer = None;
        let (title, verb) = match self.wanted {
            Wanted::Open => ("Open a map", "Open"),
            Wanted::Take => ("Add a picture", "Add"),
            Wanted::SaveAs(_) => ("Save as", "Save"),
            Wanted::Picture(_) => ("Export a picture (svg or png)", "Export"),
        };
        let saving = matches!(self.wanted, Wanted::SaveAs(_));
        let modal = style::sheet(ctx, "path prompt").show(ctx, |ui| {
            style::sheet_width(ui, 560.0);
            ui.label(style::heading(title));
            ui.label(style::soft(
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
                put_cursor_at_end(ui.ctx(), field, &self.text);
            }
            self.look_up();
            if tab && let Some(first) = self.found.1.first().cloned() {
                self.take(ui.ctx(), field, first);
            }
            let mut taken = None;
            style::list_up_to(200.0).show(ui, |ui| {
                for option in &self.found.1 {
                    let name = option.trim_end_matches(std::path::MAIN_SEPARATOR);
                    let name = name.rsplit(std::path::MAIN_SEPARATOR).next();
                    if ui
                        .selectable_label(false, style::plain(name.unwrap_or(option)))
                        .clicked()
                    {
                        taken = Some(option.clone());
                    }
                }
            });
            if let Some(option) = taken {
                self.take(ui.ctx(), field, option);
            }
            ui.add_space(UNIT);
            let enter = ui.input(|i| i.key_pressed(Key::Enter));
            let path = self.path(saving);
            self.replacing = self.replacing.take().filter(|known| *known == path);
            let verb = match &self.replacing {
                Some(known) => {
                    let words = format!("{} is there already.", name_of(known));
                    ui.add(egui::Label::new(words).wrap());
                    "Replace it"
                }
                None => verb,
            };
            ui.horizontal(|ui| {
                let go = primary(ui, verb).clicked();
                if (go || enter) && !self.text.trim().is_empty() {
                    let writes = matches!(self.wanted, Wanted::SaveAs(_) | Wanted::Picture(_));
                    if writes && self.replacing.is_none() && path.exists() {
                        self.replacing = Some(path);
                    } else {
                        answer = Some(Answer::Paths(vec![path]));
                    }
                }
                if ui.button("Cancel").clicked() {
                    answer = Some(Answer::Cancelled);
                }
            });
        });
        if answer.is_none() && modal.should_close() {
            answer = Some(Answer::Cancelled);
        }
        answer
    }

    fn take(&mut self, ctx: &Context, field: Id, option: String) {
        self.text = option;
        ctx.memory_mut(|m| m.request_focus(field));
        put_cursor_at_end(ctx, field, &self.text);
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
    fn look_up(&mut self) {
        if self.found.0 != self.text {
            self.found = (self.text.clone(), continuations(&self.text, &self.wanted));
        }
    }
}

/// Adds the extension of journey maps to a file name without any dot.
pub fn with_extension(path: PathBuf) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    match name {
        Some(name) if !name.contains('.') => path.with_file_name(format!("{name}{EXTENSION}")),
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
fn fits(name: &str, wanted: &Wanted) -> bool {
    let ending = |endings: &[&str]| {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| endings.iter().any(|e| e.eq_ignore_ascii_case(ending)))
    };
    match wanted {
        Wanted::Open | Wanted::SaveAs(_) => name.ends_with(EXTENSION),
        Wanted::Take => ending(&PICTURES),
        Wanted::Picture(_) => ending(&EXPORTS),
    }
}

/// Completions of the text: folders, and files that fit the request; at most 50.
fn continuations(text: &str, wanted: &Wanted) -> Vec<String> {
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
                fits(&name, wanted).then(|| (false, format!("{folder}{name}")))
            }
        })
        .collect();
    // Files before folders, since files are requested.
    found.sort();
    found.truncate(50);
    found.into_iter().map(|(_, path)| path).collect()
}

fn put_cursor_at_end(ctx: &Context, field: Id, text: &str) {
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
        let found = |wanted: Wanted| -> Vec<String> {
            let found = continuations(&format!("{base}ba"), &wanted).into_iter();
            found.map(|path| path[base.len()..].to_owned()).collect()
        };
        let banks = format!("banks{}", std::path::MAIN_SEPARATOR);
        assert_eq!(found(Wanted::Open), ["Bank.journey.ron", &banks]);
        assert_eq!(
            found(Wanted::SaveAs(PathBuf::new())),
            ["Bank.journey.ron", &banks]
        );
        assert_eq!(found(Wanted::Take), ["badge.PNG", "bass.jpeg", &banks]);
        assert_eq!(
            found(Wanted::Picture(PathBuf::new())),
            ["badge.PNG", "bar.svg", &banks]
        );
    }
}
