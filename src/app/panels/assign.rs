//! The palette of entities that can be assigned to touchpoints: departments, channels,
//! environments and personas, with their number keys. A click assigns to the selection;
//! a drag assigns to the drop target.
//!
//! Must not know: the execution of commands.

use super::entity::Entity;
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::document::Assignment;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{allocate, row_background};
use crate::app::ui::rows::{Swatch, caption, hint_label, paint_label};
use crate::app::ui::style::{self, ROW_HEIGHT, UNIT};
use crate::model::{Channel, Department, Environment, Persona};
use egui::{Align2, Area, DragAndDrop, Frame, Id, Key, Order, ScrollArea, Sense, Ui, vec2};

/// Shows the assignable entities.
pub fn assign_panel(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let area = ScrollArea::vertical().id_salt("palette").auto_shrink(false);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        hint_label(ui, "Drag onto a touchpoint, or press the number.");
        section::<Department>(ui, cx, CommandId::AssignOwner, |id| {
            Assignment::Owner(Some(id))
        });
        section::<Channel>(ui, cx, CommandId::AssignChannel, |id| {
            Assignment::Channel(Some(id))
        });
        section::<Environment>(ui, cx, CommandId::AssignEnvironment, |id| {
            Assignment::Environment(Some(id))
        });
        section::<Persona>(ui, cx, CommandId::AssignPersona, Assignment::Persona);
    });
}

/// Shows all entities of a kind, with the keys of the command that assigns them.
fn section<R: Entity>(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    command: CommandId,
    assignment: impl Fn(R::Id) -> Assignment,
) {
    ui.add_space(2.0 * UNIT);
    caption(ui, R::TITLE);
    let records = R::ALL(cx.map);
    if records.is_empty() {
        hint_label(ui, "None in this map yet.");
    }
    for (place, record) in records.iter().enumerate() {
        let keys = command.entry().shortcuts.get(place);
        let keys = keys.map_or(String::new(), |keys| ui.ctx().format_shortcut(keys));
        let swatch = R::SWATCH(cx, place, record);
        let assignment = assignment(record.id().clone());
        ui.push_id((R::TITLE, place), |ui| {
            entity_row(ui, cx, record.name(), swatch, &keys, assignment);
        });
    }
}

fn entity_row(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    name: &str,
    swatch: Swatch,
    keys: &str,
    assignment: Assignment,
) {
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let label = format!("Assign {name}");
    let (rect, response) = allocate(ui, size, Sense::click_and_drag(), None, &label);
    response.dnd_set_drag_payload(assignment.clone());
    row_background(ui, rect, &response, false);
    let text = rect.shrink2(vec2(UNIT, 0.0));
    let (small, weak) = (style::small_font(ui), ui.visuals().weak_text_color());
    let right = text.right_center();
    let keys = ui
        .painter()
        .text(right, Align2::RIGHT_CENTER, keys, small, weak);
    let text = text.with_max_x(keys.left() - UNIT);
    let (font, tint) = (style::body_font(ui), ui.visuals().text_color());
    paint_label(ui, &response, text, swatch, name, font, tint);
    if response.clicked() {
        cx.actions.push(UiAction::Assign(assignment));
    }
    if response.dragged() {
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            DragAndDrop::clear_payload(ui.ctx());
            ui.ctx().stop_dragging();
        } else if let Some(at) = ui.input(|i| i.pointer.latest_pos()) {
            // The name follows the pointer.
            let frame = Frame::popup(ui.style()).stroke((1.5, style::color(cx.theme.accent)));
            Area::new(Id::unique("palette-ghost"))
                .order(Order::Tooltip)
                .interactable(false)
                .fixed_pos(at + vec2(14.0, 8.0))
                .show(ui.ctx(), |ui| frame.show(ui, |ui| ui.label(name)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_nine_keys() {
        for id in [
            CommandId::AssignOwner,
            CommandId::AssignChannel,
            CommandId::AssignEnvironment,
            CommandId::AssignPersona,
        ] {
            assert_eq!(id.entry().shortcuts.len(), 9, "{}", id.label());
        }
    }
}
