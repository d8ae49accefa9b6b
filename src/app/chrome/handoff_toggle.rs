//! Handoff marks of the journey view: toggle commands and their toolbar buttons.
//!
//! Must not know: how handoff marks are drawn.

use crate::app::app::App;
use crate::app::command::table::CommandId;
use crate::app::ui::buttons::toggle;
use crate::app::ui::style::UNIT;
use crate::render::View;
use egui::Ui;

impl App {
    /// Toggles the handoff marks of the journey; from another view, switches to the
    /// journey and shows them.
    pub(crate) fn turn_seams(&mut self) {
        let Some(document) = self.document_mut() else {
            return;
        };
        document.seams = document.view != View::Journey || !document.seams;
        self.turn_to_view(View::Journey);
    }

    /// Toggles the highlight of the touchpoints that every customer passes; turning it
    /// on shows the handoff marks of the journey.
    pub(crate) fn light_passed(&mut self) {
        let Some(document) = self.document_mut() else {
            return;
        };
        let on = !document.lights_passed();
        document.spotlight.passed = on;
        if on {
            document.seams = true;
            self.turn_to_view(View::Journey);
        }
    }

    /// Shows the toggle buttons while the journey view is active.
    pub(crate) fn show_seams(&mut self, ui: &mut Ui) {
        let document = self.documents.get_mut(self.active);
        let Some(document) = document.filter(|document| document.view == View::Journey) else {
            return;
        };
        let (on, lit) = (document.seams, document.lights_passed());
        let passed = on.then(|| document.passed_by_all());
        ui.add_space(2.0 * UNIT);
        let tip = CommandId::Seams.tip(ui.ctx());
        if toggle(ui, on, "Seams", &tip).clicked() {
            self.run(CommandId::Seams);
        }
        if let Some(passed) = passed {
            let text = format!("Every customer passes {}", passed.touchpoints.len());
            let tip = CommandId::HighlightPassed.tip(ui.ctx());
            if toggle(ui, lit, &text, &tip).clicked() {
                self.run(CommandId::HighlightPassed);
            }
        }
    }
}
