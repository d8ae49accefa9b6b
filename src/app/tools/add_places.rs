//! Places on the journey where something can be added: outlines of what an empty map or stage
//! lacks, and a plus for the next stage, behind a card, and in the lanes below it. None of them
//! is in the map, so none is saved, counted or exported.
//!
//! Must not know: sessions, how commands are carried out.

use super::add_place::{AddPlace, Look, PLUS_RADIUS, PLUS_SIZE};
use super::insertion_slot::insertion_slot;
use super::tool::ToolState;
use crate::app::canvas::{Area, CanvasResponse, Click};
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::document::camera_target::DrawnView;
use crate::app::editing::assign::feeling_index;
use crate::app::editing::feelings::{ScoreChange, score_intent};
use crate::app::editing::structure::after_branches;
use crate::app::frame::FrameCx;
use crate::edit::Intent;
use crate::layout::{LaneLegend, Layout};
use crate::model::{
    Field, LaneId, LaneKind, Map, ObjectRef, Record, Score, Touchpoint, TouchpointId,
};
use crate::render::RenderedMap;
use crate::theme::{Theme, size};
use egui::{Id, Pos2, Rect, Ui, Vec2, pos2};
use rustc_hash::{FxHashMap, FxHashSet};

/// Zoom below which cards show only their names.
const MIN_ZOOM: f32 = 0.4;
/// Step of a score that is chosen by a height in the lane of feelings, in tenths.
const SCORE_STEP: f64 = 5.0;

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
        let Some(journey) = drawn.journey else {
            return;
        };
        if self.active.is_some() || cx.document.camera.zoom < MIN_ZOOM {
            return;
        }
        let free = Rect::from_min_max(canvas.min + Vec2::from(cx.document.covered), canvas.max);
        let pointer = ui.input(|input| input.pointer.hover_pos());
        let pointer = pointer.filter(|_| shown.response.contains_pointer());
        let mut places = structure_places(ui, cx, canvas, drawn, journey);
        let card = self.plus_card(cx.document, canvas, drawn, pointer, shown);
        if let Some(id) = card {
            places.extend(card_place(ui, cx.document, drawn, &id));
        }
        places.extend(lane_places(cx, canvas, free, drawn, (pointer, edited)));
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
    let gap = drawn.journey?.layout.density.sizes().gutter * document.camera.zoom;
    Some(pos2(card.right() + gap / 2.0, card.top() + PLUS_RADIUS))
}

fn selecting(object: ObjectRef, then: CommandId) -> Vec<UiAction> {
    let select = UiAction::Select {
        selection: object.into(),
        reveal: false,
    };
    vec![select, UiAction::RunCommand(then)]
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

/// The outlines of an empty map and of empty stages, and the plus for the next stage.
fn structure_places(
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
        Some(camera.to_screen(&drawn.scene.area_from_strip(area), canvas))
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
        let rect = camera.to_screen(&drawn.scene.area_from_strip(area), canvas);
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
    for (stage, record) in layout.stages.iter().zip(map.stages()) {
        if map.touchpoints_in(&record.id).is_empty()
            && !stage.is_folded()
            && let Some(rect) = card_at(stage.x)
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

/// The places in the lanes below the selected card, and in the cell at the pointer.
fn lane_places(
    cx: &mut FrameCx<'_>,
    canvas: Rect,
    free: Rect,
    drawn: &DrawnView<'_>,
    (pointer, edited): (Option<Pos2>, Option<&ObjectRef>),
) -> Vec<AddPlace> {
    let Some(journey) = drawn.journey else {
        return Vec::new();
    };
    let document = &*cx.document;
    let (map, layout) = (document.session.map(), &journey.layout);
    let mut cells: Vec<(LaneId, TouchpointId)> = Vec::new();
    let on_map = pointer.filter(|at| free.contains(*at));
    let on_map = on_map.map(|at| document.camera.point_on_map(at, canvas));
    let on_map = on_map.map(|at| drawn.scene.to_strip(at));
    let hovered = on_map.and_then(|at| layout.cell_at(map, at));
    if let Selection::One(ObjectRef::Touchpoint(id)) = &document.selection {
        let lanes = layout.lanes.iter().map(|band| band.id.clone());
        cells.extend(lanes.map(|lane| (lane, id.clone())));
    }
    cells.retain(|cell| Some(cell) != hovered.as_ref());
    cells.extend(hovered.clone());
    cells.retain(
        |(lane, id)| !matches!(edited, Some(ObjectRef::Cell(at, of)) if at == id && of == lane),
    );
    let height = |cell: &(LaneId, TouchpointId)| {
        let (_, y) = on_map?;
        (hovered.as_ref() == Some(cell)).then_some(y)
    };
    let place = |cell: &(LaneId, TouchpointId)| {
        lane_place(document, cx.theme, canvas, journey, cell, height(cell))
    };
    cells.iter().filter_map(place).collect()
}

/// The place in a cell; `y` is the height of the pointer in it, in map units.
fn lane_place(
    document: &Document,
    theme: &Theme,
    canvas: Rect,
    journey: &RenderedMap,
    (lane, id): &(LaneId, TouchpointId),
    y: Option<f64>,
) -> Option<AddPlace> {
    let map = document.session.map();
    let (record, touchpoint) = (map.lanes().get(lane)?, map.touchpoint(id)?);
    if !record.accepts_new_text() {
        return None;
    }
    let area = journey.layout.cell_area(map, lane, id)?;
    let sizes = journey.layout.density.sizes();
    if record.kind == LaneKind::Feelings {
        return feeling_place(
            document,
            theme,
            canvas,
            journey,
            (lane, touchpoint, &area),
            y,
        );
    }
    let spot = if touchpoint.text_fields(record).is_empty() {
        (area.left + 10.0, (area.top + area.bottom) / 2.0)
    } else if matches!(
        record.kind,
        LaneKind::Pains | LaneKind::Opportunities | LaneKind::Backstage | LaneKind::Measurements
    ) {
        let gap = f64::from(sizes.gutter) / 2.0;
        (area.right + gap, area.top + 12.0)
    } else {
        // There is one text for each touchpoint; a double click edits it.
        return None;
    };
    let spot = document
        .camera
        .point_to_screen(journey.drawn().from_strip(spot), canvas);
    Some(AddPlace {
        rect: Rect::from_center_size(spot, Vec2::splat(PLUS_SIZE)),
        look: Look::Plus,
        name: format!("Add to {}: {}", record.title(), touchpoint.name()),
        tip: format!("Add to {}\n↓ to the lane, then type", record.title()),
        in_tab_order: false,
        actions: vec![UiAction::EditCell(lane.clone(), id.clone())],
    })
}

/// The place of the feeling of the chosen persona that has none at a touchpoint: at the height
/// of the pointer, else neutral.
fn feeling_place(
    document: &Document,
    theme: &Theme,
    canvas: Rect,
    journey: &RenderedMap,
    (lane, touchpoint, area): (&LaneId, &Touchpoint, &Area),
    y: Option<f64>,
) -> Option<AddPlace> {
    let map = document.session.map();
    let persona = document.chosen_persona();
    let at = match persona {
        Some(persona) => feeling_index(map, touchpoint, &persona.id),
        None => (!touchpoint.feelings.is_empty()).then_some(0),
    };
    let known = at.and_then(|at| touchpoint.feelings.get(at));
    let hidden = persona.is_some_and(|persona| document.hidden_curves.contains(&persona.id));
    if hidden || known.is_some_and(|feeling| feeling.score.is_some()) {
        return None;
    }
    let band = journey.layout.lanes.iter().find(|band| band.id == *lane)?;
    let LaneLegend::Scale(scale) = &band.legend else {
        return None;
    };
    let neutral = band.y + f64::from(scale.neutral);
    let tenth = f64::from(journey.layout.density.sizes().two_points) / 20.0;
    let wanted = y.map_or(0.0, |y| (neutral - y) / tenth / SCORE_STEP);
    let tenths = (wanted.round() * SCORE_STEP).clamp(-20.0, 20.0);
    let score = Score::from_tenths(tenths as i64)?;
    let spot = ((area.left + area.right) / 2.0, neutral - tenths * tenth);
    let spot = document
        .camera
        .point_to_screen(journey.drawn().from_strip(spot), canvas);
    let ids = std::slice::from_ref(&touchpoint.id);
    let id = persona.map(|persona| &persona.id);
    let set = score_intent(map, ids, id, ScoreChange::To(score))?;
    let whose = persona.map_or("the customer", |persona| persona.name());
    let emotion = Field::Emotion(Field::index(at.unwrap_or(touchpoint.feelings.len())));
    let place = persona.and_then(|persona| map.personas().position(&persona.id));
    Some(AddPlace {
        rect: Rect::from_center_size(spot, Vec2::splat(PLUS_SIZE + 8.0)),
        look: Look::Feeling(theme.personas[place.unwrap_or(0) % theme.personas.len()]),
        name: format!("Add feeling of {whose} at {}", touchpoint.name()),
        tip: format!("Feeling of {whose}: {score}\n+, − and 0"),
        in_tab_order: false,
        actions: vec![
            UiAction::Edit(set),
            UiAction::EditText(
                ObjectRef::Cell(touchpoint.id.clone(), lane.clone()).field(emotion),
                None,
            ),
        ],
    })
}

/// Adds what belongs to the ground at a double click: a touchpoint in the row of cards, a stage
/// behind the last one. Returns whether anything does.
pub(crate) fn add_at(cx: &mut FrameCx<'_>, drawn: &DrawnView<'_>, click: &Click) -> bool {
    let Some(journey) = drawn.journey.filter(|_| click.tag.is_none()) else {
        return false;
    };
    let document = &mut *cx.document;
    let layout = &journey.layout;
    let Some(last) = document.session.map().stages().as_slice().last() else {
        cx.actions
            .push(UiAction::RunCommand(CommandId::AddTouchpoint));
        return true;
    };
    let last = last.object();
    let band = document.canvas.object_rect(drawn.scene, &last);
    if band.is_some_and(|band| band.y_range().contains(click.at.y) && click.at.x > band.right()) {
        cx.actions.extend(selecting(last, CommandId::AddStage));
        return true;
    }
    let (x, y) = drawn.scene.to_strip(click.on_map);
    let mut lanes = layout.lanes.iter();
    let in_cards = lanes.any(|lane| {
        let bottom = lane.y + f64::from(lane.height);
        lane.kind == LaneKind::Touchpoints && (lane.y..bottom).contains(&y)
    });
    let Some(intent) = in_cards.then(|| touchpoint_at(cx, drawn, x)).flatten() else {
        return false;
    };
    cx.actions.push(intent);
    true
}

/// Returns the action that adds a touchpoint between the cards at this x.
fn touchpoint_at(cx: &mut FrameCx<'_>, drawn: &DrawnView<'_>, x: f64) -> Option<UiAction> {
    let map: &Map = cx.document.session.map();
    let (stage, at) = insertion_slot(drawn.strip(), map, &FxHashSet::default(), x)?;
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
