//! Toolbar control that selects the card colours of the flow view.
//!
//! Must not know: how the flow is drawn.

use crate::app::app::App;
use crate::app::command::table::CommandId;
use crate::app::ui::buttons::{close_together, toggle};
use crate::app::ui::style::UNIT;
use crate::layout::flow::Colouring;
use crate::render::View;
use egui::{Role, Ui, WidgetInfo};

impl Colouring {
    /// Command that selects this colouring.
    fn command(self) -> CommandId {
        match self {
            Colouring::Owner => CommandId::FlowByOwner,
            Colouring::Feeling => CommandId::FlowByFeeling,
            Colouring::Channel => CommandId::FlowByChannel,
            Colouring::Evidence => CommandId::FlowByEvidence,
        }
    }
}

impl App {
    /// Switches to the flow view with this colouring.
    pub(crate) fn colour_flow(&mut self, colouring: Colouring) {
        self.turn_to_view(View::Flow);
        if let Some(document) = self.document_mut() {
            document.colouring = colouring;
        }
    }

    /// Shows the control while the flow view is active.
    pub(crate) fn show_colouring(&mut self, ui: &mut Ui) {
        let document = self.document();
        let Some(document) = document.filter(|document| document.view == View::Flow) else {
            return;
        };
        let front = document.colouring;
        let mut chosen = None;
        ui.add_space(2.0 * UNIT);
        ui.label("Colour");
        close_together(ui, |ui| {
            for colouring in Colouring::ALL {
                let on = colouring == front;
                let tip = colouring.command().tip(ui.ctx());
                let choice = toggle(ui, on, colouring.title(), &tip);
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
            self.run(command);
        }
    }
}
