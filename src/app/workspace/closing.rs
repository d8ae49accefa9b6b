//! Closes maps: one dialog for all unsaved maps, and its consequences.
//!
//! Must not know: how maps are written.

use super::files::Question;
use crate::app::app::App;
use crate::app::document::Document;
use crate::app::home::cards::Start;
use crate::app::modals::Over;
use crate::app::ui::buttons::primary;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use egui::{Checkbox, Context, Ui, ViewportCommand};

/// Maps to be closed once nothing is unsaved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// One map.
    Map(u64),
    /// All maps, and the program.
    All,
}

/// Dialog about unsaved changes, and the close operation that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    closing: Closing,
    /// Keys of the maps whose changes are discarded.
    left_out: Vec<u64>,
    shown: bool,
}

/// Answer to the dialog.
enum Choice {
    Save,
    Discard,
    Cancel,
}

impl Unsaved {
    /// Starts with all changes to be saved.
    pub fn new(closing: Closing) -> Unsaved {
        Unsaved {
            closing,
            left_out: Vec::new(),
            shown: false,
        }
    }

    /// Whether this map is being closed.
    fn closes(&self, key: u64) -> bool {
        self.closing == Closing::All || self.closing == Closing::Map(key)
    }

    /// Whether this map is saved before it is closed.
    fn wants(&self, key: u64) -> bool {
        self.closes(key) && !self.left_out.contains(&key)
    }
}

/// An unsaved map in the dialog.
struct Row {
    key: u64,
    title: String,
    file: String,
}

impl App {
    /// Closes maps; asks first if there are unsaved changes.
    pub(crate) fn close(&mut self, ctx: &Context, closing: Closing) {
        if self.unsaved(closing).is_empty() {
            self.closing = Some(Unsaved::new(closing));
            self.go_on_closing(ctx);
        } else {
            self.over = Some(Over::Question(Question::Unsaved(Unsaved::new(closing))));
        }
    }

    /// Unsaved maps among those to be closed, except those with a save in progress.
    fn unsaved(&self, closing: Closing) -> Vec<Row> {
        let all = Unsaved::new(closing);
        self.documents
            .iter()
            .filter(|d| d.session.is_dirty() && all.wants(d.key) && !self.is_coming(d))
            .map(|d| Row {
                key: d.key,
                title: d.title().to_owned(),
                file: match d.session.path().and_then(|path| path.file_name()) {
                    Some(name) => style::plain(name.to_string_lossy()),
                    None => "no file yet, asks where to save".to_owned(),
                },
            })
            .collect()
    }

    /// Whether a save of the map is in progress on a drive that answers.
    fn is_coming(&self, document: &Document) -> bool {
        document.session.is_being_saved() && !self.is_stuck(document.key)
    }

    fn close_now(&mut self, ctx: &Context, closing: Closing) {
        self.closing = None;
        match closing {
            Closing::All => {
                self.may_close = true;
                self.leaving = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Closing::Map(key) => {
                let front = self.document().map(|d| d.key);
                if let Some(at) = self.documents.iter().position(|d| d.key == key) {
                    self.documents.remove(at).session.close();
                }
                let still = self.documents.iter().position(|d| Some(d.key) == front);
                let last = self.documents.len().saturating_sub(1);
                self.active = still.unwrap_or(self.active.min(last));
                self.connecting = None;
                if self.documents.is_empty() {
                    self.start = Some(Start::default());
                }
            }
        }
    }

    /// Saves the next unsaved map; closes if none is left.
    pub(crate) fn go_on_closing(&mut self, ctx: &Context) {
        let Some(unsaved) = self.closing.clone() else {
            return;
        };
        // Waits for every requested save, even if the changes are discarded since.
        let next = self.documents.iter().position(|d| {
            let saves = d.session.is_dirty() && unsaved.wants(d.key);
            let waits = d.session.is_saving() && !self.is_stuck(d.key);
            saves || (waits && unsaved.closes(d.key))
        });
        match next {
            None => self.close_now(ctx, unsaved.closing),
            // Continues when that save has ended.
            Some(next)
                if self.is_coming(&self.documents[next])
                    || !unsaved.wants(self.documents[next].key) => {}
            Some(next) => {
                self.active = next;
                self.save(ctx, false);
            }
        }
    }

    /// Shows the dialog and returns it while it stays open.
    pub(crate) fn ask_unsaved(&mut self, ctx: &Context, mut unsaved: Unsaved) -> Option<Unsaved> {
        let rows = self.unsaved(unsaved.closing);
        let first = !std::mem::replace(&mut unsaved.shown, true);
        let mut choice = None;
        let modal = style::sheet(ctx, "unsaved").show(ctx, |ui| {
            style::sheet_width(ui, 460.0);
            ui.add(
                egui::Label::new(style::heading(match rows.as_slice() {
                    [one] => format!("Save the changes to “{}”?", one.title),
                    many => format!("Save the changes to {} maps?", many.len()),
                }))
                .wrap(),
            );
            ui.add_space(UNIT);
            if rows.len() > 1 {
                style::sheet_body(ui, |ui| {
                    for row in &rows {
                        show_row(ui, row, &mut unsaved);
                    }
                });
            }
            ui.label(style::soft(
                "What is not saved is lost when the map is closed.",
            ));
            ui.add_space(2.0 * UNIT);
            ui.horizontal_wrapped(|ui| choice = buttons(ui, rows.len(), &unsaved, first));
        });
        match choice {
            Some(Choice::Save) => {
                self.closing = Some(unsaved);
                self.go_on_closing(ctx);
                None
            }
            Some(Choice::Discard) => {
                // Saves in progress were not part of the dialog and are waited for.
                unsaved.left_out = rows.iter().map(|row| row.key).collect();
                self.closing = Some(unsaved);
                self.go_on_closing(ctx);
                None
            }
            Some(Choice::Cancel) => None,
            None => (!modal.should_close()).then_some(unsaved),
        }
    }
}

fn show_row(ui: &mut Ui, row: &Row, unsaved: &mut Unsaved) {
    ui.horizontal(|ui| {
        let mut on = !unsaved.left_out.contains(&row.key);
        // A long name is shortened so that the file name beside it stays visible.
        let whole = style::plain(&row.title);
        let mut title: String = whole.chars().take(48).collect();
        if title.len() < whole.len() {
            title.push('…');
        }
        if ui.add(Checkbox::new(&mut on, title)).changed() {
            unsaved.left_out.retain(|key| *key != row.key);
            if !on {
                unsaved.left_out.push(row.key);
            }
        }
        ui.add(egui::Label::new(style::soft(&row.file).small()).truncate());
    });
}

fn buttons(ui: &mut Ui, count: usize, unsaved: &Unsaved, first: bool) -> Option<Choice> {
    let word = match (count, unsaved.left_out.is_empty()) {
        (0 | 1, _) => "Save",
        (_, true) => "Save all",
        (_, false) => "Save selected",
    };
    let any = unsaved.left_out.len() < count;
    let save = ui.add_enabled_ui(any, |ui| primary(ui, word)).inner;
    if first {
        save.request_focus();
    }
    let discard = if count > 1 { "Discard all" } else { "Discard" };
    if save.clicked() {
        Some(Choice::Save)
    } else if ui.button(discard).clicked() {
        Some(Choice::Discard)
    } else if ui.button("Cancel").clicked() {
        Some(Choice::Cancel)
    } else {
        None
    }
}
