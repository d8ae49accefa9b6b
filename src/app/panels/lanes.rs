//! The lanes from top to bottom: visibility, name, order, and adding custom lanes.
//!
//! Must not know: the execution of commands.

use super::form::{Form, edit_record};
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{ControlIcon, small_icon_button};
use crate::app::ui::drag_reorder::DragReorder;
use crate::app::ui::focus_new_name;
use crate::app::ui::rows::{Swatch, add_row, hint_label, icon_button, move_buttons};
use crate::app::ui::style::{ROW_HEIGHT, UNIT};
use crate::edit::Intent;
use crate::model::{Field, Lane, LaneContentKind, LaneKind, Record, Scale};
use egui::{Checkbox, Rect, TextEdit, Ui};

/// Shows the lanes of the map.
pub fn lanes(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let map = cx.map;
    ui.spacing_mut().item_spacing.y = UNIT;
    if cx.shows_saved_lanes {
        hint_label(ui, "The map shows the lanes of a saved view.");
        if ui.button(CommandId::MapLanes.entry().label).clicked() {
            cx.actions.push(UiAction::RunCommand(CommandId::MapLanes));
        }
    }
    let mut order = DragReorder::default();
    for (i, lane) in map.lanes().iter().enumerate() {
        let mut rect = Rect::NOTHING;
        edit_record(ui, cx, lane, Intent::SetLane, |ui, form, lane| {
            form.is_list_row = true;
            rect = lane_row(ui, form, &mut order, i, lane);
        });
        order.add_row(rect);
    }
    if let Some((from, to)) = order.finish(ui)
        && let Some(lane) = map.lanes().as_slice().get(from)
    {
        let id = lane.id.clone();
        cx.edit(Intent::MoveLane { id, to });
    }
    let add = add_row(ui, "Add own lane", "Add own lane");
    let mut wanted = add.clicked().then_some(LaneContentKind::Text);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        hint_label(ui, "of");
        for (holds, word) in [
            (LaneContentKind::List, "lists"),
            (LaneContentKind::Score(Scale::ZERO_TO_TEN), "scores"),
            (LaneContentKind::Picture, "pictures"),
            (LaneContentKind::Link, "links"),
        ] {
            let name = format!("Add own lane of {word}");
            if icon_button(ui, Swatch::None, word, &name, false).clicked() {
                wanted = Some(holds);
            }
        }
    });
    if let Some(holds) = wanted {
        let name = "New lane";
        let lane = Lane::custom(cx.ids.new_id(name), name, holds);
        let name_field = lane.object().field(Field::Name);
        cx.edit(Intent::AddLane(Box::new(lane)));
        focus_new_name(ui.ctx(), &("list", name_field));
    }
}

fn lane_row(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    order: &mut DragReorder,
    index: usize,
    lane: &mut Lane,
) -> Rect {
    let title = lane.title().to_owned();
    let own = lane.kind == LaneKind::Custom;
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        order.grip(ui, &format!("Drag {title}"));
        let mut visible = !lane.hidden;
        let (tick, name) = (
            Checkbox::without_text(&mut visible),
            format!("Show {title}"),
        );
        ui.add(tick).accessible_name(&name).on_hover_text(name);
        lane.hidden = !visible;
        let buttons = if own { 3.0 } else { 2.0 };
        let room = ui.available_width() - buttons * ROW_HEIGHT - UNIT;
        let name = format!("Lane {} name", index + 1);
        let hint = lane.kind.title();
        let field = form.text(ui, &name, Field::Name, &mut lane.name, |text| {
            TextEdit::singleline(text)
                .hint_text(hint)
                .desired_width(room)
        });
        // The field may be too narrow for the title.
        field.on_hover_text(&title);
        ui.spacing_mut().item_spacing.x = 0.0;
        let (id, count) = (lane.id.clone(), form.cx.map.lanes().len());
        let name = |word: &str| format!("Move {title} {word}");
        if let Some(to) = move_buttons(ui, index, count, name) {
            form.cx.edit(Intent::MoveLane { id, to });
        }
        let delete = format!("Delete {title} with what it holds");
        if own && small_icon_button(ui, ControlIcon::Close, &delete).clicked() {
            form.cx.edit(Intent::DeleteLane(lane.id.clone()));
        }
    });
    row.response.rect
}
