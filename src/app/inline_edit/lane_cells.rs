//! Lane cells below the cards: the lane cursor, inline editing on double click, and
//! examples in empty lanes.
//!
//! Must not know: the inline field (`editor` does).

use super::editor::InlineEdit;
use super::type_to_edit::set_ime_area;
use crate::app::canvas::Click;
use crate::app::command::action::{Selection, UiAction};
use crate::app::document::Document;
use crate::app::document::camera_target::DrawnView;
use crate::app::editing::assign;
use crate::app::frame::FrameCx;
use crate::app::ui::style;
use crate::model::{Field, FieldRef, Lane, LaneContentKind, LaneKind, ObjectRef};
use crate::render::RenderedMap;
use crate::scene::{PartKind, Scene};
use crate::theme::size;
use egui::{
    Color32, FontId, Id, Label, Pos2, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Smallest zoom at which examples are readable.
const MIN_EXAMPLE_ZOOM: f32 = 0.5;

/// Begins inline editing of the text at a double click; returns whether there is one.
pub(crate) fn edit_at(cx: &mut FrameCx<'_>, view: &DrawnView<'_>, click: &Click) -> bool {
    let document = &mut *cx.document;
    let map = document.session.map();
    let Some(tag) = &click.tag else {
        let place = view.scene.to_strip(click.on_map);
        let at = |journey: &RenderedMap| journey.layout.cell_at(map, place);
        let Some((lane, id)) = view.journey.and_then(at) else {
            return false;
        };
        cx.actions.push(UiAction::EditCell(lane, id));
        return true;
    };
    let target = tag.object().and_then(|object| {
        let target = target_at(document, view.scene, object, click.at)?;
        Some((object.clone().field(target.field), target))
    });
    let Some((shown, target)) = target else {
        return false;
    };
    let words = document.canvas.text_geometry(view.scene, &shown);
    let on_words = words.is_some_and(|words| words.rect.expand(4.0).contains(click.at));
    let caret = on_words.then_some(click.at);
    cx.actions.push(UiAction::EditText(target, caret));
    true
}

impl InlineEdit {
    /// Shows the lane cursor, and enables input methods at its position if keys go to
    /// the map.
    pub(crate) fn show_lane_cursor(
        &self,
        ui: &Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        picture: &RenderedMap,
        scene: &Arc<Scene>,
        has_keys: bool,
    ) {
        let composes = has_keys && self.accepts_typing(ui.ctx(), &cx.commands());
        let document = &mut *cx.document;
        let (Selection::One(ObjectRef::Touchpoint(id)), Some(lane)) =
            (&document.selection, &document.cursor_lane)
        else {
            let tag = document.primary_object();
            let at = tag.and_then(|tag| document.canvas.object_rect(scene, &tag));
            if composes {
                // An object out of view is scrolled into view by typing.
                set_ime_area(ui, at.unwrap_or(canvas));
            }
            return;
        };
        let map = document.session.map();
        let room = picture.layout.cell_area(map, lane, id);
        let room = room.map(|room| scene.area_from_strip(room));
        let Some(rect) = room.map(|room| document.camera.to_screen(&room, canvas)) else {
            return;
        };
        let free = Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max);
        // During inline editing the field has its own outline.
        if self.editor.is_none() {
            let accent = style::color(cx.theme.accent);
            let fill = accent.gamma_multiply(0.05);
            let line = Stroke::new(2.0, accent);
            let outline = rect.expand(1.0);
            ui.painter_at(free)
                .rect(outline, 5.0, fill, line, StrokeKind::Middle);
            if composes {
                let scored = map.lanes().get(lane).map(|lane| lane.holds);
                let hint = match scored {
                    Some(LaneContentKind::Score(_)) => "Type the score",
                    _ => "Type to add",
                };
                show_caret(ui, outline, free, accent, hint);
            }
        }
        let title = map.lanes().get(lane).map_or("", |lane| lane.title());
        let touchpoint = map.touchpoint(id);
        let name = touchpoint.map_or("", |t| t.name.as_str());
        let said = touchpoint.zip(map.lanes().get(lane)).map(|(t, record)| {
            let said = t.text_fields(record).into_iter();
            let said: Vec<_> = said
                .filter_map(|said| t.cell_text(lane, said).text(map))
                .collect();
            said.join("; ")
        });
        let words = match said.filter(|said| !said.is_empty()) {
            Some(said) => format!("{title} at {name}: {said}"),
            None => format!("{title} at {name}: nothing yet"),
        };
        let node = ui.interact(rect.intersect(free), Id::unique("cursor"), Sense::hover());
        node.widget_info(|| WidgetInfo::selected(Role::Button, true, true, &words));
        if composes {
            set_ime_area(ui, rect);
        }
    }
}

/// Shows below the outline of a cell that typing writes there.
fn show_caret(ui: &Ui, outline: Rect, free: Rect, accent: Color32, hint: &str) {
    let painter = ui.painter_at(free);
    let font = style::small_font(ui);
    let ground = ui.visuals().window_fill;
    let words = painter.layout_no_wrap(hint.to_owned(), font, ground);
    let size = words.size() + vec2(14.0, 4.0);
    let chip = Rect::from_min_size(outline.left_bottom(), size);
    painter.rect_filled(chip, 3.0, accent);
    let caret = chip.left() + 5.0;
    painter.vline(caret, chip.y_range().shrink(3.0), Stroke::new(1.5, ground));
    painter.galley(pos2(caret + 4.0, chip.top() + 2.0), words, ground);
}

/// Shows an example of the content in each empty lane.
pub(crate) fn show_lane_examples(
    ui: &mut Ui,
    document: &Document,
    canvas: Rect,
    picture: &RenderedMap,
) {
    let map = document.session.map();
    let zoom = document.camera.zoom;
    let first = map.touchpoints().next().map(|touchpoint| &touchpoint.id);
    let (Some(touchpoint), true) = (first, zoom >= MIN_EXAMPLE_ZOOM) else {
        return;
    };
    let free = Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max);
    let sizes = picture.layout.density.sizes();
    let mut explains = true;
    for band in picture.layout.lanes.iter().filter(|band| band.is_empty) {
        let Some(lane) = map.lanes().get(&band.id) else {
            continue;
        };
        // The lane cursor makes an example unnecessary.
        if document.cursor_lane.as_ref() == Some(&lane.id) {
            continue;
        }
        let Some(cell) = picture.layout.cell_area(map, &lane.id, touchpoint) else {
            continue;
        };
        let cell = picture.drawn().area_from_strip(cell);
        // To the left of the words stands a plus.
        let left = match lane.kind {
            LaneKind::Feelings => cell.center_x() + 28.0,
            _ => cell.left + 28.0,
        };
        let corner = (left, cell.top + 3.0);
        let at = document.camera.point_to_screen(corner, canvas);
        if !free.expand(20.0).contains(at) {
            continue;
        }
        let font = FontId::proportional(sizes.text(size::BODY).size * zoom);
        let mut words = lane_example(lane).to_owned();
        if std::mem::take(&mut explains) {
            words += "   (double click, or ↓ and type)";
        }
        let words = RichText::new(words).font(font).italics().weak();
        let room = (cell.right - left).max(120.0) as f32 * zoom;
        let rect = Rect::from_min_size(at, vec2(room, 40.0));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.shrink_clip_rect(free);
        let label = Label::new(words).selectable(false).sense(Sense::empty());
        inner.add(label.wrap());
    }
}

/// Returns the editable text of an object at a screen position, or `None` if there is
/// none.
fn target_at(
    document: &mut Document,
    scene: &Arc<Scene>,
    object: &ObjectRef,
    at: Pos2,
) -> Option<FieldRef> {
    let map = document.session.map();
    let canvas = &mut document.canvas;
    let mut nearest = |reach| canvas.nearest_text_field(scene, object, at, reach);
    let field = match object {
        ObjectRef::Map => nearest(f32::INFINITY).unwrap_or(Field::Title),
        ObjectRef::Persona(_) => nearest(f32::INFINITY).unwrap_or(Field::Name),
        ObjectRef::Stage(_) => nearest(1.0).unwrap_or(Field::Name),
        ObjectRef::Touchpoint(_) | ObjectRef::Lane(_) => Field::Name,
        ObjectRef::Cell(_, lane) => {
            let lane = map.lanes().get(lane)?;
            if !lane.has_text_fields() {
                return None;
            }
            if lane.shows_pictures() {
                // The last image that begins above the pointer is chosen, with or
                // without a caption.
                let frames = canvas.parts(scene, object, PartKind::Picture);
                let above = frames.iter().filter(|frame| frame.top() <= at.y).count();
                let caption = Field::Caption(Field::index(above.saturating_sub(1)));
                let caption = object.clone().field(caption);
                return caption.text(map).is_some().then_some(caption);
            }
            nearest(f32::INFINITY)?
        }
        ObjectRef::Feeling(id, persona) => {
            let mut lanes = map.lanes().iter();
            let lane = lanes.find(|lane| lane.kind == LaneKind::Feelings)?;
            let touchpoint = map.touchpoint(id)?;
            let feeling = match persona {
                Some(persona) => assign::feeling_index(map, touchpoint, persona)?,
                None => touchpoint.feelings.iter().position(|f| f.score.is_some())?,
            };
            return Some(touchpoint.cell_text(&lane.id, Field::Emotion(Field::index(feeling))));
        }
        _ => return None,
    };
    Some(object.clone().field(field))
}

/// Returns example content of a lane.
fn lane_example(lane: &Lane) -> &'static str {
    match (lane.kind, lane.holds) {
        (LaneKind::Feelings, _) => "Impatient",
        (LaneKind::Measurements, _) => "CSAT 3.4 of 5",
        (LaneKind::Thoughts, _) => "“How long will this take?”",
        (LaneKind::Motivations, _) => "Wants it done before the weekend",
        (LaneKind::Pains, _) => "Has to say everything twice",
        (LaneKind::Opportunities, _) => "Say at once how long it takes",
        (LaneKind::Backstage, _) => "A clerk checks the form",
        (_, LaneContentKind::List) => "One thing a line",
        (_, LaneContentKind::Score(_)) => "7",
        (_, LaneContentKind::Link) => "https://example.org",
        _ => "Anything worth knowing",
    }
}
