//! Find bar (Ctrl+F): searches all texts of the map and steps through the hits.
//!
//! Must not know: how text is searched.

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::document::highlight::TextSearch;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{ControlIcon, control_button};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::search::find::Hit;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Align2, Area, Context, Frame, Id, Key, Modifiers, Rect, Role, TextEdit, Ui, vec2,
};
use std::ops::Range;

/// Maximum length of unshortened text before a hit, in characters.
const CHARS_BEFORE_HIT: usize = 24;

/// Width of the search field, in points.
const FIELD_WIDTH: f32 = 200.0;

/// Handles the keys of the find bar before other key handlers; returns whether one was
/// handled. `typing` tells whether a text field had the focus.
pub(crate) fn handle_find_keys(
    ctx: &Context,
    document: &mut Document,
    actions: &mut Vec<UiAction>,
    typing: bool,
) -> bool {
    let Some(find) = &mut document.highlighting.search else {
        return false;
    };
    if typing && !find.focused {
        return false;
    }
    if find.wants_focus && buffer_typed_ahead(ctx, find) {
        return true;
    }
    let focused = find.focused;
    let (close, back, on) = ctx.input_mut(|i| {
        let close = i.consume_key(Modifiers::NONE, Key::Escape);
        // egui ignores surplus Shift, so the longer combination is matched first.
        let back = focused && i.consume_key(Modifiers::SHIFT, Key::Enter);
        let on = focused && i.consume_key(Modifiers::NONE, Key::Enter);
        (close, back, on)
    });
    actions.extend(if close {
        Some(UiAction::CloseFind)
    } else if back {
        Some(UiAction::RunCommand(CommandId::PreviousHighlighted))
    } else {
        on.then_some(UiAction::RunCommand(CommandId::NextHighlighted))
    });
    close || back || on
}

/// Appends text typed before the field has the focus. Returns whether there was any.
fn buffer_typed_ahead(ctx: &Context, find: &mut TextSearch) -> bool {
    let mut typed = String::new();
    ctx.input_mut(|i| {
        i.events.retain(|event| match event {
            egui::Event::Text(text) => {
                typed.push_str(text);
                false
            }
            _ => true,
        });
    });
    if typed.is_empty() {
        return false;
    }
    if std::mem::take(&mut find.typed_over) {
        find.text.clear();
    }
    find.text.push_str(&typed);
    find.typed_ahead = true;
    true
}

/// Shows the find bar, if open, at the top right of the canvas.
pub(crate) fn show_find_bar(ui: &Ui, cx: &mut FrameCx<'_>, canvas: Rect) {
    let document = &mut *cx.document;
    let revision = document.session.revision();
    let map = document.session.map();
    let Some(find) = &mut document.highlighting.search else {
        return;
    };
    find.refresh(map, revision);
    let actions = &mut *cx.actions;
    let mut changed = false;
    Area::new(Id::unique("find"))
        .pivot(Align2::RIGHT_TOP)
        .fixed_pos(canvas.right_top() + vec2(-3.0 * UNIT, 3.0 * UNIT))
        .constrain_to(canvas)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.horizontal(|ui| {
                    changed = find_field(ui, find);
                    ui.allocate_ui_with_layout(
                        vec2(22.0 * UNIT, 6.0 * UNIT),
                        egui::Layout::right_to_left(Align::Center),
                        |ui| ui.label(style::weak_text(hit_count_text(find))),
                    );
                    let some = find.count() > 0;
                    for (sign, label, keys, command) in [
                        (
                            ControlIcon::Left,
                            "Previous hit",
                            "Shift+Enter or Shift+F3",
                            CommandId::PreviousHighlighted,
                        ),
                        (
                            ControlIcon::Right,
                            "Next hit",
                            "Enter or F3",
                            CommandId::NextHighlighted,
                        ),
                    ] {
                        let tip = format!("{label}\n{keys}");
                        ui.add_enabled_ui(some, |ui| {
                            if control_button(ui, sign, label, &tip, false).clicked() {
                                actions.push(UiAction::RunCommand(command));
                            }
                        });
                    }
                    let tip = "Close\nEscape";
                    if control_button(ui, ControlIcon::Close, "Close find", tip, false).clicked() {
                        actions.push(UiAction::CloseFind);
                    }
                });
                if let (Some(hit), Some((text, range))) = (find.hit(), find.context()) {
                    show_hit_context(ui, hit, text, range);
                }
            });
        });
    if changed {
        find.refresh(map, revision);
        find.select_from_origin(map);
        actions.push(UiAction::RevealHit);
    }
}

/// Shows the search field and returns whether its text changed.
fn find_field(ui: &mut Ui, find: &mut TextSearch) -> bool {
    let id = Id::unique("find-field");
    if find.wants_focus {
        let start = if find.typed_over { 0 } else { usize::MAX };
        let range = egui::text::CCursorRange::two(
            egui::text::CCursor::new(start),
            egui::text::CCursor::new(usize::MAX),
        );
        let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(range));
        state.store(ui.ctx(), id);
    }
    let edit = TextEdit::singleline(&mut find.text)
        .id(id)
        .hint_text("Find in this map")
        .desired_width(FIELD_WIDTH);
    let response = ui.add(edit);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(Role::TextInput, true, "Find in this map");
        info.current_text_value = Some(find.text.clone());
        info
    });
    if std::mem::take(&mut find.wants_focus) {
        response.request_focus();
    }
    find.focused = response.has_focus();
    response.changed() || std::mem::take(&mut find.typed_ahead)
}

fn hit_count_text(find: &TextSearch) -> String {
    match (find.position(), find.count()) {
        _ if find.text.trim().is_empty() => String::new(),
        (_, 0) => "Nothing found".to_owned(),
        (Some(number), count) => format!("{number} of {count}"),
        (None, 1) => "1 hit".to_owned(),
        (None, count) => format!("{count} hits"),
    }
}

/// Shows the field name and the hit with surrounding text.
fn show_hit_context(ui: &mut Ui, hit: &Hit, text: &str, range: Range<usize>) {
    let soft = TextFormat {
        font_id: egui::TextStyle::Small.resolve(ui.style()),
        color: ui.visuals().weak_text_color(),
        ..TextFormat::default()
    };
    let strong = TextFormat {
        font_id: style::bold_font(soft.font_id.size),
        color: ui.visuals().text_color(),
        ..TextFormat::default()
    };
    let [before, middle, after] = excerpt(text, range);
    let mut job = LayoutJob::default();
    job.append(
        &format!("{}:  ", hit.field.field.label()),
        0.0,
        strong.clone(),
    );
    job.append(&before, 0.0, soft.clone());
    job.append(&middle, 0.0, strong);
    job.append(&after, 0.0, soft);
    job.wrap = TextWrapping::truncate_at_width(FIELD_WIDTH + 48.0 * UNIT);
    ui.label(job);
}

/// Splits a text at a hit, on one line, with shortened text before and after it.
fn excerpt(text: &str, range: Range<usize>) -> [String; 3] {
    let line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let before = text.get(..range.start).unwrap_or_default();
    let cut = before
        .char_indices()
        .rev()
        .nth(CHARS_BEFORE_HIT)
        .map(|(at, _)| at);
    let before = match cut {
        Some(at) => format!("…{}", line(before.get(at..).unwrap_or_default())),
        None => line(before),
    };
    let after: String = text
        .get(range.end..)
        .unwrap_or_default()
        .chars()
        .take(120)
        .collect();
    let middle = line(text.get(range).unwrap_or_default());
    [before, middle, line(&after)]
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn excerpt_splits_at_the_hit_and_limits_the_text_before() {
        assert_eq!(excerpt("Pays the\nfee", 9..12), ["Pays the ", "fee", ""]);
        let long = "ä".repeat(100) + "fee";
        let [before, middle, _] = excerpt(&long, 200..203);
        assert_eq!(middle, "fee");
        assert_eq!(before.chars().count(), 26);
        assert_eq!(excerpt("ä", 0..1), ["", "", ""]);
    }
}
