//! The selection in the ownership view: touchpoints of a cell or handoff, and vertical
//! neighbours.
//!
//! Must not know: egui, sessions, how anything is drawn.

use super::navigation::Direction;
use super::selection::Selection;
use crate::graph::Graph;
use crate::layout::ownership::Owner;
use crate::model::{DepartmentId, Map, ObjectRef, StageId, Touchpoint, TouchpointId};

/// Selects the touchpoints of an owner in a stage, or in all stages; without any, the
/// department, or nothing.
pub fn owned_selection(map: &Map, holder: &Owner, stage: Option<&StageId>) -> Selection {
    let theirs = |touchpoint: &&Touchpoint| Owner::of_touchpoint(map, touchpoint) == *holder;
    let ids: Vec<TouchpointId> = match stage {
        Some(stage) => {
            let touchpoints = map.touchpoints_in(stage).iter();
            touchpoints.filter(theirs).map(|t| t.id.clone()).collect()
        }
        None => map
            .touchpoints()
            .filter(theirs)
            .map(|t| t.id.clone())
            .collect(),
    };
    match (Selection::of_touchpoints(map, &ids), holder) {
        (Selection::Nothing, Owner::Department(id)) => {
            Selection::One(ObjectRef::Department(id.clone()))
        }
        (selection, _) => selection,
    }
}

/// Selects the touchpoints at both ends of all handoffs from one owner to another.
pub fn handoff_selection(map: &Map, from: &Owner, to: &Owner) -> Selection {
    let graph = Graph::of(map);
    let holders: Vec<Owner> = map
        .touchpoints()
        .map(|touchpoint| Owner::of_touchpoint(map, touchpoint))
        .collect();
    let links = graph.flow().links.iter();
    let passing = links.filter(|link| holders[link.from] == *from && holders[link.to] == *to);
    let ends = passing.flat_map(|link| [link.from, link.to]);
    let ids: Vec<TouchpointId> = ends
        .filter_map(|at| graph.touchpoint(at).cloned())
        .collect();
    Selection::of_touchpoints(map, &ids)
}

/// Row of an owner, from the top: unowned, departments, unknown owners.
pub fn owner_row(map: &Map, owner: Option<&DepartmentId>) -> usize {
    owner.map_or(0, |id| {
        let place = map.departments().position(id);
        place.unwrap_or(map.departments().len()) + 1
    })
}

/// The touchpoint above or below another in the column of its stage.
pub fn vertical_neighbor(map: &Map, id: &TouchpointId, way: Direction) -> Option<TouchpointId> {
    let mut column: Vec<&Touchpoint> = map.touchpoints_in(map.stage_of(id)?).iter().collect();
    // What needs no owner has the last row.
    column.sort_by_key(|touchpoint| match map.needs_no_owner(touchpoint) {
        true => usize::MAX,
        false => owner_row(map, touchpoint.owner.as_ref()),
    });
    let at = column.iter().position(|touchpoint| touchpoint.id == *id)?;
    let next = match way {
        Direction::Previous => at.checked_sub(1)?,
        Direction::Next => at + 1,
    };
    column.get(next).map(|touchpoint| touchpoint.id.clone())
}
