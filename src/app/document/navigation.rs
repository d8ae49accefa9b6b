//! Navigation and structural editing as pure functions of map and selection: insertion
//! points, next selection, moves.
//!
//! Must not know: egui, sessions, views.

use super::multi_selection;
use crate::app::command::action::Selection;
use crate::edit::Intent;
use crate::graph::Flow;
use crate::model::{IndexedList, LaneId, Map, PathKind, Record, StageId, Touchpoint, TouchpointId};
use crate::scene::Highlight;

/// Direction of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the previous one.
    Previous,
    /// To the next one.
    Next,
}

/// Whether the selection is in the map.
pub fn exists(map: &Map, selection: &Selection) -> bool {
    match selection {
        Selection::Nothing => true,
        Selection::Stage(id) => map.stages().contains(id),
        Selection::Touchpoint(id) => map.touchpoint(id).is_some(),
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
        Selection::Lane(id) => map.lanes().contains(id),
        Selection::Persona(id) => map.personas().contains(id),
        Selection::Department(id) => map.departments().contains(id),
        Selection::Channel(id) => map.channels().contains(id),
        Selection::Environment(id) => map.environments().contains(id),
    }
}

fn has_explicit_path(map: &Map, from: &TouchpointId, to: &TouchpointId, kind: PathKind) -> bool {
    let paths = map.touchpoint(from).map_or(&[][..], |t| &t.paths);
    paths.iter().any(|p| p.to == *to && p.kind == kind)
}

/// Insertion point of a new touchpoint: after the selected one, at the end of the
/// selected stage, else at the end of the last stage. `None` without a stage.
pub fn touchpoint_insertion_point(map: &Map, selection: &Selection) -> Option<(StageId, usize)> {
    let end = |stage: &StageId| (stage.clone(), map.touchpoints_in(stage).len());
    match selection {
        Selection::Touchpoint(id) | Selection::Path { from: id, .. } => {
            let (stage, at) = map.location_of(id)?;
            Some((stage, at + 1))
        }
        Selection::Touchpoints(ids) => {
            let (stage, at) = map.location_of(ids.last()?)?;
            Some((stage, at + 1))
        }
        Selection::Stage(id) if map.stages().contains(id) => Some(end(id)),
        _ => map.stages().as_slice().last().map(|stage| end(&stage.id)),
    }
}

/// Insertion index of a new stage: after the selected one or the one of the selected
/// touchpoint, else at the end.
pub fn stage_insertion_index(map: &Map, selection: &Selection) -> usize {
    let stage = match selection {
        Selection::Stage(id) => Some(id),
        Selection::Touchpoint(id) => map.stage_of(id),
        Selection::Touchpoints(ids) => ids.last().and_then(|id| map.stage_of(id)),
        _ => None,
    };
    stage
        .and_then(|id| map.stages().position(id))
        .map_or(map.stages().len(), |at| at + 1)
}

/// Builds the intent that moves the selection by one position; `None` at the end.
pub fn shift(map: &Map, selection: &Selection, way: Direction) -> Option<Intent> {
    match selection {
        Selection::Stage(id) => {
            let at = map.stages().position(id)?;
            let to = neighbor_index(at, map.stages().len(), way)?;
            Some(Intent::MoveStage { id: id.clone(), to })
        }
        Selection::Touchpoint(id) => {
            let (stage, at) = map.location_of(id)?;
            let here = map.touchpoints_in(&stage).len();
            let (stage, to) = match neighbor_index(at, here, way) {
                Some(to) => (stage, to),
                None => {
                    let place = map.stages().position(&stage)?;
                    let other = neighbor_index(place, map.stages().len(), way)?;
                    let other = &map.stages().as_slice().get(other)?.id;
                    let to = match way {
                        Direction::Previous => map.touchpoints_in(other).len(),
                        Direction::Next => 0,
                    };
                    (other.clone(), to)
                }
            };
            Some(Intent::MoveTouchpoint {
                id: id.clone(),
                stage,
                to,
            })
        }
        Selection::Touchpoints(ids) => multi_selection::shift(map, ids, way),
        _ => None,
    }
}

/// Builds the intent that moves a lane, persona, department, channel or environment by
/// one position in its list; `None` at the end.
pub fn reorder(map: &Map, selection: &Selection, way: Direction) -> Option<Intent> {
    fn to<R: Record>(list: &IndexedList<R>, id: &R::Id, way: Direction) -> Option<usize> {
        neighbor_index(list.position(id)?, list.len(), way)
    }
    // Hidden lanes between are skipped, since they are invisible on the map.
    let beyond = |id: &LaneId| {
        let (at, lanes) = (map.lanes().position(id)?, map.lanes().as_slice());
        let seen = |to: &usize| lanes[at].hidden || !lanes[*to].hidden;
        match way {
            Direction::Previous => (0..at).rev().find(seen),
            Direction::Next => (at + 1..lanes.len()).find(seen),
        }
    };
    Some(match selection.clone() {
        Selection::Lane(id) => Intent::MoveLane {
            to: beyond(&id)?,
            id,
        },
        Selection::Persona(id) => Intent::MovePersona {
            to: to(map.personas(), &id, way)?,
            id,
        },
        Selection::Department(id) => Intent::MoveDepartment {
            to: to(map.departments(), &id, way)?,
            id,
        },
        Selection::Channel(id) => Intent::MoveChannel {
            to: to(map.channels(), &id, way)?,
            id,
        },
        Selection::Environment(id) => Intent::MoveEnvironment {
            to: to(map.environments(), &id, way)?,
            id,
        },
        _ => return None,
    })
}

fn neighbor_index(at: usize, count: usize, way: Direction) -> Option<usize> {
    match way {
        Direction::Previous => at.checked_sub(1),
        Direction::Next => Some(at + 1).filter(|to| *to < count),
    }
}

/// Builds the intent that deletes the selection, and the selection afterwards.
pub fn delete(map: &Map, selection: &Selection) -> Option<(Intent, Selection)> {
    let nothing = Selection::Nothing;
    Some(match selection {
        Selection::Nothing | Selection::Lane(_) => return None,
        Selection::Stage(id) => {
            let at = map.stages().position(id)?;
            let next =
                neighbor_index(at, map.stages().len(), Direction::Next).or(at.checked_sub(1));
            let next = next.and_then(|at| map.stages().as_slice().get(at));
            let next = next.map_or(nothing, |stage| Selection::Stage(stage.id.clone()));
            (Intent::DeleteStage(id.clone()), next)
        }
        Selection::Touchpoint(id) => {
            let next = timeline_neighbor(map, id, Direction::Next)
                .or_else(|| timeline_neighbor(map, id, Direction::Previous));
            let next = next.map_or(nothing, Selection::Touchpoint);
            (Intent::DeleteTouchpoint(id.clone()), next)
        }
        Selection::Touchpoints(ids) => multi_selection::delete(map, ids),
        Selection::Path { from, to, kind } => (
            Intent::Disconnect {
                from: from.clone(),
                to: to.clone(),
                kind: *kind,
            },
            Selection::Touchpoint(from.clone()),
        ),
        Selection::Persona(id) => (Intent::DeletePersona(id.clone()), nothing),
        Selection::Department(id) => (Intent::DeleteDepartment(id.clone()), nothing),
        Selection::Channel(id) => (Intent::DeleteChannel(id.clone()), nothing),
        Selection::Environment(id) => (Intent::DeleteEnvironment(id.clone()), nothing),
    })
}

/// Neighbour of a touchpoint in timeline order.
fn timeline_neighbor(map: &Map, id: &TouchpointId, way: Direction) -> Option<TouchpointId> {
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
pub fn adjacent(map: &Map, selection: &Selection, way: Direction) -> Option<Selection> {
    match selection {
        Selection::Touchpoint(id) => timeline_neighbor(map, id, way).map(Selection::Touchpoint),
        other => horizontal_neighbor(map, other, way),
    }
}

/// Selection after the left or right arrow key.
pub fn horizontal_neighbor(map: &Map, selection: &Selection, way: Direction) -> Option<Selection> {
    match selection {
        Selection::Stage(id) => {
            let to = neighbor_index(map.stages().position(id)?, map.stages().len(), way)?;
            let stage = map.stages().as_slice().get(to)?;
            Some(Selection::Stage(stage.id.clone()))
        }
        Selection::Touchpoint(id) => path_neighbor(map, id, way).map(Selection::Touchpoint),
        Selection::Touchpoints(ids) => {
            let edge = multi_selection::outermost(ids, way)?;
            let next = timeline_neighbor(map, edge, way).unwrap_or_else(|| edge.clone());
            Some(Selection::Touchpoint(next))
        }
        Selection::Path { from, to, .. } => Some(Selection::Touchpoint(match way {
            Direction::Previous => from.clone(),
            Direction::Next => to.clone(),
        })),
        _ => {
            let touchpoint = match way {
                Direction::Next => map.touchpoints().next(),
                Direction::Previous => map.touchpoints().last(),
            };
            touchpoint.map(|t| Selection::Touchpoint(t.id.clone()))
        }
    }
}

/// Selection after the up or down arrow key: up from a side branch to its main step,
/// from a step to its stage; down in reverse.
pub fn vertical_neighbor(map: &Map, selection: &Selection, way: Direction) -> Option<Selection> {
    let all: Vec<&Touchpoint> = map.touchpoints().collect();
    let select = |at: usize| all.get(at).map(|t| Selection::Touchpoint(t.id.clone()));
    match (selection, way) {
        (Selection::Stage(id), Direction::Next) => {
            let first = map.touchpoints_in(id).first()?;
            Some(Selection::Touchpoint(first.id.clone()))
        }
        (Selection::Touchpoint(id), _) => {
            let flow = Flow::of(map);
            let at = all.iter().position(|t| t.id == *id)?;
            let main = flow.branch_of.get(at).copied().flatten();
            match way {
                // The row above: the previous branch, else the main step, else the
                // stage.
                Direction::Previous => match main {
                    Some(main) => select(at.saturating_sub(1).max(main)),
                    None => map.stage_of(id).cloned().map(Selection::Stage),
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
            let edge = Selection::Touchpoint(multi_selection::outermost(ids, way)?.clone());
            Some(vertical_neighbor(map, &edge, way).unwrap_or(edge))
        }
        (Selection::Nothing, Direction::Next) => map
            .stages()
            .as_slice()
            .first()
            .map(|stage| Selection::Stage(stage.id.clone())),
        _ => None,
    }
}

/// All highlighted objects from left to right. A stage with a highlighted mark precedes
/// its touchpoints; one that is highlighted only for its content is not included.
pub fn highlighted(map: &Map, lit: &Highlight) -> Vec<Selection> {
    let mut found = Vec::new();
    for stage in map.stages() {
        if !lit.marks.is_empty() && lit.contains_stage(stage) {
            found.push(Selection::Stage(stage.id.clone()));
        }
        for touchpoint in map.touchpoints_in(stage.id()) {
            if lit.contains_touchpoint(touchpoint) {
                found.push(Selection::Touchpoint(touchpoint.id.clone()));
            }
        }
    }
    found
}

/// Next or previous highlighted object, relative to the selection; wraps around.
pub fn next_highlighted(
    map: &Map,
    lit: &Highlight,
    selection: &Selection,
    way: Direction,
) -> Option<Selection> {
    let found = self::highlighted(map, lit);
    let rank = |selection: &Selection| -> Option<(usize, usize)> {
        match selection {
            Selection::Stage(id) => Some((map.stages().position(id)?, 0)),
            Selection::Touchpoint(id) | Selection::Path { from: id, .. } => {
                let (stage, at) = map.location_of(id)?;
                Some((map.stages().position(&stage)?, at + 1))
            }
            Selection::Touchpoints(ids) => {
                let (stage, at) = map.location_of(multi_selection::outermost(ids, way)?)?;
                Some((map.stages().position(&stage)?, at + 1))
            }
            _ => None,
        }
    };
    let here = rank(selection);
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

/// Whether an explicit path leads from one touchpoint to another.
pub fn has_path(map: &Map, from: &TouchpointId, to: &TouchpointId) -> bool {
    let from = map.touchpoint(from);
    from.is_some_and(|it| it.paths.iter().any(|path| path.to == *to))
}

/// Builds the intent that connects two touchpoints by the fitting kind of path: a
/// return if backward, an alternative if the next step follows anyway. An existing path
/// of that kind keeps its properties.
pub fn connect(map: &Map, from: &TouchpointId, to: &TouchpointId) -> Option<Intent> {
    let place = |id: &TouchpointId| map.touchpoints().position(|t| t.id == *id);
    let (start, end) = (place(from)?, place(to)?);
    let touchpoint = map.touchpoint(from)?;
    let goes_on = !touchpoint.ends || touchpoint.paths.iter().any(|p| p.kind == PathKind::Next);
    let kind = if end <= start {
        PathKind::Return
    } else if goes_on {
        PathKind::Alternative
    } else {
        PathKind::Next
    };
    let mut paths = touchpoint.paths.iter();
    let known = paths.find(|path| path.to == *to && path.kind == kind);
    let path = known.cloned().unwrap_or(crate::model::Path {
        to: to.clone(),
        kind,
        label: String::new(),
        share: None,
    });
    Some(Intent::Connect {
        from: from.clone(),
        path,
    })
}
