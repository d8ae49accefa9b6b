//! Controls above the list of findings: search, severities, rules, stages, order; and the chips
//! of what is chosen.
//!
//! Must not know: the rows of the list.

use super::rows::{FindingFilter, FindingSort, stage_of, toggle};
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{menu_button, selectable_text};
use crate::app::ui::choices::{choice_chip, choice_row};
use crate::app::ui::list_focus;
use crate::app::ui::rows::name_or_placeholder;
use crate::app::ui::style::{self, UNIT};
use crate::app::ui::text_field::MAX_QUERY_CHARS;
use crate::insight::{Finding, Rule, Severity};
use crate::model::{Map, StageId};
use egui::{Key, Popup, PopupCloseBehavior, Response, TextEdit, Ui};

/// Width of the search field where other controls stand beside it, in points.
const SEARCH_WIDTH: f32 = 260.0;
/// Width of a menu of rules or stages, in points.
const MENU_WIDTH: f32 = 300.0;

/// The name of the findings of the whole map in the place of a stage.
pub(super) const WHOLE_MAP: &str = "Whole map";

/// Shows the filter; returns the search field. `wide` if the controls have one line.
pub(super) fn show(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    filter: &mut FindingFilter,
    wide: bool,
) -> Response {
    let mut search = None;
    if !wide {
        search = Some(search_field(ui, filter, f32::INFINITY));
        ui.add_space(UNIT);
    }
    let search = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let search = search.unwrap_or_else(|| search_field(ui, filter, SEARCH_WIDTH));
        severities(ui, cx, filter);
        menu(ui, "Rule", |ui| rule_menu(ui, cx, filter));
        menu(ui, "Stage", |ui| stage_menu(ui, cx, filter));
        ui.label(style::weak_text("Sort by"));
        for (sort, name) in FindingSort::ALL {
            let choice = selectable_text(ui, filter.sort == sort, name);
            let choice = choice.accessible_name(format!("Sort by {}", name.to_lowercase()));
            if choice.clicked() {
                filter.sort = sort;
            }
        }
        search
    });
    chips(ui, cx.map, filter);
    ui.add_space(UNIT);
    search.inner
}

fn search_field(ui: &mut Ui, filter: &mut FindingFilter, width: f32) -> Response {
    let name = "Search findings";
    let search = TextEdit::singleline(&mut filter.text).hint_text(name);
    let search = search.char_limit(MAX_QUERY_CHARS).desired_width(width);
    let search = ui.add(search).accessible_name(name);
    // Down and Enter go from the search field to the list.
    let down = search.has_focus() && ui.input(|i| i.key_pressed(Key::ArrowDown));
    if down || (search.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))) {
        list_focus::focus_findings(ui.ctx());
    }
    search
}

fn severities(ui: &mut Ui, cx: &PanelContext<'_>, filter: &mut FindingFilter) {
    for (at, severity) in Severity::ALL.into_iter().enumerate() {
        let open = cx.findings.open.iter();
        let count = open.filter(|f| f.severity() == severity).count();
        let on = !filter.hidden[at];
        if count == 0 && on {
            continue;
        }
        let text = format!("{} {count}", severity_title(severity));
        if selectable_text(ui, on, &text).clicked() {
            filter.hidden[at] = on;
        }
    }
}

/// The name of a severity over several findings.
pub(super) fn severity_title(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Advice => "Advice",
    }
}

/// Shows a button with a menu in which several values can be chosen.
fn menu(ui: &mut Ui, name: &str, show: impl FnOnce(&mut Ui)) {
    let button = ui.add(menu_button(name));
    Popup::menu(&button.accessible_name(name))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(name)
        .show(|ui| {
            ui.set_width(MENU_WIDTH);
            let room = (ui.ctx().content_rect().height() - 160.0).max(160.0);
            style::scroll_list(room).show(ui, |ui| {
                ui.set_width(MENU_WIDTH - 3.0 * UNIT);
                ui.spacing_mut().item_spacing.y = 1.0;
                show(ui);
            });
        });
}

/// The single open findings.
fn singles<'c>(cx: &PanelContext<'c>) -> impl Iterator<Item = &'c Finding> {
    cx.findings.open.iter().flat_map(Finding::singles)
}

/// Lists the rules with open findings, those with most first.
fn rule_menu(ui: &mut Ui, cx: &PanelContext<'_>, filter: &mut FindingFilter) {
    let mut counts: Vec<(&'static Rule, usize)> = Vec::new();
    for finding in singles(cx) {
        match counts.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            Some((_, count)) => *count += 1,
            None => counts.push((finding.rule, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (rule, count) in counts {
        let on = filter.rules.contains(&rule.id);
        if choice_row(ui, on, rule.title, count, &format!("Rule: {}", rule.title)) {
            toggle(&mut filter.rules, rule.id);
        }
    }
}

/// Lists the stages with open findings in the order of the map.
fn stage_menu(ui: &mut Ui, cx: &PanelContext<'_>, filter: &mut FindingFilter) {
    let mut counts = vec![0; cx.map.stages().len() + 1];
    for finding in singles(cx) {
        let place = stage_of(cx.map, finding).and_then(|id| cx.map.stages().position(&id));
        counts[place.map_or(0, |place| place + 1)] += 1;
    }
    let stages = cx.map.stages().iter().map(|stage| Some(stage.id.clone()));
    let all = std::iter::once(None).chain(stages).zip(counts);
    for (stage, count) in all.filter(|(_, count)| *count > 0) {
        let title = stage_title(cx.map, stage.as_ref());
        let on = filter.stages.contains(&stage);
        if choice_row(ui, on, title, count, &format!("Stage: {title}")) {
            toggle(&mut filter.stages, stage);
        }
    }
}

/// The name of a stage, or of the findings that belong to none.
pub(super) fn stage_title<'m>(map: &'m Map, stage: Option<&StageId>) -> &'m str {
    let Some(id) = stage else { return WHOLE_MAP };
    let stage = map.stages().get(id);
    name_or_placeholder(stage.map_or("", |stage| &stage.name))
}

/// Shows the chosen rules and stages, each of which can be removed.
fn chips(ui: &mut Ui, map: &Map, filter: &mut FindingFilter) {
    if filter.rules.is_empty() && filter.stages.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        filter.rules.retain(|id| {
            let rule = crate::insight::rules::all().find(|rule| rule.id == *id);
            !choice_chip(ui, "Rule", rule.map_or(*id, |rule| rule.title))
        });
        filter
            .stages
            .retain(|stage| !choice_chip(ui, "Stage", stage_title(map, stage.as_ref())));
    });
}
