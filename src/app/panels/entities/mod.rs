//! The entities page: lists of personas, departments, channels and environments, to
//! add, rename, reorder, merge and open.
//!
//! Must not know: the other places of editing; opening a record selects it.

mod duplicates;

use super::entity::Entity;
use super::form::{Form, edit_record};
use crate::app::command::action::UiAction;
use crate::app::panels::context::PanelContext;
use crate::app::ui::drag_reorder::{DragReorder, GRIP_WIDTH};
use crate::app::ui::rows::{
    ROW_HEIGHT, Section, SmallIcon, Swatch, row, section, small_icon_button,
};
use crate::app::ui::style::UNIT;
use crate::model::{Channel, Department, Environment, Field, Persona};
use egui::{Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

/// Width of the usage count.
const COUNT_WIDTH: f32 = 7.0 * UNIT;

/// Shows the lists of all kinds.
pub fn entities_panel(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    ScrollArea::vertical()
        .id_salt("people")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = UNIT;
            // Space for the scroll bar, which overlays the content.
            ui.set_max_width(ui.available_width() - 2.0 * UNIT);
            entity_list::<Persona>(ui, cx);
            entity_list::<Department>(ui, cx);
            entity_list::<Channel>(ui, cx);
            entity_list::<Environment>(ui, cx);
            ui.add_space(8.0 * UNIT);
        });
}

fn entity_list<R: Entity>(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let records = R::all(cx.map);
    let add = format!("Add {}", R::WORD);
    let what = Section {
        title: R::TITLE,
        count: Some(records.len()),
        add: Some(&add),
        empty: R::EMPTY,
        open: true,
    };
    let wanted = section(ui, &what, |ui| {
        merge_suggestions::<R>(ui, cx);
        let mut order = DragReorder::default();
        for (i, record) in records.iter().enumerate() {
            let mut shown = EntityRowState {
                place: i,
                count: cx.usage.count(&record.object()),
                curve: record.curve(cx.hidden_curves),
                toggled: false,
                selected: cx.selection.object() == Some(&record.object()),
            };
            let mut rect = Rect::NOTHING;
            edit_record(
                ui,
                cx,
                record.object(),
                record,
                R::set,
                |ui, form, record| {
                    form.is_list_row = true;
                    rect = entity_row(ui, form, &mut order, &mut shown, record);
                },
            );
            order.add_row(rect);
            if shown.toggled {
                cx.actions.extend(record.toggle_curve(shown.curve));
            }
        }
        if let Some((from, to)) = order.finish(ui)
            && let Some(record) = records.get(from)
        {
            let id = record.id().clone();
            cx.actions.push(UiAction::Edit(R::shift(id, to)));
        }
    });
    if wanted {
        let name = format!("New {}", R::WORD);
        let id = cx.ids.new_id::<R::Id>(&name);
        let record = R::new(id, name);
        let selection = record.object().into();
        cx.actions.push(UiAction::Edit(record.add()));
        cx.actions.push(UiAction::Select {
            selection,
            reveal: false,
        });
    }
}

/// Shows a merge button for records with the same name.
fn merge_suggestions<R: Entity>(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let records = R::all(cx.map);
    let usage = cx.usage;
    for (keep, other) in duplicates::duplicate_pairs(records, |r| usage.count(&r.object())) {
        let (keep, other) = (&records[keep], &records[other]);
        let (from, into) = (other.id().clone(), keep.id().clone());
        let Some(intent) = R::merge(from, into) else {
            continue;
        };
        let (from, into) = (other.name().trim(), keep.name().trim());
        let text = format!("Merge “{from}” into “{into}”");
        let response = ui.push_id(other.id().to_string(), |ui| {
            row(ui, Swatch::None, &text, false)
        });
        let tip = format!("They look like the same {}.", R::WORD);
        if response.inner.on_hover_text(tip).clicked() {
            cx.actions.push(UiAction::Edit(intent));
        }
    }
}

/// State of a row besides the record, and the user's action on it.
struct EntityRowState {
    place: usize,
    count: usize,
    /// Visibility of the curve; `None` for kinds without one.
    curve: Option<bool>,
    toggled: bool,
    selected: bool,
}

/// Shows a row: grip, swatch, name field, usage count, open and delete buttons.
fn entity_row<R: Entity>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    order: &mut DragReorder,
    shown: &mut EntityRowState,
    record: &mut R,
) -> Rect {
    let mut title = R::WORD.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let number = format!("{title} {}", shown.place + 1);
    let swatch = record.swatch(form, shown.place);
    let response = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        order.grip(ui, &format!("{number}: drag"));
        match shown.curve {
            Some(drawn) => {
                let name = format!("{number}: curve");
                shown.toggled = curve_toggle(ui, swatch, drawn, &name);
            }
            None => {
                let (rect, _) =
                    ui.allocate_exact_size(vec2(swatch.width(), ROW_HEIGHT), Sense::hover());
                swatch.paint(ui.painter(), rect.left(), rect.center().y);
            }
        }
        let room = ui.available_width() - COUNT_WIDTH - 2.0 * ROW_HEIGHT - UNIT;
        let name = format!("{number} name");
        // The field may be too narrow for the name.
        let whole = record.name().to_owned();
        form.uncaptioned_line(
            ui,
            &name,
            Field::Name,
            "Name",
            room.max(GRIP_WIDTH),
            record.name_mut(),
        )
        .on_hover_text(whole);
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, response) =
            ui.allocate_exact_size(vec2(COUNT_WIDTH, ROW_HEIGHT), Sense::hover());
        let font = egui::TextStyle::Small.resolve(ui.style());
        let tint = ui.visuals().weak_text_color();
        let at = pos2(rect.right(), rect.center().y);
        let count = format!("{}×", shown.count);
        ui.painter()
            .text(at, egui::Align2::RIGHT_CENTER, count, font, tint);
        response.on_hover_text(usage_count_label(shown.count));
        if small_icon_button(ui, SmallIcon::GoTo, &format!("{number}: open")).clicked() {
            form.select(record.object());
        }
        if small_icon_button(ui, SmallIcon::Cross, &format!("{number}: delete")).clicked() {
            form.push_edit(R::delete(record.id().clone()));
        }
    });
    let rect = response.response.rect;
    if shown.selected {
        let edge = ui.visuals().selection.stroke.color;
        let bar = Rect::from_min_max(rect.min - vec2(UNIT, 0.0), rect.left_bottom());
        ui.painter().rect_filled(bar, 1.0, edge);
    }
    rect
}

/// Describes a usage count: "Used in 3 places".
pub(super) fn usage_count_label(count: usize) -> String {
    match count {
        0 => "Used nowhere".to_owned(),
        1 => "Used in 1 place".to_owned(),
        _ => format!("Used in {count} places"),
    }
}

/// Shows the swatch as a toggle: filled if the curve is drawn, hollow if not. Returns
/// whether it was clicked.
fn curve_toggle(ui: &mut Ui, swatch: Swatch, drawn: bool, name: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(swatch.width(), ROW_HEIGHT), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, drawn, name));
    crate::app::ui::rows::row_background(ui, rect, &response, false);
    let shown = match swatch {
        Swatch::Filled(color) if !drawn => Swatch::Missing(color),
        swatch => swatch,
    };
    shown.paint(ui.painter(), rect.left(), rect.center().y);
    let tip = if drawn {
        "The curve is drawn. Click to leave it out."
    } else {
        "The curve is left out. Click to draw it."
    };
    response.on_hover_text(tip).clicked()
}
