//! Find bar (Ctrl+F): searches all texts of the map and steps through the hits.
//!
//! Must not know: how text is searched, the keys that step.

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::document::highlight::TextSearch;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{ControlIcon, control_button};
use crate::app::ui::select_text;
use crate::app::ui::style::{self, UNIT};
use crate::app::ui::text_field::MAX_QUERY_CHARS;
use crate::search::find::Hit;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Align2, Area, Frame, Id, Layout, Rect, TextEdit, Ui, vec2};
use std::ops::Range;

/// Maximum length of unshortened text before a hit, in characters.
const CHARS_BEFORE_HIT: usize = 24;

/// Width of the search field, in points.
const FIELD_WIDTH: f32 = 200.0;

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
        .constrain_to(style::popup_bounds(ui.ctx(), canvas))
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.horizontal(|ui| {
                    changed = find_field(ui, find);
                    ui.allocate_ui_with_layout(
                        vec2(18.0 * UNIT, 6.0 * UNIT),
                        Layout::right_to_left(Align::Center),
                        |ui| ui.label(style::weak_text(hit_count_text(find))),
                    );
                    let (previous, next) = ("Shift+Enter or Shift+F3", "Enter or F3");
                    let [back, on] = [CommandId::PreviousHighlighted, CommandId::NextHighlighted];
                    for (icon, label, keys, command) in [
                        (ControlIcon::Left, "Previous hit", previous, back),
                        (ControlIcon::Right, "Next hit", next, on),
                    ] {
                        let tip = format!("{label}\n{keys}");
                        ui.add_enabled_ui(find.count() > 0, |ui| {
                            if control_button(ui, icon, label, &tip, false).clicked() {
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
        select_text(ui.ctx(), id, start);
    }
    let edit = TextEdit::singleline(&mut find.text)
        .id(id)
        .char_limit(MAX_QUERY_CHARS)
        .hint_text("Find in this map")
        .desired_width(FIELD_WIDTH.min(ui.ctx().content_rect().width() - 60.0 * UNIT));
    let response = ui.add(edit).accessible_name("Find in this map");
    if std::mem::take(&mut find.wants_focus) {
        response.request_focus();
    }
    find.focused = response.has_focus();
    response.changed()
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
    let (small, weak) = (style::small_font(ui), ui.visuals().weak_text_color());
    let bold = style::bold_font(small.size);
    let soft = TextFormat::simple(small, weak);
    let strong = TextFormat::simple(bold, ui.visuals().text_color());
    let label = format!("{}:  ", hit.field.field.label());
    let [before, middle, after] = excerpt(text, range);
    let mut job = LayoutJob::default();
    for (text, format) in [
        (label, &strong),
        (before, &soft),
        (middle, &strong),
        (after, &soft),
    ] {
        job.append(&text, 0.0, format.clone());
    }
    job.wrap = TextWrapping::truncate_at_width(FIELD_WIDTH + 48.0 * UNIT);
    ui.label(job);
}

/// Splits a text at a hit, on one line, with shortened text before and after it.
fn excerpt(text: &str, range: Range<usize>) -> [String; 3] {
    let line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let before = text.get(..range.start).unwrap_or_default();
    let before = match before.char_indices().rev().nth(CHARS_BEFORE_HIT) {
        Some((at, _)) => format!("…{}", line(&before[at..])),
        None => line(before),
    };
    let after = text.get(range.end..).unwrap_or_default();
    let after: String = after.chars().take(120).collect();
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
