//! Closes maps: one dialog for all unsaved maps, and its consequences.
//!
//! Must not know: how maps are written.

use super::files::Dialog;
use crate::app::app::App;
use crate::app::document::Document;
use crate::app::home::cards::HomeScreen;
use crate::app::modals::Modal;
use crate::app::ui::buttons::primary_button;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use egui::{Checkbox, Context, Ui, ViewportCommand};

/// Maps to be closed once nothing is unsaved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseScope {
    /// One map.
    Map(u64),
    /// All maps, and the program.
    All,
}

/// Dialog about unsaved changes, and the close operation that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsavedChanges {
    scope: CloseScope,
    /// Keys of the maps whose changes are discarded.
    discarded: Vec<u64>,
    shown: bool,
}

/// Answer to the dialog.
enum UnsavedChoice {
    Save,
    Discard,
    Cancel,
}

impl UnsavedChanges {
    /// Starts with all changes to be saved.
    pub fn new(closing: CloseScope) -> UnsavedChanges {
        UnsavedChanges {
            scope: closing,
            discarded: Vec::new(),
            shown: false,
        }
    }

    /// Whether this map is being closed.
    fn includes(&self, key: u64) -> bool {
        self.scope == CloseScope::All || self.scope == CloseScope::Map(key)
    }

    /// Whether this map is saved before it is closed.
    fn will_save(&self, key: u64) -> bool {
        self.includes(key) && !self.discarded.contains(&key)
    }
}

/// An unsaved map in the dialog.
struct UnsavedMap {
    key: u64,
    title: String,
    file: String,
}

impl App {
    /// Closes maps; asks first if there are unsaved changes.
    pub(crate) fn close(&mut self, ctx: &Context, closing: CloseScope) {
        if self.unsaved_maps(closing).is_empty() {
            self.workspace.pending_close = Some(UnsavedChanges::new(closing));
            self.continue_close(ctx);
        } else {
            self.modals.modal = Some(Modal::Dialog(Dialog::Unsaved(UnsavedChanges::new(closing))));
        }
    }

    /// Unsaved maps among those to be closed, except those with a save in progress.
    fn unsaved_maps(&self, closing: CloseScope) -> Vec<UnsavedMap> {
        let all = UnsavedChanges::new(closing);
        self.workspace
            .documents
            .iter()
            .filter(|d| d.session.is_dirty() && all.will_save(d.key) && !self.is_being_saved(d))
            .map(|d| UnsavedMap {
                key: d.key,
                title: d.title().to_owned(),
                file: match d.session.path().and_then(|path| path.file_name()) {
                    Some(name) => style::visible_text(name.to_string_lossy()),
                    None => "no file yet, asks where to save".to_owned(),
                },
            })
            .collect()
    }

    /// Whether a save of the map is in progress on a drive that answers.
    fn is_being_saved(&self, document: &Document) -> bool {
        document.session.is_being_saved() && !self.is_slow_save(document.key)
    }

    fn close_now(&mut self, ctx: &Context, closing: CloseScope) {
        self.workspace.pending_close = None;
        match closing {
            CloseScope::All => {
                self.workspace.close_confirmed = true;
                self.workspace.closes_cleanly = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            CloseScope::Map(key) => {
                let front = self.document().map(|d| d.key);
                if let Some(at) = self.workspace.documents.iter().position(|d| d.key == key) {
                    self.workspace.documents.remove(at).session.close();
                }
                let still = self
                    .workspace
                    .documents
                    .iter()
                    .position(|d| Some(d.key) == front);
                let last = self.workspace.documents.len().saturating_sub(1);
                self.workspace.active = still.unwrap_or(self.workspace.active.min(last));
                self.interaction.connect_from = None;
                if self.workspace.documents.is_empty() {
                    self.screen.home = Some(HomeScreen::default());
                }
            }
        }
    }

    /// Saves the next unsaved map; closes if none is left.
    pub(crate) fn continue_close(&mut self, ctx: &Context) {
        let Some(unsaved) = self.workspace.pending_close.clone() else {
            return;
        };
        // Waits for every requested save, even if the changes are discarded since.
        let next = self.workspace.documents.iter().position(|d| {
            let saves = d.session.is_dirty() && unsaved.will_save(d.key);
            let waits = d.session.is_saving() && !self.is_slow_save(d.key);
            saves || (waits && unsaved.includes(d.key))
        });
        match next {
            None => self.close_now(ctx, unsaved.scope),
            // Continues when that save has ended.
            Some(next)
                if self.is_being_saved(&self.workspace.documents[next])
                    || !unsaved.will_save(self.workspace.documents[next].key) => {}
            Some(next) => {
                self.workspace.active = next;
                self.save(ctx, false);
            }
        }
    }

    /// Shows the dialog and returns it while it stays open.
    pub(crate) fn show_unsaved(
        &mut self,
        ctx: &Context,
        mut unsaved: UnsavedChanges,
    ) -> Option<UnsavedChanges> {
        let rows = self.unsaved_maps(unsaved.scope);
        let first = !std::mem::replace(&mut unsaved.shown, true);
        let mut choice = None;
        let modal = style::modal(ctx, "unsaved").show(ctx, |ui| {
            style::set_modal_width(ui, 460.0);
            ui.add(
                egui::Label::new(style::heading(match rows.as_slice() {
                    [one] => format!("Save the changes to “{}”?", one.title),
                    many => format!("Save the changes to {} maps?", many.len()),
                }))
                .wrap(),
            );
            ui.add_space(UNIT);
            if rows.len() > 1 {
                style::modal_body(ui, |ui| {
                    for row in &rows {
                        show_row(ui, row, &mut unsaved);
                    }
                });
            }
            ui.label(style::weak_text(
                "What is not saved is lost when the map is closed.",
            ));
            ui.add_space(2.0 * UNIT);
            ui.horizontal_wrapped(|ui| choice = unsaved_buttons(ui, rows.len(), &unsaved, first));
        });
        match choice {
            Some(UnsavedChoice::Save) => {
                self.workspace.pending_close = Some(unsaved);
                self.continue_close(ctx);
                None
            }
            Some(UnsavedChoice::Discard) => {
                // Saves in progress were not part of the dialog and are waited for.
                unsaved.discarded = rows.iter().map(|row| row.key).collect();
                self.workspace.pending_close = Some(unsaved);
                self.continue_close(ctx);
                None
            }
            Some(UnsavedChoice::Cancel) => None,
            None => (!modal.should_close()).then_some(unsaved),
        }
    }
}

fn show_row(ui: &mut Ui, row: &UnsavedMap, unsaved: &mut UnsavedChanges) {
    ui.horizontal(|ui| {
        let mut on = !unsaved.discarded.contains(&row.key);
        // A long name is shortened so that the file name beside it stays visible.
        let whole = style::visible_text(&row.title);
        let mut title: String = whole.chars().take(48).collect();
        if title.len() < whole.len() {
            title.push('…');
        }
        if ui.add(Checkbox::new(&mut on, title)).changed() {
            unsaved.discarded.retain(|key| *key != row.key);
            if !on {
                unsaved.discarded.push(row.key);
            }
        }
        ui.add(egui::Label::new(style::weak_text(&row.file).small()).truncate());
    });
}

fn unsaved_buttons(
    ui: &mut Ui,
    count: usize,
    unsaved: &UnsavedChanges,
    first: bool,
) -> Option<UnsavedChoice> {
    let word = match (count, unsaved.discarded.is_empty()) {
        (0 | 1, _) => "Save",
        (_, true) => "Save all",
        (_, false) => "Save selected",
    };
    let any = unsaved.discarded.len() < count;
    let save = ui.add_enabled_ui(any, |ui| primary_button(ui, word)).inner;
    if first {
        save.request_focus();
    }
    let discard = if count > 1 { "Discard all" } else { "Discard" };
    if save.clicked() {
        Some(UnsavedChoice::Save)
    } else if ui.button(discard).clicked() {
        Some(UnsavedChoice::Discard)
    } else if ui.button("Cancel").clicked() {
        Some(UnsavedChoice::Cancel)
    } else {
        None
    }
}
