//! Home screen: recent maps, samples and templates as live thumbnails, a new map,
//! opening a file.
//!
//! Must not know: how commands are carried out, how thumbnails are made.

pub(crate) mod cards;
mod thumbnails;

use super::canvas::ScenePainter;
use super::command::action::UiAction;
use super::command::table::CommandId;
use super::document::Appearance;
use super::ui::buttons::{describe, primary_button};
use super::ui::style::{self, UNIT};
use crate::edit::{ChangeSet, Intent, plan};
use crate::model::{Map, Stage, Touchpoint};
use crate::text::Typesetter;
use crate::theme::{Density, Theme};
use cards::{HomeCard, HomeScreen, THUMBNAIL_SIZE};
use egui::{
    Align, CornerRadius, FocusDirection, InputState, Key, Label, Layout, Modifiers, Popup, Rect,
    Response, Role, ScrollArea, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, vec2,
};
use std::path::PathBuf;
use thumbnails::MapSource;

/// Context of the home screen, which needs no document.
pub struct HomeCx<'a> {
    /// Recent maps.
    pub recent: &'a [PathBuf],
    /// Title of the document to go back to.
    pub open_title: Option<&'a str>,
    /// Appearance of maps.
    pub appearance: Appearance,
    /// Shared text measurement.
    pub typesetter: &'a mut Typesetter,
    /// Actions, carried out after the frame.
    pub actions: &'a mut Vec<UiAction>,
}

/// Creates a new map with one stage and one touchpoint.
pub fn blank_map() -> Map {
    let mut map = Map::with_title("Untitled map");
    let stage = Stage::new("first-stage".into(), "First stage");
    let touchpoint = Touchpoint::new("first-touchpoint".into(), "First touchpoint");
    let add_touchpoint = Intent::AddTouchpoint {
        stage: stage.id.clone(),
        at: 0,
        touchpoint: Box::new(touchpoint),
    };
    let add_stage = Intent::AddStage {
        at: 0,
        stage: Box::new(stage),
    };
    for intent in [add_stage, add_touchpoint] {
        let changes: ChangeSet = plan(&map, &intent).unwrap_or_default();
        if changes.apply(&mut map).is_err() {
            break;
        }
    }
    map
}

impl HomeScreen {
    /// Shows the home screen.
    pub fn show(&mut self, ui: &mut Ui, cx: HomeCx<'_>) {
        self.refresh_cards(cx.recent);
        let appearance = Appearance {
            // Thumbnails are cropped to the card, so the density does not matter.
            density: Density::default(),
            ..cx.appearance
        };
        self.poll_thumbnails(ui.ctx(), appearance);
        let theme = appearance.theme.with_palette(appearance.palette);
        ui.painter()
            .rect_filled(ui.max_rect(), 0.0, style::color(theme.paper));
        let width = ui.available_width();
        let gap = 5.0 * UNIT;
        let column = THUMBNAIL_SIZE.x + gap;
        let columns = ((width - gap) / column).floor().clamp(1.0, 4.0);
        let content = columns * column - gap;
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
                    home_buttons(ui, cx.open_title, cx.actions);
                    ui.add_space(7.0 * UNIT);
                    for (title, lead, cards) in self.sections() {
                        if cards.is_empty() {
                            continue;
                        }
                        ui.label(style::bold_text(title).size(16.0));
                        ui.label(style::weak_text(lead));
                        ui.add_space(2.0 * UNIT);
                        let cards: Vec<usize> = cards.collect();
                        for row in cards.chunks(columns as usize) {
                            ui.horizontal_top(|ui| {
                                ui.spacing_mut().item_spacing.x = gap;
                                for i in row {
                                    let first = first && *i == 0;
                                    self.show_card(ui, *i, theme, cx.typesetter, cx.actions, first);
                                }
                            });
                            ui.add_space(gap - 2.0 * UNIT);
                        }
                        ui.add_space(6.0 * UNIT);
                    }
                });
            });
        });
    }

    /// Shows a card, which gets the focus if it is the `first` one after an arrow key.
    fn show_card(
        &mut self,
        ui: &mut Ui,
        at: usize,
        theme: &Theme,
        typesetter: &mut Typesetter,
        actions: &mut Vec<UiAction>,
        first: bool,
    ) {
        let is_recent = self.is_recent(at);
        let card = &mut self.cards[at];
        let response = card.show(ui, theme, &mut self.painter, typesetter);
        if first {
            response.request_focus();
            // This arrow key has focused the card; egui would move on at once.
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        let mut is_chosen = response.clicked();
        if let MapSource::File(path) = &card.source
            && is_recent
        {
            let delete = |i: &mut InputState| i.consume_key(Modifiers::NONE, Key::Delete);
            let mut is_removed = response.has_focus() && ui.input_mut(delete);
            Popup::context_menu(&response).show(|ui| {
                is_chosen |= ui.button("Open").clicked();
                is_removed |= ui.button("Remove from this list").clicked();
            });
            if is_removed {
                actions.push(UiAction::ForgetRecent(path.clone()));
                return;
            }
        }
        if is_chosen {
            actions.extend(match &card.source {
                MapSource::File(path) => Some(UiAction::OpenFiles(vec![path.clone()])),
                source @ MapSource::Text(_) => {
                    let map = thumbnails::read_map(source).ok();
                    map.map(|map| UiAction::OpenMap(Box::new(map)))
                }
            });
        }
    }
}

fn home_buttons(ui: &mut Ui, open_title: Option<&str>, actions: &mut Vec<UiAction>) {
    ui.horizontal(|ui| {
        for (id, word) in [
            (CommandId::New, "New map"),
            (CommandId::Open, "Open…"),
            (CommandId::PasteList, "Paste a list…"),
            (CommandId::Help, "Help"),
        ] {
            let mut response = if id == CommandId::New {
                primary_button(ui, word)
            } else {
                ui.button(word)
            };
            if id != CommandId::Help {
                response = response.on_hover_text(id.tooltip_with_keys(ui.ctx()));
            }
            if response.clicked() {
                actions.push(UiAction::RunCommand(id));
            }
        }
        if let Some(title) = open_title
            && ui.button(format!("Back to “{title}”")).clicked()
        {
            actions.push(UiAction::CloseHome);
        }
    });
}

impl HomeCard {
    fn show(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        scenes: &mut ScenePainter,
        typesetter: &mut Typesetter,
    ) -> Response {
        let size = THUMBNAIL_SIZE + vec2(0.0, 13.0 * UNIT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        describe(&response, Role::Button, None, &self.accessible_name());
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
        if let Some(mesh) = self.mesh(ui, scenes, typesetter, picture) {
            let mut corners = CornerRadius::same(9);
            (corners.sw, corners.se) = (0, 0);
            painter.rect_filled(picture, corners, style::color(theme.paper));
            painter
                .with_clip_rect(picture.intersect(ui.clip_rect()))
                .extend(mesh.into_iter().map(Shape::Mesh));
        }
        let line = Stroke::new(1.0, style::color(theme.line));
        painter.hline(rect.x_range(), picture.max.y, line);
        painter.rect_stroke(rect, 10.0, visuals.bg_stroke, StrokeKind::Inside);
        if response.has_focus() {
            let ring = Stroke::new(2.0, style::color(theme.accent));
            painter.rect_stroke(rect.expand(2.0), 12.0, ring, StrokeKind::Middle);
        }
        if let Some(problem) = &self.problem {
            let place = UiBuilder::new().max_rect(picture.shrink(4.0 * UNIT));
            let label = Label::new(style::weak_text(problem)).wrap();
            ui.new_child(place).add(label.sense(Sense::hover()));
        }
        let text = Rect::from_min_max(
            picture.left_bottom() + vec2(3.0 * UNIT, 2.0 * UNIT),
            rect.max - vec2(3.0 * UNIT, UNIT),
        );
        let layout = Layout::top_down(Align::Min);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(text).layout(layout));
        inner.spacing_mut().item_spacing.y = 2.0;
        let mut title = style::bold_text(&self.title);
        if self.problem.is_some() {
            title = title.weak();
        }
        for line in [title, style::weak_text(&self.details).small()] {
            inner.add(Label::new(line).truncate().sense(Sense::hover()));
        }
        match &self.source {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_map_has_a_stage_and_a_touchpoint() {
        let map = blank_map();
        assert_eq!((map.stages().len(), map.touchpoint_count()), (1, 1));
    }
}
