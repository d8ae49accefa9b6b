//! What the cards of the flow are coloured by: chosen beside the tabs of the views.
//!
//! Must not know: how the flow is drawn.

use super::commands::CommandId;
use super::look::UNIT;
use super::shell::App;
use crate::layout::flow::Colouring;
use crate::session::View;
use egui::{Popup, Ui};

impl Colouring {
    /// The command that chooses it.
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
    /// Shows the flow, its cards coloured by this.
    pub(super) fn colour_flow(&mut self, colouring: Colouring) {
        self.turn_to_view(View::Flow);
        if let Some(document) = self.document_mut() {
            document.colouring = colouring;
        }
    }

    /// The choice, as a menu.
    pub(super) fn show_colouring(&mut self, ui: &mut Ui) {
        let Some(front) = self.document().map(|document| document.colouring) else {
            return;
        };
        ui.add_space(UNIT);
        let name = format!("Coloured by {}", front.title().to_lowercase());
        let button = ui
            .button(name)
            .on_hover_text("Choose what cards are coloured by");
        let mut chosen = None;
        Popup::menu(&button).width(150.0).show(|ui| {
            for colouring in Colouring::ALL {
                let tip = colouring.command().tip(ui.ctx());
                let choice = ui.radio(colouring == front, colouring.title());
                if choice.on_hover_text(tip).clicked() {
                    chosen = Some(colouring.command());
                    ui.close();
                }
            }
        });
        if let Some(command) = chosen {
            self.run(command);
        }
    }
}
