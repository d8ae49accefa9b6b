//! Comments and questions pinned to objects of the map, with their replies.
//!
//! Must not know: drawing, files.

use crate::model::id::{
    ActionId, ChannelId, CommentId, DepartmentId, EnvironmentId, ImageId, LaneId, NoteId,
    OpportunityId, PainId, PersonaId, SavedViewId, StageId, TouchpointId,
};
use crate::model::object_ref::ObjectRef;
use crate::model::record::PathKind;
use crate::model::value::Date;
use serde::{Deserialize, Serialize};

/// A comment or question about an object of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Comment {
    /// Unique in the map.
    pub id: CommentId,
    /// The text.
    pub text: String,
    /// The object; `None` for the map as a whole.
    pub about: Option<CommentSubject>,
    /// The deleted object that the comment was about, in words: `Touchpoint “Pays”`. Empty if
    /// there was none.
    pub formerly: String,
    /// The name of the author; may be empty.
    pub author: String,
    /// The date of writing.
    #[serde(with = "crate::model::value::date")]
    pub date: Option<Date>,
    /// Whether it is a question.
    pub question: bool,
    /// Whether it is settled.
    pub resolved: bool,
    /// Replies, the oldest first.
    pub replies: Vec<Reply>,
}

impl Comment {
    /// Returns the address of the object that the comment is about.
    pub fn subject(&self) -> ObjectRef {
        self.about
            .as_ref()
            .map_or(ObjectRef::Map, CommentSubject::object)
    }
}

/// A reply to a comment. It has no id: nothing refers to one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reply {
    /// The text.
    pub text: String,
    /// The name of the author; may be empty.
    pub author: String,
    /// The date of writing.
    #[serde(with = "crate::model::value::date")]
    pub date: Option<Date>,
}

/// The object of a comment as ids of records. A touchpoint with a second id stands for that part
/// of the touchpoint: a pain, an opportunity, the feeling of a persona, the content of a lane, or
/// the path to another touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the id of a record of that name")]
pub struct CommentSubject {
    pub stage: Option<StageId>,
    pub touchpoint: Option<TouchpointId>,
    pub to: Option<TouchpointId>,
    pub path: PathKind,
    pub pain: Option<PainId>,
    pub opportunity: Option<OpportunityId>,
    pub persona: Option<PersonaId>,
    pub lane: Option<LaneId>,
    pub department: Option<DepartmentId>,
    pub channel: Option<ChannelId>,
    pub environment: Option<EnvironmentId>,
    pub action: Option<ActionId>,
    pub note: Option<NoteId>,
    pub picture: Option<ImageId>,
    pub saved_view: Option<SavedViewId>,
}

impl CommentSubject {
    /// Creates the subject for an object; `None` for the map, and for accepted findings and
    /// comments, which have texts of their own.
    pub fn new(object: &ObjectRef) -> Option<CommentSubject> {
        let mut it = CommentSubject {
            touchpoint: object.touchpoint().cloned(),
            ..CommentSubject::default()
        };
        match object.clone() {
            ObjectRef::Map
            | ObjectRef::Suppression(_)
            | ObjectRef::Comment(_)
            | ObjectRef::Conflict(_) => return None,
            ObjectRef::Touchpoint(_) => {}
            ObjectRef::Persona(id) => it.persona = Some(id),
            ObjectRef::Department(id) => it.department = Some(id),
            ObjectRef::Channel(id) => it.channel = Some(id),
            ObjectRef::Environment(id) => it.environment = Some(id),
            ObjectRef::Lane(id) | ObjectRef::Cell(_, id) => it.lane = Some(id),
            ObjectRef::Stage(id) => it.stage = Some(id),
            ObjectRef::Path { to, kind, .. } => (it.to, it.path) = (Some(to), kind),
            ObjectRef::Pain(_, id) => it.pain = Some(id),
            ObjectRef::Opportunity(_, id) => it.opportunity = Some(id),
            ObjectRef::Feeling(_, persona) => it.persona = persona,
            ObjectRef::Action(id) => it.action = Some(id),
            ObjectRef::Note(id) => it.note = Some(id),
            ObjectRef::Image(id) => it.picture = Some(id),
            ObjectRef::SavedView(id) => it.saved_view = Some(id),
        }
        Some(it)
    }

    /// Returns the address; the map if no id is set.
    pub fn object(&self) -> ObjectRef {
        let it = self.clone();
        if let Some(id) = it.touchpoint {
            if let Some(to) = it.to {
                let kind = it.path;
                return ObjectRef::Path { from: id, to, kind };
            }
            let pain = it.pain.map(|pain| ObjectRef::Pain(id.clone(), pain));
            return pain
                .or_else(|| Some(ObjectRef::Opportunity(id.clone(), it.opportunity?)))
                .or_else(|| Some(ObjectRef::Feeling(id.clone(), Some(it.persona?))))
                .or_else(|| Some(ObjectRef::Cell(id.clone(), it.lane?)))
                .unwrap_or(ObjectRef::Touchpoint(id));
        }
        None.or(it.stage.map(ObjectRef::Stage))
            .or(it.persona.map(ObjectRef::Persona))
            .or(it.lane.map(ObjectRef::Lane))
            .or(it.department.map(ObjectRef::Department))
            .or(it.channel.map(ObjectRef::Channel))
            .or(it.environment.map(ObjectRef::Environment))
            .or(it.action.map(ObjectRef::Action))
            .or(it.note.map(ObjectRef::Note))
            .or(it.picture.map(ObjectRef::Image))
            .or(it.saved_view.map(ObjectRef::SavedView))
            .unwrap_or(ObjectRef::Map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_stands_for_the_object_that_it_was_made_of() {
        let t = || TouchpointId::from("t");
        for object in [
            ObjectRef::Persona("a".into()),
            ObjectRef::Department("a".into()),
            ObjectRef::Channel("a".into()),
            ObjectRef::Environment("a".into()),
            ObjectRef::Lane("a".into()),
            ObjectRef::Stage("a".into()),
            ObjectRef::Touchpoint(t()),
            ObjectRef::Path {
                from: t(),
                to: "u".into(),
                kind: PathKind::Failure,
            },
            ObjectRef::Pain(t(), "a".into()),
            ObjectRef::Opportunity(t(), "a".into()),
            ObjectRef::Feeling(t(), Some("a".into())),
            ObjectRef::Cell(t(), "a".into()),
            ObjectRef::Action("a".into()),
            ObjectRef::Note("a".into()),
            ObjectRef::Image("a".into()),
            ObjectRef::SavedView("a".into()),
        ] {
            assert_eq!(CommentSubject::new(&object).unwrap().object(), object);
        }
        assert_eq!(CommentSubject::new(&ObjectRef::Map), None);
        assert_eq!(CommentSubject::default().object(), ObjectRef::Map);
    }
}
