//! Highlights: marks, a selection of objects, or both; everything else is dimmed.
//!
//! The display list stores the identity of each object, so that changing the highlight needs no new
//! scene; backends query only the objects in view.
//! Must not know: why something is highlighted.

use super::item::{Marks, Subject, Tag};
use crate::model::{PersonaId, Stage, StageId, Touchpoint, TouchpointId};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// A highlight. The default dims nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lit {
    /// Marks of which an object needs at least one; empty for no condition.
    pub marks: Marks,
    /// Selected objects; `None` for all.
    pub chosen: Option<Arc<Chosen>>,
}

/// A set of objects of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Touchpoints, with their cells and faces.
    pub touchpoints: FxHashSet<TouchpointId>,
    /// Stages.
    pub stages: FxHashSet<StageId>,
    /// Personas whose faces stay highlighted; empty for all.
    pub personas: FxHashSet<PersonaId>,
}

impl Chosen {
    fn has(&self, tag: &Tag) -> bool {
        match tag {
            Tag::Frame
            | Tag::Map
            | Tag::Persona(_)
            | Tag::Lane(_)
            | Tag::Department(_)
            | Tag::Owned(..)
            | Tag::Handoff(..) => false,
            Tag::Stage(id) | Tag::StageOwner(id) => self.stages.contains(id),
            Tag::Card(id) | Tag::Cell(_, id) => self.touchpoints.contains(id),
            Tag::Face(id, persona) => {
                let theirs = persona.as_ref().is_none_or(|p| self.personas.contains(p));
                self.touchpoints.contains(id) && (self.personas.is_empty() || theirs)
            }
            Tag::Path { from, to } => {
                self.touchpoints.contains(from) && self.touchpoints.contains(to)
            }
        }
    }
}

impl From<Marks> for Lit {
    fn from(marks: Marks) -> Lit {
        Lit {
            marks,
            chosen: None,
        }
    }
}

impl Lit {
    /// Whether the highlight dims nothing.
    pub fn is_everything(&self) -> bool {
        self.marks.is_empty() && self.chosen.is_none()
    }

    /// Whether an object of a scene is highlighted. Objects with [`Marks::FRAME`] always are.
    pub fn subject(&self, subject: &Subject) -> bool {
        subject.marks.meets(Marks::FRAME)
            || (self.marked(subject.marks)
                && self
                    .chosen
                    .as_ref()
                    .is_none_or(|chosen| chosen.has(&subject.tag)))
    }

    /// Whether a touchpoint is highlighted.
    pub fn touchpoint(&self, touchpoint: &Touchpoint) -> bool {
        let chosen = self.chosen.as_ref();
        self.marked(Marks::of_touchpoint(touchpoint))
            && chosen.is_none_or(|chosen| chosen.touchpoints.contains(&touchpoint.id))
    }

    /// Whether a stage is highlighted.
    pub fn stage(&self, stage: &Stage) -> bool {
        let chosen = self.chosen.as_ref();
        self.marked(Marks::of_stage(stage))
            && chosen.is_none_or(|chosen| chosen.stages.contains(&stage.id))
    }

    fn marked(&self, marks: Marks) -> bool {
        self.marks.is_empty() || marks.meets(self.marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;
    use crate::model::Id;

    fn subject(tag: Tag, marks: Marks) -> Subject {
        Subject {
            tag,
            title: Box::default(),
            description: Box::default(),
            marks,
            area: Rect::EMPTY,
        }
    }

    fn touchpoint(id: &str) -> TouchpointId {
        TouchpointId::from_text(id)
    }

    fn chosen(touchpoints: &[&str]) -> Chosen {
        Chosen {
            touchpoints: touchpoints.iter().map(|id| touchpoint(id)).collect(),
            ..Chosen::default()
        }
    }

    #[test]
    fn the_default_highlight_dims_nothing() {
        let lit = Lit::default();
        assert!(lit.is_everything());
        assert!(lit.subject(&subject(Tag::Frame, Marks::NONE)));
        assert!(lit.touchpoint(&Touchpoint::new(touchpoint("a"), "A")));
    }

    #[test]
    fn marks_and_selection_are_combined() {
        let lit = Lit {
            marks: Marks::PAIN,
            chosen: Some(Arc::new(chosen(&["a"]))),
        };
        let card = |id: &str, marks| subject(Tag::Card(touchpoint(id)), marks);
        assert!(lit.subject(&card("a", Marks::PAIN)));
        assert!(!lit.subject(&card("a", Marks::UNOWNED)));
        assert!(!lit.subject(&card("b", Marks::PAIN)));
        assert!(lit.subject(&subject(Tag::Frame, Marks::FRAME)));
    }

    #[test]
    fn paths_need_both_ends_and_faces_their_persona() {
        let mut set = chosen(&["a", "b"]);
        let path = |from: &str, to: &str| Tag::Path {
            from: touchpoint(from),
            to: touchpoint(to),
        };
        let face = |persona: &str| Tag::Face(touchpoint("a"), Some(persona.into()));
        assert!(set.has(&path("a", "b")) && !set.has(&path("a", "c")));
        assert!(set.has(&face("jana")) && set.has(&face("tom")));
        set.personas.insert("jana".into());
        assert!(set.has(&face("jana")) && !set.has(&face("tom")));
        assert!(set.has(&Tag::Face(touchpoint("a"), None)));
    }
}
