//! A combo box: a button that opens a list with search and "add new".
//!
//! Must not know: records and commands.

use super::field_focus::apply_field_focus;
use super::rows::{Swatch, hint_label, paint_label, row};
use super::style::{self, ROW_HEIGHT, UNIT, color, scroll_list};
use super::text_field::MAX_QUERY_CHARS;
use crate::theme::Color;
use egui::{
    Id, Key, Popup, PopupCloseBehavior, Response, Role, Sense, Shape, Stroke, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

/// Smallest number of entries with a search field.
const MIN_SEARCHABLE_ENTRIES: usize = 8;
/// Maximum number of matches shown.
const MAX_MATCHES: usize = 60;

/// Entries of the list: their labels and the symbols before them.
pub(crate) type ComboEntries = Vec<(String, Swatch)>;

/// A combo box before it is shown.
#[derive(Default)]
pub(crate) struct ComboBox<'c> {
    /// Label of the current entry, or the text for none.
    pub text: &'c str,
    /// Symbol before the label.
    pub swatch: Swatch,
    /// Warning colour for a missing value.
    pub warning_color: Option<Color>,
    /// The label for no entry, if that can be chosen.
    pub none: Option<&'c str>,
    /// The noun for a new entry, if one can be added.
    pub add: Option<&'c str>,
    /// The field whose focus the button takes.
    pub field: Option<Id>,
}

/// A choice of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ComboChoice {
    /// No entry.
    None,
    /// The entry at this index.
    Entry(usize),
    /// A new entry of this name.
    New(String),
}

impl<'c> ComboBox<'c> {
    /// A combo box with this label and without a choice of none.
    pub(crate) fn labeled(text: &'c str) -> ComboBox<'c> {
        ComboBox {
            text,
            ..ComboBox::default()
        }
    }

    /// Shows the button and, if open, the list; `entries` is called only then. `name` is the
    /// accessible name.
    pub(crate) fn show(
        &self,
        ui: &mut Ui,
        name: &str,
        entries: impl FnOnce() -> ComboEntries,
    ) -> Option<ComboChoice> {
        let response = self.button(ui, name);
        if let Some(field) = self.field {
            apply_field_focus(ui, field, &response);
        }
        let query_id = response.id.with("query");
        let opened = response.clicked();
        let popup = Popup::menu(&response)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .width(response.rect.width())
            .accessible_name(name);
        let inner = popup.show(|ui| {
            let picked = self.list(ui, name, &entries(), query_id, opened);
            if picked.is_some() {
                ui.close();
            }
            picked
        });
        inner?.inner
    }

    fn button(&self, ui: &mut Ui, name: &str) -> Response {
        let size = vec2(ui.available_width(), 7.0 * UNIT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo {
            current_text_value: Some(self.text.to_owned()),
            ..WidgetInfo::labeled(Role::ComboBox, response.enabled(), name)
        });
        if ui.is_rect_visible(rect) {
            let mut visuals = *ui.style().interact(&response);
            let text_color = visuals.text_color();
            let tint = self.warning_color.map_or(text_color, color);
            if self.warning_color.is_some() && !response.has_focus() && !response.hovered() {
                visuals.bg_stroke = Stroke::new(1.5, tint);
            }
            style::paint_frame(ui, rect, &visuals);
            let label = rect.with_min_x(rect.left() + 1.5 * UNIT);
            let label = label.with_max_x(rect.right() - 6.0 * UNIT);
            let font = style::body_font(ui);
            paint_label(ui, &response, label, self.swatch, self.text, font, tint);
            let tip = pos2(rect.right() - 3.0 * UNIT, rect.center().y);
            let chevron = [vec2(-4.0, -2.0), vec2(0.0, 2.0), vec2(4.0, -2.0)];
            let chevron = chevron.map(|p| tip + p).to_vec();
            let chevron = Shape::line(chevron, Stroke::new(1.6, text_color));
            ui.painter().add(chevron);
        }
        response
    }

    fn list(
        &self,
        ui: &mut Ui,
        name: &str,
        entries: &ComboEntries,
        query_id: Id,
        opened: bool,
    ) -> Option<ComboChoice> {
        let mut query = String::new();
        let mut enter = false;
        if self.add.is_some() || entries.len() >= MIN_SEARCHABLE_ENTRIES {
            if !opened {
                query = ui.data(|d| d.get_temp(query_id)).unwrap_or_default();
            }
            let hint = match self.add {
                Some(_) => "Search, or type a new name",
                None => "Search",
            };
            let edit = TextEdit::singleline(&mut query)
                .hint_text(hint)
                .char_limit(MAX_QUERY_CHARS);
            let response = ui.add(edit.desired_width(f32::INFINITY));
            let response = response.accessible_name(format!("{name}: search"));
            if opened {
                response.request_focus();
            }
            enter = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            ui.data_mut(|d| d.insert_temp(query_id, query.clone()));
        }
        let wanted = query.trim();
        let matches = matches(entries, wanted);
        let lower = wanted.to_lowercase();
        let known = || entries.iter().any(|(text, _)| text.to_lowercase() == lower);
        let add = self.add.filter(|_| !wanted.is_empty() && !known());
        let new = add.map(|_| ComboChoice::New(wanted.to_owned()));
        if enter {
            let best = matches.first().copied().map(ComboChoice::Entry);
            return best.or(new).filter(|_| !wanted.is_empty());
        }
        let mut picked = None;
        scroll_list(12.0 * ROW_HEIGHT).show(ui, |ui| {
            if let Some(none) = self.none.filter(|_| wanted.is_empty())
                && row(ui, Swatch::None, none).clicked()
            {
                picked = Some(ComboChoice::None);
            }
            for &i in matches.iter().take(MAX_MATCHES) {
                let (text, swatch) = &entries[i];
                if ui.push_id(i, |ui| row(ui, *swatch, text)).inner.clicked() {
                    picked = Some(ComboChoice::Entry(i));
                }
            }
            if let Some(more @ 1..) = matches.len().checked_sub(MAX_MATCHES) {
                hint_label(ui, &format!("{more} more: type to find"));
            }
            match self.add {
                Some(word)
                    if new.is_some()
                        && row(ui, Swatch::None, &format!("Add {word} “{wanted}”")).clicked() =>
                {
                    picked = new;
                }
                Some(word) if wanted.is_empty() => {
                    hint_label(ui, &format!("Type a name to add a new {word}"));
                }
                None if matches.is_empty() => hint_label(ui, "Nothing of this name"),
                _ => {}
            }
        });
        picked
    }
}

/// Returns the indices of the entries that contain the typed text, best first.
fn matches(entries: &ComboEntries, wanted: &str) -> Vec<usize> {
    let wanted = wanted.to_lowercase();
    let place = |text: &str| text.to_lowercase().find(&wanted).map(|at| at.min(1));
    let found = entries.iter().enumerate();
    let found = found.filter_map(|(i, (text, _))| Some((place(text)?, i)));
    let mut found: Vec<(usize, usize)> = found.collect();
    found.sort_unstable();
    found.into_iter().map(|(_, i)| i).collect()
}
