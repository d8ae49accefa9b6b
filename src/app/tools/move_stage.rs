//! Drags a stage past others.
//!
//! Must not know: egui, sessions.

use crate::app::canvas::card_geometry::{CardGeometry, center_x};
use crate::edit::Intent;
use crate::model::StageId;

/// A drag of a stage.
#[derive(Clone, Debug)]
pub struct MoveStageTool {
    /// Id of the stage.
    pub id: StageId,
}

impl MoveStageTool {
    /// Returns the move for the pointer at this x.
    pub fn proposal(&self, places: &CardGeometry, x: f64) -> Intent {
        let others = places.stages.iter().filter(|(id, _)| *id != self.id);
        Intent::MoveStage {
            id: self.id.clone(),
            to: others.filter(|(_, area)| center_x(area) < x).count(),
        }
    }
}
