//! Switches between open maps, views and their options.
//!
//! Must not know: how anything is drawn.

use crate::app::app::App;
use crate::layout::flow::CardColoring;
use crate::render::View;

impl App {
    /// Activates a map.
    pub(crate) fn activate(&mut self, index: usize) {
        if index != self.workspace.active && index < self.workspace.documents.len() {
            self.workspace.active = index;
            // Connect mode belongs to the former map.
            self.interaction.connect_from = None;
        }
    }

    /// Activates the next or previous map.
    pub(super) fn activate_next(&mut self, back: bool) {
        let count = self.workspace.documents.len().max(1);
        let step = if back { count - 1 } else { 1 };
        self.activate((self.workspace.active + step) % count);
    }

    /// Moves a map to another place among the tabs and activates it.
    pub(super) fn move_map(&mut self, from: usize, to: usize) {
        let count = self.workspace.documents.len();
        if from < count && to < count {
            self.activate(from);
            let document = self.workspace.documents.remove(from);
            self.workspace.documents.insert(to, document);
            self.workspace.active = to;
        }
    }

    /// Switches to a view of the map.
    pub(super) fn switch_view(&mut self, view: View) {
        self.commit_inline_edit();
        self.interaction.connect_from = None;
        if view == View::Findings {
            self.chrome.side_panels.leave_findings();
        }
        if let Some(document) = self.document_mut() {
            document.switch_view(view);
        }
    }

    /// Switches to the flow view with this coloring.
    pub(super) fn color_flow(&mut self, coloring: CardColoring) {
        self.switch_view(View::Flow);
        if let Some(document) = self.document_mut() {
            document.coloring = coloring;
        }
    }

    /// Toggles the handoff marks of the journey; from another view, switches to the
    /// journey and shows them.
    pub(super) fn toggle_handoffs(&mut self) {
        let Some(document) = self.document_mut() else {
            return;
        };
        document.shows_handoffs = document.view != View::Journey || !document.shows_handoffs;
        self.switch_view(View::Journey);
    }

    /// Toggles the highlight of the touchpoints that every customer passes; turning it
    /// on shows the handoff marks of the journey.
    pub(super) fn toggle_dominators(&mut self) {
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
}
