//! Geometry of lane cells in a rendered map: the area of a cell, and the cell at a
//! point.
//!
//! Must not know: egui, the content of cells.

use crate::app::canvas::Area;
use crate::graph::locate;
use crate::layout::{LaneBand, LaneLegend, StageLayout, cell_top};
use crate::model::{LaneId, Map, TouchpointId};
use crate::render::RenderedMap;
use crate::scene::{GroupKey, ObjectId};

/// Height of an empty cell: one line of text.
const EMPTY_CELL_HEIGHT: f64 = 26.0;

/// Returns the area of a touchpoint's cell in a lane, in map units: the bounds of its
/// content, or of a line below the other content in that column. `None` if the lane is
/// not shown.
pub fn cell_area(
    map: &Map,
    picture: &RenderedMap,
    lane: &LaneId,
    id: &TouchpointId,
) -> Option<Area> {
    let lanes = &picture.layout.lanes;
    let lane = lanes.iter().position(|band| band.id == *lane)?;
    let band = lanes.get(lane)?;
    let (at, step) = locate(map, id)?;
    let stage = picture.layout.stages.get(at)?;
    let sizes = picture.layout.density.sizes();
    let left = stage.x + f64::from(sizes.card_x(stage.steps().get(step)?.column));
    let column = Area::new(left, band.y, f64::from(sizes.card), 0.0);
    let own = cells(picture, lane, at).filter(|(shown, _)| shown.touchpoint() == Some(id));
    if let Some(own) = own
        .map(|(_, area)| area)
        .reduce(|all, area| all.union(&area))
    {
        return Some(Area {
            left: own.left.min(column.left),
            right: own.right.max(column.right),
            ..own
        });
    }
    let top = match &band.legend {
        LaneLegend::Scale(scale) => band.y + f64::from(scale.neutral) - EMPTY_CELL_HEIGHT / 2.0,
        _ => {
            let middle = column.center_x();
            let over = cells(picture, lane, at).map(|(_, area)| area);
            let over = over.filter(|area| area.left < middle && middle < area.right);
            let first = band.y + f64::from(cell_top(band.kind, sizes) - 3.0);
            over.map(|area| area.bottom).fold(first, f64::max)
        }
    };
    Some(Area::new(
        column.left,
        top,
        column.width(),
        EMPTY_CELL_HEIGHT,
    ))
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
    let silent = |id: &&&TouchpointId| {
        !cells(picture, lane, at).any(|(shown, _)| shown.touchpoint() == Some(**id))
    };
    let id = ids.iter().find(silent).or(ids.first())?;
    Some((band.id.clone(), (*id).clone()))
}

/// Returns the objects of a lane in a stage, both by place in the layout, with their
/// areas.
fn cells(
    picture: &RenderedMap,
    lane: usize,
    stage: usize,
) -> impl Iterator<Item = (&ObjectId, Area)> {
    let key = GroupKey::LaneContent(lane, stage);
    picture.scene.places(move |group| group.key == key)
}
