//! Dragging a stage past others.
//!
//! Must not know: egui, sessions.

use crate::app::canvas::card_geometry::{Places, middle};
use crate::edit::Intent;
use crate::model::StageId;

/// A stage in the hand.
#[derive(Clone, Debug)]
pub struct StageDrag {
    /// Which.
    pub id: StageId,
}

impl StageDrag {
    /// What the pointer at this x asks for.
    pub fn proposal(&self, places: &Places, x: f64) -> Intent {
        let others = places.stages.iter().filter(|(id, _)| *id != self.id);
        Intent::MoveStage {
            id: self.id.clone(),
            to: others.filter(|(_, area)| middle(area) < x).count(),
        }
    }
}
