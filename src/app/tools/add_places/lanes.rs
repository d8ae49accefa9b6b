//! Places in the lanes below the cards of the journey.
//!
//! Must not know: sessions, how commands are carried out.

use super::place::{AddPlace, Look, PLUS_SIZE};
use crate::app::canvas::Area;
use crate::app::command::action::{Selection, UiAction};
use crate::app::document::Document;
use crate::app::editing::assign::feeling_index;
use crate::app::editing::feelings::{ScoreChange, score_intent};
use crate::app::frame::FrameCx;
use crate::layout::LaneLegend;
use crate::model::{Field, LaneId, LaneKind, ObjectRef, Record, Score, Touchpoint, TouchpointId};
use crate::render::RenderedMap;
use crate::theme::Theme;
use egui::{Pos2, Rect, Vec2};

/// Step of a score that is chosen by a height in the lane of feelings, in tenths.
const SCORE_STEP: f64 = 5.0;

/// The places in the lanes below the selected card, and in the cell at the pointer.
pub(super) fn lane_places(
    cx: &mut FrameCx<'_>,
    canvas: Rect,
    free: Rect,
    journey: &RenderedMap,
    (pointer, edited): (Option<Pos2>, Option<&ObjectRef>),
) -> Vec<AddPlace> {
    let document = &*cx.document;
    let (map, layout) = (document.session.map(), &journey.layout);
    let mut cells: Vec<(LaneId, TouchpointId)> = Vec::new();
    let on_map = pointer.filter(|at| free.contains(*at));
    let on_map = on_map.map(|at| document.camera.point_on_map(at, canvas));
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
    let spot = document.camera.point_to_screen(spot, canvas);
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
    let spot = document.camera.point_to_screen(spot, canvas);
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
