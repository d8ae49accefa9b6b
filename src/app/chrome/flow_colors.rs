//! Toolbar control that selects the card colours of the flow view.
//!
//! Must not know: how the flow is drawn.

use crate::app::app::App;
use crate::app::command::table::CommandId;
use crate::app::ui::buttons::{tight_group, toggle_button};
use crate::app::ui::style::UNIT;
use crate::layout::flow::CardColoring;
use crate::render::View;
use egui::{Role, Ui, WidgetInfo};

impl CardColoring {
    /// Command that selects this colouring.
    fn command(self) -> CommandId {
        match self {
            CardColoring::Owner => CommandId::FlowByOwner,
            CardColoring::Feeling => CommandId::FlowByFeeling,
            CardColoring::Channel => CommandId::FlowByChannel,
            CardColoring::Evidence => CommandId::FlowByEvidence,
        }
    }
}

impl App {
    /// Switches to the flow view with this colouring.
    pub(crate) fn color_flow(&mut self, colouring: CardColoring) {
        self.switch_view(View::Flow);
        if let Some(document) = self.document_mut() {
            document.coloring = colouring;
        }
    }

    /// Shows the control while the flow view is active.
    pub(crate) fn show_flow_colors(&mut self, ui: &mut Ui) {
        let document = self.document();
        let Some(document) = document.filter(|document| document.view == View::Flow) else {
            return;
        };
        let front = document.coloring;
        let mut chosen = None;
        ui.add_space(2.0 * UNIT);
        ui.label("Colour");
        tight_group(ui, |ui| {
            for colouring in CardColoring::ALL {
                let on = colouring == front;
                let tip = colouring.command().tooltip_with_keys(ui.ctx());
                let choice = toggle_button(ui, on, colouring.title(), &tip);
                choice.widget_info(|| {
                    let name = format!("Colour by {}", colouring.title().to_lowercase());
                    WidgetInfo::selected(Role::Button, true, on, name)
                });
                if choice.clicked() {
                    chosen = Some(colouring.command());
                }
            }
        });
        if let Some(command) = chosen {
            self.queue_command(command);
        }
    }
}
