//! The part of a map that a presentation shows.
//!
//! Must not know: presentations.

use crate::layout::Folding;
use crate::model::LaneId;
use crate::scene::{Highlight, SelectionSet};
use std::sync::Arc;

/// The part of a map that a presentation shows; the default is all of it.
#[derive(Default)]
pub struct PresentedPart {
    /// The objects that are not dimmed; `None` for all.
    pub selection: Option<Arc<SelectionSet>>,
    /// The lanes, from top to bottom; `None` for those of the map.
    pub lanes: Option<Vec<LaneId>>,
    /// Width of the rows of a page that the journey fills, in map units; `None` for one row.
    pub row_width: Option<u32>,
    /// The folded stages and lanes; `None` for those of the document.
    pub folding: Option<Folding>,
}

impl PresentedPart {
    /// Narrows a highlight to this part. A filter or search that is active goes first.
    pub(super) fn narrow(&self, lit: Highlight) -> Highlight {
        Highlight {
            selection: lit.selection.or_else(|| self.selection.clone()),
            ..lit
        }
    }
}
