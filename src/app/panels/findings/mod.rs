//! The list of findings: filtered, navigated and fixed; accepted findings are at the
//! end.
//!
//! Must not know: the rules, the effects of fixes.

mod details;
mod rows;

use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::ui::list_focus;
use crate::app::ui::list_focus::ListKey;
use crate::app::ui::rows::{
    Swatch, elided_text, hint_label, multiline_row, row_background, row_height,
};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::english::capitalize;
use crate::insight::{Finding, NO_FINDINGS, RuleFamily, Severity};
use crate::theme::Icon;
use details::swatch;
use egui::{
    Align, Button, Id, Key, Layout, Popup, PopupCloseBehavior, Response, Role, ScrollArea, Sense,
    TextEdit, TextStyle, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use rows::{FindingFilter, FindingRow, rows};

/// Share of the page for the list while the details are shown below or beside it.
const LIST_SHARE: f32 = 0.5;
/// Smallest width for details beside the list, in points.
const MIN_SIDE_BY_SIDE_WIDTH: f32 = 560.0;
/// Largest width of the details, in points; longer lines are hard to read.
const MAX_TEXT_WIDTH: f32 = 560.0;

/// Shows the findings. A click or the cursor selects the subject on the map, and shows
/// the details below the list, or beside it if there is room. Enter shows the subject
/// in the journey.
pub fn findings(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let memory = Id::unique("findings-filter");
    let mut filter: FindingFilter = ui.data(|d| d.get_temp(memory)).unwrap_or_default();
    let before = filter.clone();
    let search = filter_controls(ui, cx, &mut filter);
    let all = rows(cx.findings, &filter);
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
    } else {
        let room = ui.available_size();
        if room.x < MIN_SIDE_BY_SIDE_WIDTH {
            let cursor = findings_list(ui, cx, &all, &mut filter, 1, |chosen| {
                let share = if chosen { LIST_SHARE } else { 1.0 };
                vec2(room.x, room.y * share)
            });
            if let Some((finding, accepted)) = cursor {
                ui.separator();
                self::details::show(ui, cx, finding, accepted);
            }
        } else {
            ui.horizontal_top(|ui| {
                let width = room.x * LIST_SHARE;
                let cursor = findings_list(ui, cx, &all, &mut filter, 2, |_| vec2(width, room.y));
                ui.separator();
                ui.vertical(|ui| {
                    ui.set_max_width(MAX_TEXT_WIDTH.min(ui.available_width()));
                    match cursor {
                        Some((finding, accepted)) => {
                            self::details::show(ui, cx, finding, accepted);
                        }
                        None => hint_label(ui, "Choose a finding to see why it matters: click one, or use the arrow keys"),
                    }
                });
            });
        }
    }
    if filter != before {
        ui.data_mut(|d| d.insert_temp(memory, filter));
        ui.ctx().request_repaint();
    }
}

/// Shows the filter: text, severities, family; returns the text field.
fn filter_controls(ui: &mut Ui, cx: &PanelContext<'_>, filter: &mut FindingFilter) -> Response {
    let search = ui
        .add(
            TextEdit::singleline(&mut filter.text)
                .hint_text("Search findings")
                .desired_width(f32::INFINITY),
        )
        .accessible_name("Search findings");
    // Down and Enter go from the search field to the list.
    let down = search.has_focus() && ui.input(|i| i.key_pressed(Key::ArrowDown));
    if down || (search.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))) {
        list_focus::focus_findings(ui.ctx());
    }
    ui.add_space(UNIT);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        for (at, severity) in Severity::ALL.into_iter().enumerate() {
            let open = cx.findings.open.iter();
            let count = open.filter(|f| f.severity() == severity).count();
            let text = format!("{} {count}", plural(severity));
            let on = !filter.hidden[at];
            if count == 0 && on {
                continue;
            }
            if ui.selectable_label(on, text).clicked() {
                filter.hidden[at] = on;
            }
        }
        let title = filter.family.map_or("All families", RuleFamily::title);
        let button = ui.add(Button::new(title)).accessible_name("Family");
        Popup::menu(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClick)
            .accessible_name("Family")
            .show(|ui| {
                let all = [None].into_iter().chain(RuleFamily::ALL.map(Some));
                for family in all {
                    let title = family.map_or("All families", RuleFamily::title);
                    if ui
                        .selectable_label(filter.family == family, title)
                        .clicked()
                    {
                        filter.family = family;
                    }
                }
            });
    });
    ui.add_space(UNIT);
    search
}

fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Advice => "Advice",
    }
}

/// Shows the list; returns the finding at the cursor, and whether it is accepted.
fn findings_list<'c>(
    ui: &mut Ui,
    cx: &mut PanelContext<'c>,
    all: &[FindingRow<'c>],
    filter: &mut FindingFilter,
    lines: usize,
    size: impl FnOnce(bool) -> Vec2,
) -> Option<(&'c Finding, bool)> {
    let mut at = filter.cursor_row(all, cx.findings);
    let (mut moved, mut going) = (false, false);
    ui.allocate_ui_with_layout(size(at.is_some()), Layout::top_down(Align::Min), |ui| {
        let focus =
            list_focus::focusable_list(ui, list_focus::FINDINGS, Role::List, "Findings list");
        for key in ListKey::pressed(ui, &focus) {
            let page = list_focus::rows_per_page(ui);
            let last = all.len() - 1;
            let to = match (key, at) {
                // Skips the header of the first group.
                (ListKey::Down, None) => all
                    .iter()
                    .position(|row| row.group().is_none())
                    .unwrap_or(0),
                (ListKey::Home, _) => 0,
                (ListKey::Down, Some(at)) => at + 1,
                (ListKey::Up, Some(at)) => at.saturating_sub(1),
                (ListKey::PageDown, at) => at.unwrap_or(0) + page,
                (ListKey::PageUp, at) => at.unwrap_or(0).saturating_sub(page),
                (ListKey::End, _) => last,
                (ListKey::Left | ListKey::Right | ListKey::Enter, Some(at)) => {
                    match all[at].group() {
                        Some(head) => filter.toggle_fold(head, key),
                        None => going |= key == ListKey::Enter,
                    }
                    at
                }
                _ => continue,
            };
            at = Some(to.min(last));
            moved = true;
        }
        // After a finding was fixed here, the next one is revealed.
        let same = at.is_some_and(|at| all[at].has_key(&filter.cursor));
        moved |= at.is_some() && !same && focus.has_focus();
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("findings")
            .auto_shrink(false)
            .show_rows(ui, row_height(ui, lines), all.len(), |ui, seen| {
                if let (true, Some(at)) = (moved, at) {
                    list_focus::scroll_to_row(ui, at, &seen);
                }
                for i in seen {
                    let Some(row) = all.get(i) else {
                        continue;
                    };
                    let here = at == Some(i);
                    let response = ui.push_id(i, |ui| show(ui, cx, row, here, lines)).inner;
                    if here && focus.has_focus() {
                        list_focus::focus_ring(ui, response.rect);
                    }
                    going |= response.double_clicked();
                    if response.clicked() {
                        focus.request_focus();
                        at = Some(i);
                        moved = true;
                        if let Some(head) = row.group() {
                            filter.toggle_fold(head, ListKey::Enter);
                        }
                    }
                }
            });
    });
    let row = all.get(at?)?;
    filter.cursor = Some(row.key());
    filter.cursor_index = at?;
    let (finding, accepted) = row.finding()?;
    if moved {
        let selection = Selection::of_object(cx.map, &finding.subject);
        cx.actions.push(UiAction::Select {
            selection,
            reveal: true,
        });
    }
    if going {
        cx.actions
            .push(UiAction::RunCommand(CommandId::ViewJourney));
    }
    Some((finding, accepted))
}

fn show(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    it: &FindingRow<'_>,
    selected: bool,
    lines: usize,
) -> Response {
    // The list takes the keyboard for all of its rows.
    let row = (lines, Sense::CLICK);
    match it {
        FindingRow::Group {
            title, count, open, ..
        } => group_header(ui, title, *count, *open, lines),
        FindingRow::Open(finding) => {
            let swatch = swatch(cx.theme, finding.severity());
            multiline_row(ui, swatch, &capitalize(&finding.message), selected, row)
        }
        FindingRow::Accepted(finding) => {
            let swatch = Swatch::Icon(Icon::Check, cx.theme.ink_soft);
            multiline_row(ui, swatch, &capitalize(&finding.message), selected, row)
        }
    }
}

/// Shows the header of a group.
fn group_header(ui: &mut Ui, title: &str, count: usize, open: bool, lines: usize) -> Response {
    let size = vec2(ui.available_width(), row_height(ui, lines));
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let enabled = ui.is_enabled();
    let name = format!("{title} {count}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, open, &name));
    row_background(ui, rect, &response, false);
    let tint = ui.visuals().text_color();
    let sign = if open { "–" } else { "+" };
    let font = TextStyle::Body.resolve(ui.style());
    let at = pos2(rect.left() + 1.5 * UNIT, rect.center().y);
    elided_text(ui, &response, at, 3.0 * UNIT, sign, font, tint);
    let from = pos2(rect.left() + 4.0 * UNIT, rect.center().y);
    let room = rect.right() - from.x;
    elided_text(
        ui,
        &response,
        from,
        room,
        &name,
        style::bold_font(14.0),
        tint,
    );
    response
}
