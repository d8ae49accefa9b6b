//! The history, newest step first: any step can be jumped to; undone steps are above
//! the present, in grey. The versions of the map in git follow.
//!
//! Must not know: undo.

use super::versions::{RowAction, row_action, row_count, version_at, version_row};
use crate::app::command::action::{CompareAction, UiAction};
use crate::app::document::comparison::CompareSource;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{allocate, row_background};
use crate::app::ui::list_focus::{self, ListKey};
use crate::app::ui::rows::{Swatch, paint_label};
use crate::app::ui::style::{self, ROW_HEIGHT, UNIT};
use crate::edit::History;
use egui::{Align2, Id, Role, Sense, Ui, pos2, vec2};

/// Shows the steps and versions; a click or Enter jumps to a step, and opens a version. The menu
/// and Shift+Enter compare the map with one.
pub fn history(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let history = cx.history;
    let newest = history.done().len() + history.undone().len();
    // The row of the map as it is; the last row is the map as it was opened.
    let present = history.undone().len();
    let memory = Id::unique("history-cursor");
    // The cursor stays at the present until arrow keys move it.
    let stepped = list_focus::has_changed(ui, "history-present", &history.done().len());
    let cursor: Option<usize> = ui.data(|d| d.get_temp(memory));
    let rows = newest + 1 + row_count(cx.versions);
    let last = rows - 1;
    let mut cursor = cursor.filter(|_| !stepped).unwrap_or(present).min(last);
    let focus = list_focus::focusable_list(ui, list_focus::HISTORY, Role::List, "Steps");
    let mut jump = None;
    let mut opened = None;
    let mut compared = None;
    let mut moved = stepped;
    for key in ListKey::pressed(ui, &focus) {
        if let Some(row) = key.target(ui, Some(cursor), last) {
            cursor = row;
            moved = true;
        } else if key == ListKey::Enter {
            match cursor.checked_sub(newest + 1) {
                Some(row) => opened = Some(row),
                None => jump = Some(cursor),
            }
        } else if key == ListKey::ShiftEnter {
            compared = Some(cursor);
        }
    }
    let reveal = moved.then_some(cursor);
    list_focus::show_rows(ui, "history", ROW_HEIGHT, rows, reveal, |ui, rows| {
        for row in rows {
            let has_cursor = focus.has_focus() && row == cursor;
            if let Some(at) = row.checked_sub(newest + 1) {
                match version_row(ui, cx.versions, at, has_cursor) {
                    Some(RowAction::Open) => opened = Some(at),
                    Some(RowAction::Compare) => compared = Some(row),
                    None => {}
                }
                continue;
            }
            match step_row(ui, history, newest - row, has_cursor) {
                Some(RowAction::Open) => {
                    jump = Some(row);
                    focus.request_focus();
                }
                Some(RowAction::Compare) => compared = Some(row),
                None => {}
            }
        }
    });
    if let Some(row) = jump.filter(|row| *row != present) {
        cx.actions.push(UiAction::JumpToStep(newest - row));
    }
    if let Some(version) = opened.and_then(|row| version_at(cx.versions, row)) {
        cx.actions.push(UiAction::OpenVersion(version.clone()));
    }
    let source = compared.and_then(|row| match row.checked_sub(newest + 1) {
        Some(row) => Some(CompareSource::Version(Box::new(
            version_at(cx.versions, row)?.clone(),
        ))),
        None if row == present => None,
        None => Some(CompareSource::Step(newest - row)),
    });
    if let Some(source) = source {
        let action = CompareAction::With(source);
        cx.actions.push(UiAction::Compare(action));
    }
    ui.data_mut(|d| d.insert_temp(memory, cursor));
}

/// Shows the row of the map after `steps` steps; returns what is to be done with it.
fn step_row(ui: &mut Ui, history: &History, steps: usize, has_cursor: bool) -> Option<RowAction> {
    let step = steps.checked_sub(1).and_then(|last| history.step(last));
    let label = step.map_or("Map as it was opened", |step| &step.label);
    let present = history.done().len();
    let (is_present, is_undone) = (steps == present, steps > present);
    let name = match (is_present, is_undone) {
        (true, _) => format!("{label}, the present"),
        (_, true) => format!("{label}, undone"),
        _ => label.to_owned(),
    };
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let (rect, response) = allocate(ui, size, Sense::CLICK, Some(is_present), &name);
    row_background(ui, rect, &response, is_present);
    if has_cursor {
        style::focus_ring(ui, rect, 4.0);
    }
    let tint = if is_undone {
        ui.visuals().weak_text_color()
    } else {
        ui.visuals().text_color()
    };
    let dot = pos2(rect.left() + 2.0 * UNIT, rect.center().y);
    let mut text = rect.with_min_x(rect.left() + 4.5 * UNIT);
    text.max.x -= 1.5 * UNIT;
    if is_present {
        ui.painter().circle_filled(dot, 3.5, tint);
        let (at, font) = (text.right_center(), style::small_font(ui));
        let now = ui
            .painter()
            .text(at, Align2::RIGHT_CENTER, "Now", font, tint);
        text.max.x -= now.width() + UNIT;
    } else {
        ui.painter().circle_stroke(dot, 2.5, (1.0, tint));
    }
    let font = style::body_font(ui);
    paint_label(ui, &response, text, Swatch::None, label, font, tint);
    let words = (!is_present).then_some(["Go to this step", "Compare with this step"]);
    row_action(&response, words)
}
