//! The way in which a document shows its map, apart from cameras: kept while saved views are walked,
//! which change it, and put back afterwards.
//!
//! Must not know: presentations, routes.

use crate::app::document::Document;
use crate::layout::Folding;
use crate::layout::flow::CardColoring;
use crate::model::{LaneId, PersonaId, SavedViewId};
use crate::scene::Marks;
use crate::search::filter::Filter;
use std::collections::BTreeSet;

/// Options of the views of a document, and what is highlighted.
pub(super) struct Look {
    lanes: Option<Vec<LaneId>>,
    hidden_curves: BTreeSet<PersonaId>,
    persona: Option<PersonaId>,
    shows_handoffs: bool,
    coloring: CardColoring,
    folding: Folding,
    marks: Marks,
    dominators_only: bool,
    filter: Filter,
    saved_view: Option<SavedViewId>,
}

impl Look {
    /// The look of a document.
    pub fn of(document: &Document) -> Look {
        let highlighting = &document.highlighting;
        Look {
            lanes: document.lanes.clone(),
            hidden_curves: document.hidden_curves.clone(),
            persona: document.persona.clone(),
            shows_handoffs: document.shows_handoffs,
            coloring: document.coloring,
            folding: document.folding.clone(),
            marks: highlighting.marks,
            dominators_only: highlighting.dominators_only,
            filter: highlighting.filter.clone(),
            saved_view: document.saved_view.clone(),
        }
    }

    /// Gives a document this look.
    pub fn restore(self, document: &mut Document) {
        document.lanes = self.lanes;
        document.hidden_curves = self.hidden_curves;
        document.persona = self.persona;
        document.shows_handoffs = self.shows_handoffs;
        document.coloring = self.coloring;
        document.fold(self.folding);
        document.highlighting.marks = self.marks;
        document.highlighting.dominators_only = self.dominators_only;
        document.highlighting.filter = self.filter;
        document.saved_view = self.saved_view;
    }
}
