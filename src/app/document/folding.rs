//! Folding of stages and lanes of a document, part of its view state.
//!
//! Must not know: egui, how folded stages are drawn.

use super::Document;
use super::camera_target::CameraTarget;
use super::navigation::{self, Direction};
use super::selection::Selection;
use crate::layout::Folding;
use crate::model::{LaneId, LaneKind, Map, ObjectRef, StageId, TouchpointId};
use crate::render::View;
use crate::settings::{AppDirs, FoldedParts};

impl Document {
    /// Folds what was folded when the map was closed last, as far as it is still there.
    pub(crate) fn restore_folding(&mut self, home: &AppDirs) {
        let Some(path) = self.session.path() else {
            return;
        };
        let FoldedParts {
            mut stages,
            mut lanes,
        } = FoldedParts::read(home, path);
        let map = self.session.map();
        stages.retain(|id| map.stages().get(id).is_some());
        lanes.retain(|id| map.lanes().get(id).is_some());
        self.folding = Folding { stages, lanes };
    }

    /// Remembers what is folded, for the next time the map is opened.
    pub(crate) fn remember_folding(&self, home: &AppDirs) {
        if let Some(path) = self.session.path() {
            let Folding { stages, lanes } = self.folding.clone();
            FoldedParts { stages, lanes }.remember(home, path);
        }
    }

    /// Folds these stages and lanes and unfolds all others. A selection that is folded away is
    /// replaced by its stage or lane.
    pub fn fold(&mut self, folding: Folding) {
        self.folding = folding;
        let map = self.session.map();
        let stage = self.selection.touchpoints().first();
        let stage = stage.and_then(|id| map.stage_of(id));
        if let Some(stage) = stage.filter(|id| self.folding.stages.contains(id)) {
            let stage = ObjectRef::Stage(stage.clone());
            self.select(stage, false);
        }
        let folded = |lane: &LaneId| !self.folding.lanes.contains(lane);
        self.cursor_lane = self.cursor_lane.take().filter(folded);
    }

    /// Folds the selected lane, or the stages of the selection, or unfolds them if they are.
    pub fn toggle_fold(&mut self) {
        let mut folding = self.folding.clone();
        let map = self.session.map();
        match &self.selection {
            Selection::One(ObjectRef::Lane(id)) => folding.toggle_lane(id),
            Selection::One(ObjectRef::Stage(id)) => folding.toggle_stage(id),
            other => {
                let stages = other.touchpoints().iter().filter_map(|id| map.stage_of(id));
                folding.stages.extend(stages.cloned());
            }
        }
        self.fold(folding);
    }

    /// Folds all stages.
    pub fn fold_all(&mut self) {
        let stages = self.session.map().stages().iter();
        let stages = stages.map(|stage| stage.id.clone()).collect();
        let lanes = self.folding.lanes.clone();
        self.fold(Folding { stages, lanes });
    }

    /// Unfolds the stage and the lane in which the pending camera target is, so that it can be
    /// shown. Other views fold nothing.
    pub fn unfold_camera_target(&mut self) {
        let target = self.camera_target.as_ref();
        let object = target.and_then(CameraTarget::object).cloned();
        if let (Some(object), View::Journey) = (object, self.view) {
            unfold(&mut self.folding, self.session.map(), &object);
        }
    }

    /// The neighbour of the selection for the left and right arrow keys: a folded stage is one
    /// stop, from which they lead to the nearest card on either side.
    pub(super) fn horizontal_neighbor(&self, way: Direction) -> Option<ObjectRef> {
        let map = self.session.map();
        let is_folded =
            |id: &StageId| self.view == View::Journey && self.folding.stages.contains(id);
        let next = match &self.selection {
            Selection::One(ObjectRef::Stage(id)) if is_folded(id) => {
                let outermost = match way {
                    Direction::Previous => map.touchpoints_in(id).first(),
                    Direction::Next => map.touchpoints_in(id).last(),
                };
                let beyond = outermost
                    .and_then(|it| navigation::timeline_neighbor(map, &it.id, way))
                    .map(ObjectRef::Touchpoint);
                beyond.or_else(|| navigation::horizontal_neighbor(map, &self.selection, way))
            }
            other => navigation::horizontal_neighbor(map, other, way),
        };
        let stage = next.as_ref().and_then(|object| stage_of(map, object));
        match stage.filter(|stage| is_folded(stage)) {
            Some(stage) => Some(ObjectRef::Stage(stage.clone())),
            None => next,
        }
    }
}

/// Unfolds the stages and the lane that hold an object; a stage or a lane itself stays folded.
fn unfold(folding: &mut Folding, map: &Map, object: &ObjectRef) {
    for id in touchpoints_of(object).into_iter().flatten() {
        if let Some(stage) = map.stage_of(id) {
            folding.stages.remove(stage);
        }
    }
    let kind = match object {
        ObjectRef::Cell(_, lane) => {
            folding.lanes.remove(lane);
            return;
        }
        ObjectRef::Touchpoint(_) | ObjectRef::Path { .. } => LaneKind::Touchpoints,
        ObjectRef::Feeling(..) => LaneKind::Feelings,
        ObjectRef::Pain(..) => LaneKind::Pains,
        ObjectRef::Opportunity(..) => LaneKind::Opportunities,
        _ => return,
    };
    let lanes = map.lanes().iter().filter(|lane| lane.kind == kind);
    for lane in lanes {
        folding.lanes.remove(&lane.id);
    }
}

fn stage_of<'m>(map: &'m Map, object: &ObjectRef) -> Option<&'m StageId> {
    match object {
        ObjectRef::Path { .. } => None,
        object => map.stage_of(object.touchpoint()?),
    }
}

/// The touchpoints that have to be seen to see an object: both ends of a path.
fn touchpoints_of(object: &ObjectRef) -> [Option<&TouchpointId>; 2] {
    match object {
        ObjectRef::Path { from, to, .. } => [Some(from), Some(to)],
        object => [object.touchpoint(), None],
    }
}
