//! The page of findings: filtered, navigated and fixed; accepted findings are at the end.
//!
//! Must not know: the rules, the effects of fixes.

mod controls;
mod details;
mod list;
mod rows;

use crate::app::panels::context::PanelContext;
use crate::app::ui::list_focus;
use crate::app::ui::rows::hint_label;
use crate::insight::NO_FINDINGS;
use egui::{Id, Ui, vec2};
use list::{RowForm, findings_list};
use rows::{FindingFilter, FindingRow, rows};

/// Share of the page for the list while the details are shown below it.
const LIST_SHARE: f32 = 0.5;
/// Smallest width for details beside the list, in points.
const MIN_SIDE_BY_SIDE_WIDTH: f32 = 560.0;
/// Largest width of the details, in points; longer lines are hard to read.
const MAX_TEXT_WIDTH: f32 = 560.0;
/// Share of a wide page for the details.
const DETAILS_SHARE: f32 = 0.4;

/// Shows the findings. A click or the cursor selects the subject on the map, and shows
/// the details below the list, or beside it if there is room. Enter shows the subject
/// in the journey.
pub fn findings(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let memory = Id::unique("findings-filter");
    let mut filter: FindingFilter = ui.data(|d| d.get_temp(memory)).unwrap_or_default();
    let before = filter.clone();
    let wide = ui.available_width() >= MIN_SIDE_BY_SIDE_WIDTH;
    let search = controls::show(ui, cx, &mut filter, wide);
    let all = rows(cx.map, cx.findings, &filter);
    if cx.checks_pending {
        hint_label(ui, "Checking the map…");
    } else if all.is_empty() {
        let none = if cx.findings.open.is_empty() && cx.findings.accepted.is_empty() {
            NO_FINDINGS
        } else {
            "No finding passes this filter"
        };
        hint_label(ui, none);
        // The list is gone, so the search field gets the keyboard.
        let list = Some(Id::unique(list_focus::FINDINGS));
        if ui.memory(|memory| memory.focused()) == list {
            search.request_focus();
        }
    } else if wide {
        list_beside_details(ui, cx, &all, &mut filter);
    } else {
        list_above_details(ui, cx, &all, &mut filter);
    }
    if filter != before {
        ui.data_mut(|d| d.insert_temp(memory, filter));
        ui.ctx().request_repaint();
    }
}

fn list_above_details<'c>(
    ui: &mut Ui,
    cx: &mut PanelContext<'c>,
    all: &[FindingRow<'c>],
    filter: &mut FindingFilter,
) {
    let room = ui.available_size();
    let cursor = findings_list(ui, cx, all, filter, RowForm::TwoLines, |chosen| {
        let share = if chosen { LIST_SHARE } else { 1.0 };
        vec2(room.x, room.y * share)
    });
    if let Some((finding, accepted)) = cursor {
        ui.separator();
        details::show(ui, cx, finding, accepted);
    }
}

/// Without a cursor the first finding is explained, so that half of the page is not empty.
fn list_beside_details<'c>(
    ui: &mut Ui,
    cx: &mut PanelContext<'c>,
    all: &[FindingRow<'c>],
    filter: &mut FindingFilter,
) {
    let room = ui.available_size();
    let width = room.x - (room.x * DETAILS_SHARE).min(MAX_TEXT_WIDTH);
    ui.horizontal_top(|ui| {
        let form = RowForm::of_width(width);
        let cursor = findings_list(ui, cx, all, filter, form, |_| vec2(width, room.y));
        let first = all.iter().find_map(FindingRow::finding);
        ui.separator();
        ui.vertical(|ui| {
            ui.set_max_width(MAX_TEXT_WIDTH.min(ui.available_width()));
            if let Some((finding, accepted)) = cursor.or(first) {
                details::show(ui, cx, finding, accepted);
            }
        });
    });
}
