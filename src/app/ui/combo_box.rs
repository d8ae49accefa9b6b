//! A combo box: a button that opens a list with search and "add new".
//!
//! Must not know: records and commands.

use super::rows::{ROW_HEIGHT, Swatch, elided_text, hint_label, row};
use super::style::{UNIT, color, scroll_list};
use crate::theme::Color;
use egui::{
    Id, Key, Popup, PopupCloseBehavior, Response, Role, Sense, Shape, Stroke, StrokeKind, TextEdit,
    TextStyle, Ui, WidgetInfo, pos2, vec2,
};

/// Smallest number of entries with a search field.
const MIN_SEARCHABLE_ENTRIES: usize = 8;
/// Maximum number of matches shown.
const MAX_MATCHES: usize = 60;

/// An entry of the list.
#[derive(Clone, Debug)]
pub(crate) struct ComboEntry {
    /// Label of the entry.
    pub text: String,
    /// Symbol before the label.
    pub swatch: Swatch,
}

/// Content of the closed button.
pub(crate) struct ComboLabel<'s> {
    /// Label of the current entry, or the text for none.
    pub text: &'s str,
    /// Symbol before the label.
    pub swatch: Swatch,
    /// Warning colour for a missing value.
    pub warning_color: Option<Color>,
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

/// Shows the button and, if open, the list; `entries` is called only then. The button
/// takes the focus of `field`.
pub(crate) fn combo_box(
    ui: &mut Ui,
    name: &str,
    field: Option<egui::Id>,
    shown: &ComboLabel<'_>,
    none: Option<&str>,
    add: Option<&str>,
    entries: impl FnOnce() -> Vec<ComboEntry>,
) -> Option<ComboChoice> {
    let response = button(ui, name, shown);
    if let Some(field) = field {
        super::field_focus::apply_field_focus(ui, field, &response);
    }
    let query_id = response.id.with("query");
    let opened = response.clicked();
    let popup = Popup::menu(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(response.rect.width())
        .accessible_name(name);
    let inner = popup.show(|ui| {
        let list = ComboList {
            name,
            none,
            add,
            entries: entries(),
        };
        let picked = list.show(ui, query_id, opened);
        if picked.is_some() {
            ui.close();
        }
        picked
    });
    inner.and_then(|inner| inner.inner)
}

fn button(ui: &mut Ui, name: &str, shown: &ComboLabel<'_>) -> Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 7.0 * UNIT), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(shown.text.to_owned()),
        ..WidgetInfo::labeled(Role::ComboBox, enabled, name)
    });
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        let tint = shown.warning_color.map_or(visuals.text_color(), color);
        let edge = match shown.warning_color {
            Some(_) if !response.has_focus() && !response.hovered() => Stroke::new(1.5, tint),
            _ => visuals.bg_stroke,
        };
        ui.painter().rect(
            rect,
            visuals.corner_radius,
            visuals.weak_bg_fill,
            edge,
            StrokeKind::Inside,
        );
        let left = rect.left() + 1.5 * UNIT;
        shown.swatch.paint(ui.painter(), left, rect.center().y);
        let from = pos2(left + shown.swatch.width(), rect.center().y);
        let room = rect.right() - 6.0 * UNIT - from.x;
        let font = TextStyle::Body.resolve(ui.style());
        elided_text(ui, &response, from, room, shown.text, font, tint);
        let tip = pos2(rect.right() - 3.0 * UNIT, rect.center().y);
        let chevron = [vec2(-4.0, -2.0), vec2(0.0, 2.0), vec2(4.0, -2.0)];
        let stroke = Stroke::new(1.6, visuals.text_color());
        ui.painter()
            .add(Shape::line(chevron.map(|p| tip + p).to_vec(), stroke));
    }
    response
}

struct ComboList<'l> {
    name: &'l str,
    none: Option<&'l str>,
    add: Option<&'l str>,
    entries: Vec<ComboEntry>,
}

impl ComboList<'_> {
    fn show(&self, ui: &mut Ui, query_id: Id, opened: bool) -> Option<ComboChoice> {
        let mut query = String::new();
        let mut enter = false;
        if self.add.is_some() || self.entries.len() >= MIN_SEARCHABLE_ENTRIES {
            if !opened {
                query = ui.data(|d| d.get_temp(query_id)).unwrap_or_default();
            }
            let hint = match self.add {
                Some(_) => "Search, or type a new name",
                None => "Search",
            };
            let response = ui
                .add(
                    TextEdit::singleline(&mut query)
                        .hint_text(hint)
                        .desired_width(f32::INFINITY),
                )
                .accessible_name(format!("{}: search", self.name));
            if opened {
                response.request_focus();
            }
            enter = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            ui.data_mut(|d| d.insert_temp(query_id, query.clone()));
        }
        let wanted = query.trim();
        let matches = self.matches(wanted);
        if enter {
            return self.best_match(wanted, &matches);
        }
        self.rows(ui, wanted, &matches)
    }

    /// Returns the indices of the entries that contain the typed text, best first.
    fn matches(&self, wanted: &str) -> Vec<usize> {
        let wanted = wanted.to_lowercase();
        if wanted.is_empty() {
            return (0..self.entries.len()).collect();
        }
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (i, entry) in self.entries.iter().enumerate() {
            if let Some(at) = entry.text.to_lowercase().find(&wanted) {
                found.push((at.min(1), i));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, i)| i).collect()
    }

    /// Returns the typed name as a new entry if no entry has it.
    fn new_entry(&self, wanted: &str) -> Option<ComboChoice> {
        let lower = wanted.to_lowercase();
        let known = || self.entries.iter().any(|e| e.text.to_lowercase() == lower);
        (self.add.is_some() && !wanted.is_empty() && !known())
            .then(|| ComboChoice::New(wanted.to_owned()))
    }

    fn best_match(&self, wanted: &str, matches: &[usize]) -> Option<ComboChoice> {
        if wanted.is_empty() {
            return None;
        }
        let best = matches.first().copied().map(ComboChoice::Entry);
        best.or_else(|| self.new_entry(wanted))
    }

    fn rows(&self, ui: &mut Ui, wanted: &str, matches: &[usize]) -> Option<ComboChoice> {
        let mut picked = None;
        scroll_list(12.0 * ROW_HEIGHT).show(ui, |ui| {
            if let Some(none) = self.none.filter(|_| wanted.is_empty())
                && row(ui, Swatch::None, none, false).clicked()
            {
                picked = Some(ComboChoice::None);
            }
            for &i in matches.iter().take(MAX_MATCHES) {
                let entry = &self.entries[i];
                let clicked = ui.push_id(i, |ui| row(ui, entry.swatch, &entry.text, false));
                if clicked.inner.clicked() {
                    picked = Some(ComboChoice::Entry(i));
                }
            }
            if matches.len() > MAX_MATCHES {
                hint_label(
                    ui,
                    &format!("{} more: type to find", matches.len() - MAX_MATCHES),
                );
            }
            if let Some(word) = self.add {
                if let Some(new) = self.new_entry(wanted) {
                    let text = format!("Add {word} “{wanted}”");
                    if row(ui, Swatch::None, &text, false).clicked() {
                        picked = Some(new);
                    }
                } else if wanted.is_empty() {
                    hint_label(ui, &format!("Type a name to add a new {word}"));
                }
            } else if matches.is_empty() {
                hint_label(ui, "Nothing of this name");
            }
        });
        picked
    }
}
