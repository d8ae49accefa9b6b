//! The selection on a map: one object, or several touchpoints.
//!
//! Must not know: egui, sessions, views.

use crate::graph::Flow;
use crate::model::{Field, FieldRef, Map, ObjectRef, Touchpoint, TouchpointId};
use rustc_hash::FxHashSet;

/// Selection on the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// Nothing; the inspector shows the map itself.
    #[default]
    Nothing,
    /// One object that the inspector shows: a stage, touchpoint, path, lane, persona,
    /// department, channel or environment.
    One(ObjectRef),
    /// At least two touchpoints, in timeline order.
    Touchpoints(Vec<TouchpointId>),
}

impl From<ObjectRef> for Selection {
    fn from(object: ObjectRef) -> Selection {
        Selection::One(object)
    }
}

impl Selection {
    /// Selects an object, or the record that shows it.
    pub fn of_object(map: &Map, object: &ObjectRef) -> Selection {
        Selection::One(match object {
            ObjectRef::Map
            | ObjectRef::Action(_)
            | ObjectRef::Note(_)
            | ObjectRef::Image(_)
            | ObjectRef::Comment(_)
            | ObjectRef::SavedView(_)
            | ObjectRef::Conflict(_)
            | ObjectRef::Suppression(_) => return Selection::Nothing,
            ObjectRef::Pain(id, _)
            | ObjectRef::Opportunity(id, _)
            | ObjectRef::Feeling(id, _)
            | ObjectRef::Cell(id, _) => ObjectRef::Touchpoint(id.clone()),
            ObjectRef::Path { from, to, .. } => {
                let touchpoint = map.touchpoint(from);
                match touchpoint.and_then(|t| t.paths.iter().find(|p| p.to == *to)) {
                    Some(path) => ObjectRef::Path {
                        from: from.clone(),
                        to: to.clone(),
                        kind: path.kind,
                    },
                    None => ObjectRef::Touchpoint(from.clone()),
                }
            }
            record => record.clone(),
        })
    }

    /// Name of the selection: the title of the map if nothing is selected; `None` for
    /// paths and several touchpoints.
    pub fn name_field(&self) -> Option<FieldRef> {
        match self {
            Selection::Nothing => Some(ObjectRef::Map.field(Field::Title)),
            Selection::One(ObjectRef::Path { .. }) | Selection::Touchpoints(_) => None,
            Selection::One(object) => Some(object.clone().field(Field::Name)),
        }
    }

    /// Measurements of the selected touchpoint, or of the whole journey.
    pub fn measurements_field(&self) -> FieldRef {
        let object = match self {
            Selection::One(ObjectRef::Touchpoint(id)) => ObjectRef::Touchpoint(id.clone()),
            _ => ObjectRef::Map,
        };
        object.field(Field::Measurements)
    }

    /// The selected object; `None` for nothing and for several touchpoints.
    pub fn object(&self) -> Option<&ObjectRef> {
        match self {
            Selection::One(object) => Some(object),
            Selection::Nothing | Selection::Touchpoints(_) => None,
        }
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
        if found.len() > 1 {
            return Selection::Touchpoints(found);
        }
        let only = found.pop().map(ObjectRef::Touchpoint);
        only.map_or(Selection::Nothing, Selection::One)
    }

    /// Selected touchpoints, one or several, in timeline order.
    pub fn touchpoints(&self) -> &[TouchpointId] {
        match self {
            Selection::One(ObjectRef::Touchpoint(id)) => std::slice::from_ref(id),
            Selection::Touchpoints(ids) => ids,
            _ => &[],
        }
    }

    /// Adds an object to the selection, or removes it if selected. Only touchpoints can
    /// be selected together: any other object replaces the selection.
    #[must_use]
    pub fn toggled(&self, map: &Map, other: &Selection) -> Selection {
        let Selection::One(ObjectRef::Touchpoint(other)) = other else {
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
            Selection::One(object) if exists(map, object) => self.clone(),
            _ => Selection::Nothing,
        }
    }
}

/// Whether an object is in the map; a path also if it is implicit.
fn exists(map: &Map, object: &ObjectRef) -> bool {
    let ObjectRef::Path { from, to, kind } = object else {
        return object.is_in(map);
    };
    let place = |id: &TouchpointId| map.touchpoints().position(|t| t.id == *id);
    let (Some(start), Some(end)) = (place(from), place(to)) else {
        return false;
    };
    let paths = map.touchpoint(from).map_or(&[][..], |t| &t.paths);
    let links = || Flow::of(map).links;
    paths.iter().any(|p| p.to == *to && p.kind == *kind)
        || links()
            .iter()
            .any(|l| l.from == start && l.to == end && l.kind == *kind)
}
