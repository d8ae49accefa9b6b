//! Numbers of what the objects of a scene show, in the order of the map.
//!
//! Must not know: drawings, the text of a page.

use crate::export::ObjectNumbers;
use crate::model::{Map, ObjectRef, PersonaId, StageId, TouchpointId};
use crate::scene::ObjectId;
use rustc_hash::FxHashMap;

/// The place of each stage, touchpoint and persona in the map.
pub(super) struct ObjectIndex<'m> {
    stages: FxHashMap<&'m StageId, usize>,
    touchpoints: FxHashMap<&'m TouchpointId, usize>,
    personas: FxHashMap<&'m PersonaId, usize>,
}

impl<'m> ObjectIndex<'m> {
    pub(super) fn of(map: &'m Map) -> ObjectIndex<'m> {
        ObjectIndex {
            stages: (map.stages().iter().zip(0..))
                .map(|(it, at)| (&it.id, at))
                .collect(),
            touchpoints: (map.touchpoints().zip(0..))
                .map(|(it, at)| (&it.id, at))
                .collect(),
            personas: (map.personas().iter().zip(0..))
                .map(|(it, at)| (&it.id, at))
                .collect(),
        }
    }

    pub(super) fn touchpoint(&self, id: &TouchpointId) -> Option<usize> {
        self.touchpoints.get(id).copied()
    }

    pub(super) fn persona(&self, id: &PersonaId) -> Option<usize> {
        self.personas.get(id).copied()
    }

    pub(super) fn numbers(&self, id: &ObjectId) -> ObjectNumbers {
        let mut numbers = ObjectNumbers::default();
        let touchpoint = |id| self.touchpoint(id);
        match id {
            ObjectId::StageOwner(id) | ObjectId::FoldedStage(id) => {
                numbers.stage = self.stages.get(id).copied();
            }
            ObjectId::Object(ObjectRef::Stage(id)) => {
                numbers.stage = self.stages.get(id).copied();
                numbers.is_whole = true;
            }
            ObjectId::Object(ObjectRef::Path { from, to, .. }) => {
                (numbers.touchpoint, numbers.target) = (touchpoint(from), touchpoint(to));
            }
            ObjectId::Object(object) => {
                numbers.touchpoint = object.touchpoint().and_then(touchpoint);
                numbers.is_whole = matches!(object, ObjectRef::Touchpoint(_));
                if let ObjectRef::Feeling(_, persona) = object {
                    let persona = persona.as_ref();
                    numbers.persona = persona.map_or(Some(0), |id| self.persona(id));
                }
            }
            ObjectId::Chrome | ObjectId::OwnershipCell(_) | ObjectId::Handoff(_) => {}
        }
        numbers
    }
}
