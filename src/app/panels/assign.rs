//! The palette of entities that can be assigned to touchpoints: departments, channels,
//! environments and personas, with their number keys. A click assigns to the selection;
//! a drag assigns to the drop target.
//!
//! Must not know: the execution of commands.

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::document::Assignment;
use crate::app::panels::context::PanelContext;
use crate::app::ui::rows::{ROW_HEIGHT, Swatch, caption, elided_text, hint_label, row_background};
use crate::app::ui::style::UNIT;
use crate::model::Record;
use crate::scene::department_color;
use crate::theme::Icon;
use crate::theme::Theme;
use egui::{
    Align2, Id, Key, Order, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2,
};

/// Shows the assignable entities.
pub fn assign_panel(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    ScrollArea::vertical()
        .id_salt("palette")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            hint_label(ui, "Drag onto a touchpoint, or press the number.");
            let (map, theme) = (cx.map, cx.theme);
            let soft = theme.ink_soft;
            let departments = map.departments().iter().enumerate().map(|(i, d)| Chip {
                assignment: Assignment::Owner(Some(d.id.clone())),
                name: d.name(),
                swatch: Swatch::Filled(department_color(map, i, theme)),
            });
            let departments: Vec<Chip<'_>> = departments.collect();
            section(ui, cx, "Departments", CommandId::AssignOwner, &departments);
            let channels = map.channels().iter().map(|c| Chip {
                assignment: Assignment::Channel(Some(c.id.clone())),
                name: c.name(),
                swatch: Swatch::Icon(Icon::for_channel(c.icon.as_deref(), &c.name), soft),
            });
            let channels: Vec<Chip<'_>> = channels.collect();
            section(ui, cx, "Channels", CommandId::AssignChannel, &channels);
            let environments = map.environments().iter().map(|e| Chip {
                assignment: Assignment::Environment(Some(e.id.clone())),
                name: e.name(),
                swatch: Swatch::Icon(Icon::for_environment(e.kind, &e.name), soft),
            });
            let environments: Vec<Chip<'_>> = environments.collect();
            section(
                ui,
                cx,
                "Environments",
                CommandId::AssignEnvironment,
                &environments,
            );
            let personas = map.personas().iter().enumerate().map(|(i, p)| Chip {
                assignment: Assignment::Persona(p.id.clone()),
                name: p.name(),
                swatch: Swatch::Filled(theme.personas[i % theme.personas.len()]),
            });
            let personas: Vec<Chip<'_>> = personas.collect();
            section(ui, cx, "Personas", CommandId::AssignPersona, &personas);
        });
}

struct Chip<'m> {
    assignment: Assignment,
    name: &'m str,
    swatch: Swatch,
}

fn section(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    title: &str,
    command: CommandId,
    chips: &[Chip<'_>],
) {
    ui.add_space(2.0 * UNIT);
    caption(ui, title);
    if chips.is_empty() {
        hint_label(ui, "None in this map yet.");
    }
    for (place, chip) in chips.iter().enumerate() {
        let keys = command.entry().shortcuts.get(place);
        let keys = keys.map_or(String::new(), |keys| ui.ctx().format_shortcut(keys));
        ui.push_id((title, place), |ui| row(ui, cx, chip, &keys));
    }
}

fn row(ui: &mut Ui, cx: &mut PanelContext<'_>, chip: &Chip<'_>, keys: &str) {
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    response.dnd_set_drag_payload(chip.assignment.clone());
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Assign {}", chip.name)));
    row_background(ui, rect, &response, false);
    let y = rect.center().y;
    let left = rect.left() + UNIT;
    chip.swatch.paint(ui.painter(), left, y);
    let tint = ui.visuals().text_color();
    let small = TextStyle::Small.resolve(ui.style());
    let weak = ui.visuals().weak_text_color();
    let right = rect.right() - UNIT;
    let keys = ui
        .painter()
        .text(pos2(right, y), Align2::RIGHT_CENTER, keys, small, weak);
    let from = pos2(left + chip.swatch.width(), y);
    let font = TextStyle::Body.resolve(ui.style());
    let room = keys.left() - UNIT - from.x;
    elided_text(ui, &response, from, room, chip.name, font, tint);
    if response.clicked() {
        cx.actions.push(UiAction::Assign(chip.assignment.clone()));
    }
    if response.dragged() {
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            egui::DragAndDrop::clear_payload(ui.ctx());
            ui.ctx().stop_dragging();
        } else {
            drag_label(ui, cx.theme, chip);
        }
    }
}

/// Shows the label of a dragged entity beside the pointer.
fn drag_label(ui: &Ui, theme: &'static Theme, chip: &Chip<'_>) {
    let Some(at) = ui.input(|i| i.pointer.latest_pos()) else {
        return;
    };
    egui::Area::new(Id::unique("palette-ghost"))
        .order(Order::Tooltip)
        .interactable(false)
        .fixed_pos(at + vec2(14.0, 8.0))
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style())
                .stroke((1.5, crate::app::ui::style::color(theme.accent)))
                .show(ui, |ui| ui.label(chip.name));
        });
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
