//! Buttons that run a command of the table.
//!
//! Must not know: what commands do.

use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{ControlIcon, control_button, menu_item, toggle_button};
use egui::{Response, Ui};

/// Shows a toggle button that runs a command, with its tooltip.
pub(super) fn command_toggle(
    ui: &mut Ui,
    cx: &mut FrameCx<'_>,
    id: CommandId,
    on: bool,
    text: &str,
) -> Response {
    let tip = id.tooltip_with_keys(ui.ctx());
    let response = toggle_button(ui, on, text, &tip);
    if response.clicked() {
        cx.run(id);
    }
    response
}

/// Shows an icon button that runs a command, with its label as name and its tooltip.
pub(super) fn command_icon(
    ui: &mut Ui,
    cx: &mut FrameCx<'_>,
    id: CommandId,
    icon: ControlIcon,
    on: bool,
) {
    let tip = id.tooltip_with_keys(ui.ctx());
    if control_button(ui, icon, id.label(), &tip, on).clicked() {
        cx.run(id);
    }
}

/// Shows a menu item that runs a command, with its keys and, for an option, a tick.
pub(super) fn command_item(ui: &mut Ui, cx: &mut FrameCx<'_>, id: CommandId) {
    let keys = id.keys(ui.ctx());
    let enabled = id.is_enabled(&cx.commands());
    let label = id.state_label(&cx.commands());
    let on = cx.is_checked(id);
    let item = ui.add_enabled_ui(enabled, |ui| menu_item(ui, label, keys, on));
    if item.inner.on_hover_text(id.entry().tooltip).clicked() {
        cx.run(id);
    }
}
