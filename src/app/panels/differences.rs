//! The page of the differences from another map: filter, list, what was and is, and what can be
//! done about each.
//!
//! Must not know: how differences are found, the execution of commands.

use crate::app::command::action::{CompareAction, UiAction};
use crate::app::command::table::CommandId;
use crate::app::document::comparison::Comparison;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{allocate, menu_button, row_background, selectable_text};
use crate::app::ui::list_focus::{self, ListKey};
use crate::app::ui::rows::{Swatch, caption, hint_label, page, paint_label, row_height};
use crate::app::ui::style::{self, UNIT};
use crate::compare::Transfer;
use crate::model::ObjectRef;
use crate::render::{ComparedMaps, ListedDifference};
use crate::theme::{ChangeMark, RoleColors, Theme};
use egui::{Button, Label, Popup, Response, RichText, Role, Sense, Ui, vec2};

/// Share of the page for the list while the details are shown below it.
const LIST_SHARE: f32 = 0.5;

/// Shows the differences.
pub fn differences(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    comparison: &Comparison,
    maps: &ComparedMaps,
) {
    let (theme, actions) = (cx.theme, &mut *cx.actions);
    let [before, after] = &maps.names;
    let words = format!("{before} → {after}");
    ui.add(Label::new(style::weak_text(style::visible_text(&words))).wrap());
    ui.horizontal_wrapped(|ui| {
        if ui.button("Compare with…").clicked() {
            actions.push(UiAction::RunCommand(CommandId::CompareWith));
        }
        let swap = ui.button("Swap");
        if swap
            .on_hover_text(CommandId::SwapCompared.entry().tooltip)
            .clicked()
        {
            actions.push(UiAction::RunCommand(CommandId::SwapCompared));
        }
        if !maps.gaps.is_empty() {
            let make = ui.button("Actions…");
            let tip = CommandId::GapActions.entry().tooltip;
            if make.on_hover_text(tip).clicked() {
                actions.push(UiAction::RunCommand(CommandId::GapActions));
            }
        }
    });
    if let Some(summary) = &maps.summary {
        ui.collapsing("Summary of the future", |ui| {
            let text = style::visible_text(summary);
            style::scroll_list(ui.available_height() * 0.6)
                .id_salt("summary")
                .show(ui, |ui| ui.add(Label::new(text).wrap().selectable(true)));
        });
    }
    filter(ui, comparison, maps, actions);
    ui.add_space(UNIT);
    let shown = (0..maps.differences.len()).filter(|at| comparison.passes(&maps.differences[*at]));
    let shown: Vec<usize> = shown.collect();
    if maps.differences.is_empty() {
        return hint_label(ui, "Both maps are the same");
    }
    if shown.is_empty() {
        return hint_label(ui, "No difference passes this filter");
    }
    let current = comparison.current.filter(|at| shown.contains(at));
    let room = ui.available_size();
    let share = if current.is_some() { LIST_SHARE } else { 1.0 };
    let size = vec2(room.x, room.y * share);
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
        list(ui, maps, &shown, current, theme, actions);
    });
    if let Some(at) = current {
        ui.separator();
        let can_transfer =
            [Transfer::TakeOver, Transfer::TakeBack].map(|way| comparison.can_transfer(way));
        details(ui, maps, at, can_transfer, theme, actions);
    }
}

fn filter(ui: &mut Ui, comparison: &Comparison, maps: &ComparedMaps, actions: &mut Vec<UiAction>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let counts = maps.counts();
        for (at, (mark, count)) in ChangeMark::ALL.into_iter().zip(counts).enumerate() {
            let on = !comparison.hidden[at];
            if count == 0 && on {
                continue;
            }
            let words = format!("{} {count}", mark.word());
            if selectable_text(ui, on, &words).clicked() {
                actions.push(UiAction::Compare(CompareAction::ToggleKind(at)));
            }
        }
        let chosen = comparison.stage.and_then(|at| maps.stages.get(at));
        let words = chosen.map_or("All stages", String::as_str);
        let button = ui.add(menu_button(style::visible_text(words)).truncate());
        Popup::menu(&button.accessible_name("Stage")).show(|ui| {
            style::menu_list(ui, |ui| {
                let all = std::iter::once((None, "All stages"));
                let stages = maps.stages.iter().enumerate();
                let stages = stages.map(|(at, name)| (Some(at), name.as_str()));
                for (stage, name) in all.chain(stages) {
                    let on = comparison.stage == stage;
                    let name = style::visible_text(name);
                    if ui.add(Button::selectable(on, &name)).clicked() {
                        actions.push(UiAction::Compare(CompareAction::Stage(stage)));
                        ui.close();
                    }
                }
            });
        });
    });
}

fn list(
    ui: &mut Ui,
    maps: &ComparedMaps,
    shown: &[usize],
    current: Option<usize>,
    theme: &'static Theme,
    actions: &mut Vec<UiAction>,
) {
    let focus =
        list_focus::focusable_list(ui, list_focus::DIFFERENCES, Role::List, "Differences list");
    let place = current.and_then(|at| shown.iter().position(|it| *it == at));
    let mut next = place;
    for key in ListKey::pressed(ui, &focus) {
        next = key.target(ui, next, shown.len() - 1).or(next);
    }
    let moved = list_focus::has_changed(ui, "difference", &current);
    let reveal = place.filter(|_| moved);
    let height = row_height(ui, 2);
    list_focus::show_rows(
        ui,
        "differences",
        height,
        shown.len(),
        reveal,
        |ui, rows| {
            for row in rows {
                let at = shown[row];
                let selected = place == Some(row);
                let difference = &maps.differences[at];
                let shown = ui.push_id(at, |ui| show_row(ui, maps, difference, selected, theme));
                if selected && focus.has_focus() {
                    style::focus_ring(ui, shown.inner.rect, 4.0);
                }
                if shown.inner.clicked() {
                    focus.request_focus();
                    next = Some(row);
                }
            }
        },
    );
    if let Some(row) = next.filter(|row| Some(*row) != place) {
        actions.push(UiAction::Compare(CompareAction::Select(shown[row])));
    }
}

fn show_row(
    ui: &mut Ui,
    maps: &ComparedMaps,
    difference: &ListedDifference,
    selected: bool,
    theme: &'static Theme,
) -> Response {
    let name = format!("{}: {}", difference.mark.word(), difference.name);
    let size = vec2(ui.available_width(), row_height(ui, 2));
    let (rect, response) = allocate(ui, size, Sense::CLICK, Some(selected), &name);
    if ui.is_rect_visible(rect) {
        row_background(ui, rect, &response, selected);
        let rect = rect.shrink2(vec2(UNIT, 0.0));
        let middle = rect.center().y + UNIT / 2.0;
        let swatch = swatch(difference.mark, theme);
        let (font, tint) = (style::body_font(ui), ui.visuals().text_color());
        let upper = rect.with_max_y(middle);
        paint_label(ui, &response, upper, swatch, &difference.name, font, tint);
        let lower = rect.with_min_y(middle).with_max_y(rect.bottom() - UNIT);
        let lower = lower.with_min_x(rect.left() + swatch.width());
        let (font, tint) = (style::small_font(ui), ui.visuals().weak_text_color());
        let fields = difference
            .fields
            .iter()
            .map(|[caption, ..]| caption.as_str());
        let mut words = vec![difference.mark.word()];
        words.extend(fields);
        let stage = difference.stage.and_then(|at| maps.stages.get(at));
        words.extend(stage.map(String::as_str));
        let words = words.join(" · ");
        paint_label(ui, &response, lower, Swatch::None, &words, font, tint);
    }
    response
}

fn swatch(mark: ChangeMark, theme: &'static Theme) -> Swatch {
    let color = RoleColors::new(theme, Vec::new()).color(mark.color());
    Swatch::Icon(mark.icon(), color)
}

fn details(
    ui: &mut Ui,
    maps: &ComparedMaps,
    at: usize,
    can_transfer: [bool; 2],
    theme: &'static Theme,
    actions: &mut Vec<UiAction>,
) {
    let difference = &maps.differences[at];
    page(ui, "difference", |ui| {
        ui.horizontal(|ui| {
            let swatch = swatch(difference.mark, theme);
            let size = vec2(swatch.width(), 5.0 * UNIT);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            swatch.paint(ui.painter(), rect.left(), rect.center().y);
            let words = format!("{}: {}", difference.mark.word(), difference.name);
            ui.add(Label::new(style::bold_text(style::visible_text(&words))).wrap());
        });
        ui.horizontal_wrapped(|ui| {
            let both = [
                (
                    "Take over",
                    Transfer::TakeOver,
                    CommandId::TakeOver,
                    &maps.names[0],
                ),
                (
                    "Take back",
                    Transfer::TakeBack,
                    CommandId::TakeBack,
                    &maps.names[1],
                ),
            ];
            for ((words, way, command, map), enabled) in both.into_iter().zip(can_transfer) {
                let button = ui.add_enabled(enabled, Button::new(words));
                let tip = format!("{}\nChanges “{map}”.", command.tooltip_with_keys(ui.ctx()));
                if button.on_hover_text(tip).clicked() {
                    actions.push(UiAction::Compare(CompareAction::Transfer(at, way)));
                }
            }
            correct_match(ui, maps, difference, actions);
        });
        if let Some(before) = difference
            .before
            .as_ref()
            .filter(|_| difference.is_by_content)
        {
            let name = before.name(&maps.before);
            let words = format!("Recognised by its content: it was “{name}”.");
            hint_label(ui, &style::visible_text(&words));
        }
        for [field, was, is] in &difference.fields {
            ui.add_space(UNIT);
            caption(ui, field);
            for (word, text) in [("Was", was), ("Is", is)] {
                let text = match text.as_str() {
                    "" => "–".to_owned(),
                    text => style::visible_text(text),
                };
                let line = format!("{word}: {text}");
                ui.add(Label::new(RichText::new(line)).wrap());
            }
        }
    });
}

/// Shows the buttons that correct which objects are the same.
fn correct_match(
    ui: &mut Ui,
    maps: &ComparedMaps,
    difference: &ListedDifference,
    actions: &mut Vec<UiAction>,
) {
    if let (Some(before), Some(after)) = (&difference.before, &difference.after) {
        let is_step = matches!(after, ObjectRef::Touchpoint(_) | ObjectRef::Stage(_));
        let button = is_step.then(|| ui.button("Not the same"));
        let tip = "Show it as one that was removed and one that is new.";
        if button.is_some_and(|button| button.on_hover_text(tip).clicked()) {
            let action = CompareAction::Different(before.clone(), after.clone());
            actions.push(UiAction::Compare(action));
        }
        return;
    }
    // A removed one may be the same as one of the new ones of its kind, and the other way round.
    let alone = |other: &&ListedDifference| match (&difference.before, &difference.after) {
        (Some(before), None) => other.before.is_none() && same_kind(before, other.after.as_ref()),
        (None, Some(after)) => other.after.is_none() && same_kind(after, other.before.as_ref()),
        _ => false,
    };
    let candidates: Vec<&ListedDifference> = maps.differences.iter().filter(alone).collect();
    if candidates.is_empty() {
        return;
    }
    let button = ui.add(menu_button("The same as…"));
    Popup::menu(&button.accessible_name("The same as")).show(|ui| {
        style::menu_list(ui, |ui| {
            for other in candidates {
                let words = style::visible_text(&other.name);
                if ui.add(Button::selectable(false, &words)).clicked() {
                    let before = difference.before.as_ref().or(other.before.as_ref());
                    let after = difference.after.as_ref().or(other.after.as_ref());
                    if let (Some(before), Some(after)) = (before, after) {
                        let action = CompareAction::Same(before.clone(), after.clone());
                        actions.push(UiAction::Compare(action));
                    }
                    ui.close();
                }
            }
        });
    });
}

/// Whether both are steps of the same kind.
fn same_kind(one: &ObjectRef, other: Option<&ObjectRef>) -> bool {
    matches!(
        (one, other),
        (ObjectRef::Touchpoint(_), Some(ObjectRef::Touchpoint(_)))
            | (ObjectRef::Stage(_), Some(ObjectRef::Stage(_)))
    )
}
