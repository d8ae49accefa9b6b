//! The list of findings: filtered, navigated and fixed; accepted findings are at the
//! end.
//!
//! Must not know: the rules, the effects of fixes.

mod details;
mod rows;

use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{allocate, row_background};
use crate::app::ui::list_focus::{self, ListKey};
use crate::app::ui::rows::{Swatch, hint_label, multiline_row, paint_label, row_height};
use crate::app::ui::style::{self, UNIT};
use crate::app::ui::text_field::MAX_QUERY_CHARS;
use crate::english::capitalize;
use crate::insight::{Finding, NO_FINDINGS, RuleFamily, Severity};
use crate::model::TouchpointId;
use crate::theme::Icon;
use egui::{
    Align, Button, Id, Key, Layout, Popup, PopupCloseBehavior, Response, Role, Sense, TextEdit, Ui,
    Vec2, vec2,
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
        show_list_and_details(ui, cx, &all, &mut filter);
    }
    if filter != before {
        ui.data_mut(|d| d.insert_temp(memory, filter));
        ui.ctx().request_repaint();
    }
}

fn show_list_and_details<'c>(
    ui: &mut Ui,
    cx: &mut PanelContext<'c>,
    all: &[FindingRow<'c>],
    filter: &mut FindingFilter,
) {
    let room = ui.available_size();
    if room.x < MIN_SIDE_BY_SIDE_WIDTH {
        let cursor = findings_list(ui, cx, all, filter, 1, |chosen| {
            let share = if chosen { LIST_SHARE } else { 1.0 };
            vec2(room.x, room.y * share)
        });
        if let Some((finding, accepted)) = cursor {
            ui.separator();
            details::show(ui, cx, finding, accepted);
        }
        return;
    }
    ui.horizontal_top(|ui| {
        let width = room.x * LIST_SHARE;
        let cursor = findings_list(ui, cx, all, filter, 2, |_| vec2(width, room.y));
        ui.separator();
        ui.vertical(|ui| {
            ui.set_max_width(MAX_TEXT_WIDTH.min(ui.available_width()));
            match cursor {
                Some((finding, accepted)) => details::show(ui, cx, finding, accepted),
                None => hint_label(
                    ui,
                    "Choose a finding to see why it matters: click one, or use the arrow keys",
                ),
            }
        });
    });
}

/// Shows the filter: text, severities, family; returns the text field.
fn filter_controls(ui: &mut Ui, cx: &PanelContext<'_>, filter: &mut FindingFilter) -> Response {
    let name = "Search findings";
    let search = TextEdit::singleline(&mut filter.text).hint_text(name);
    let search = search.char_limit(MAX_QUERY_CHARS);
    let search = ui.add(search.desired_width(f32::INFINITY));
    let search = search.accessible_name(name);
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
            let count = open.filter(|f| f.rule.severity == severity).count();
            let text = format!("{} {count}", plural(severity));
            let on = !filter.hidden[at];
            if count == 0 && on {
                continue;
            }
            if ui.selectable_label(on, text).clicked() {
                filter.hidden[at] = on;
            }
        }
        let title = |family: Option<RuleFamily>| family.map_or("All families", RuleFamily::title);
        let button = ui.add(Button::new(title(filter.family)));
        Popup::menu(&button.accessible_name("Family"))
            .close_behavior(PopupCloseBehavior::CloseOnClick)
            .accessible_name("Family")
            .show(|ui| {
                for family in [None].into_iter().chain(RuleFamily::ALL.map(Some)) {
                    ui.selectable_value(&mut filter.family, family, title(family));
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
            let to = match (key, at) {
                // Skips the header of the first group.
                (ListKey::Down, None) => all.iter().position(|row| row.group().is_none()),
                (ListKey::Up, None) => None,
                (ListKey::Left | ListKey::Right | ListKey::Enter, Some(at)) => {
                    match all[at].fold() {
                        Some(fold) => filter.toggle_fold(fold, key),
                        None => going |= key == ListKey::Enter,
                    }
                    Some(at)
                }
                _ => key.target(ui, at, all.len() - 1),
            };
            moved |= to.is_some();
            at = to.or(at);
        }
        // After a finding was fixed here, the next one is revealed.
        let is_known = |at: usize| {
            filter
                .cursor
                .as_ref()
                .is_some_and(|key| all[at].has_key(key))
        };
        moved |= focus.has_focus() && at.is_some_and(|at| !is_known(at));
        let (height, reveal) = (row_height(ui, lines), at.filter(|_| moved));
        list_focus::show_rows(ui, "findings", height, all.len(), reveal, |ui, seen| {
            for i in seen {
                let row = &all[i];
                let here = at == Some(i);
                let response = ui.push_id(i, |ui| show(ui, cx, row, here, lines)).inner;
                if here && focus.has_focus() {
                    style::focus_ring(ui, response.rect, 4.0);
                }
                going |= response.double_clicked();
                if response.clicked() {
                    focus.request_focus();
                    at = Some(i);
                    moved = true;
                    if let Some(fold) = row.fold() {
                        filter.toggle_fold(fold, ListKey::Enter);
                    }
                }
            }
        });
    });
    let row = all.get(at?)?;
    filter.cursor = Some(row.key());
    filter.cursor_index = at?;
    let (finding, accepted) = match row {
        FindingRow::Group(..) => return None,
        FindingRow::Many(finding, _) => (finding, &false),
        FindingRow::Finding(finding, accepted) => (finding, accepted),
    };
    if moved {
        cx.select(subjects(cx, finding));
    }
    if going {
        cx.actions
            .push(UiAction::RunCommand(CommandId::ViewJourney));
    }
    Some((finding, *accepted))
}

/// The selection of what a finding is about; of many, their touchpoints.
fn subjects(cx: &PanelContext<'_>, finding: &Finding) -> Selection {
    let touchpoints = finding
        .members
        .iter()
        .filter_map(|it| it.subject.touchpoint());
    let touchpoints: Vec<TouchpointId> = touchpoints.cloned().collect();
    if touchpoints.is_empty() {
        Selection::of_object(cx.map, &finding.subject)
    } else {
        Selection::of_touchpoints(cx.map, &touchpoints)
    }
}

fn show(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    row: &FindingRow<'_>,
    selected: bool,
    lines: usize,
) -> Response {
    let (finding, accepted, sign) = match row {
        FindingRow::Group(group, count, open) => {
            let title = group.map_or("Accepted", RuleFamily::title);
            return group_header(ui, &format!("{title} {count}"), *open, lines);
        }
        FindingRow::Many(finding, open) => (finding, false, if *open { "– " } else { "+ " }),
        FindingRow::Finding(finding, accepted) => (finding, *accepted, ""),
    };
    let swatch = if accepted {
        Swatch::Icon(Icon::Check, cx.theme.ink_soft)
    } else {
        details::swatch(cx.theme, finding.rule.severity)
    };
    let message = format!("{sign}{}", capitalize(&finding.message));
    // The list takes the keyboard for all of its rows.
    multiline_row(ui, swatch, &message, selected, lines, Sense::CLICK)
}

/// Shows the header of a group.
fn group_header(ui: &mut Ui, name: &str, open: bool, lines: usize) -> Response {
    let size = vec2(ui.available_width(), row_height(ui, lines));
    let (rect, response) = allocate(ui, size, Sense::CLICK, Some(open), name);
    row_background(ui, rect, &response, false);
    let tint = ui.visuals().text_color();
    let sign = if open { "–" } else { "+" };
    let text = rect.with_min_x(rect.left() + 1.5 * UNIT);
    let font = style::body_font(ui);
    paint_label(ui, &response, text, Swatch::None, sign, font, tint);
    let text = rect.with_min_x(rect.left() + 4.0 * UNIT);
    let font = style::bold_font(14.0);
    paint_label(ui, &response, text, Swatch::None, name, font, tint);
    response
}
