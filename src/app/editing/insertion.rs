//! Positions of new touchpoints: after the selection, past its side branches.
//!
//! Must not know: widgets, how touchpoints are made.

use crate::app::command::action::Selection;
use crate::app::document::navigation;
use crate::capture::InsertionPoint;
use crate::graph::Flow;
use crate::model::{Map, Record, StageId};

/// Returns the insertion point of a line: after the selection, else at the end.
pub(crate) fn insertion_point(map: &Map, selection: &Selection) -> InsertionPoint {
    match navigation::touchpoint_insertion_point(map, selection) {
        Some((stage, at)) => {
            let (stage, at) = after_branches(map, stage, at);
            InsertionPoint::At(stage, at)
        }
        None => InsertionPoint::End,
    }
}

/// Returns the stage of an insertion point.
pub(crate) fn target_stage(map: &Map, place: &InsertionPoint) -> Option<StageId> {
    match place {
        InsertionPoint::At(stage, _) => Some(stage.clone()),
        InsertionPoint::After(id) => map.stage_of(id).cloned(),
        InsertionPoint::End => map.stages().as_slice().last().map(|stage| stage.id.clone()),
    }
}

/// Returns the name of the stage of an insertion point.
pub(crate) fn target_stage_name<'a>(map: &'a Map, place: &InsertionPoint) -> Option<&'a str> {
    let id = target_stage(map, place)?;
    map.stages().get(&id).map(Record::name)
}

/// Moves an insertion point past the side branches of the step before it, which would
/// lose their main step if something were inserted between.
pub(crate) fn after_branches(map: &Map, stage: StageId, at: usize) -> (StageId, usize) {
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
