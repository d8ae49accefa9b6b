//! Dialog about unsaved changes of maps to be closed.
//!
//! Must not know: how maps are written or closed.

use super::dialog::{Choice, Dialog, scroll_body};
use crate::app::document::{CloseScope, Document};
use crate::app::ui::style;
use egui::{Checkbox, Context, Ui};

/// Dialog about unsaved changes.
pub struct UnsavedDialog {
    /// Maps to be closed.
    pub scope: CloseScope,
    maps: Vec<UnsavedMap>,
    /// Keys of the maps whose changes are discarded.
    discarded: Vec<u64>,
}

/// An unsaved map in the dialog.
struct UnsavedMap {
    key: u64,
    title: String,
    file: String,
}

/// Answer to the dialog.
pub enum UnsavedAnswer {
    /// Close the maps, and save them first except those with these keys.
    Close(Vec<u64>),
    /// Close nothing.
    Cancel,
}

#[derive(Clone, Copy)]
enum UnsavedChoice {
    Save,
    Discard,
    Cancel,
}

impl UnsavedDialog {
    /// Creates the dialog about these maps, all of which are saved unless deselected.
    pub fn new<'a>(
        scope: CloseScope,
        documents: impl Iterator<Item = &'a Document>,
    ) -> UnsavedDialog {
        let maps = documents.map(|d| UnsavedMap {
            key: d.key,
            title: d.title().to_owned(),
            file: match d.session.path().and_then(|path| path.file_name()) {
                Some(name) => style::visible_text(name.to_string_lossy()),
                None => "no file yet, asks where to save".to_owned(),
            },
        });
        UnsavedDialog {
            scope,
            maps: maps.collect(),
            discarded: Vec::new(),
        }
    }

    /// Shows the dialog and returns the answer once there is one.
    pub fn show(&mut self, ctx: &Context) -> Option<UnsavedAnswer> {
        let (title, discard) = match self.maps.as_slice() {
            [map] => (format!("Save the changes to “{}”?", map.title), "Discard"),
            maps => (
                format!("Save the changes to {} maps?", maps.len()),
                "Discard all",
            ),
        };
        let save = match (self.maps.len(), self.discarded.is_empty()) {
            (0 | 1, _) => "Save",
            (_, true) => "Save all",
            (_, false) => "Save selected",
        };
        let dialog = Dialog {
            name: "unsaved",
            title: &title,
            width: 460.0,
            choices: &[
                Choice::primary(save, UnsavedChoice::Save)
                    .enabled(self.discarded.len() < self.maps.len()),
                Choice::new(discard, UnsavedChoice::Discard),
                Choice::new("Cancel", UnsavedChoice::Cancel),
            ],
            dismissed: UnsavedChoice::Cancel,
        };
        let choice = dialog.show(ctx, |ui| {
            if self.maps.len() > 1 {
                scroll_body(ui, |ui| {
                    for map in &self.maps {
                        map.show(ui, &mut self.discarded);
                    }
                });
            }
            ui.label(style::weak_text(
                "What is not saved is lost when the map is closed.",
            ));
            None
        });
        Some(match choice? {
            UnsavedChoice::Save => UnsavedAnswer::Close(std::mem::take(&mut self.discarded)),
            UnsavedChoice::Discard => {
                UnsavedAnswer::Close(self.maps.iter().map(|map| map.key).collect())
            }
            UnsavedChoice::Cancel => UnsavedAnswer::Cancel,
        })
    }
}

impl UnsavedMap {
    fn show(&self, ui: &mut Ui, discarded: &mut Vec<u64>) {
        ui.horizontal(|ui| {
            let mut on = !discarded.contains(&self.key);
            // A long name is shortened so that the file name beside it stays visible.
            let whole = style::visible_text(&self.title);
            let mut title: String = whole.chars().take(48).collect();
            if title.len() < whole.len() {
                title.push('…');
            }
            if ui.add(Checkbox::new(&mut on, title)).changed() {
                discarded.retain(|key| *key != self.key);
                if !on {
                    discarded.push(self.key);
                }
            }
            ui.add(egui::Label::new(style::weak_text(&self.file).small()).truncate());
        });
    }
}
