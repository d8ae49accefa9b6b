//! Places in the cells of the ownership view: a touchpoint added there has the owner of the row
//! and the stage of the column.
//!
//! Must not know: sessions, how commands are carried out.

use super::place::{AddPlace, Look, PLUS_SIZE};
use crate::app::canvas::Area;
use crate::app::command::action::UiAction;
use crate::app::frame::FrameCx;
use crate::app::tools::drag_owner::{accepts, department_rows};
use crate::app::tools::insertion_slot::stages;
use crate::edit::Intent;
use crate::layout::ownership::Owner;
use crate::model::{Map, ObjectRef, Record, StageId, Touchpoint, TouchpointId};
use crate::scene::{ObjectId, Scene};
use egui::{Pos2, Rect, Vec2};

/// Whether an object is the ground of a cell.
pub(super) fn is_cell(tag: &ObjectId) -> bool {
    matches!(tag, ObjectId::OwnershipCell(cell) if cell.1.is_some())
}

/// The owner, the stage and the area of the cell at a point of the map.
fn cell_at(scene: &Scene, (x, y): (f64, f64)) -> Option<(Owner, StageId, Area)> {
    let mut rows = department_rows(scene).into_iter();
    let (owner, row) = rows.find(|(_, row)| (row.top..row.bottom).contains(&y))?;
    let mut stages = stages(scene);
    let (stage, column) = stages.find(|(_, column)| (column.left..column.right).contains(&x))?;
    let area = Area {
        top: row.top,
        bottom: row.bottom,
        ..column
    };
    accepts(&owner).then(|| (owner, stage.clone(), area))
}

/// The plus in the cell at the pointer.
pub(super) fn cell_place(
    cx: &mut FrameCx<'_>,
    canvas: Rect,
    scene: &Scene,
    pointer: Pos2,
) -> Option<AddPlace> {
    let camera = cx.document.camera;
    let point = camera.point_on_map(pointer, canvas);
    let (owner, stage, area) = cell_at(scene, point)?;
    let map = cx.document.session.map();
    let whose = owner_name(map, &owner);
    let stage = map.stages().get(&stage)?.name().to_owned();
    let action = add_action(cx, scene, point)?;
    let corner = camera.to_screen(&area, canvas).right_bottom();
    let center = corner - Vec2::splat(0.7 * PLUS_SIZE);
    Some(AddPlace {
        rect: Rect::from_center_size(center, Vec2::splat(PLUS_SIZE)),
        look: Look::Plus,
        name: format!("Add touchpoint to {stage}: {whose}"),
        tip: format!("Add touchpoint to “{stage}”\nOwner: {whose}"),
        in_tab_order: false,
        actions: vec![action],
    })
}

fn owner_name(map: &Map, owner: &Owner) -> String {
    let department = owner.department().and_then(|id| map.departments().get(id));
    department.map_or("no owner", Record::name).to_owned()
}

/// Returns the action that adds a touchpoint to the cell at a point of the map.
pub(super) fn add_action(cx: &mut FrameCx<'_>, scene: &Scene, at: (f64, f64)) -> Option<UiAction> {
    let (owner, stage, _) = cell_at(scene, at)?;
    let name = "New touchpoint";
    let id: TouchpointId = cx.ids.new_id(name);
    let mut touchpoint = Box::new(Touchpoint::new(id.clone(), name));
    touchpoint.owner = owner.department().cloned();
    Some(UiAction::Insert {
        intent: Intent::AddTouchpoint {
            at: cx.document.session.map().touchpoints_in(&stage).len(),
            stage,
            touchpoint,
        },
        selection: ObjectRef::Touchpoint(id).into(),
    })
}
