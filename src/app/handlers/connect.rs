//! A path in two steps, for whoever does not drag it: from here, then to there.

use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::document::navigation;
use crate::edit::Intent;
use crate::model::TouchpointId;

impl App {
    /// Waits from now on for the end of a path from what is selected.
    pub(crate) fn start_connecting(&mut self) {
        if let Some(Selection::Touchpoint(id)) = self.document().map(|d| &d.selection) {
            self.connecting = Some(id.clone());
        }
    }

    /// Draws the path that was waiting for its end.
    pub(crate) fn connect_to(&mut self, to: &TouchpointId) {
        let Some(from) = self.connecting.take() else {
            return;
        };
        let intent = self
            .document()
            .and_then(|d| navigation::connect(d.session.map(), &from, to));
        let Some(intent) = intent else {
            return;
        };
        self.edit(&intent, None);
        if let (Some(document), Intent::Connect { path, .. }) = (self.document_mut(), &intent)
            && navigation::has_path(document.session.map(), &from, to)
        {
            document.select(
                Selection::Path {
                    from,
                    to: to.clone(),
                    kind: path.kind,
                },
                false,
            );
            self.hands.name_path = true;
        }
    }
}
