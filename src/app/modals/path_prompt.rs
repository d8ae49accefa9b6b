//! Modal that asks for a path as text, for systems without a file dialog service.
//!
//! Must not know: what is done with the file.

use super::dialog::{Choice, Dialog};
use crate::app::document::cached::Cached;
use crate::app::platform::file_dialog::{FileRequest, FileResponse};
use crate::app::ui::display_file_name;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::app::ui::text_field::MAX_QUERY_CHARS;
use crate::folding::fold_text;
use crate::storage::{path_from_uri, with_extension};
use egui::{Button, Context, Id, Key, Label, Response, TextEdit, Ui};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// Modal that asks for a path as text.
pub struct PathPrompt {
    request: FileRequest,
    text: String,
    focused: bool,
    /// Existing file that is replaced if the action is confirmed once more.
    overwrite: Option<PathBuf>,
    /// Completions of the text.
    completions: Cached<String, Vec<String>>,
}

impl PathPrompt {
    /// Creates the prompt with the suggested path or the current folder.
    pub fn new(request: FileRequest) -> PathPrompt {
        let here = std::env::current_dir().unwrap_or_default();
        let text = match &request {
            FileRequest::Open | FileRequest::ImportImages => with_separator(&here),
            // `join` keeps an absolute suggestion unchanged.
            FileRequest::SaveAs(suggested) | FileRequest::Export(suggested) => {
                here.join(suggested).display().to_string()
            }
        };
        PathPrompt {
            request,
            text,
            focused: false,
            overwrite: None,
            completions: Cached::default(),
        }
    }

    /// Shows the prompt and returns the response once there is one.
    pub fn show(&mut self, ctx: &Context) -> Option<FileResponse> {
        let (title, verb) = match self.request {
            FileRequest::Open => ("Open a map", "Open"),
            FileRequest::ImportImages => ("Add a picture", "Add"),
            FileRequest::SaveAs(_) => ("Save as", "Save"),
            FileRequest::Export(_) => ("Export the map", "Export"),
        };
        let path = self.path();
        self.overwrite = self.overwrite.take().filter(|known| *known == path);
        let verb = self.overwrite.as_ref().map_or(verb, |_| "Replace it");
        let dialog = Dialog {
            name: "path prompt",
            title,
            width: 560.0,
            choices: &[Choice::primary(verb, true), Choice::new("Cancel", false)],
            dismissed: false,
        };
        let mut enter = false;
        let confirmed = dialog.show(ctx, |ui| {
            ui.label(style::weak_text(
                "No file dialog service answered; type a path. Tab completes it.",
            ));
            ui.add_space(UNIT);
            let edit = self.show_field(ui);
            enter = ui.input(|i| i.key_pressed(Key::Enter));
            if let Some(known) = &self.overwrite {
                let words = format!("{} already exists.", display_file_name(known));
                ui.add_space(UNIT);
                ui.add(Label::new(words).wrap());
            }
            Some(edit)
        });
        match confirmed.or(enter.then_some(true)) {
            Some(true) if !self.text.trim().is_empty() => {
                let path = self.path();
                if path.is_dir() {
                    // As in a file dialog, a folder is entered.
                    self.text = with_separator(&path);
                    self.focused = false;
                    return None;
                }
                let confirmed = self.overwrite.as_ref() == Some(&path);
                if self.request.writes() && !confirmed && path.exists() {
                    self.overwrite = Some(path);
                    return None;
                }
                Some(FileResponse::Paths(vec![path]))
            }
            Some(false) => Some(FileResponse::Cancelled),
            _ => None,
        }
    }

    /// Shows the field with its completions and returns it.
    fn show_field(&mut self, ui: &mut Ui) -> Response {
        let field = Id::unique("path field");
        // Tab completes the path instead of leaving the field.
        let tab = self.focused
            && ui.memory(|m| m.has_focus(field))
            && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Tab));
        let label = ui.label("Path");
        let edit = ui
            .add(
                TextEdit::singleline(&mut self.text)
                    .char_limit(MAX_QUERY_CHARS)
                    .id(field)
                    .lock_focus(true)
                    .desired_width(f32::INFINITY),
            )
            .labelled_by(label.id);
        if !std::mem::replace(&mut self.focused, true) {
            move_cursor_to_end(ui.ctx(), field, &self.text);
        }
        let find = || path_completions(&self.text, &self.request);
        let options = &self.completions.get(self.text.clone(), find);
        let mut taken = options.first().filter(|_| tab).cloned();
        style::scroll_list(200.0).show(ui, |ui| {
            for option in options {
                let name = option.trim_end_matches(MAIN_SEPARATOR);
                let name = name.rsplit(MAIN_SEPARATOR).next();
                let name = style::visible_text(name.unwrap_or(option));
                if ui.add(Button::selectable(false, name)).clicked() {
                    taken = Some(option.clone());
                }
            }
        });
        if let Some(option) = taken {
            self.text = option;
            edit.request_focus();
            move_cursor_to_end(ui.ctx(), field, &self.text);
        }
        edit
    }

    fn path(&self) -> PathBuf {
        let text = self.text.trim();
        let path = match text.strip_prefix("~/") {
            Some(rest) => std::env::home_dir().unwrap_or_default().join(rest),
            None => path_from_uri(text.as_ref()),
        };
        if matches!(self.request, FileRequest::SaveAs(_)) {
            with_extension(path)
        } else {
            path
        }
    }
}

fn with_separator(folder: &Path) -> String {
    let mut text = folder.display().to_string();
    if !text.ends_with(MAIN_SEPARATOR) {
        text.push(MAIN_SEPARATOR);
    }
    text
}

/// Completions of the text: folders, and files that fit the request; at most 50.
fn path_completions(text: &str, wanted: &FileRequest) -> Vec<String> {
    let folder = text.rfind(MAIN_SEPARATOR).map_or(0, |at| at + 1);
    let (folder, start) = text.split_at(folder);
    let start = fold_text(start);
    let Ok(entries) = std::fs::read_dir(if folder.is_empty() { "." } else { folder }) else {
        return Vec::new();
    };
    let mut found: Vec<(bool, String)> = entries
        .take(5_000)
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !start.starts_with('.');
            if hidden || !fold_text(&name).starts_with(&start) {
                return None;
            }
            let path = entry.path();
            if path.is_dir() {
                Some((true, format!("{folder}{name}{MAIN_SEPARATOR}")))
            } else {
                let path = format!("{folder}{name}");
                wanted.accepts(&name).then_some((false, path))
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
    fn typed_paths_may_be_uris() {
        let mut prompt = PathPrompt::new(FileRequest::Open);
        prompt.text = " file:///a%20b/c.journey.ron\n".to_owned();
        assert_eq!(prompt.path(), PathBuf::from("/a b/c.journey.ron"));
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
        let banks = format!("banks{}", MAIN_SEPARATOR);
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
