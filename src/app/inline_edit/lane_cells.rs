//! Lane cells below the cards: the lane cursor, inline editing on double click, and
//! examples in empty lanes.
//!
//! Must not know: the inline field (`editor` does).

use super::target::Spot;
use crate::app::app::App;
use crate::app::canvas::{Area, Click};
use crate::app::command::action::Selection;
use crate::app::document::Document;
use crate::app::document::lane_geometry;
use crate::app::editing::assign;
use crate::app::ui::style;
use crate::layout::cell_top;
use crate::model::{Holds, Lane, LaneKind, Said};
use crate::render::Picture;
use crate::scene::{Scene, Tag};
use crate::theme::size;
use egui::{
    FontId, Id, Label, Pos2, Rect, RichText, Role, Sense, Stroke, StrokeKind, TextWrapMode, Ui,
    UiBuilder, Vec2, WidgetInfo, vec2,
};
use std::sync::Arc;

/// Smallest zoom at which examples are readable.
const READABLE: f32 = 0.5;

impl App {
    /// Begins inline editing of the text at a double click; returns whether there was
    /// one.
    pub(crate) fn write_at(
        &mut self,
        journey: Option<&Picture>,
        scene: &Arc<Scene>,
        click: &Click,
    ) -> bool {
        let Some(document) = self.documents.get_mut(self.active) else {
            return false;
        };
        let map = document.session.map();
        let Some(tag) = &click.tag else {
            let room = journey.and_then(|picture| lane_geometry::at(map, picture, click.on_map));
            let Some((lane, id)) = room else {
                return false;
            };
            self.write_in_lane(&lane, &id, None, true);
            return true;
        };
        let Some(spot) = spot_at(document, scene, tag, click.at) else {
            return false;
        };
        let words = document.canvas.words_of(scene, tag, spot.said());
        let on_words = words.is_some_and(|words| words.rect.expand(4.0).contains(click.at));
        self.write(spot, None, None);
        if let Some(editor) = self.hands.editor.as_mut().filter(|_| on_words) {
            editor.put_caret(click.at);
        }
        true
    }

    /// Shows the lane cursor, and enables input methods at its position.
    pub(crate) fn show_cursor(
        &mut self,
        ui: &Ui,
        canvas: Rect,
        picture: &Picture,
        scene: &Arc<Scene>,
    ) {
        let theme = self.theme();
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let (Selection::Touchpoint(id), Some(lane)) = (&document.selection, &document.lane) else {
            let tag = document.tag();
            let at = tag.and_then(|tag| document.canvas.area_of(scene, &tag));
            self.offer_composing(ui, at);
            return;
        };
        let map = document.session.map();
        let room = lane_geometry::room(map, picture, lane, id);
        let Some(rect) = room.map(|room| on_screen(document, canvas, &room)) else {
            return;
        };
        let free = Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max);
        // During inline editing the field has its own outline.
        if self.hands.editor.is_none() {
            let accent = style::color(theme.accent);
            let fill = accent.gamma_multiply(0.05);
            let line = Stroke::new(2.0, accent);
            let outline = rect.expand(1.0);
            ui.painter_at(free)
                .rect(outline, 5.0, fill, line, StrokeKind::Middle);
        }
        let title = map.lanes().get(lane).map_or("", |lane| lane.title());
        let touchpoint = map.touchpoint(id);
        let name = touchpoint.map_or("", |t| t.name.as_str());
        let said = touchpoint.zip(map.lanes().get(lane)).map(|(t, record)| {
            let said = t.sayings(record).into_iter();
            let said: Vec<_> = said.filter_map(|said| map.says(lane, id, said)).collect();
            said.join("; ")
        });
        let words = match said.filter(|said| !said.is_empty()) {
            Some(said) => format!("{title} at {name}: {said}"),
            None => format!("{title} at {name}: nothing yet"),
        };
        let node = ui.interact(rect.intersect(free), Id::unique("cursor"), Sense::hover());
        node.widget_info(|| WidgetInfo::selected(Role::Button, true, true, &words));
        self.offer_composing(ui, Some(rect));
    }

    /// Shows an example of the content in each empty lane.
    pub(crate) fn show_examples(&self, ui: &mut Ui, canvas: Rect, picture: &Picture) {
        let Some(document) = self.document() else {
            return;
        };
        let map = document.session.map();
        let zoom = document.camera.zoom;
        let first = picture.layout.stages.iter().find(|s| !s.steps().is_empty());
        let (Some(stage), true) = (first, zoom >= READABLE) else {
            return;
        };
        let free = Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max);
        let sizes = picture.layout.density.sizes();
        for band in picture.layout.lanes.iter().filter(|band| band.empty) {
            let Some(lane) = map.lanes().get(&band.id) else {
                continue;
            };
            // The lane cursor makes an example unnecessary.
            if document.lane.as_ref() == Some(&lane.id) {
                continue;
            }
            let left = stage.x + f64::from(sizes.card_x(0) + 4.0);
            let top = band.y + f64::from(cell_top(band.kind, sizes));
            let at = place(document, canvas, (left, top));
            if !free.expand(20.0).contains(at) {
                continue;
            }
            let font = FontId::proportional(sizes.text(size::BODY).size * zoom);
            let words = format!("{}   (double click, or ↓ and type)", example(lane));
            let words = RichText::new(words).font(font).italics().weak();
            let rect = Rect::from_min_size(at, vec2(900.0, 40.0));
            let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
            inner.shrink_clip_rect(free);
            let label = Label::new(words).selectable(false).sense(Sense::empty());
            inner.add(label.wrap_mode(TextWrapMode::Extend));
        }
    }
}

/// Returns the editable text of a subject at a screen position, or `None` if there is
/// none.
fn spot_at(document: &mut Document, scene: &Arc<Scene>, tag: &Tag, at: Pos2) -> Option<Spot> {
    let map = document.session.map();
    let canvas = &mut document.canvas;
    Some(match tag {
        Tag::Map => match canvas.said_near(scene, tag, at, f32::INFINITY) {
            Some(Said::Scenario) => Spot::Scenario,
            Some(Said::Measured) => Spot::Measured,
            _ => Spot::Title,
        },
        Tag::Persona(id) => {
            let said = canvas.said_near(scene, tag, at, f32::INFINITY);
            Spot::Persona(id.clone(), said.unwrap_or(Said::Name))
        }
        Tag::Stage(id) => match canvas.said_near(scene, tag, at, 1.0) {
            Some(Said::Goal) => Spot::Goal(id.clone()),
            _ => Spot::Stage(id.clone()),
        },
        Tag::Card(id) => Spot::Card(id.clone()),
        Tag::Lane(id) => Spot::Lane(id.clone()),
        Tag::Cell(lane, id) => {
            let record = map.lanes().get(lane).filter(|lane| lane.is_written())?;
            if record.shows_pictures() {
                // The last image that begins above the pointer is chosen, with or
                // without a caption.
                let frames = canvas.frames_of(scene, tag);
                let above = frames.iter().filter(|frame| frame.top() <= at.y).count();
                let said = Said::place(above.saturating_sub(1)).map(Said::Caption)?;
                map.says(lane, id, said)?;
                return Some(Spot::Cell(lane.clone(), id.clone(), said));
            }
            let said = canvas.said_near(scene, tag, at, f32::INFINITY)?;
            Spot::Cell(lane.clone(), id.clone(), said)
        }
        Tag::Face(id, persona) => {
            let mut lanes = map.lanes().iter();
            let lane = lanes.find(|lane| lane.kind == LaneKind::Feelings)?;
            let touchpoint = map.touchpoint(id)?;
            let feeling = match persona {
                Some(persona) => assign::feeling_of(map, touchpoint, persona)?,
                None => touchpoint.feelings.iter().position(|f| f.score.is_some())?,
            };
            let said = Said::place(feeling).map(Said::Emotion)?;
            Spot::Cell(lane.id.clone(), id.clone(), said)
        }
        Tag::Frame
        | Tag::Path { .. }
        | Tag::Department(_)
        | Tag::Owned(..)
        | Tag::StageOwner(_)
        | Tag::Handoff(..) => return None,
    })
}

/// Returns example content of a lane.
fn example(lane: &Lane) -> &'static str {
    match (lane.kind, lane.holds) {
        (LaneKind::Feelings, _) => "Impatient",
        (LaneKind::Measurements, _) => "CSAT 3.4 of 5",
        (LaneKind::Thoughts, _) => "“How long will this take?”",
        (LaneKind::Motivations, _) => "Wants it done before the weekend",
        (LaneKind::Pains, _) => "Has to say everything twice",
        (LaneKind::Opportunities, _) => "Say at once how long it takes",
        (LaneKind::Backstage, _) => "A clerk checks the form",
        (_, Holds::List) => "One thing a line",
        (_, Holds::Score(_)) => "7",
        (_, Holds::Link) => "https://example.org",
        _ => "Anything worth knowing",
    }
}

fn place(document: &Document, canvas: Rect, (x, y): (f64, f64)) -> Pos2 {
    let camera = &document.camera;
    let away = vec2((x - camera.x) as f32, (y - camera.y) as f32);
    canvas.center() + away * camera.zoom
}

fn on_screen(document: &Document, canvas: Rect, area: &Area) -> Rect {
    let corner = |x, y| place(document, canvas, (x, y));
    Rect::from_min_max(corner(area.left, area.top), corner(area.right, area.bottom))
}
