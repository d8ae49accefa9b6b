//! Settling of what a merge left to decide.
//!
//! Must not know: widgets, how a conflict is settled.

use crate::app::app::App;
use crate::app::document::conflicts::{
    conflicts_left, conflicts_of, next_conflict, settle_conflict,
};
use crate::app::document::selection::Selection;
use crate::model::{ConflictChoice, ConflictId};

impl App {
    /// Selects the next object about which a merge left something to decide.
    pub(super) fn select_next_conflict(&mut self) {
        self.settings.preferences.inspector = true;
        self.on_document(|document| {
            let map = document.session.map();
            if let Some(object) = next_conflict(map, &document.selection) {
                document.select(Selection::of_object(map, &object), true);
            }
        });
    }

    /// Settles the first conflict of the selection.
    pub(super) fn settle_selected(&mut self, choice: ConflictChoice) {
        let first = self.document().and_then(|document| {
            let mut conflicts = conflicts_of(document.session.map(), &document.selection);
            conflicts.next().map(|conflict| conflict.id.clone())
        });
        if let Some(id) = first {
            self.settle_conflict(&id, choice);
        }
    }

    /// Settles a conflict, and says how many are left.
    pub(super) fn settle_conflict(&mut self, id: &ConflictId, choice: ConflictChoice) {
        let Some(document) = self.document() else {
            return;
        };
        let map = document.session.map();
        let Some(conflict) = map.conflicts().get(id) else {
            return;
        };
        match settle_conflict(map, conflict, choice) {
            Ok(intent) => {
                if self.apply_intent(&intent, None)
                    && let Some(document) = self.document()
                {
                    let words = conflicts_left(document.session.map());
                    self.ui.toasts.push(format!("{words}."));
                }
            }
            Err(why) => self.note_at_selection(why),
        }
    }
}
