//! The selection on a map: one object, or several touchpoints.
//!
//! Must not know: egui, sessions, views.

use crate::graph::Flow;
use crate::model::{
    ChannelId, DepartmentId, EnvironmentId, Field, FieldRef, ImageId, LaneContentKind, LaneId,
    LaneKind, Map, ObjectRef, PathKind, PersonaId, StageId, Touchpoint, TouchpointId,
};
use crate::scene::ObjectId;
use rustc_hash::FxHashSet;

/// Selection on the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// Nothing; the inspector shows the map itself.
    #[default]
    Nothing,
    /// A stage.
    Stage(StageId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// At least two touchpoints, in timeline order.
    Touchpoints(Vec<TouchpointId>),
    /// A path between two touchpoints.
    Path {
        /// Start of the path.
        from: TouchpointId,
        /// End of the path.
        to: TouchpointId,
        /// Kind of the path.
        kind: PathKind,
    },
    /// A lane.
    Lane(LaneId),
    /// A persona.
    Persona(PersonaId),
    /// A department.
    Department(DepartmentId),
    /// A channel.
    Channel(ChannelId),
    /// An environment.
    Environment(EnvironmentId),
}

impl Selection {
    /// Selects an object, or the record that shows it.
    pub fn of_object(map: &Map, object: &ObjectRef) -> Selection {
        match object {
            ObjectRef::Map
            | ObjectRef::Action(_)
            | ObjectRef::Note(_)
            | ObjectRef::Image(_)
            | ObjectRef::Suppression(_) => Selection::Nothing,
            ObjectRef::Stage(id) => Selection::Stage(id.clone()),
            ObjectRef::Lane(id) => Selection::Lane(id.clone()),
            ObjectRef::Touchpoint(id)
            | ObjectRef::Pain(id, _)
            | ObjectRef::Opportunity(id, _)
            | ObjectRef::Feeling(id, _)
            | ObjectRef::Cell(id, _) => Selection::Touchpoint(id.clone()),
            ObjectRef::Path { from, to, .. } => {
                let written = map
                    .touchpoint(from)
                    .and_then(|t| t.paths.iter().find(|p| p.to == *to));
                match written {
                    Some(path) => Selection::Path {
                        from: from.clone(),
                        to: to.clone(),
                        kind: path.kind,
                    },
                    None => Selection::Touchpoint(from.clone()),
                }
            }
            ObjectRef::Persona(id) => Selection::Persona(id.clone()),
            ObjectRef::Department(id) => Selection::Department(id.clone()),
            ObjectRef::Channel(id) => Selection::Channel(id.clone()),
            ObjectRef::Environment(id) => Selection::Environment(id.clone()),
        }
    }

    /// Name of the selection: the title of the map if nothing is selected; `None` for
    /// paths and several touchpoints.
    pub fn name_field(&self) -> Option<FieldRef> {
        match self {
            Selection::Nothing => Some(ObjectRef::Map.field(Field::Title)),
            Selection::Path { .. } => None,
            other => Some(other.object()?.field(Field::Name)),
        }
    }

    /// The selected object; `None` for nothing and for several touchpoints.
    pub fn object(&self) -> Option<ObjectRef> {
        Some(match self {
            Selection::Nothing | Selection::Touchpoints(_) => return None,
            Selection::Stage(id) => ObjectRef::Stage(id.clone()),
            Selection::Touchpoint(id) => ObjectRef::Touchpoint(id.clone()),
            Selection::Path { from, to, kind } => ObjectRef::Path {
                from: from.clone(),
                to: to.clone(),
                kind: *kind,
            },
            Selection::Lane(id) => ObjectRef::Lane(id.clone()),
            Selection::Persona(id) => ObjectRef::Persona(id.clone()),
            Selection::Department(id) => ObjectRef::Department(id.clone()),
            Selection::Channel(id) => ObjectRef::Channel(id.clone()),
            Selection::Environment(id) => ObjectRef::Environment(id.clone()),
        })
    }

    /// Selects these touchpoints in timeline order; ids that are not in the map are
    /// ignored.
    pub fn of_touchpoints(map: &Map, wanted: &[TouchpointId]) -> Selection {
        let wanted: FxHashSet<&TouchpointId> = wanted.iter().collect();
        Selection::matching(map, |t| wanted.contains(&t.id))
    }

    /// Selects the touchpoints that meet a condition, in timeline order.
    pub fn matching(map: &Map, holds: impl Fn(&Touchpoint) -> bool) -> Selection {
        let found = map.touchpoints().filter(|t| holds(t));
        let mut found: Vec<TouchpointId> = found.map(|t| t.id.clone()).collect();
        match (found.pop(), found.is_empty()) {
            (None, _) => Selection::Nothing,
            (Some(only), true) => Selection::Touchpoint(only),
            (Some(last), false) => {
                found.push(last);
                Selection::Touchpoints(found)
            }
        }
    }

    /// Selected touchpoints, one or several, in timeline order.
    pub fn touchpoints(&self) -> &[TouchpointId] {
        match self {
            Selection::Touchpoint(id) => std::slice::from_ref(id),
            Selection::Touchpoints(ids) => ids,
            _ => &[],
        }
    }

    /// Adds an object to the selection, or removes it if selected. Only touchpoints can
    /// be selected together: any other object replaces the selection.
    #[must_use]
    pub fn toggled(&self, map: &Map, other: &Selection) -> Selection {
        let Selection::Touchpoint(other) = other else {
            return other.clone();
        };
        let mut ids = self.touchpoints().to_vec();
        match ids.iter().position(|id| id == other) {
            Some(at) => {
                ids.remove(at);
            }
            None => ids.push(other.clone()),
        }
        Selection::of_touchpoints(map, &ids)
    }

    /// The part of the selection that is still in the map.
    #[must_use]
    pub fn pruned(&self, map: &Map) -> Selection {
        match self {
            // Moving may also have changed the timeline order.
            Selection::Touchpoints(ids) => Selection::of_touchpoints(map, ids),
            other if exists(map, other) => other.clone(),
            _ => Selection::Nothing,
        }
    }
}

/// Whether the selection is in the map.
fn exists(map: &Map, selection: &Selection) -> bool {
    match selection {
        Selection::Nothing => true,
        Selection::Touchpoints(ids) => ids.iter().all(|id| map.touchpoint(id).is_some()),
        Selection::Path { from, to, kind } if has_explicit_path(map, from, to, *kind) => {
            map.touchpoint(to).is_some()
        }
        Selection::Path { from, to, kind } => {
            let flow = Flow::of(map);
            let place = |id: &TouchpointId| map.touchpoints().position(|t| t.id == *id);
            match (place(from), place(to)) {
                (Some(from), Some(to)) => flow
                    .links
                    .iter()
                    .any(|l| l.from == from && l.to == to && l.kind == *kind),
                _ => false,
            }
        }
        one => one.object().is_some_and(|it| !it.path(map).is_empty()),
    }
}

fn has_explicit_path(map: &Map, from: &TouchpointId, to: &TouchpointId, kind: PathKind) -> bool {
    let paths = map.touchpoint(from).map_or(&[][..], |t| &t.paths);
    paths.iter().any(|p| p.to == *to && p.kind == kind)
}

/// Target of an image import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageTarget {
    /// Storyboard of a touchpoint.
    Touchpoint(TouchpointId),
    /// Content of a touchpoint in a custom lane.
    Lane(TouchpointId, LaneId),
    /// A persona.
    Persona(PersonaId),
    /// Another image, which is replaced wherever it is shown.
    Replace(ImageId),
}

impl ImageTarget {
    /// Target for a selected touchpoint or persona.
    pub fn of_selection(selection: &Selection) -> Option<ImageTarget> {
        match selection {
            Selection::Touchpoint(id) => Some(ImageTarget::Touchpoint(id.clone())),
            Selection::Persona(id) => Some(ImageTarget::Persona(id.clone())),
            _ => None,
        }
    }

    /// Target for an object on the canvas.
    pub fn at_object(map: &Map, tag: &ObjectId) -> Option<ImageTarget> {
        match tag {
            ObjectId::Object(ObjectRef::Touchpoint(id))
            | ObjectId::Object(ObjectRef::Feeling(id, _)) => {
                Some(ImageTarget::Touchpoint(id.clone()))
            }
            ObjectId::Object(ObjectRef::Cell(id, lane)) => Some(match map.lanes().get(lane) {
                Some(l) if l.kind == LaneKind::Custom && l.holds == LaneContentKind::Picture => {
                    ImageTarget::Lane(id.clone(), lane.clone())
                }
                _ => ImageTarget::Touchpoint(id.clone()),
            }),
            _ => None,
        }
    }
}
