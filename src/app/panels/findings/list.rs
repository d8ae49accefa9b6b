//! The list of findings: cursor, keys and the appearance of rows.
//!
//! Must not know: the filter, the details of a finding.

use super::controls::{severity_title, stage_title};
use super::details;
use super::rows::{FindingFilter, FindingGroup, FindingRow, stage_of};
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{allocate, row_background};
use crate::app::ui::list_focus::{self, ListKey};
use crate::app::ui::rows::{Swatch, paint_label, row_height};
use crate::app::ui::style::{self, UNIT};
use crate::english::capitalize;
use crate::insight::{Finding, RuleFamily};
use crate::model::{Map, TouchpointId};
use crate::theme::Icon;
use egui::{Align, Layout, Rect, Response, Role, Sense, Ui, Vec2, vec2};

/// Smallest width of a list with columns, in points.
const MIN_COLUMNS_WIDTH: f32 = 640.0;
/// Shares of a list with columns for the rule and the stage.
const COLUMN_SHARES: [f32; 2] = [0.24, 0.18];

/// The form of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowForm {
    /// The message, and below it rule and stage.
    TwoLines,
    /// Message, rule and stage beside each other.
    Columns,
}

impl RowForm {
    /// The form for a list of this width.
    pub(super) fn of_width(width: f32) -> RowForm {
        match width >= MIN_COLUMNS_WIDTH {
            true => RowForm::Columns,
            false => RowForm::TwoLines,
        }
    }

    fn lines(self) -> usize {
        match self {
            RowForm::TwoLines => 2,
            RowForm::Columns => 1,
        }
    }
}

/// Shows the list; returns the finding at the cursor, and whether it is accepted.
pub(super) fn findings_list<'c>(
    ui: &mut Ui,
    cx: &mut PanelContext<'c>,
    all: &[FindingRow<'c>],
    filter: &mut FindingFilter,
    form: RowForm,
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
                (ListKey::Down, None) => all.iter().position(|row| !row.is_group()),
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
        let (height, reveal) = (row_height(ui, form.lines()), at.filter(|_| moved));
        list_focus::show_rows(ui, "findings", height, all.len(), reveal, |ui, seen| {
            for i in seen {
                let row = &all[i];
                let here = at == Some(i);
                let response = ui.push_id(i, |ui| show(ui, cx, row, here, form)).inner;
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
    let (finding, accepted) = row.finding()?;
    if moved {
        cx.select(subjects(cx, finding));
    }
    if going {
        cx.actions
            .push(UiAction::RunCommand(CommandId::ViewJourney));
    }
    Some((finding, accepted))
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
    form: RowForm,
) -> Response {
    let (finding, accepted, sign) = match row {
        FindingRow::Group(group, count, open) => {
            let title = format!("{} {count}", group_title(cx.map, group));
            return group_header(ui, &title, *open, form);
        }
        FindingRow::Many(finding, open) => (finding, false, if *open { "– " } else { "+ " }),
        FindingRow::Member(finding) => (finding, false, ""),
        FindingRow::Finding(finding, accepted) => (finding, *accepted, ""),
    };
    let swatch = if accepted {
        Swatch::Icon(Icon::Check, cx.theme.ink_soft)
    } else {
        details::swatch(cx.theme, finding.rule.severity)
    };
    let message = format!("{sign}{}", capitalize(&finding.message));
    let size = vec2(ui.available_width(), row_height(ui, form.lines()));
    // The list takes the keyboard for all of its rows.
    let (rect, response) = allocate(ui, size, Sense::CLICK, Some(selected), &message);
    if ui.is_rect_visible(rect) {
        row_background(ui, rect, &response, selected);
        let stage = match finding.members.is_empty() {
            true => stage_title(cx.map, stage_of(cx.map, finding).as_ref()),
            false => "Several stages",
        };
        let texts = [message.as_str(), finding.rule.title, stage];
        let indent = match row {
            FindingRow::Member(_) => 4.0 * UNIT,
            _ => 0.0,
        };
        paint_row(
            ui,
            &response,
            rect.shrink2(vec2(UNIT, 0.0)),
            swatch,
            texts,
            (form, indent),
        );
    }
    response
}

/// Paints message, rule and stage of a finding, the message indented.
fn paint_row(
    ui: &Ui,
    response: &Response,
    rect: Rect,
    swatch: Swatch,
    [message, rule, stage]: [&str; 3],
    (form, indent): (RowForm, f32),
) {
    let (font, tint) = (style::body_font(ui), ui.visuals().text_color());
    let (small, weak) = (style::small_font(ui), ui.visuals().weak_text_color());
    match form {
        RowForm::TwoLines => {
            let middle = rect.center().y + UNIT / 2.0;
            let rect = rect.with_min_x(rect.left() + indent);
            let upper = rect.with_max_y(middle);
            paint_label(ui, response, upper, swatch, message, font, tint);
            let lower = rect.with_min_y(middle).with_max_y(rect.bottom() - UNIT);
            let lower = lower.with_min_x(rect.left() + swatch.width());
            let about = format!("{rule} · {stage}");
            paint_label(ui, response, lower, Swatch::None, &about, small, weak);
        }
        RowForm::Columns => {
            let [of_rule, of_stage] = COLUMN_SHARES.map(|share| share * rect.width());
            let stage_left = rect.right() - of_stage;
            let rule_left = stage_left - of_rule;
            let gap = 3.0 * UNIT;
            let column = |left: f32, right: f32| rect.with_min_x(left).with_max_x(right - gap);
            let own = column(rect.left() + indent, rule_left);
            paint_label(ui, response, own, swatch, message, font.clone(), tint);
            let own = column(rule_left, stage_left);
            paint_label(ui, response, own, Swatch::None, rule, font.clone(), weak);
            let own = column(stage_left, rect.right());
            paint_label(ui, response, own, Swatch::None, stage, font, weak);
        }
    }
}

fn group_title<'m>(map: &'m Map, group: &FindingGroup) -> &'m str {
    match group {
        FindingGroup::Topic(family) => RuleFamily::title(*family),
        FindingGroup::Severity(severity) => severity_title(*severity),
        FindingGroup::Stage(stage) => stage_title(map, stage.as_ref()),
        FindingGroup::Accepted => "Accepted",
    }
}

/// Shows the header of a group, at the bottom of its row: next to what it heads.
fn group_header(ui: &mut Ui, name: &str, open: bool, form: RowForm) -> Response {
    let size = vec2(ui.available_width(), row_height(ui, form.lines()));
    let (rect, response) = allocate(ui, size, Sense::CLICK, Some(open), name);
    row_background(ui, rect, &response, false);
    let rect = rect.with_min_y(rect.bottom() - row_height(ui, 1));
    let tint = ui.visuals().text_color();
    let sign = if open { "–" } else { "+" };
    let text = rect.with_min_x(rect.left() + 1.5 * UNIT);
    let font = style::body_font(ui);
    paint_label(ui, &response, text, Swatch::None, sign, font, tint);
    let text = rect.with_min_x(rect.left() + 4.0 * UNIT);
    let font = style::bold_font(14.0);
    paint_label(ui, &response, text, Swatch::None, name, font, tint);
    let line = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    response
}
