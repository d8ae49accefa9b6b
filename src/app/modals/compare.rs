//! Dialog that asks for the map to compare with: an open one, a file, an earlier step, or a version.
//!
//! Must not know: how maps are compared.

use super::dialog::{Choice, Dialog};
use crate::app::ui::rows::caption;
use crate::app::ui::style::{self, UNIT};
use egui::{Button, Context, Id, Key, Ui};

/// A section of the dialog: its title, and entries with words, remark and answer.
pub type CompareSection<T> = (&'static str, Vec<(String, String, T)>);

/// Shows the dialog with a title; sections without entries are left out. Returns the answer once there is one;
/// `None` inside for none.
pub fn show<T: Clone>(
    ctx: &Context,
    title: &str,
    sections: &[CompareSection<T>],
) -> Option<Option<T>> {
    let dialog = Dialog {
        name: "compare",
        title,
        width: 480.0,
        choices: &[Choice::new("Cancel", ())],
        dismissed: (),
    };
    let mut chosen = None;
    let cancelled = dialog.show(ctx, |ui| {
        let mut first = None;
        let room = (ctx.content_rect().height() - 220.0).max(120.0);
        style::scroll_list(room).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (title, entries) in sections.iter().filter(|(_, entries)| !entries.is_empty()) {
                ui.add_space(UNIT);
                caption(ui, title);
                for (at, (words, remark, answer)) in entries.iter().enumerate() {
                    let response = ui.push_id((title, at), |ui| entry(ui, words, remark)).inner;
                    if response.clicked() {
                        chosen = Some(answer.clone());
                    }
                    first.get_or_insert(response);
                }
            }
        });
        step_by_arrows(ui);
        first
    });
    match (chosen, cancelled) {
        (Some(answer), _) => Some(Some(answer)),
        (None, Some(())) => Some(None),
        (None, None) => None,
    }
}

fn entry(ui: &mut Ui, words: &str, remark: &str) -> egui::Response {
    let words = style::visible_text(words);
    let button = Button::selectable(false, &words).truncate();
    let size = egui::vec2(ui.available_width() - 2.0 * UNIT, 7.0 * UNIT);
    let button = button.right_text(style::weak_text(style::visible_text(remark)));
    ui.add(button.min_size(size)).accessible_name(words)
}

/// Moves the focus between the entries by arrow keys, as in a menu.
fn step_by_arrows(ui: &Ui) {
    let focused: Option<Id> = ui.memory(|memory| memory.focused());
    if focused.is_none() {
        return;
    }
    for (key, direction) in [
        (Key::ArrowDown, egui::FocusDirection::Next),
        (Key::ArrowUp, egui::FocusDirection::Previous),
    ] {
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key)) {
            ui.memory_mut(|memory| memory.move_focus(direction));
        }
    }
}
