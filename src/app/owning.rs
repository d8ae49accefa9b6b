//! What cells and arcs of the ownership view stand for.
//!
//! Must not know: egui, sessions, how anything is drawn.

use super::context::Selection;
use crate::graph::Graph;
use crate::layout::ownership::Holder;
use crate::model::{Map, StageId, Touchpoint, TouchpointId};

/// The touchpoints that somebody owns in a stage, or in all; where there are
/// none, the department, or nothing.
pub fn owned(map: &Map, holder: &Holder, stage: Option<&StageId>) -> Selection {
    let theirs = |touchpoint: &&Touchpoint| Holder::of(map, touchpoint.owner.as_ref()) == *holder;
    let ids: Vec<TouchpointId> = match stage {
        Some(stage) => {
            let touchpoints = map.touchpoints_in(stage).iter();
            touchpoints.filter(theirs).map(|t| t.id.clone()).collect()
        }
        None => map.touchpoints().filter(theirs).map(|t| t.id.clone()).collect(),
    };
    match (Selection::of_touchpoints(map, &ids), holder) {
        (Selection::Nothing, Holder::Department(id)) => Selection::Department(id.clone()),
        (selection, _) => selection,
    }
}

/// The touchpoints between which the customer passes from the one to the other.
pub fn handed_over(map: &Map, from: &Holder, to: &Holder) -> Selection {
    let graph = Graph::of(map);
    let holders: Vec<Holder> = map
        .touchpoints()
        .map(|touchpoint| Holder::of(map, touchpoint.owner.as_ref()))
        .collect();
    let links = graph.flow().links.iter();
    let passing = links.filter(|link| holders[link.from] == *from && holders[link.to] == *to);
    let ends = passing.flat_map(|link| [link.from, link.to]);
    let ids: Vec<TouchpointId> = ends
        .filter_map(|at| graph.touchpoint(at).cloned())
        .collect();
    Selection::of_touchpoints(map, &ids)
}
