//! The history, newest step first: any step can be jumped to; undone steps are above
//! the present, in grey.
//!
//! Must not know: undo.

use crate::app::command::action::UiAction;
use crate::app::panels::context::PanelContext;
use crate::app::ui::list_focus;
use crate::app::ui::list_focus::ListKey;
use crate::app::ui::rows::{ROW_HEIGHT, elided_text, row_background};
use crate::app::ui::style::UNIT;
use crate::edit::History;
use egui::{Id, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

/// A row of the history.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HistoryRow<'h> {
    /// Label of the step.
    pub(super) label: &'h str,
    /// Number of done steps if this is the last one.
    pub(super) steps: usize,
    /// Whether the step is undone.
    pub(super) is_undone: bool,
}

/// Returns a row by its index from the newest step; the last row is the map as it was
/// opened.
pub(super) fn row(history: &History, index: usize) -> Option<HistoryRow<'_>> {
    let present = history.done().len();
    let steps = (present + history.undone().len()).checked_sub(index)?;
    let label = match steps.checked_sub(1) {
        None => "Map as it was opened",
        Some(last) => &history.step(last)?.label,
    };
    Some(HistoryRow {
        label,
        steps,
        is_undone: steps > present,
    })
}

/// Shows the steps; a click or Enter jumps to one.
pub fn history(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let history = cx.history;
    let present = history.done().len();
    let newest = present + history.undone().len();
    let memory = Id::unique("history-cursor");
    // The cursor counts steps; it stays at the present until arrow keys move it.
    let cursor: Option<usize> = ui.data(|d| d.get_temp(memory));
    let mut cursor = cursor.unwrap_or(present).min(newest);
    let focus = list_focus::focusable_list(ui, list_focus::HISTORY, Role::List, "Steps");
    let mut jump = None;
    let mut moved = false;
    for key in ListKey::pressed(ui, &focus) {
        let page = list_focus::rows_per_page(ui);
        let (to, is_move) = match key {
            ListKey::Up => (cursor + 1, true),
            ListKey::Down => (cursor.saturating_sub(1), true),
            ListKey::PageUp => (cursor + page, true),
            ListKey::PageDown => (cursor.saturating_sub(page), true),
            ListKey::Home => (newest, true),
            ListKey::End => (0, true),
            ListKey::Enter => {
                jump = Some(cursor);
                (cursor, false)
            }
            _ => (cursor, false),
        };
        cursor = to.min(newest);
        moved |= is_move;
    }
    let shown = Id::unique("history-present");
    let before: Option<usize> = ui.data(|d| d.get_temp(shown));
    let stepped = before != Some(present);
    if stepped {
        cursor = present;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("history")
        .auto_shrink(false)
        .show_rows(ui, ROW_HEIGHT, newest + 1, |ui, rows| {
            if moved || stepped {
                list_focus::scroll_to_row(ui, newest - cursor, &rows);
            }
            for index in rows {
                let Some(row) = row(history, index) else {
                    continue;
                };
                let at = row.steps;
                if show(ui, &row, at == present, focus.has_focus() && at == cursor) {
                    jump = Some(at);
                    focus.request_focus();
                }
            }
        });
    if let Some(to) = jump
        && to != present
    {
        cx.actions.push(UiAction::JumpToStep(to));
    }
    ui.data_mut(|d| {
        d.insert_temp(memory, cursor);
        d.insert_temp(shown, present);
    });
}

/// Shows a row; returns whether it was clicked.
fn show(ui: &mut Ui, row: &HistoryRow<'_>, present: bool, cursor: bool) -> bool {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::CLICK);
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        let label = match (present, row.is_undone) {
            (true, _) => format!("{}, the present", row.label),
            (_, true) => format!("{}, undone", row.label),
            _ => row.label.to_owned(),
        };
        WidgetInfo::selected(Role::Button, enabled, present, label)
    });
    row_background(ui, rect, &response, present);
    if cursor {
        list_focus::focus_ring(ui, rect);
    }
    let tint = if row.is_undone {
        ui.visuals().weak_text_color()
    } else {
        ui.visuals().text_color()
    };
    let dot = pos2(rect.left() + 2.0 * UNIT, rect.center().y);
    if present {
        ui.painter().circle_filled(dot, 3.5, tint);
    } else {
        ui.painter().circle_stroke(dot, 2.5, (1.0, tint));
    }
    let from = pos2(rect.left() + 4.5 * UNIT, rect.center().y);
    let word = if present {
        let font = TextStyle::Small.resolve(ui.style());
        let right = pos2(rect.right() - 1.5 * UNIT, rect.center().y);
        let align = egui::Align2::RIGHT_CENTER;
        ui.painter().text(right, align, "Now", font, tint).width() + UNIT
    } else {
        0.0
    };
    let room = rect.right() - 1.5 * UNIT - word - from.x;
    let font = TextStyle::Body.resolve(ui.style());
    elided_text(ui, &response, from, room, row.label, font, tint);
    response.clicked()
}
