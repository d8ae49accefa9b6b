//! The entities page: lists of personas, departments, channels and environments, to
//! add, rename, reorder, merge and open.
//!
//! Must not know: the other places of editing; opening a record selects it.

use super::entity::Entity;
use super::form::{Form, edit_record};
use crate::app::command::action::UiAction;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{ControlIcon, describe, row_background, small_icon_button};
use crate::app::ui::drag_reorder::{DragReorder, GRIP_WIDTH};
use crate::app::ui::focus_new_name;
use crate::app::ui::rows::{Section, Swatch, page, row};
use crate::app::ui::style::{ROW_HEIGHT, UNIT, small_font, visible_text};
use crate::english::{capitalize, count};
use crate::folding::fold_text;
use crate::model::{Channel, Department, Environment, Field, Persona, Record};
use egui::{Align2, Rect, Role, Sense, TextEdit, Ui, vec2};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Width of the usage count.
const COUNT_WIDTH: f32 = 7.0 * UNIT;

/// Shows the lists of all kinds.
pub fn entities_panel(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    page(ui, "people", |ui| {
        entity_list::<Persona>(ui, cx);
        entity_list::<Department>(ui, cx);
        entity_list::<Channel>(ui, cx);
        entity_list::<Environment>(ui, cx);
        ui.add_space(8.0 * UNIT);
    });
}

fn entity_list<R: Entity>(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let records = R::ALL(cx.map);
    let section = Section {
        add: &format!("Add {}", R::WORD),
        ..Section::list(R::TITLE, records.len(), R::EMPTY)
    };
    let wanted = section.show(ui, |ui| {
        merge_suggestions::<R>(ui, cx);
        let mut order = DragReorder::default();
        for (i, record) in records.iter().enumerate() {
            let mut rect = Rect::NOTHING;
            edit_record(ui, cx, record, R::SET, |ui, form, record| {
                form.is_list_row = true;
                rect = entity_row(ui, form, &mut order, i, record);
            });
            order.add_row(rect);
        }
        if let Some((from, to)) = order.finish(ui)
            && let Some(record) = records.get(from)
        {
            cx.edit(R::SHIFT(record.id().clone(), to));
        }
    });
    if wanted {
        let name = format!("New {}", R::WORD);
        let record = R::NEW(cx.ids.new_id(&name), name);
        let object = record.object();
        focus_new_name(ui.ctx(), &("list", object.clone().field(Field::Name)));
        let selection = object.into();
        cx.edit(R::ADD(Box::new(record)));
        let reveal = false;
        cx.actions.push(UiAction::Select { selection, reveal });
    }
}

/// Shows a merge button for records with the same name.
fn merge_suggestions<R: Entity>(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let Some(merge) = R::MERGE else {
        return;
    };
    let records = R::ALL(cx.map);
    let usage = cx.usage;
    for (keep, other) in duplicate_pairs(records, |r| usage.count(&r.object())) {
        let (from, into) = (&records[other], &records[keep]);
        let (from_name, into_name) = (from.name().trim(), into.name().trim());
        let text = format!("Merge “{from_name}” into “{into_name}”");
        let response = ui.push_id(from.id().to_string(), |ui| row(ui, Swatch::None, &text));
        let tip = format!("They look like the same {}.", R::WORD);
        if response.inner.on_hover_text(tip).clicked() {
            cx.edit(merge(from.id().clone(), into.id().clone()));
        }
    }
}

/// Shows a row: grip, swatch, name field, usage count, open and delete buttons.
fn entity_row<R: Entity>(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    order: &mut DragReorder,
    place: usize,
    record: &mut R,
) -> Rect {
    let number = format!("{} {}", capitalize(R::WORD), place + 1);
    let object = record.object();
    let uses = form.cx.usage.count(&object);
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        order.grip(ui, &format!("{number}: drag"));
        let swatch = R::SWATCH(form.cx, place, record);
        match form.cx.curve(&object) {
            Some((drawn, toggle)) => {
                if curve_toggle(ui, swatch, drawn, &format!("{number}: curve")) {
                    form.cx.actions.push(toggle);
                }
            }
            None => paint_swatch(ui, swatch),
        }
        let room = ui.available_width() - COUNT_WIDTH - 2.0 * ROW_HEIGHT - UNIT;
        let name = format!("{number} name");
        // The field may be too narrow for the name.
        let whole = visible_text(record.name());
        let field = form.text(ui, &name, Field::Name, R::NAME(record), |text| {
            let edit = TextEdit::singleline(text).hint_text("Name");
            edit.desired_width(room.max(GRIP_WIDTH))
        });
        field.on_hover_text(whole);
        ui.spacing_mut().item_spacing.x = 0.0;
        let size = vec2(COUNT_WIDTH, ROW_HEIGHT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let (font, tint) = (small_font(ui), ui.visuals().weak_text_color());
        let (at, text) = (rect.right_center(), format!("{uses}×"));
        ui.painter()
            .text(at, Align2::RIGHT_CENTER, text, font, tint);
        response.on_hover_text(match uses {
            0 => "Used nowhere".to_owned(),
            _ => format!("Used in {}", count(uses, "place")),
        });
        if small_icon_button(ui, ControlIcon::GoTo, &format!("{number}: open")).clicked() {
            form.cx.select(object.clone());
        }
        if small_icon_button(ui, ControlIcon::Close, &format!("{number}: delete")).clicked() {
            form.cx.edit(R::DELETE(record.id().clone()));
        }
    });
    let rect = row.response.rect;
    if form.cx.selection.object() == Some(&object) {
        let edge = ui.visuals().selection.stroke.color;
        let bar = Rect::from_min_max(rect.min - vec2(UNIT, 0.0), rect.left_bottom());
        ui.painter().rect_filled(bar, 1.0, edge);
    }
    rect
}

fn paint_swatch(ui: &mut Ui, swatch: Swatch) {
    let (rect, _) = ui.allocate_exact_size(vec2(swatch.width(), ROW_HEIGHT), Sense::hover());
    swatch.paint(ui.painter(), rect.left(), rect.center().y);
}

/// Shows the swatch as a toggle: filled if the curve is drawn, hollow if not. Returns
/// whether it was clicked.
fn curve_toggle(ui: &mut Ui, swatch: Swatch, drawn: bool, name: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(swatch.width(), ROW_HEIGHT), Sense::click());
    describe(&response, Role::CheckBox, Some(drawn), name);
    row_background(ui, rect, &response, false);
    let (shown, tip) = match swatch {
        Swatch::Filled(color) if !drawn => (
            Swatch::Missing(color),
            "The curve is left out. Click to draw it.",
        ),
        swatch => (swatch, "The curve is drawn. Click to leave it out."),
    };
    shown.paint(ui.painter(), rect.left(), rect.center().y);
    response.on_hover_text(tip).clicked()
}

/// Returns pairs of indices: the most used record of a name, and another one with that
/// name.
fn duplicate_pairs<R: Record>(records: &[R], used: impl Fn(&R) -> usize) -> Vec<(usize, usize)> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, record) in records.iter().enumerate() {
        let name = fold_text(record.name());
        if !name.is_empty() {
            by_name.entry(name).or_default().push(place);
        }
    }
    let mut found = Vec::new();
    for mut places in by_name.into_values() {
        // The first one of the most used.
        places.sort_by_key(|place| Reverse(used(&records[*place])));
        let others = places.iter().skip(1);
        found.extend(others.map(|other| (places[0], *other)));
    }
    found.sort_unstable_by_key(|(_, other)| *other);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Department;

    #[test]
    fn most_used_duplicate_is_kept() {
        let names = ["Sales", "Legal", " sales ", "", "IT", "SALES", ""];
        let all: Vec<Department> = (0..)
            .zip(names)
            .map(|(i, name)| Department::new(format!("d{i}").as_str().into(), name))
            .collect();
        assert_eq!(duplicate_pairs(&all, |_| 0), [(0, 2), (0, 5)]);
        let used = |d: &Department| usize::from(d.name == "SALES");
        assert_eq!(duplicate_pairs(&all, used), [(5, 0), (5, 2)]);
    }
}
