//! The start screen: samples as live thumbnails, a new map, opening a file.
//!
//! Must not know: how commands are carried out.

use super::canvas::{Camera, ScenePainter};
use super::commands::CommandId;
use super::dialog::Wanted;
use super::document::Look;
use super::gallery::Gallery;
use super::look::{self, UNIT};
use super::shell::App;
use super::widgets::primary;
use crate::edit::{ChangeSet, Intent, plan};
use crate::format;
use crate::model::{Map, MapKind, Stage, Touchpoint};
use crate::scene::{Marks, Scene};
use crate::session::{Picture, PictureOptions};
use egui::epaint::Mesh;
use egui::{
    Align, Label, Layout, Rect, Role, ScrollArea, Sense, Shape, StrokeKind, Ui, WidgetInfo, vec2,
};
use std::sync::Arc;

/// A sample or template: what it shows, and its file.
struct Sample {
    about: &'static str,
    text: &'static str,
}

macro_rules! maps {
    ($table:ident in $folder:literal; $($file:literal: $about:literal;)*) => {
        const $table: &[Sample] = &[$(Sample {
            about: $about,
            text: include_str!(concat!("../../", $folder, "/", $file, ".journey.ron")),
        }),*];
    };
}

maps! {
    SAMPLES in "sample_maps";
    "bank-account": "A student opens her first account";
    "bank-account-future": "The same account, as it shall be";
    "mortgage": "From the search to moving in";
    "hospital-outpatient": "A visit with a referral";
    "software-onboarding": "A team starts with new software";
    "disrupted-flight": "A flight is cancelled";
    "building-permit": "Applying for a permit";
}

maps! {
    TEMPLATES in "assets/templates";
    "blank": "Three stages with a touchpoint each";
    "purchase": "From the first advertisement to a recommendation";
    "onboarding": "A new user of a service";
    "support": "A problem and its solution";
    "patient": "From the first complaint to the check-up";
    "citizen": "An application to an authority";
}

/// Size of a thumbnail in points.
const THUMBNAIL: egui::Vec2 = vec2(288.0, 152.0);

/// Points to a map unit in a thumbnail: cards and curve are shapes, names are bars.
const ZOOM: f32 = 0.17;

/// The start screen with what is drawn on it.
#[derive(Default)]
pub struct Start {
    cards: Vec<Card>,
    painter: ScenePainter,
}

/// What a thumbnail was painted for: where, with which state of its pictures, in
/// which colours.
type Drawn = (Rect, u64, Look);

struct Card {
    title: String,
    facts: String,
    map: Map,
    /// The scene, and where its stages begin.
    drawn: Option<(Look, Arc<Scene>, f64)>,
    mesh: Option<(Drawn, Vec<Arc<Mesh>>)>,
}

/// A map to begin with: one stage and one touchpoint.
pub fn blank_map() -> Map {
    let mut map = Map::titled("Untitled map");
    let stage = Stage::new("first-stage".into(), "First stage");
    let touchpoint = Touchpoint::new("first-touchpoint".into(), "First touchpoint");
    let intent = Intent::Together {
        label: "New map".to_owned(),
        intents: vec![Intent::AddTouchpoint {
            stage: stage.id.clone(),
            at: 0,
            touchpoint: Box::new(touchpoint),
        }],
    };
    let add_stage = Intent::AddStage {
        at: 0,
        stage: Box::new(stage),
    };
    for intent in [add_stage, intent] {
        let changes: ChangeSet = plan(&map, &intent).unwrap_or_default();
        if changes.apply(&mut map).is_err() {
            break;
        }
    }
    map
}

impl App {
    /// Shows the start screen.
    pub(super) fn show_start(&mut self, ui: &mut Ui) {
        let mut start = self.start.take().unwrap_or_default();
        let theme = self.theme();
        ui.painter()
            .rect_filled(ui.max_rect(), 0.0, look::color(theme.paper));
        let mut chosen = None;
        let width = ui.available_width();
        let gap = 5.0 * UNIT;
        let card = THUMBNAIL.x;
        let columns = (((width - 2.0 * gap) + gap) / (card + gap))
            .floor()
            .clamp(1.0, 4.0) as usize;
        let content = columns as f32 * (card + gap) - gap;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.add_space(((width - content) / 2.0).max(gap));
                ui.vertical(|ui| {
                    ui.set_width(content);
                    ui.add_space(9.0 * UNIT);
                    ui.label(look::heading("Touchline").size(34.0));
                    ui.label(look::soft("Journey maps for people in a room.").size(16.0));
                    ui.add_space(5.0 * UNIT);
                    self.start_buttons(ui);
                    ui.add_space(7.0 * UNIT);
                    self.lay_out_one(ui, &mut start);
                    let (samples, count) =
                        (SAMPLES.len().min(start.cards.len()), start.cards.len());
                    for (title, lead, cards) in [
                        (
                            "Look at a sample",
                            "Samples open as copies without a file; change them freely.",
                            0..samples,
                        ),
                        (
                            "Start from a template",
                            "Touchpoints as they are found in most journeys of their kind.",
                            samples..count,
                        ),
                    ] {
                        ui.label(look::bold(title).size(16.0));
                        ui.label(look::soft(lead));
                        ui.add_space(2.0 * UNIT);
                        let cards: Vec<usize> = cards.collect();
                        for row in cards.chunks(columns) {
                            ui.horizontal_top(|ui| {
                                ui.spacing_mut().item_spacing.x = gap;
                                for i in row {
                                    if self.show_card(ui, &mut start, *i) {
                                        chosen = Some(*i);
                                    }
                                }
                            });
                            ui.add_space(gap - 2.0 * UNIT);
                        }
                        ui.add_space(6.0 * UNIT);
                    }
                });
            });
        });
        self.start = Some(start);
        if let Some(i) = chosen {
            let map = self
                .start
                .as_ref()
                .and_then(|s| s.cards.get(i))
                .map(|c| c.map.clone());
            if let Some(map) = map {
                self.open_untitled(map);
                ui.ctx().request_repaint();
            }
        }
    }

    fn start_buttons(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            if primary(ui, "New map")
                .on_hover_text(CommandId::New.tip(ui.ctx()))
                .clicked()
            {
                self.run(CommandId::New);
            }
            let tip = CommandId::Open.tip(ui.ctx());
            if ui.button("Open…").on_hover_text(tip).clicked() {
                self.ask(&ui.ctx().clone(), Wanted::Open, None);
            }
            let tip = CommandId::PasteList.tip(ui.ctx());
            if ui.button("Paste a list…").on_hover_text(tip).clicked() {
                self.run(CommandId::PasteList);
            }
            if ui.button("Help").clicked() {
                self.run(CommandId::Help);
            }
            if let Some(title) = self.document().map(|d| d.title().to_owned()) {
                let text = format!("Back to “{title}”");
                if ui.button(text).clicked() {
                    self.start = None;
                }
            }
        });
    }

    /// Reads, lays out and draws the next sample that is not yet; one a frame,
    /// so that the window answers at once.
    fn lay_out_one(&mut self, ui: &Ui, start: &mut Start) {
        let look = self.look();
        if start.cards.is_empty() {
            // All names at once: cards must not jump while others are drawn.
            let all = SAMPLES.iter().chain(TEMPLATES);
            start.cards = all.filter_map(Card::read).collect();
        }
        let stale = start
            .cards
            .iter_mut()
            .find(|card| card.drawn.as_ref().is_none_or(|(drawn, ..)| *drawn != look));
        if let Some(card) = stale {
            let options = PictureOptions {
                theme: look.theme,
                palette: look.palette,
                lit: Marks::NONE,
                ..PictureOptions::default()
            };
            let picture = Picture::of(&card.map, &options, &mut self.typesetter);
            card.drawn = Some((look, picture.scene, picture.layout.band_y));
            ui.ctx().request_repaint();
        }
    }

    fn show_card(&mut self, ui: &mut Ui, start: &mut Start, i: usize) -> bool {
        let theme = self.theme();
        let Some(card) = start.cards.get_mut(i) else {
            return false;
        };
        let size = THUMBNAIL + vec2(0.0, 13.0 * UNIT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &card.title));
        if ui.is_rect_visible(rect) {
            let visuals = ui.style().interact(&response);
            let painter = ui.painter_at(rect.expand(2.0));
            painter.rect_filled(rect, 10.0, look::color(theme.card));
            let picture = Rect::from_min_size(rect.min, THUMBNAIL).shrink(1.0);
            if let Some(mesh) = card.mesh(ui, &mut start.painter, &mut self.typesetter, picture) {
                let ground = egui::CornerRadius {
                    nw: 9,
                    ne: 9,
                    sw: 0,
                    se: 0,
                };
                painter.rect_filled(picture, ground, look::color(theme.paper));
                painter
                    .with_clip_rect(picture.intersect(ui.clip_rect()))
                    .extend(mesh.into_iter().map(Shape::Mesh));
            }
            painter.hline(
                rect.x_range(),
                picture.max.y,
                (1.0, look::color(theme.line)),
            );
            painter.rect_stroke(rect, 10.0, visuals.bg_stroke, StrokeKind::Inside);
            let text = Rect::from_min_max(
                picture.left_bottom() + vec2(3.0 * UNIT, 2.0 * UNIT),
                rect.max - vec2(3.0 * UNIT, UNIT),
            );
            let mut inner = ui.new_child(
                egui::UiBuilder::new()
                    .max_rect(text)
                    .layout(Layout::top_down(Align::Min)),
            );
            inner.spacing_mut().item_spacing.y = 2.0;
            inner.add(
                Label::new(look::bold(&card.title))
                    .truncate()
                    .sense(Sense::hover()),
            );
            inner.add(
                Label::new(look::soft(&card.facts).small())
                    .truncate()
                    .sense(Sense::hover()),
            );
        }
        response.clicked()
    }
}

impl Card {
    fn read(sample: &Sample) -> Option<Card> {
        let map = format::read(sample.text.as_bytes()).ok()?.map;
        let kind = match map.header().kind {
            MapKind::Current => "current",
            MapKind::Future => "future",
        };
        Some(Card {
            title: map.header().title.clone(),
            facts: format!(
                "{} · {} touchpoints, {kind}",
                sample.about,
                map.touchpoint_count()
            ),
            map,
            drawn: None,
            mesh: None,
        })
    }

    fn mesh(
        &mut self,
        ui: &Ui,
        painter: &mut ScenePainter,
        glyphs: &mut crate::text::Typesetter,
        rect: Rect,
    ) -> Option<Vec<Arc<Mesh>>> {
        let (look, scene, top) = self.drawn.as_ref()?;
        let pictures = Gallery::of(ui.ctx()).lock().generation();
        let drawn = (rect, pictures, *look);
        match &self.mesh {
            Some((known, mesh)) if *known == drawn => Some(mesh.clone()),
            _ => {
                // From the first stage on: that is where maps differ.
                let camera = Camera {
                    x: f64::from(rect.width() / ZOOM) / 2.0,
                    y: top - 16.0 + f64::from(rect.height() / ZOOM) / 2.0,
                    zoom: ZOOM,
                };
                let painted = painter.paint(ui.ctx(), glyphs, scene, &camera, rect);
                let meshes: Vec<Arc<Mesh>> = painted.meshes().collect();
                self.mesh = Some((drawn, meshes.clone()));
                Some(meshes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_reads_without_notices() {
        for sample in SAMPLES.iter().chain(TEMPLATES) {
            let document = format::read(sample.text.as_bytes()).unwrap();
            assert!(
                document.notices.is_empty(),
                "{}: {:?}",
                sample.about,
                document.notices
            );
        }
    }

    #[test]
    fn a_new_map_has_a_stage_and_a_touchpoint() {
        let map = blank_map();
        assert_eq!((map.stages().len(), map.touchpoint_count()), (1, 1));
    }
}
