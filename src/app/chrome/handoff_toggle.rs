//! Handoff marks of the journey view: toggle commands and their toolbar buttons.
//!
//! Must not know: how handoff marks are drawn.

use crate::app::app::App;
use crate::app::command::table::CommandId;
use crate::app::ui::buttons::toggle_button;
use crate::app::ui::style::UNIT;
use crate::render::View;
use egui::Ui;

impl App {
    /// Toggles the handoff marks of the journey; from another view, switches to the
    /// journey and shows them.
    pub(crate) fn toggle_handoffs(&mut self) {
        let Some(document) = self.document_mut() else {
            return;
        };
        document.shows_handoffs = document.view != View::Journey || !document.shows_handoffs;
        self.switch_view(View::Journey);
    }

    /// Toggles the highlight of the touchpoints that every customer passes; turning it
    /// on shows the handoff marks of the journey.
    pub(crate) fn toggle_dominators(&mut self) {
        let Some(document) = self.document_mut() else {
            return;
        };
        let on = !document.highlights_dominators();
        document.highlighting.dominators_only = on;
        if on {
            document.shows_handoffs = true;
            self.switch_view(View::Journey);
        }
    }

    /// Shows the toggle buttons while the journey view is active.
    pub(crate) fn show_handoff_toggles(&mut self, ui: &mut Ui) {
        let document = self.workspace.documents.get_mut(self.workspace.active);
        let Some(document) = document.filter(|document| document.view == View::Journey) else {
            return;
        };
        let (on, lit) = (document.shows_handoffs, document.highlights_dominators());
        let passed = on.then(|| document.dominators());
        ui.add_space(2.0 * UNIT);
        let tip = CommandId::ToggleHandoffs.tooltip_with_keys(ui.ctx());
        if toggle_button(ui, on, "Seams", &tip).clicked() {
            self.queue_command(CommandId::ToggleHandoffs);
        }
        if let Some(passed) = passed {
            let text = format!("Every customer passes {}", passed.touchpoints.len());
            let tip = CommandId::HighlightDominators.tooltip_with_keys(ui.ctx());
            if toggle_button(ui, lit, &text, &tip).clicked() {
                self.queue_command(CommandId::HighlightDominators);
            }
        }
    }
}
