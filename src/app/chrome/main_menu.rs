//! Main menu: all commands by group, recent and open maps.
//!
//! Must not know: how commands are carried out.

use super::command_buttons::command_item;
use super::document_tabs::show_open_maps;
use super::toolbar_parts::ToolbarData;
use crate::app::command::action::UiAction;
use crate::app::command::table::{COMMANDS, CommandGroup};
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{ControlIcon, control_button};
use crate::app::ui::display_file_name;
use crate::app::ui::style::menu_list;
use egui::containers::menu::SubMenuButton;
use egui::{Popup, Ui};

/// State of the main menu. Opened by key, it is used by keys.
#[derive(Default)]
pub struct MainMenu {
    /// Whether the menu opens in the next frame.
    open_requested: bool,
    /// Whether the first item gets the focus once shown.
    focus_first: bool,
    /// Widget that had the focus before the menu was opened by key.
    previous_focus: Option<Option<egui::Id>>,
}

impl MainMenu {
    /// Opens the menu in the next frame.
    pub fn open(&mut self, ctx: &egui::Context) {
        self.open_requested = true;
        self.previous_focus = Some(ctx.memory(|memory| memory.focused()));
    }

    /// Shows the button of the menu, and the menu if it is open.
    pub(super) fn show(&mut self, ui: &mut Ui, cx: &mut FrameCx<'_>, data: &ToolbarData<'_>) {
        let button = control_button(ui, ControlIcon::Menu, "Menu", "All commands", false);
        let popup = Popup::default_response_id(&button);
        if std::mem::take(&mut self.open_requested) {
            Popup::open_id(ui.ctx(), popup);
            self.focus_first = true;
        } else if button.clicked() && button.has_focus() {
            self.focus_first = true;
            self.previous_focus = Some(Some(button.id));
        } else if !Popup::is_id_open(ui.ctx(), popup)
            && let Some(Some(before)) = self.previous_focus.take()
        {
            ui.memory_mut(|memory| memory.request_focus(before));
        }
        Popup::menu(&button).show(|ui| {
            menu_list(ui, |ui| self.show_groups(ui, cx, data));
        });
    }

    fn show_groups(&mut self, ui: &mut Ui, cx: &mut FrameCx<'_>, data: &ToolbarData<'_>) {
        for &group in CommandGroup::ALL {
            let (line, _) = SubMenuButton::new(group.title()).ui(ui, |ui| {
                menu_list(ui, |ui| {
                    for entry in COMMANDS.iter().filter(|e| e.group == group) {
                        command_item(ui, cx, entry.id);
                    }
                });
            });
            // egui measures a popup in an invisible pass.
            if self.focus_first && !ui.is_sizing_pass() {
                self.focus_first = false;
                line.request_focus();
            }
        }
        ui.separator();
        ui.add_enabled_ui(!data.recent.is_empty(), |ui| {
            SubMenuButton::new("Open recent").ui(ui, |ui| {
                menu_list(ui, |ui| {
                    for path in data.recent {
                        let button = ui.button(display_file_name(path));
                        if button.on_hover_text(path.display().to_string()).clicked() {
                            cx.actions.push(UiAction::OpenFiles(vec![path.clone()]));
                        }
                    }
                });
            });
        });
        if data.open_maps.len() > 1 {
            ui.separator();
            show_open_maps(ui, data.open_maps, cx.actions);
        }
    }
}
