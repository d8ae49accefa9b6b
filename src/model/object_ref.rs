//! Addresses of the objects of a map: records, and the parts of them that are
//! found by an id.
//!
//! Must not know: drawing, selections, files.

use super::id::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id, ImageId, LaneId, NoteId, OpportunityId,
    PainId, PersonaId, StageId, SuppressionId, TouchpointId,
};
use super::image::Image;
use super::indexed_list::IndexedList;
use super::lane::Lane;
use super::map::Map;
use super::record::{
    Action, Channel, Department, Environment, Note, PathKind, Persona, Record, Stage, Suppression,
    Touchpoint,
};
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
    /// An accepted finding.
    Suppression(SuppressionId),
}

macro_rules! from_records {
    ($($record:ident)*) => {$(
        impl From<&$record> for ObjectRef {
            fn from(record: &$record) -> ObjectRef {
                ObjectRef::$record(record.id.clone())
            }
        }
    )*};
}

from_records! {
    Persona Department Channel Environment Lane Stage Touchpoint Action Note Image Suppression
}

impl ObjectRef {
    /// Whether the map has the record; for a part of a touchpoint, whether it has the
    /// touchpoint.
    pub fn is_in(&self, map: &Map) -> bool {
        match self {
            ObjectRef::Map => true,
            ObjectRef::Persona(id) => map.personas().contains(id),
            ObjectRef::Department(id) => map.departments().contains(id),
            ObjectRef::Channel(id) => map.channels().contains(id),
            ObjectRef::Environment(id) => map.environments().contains(id),
            ObjectRef::Lane(id) => map.lanes().contains(id),
            ObjectRef::Stage(id) => map.stages().contains(id),
            ObjectRef::Action(id) => map.actions().contains(id),
            ObjectRef::Note(id) => map.notes().contains(id),
            ObjectRef::Image(id) => map.images().contains(id),
            ObjectRef::Suppression(id) => map.suppressions().contains(id),
            part => part
                .touchpoint()
                .is_some_and(|id| map.stage_of(id).is_some()),
        }
    }

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
            ObjectRef::Suppression(id) => id.as_str(),
        })
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
            ObjectRef::Suppression(_) => "Accepted finding",
        }
    }

    /// The name of the record, or of the touchpoint that the object belongs to; empty if
    /// it no longer exists.
    pub fn name<'m>(&self, map: &'m Map) -> &'m str {
        fn in_list<'m, R: Record>(list: &'m IndexedList<R>, id: &R::Id) -> &'m str {
            list.get(id).map_or("", Record::name)
        }
        match self {
            ObjectRef::Map => &map.header().title,
            ObjectRef::Persona(id) => in_list(map.personas(), id),
            ObjectRef::Department(id) => in_list(map.departments(), id),
            ObjectRef::Channel(id) => in_list(map.channels(), id),
            ObjectRef::Environment(id) => in_list(map.environments(), id),
            ObjectRef::Lane(id) => map.lanes().get(id).map_or("", |lane| lane.title()),
            ObjectRef::Stage(id) => in_list(map.stages(), id),
            ObjectRef::Action(id) => in_list(map.actions(), id),
            ObjectRef::Note(id) => in_list(map.notes(), id),
            ObjectRef::Image(id) => in_list(map.images(), id),
            ObjectRef::Suppression(id) => in_list(map.suppressions(), id),
            ObjectRef::Touchpoint(id)
            | ObjectRef::Cell(id, _)
            | ObjectRef::Feeling(id, _)
            | ObjectRef::Pain(id, _)
            | ObjectRef::Opportunity(id, _)
            | ObjectRef::Path { from: id, .. } => map.touchpoint(id).map_or("", Record::name),
        }
    }

    /// The position in the file: `stages[2].touchpoints[1]`; empty for the map, or if
    /// the object no longer exists.
    pub fn path(&self, map: &Map) -> String {
        match self.place_in_list(map) {
            Some((list, at)) => format!("{list}[{at}]"),
            None => self.path_in_touchpoint(map).unwrap_or_default(),
        }
    }

    /// The list of the file and the index of the record in it; `None` for touchpoints and
    /// their parts, for the map, or if the record no longer exists.
    pub fn place_in_list(&self, map: &Map) -> Option<(&'static str, usize)> {
        let (list, at) = match self {
            ObjectRef::Persona(id) => ("personas", map.personas().position(id)),
            ObjectRef::Department(id) => ("departments", map.departments().position(id)),
            ObjectRef::Channel(id) => ("channels", map.channels().position(id)),
            ObjectRef::Environment(id) => ("environments", map.environments().position(id)),
            ObjectRef::Lane(id) => ("lanes", map.lanes().position(id)),
            ObjectRef::Stage(id) => ("stages", map.stages().position(id)),
            ObjectRef::Action(id) => ("actions", map.actions().position(id)),
            ObjectRef::Note(id) => ("notes", map.notes().position(id)),
            ObjectRef::Image(id) => ("pictures", map.images().position(id)),
            ObjectRef::Suppression(id) => ("suppressions", map.suppressions().position(id)),
            _ => return None,
        };
        Some((list, at?))
    }

    fn path_in_touchpoint(&self, map: &Map) -> Option<String> {
        let id = self.touchpoint()?;
        let (stage, at) = map.location_of(id)?;
        let outer = format!(
            "stages[{}].touchpoints[{at}]",
            map.stages().position(&stage)?
        );
        let touchpoint = map.touchpoint(id)?;
        let item = match self {
            ObjectRef::Pain(_, id) => {
                let at = touchpoint.pains.iter().position(|it| it.id == *id);
                at.map(|at| ("pains", at))
            }
            ObjectRef::Opportunity(_, id) => {
                let at = touchpoint.opportunities.iter().position(|it| it.id == *id);
                at.map(|at| ("opportunities", at))
            }
            ObjectRef::Feeling(_, persona) => {
                let at = touchpoint
                    .feelings
                    .iter()
                    .position(|it| it.persona == *persona);
                at.map(|at| ("feelings", at))
            }
            ObjectRef::Path { to, kind, .. } => {
                let mut paths = touchpoint.paths.iter();
                let at = paths.position(|it| it.to == *to && it.kind == *kind);
                at.map(|at| ("paths", at))
            }
            _ => None,
        };
        Some(match item {
            Some((list, at)) => format!("{outer}.{list}[{at}]"),
            None => outer,
        })
    }
}
