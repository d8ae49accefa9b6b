//! Options of the journey view.
//!
//! Must not know: how anything is laid out.

use crate::model::{LaneId, PersonaId};
use crate::theme::Density;
use std::collections::BTreeSet;

/// Options of the journey view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LayoutOptions {
    /// Lanes to show, in this order; `None` for the lanes that the map shows.
    pub lanes: Option<Vec<LaneId>>,
    /// Personas whose curve is not drawn.
    pub hidden_curves: BTreeSet<PersonaId>,
    /// Density of the view.
    pub density: Density,
    /// Whether handoffs are marked, and the cards that every customer passes.
    pub handoffs: bool,
}
