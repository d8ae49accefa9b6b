//! The seams of the journey: turned on and off, and their toggle in the bar while it
//! is in front.
//!
//! Must not know: how seams are drawn.

use super::commands::CommandId;
use super::look::UNIT;
use super::shell::App;
use super::widgets::toggle;
use crate::session::View;
use egui::Ui;

impl App {
    /// Draws seams on the journey or leaves them out; from another view, goes there
    /// and draws them.
    pub(super) fn turn_seams(&mut self) {
        let Some(document) = self.document_mut() else {
            return;
        };
        document.seams = document.view != View::Journey || !document.seams;
        self.turn_to_view(View::Journey);
    }

    /// The toggle, while the journey is in front.
    pub(super) fn show_seams(&mut self, ui: &mut Ui) {
        let document = self.document();
        let Some(document) = document.filter(|document| document.view == View::Journey) else {
            return;
        };
        let on = document.seams;
        ui.add_space(2.0 * UNIT);
        let tip = CommandId::Seams.tip(ui.ctx());
        if toggle(ui, on, "Seams", &tip).clicked() {
            self.run(CommandId::Seams);
        }
    }
}
