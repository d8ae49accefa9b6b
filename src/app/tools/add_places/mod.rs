//! Places on the canvas where something can be added: outlines of what an empty map or stage
//! lacks, and a plus for the next stage, behind a card, in the lanes below it, and in the cells of
//! owners. None of them is in the map, so none is saved, counted or exported.
//!
//! Must not know: sessions, how commands are carried out.

mod lanes;
mod owners;
mod place;
mod structure;

use super::tool::ToolState;
use crate::app::canvas::{Area, CanvasResponse, Click};
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::document::camera_target::DrawnView;
use crate::app::frame::FrameCx;
use crate::model::{ObjectRef, Record, TouchpointId};
use crate::render::View;
use crate::scene::Scene;
use egui::{Id, Pos2, Rect, Ui, Vec2, pos2};
use place::{AddPlace, Look, PLUS_RADIUS, PLUS_SIZE, selecting};
use rustc_hash::FxHashMap;

/// Zoom below which cards show only their names.
const MIN_ZOOM: f32 = 0.4;

impl ToolState {
    /// Shows the places around the hovered and the selected card, and those of an empty map or
    /// stage; none in a cell with a field over it (`edited`).
    pub(crate) fn show_add_places(
        &mut self,
        ui: &Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        drawn: &DrawnView<'_>,
        shown: &CanvasResponse,
        edited: Option<&ObjectRef>,
    ) {
        if self.active.is_some() || cx.document.camera.zoom < MIN_ZOOM {
            return;
        }
        let free = Rect::from_min_max(canvas.min + Vec2::from(cx.document.covered), canvas.max);
        let pointer = ui.input(|input| input.pointer.hover_pos());
        let pointer = pointer.filter(|_| shown.response.contains_pointer());
        let mut places = Vec::new();
        match (drawn.journey, cx.document.view) {
            (Some(journey), _) => {
                places.extend(structure::structure_places(ui, cx, canvas, drawn, journey));
                let at = (pointer, edited);
                places.extend(lanes::lane_places(cx, canvas, free, journey, at));
            }
            (None, View::Ownership) => {
                let at = pointer.filter(|at| free.contains(*at));
                places.extend(at.and_then(|at| owners::cell_place(cx, canvas, drawn.scene, at)));
            }
            (None, _) => {}
        }
        // Ownership has cards above each other, and adds in its cells; scores have no cards.
        if !matches!(cx.document.view, View::Ownership | View::Scores) {
            let card = self.plus_card(cx.document, canvas, drawn, pointer, shown);
            places.extend(card.and_then(|id| card_place(ui, cx.document, drawn, &id)));
        }
        // Several cards may have one name.
        let mut shown: FxHashMap<String, usize> = FxHashMap::default();
        for place in places {
            let namesakes = shown.entry(place.name.clone()).or_default();
            *namesakes += 1;
            let id = Id::unique(("add", &place.name, *namesakes));
            let clip = match place.look {
                Look::Outline(_) | Look::Plus => canvas,
                Look::Feeling(_) => free,
            };
            place.show(ui, cx, clip, id);
        }
    }

    /// Returns the card with a plus behind it: the one at the pointer, as long as the pointer is
    /// on it or its plus, else the selected one.
    fn plus_card(
        &mut self,
        document: &mut Document,
        canvas: Rect,
        drawn: &DrawnView<'_>,
        pointer: Option<Pos2>,
        shown: &CanvasResponse,
    ) -> Option<TouchpointId> {
        let hovered = match shown.hovered.as_ref().and_then(|object| object.object()) {
            Some(ObjectRef::Touchpoint(id)) => Some(id.clone()),
            _ => None,
        };
        let former = self.plus_card.take();
        let mut stays = |id: &TouchpointId| {
            let spot = plus_spot(document, drawn, id);
            let near = |spot: Pos2| pointer.is_some_and(|at| at.distance(spot) < PLUS_SIZE);
            spot.is_some_and(|spot| canvas.contains(spot) && near(spot))
        };
        self.plus_card = hovered.or(former.filter(|id| stays(id)));
        self.plus_card.clone().or(match &document.selection {
            Selection::One(ObjectRef::Touchpoint(id)) => Some(id.clone()),
            _ => None,
        })
    }
}

/// Position of the plus behind a card, at the height of its first line.
fn plus_spot(document: &mut Document, drawn: &DrawnView<'_>, id: &TouchpointId) -> Option<Pos2> {
    let card = ObjectRef::Touchpoint(id.clone());
    let card = document.canvas.object_rect(drawn.scene, &card)?;
    let gap = match drawn.journey {
        Some(journey) => journey.layout.density.sizes().gutter * document.camera.zoom,
        None => PLUS_SIZE,
    };
    Some(pos2(card.right() + gap / 2.0, card.top() + PLUS_RADIUS))
}

fn card_place(
    ui: &Ui,
    document: &mut Document,
    drawn: &DrawnView<'_>,
    id: &TouchpointId,
) -> Option<AddPlace> {
    let spot = plus_spot(document, drawn, id)?;
    let name = document.session.map().touchpoint(id)?.name();
    Some(AddPlace {
        rect: Rect::from_center_size(spot, Vec2::splat(PLUS_SIZE)),
        look: Look::Plus,
        name: format!("Add touchpoint after {name}"),
        tip: CommandId::AddTouchpoint.tooltip_with_keys(ui.ctx()),
        in_tab_order: false,
        actions: selecting(ObjectRef::Touchpoint(id.clone()), CommandId::AddTouchpoint),
    })
}

/// Adds what belongs to the ground at a double click: in the row of cards of the journey a
/// touchpoint, behind the last stage another one, in the flow a touchpoint after the nearest one,
/// in a cell of the ownership view a touchpoint of its owner. Returns whether anything does.
pub(crate) fn add_at(cx: &mut FrameCx<'_>, drawn: &DrawnView<'_>, click: &Click) -> bool {
    let view = cx.document.view;
    let is_ground = match &click.tag {
        None => true,
        Some(tag) => view == View::Ownership && owners::is_cell(tag),
    };
    if !is_ground {
        return false;
    }
    let actions = match (drawn.journey, view) {
        _ if cx.document.session.map().stages().is_empty() => {
            vec![UiAction::RunCommand(CommandId::AddTouchpoint)]
        }
        (Some(journey), _) => structure::actions_on_ground(cx, drawn, journey, click),
        (None, View::Flow) => nearest_card(drawn.scene, click.on_map)
            .map(|id| selecting(ObjectRef::Touchpoint(id), CommandId::AddTouchpoint))
            .unwrap_or_default(),
        (None, View::Ownership) => owners::add_action(cx, drawn.scene, click.on_map)
            .into_iter()
            .collect(),
        (None, _) => Vec::new(),
    };
    let adds = !actions.is_empty();
    cx.actions.extend(actions);
    adds
}

/// The card with the smallest distance to a point of the map, measured along both axes.
fn nearest_card(scene: &Scene, (x, y): (f64, f64)) -> Option<TouchpointId> {
    let distance = |area: &Area| {
        let dx = (area.left - x).max(x - area.right).max(0.0);
        let dy = (area.top - y).max(y - area.bottom).max(0.0);
        dx + dy
    };
    let cards = scene.places(|_| true);
    let cards = cards.filter_map(|(object, area)| match object.object()? {
        ObjectRef::Touchpoint(id) => Some((id, area)),
        _ => None,
    });
    let nearest = cards.min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)));
    nearest.map(|(id, _)| id.clone())
}
