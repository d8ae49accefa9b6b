//! Drags a stage past others.
//!
//! Must not know: egui, sessions.

use super::insertion_slot::stages;
use crate::edit::Intent;
use crate::model::StageId;
use crate::scene::Scene;

/// A drag of a stage.
#[derive(Clone, Debug)]
pub struct MoveStageTool {
    /// Id of the stage.
    pub id: StageId,
}

impl MoveStageTool {
    /// Returns the move for the pointer at this x.
    pub fn proposal(&self, scene: &Scene, x: f64) -> Intent {
        let others = stages(scene).filter(|(id, _)| **id != self.id);
        Intent::MoveStage {
            id: self.id.clone(),
            to: others.filter(|(_, area)| area.center_x() < x).count(),
        }
    }
}
