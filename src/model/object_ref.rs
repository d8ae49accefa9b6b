//! Addresses of the objects of a map: records, and the parts of them that are
//! found by an id.
//!
//! Must not know: drawing, selections, files.

use super::id::{
    ActionId, ChannelId, CommentId, ConflictId, DepartmentId, EnvironmentId, Id, ImageId, LaneId,
    NoteId, OpportunityId, PainId, PersonaId, SavedViewId, StageId, SuppressionId, TouchpointId,
};
use super::record::PathKind;
use std::borrow::Cow;

/// The address of an object of a map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ObjectRef {
    /// The map as a whole.
    Map,
    /// A persona.
    Persona(PersonaId),
    /// A department.
    Department(DepartmentId),
    /// A channel.
    Channel(ChannelId),
    /// An environment.
    Environment(EnvironmentId),
    /// A lane.
    Lane(LaneId),
    /// A stage.
    Stage(StageId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// A path from one touchpoint to another, explicit or implicit.
    Path {
        /// The touchpoint at the start.
        from: TouchpointId,
        /// The touchpoint at the end.
        to: TouchpointId,
        /// The kind of path.
        kind: PathKind,
    },
    /// A pain point of a touchpoint.
    Pain(TouchpointId, PainId),
    /// An opportunity of a touchpoint.
    Opportunity(TouchpointId, OpportunityId),
    /// The feeling of a persona at a touchpoint.
    Feeling(TouchpointId, Option<PersonaId>),
    /// The content of a touchpoint in a lane.
    Cell(TouchpointId, LaneId),
    /// An action.
    Action(ActionId),
    /// A parked note.
    Note(NoteId),
    /// An image.
    Image(ImageId),
    /// A comment or question.
    Comment(CommentId),
    /// A saved view.
    SavedView(SavedViewId),
    /// A conflict of a merge.
    Conflict(ConflictId),
    /// An accepted finding.
    Suppression(SuppressionId),
}

impl ObjectRef {
    /// The key used in accepted findings: the id of the object, for a path both ids
    /// separated by a space, empty for the map.
    pub fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            ObjectRef::Map => "",
            ObjectRef::Persona(id) => id.as_str(),
            ObjectRef::Department(id) => id.as_str(),
            ObjectRef::Channel(id) => id.as_str(),
            ObjectRef::Environment(id) => id.as_str(),
            ObjectRef::Lane(id) => id.as_str(),
            ObjectRef::Stage(id) => id.as_str(),
            ObjectRef::Touchpoint(id) | ObjectRef::Cell(id, _) | ObjectRef::Feeling(id, _) => {
                id.as_str()
            }
            ObjectRef::Path { from, to, .. } => return Cow::Owned(format!("{from} {to}")),
            ObjectRef::Pain(_, id) => id.as_str(),
            ObjectRef::Opportunity(_, id) => id.as_str(),
            ObjectRef::Action(id) => id.as_str(),
            ObjectRef::Note(id) => id.as_str(),
            ObjectRef::Image(id) => id.as_str(),
            ObjectRef::Comment(id) => id.as_str(),
            ObjectRef::SavedView(id) => id.as_str(),
            ObjectRef::Conflict(id) => id.as_str(),
            ObjectRef::Suppression(id) => id.as_str(),
        })
    }

    /// The address with another id in the place of the object's own; the map, paths, feelings
    /// and cells have none and stay.
    #[must_use]
    pub fn with_own_id(&self, id: &str) -> ObjectRef {
        match self {
            ObjectRef::Persona(_) => ObjectRef::Persona(id.into()),
            ObjectRef::Department(_) => ObjectRef::Department(id.into()),
            ObjectRef::Channel(_) => ObjectRef::Channel(id.into()),
            ObjectRef::Environment(_) => ObjectRef::Environment(id.into()),
            ObjectRef::Lane(_) => ObjectRef::Lane(id.into()),
            ObjectRef::Stage(_) => ObjectRef::Stage(id.into()),
            ObjectRef::Touchpoint(_) => ObjectRef::Touchpoint(id.into()),
            ObjectRef::Pain(touchpoint, _) => ObjectRef::Pain(touchpoint.clone(), id.into()),
            ObjectRef::Opportunity(touchpoint, _) => {
                ObjectRef::Opportunity(touchpoint.clone(), id.into())
            }
            ObjectRef::Action(_) => ObjectRef::Action(id.into()),
            ObjectRef::Note(_) => ObjectRef::Note(id.into()),
            ObjectRef::Image(_) => ObjectRef::Image(id.into()),
            ObjectRef::Comment(_) => ObjectRef::Comment(id.into()),
            ObjectRef::SavedView(_) => ObjectRef::SavedView(id.into()),
            ObjectRef::Conflict(_) => ObjectRef::Conflict(id.into()),
            ObjectRef::Suppression(_) => ObjectRef::Suppression(id.into()),
            ObjectRef::Map
            | ObjectRef::Path { .. }
            | ObjectRef::Feeling(..)
            | ObjectRef::Cell(..) => self.clone(),
        }
    }

    /// The touchpoint that the object is or belongs to; for a path the one at its start.
    pub fn touchpoint(&self) -> Option<&TouchpointId> {
        match self {
            ObjectRef::Touchpoint(id)
            | ObjectRef::Pain(id, _)
            | ObjectRef::Opportunity(id, _)
            | ObjectRef::Feeling(id, _)
            | ObjectRef::Cell(id, _)
            | ObjectRef::Path { from: id, .. } => Some(id),
            _ => None,
        }
    }

    /// The noun for the kind of object, on screen.
    pub fn noun(&self) -> &'static str {
        match self {
            ObjectRef::Map => "Map",
            ObjectRef::Persona(_) => "Persona",
            ObjectRef::Department(_) => "Department",
            ObjectRef::Channel(_) => "Channel",
            ObjectRef::Environment(_) => "Environment",
            ObjectRef::Lane(_) => "Lane",
            ObjectRef::Stage(_) => "Stage",
            ObjectRef::Touchpoint(_) | ObjectRef::Cell(..) => "Touchpoint",
            ObjectRef::Path { .. } => "Path",
            ObjectRef::Pain(..) => "Pain point",
            ObjectRef::Opportunity(..) => "Opportunity",
            ObjectRef::Feeling(..) => "Feeling",
            ObjectRef::Action(_) => "Action",
            ObjectRef::Note(_) => "Parked note",
            ObjectRef::Image(_) => "Picture",
            ObjectRef::Comment(_) => "Comment",
            ObjectRef::SavedView(_) => "Saved view",
            ObjectRef::Conflict(_) => "Conflict",
            ObjectRef::Suppression(_) => "Accepted finding",
        }
    }
}
