//! Structural editing as pure functions of map and selection: insertion points, moves,
//! deletion, paths.
//!
//! Must not know: egui, sessions, views.

use crate::app::document::navigation::{Direction, neighbor_index};
use crate::app::document::selection::Selection;
use crate::capture::InsertionPoint;
use crate::edit::{Intent, plan};
use crate::english::count;
use crate::graph::Flow;
use crate::model::{
    IndexedList, LaneId, Map, ObjectRef, Path, PathKind, Record, StageId, TouchpointId,
};
use rustc_hash::FxHashSet;

/// Insertion point of a new touchpoint: after the selected one, at the end of the
/// selected stage, else at the end of the last stage. `None` without a stage.
pub fn touchpoint_insertion_point(map: &Map, selection: &Selection) -> Option<(StageId, usize)> {
    let end = |stage: &StageId| (stage.clone(), map.touchpoints_in(stage).len());
    let last = match selection {
        Selection::One(ObjectRef::Stage(id)) if map.stages().contains(id) => return Some(end(id)),
        Selection::One(object) => object.touchpoint(),
        Selection::Touchpoints(ids) => ids.last(),
        Selection::Nothing => None,
    };
    match last {
        Some(id) => map.location_of(id).map(|(stage, at)| (stage, at + 1)),
        None => map.stages().as_slice().last().map(|stage| end(&stage.id)),
    }
}

/// Returns the insertion point of a line: after the selection, else at the end.
pub fn insertion_point(map: &Map, selection: &Selection) -> InsertionPoint {
    match touchpoint_insertion_point(map, selection) {
        Some((stage, at)) => {
            let (stage, at) = after_branches(map, stage, at);
            InsertionPoint::At(stage, at)
        }
        None => InsertionPoint::End,
    }
}

/// Returns the stage of an insertion point.
pub fn target_stage(map: &Map, place: &InsertionPoint) -> Option<StageId> {
    match place {
        InsertionPoint::At(stage, _) => Some(stage.clone()),
        InsertionPoint::After(id) => map.stage_of(id).cloned(),
        InsertionPoint::End => map.stages().as_slice().last().map(|stage| stage.id.clone()),
    }
}

/// Returns the name of the stage of an insertion point.
pub fn target_stage_name<'a>(map: &'a Map, place: &InsertionPoint) -> Option<&'a str> {
    let id = target_stage(map, place)?;
    map.stages().get(&id).map(Record::name)
}

/// Insertion index of a new stage: after the selected one or the one of the selected
/// touchpoint, else at the end.
pub fn stage_insertion_index(map: &Map, selection: &Selection) -> usize {
    let stage = match selection {
        Selection::One(ObjectRef::Stage(id)) => Some(id),
        other => other.touchpoints().last().and_then(|id| map.stage_of(id)),
    };
    stage
        .and_then(|id| map.stages().position(id))
        .map_or(map.stages().len(), |at| at + 1)
}

/// Moves an insertion point past the side branches of the step before it, which would
/// lose their main step if something were inserted between.
pub fn after_branches(map: &Map, stage: StageId, at: usize) -> (StageId, usize) {
    let inside = map.touchpoints_in(&stage);
    let before = map.stages().iter().take_while(|s| s.id != stage);
    let start: usize = before.map(|s| map.touchpoints_in(&s.id).len()).sum();
    let flow = Flow::of(map);
    let is_side = |place: &usize| {
        flow.branch_of
            .get(start + place)
            .is_some_and(Option::is_some)
    };
    let branches = (at..inside.len()).take_while(is_side).count();
    (stage, at + branches)
}

/// Builds the intent that moves the selection by one position; `None` at the end.
pub fn shift(map: &Map, selection: &Selection, way: Direction) -> Option<Intent> {
    match selection {
        Selection::One(ObjectRef::Stage(id)) => {
            let at = map.stages().position(id)?;
            let to = neighbor_index(at, map.stages().len(), way)?;
            Some(Intent::MoveStage { id: id.clone(), to })
        }
        Selection::One(ObjectRef::Touchpoint(id)) => {
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
        Selection::Touchpoints(ids) => shift_touchpoints(map, ids, way),
        _ => None,
    }
}

/// Builds the intent that moves several touchpoints by one position, as one undo step;
/// those at the edge, or blocked by one that cannot move, stay. `None` if none can
/// move.
fn shift_touchpoints(map: &Map, ids: &[TouchpointId], way: Direction) -> Option<Intent> {
    let mut scratch = map.clone();
    let mut stuck: FxHashSet<TouchpointId> = FxHashSet::default();
    let mut moves = Vec::new();
    let mut order: Vec<&TouchpointId> = ids.iter().collect();
    // Moves the foremost first, so that its position is free for the next.
    if way == Direction::Next {
        order.reverse();
    }
    for id in order {
        let selection = Selection::One(ObjectRef::Touchpoint(id.clone()));
        let step = shift(&scratch, &selection, way).filter(|step| match step {
            Intent::MoveTouchpoint { stage, to, .. } if scratch.stage_of(id) == Some(stage) => {
                let there = scratch.touchpoints_in(stage).get(*to);
                !there.is_some_and(|t| stuck.contains(&t.id))
            }
            _ => true,
        });
        if let Some(step) = step
            && let Ok(changes) = plan(&scratch, &step)
            && changes.apply(&mut scratch).is_ok()
        {
            moves.push(step);
        } else {
            stuck.insert(id.clone());
        }
    }
    (!moves.is_empty()).then(|| Intent::Batch {
        label: format!("Move {}", count(ids.len(), "touchpoint")),
        intents: moves,
    })
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
    Some(match selection.object()?.clone() {
        ObjectRef::Lane(id) => Intent::MoveLane {
            to: beyond(&id)?,
            id,
        },
        ObjectRef::Persona(id) => Intent::MovePersona {
            to: to(map.personas(), &id, way)?,
            id,
        },
        ObjectRef::Department(id) => Intent::MoveDepartment {
            to: to(map.departments(), &id, way)?,
            id,
        },
        ObjectRef::Channel(id) => Intent::MoveChannel {
            to: to(map.channels(), &id, way)?,
            id,
        },
        ObjectRef::Environment(id) => Intent::MoveEnvironment {
            to: to(map.environments(), &id, way)?,
            id,
        },
        _ => return None,
    })
}

/// Builds the intent that deletes the selection, and the selection afterwards.
pub fn delete(map: &Map, selection: &Selection) -> Option<(Intent, Selection)> {
    let object = match selection {
        Selection::Nothing => return None,
        Selection::Touchpoints(ids) => {
            let intents = ids.iter().cloned().map(Intent::DeleteTouchpoint).collect();
            let label = format!("Delete {}", count(ids.len(), "touchpoint"));
            let next =
                touchpoint_after_deletion(map, ids).map_or(Selection::Nothing, Selection::One);
            return Some((Intent::Batch { label, intents }, next));
        }
        Selection::One(object) => object,
    };
    let (intent, next) = match object {
        ObjectRef::Stage(id) => {
            let at = map.stages().position(id)?;
            let next =
                neighbor_index(at, map.stages().len(), Direction::Next).or(at.checked_sub(1));
            let next = next.and_then(|at| map.stages().as_slice().get(at));
            let next = next.map(|stage| ObjectRef::Stage(stage.id.clone()));
            (Intent::DeleteStage(id.clone()), next)
        }
        ObjectRef::Touchpoint(id) => {
            let next = touchpoint_after_deletion(map, std::slice::from_ref(id));
            (Intent::DeleteTouchpoint(id.clone()), next)
        }
        ObjectRef::Path { from, to, kind } => (
            Intent::Disconnect {
                from: from.clone(),
                to: to.clone(),
                kind: *kind,
            },
            Some(ObjectRef::Touchpoint(from.clone())),
        ),
        ObjectRef::Persona(id) => (Intent::DeletePersona(id.clone()), None),
        ObjectRef::Department(id) => (Intent::DeleteDepartment(id.clone()), None),
        ObjectRef::Channel(id) => (Intent::DeleteChannel(id.clone()), None),
        ObjectRef::Environment(id) => (Intent::DeleteEnvironment(id.clone()), None),
        _ => return None,
    };
    Some((intent, next.map_or(Selection::Nothing, Selection::One)))
}

/// The touchpoint after the last of these, or before it, that is none of them.
fn touchpoint_after_deletion(map: &Map, ids: &[TouchpointId]) -> Option<ObjectRef> {
    let gone: FxHashSet<&TouchpointId> = ids.iter().collect();
    let order: Vec<&TouchpointId> = map.touchpoints().map(|t| &t.id).collect();
    let last = order.iter().rposition(|id| gone.contains(id)).unwrap_or(0);
    let stays = |id: &&&TouchpointId| !gone.contains(**id);
    let after = order.iter().skip(last).find(stays);
    let next = after.or_else(|| order.iter().take(last).rev().find(stays));
    next.map(|id| ObjectRef::Touchpoint((*id).clone()))
}

/// Whether an explicit path leads from one touchpoint to another.
pub fn has_path(map: &Map, from: &TouchpointId, to: &TouchpointId) -> bool {
    let from = map.touchpoint(from);
    from.is_some_and(|touchpoint| touchpoint.paths.iter().any(|path| path.to == *to))
}

/// Builds the intent that connects two touchpoints by the fitting kind of path: a
/// return if backward, a next path if a side branch rejoins the main line, an alternative if
/// the next step follows anyway. An existing path of that kind keeps its properties.
pub fn connect(map: &Map, from: &TouchpointId, to: &TouchpointId) -> Option<Intent> {
    let place = |id: &TouchpointId| map.touchpoints().position(|t| t.id == *id);
    let (start, end) = (place(from)?, place(to)?);
    let touchpoint = map.touchpoint(from)?;
    let goes_on = !touchpoint.ends || touchpoint.paths.iter().any(|p| p.kind == PathKind::Next);
    let branch_of = Flow::of(map).branch_of;
    let rejoins = branch_of[start].is_some() && branch_of[end].is_none();
    let kind = if end <= start {
        PathKind::Return
    } else if goes_on && !rejoins {
        PathKind::Alternative
    } else {
        PathKind::Next
    };
    let mut paths = touchpoint.paths.iter();
    let known = paths.find(|path| path.to == *to && path.kind == kind);
    let path = known.cloned().unwrap_or(Path {
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
