//! The lanes from top to bottom: visibility, name, order, and adding custom lanes.
//!
//! Must not know: the execution of commands.

use super::form::{Form, edit_record};
use crate::app::command::action::UiAction;
use crate::app::panels::context::PanelContext;
use crate::app::ui::drag_reorder::DragReorder;
use crate::app::ui::field_focus::focus_field;
use crate::app::ui::rows::{
    ROW_HEIGHT, SmallIcon, Swatch, hint_label, icon_button, row, small_icon_button,
};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Field, Lane, LaneContentKind, LaneKind, ObjectRef, Scale};
use egui::{Checkbox, Rect, Ui};

/// Shows the lanes of the map.
pub fn lanes(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let map = cx.map;
    ui.spacing_mut().item_spacing.y = UNIT;
    let mut order = DragReorder::default();
    for (i, lane) in map.lanes().iter().enumerate() {
        let object = ObjectRef::Lane(lane.id.clone());
        let mut rect = Rect::NOTHING;
        edit_record(ui, cx, object, lane, Intent::SetLane, |ui, form, lane| {
            form.is_list_row = true;
            rect = lane_row(ui, form, &mut order, i, lane);
        });
        order.add_row(rect);
    }
    if let Some((from, to)) = order.finish(ui)
        && let Some(lane) = map.lanes().as_slice().get(from)
    {
        let id = lane.id.clone();
        cx.actions.push(UiAction::Edit(Intent::MoveLane { id, to }));
    }
    let add = row(ui, Swatch::None, "+ Add own lane", false).accessible_name("Add own lane");
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
        let name_field = ObjectRef::Lane(lane.id.clone()).field(Field::Name);
        cx.actions
            .push(UiAction::Edit(Intent::AddLane(Box::new(lane))));
        focus_field(ui.ctx(), &("list", name_field));
    }
}

fn lane_row(
    ui: &mut Ui,
    form: &mut Form<'_>,
    order: &mut DragReorder,
    index: usize,
    lane: &mut Lane,
) -> Rect {
    let title = lane.title().to_owned();
    let own = lane.kind == LaneKind::Custom;
    let last = index + 1 == form.map.lanes().len();
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        order.grip(ui, &format!("Drag {title}"));
        let mut visible = !lane.hidden;
        let shown = ui
            .add(Checkbox::without_text(&mut visible))
            .accessible_name(format!("Show {title}"))
            .on_hover_text(format!("Show {title}"));
        if shown.changed() {
            lane.hidden = !visible;
            form.mark_discrete_change();
        }
        let signs = if own { 3.0 } else { 2.0 };
        let room = ui.available_width() - signs * ROW_HEIGHT - UNIT;
        let name = format!("Lane {} name", index + 1);
        // The field may be too narrow for the title.
        form.uncaptioned_line(
            ui,
            &name,
            Field::Name,
            lane.kind.title(),
            room,
            &mut lane.name,
        )
        .on_hover_text(&title);
        ui.spacing_mut().item_spacing.x = 0.0;
        let step = |ui: &mut Ui, form: &mut Form<'_>, way, word: &str, to: Option<usize>| {
            ui.add_enabled_ui(to.is_some(), |ui| {
                let clicked = small_icon_button(ui, way, &format!("Move {title} {word}")).clicked();
                if let (true, Some(to)) = (clicked, to) {
                    let id = lane.id.clone();
                    form.push_edit(Intent::MoveLane { id, to });
                }
            });
        };
        step(ui, form, SmallIcon::Up, "up", index.checked_sub(1));
        step(
            ui,
            form,
            SmallIcon::Down,
            "down",
            (!last).then_some(index + 1),
        );
        if own
            && small_icon_button(
                ui,
                SmallIcon::Cross,
                &format!("Delete {title} with what it holds"),
            )
            .clicked()
        {
            form.push_edit(Intent::DeleteLane(lane.id.clone()));
        }
    });
    row.response.rect
}
