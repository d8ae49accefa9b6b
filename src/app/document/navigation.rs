//! Navigation as pure functions of map and selection: the next selection in a direction.
//!
//! Must not know: egui, sessions, views.

use super::selection::Selection;
use crate::graph::Flow;
use crate::model::{Map, ObjectRef, PathKind, Record, Touchpoint, TouchpointId};
use crate::scene::Highlight;

/// Direction of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the previous one.
    Previous,
    /// To the next one.
    Next,
}

/// Index before or after another; `None` at the end.
pub fn neighbor_index(at: usize, count: usize, way: Direction) -> Option<usize> {
    match way {
        Direction::Previous => at.checked_sub(1),
        Direction::Next => Some(at + 1).filter(|to| *to < count),
    }
}

/// Neighbour of a touchpoint in timeline order.
pub fn timeline_neighbor(map: &Map, id: &TouchpointId, way: Direction) -> Option<TouchpointId> {
    let all: Vec<&Touchpoint> = map.touchpoints().collect();
    let at = all.iter().position(|t| t.id == *id)?;
    let to = neighbor_index(at, all.len(), way)?;
    all.get(to).map(|t| t.id.clone())
}

/// The touchpoint that a path leads to or comes from, explicit or implicit; without a
/// path, the neighbour in the timeline.
fn path_neighbor(map: &Map, id: &TouchpointId, way: Direction) -> Option<TouchpointId> {
    let flow = Flow::of(map);
    let at = map.touchpoints().position(|t| t.id == *id)?;
    let goes_on =
        |link: &&crate::graph::FlowLink| link.kind == PathKind::Next && !link.is_backward();
    let mut next = flow.links.iter().filter(goes_on);
    let to = match way {
        Direction::Next => next.find(|link| link.from == at).map(|link| link.to),
        Direction::Previous => next.rfind(|link| link.to == at).map(|link| link.from),
    };
    match to {
        Some(to) => map.touchpoints().nth(to).map(|t| t.id.clone()),
        None => timeline_neighbor(map, id, way),
    }
}

/// Neighbour of a touchpoint or stage in timeline order.
pub fn adjacent(map: &Map, selection: &Selection, way: Direction) -> Option<ObjectRef> {
    match selection {
        Selection::One(ObjectRef::Touchpoint(id)) => {
            timeline_neighbor(map, id, way).map(ObjectRef::Touchpoint)
        }
        other => horizontal_neighbor(map, other, way),
    }
}

/// The object selected by the left or right arrow key.
pub fn horizontal_neighbor(map: &Map, selection: &Selection, way: Direction) -> Option<ObjectRef> {
    let touchpoint = match selection {
        Selection::One(ObjectRef::Stage(id)) => {
            let to = neighbor_index(map.stages().position(id)?, map.stages().len(), way)?;
            let stage = map.stages().as_slice().get(to)?;
            return Some(ObjectRef::Stage(stage.id.clone()));
        }
        Selection::One(ObjectRef::Touchpoint(id)) => path_neighbor(map, id, way),
        Selection::Touchpoints(ids) => {
            let edge = outermost(ids, way)?;
            timeline_neighbor(map, edge, way).or_else(|| Some(edge.clone()))
        }
        Selection::One(ObjectRef::Path { from, to, .. }) => Some(match way {
            Direction::Previous => from.clone(),
            Direction::Next => to.clone(),
        }),
        _ => {
            let touchpoint = match way {
                Direction::Next => map.touchpoints().next(),
                Direction::Previous => map.touchpoints().last(),
            };
            touchpoint.map(|t| t.id.clone())
        }
    };
    touchpoint.map(ObjectRef::Touchpoint)
}

/// The object selected by the up or down arrow key: up from a side branch to its main
/// step, from a step to its stage; down in reverse.
pub fn vertical_neighbor(map: &Map, selection: &Selection, way: Direction) -> Option<ObjectRef> {
    let all: Vec<&Touchpoint> = map.touchpoints().collect();
    let select = |at: usize| all.get(at).map(|t| ObjectRef::Touchpoint(t.id.clone()));
    match (selection, way) {
        (Selection::One(ObjectRef::Stage(id)), Direction::Next) => {
            let first = map.touchpoints_in(id).first()?;
            Some(ObjectRef::Touchpoint(first.id.clone()))
        }
        (Selection::One(ObjectRef::Touchpoint(id)), _) => {
            let flow = Flow::of(map);
            let at = all.iter().position(|t| t.id == *id)?;
            let main = flow.branch_of.get(at).copied().flatten();
            match way {
                // The row above: the previous branch, else the main step, else the
                // stage.
                Direction::Previous => match main {
                    Some(main) => select(at.saturating_sub(1).max(main)),
                    None => map.stage_of(id).cloned().map(ObjectRef::Stage),
                },
                Direction::Next => {
                    let row = main.unwrap_or(at);
                    let below = at + 1;
                    (flow.branch_of.get(below).copied().flatten() == Some(row))
                        .then(|| select(below))
                        .flatten()
                }
            }
        }
        (Selection::Touchpoints(ids), way) => {
            let edge = ObjectRef::Touchpoint(outermost(ids, way)?.clone());
            vertical_neighbor(map, &edge.clone().into(), way).or(Some(edge))
        }
        (Selection::Nothing, Direction::Next) => {
            let first = map.stages().as_slice().first()?;
            Some(ObjectRef::Stage(first.id.clone()))
        }
        _ => None,
    }
}

/// Place of a stage, a touchpoint or a part of one from left to right: the index of the
/// stage, and of the touchpoint in it, counted from 1. `None` for other objects.
pub fn timeline_rank(map: &Map, object: &ObjectRef) -> Option<(usize, usize)> {
    if let ObjectRef::Stage(id) = object {
        return Some((map.stages().position(id)?, 0));
    }
    let (stage, at) = map.location_of(object.touchpoint()?)?;
    Some((map.stages().position(&stage)?, at + 1))
}

/// All highlighted objects from left to right. A stage with a highlighted mark precedes
/// its touchpoints; one that is highlighted only for its content is not included.
pub fn highlighted(map: &Map, lit: &Highlight) -> Vec<ObjectRef> {
    let mut found = Vec::new();
    for stage in map.stages() {
        if !lit.marks.is_empty() && lit.contains_stage(stage) {
            found.push(ObjectRef::Stage(stage.id.clone()));
        }
        let touchpoints = map.touchpoints_in(stage.id()).iter();
        let lit = touchpoints.filter(|touchpoint| lit.contains_touchpoint(map, touchpoint));
        found.extend(lit.map(|touchpoint| ObjectRef::Touchpoint(touchpoint.id.clone())));
    }
    found
}

/// Next or previous highlighted object, relative to the selection; wraps around.
pub fn next_highlighted(
    map: &Map,
    lit: &Highlight,
    selection: &Selection,
    way: Direction,
) -> Option<ObjectRef> {
    let found = self::highlighted(map, lit);
    let rank = |object: &ObjectRef| timeline_rank(map, object);
    let here = match selection {
        Selection::Nothing => None,
        Selection::One(object) => rank(object),
        Selection::Touchpoints(ids) => {
            outermost(ids, way).and_then(|id| rank(&ObjectRef::Touchpoint(id.clone())))
        }
    };
    let next = match (way, here) {
        (Direction::Next, Some(here)) => found.iter().find(|s| rank(s) > Some(here)),
        (Direction::Previous, Some(here)) => found.iter().rfind(|s| rank(s) < Some(here)),
        (_, None) => None,
    };
    let wrapped = match way {
        Direction::Next => found.first(),
        Direction::Previous => found.last(),
    };
    next.or(wrapped).cloned()
}

/// The outermost touchpoint of a selection in a direction.
pub fn outermost(ids: &[TouchpointId], way: Direction) -> Option<&TouchpointId> {
    match way {
        Direction::Previous => ids.first(),
        Direction::Next => ids.last(),
    }
}
