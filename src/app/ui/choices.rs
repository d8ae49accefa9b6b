//! Choices of a filter: rows with a count in a menu, and chips of what is chosen.
//!
//! Must not know: what is filtered.

use super::buttons::describe;
use super::style::{self, UNIT};
use egui::{Button, Role, Ui, vec2};

/// Shows a value that can be chosen, with the number of its objects; returns whether it was
/// clicked.
pub(crate) fn choice_row(ui: &mut Ui, on: bool, label: &str, count: usize, name: &str) -> bool {
    let count = style::weak_text(count.to_string());
    let button = Button::selectable(on, ellipsized(label))
        .right_text(count)
        .min_size(vec2(ui.available_width(), 0.0));
    let response = ui.add(button);
    if on {
        style::mark_selected_row(ui, response.rect);
    }
    describe(&response, Role::CheckBox, Some(on), name);
    response.clicked()
}

/// Shows a chosen value; returns whether it was clicked to remove it.
pub(crate) fn choice_chip(ui: &mut Ui, kind: &str, label: &str) -> bool {
    let text = format!("{kind}: {}  ×", ellipsized(label));
    let button = ui.add(Button::new(text).selected(true).corner_radius(3.0 * UNIT));
    let name = format!("Stop filtering by {kind}: {label}");
    describe(&button, Role::Button, None, &name);
    let tip = format!("Stop filtering by “{label}”");
    button.on_hover_text(tip).clicked()
}

/// Shortens a name to 28 characters and an ellipsis.
fn ellipsized(label: &str) -> String {
    const MOST: usize = 28;
    match label.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", label.get(..at).unwrap_or(label).trim_end()),
        None => label.to_owned(),
    }
}
