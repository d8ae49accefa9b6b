//! Where in the picture a touchpoint has room in a lane, whether it says
//! something there or not; and which room a point lies in.
//!
//! Must not know: egui, what is written there.

use crate::app::canvas::Area;
use crate::graph::locate;
use crate::layout::{LaneBand, Stage, cell_top};
use crate::model::{LaneId, Map, TouchpointId};
use crate::scene::{Pin, Scene, Subject, Tag};
use crate::session::Picture;

/// The room that one line of text takes where nothing stands.
const LINE: f64 = 26.0;

/// The room of a touchpoint in a lane, in map units: around what it says there,
/// else a line below what others say in that column. `None` where the lane is
/// not shown.
pub fn room(map: &Map, picture: &Picture, lane: &LaneId, id: &TouchpointId) -> Option<Area> {
    let band = picture.layout.lanes.iter().find(|band| band.id == *lane)?;
    let (stage, step) = locate(map, id)?;
    let stage = picture.layout.stages.get(stage)?;
    let column = stage.steps().get(step)?.column;
    let subjects = subjects(&picture.scene, stage, band);
    let tag = Tag::Cell(lane.clone(), id.clone());
    let sizes = picture.layout.density.sizes();
    let (x, y) = (stage.x, band.y);
    if let Some(subject) = subjects.iter().find(|subject| subject.tag == tag) {
        let area = subject.area;
        return Some(Area {
            left: x + f64::from(area.min.x),
            top: y + f64::from(area.min.y),
            right: x + f64::from(area.max.x),
            bottom: y + f64::from(area.max.y),
        });
    }
    let middle = sizes.card_x(column) + sizes.card / 2.0;
    let over = |subject: &&Subject| subject.area.min.x < middle && middle < subject.area.max.x;
    let ends = subjects.iter().filter(over).map(|s| s.area.max.y);
    let top = ends.fold(cell_top(band.kind, sizes) - 3.0, f32::max);
    let left = x + f64::from(sizes.card_x(column));
    Some(Area {
        left,
        top: y + f64::from(top),
        right: left + f64::from(sizes.card),
        bottom: y + f64::from(top) + LINE,
    })
}

/// The lane whose texts can be written and the touchpoint below whose card a
/// point of the map lies. Where several stand in one column, the first that
/// says nothing there, else the main step.
pub fn at(map: &Map, picture: &Picture, (x, y): (f64, f64)) -> Option<(LaneId, TouchpointId)> {
    let layout = &picture.layout;
    let within = |band: &&LaneBand| band.y <= y && y < band.y + f64::from(band.height);
    let band = layout.lanes.iter().find(within)?;
    map.lanes().get(&band.id).filter(|lane| lane.is_written())?;
    let within = |stage: &&Stage| stage.x <= x && x < stage.x + f64::from(stage.width);
    let stage = layout.stages.iter().find(within)?;
    let inside = (x - stage.x) as f32;
    let sizes = layout.density.sizes();
    let steps = stage.steps().iter().zip(map.touchpoints_in(&stage.id));
    let below = steps.filter(|(step, _)| {
        let left = sizes.card_x(step.column);
        (left..left + sizes.card).contains(&inside)
    });
    let ids: Vec<&TouchpointId> = below.map(|(_, touchpoint)| &touchpoint.id).collect();
    let subjects = subjects(&picture.scene, stage, band);
    let silent = |id: &&&TouchpointId| {
        let says = |s: &Subject| s.tag.touchpoint() == Some(**id);
        !subjects.iter().any(says)
    };
    let id = ids.iter().find(silent).or(ids.first())?;
    Some((band.id.clone(), (*id).clone()))
}

/// What a lane says in a stage.
fn subjects<'s>(scene: &'s Scene, stage: &Stage, band: &LaneBand) -> &'s [Subject] {
    let group = scene.groups.iter().find(|group| {
        let cells = |s: &Subject| matches!(&s.tag, Tag::Cell(lane, _) if *lane == band.id);
        let here = (group.origin.x, group.origin.y) == (stage.x, band.y);
        here && group.pin == Pin::None && group.body.subjects.iter().any(cells)
    });
    group.map_or(&[], |group| &group.body.subjects)
}
