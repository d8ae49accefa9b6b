//! Home screen: recent maps, samples and templates as live thumbnails, a new map,
//! opening a file.
//!
//! Must not know: how commands are carried out, how thumbnails are made.

pub(crate) mod cards;
mod thumbnails;

use super::app::App;
use super::command::table::CommandId;
use super::document::Appearance;
use super::platform::file_dialog::FileRequest;
use super::ui::buttons::primary_button;
use super::ui::style;
use super::ui::style::UNIT;
use crate::edit::{ChangeSet, Intent, plan};
use crate::model::{Map, Stage, Touchpoint};
use crate::theme::Density;
use cards::{HomeScreen, THUMBNAIL_SIZE};
use egui::{
    Align, Key, Label, Layout, Modifiers, Popup, Rect, Response, Role, ScrollArea, Sense, Shape,
    Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};
use thumbnails::MapSource;

/// Action requested on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CardAction {
    Open,
    Remove,
}

/// Creates a new map with one stage and one touchpoint.
pub fn blank_map() -> Map {
    let mut map = Map::with_title("Untitled map");
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
    /// Shows the home screen.
    pub(super) fn show_home(&mut self, ui: &mut Ui) {
        let mut start = self.screen.home.take().unwrap_or_default();
        start.refresh_cards(self.workspace.recent.paths());
        let look = Appearance {
            // Thumbnails are cropped to the card, so the density does not matter.
            density: Density::default(),
            ..self.appearance()
        };
        start.poll_thumbnails(ui.ctx(), look);
        let theme = self.theme();
        ui.painter()
            .rect_filled(ui.max_rect(), 0.0, style::color(theme.paper));
        let mut chosen = None;
        let width = ui.available_width();
        let gap = 5.0 * UNIT;
        let card = THUMBNAIL_SIZE.x;
        let columns = (((width - 2.0 * gap) + gap) / (card + gap))
            .floor()
            .clamp(1.0, 4.0) as usize;
        let content = columns as f32 * (card + gap) - gap;
        let first = arrow_without_focus(ui);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.add_space(((width - content) / 2.0).max(gap));
                ui.vertical(|ui| {
                    ui.set_width(content);
                    ui.add_space(9.0 * UNIT);
                    ui.label(style::heading("Touchline").size(34.0));
                    ui.label(style::weak_text("Journey maps for people in a room.").size(16.0));
                    ui.add_space(5.0 * UNIT);
                    self.home_buttons(ui);
                    ui.add_space(7.0 * UNIT);
                    for (title, lead, cards) in start.sections() {
                        if cards.is_empty() {
                            continue;
                        }
                        ui.label(style::bold_text(title).size(16.0));
                        ui.label(style::weak_text(lead));
                        ui.add_space(2.0 * UNIT);
                        let cards: Vec<usize> = cards.collect();
                        for row in cards.chunks(columns) {
                            ui.horizontal_top(|ui| {
                                ui.spacing_mut().item_spacing.x = gap;
                                for i in row {
                                    let response = self.show_card(ui, &mut start, *i);
                                    if first && *i == 0 {
                                        response.request_focus();
                                        // This arrow key has focused the card; egui would
                                        // move on at once.
                                        let still = egui::FocusDirection::None;
                                        ui.memory_mut(|memory| memory.move_focus(still));
                                    }
                                    if let Some(wish) =
                                        card_action(ui, &response, start.is_recent(*i))
                                    {
                                        chosen = Some((*i, wish));
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
        let source = chosen.and_then(|(i, _)| start.cards.get(i).map(|c| c.source.clone()));
        self.screen.home = Some(start);
        match (source, chosen) {
            (Some(MapSource::File(path)), Some((_, CardAction::Remove))) => {
                self.workspace.recent.remove(&path)
            }
            (Some(MapSource::File(path)), Some(_)) => self.open_all(&[path]),
            (Some(source @ MapSource::Text(_)), _) => {
                if let Ok(map) = thumbnails::read_map(&source) {
                    self.open_untitled(map);
                }
            }
            _ => return,
        }
        ui.ctx().request_repaint();
    }

    fn home_buttons(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            if primary_button(ui, "New map")
                .on_hover_text(CommandId::New.tooltip_with_keys(ui.ctx()))
                .clicked()
            {
                self.queue_command(CommandId::New);
            }
            let tip = CommandId::Open.tooltip_with_keys(ui.ctx());
            if ui.button("Open…").on_hover_text(tip).clicked() {
                self.request_file(&ui.ctx().clone(), FileRequest::Open, None);
            }
            let tip = CommandId::PasteList.tooltip_with_keys(ui.ctx());
            if ui.button("Paste a list…").on_hover_text(tip).clicked() {
                self.queue_command(CommandId::PasteList);
            }
            if ui.button("Help").clicked() {
                self.queue_command(CommandId::Help);
            }
            if let Some(title) = self.document().map(|d| d.title().to_owned()) {
                let text = format!("Back to “{title}”");
                if ui.button(text).clicked() {
                    self.screen.home = None;
                }
            }
        });
    }

    fn show_card(&mut self, ui: &mut Ui, start: &mut HomeScreen, i: usize) -> Response {
        let theme = self.theme();
        let size = THUMBNAIL_SIZE + vec2(0.0, 13.0 * UNIT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let Some(card) = start.cards.get_mut(i) else {
            return response;
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, card.accessible_name()));
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let visuals = ui.style().interact(&response);
        let painter = ui.painter_at(rect.expand(4.0));
        painter.rect_filled(rect, 10.0, style::color(theme.card));
        let picture = Rect::from_min_size(rect.min, THUMBNAIL_SIZE).shrink(1.0);
        if let Some(mesh) = card.mesh(ui, &mut start.painter, &mut self.ui.typesetter, picture) {
            let ground = egui::CornerRadius {
                nw: 9,
                ne: 9,
                sw: 0,
                se: 0,
            };
            painter.rect_filled(picture, ground, style::color(theme.paper));
            painter
                .with_clip_rect(picture.intersect(ui.clip_rect()))
                .extend(mesh.into_iter().map(Shape::Mesh));
        }
        painter.hline(
            rect.x_range(),
            picture.max.y,
            (1.0, style::color(theme.line)),
        );
        painter.rect_stroke(rect, 10.0, visuals.bg_stroke, StrokeKind::Inside);
        if response.has_focus() {
            let ring = Stroke::new(2.0, style::color(theme.accent));
            painter.rect_stroke(rect.expand(2.0), 12.0, ring, StrokeKind::Middle);
        }
        if let Some(problem) = &card.problem {
            let mut inner =
                ui.new_child(egui::UiBuilder::new().max_rect(picture.shrink(4.0 * UNIT)));
            inner.add(
                Label::new(style::weak_text(problem))
                    .wrap()
                    .sense(Sense::hover()),
            );
        }
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
        let title = match card.problem {
            Some(_) => style::bold_text(&card.title).weak(),
            None => style::bold_text(&card.title),
        };
        for line in [title, style::weak_text(&card.details).small()] {
            inner.add(Label::new(line).truncate().sense(Sense::hover()));
        }
        match &card.source {
            MapSource::File(path) => response.on_hover_text(path.display().to_string()),
            MapSource::Text(_) => response,
        }
    }
}

/// Whether an arrow key was pressed while nothing has the focus; then the first card
/// gets it, and egui continues from there.
fn arrow_without_focus(ui: &Ui) -> bool {
    const ARROWS: [Key; 4] = [
        Key::ArrowDown,
        Key::ArrowUp,
        Key::ArrowLeft,
        Key::ArrowRight,
    ];
    ui.memory(|memory| memory.focused().is_none())
        && ui.input(|i| ARROWS.iter().any(|key| i.key_pressed(*key)))
}

/// Action requested on a card.
fn card_action(ui: &Ui, response: &Response, recent: bool) -> Option<CardAction> {
    let mut wish = response.clicked().then_some(CardAction::Open);
    if recent {
        let delete = |i: &mut egui::InputState| i.consume_key(Modifiers::NONE, Key::Delete);
        if response.has_focus() && ui.input_mut(delete) {
            wish = Some(CardAction::Remove);
        }
        Popup::context_menu(response).show(|ui| {
            for (word, meant) in [
                ("Open", CardAction::Open),
                ("Remove from this list", CardAction::Remove),
            ] {
                if ui.button(word).clicked() {
                    wish = Some(meant);
                }
            }
        });
    }
    wish
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_map_has_a_stage_and_a_touchpoint() {
        let map = blank_map();
        assert_eq!((map.stages().len(), map.touchpoint_count()), (1, 1));
    }
}
