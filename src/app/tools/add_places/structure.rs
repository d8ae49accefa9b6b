//! Places on the journey for stages and touchpoints: outlines of what an empty map or stage lacks,
//! the plus for the next stage, and a double click on empty ground.
//!
//! Must not know: sessions, how commands are carried out.

use super::place::{AddPlace, Look, PLUS_SIZE, selecting};
use crate::app::canvas::{Area, Click};
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::document::camera_target::DrawnView;
use crate::app::editing::structure::after_branches;
use crate::app::frame::FrameCx;
use crate::app::tools::insertion_slot::insertion_slot;
use crate::edit::Intent;
use crate::layout::Layout;
use crate::model::{LaneKind, Map, ObjectRef, Record, Touchpoint, TouchpointId};
use crate::render::RenderedMap;
use crate::theme::size;
use egui::{Rect, Ui, Vec2, pos2};
use rustc_hash::FxHashSet;

/// The outlines of an empty map and of empty stages, and the plus for the next stage.
pub(super) fn structure_places(
    ui: &Ui,
    cx: &mut FrameCx<'_>,
    canvas: Rect,
    drawn: &DrawnView<'_>,
    journey: &RenderedMap,
) -> Vec<AddPlace> {
    let (document, layout) = (&mut *cx.document, &journey.layout);
    let sizes = layout.density.sizes();
    let camera = document.camera;
    let map = document.session.map();
    let mut places = Vec::new();
    let card_at = |stage_x: f64| {
        let (top, height) = first_row(layout)?;
        let left = stage_x + f64::from(sizes.card_x(0));
        let area = Area::new(left, top, f64::from(sizes.card), height);
        Some(camera.to_screen(&area, canvas))
    };
    let outline = |rect, words, name: String, id: CommandId, actions| AddPlace {
        rect,
        look: Look::Outline(words),
        name,
        tip: id.tooltip_with_keys(ui.ctx()),
        in_tab_order: true,
        actions,
    };
    let (touchpoint, stage) = (CommandId::AddTouchpoint, CommandId::AddStage);
    let Some(last) = map.stages().as_slice().last() else {
        let x = f64::from(size::MARGIN + sizes.title_column);
        let width = f64::from(sizes.pitch() + 2.0 * size::STAGE_PAD);
        let area = Area::new(x, layout.band_y, width, f64::from(layout.band_height));
        let rect = camera.to_screen(&area, canvas);
        let actions = vec![UiAction::RunCommand(stage)];
        places.push(outline(
            rect,
            "First stage",
            "Add stage".to_owned(),
            stage,
            actions,
        ));
        if let Some(rect) = card_at(x) {
            let actions = vec![UiAction::RunCommand(touchpoint)];
            let name = "Add touchpoint".to_owned();
            places.push(outline(rect, "First touchpoint", name, touchpoint, actions));
        }
        return places;
    };
    for (drawn, record) in layout.stages.iter().zip(map.stages()) {
        if map.touchpoints_in(&record.id).is_empty()
            && !drawn.is_folded()
            && let Some(rect) = card_at(drawn.x)
            && rect.intersects(canvas)
        {
            let name = format!("Add touchpoint to {}", record.name());
            let actions = selecting(record.object(), touchpoint);
            places.push(outline(rect, "Touchpoint", name, touchpoint, actions));
        }
    }
    let last = last.object();
    if let Some(rect) = document.canvas.object_rect(drawn.scene, &last) {
        // Near the edge of the view it stays in sight.
        let x = (rect.right() + PLUS_SIZE).min(canvas.right() - PLUS_SIZE / 2.0);
        let spot = pos2(x.max(rect.right() - 2.0 * PLUS_SIZE), rect.center().y);
        places.push(AddPlace {
            rect: Rect::from_center_size(spot, Vec2::splat(PLUS_SIZE)),
            look: Look::Plus,
            name: "Add stage".to_owned(),
            tip: stage.tooltip_with_keys(ui.ctx()),
            in_tab_order: true,
            actions: selecting(last, stage),
        });
    }
    places
}

/// Top and height of the first row of cards, in map units.
fn first_row(layout: &Layout) -> Option<(f64, f64)> {
    let mut lanes = layout.lanes.iter();
    let lane = lanes.find(|lane| lane.kind == LaneKind::Touchpoints && !lane.is_folded)?;
    let (top, height) = layout.first_row();
    Some((lane.y + f64::from(top), f64::from(height)))
}

/// Returns the actions of a double click on the ground of the journey: a touchpoint in the row of
/// cards, a stage behind the last one.
pub(super) fn actions_on_ground(
    cx: &mut FrameCx<'_>,
    drawn: &DrawnView<'_>,
    journey: &RenderedMap,
    click: &Click,
) -> Vec<UiAction> {
    let document = &mut *cx.document;
    let layout = &journey.layout;
    let Some(last) = document.session.map().stages().as_slice().last() else {
        return Vec::new();
    };
    let last = last.object();
    let band = document.canvas.object_rect(drawn.scene, &last);
    if band.is_some_and(|band| band.y_range().contains(click.at.y) && click.at.x > band.right()) {
        return selecting(last, CommandId::AddStage);
    }
    let mut lanes = layout.lanes.iter();
    let in_cards = lanes.any(|lane| {
        let bottom = lane.y + f64::from(lane.height);
        lane.kind == LaneKind::Touchpoints && (lane.y..bottom).contains(&click.on_map.1)
    });
    let add = in_cards.then(|| touchpoint_at(cx, drawn, click.on_map.0));
    add.flatten().into_iter().collect()
}

/// Returns the action that adds a touchpoint between the cards at this x.
fn touchpoint_at(cx: &mut FrameCx<'_>, drawn: &DrawnView<'_>, x: f64) -> Option<UiAction> {
    let map: &Map = cx.document.session.map();
    let (stage, at) = insertion_slot(drawn.scene, map, &FxHashSet::default(), x)?;
    let (stage, at) = after_branches(map, stage, at);
    let name = "New touchpoint";
    let id: TouchpointId = cx.ids.new_id(name);
    let touchpoint = Box::new(Touchpoint::new(id.clone(), name));
    Some(UiAction::Insert {
        intent: Intent::AddTouchpoint {
            stage,
            at,
            touchpoint,
        },
        selection: ObjectRef::Touchpoint(id).into(),
    })
}
