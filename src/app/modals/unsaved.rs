//! Dialog about unsaved changes of maps to be closed.
//!
//! Must not know: how maps are written or closed.

use super::dialog::{Choice, Dialog, scroll_body};
use crate::app::document::{CloseScope, Document};
use crate::app::ui::style;
use egui::{Checkbox, Context, Key, Label, Modifiers, Ui};

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
#[derive(Clone, Copy)]
pub enum UnsavedAnswer {
    /// Close the maps, and save those first that were not deselected.
    Save,
    /// Close the maps and save none.
    Discard,
    /// Close nothing.
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
                Choice::primary(save, UnsavedAnswer::Save)
                    .enabled(self.discarded.len() < self.maps.len()),
                Choice::new(discard, UnsavedAnswer::Discard),
                Choice::new("Cancel", UnsavedAnswer::Cancel),
            ],
            dismissed: UnsavedAnswer::Cancel,
        };
        if self.discarded.len() < self.maps.len()
            && ctx.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::S))
        {
            return Some(UnsavedAnswer::Save);
        }
        dialog.show(ctx, |ui| {
            if self.maps.len() > 1 {
                scroll_body(ui, |ui| {
                    for map in &self.maps {
                        show_map(ui, map, &mut self.discarded);
                    }
                });
            }
            ui.label(style::weak_text(
                "What is not saved is lost when the map is closed.",
            ));
            None
        })
    }

    /// Keys of the maps whose changes are discarded by an answer.
    pub fn discarded(&self, answer: UnsavedAnswer) -> Vec<u64> {
        match answer {
            UnsavedAnswer::Discard => self.maps.iter().map(|map| map.key).collect(),
            _ => self.discarded.clone(),
        }
    }
}

fn show_map(ui: &mut Ui, map: &UnsavedMap, discarded: &mut Vec<u64>) {
    ui.horizontal(|ui| {
        let mut on = !discarded.contains(&map.key);
        // A long name is shortened so that the file name beside it stays visible.
        let whole = style::visible_text(&map.title);
        let mut title: String = whole.chars().take(48).collect();
        if title.len() < whole.len() {
            title.push('…');
        }
        if ui.add(Checkbox::new(&mut on, title)).changed() {
            discarded.retain(|key| *key != map.key);
            if !on {
                discarded.push(map.key);
            }
        }
        ui.add(Label::new(style::weak_text(&map.file).small()).truncate());
    });
}
