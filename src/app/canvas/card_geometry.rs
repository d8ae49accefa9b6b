//! Positions of cards and stages in a scene, for tools.
//!
//! Must not know: egui, sessions, tools.

use super::Area;
use crate::graph::Flow;
use crate::model::{Map, ObjectRef, StageId, TouchpointId};
use crate::scene::{ObjectId, Scene};
use rustc_hash::{FxHashMap, FxHashSet};

/// Areas of cards and stages, in map units.
#[derive(Clone, Debug, Default)]
pub struct CardGeometry {
    /// The stages from left to right.
    pub stages: Vec<(StageId, Area)>,
    /// The cards.
    pub cards: FxHashMap<TouchpointId, Area>,
}

impl CardGeometry {
    /// Reads the areas from a scene.
    pub fn from_scene(scene: &Scene) -> CardGeometry {
        let mut places = CardGeometry::default();
        for group in &scene.groups {
            for subject in &group.content.objects {
                let area = Area::at(group.origin, &subject.area);
                match &subject.id {
                    ObjectId::Object(ObjectRef::Stage(id)) => {
                        places.stages.push((id.clone(), area))
                    }
                    ObjectId::Object(ObjectRef::Touchpoint(id)) => {
                        places.cards.insert(id.clone(), area);
                    }
                    _ => {}
                }
            }
        }
        places
    }

    /// Returns the stage at this x, else the nearest one.
    pub fn stage_at(&self, x: f64) -> Option<&StageId> {
        let distance = |area: &Area| (area.left - x).max(x - area.right).max(0.0);
        let nearest = self
            .stages
            .iter()
            .min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
        nearest.map(|(id, _)| id)
    }

    /// Returns the insertion slot at this x: a stage, and the number of its touchpoints
    /// before the slot that are not `moved`. A slot is never between a main step and
    /// its side branches.
    pub fn insertion_slot(
        &self,
        map: &Map,
        moved: &FxHashSet<TouchpointId>,
        x: f64,
    ) -> Option<(StageId, usize)> {
        let stage = self.stage_at(x)?;
        let flow = Flow::of(map);
        let before = map.stages().iter().take_while(|s| s.id != *stage);
        let start: usize = before.map(|s| map.touchpoints_in(&s.id).len()).sum();
        let mut at = 0;
        for (place, touchpoint) in map.touchpoints_in(stage).iter().enumerate() {
            if moved.contains(&touchpoint.id) {
                continue;
            }
            let side = flow
                .branch_of
                .get(start + place)
                .is_some_and(Option::is_some);
            let middle = self.cards.get(&touchpoint.id).map(center_x);
            if !side && middle.is_some_and(|middle| x < middle) {
                break;
            }
            at += 1;
        }
        Some((stage.clone(), at))
    }
}

/// Returns the horizontal centre of an area.
pub fn center_x(area: &Area) -> f64 {
    (area.left + area.right) / 2.0
}
