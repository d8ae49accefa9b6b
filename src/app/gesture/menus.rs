//! Context menus: the commands of the table that make sense for what was
//! clicked.
//!
//! Must not know: how commands are carried out.

use crate::app::commands::{CommandId, Selected};
use crate::app::shell::App;
use egui::{Button, Popup, Response};

/// The commands for what is selected, in groups.
fn entries(selected: Selected) -> &'static [&'static [CommandId]] {
    match selected {
        Selected::Touchpoint | Selected::Touchpoints => &[
            &[
                CommandId::Rename,
                CommandId::AddTouchpoint,
                CommandId::ConnectTo,
                CommandId::OpenLink,
            ],
            &[
                CommandId::GiveOwner,
                CommandId::GiveChannel,
                CommandId::FeelBetter,
                CommandId::FeelWorse,
            ],
            &[
                CommandId::Cut,
                CommandId::Copy,
                CommandId::Paste,
                CommandId::Duplicate,
                CommandId::MoveLeft,
                CommandId::MoveRight,
            ],
            &[
                CommandId::SelectStage,
                CommandId::SelectOwner,
                CommandId::SelectChannel,
            ],
            &[CommandId::Delete],
        ],
        Selected::Stage => &[
            &[
                CommandId::Rename,
                CommandId::AddTouchpoint,
                CommandId::AddStage,
            ],
            &[
                CommandId::Cut,
                CommandId::Copy,
                CommandId::Paste,
                CommandId::Duplicate,
                CommandId::MoveLeft,
                CommandId::MoveRight,
            ],
            &[CommandId::SelectStage, CommandId::ZoomToSelection],
            &[CommandId::Delete],
        ],
        Selected::Path => &[
            &[CommandId::SelectPrevious, CommandId::SelectNext],
            &[CommandId::Disconnect],
        ],
        Selected::Record => &[&[CommandId::Rename], &[CommandId::Delete]],
        Selected::Other => &[&[CommandId::Lanes]],
        Selected::Nothing => &[
            &[
                CommandId::AddTouchpoint,
                CommandId::AddStage,
                CommandId::Paste,
                CommandId::SelectAll,
            ],
            &[
                CommandId::FitAll,
                CommandId::ZoomFull,
                CommandId::Lanes,
                CommandId::Present,
            ],
        ],
    }
}

impl App {
    /// Shows the menu for what was clicked with the secondary button.
    pub(super) fn show_context_menu(&mut self, canvas: &Response) {
        let now = self.situation();
        let mut chosen = None;
        Popup::context_menu(canvas).show(|ui| {
            ui.set_min_width(200.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().interact_size.y = 26.0;
            ui.spacing_mut().button_padding.y = 2.0;
            let groups = entries(now.selected).iter();
            let mut any = false;
            for group in groups {
                let ready = group.iter().filter(|id| id.entry().when.holds(&now));
                for (i, id) in ready.enumerate() {
                    if i == 0 && any {
                        ui.separator();
                    }
                    any = true;
                    let keys = id.keys(ui.ctx());
                    let button = Button::new(id.label()).shortcut_text(keys);
                    let button = button.frame_when_inactive(false);
                    let response = ui.add(button).on_hover_text(id.entry().tooltip);
                    if response.clicked() {
                        chosen = Some(*id);
                        ui.close();
                    }
                }
            }
        });
        if let Some(id) = chosen {
            self.run(id);
        }
    }
}
