//! Geometry of lane cells in a rendered map: the area of a cell, and the cell at a
//! point.
//!
//! Must not know: egui, the content of cells.

use crate::app::canvas::Area;
use crate::graph::locate;
use crate::layout::{LaneBand, LaneLegend, StageLayout, cell_top};
use crate::model::{LaneId, Map, TouchpointId};
use crate::render::RenderedMap;
use crate::scene::{GroupKey, Scene, SceneObject};

/// Height of an empty cell: one line of text.
const EMPTY_CELL_HEIGHT: f32 = 26.0;

/// Returns the area of a touchpoint's cell in a lane, in map units: the bounds of its
/// content, or of a line below the other content in that column. `None` if the lane is
/// not shown.
pub fn cell_area(
    map: &Map,
    picture: &RenderedMap,
    lane: &LaneId,
    id: &TouchpointId,
) -> Option<Area> {
    let lane = picture
        .layout
        .lanes
        .iter()
        .position(|band| band.id == *lane)?;
    let band = picture.layout.lanes.get(lane)?;
    let (at, step) = locate(map, id)?;
    let stage = picture.layout.stages.get(at)?;
    let column = stage.steps().get(step)?.column;
    let subjects = cell_subjects(&picture.scene, lane, at);
    let sizes = picture.layout.density.sizes();
    let (x, y) = (stage.x, band.y);
    let left = x + f64::from(sizes.card_x(column));
    let mut area = Area {
        left,
        top: y,
        right: left + f64::from(sizes.card),
        bottom: y,
    };
    let its = |subject: &&SceneObject| {
        subject.id.touchpoint() == Some(id) && subject.area.min.x <= subject.area.max.x
    };
    let said = subjects.iter().filter(its).map(|subject| &subject.area);
    if let Some(said) = said.copied().reduce(|all, area| all.union(&area)) {
        area.left = area.left.min(x + f64::from(said.min.x));
        area.right = area.right.max(x + f64::from(said.max.x));
        area.top = y + f64::from(said.min.y);
        area.bottom = y + f64::from(said.max.y);
        return Some(area);
    }
    let top = match &band.legend {
        LaneLegend::Scale(scale) => scale.neutral - EMPTY_CELL_HEIGHT / 2.0,
        _ => {
            let middle = sizes.card_x(column) + sizes.card / 2.0;
            let over = |s: &&SceneObject| s.area.min.x < middle && middle < s.area.max.x;
            let ends = subjects.iter().filter(over).map(|s| s.area.max.y);
            ends.fold(cell_top(band.kind, sizes) - 3.0, f32::max)
        }
    };
    area.top = y + f64::from(top);
    area.bottom = area.top + f64::from(EMPTY_CELL_HEIGHT);
    Some(area)
}

/// Returns the editable lane and the touchpoint of the cell at a map point. Of several
/// touchpoints in a column, the first with an empty cell, else the main step.
pub fn cell_at(
    map: &Map,
    picture: &RenderedMap,
    (x, y): (f64, f64),
) -> Option<(LaneId, TouchpointId)> {
    let layout = &picture.layout;
    let within = |band: &LaneBand| band.y <= y && y < band.y + f64::from(band.height);
    let lane = layout.lanes.iter().position(within)?;
    let band = layout.lanes.get(lane)?;
    map.lanes()
        .get(&band.id)
        .filter(|lane| lane.accepts_new_text())?;
    let within = |stage: &StageLayout| stage.x <= x && x < stage.x + f64::from(stage.band.width);
    let at = layout.stages.iter().position(within)?;
    let stage = layout.stages.get(at)?;
    let inside = (x - stage.x) as f32;
    let sizes = layout.density.sizes();
    let steps = stage.steps().iter().zip(map.touchpoints_in(&stage.id));
    let below = steps.filter(|(step, _)| {
        let left = sizes.card_x(step.column);
        (left..left + sizes.card).contains(&inside)
    });
    let ids: Vec<&TouchpointId> = below.map(|(_, touchpoint)| &touchpoint.id).collect();
    let subjects = cell_subjects(&picture.scene, lane, at);
    let silent = |id: &&&TouchpointId| {
        let says = |s: &SceneObject| s.id.touchpoint() == Some(**id);
        !subjects.iter().any(says)
    };
    let id = ids.iter().find(silent).or(ids.first())?;
    Some((band.id.clone(), (*id).clone()))
}

/// Returns the subjects of a lane in a stage, both by place in the layout.
fn cell_subjects(scene: &Scene, lane: usize, stage: usize) -> &[SceneObject] {
    let group = scene.group(GroupKey::LaneContent(lane, stage));
    group.map_or(&[], |group| &group.content.objects)
}
