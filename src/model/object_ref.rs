//! Addresses of the objects of a map: records, and the parts of them that are
//! found by an id.
//!
//! Must not know: drawing, selections, files.

use super::id::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id, ImageId, LaneId, NoteId, OpportunityId,
    PainId, PersonaId, StageId, SuppressionId, TouchpointId,
};
use super::indexed_list::IndexedList;
use super::lane::Lane;
use super::map::Map;
use super::record::{PathKind, Record};
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
        match (self, self.touchpoint()) {
            (ObjectRef::Map, _) => &map.header().title,
            (ObjectRef::Lane(id), _) => map.lanes().get(id).map_or("", Lane::title),
            (_, Some(id)) => map.touchpoint(id).map_or("", Record::name),
            _ => self.in_list(map).map_or("", |(_, _, name)| name),
        }
    }

    /// The position in the file: `stages[2].touchpoints[1]`; empty for the map, or if
    /// the object no longer exists.
    pub fn path(&self, map: &Map) -> String {
        let path = match self.touchpoint() {
            Some(id) => self.path_in_touchpoint(map, id),
            None => self
                .in_list(map)
                .map(|(list, at, _)| format!("{list}[{at}]")),
        };
        path.unwrap_or_default()
    }

    /// For a record in a list of the map: the list as in files, the index there, and the name.
    fn in_list<'m>(&self, map: &'m Map) -> Option<(&'static str, usize, &'m str)> {
        fn entry<'m, R: Record>(list: &'m IndexedList<R>, id: &R::Id) -> Option<(usize, &'m str)> {
            Some((list.position(id)?, list.get(id)?.name()))
        }
        let (list, found) = match self {
            ObjectRef::Persona(id) => ("personas", entry(map.personas(), id)),
            ObjectRef::Department(id) => ("departments", entry(map.departments(), id)),
            ObjectRef::Channel(id) => ("channels", entry(map.channels(), id)),
            ObjectRef::Environment(id) => ("environments", entry(map.environments(), id)),
            ObjectRef::Lane(id) => ("lanes", entry(map.lanes(), id)),
            ObjectRef::Stage(id) => ("stages", entry(map.stages(), id)),
            ObjectRef::Action(id) => ("actions", entry(map.actions(), id)),
            ObjectRef::Note(id) => ("notes", entry(map.notes(), id)),
            ObjectRef::Image(id) => ("pictures", entry(map.images(), id)),
            ObjectRef::Suppression(id) => ("suppressions", entry(map.suppressions(), id)),
            _ => return None,
        };
        found.map(|(at, name)| (list, at, name))
    }

    fn path_in_touchpoint(&self, map: &Map, id: &TouchpointId) -> Option<String> {
        let (stage, at) = map.location_of(id)?;
        let outer = format!(
            "stages[{}].touchpoints[{at}]",
            map.stages().position(&stage)?
        );
        let t = map.touchpoint(id)?;
        let item = match self {
            ObjectRef::Pain(_, id) => ("pains", t.pains.iter().position(|pain| pain.id == *id)),
            ObjectRef::Opportunity(_, id) => {
                let mut all = t.opportunities.iter();
                (
                    "opportunities",
                    all.position(|opportunity| opportunity.id == *id),
                )
            }
            ObjectRef::Feeling(_, persona) => {
                let mut all = t.feelings.iter();
                (
                    "feelings",
                    all.position(|feeling| feeling.persona == *persona),
                )
            }
            ObjectRef::Path { to, kind, .. } => {
                let mut all = t.paths.iter();
                (
                    "paths",
                    all.position(|path| path.to == *to && path.kind == *kind),
                )
            }
            _ => ("", None),
        };
        Some(match item {
            (list, Some(at)) => format!("{outer}.{list}[{at}]"),
            (_, None) => outer,
        })
    }
}
