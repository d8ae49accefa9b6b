//! Connects two touchpoints in two steps, as an alternative to dragging: first the
//! start is fixed, then the end is chosen.
//!
//! Must not know: how paths are drawn.

use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::editing::structure;
use crate::edit::Intent;
use crate::model::TouchpointId;

impl App {
    /// Starts connect mode at the selected touchpoint.
    pub(crate) fn start_connect(&mut self) {
        if let Some(Selection::Touchpoint(id)) = self.document().map(|d| &d.selection) {
            self.interaction.connect_from = Some(id.clone());
        }
    }

    /// Adds the path to the chosen end and ends connect mode.
    pub(crate) fn finish_connect(&mut self, to: &TouchpointId) {
        let Some(from) = self.interaction.connect_from.take() else {
            return;
        };
        let intent = self
            .document()
            .and_then(|d| structure::connect(d.session.map(), &from, to));
        let Some(intent) = intent else {
            return;
        };
        self.apply_intent(&intent, None);
        if let (Some(document), Intent::Connect { path, .. }) = (self.document_mut(), &intent)
            && structure::has_path(document.session.map(), &from, to)
        {
            document.select(
                Selection::Path {
                    from,
                    to: to.clone(),
                    kind: path.kind,
                },
                false,
            );
            self.interaction.tools.focus_path_label = true;
        }
    }
}
