//! Inputs that the layout of a compared map has in addition to those of every map.
//!
//! Must not know: how differences are found, how anything is laid out.

use super::grid::{StageColumns, StepNumbers};
use crate::model::{PersonaId, StageId};
use crate::theme::ChangeMark;
use std::collections::BTreeMap;

/// Inputs that the layout of a compared map has in addition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ComparisonOptions {
    /// Entries of the legend below the heading.
    pub legend: Vec<(Option<ChangeMark>, String)>,
    /// The personas whose feelings are those of another persona in the earlier map, with that
    /// persona. They stand at the end of the list.
    pub earlier: BTreeMap<PersonaId, PersonaId>,
    /// Columns of stages of which some stay free, because the other map has something there.
    pub columns: BTreeMap<StageId, StageColumns>,
    /// Numbers of the touchpoints, where they are not those of their places.
    pub numbers: StepNumbers,
}
