//! Connects two touchpoints in two steps, as an alternative to dragging: first the
//! start is fixed, then the end is chosen.
//!
//! Must not know: how paths are drawn.

use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::editing::structure;
use crate::app::modals::Modal;
use crate::app::modals::command_palette::CommandPalette;
use crate::edit::Intent;
use crate::model::{ObjectRef, PathKind, TouchpointId};

impl App {
    /// Starts connect mode at the selected touchpoint.
    pub(crate) fn start_connect(&mut self) {
        if let Some(Selection::One(ObjectRef::Touchpoint(id))) =
            self.document().map(|d| &d.selection)
        {
            self.interaction.connect_from = Some(id.clone());
        }
    }

    /// Offers the possible ends of the path by name.
    pub(crate) fn choose_connect_target(&mut self) {
        let from = self.interaction.connect_from.clone();
        self.modals.modal = Some(Modal::CommandPalette(CommandPalette::new(from)));
    }

    /// Adds the path to the chosen end and ends connect mode.
    pub(crate) fn finish_connect(&mut self, to: &TouchpointId) {
        let Some(from) = self.interaction.connect_from.take() else {
            return;
        };
        let map = self.document().map(|document| document.session.map());
        if let Some(intent) = map.and_then(|map| structure::connect(map, &from, to)) {
            self.connect(&intent, from, to.clone(), true);
        }
    }

    /// Adds or moves a path and selects it; with `focus_label` its label gets the focus.
    pub(super) fn connect(
        &mut self,
        intent: &Intent,
        from: TouchpointId,
        to: TouchpointId,
        focus_label: bool,
    ) {
        self.apply_intent(intent, None);
        let Some(document) = self.document_mut() else {
            return;
        };
        if structure::has_path(document.session.map(), &from, &to) {
            let kind = match intent {
                Intent::Connect { path, .. } => path.kind,
                _ => {
                    let touchpoint = document.session.map().touchpoint(&from);
                    let path = touchpoint.and_then(|t| t.paths.iter().find(|p| p.to == to));
                    path.map_or(PathKind::Next, |path| path.kind)
                }
            };
            document.select(ObjectRef::Path { from, to, kind }, false);
            self.interaction.tools.focus_path_label = focus_label;
        }
    }
}
