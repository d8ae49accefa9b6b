//! Comments about the selection.
//!
//! Must not know: widgets, how comments are kept.

use crate::app::app::App;
use crate::app::document::selection::Selection;
use crate::app::ui::focus_field;
use crate::model::ObjectRef;
use egui::Context;

impl App {
    /// Leads to the field for a new comment about the selection, or about the map.
    pub(super) fn write_comment(&mut self, ctx: &Context) {
        let Some(document) = self.document() else {
            return;
        };
        let object = match &document.selection {
            Selection::One(object) => object.clone(),
            Selection::Nothing => ObjectRef::Map,
            Selection::Touchpoints(_) => {
                let why = "Select one object first: a comment is about one";
                return self.note_at_selection(why.to_owned());
            }
        };
        self.settings.preferences.inspector = true;
        focus_field(ctx, &("new comment", object));
    }
}
