//! Highlights: marks, a selection of objects, or both; everything else is dimmed.
//!
//! The display list stores the identity of each object, so that changing the highlight needs no new
//! scene; backends query only the objects in view.
//! Must not know: why something is highlighted.

use super::item::{Marks, ObjectId, SceneObject};
use crate::model::{Map, ObjectRef, PersonaId, Stage, StageId, Touchpoint, TouchpointId};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// A highlight. The default dims nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    /// Marks of which an object needs at least one; empty for no condition.
    pub marks: Marks,
    /// Selected objects; `None` for all.
    pub selection: Option<Arc<SelectionSet>>,
}

/// A set of objects of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectionSet {
    /// Touchpoints, with their cells and faces.
    pub touchpoints: FxHashSet<TouchpointId>,
    /// Stages.
    pub stages: FxHashSet<StageId>,
    /// Personas whose faces stay highlighted; empty for all.
    pub personas: FxHashSet<PersonaId>,
}

impl SelectionSet {
    fn contains(&self, tag: &ObjectId) -> bool {
        let object = match tag {
            ObjectId::Object(object) => object,
            ObjectId::StageOwner(id) | ObjectId::FoldedStage(id) => {
                return self.stages.contains(id);
            }
            ObjectId::Chrome | ObjectId::OwnershipCell(..) | ObjectId::Handoff(..) => return false,
        };
        match object {
            ObjectRef::Stage(id) => self.stages.contains(id),
            ObjectRef::Feeling(id, persona) => {
                let theirs = persona.as_ref().is_none_or(|p| self.personas.contains(p));
                self.touchpoints.contains(id) && (self.personas.is_empty() || theirs)
            }
            ObjectRef::Path { from, to, .. } => {
                self.touchpoints.contains(from) && self.touchpoints.contains(to)
            }
            other => other
                .touchpoint()
                .is_some_and(|id| self.touchpoints.contains(id)),
        }
    }
}

impl From<Marks> for Highlight {
    fn from(marks: Marks) -> Highlight {
        Highlight {
            marks,
            selection: None,
        }
    }
}

impl Highlight {
    /// Whether the highlight dims nothing.
    pub fn is_off(&self) -> bool {
        self.marks.is_empty() && self.selection.is_none()
    }

    /// Whether an object of a scene is highlighted. Objects with [`Marks::CHROME`] always are.
    pub fn contains_object(&self, subject: &SceneObject) -> bool {
        subject.marks.intersects(Marks::CHROME)
            || (self.matches_marks(subject.marks)
                && self
                    .selection
                    .as_ref()
                    .is_none_or(|chosen| chosen.contains(&subject.id)))
    }

    /// Whether a touchpoint is highlighted.
    pub fn contains_touchpoint(&self, map: &Map, touchpoint: &Touchpoint) -> bool {
        let chosen = self.selection.as_ref();
        self.matches_marks(Marks::of_touchpoint(map, touchpoint))
            && chosen.is_none_or(|chosen| chosen.touchpoints.contains(&touchpoint.id))
    }

    /// Whether a stage is highlighted.
    pub fn contains_stage(&self, stage: &Stage) -> bool {
        let chosen = self.selection.as_ref();
        self.matches_marks(Marks::of_stage(stage))
            && chosen.is_none_or(|chosen| chosen.stages.contains(&stage.id))
    }

    fn matches_marks(&self, marks: Marks) -> bool {
        self.marks.is_empty() || marks.intersects(self.marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;
    use crate::model::{Id, PathKind};

    fn subject(tag: ObjectId, marks: Marks) -> SceneObject {
        SceneObject {
            id: tag,
            title: Box::default(),
            description: Box::default(),
            marks,
            area: Rect::EMPTY,
        }
    }

    fn touchpoint(id: &str) -> TouchpointId {
        TouchpointId::from_text(id)
    }

    fn chosen(touchpoints: &[&str]) -> SelectionSet {
        SelectionSet {
            touchpoints: touchpoints.iter().map(|id| touchpoint(id)).collect(),
            ..SelectionSet::default()
        }
    }

    #[test]
    fn the_default_highlight_dims_nothing() {
        let lit = Highlight::default();
        assert!(lit.is_off());
        assert!(lit.contains_object(&subject(ObjectId::Chrome, Marks::NONE)));
        assert!(lit.contains_touchpoint(&Map::default(), &Touchpoint::new(touchpoint("a"), "A")));
    }

    #[test]
    fn marks_and_selection_are_combined() {
        let lit = Highlight {
            marks: Marks::PAIN,
            selection: Some(Arc::new(chosen(&["a"]))),
        };
        let card = |id: &str, marks| {
            subject(
                ObjectId::Object(ObjectRef::Touchpoint(touchpoint(id))),
                marks,
            )
        };
        assert!(lit.contains_object(&card("a", Marks::PAIN)));
        assert!(!lit.contains_object(&card("a", Marks::UNOWNED)));
        assert!(!lit.contains_object(&card("b", Marks::PAIN)));
        assert!(lit.contains_object(&subject(ObjectId::Chrome, Marks::CHROME)));
    }

    #[test]
    fn paths_need_both_ends_and_faces_their_persona() {
        let mut set = chosen(&["a", "b"]);
        let path = |from: &str, to: &str| {
            ObjectId::Object(ObjectRef::Path {
                from: touchpoint(from),
                to: touchpoint(to),
                kind: PathKind::Next,
            })
        };
        let face = |persona: &str| {
            ObjectId::Object(ObjectRef::Feeling(touchpoint("a"), Some(persona.into())))
        };
        assert!(set.contains(&path("a", "b")) && !set.contains(&path("a", "c")));
        assert!(set.contains(&face("jana")) && set.contains(&face("tom")));
        set.personas.insert("jana".into());
        assert!(set.contains(&face("jana")) && !set.contains(&face("tom")));
        assert!(set.contains(&ObjectId::Object(ObjectRef::Feeling(touchpoint("a"), None))));
    }
}
