//! Home screen: recent maps, samples and templates as live thumbnails, a new map,
//! opening a file.
//!
//! Must not know: how commands are carried out, how thumbnails are made.

pub(crate) mod cards;
mod drawing;
mod thumbnails;

use super::command::action::UiAction;
use super::command::table::CommandId;
use super::document::Appearance;
use super::ui::buttons::{describe, primary_button};
use super::ui::style::{self, UNIT};
use crate::theme::{Density, Theme};
use cards::{HomeCard, HomeScreen};
use egui::text::LayoutJob;
use egui::{
    Align, Color32, CornerRadius, FocusDirection, FontId, Galley, InputState, Key, Label, Layout,
    Modifiers, Popup, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    vec2,
};
use std::path::PathBuf;
use std::sync::Arc;
use thumbnails::MapSource;

/// Context of the home screen, which needs no document.
pub struct HomeCx<'a> {
    /// Recent maps.
    pub recent: &'a [PathBuf],
    /// Title of the document to go back to.
    pub open_title: Option<&'a str>,
    /// Appearance of maps.
    pub appearance: Appearance,
    /// Actions, carried out after the frame.
    pub actions: &'a mut Vec<UiAction>,
}

/// Minimum width of a card, gap between cards, and maximum number of cards in a row.
const CARD_WIDTH: f32 = 176.0;
const GAP: f32 = 4.0 * UNIT;
const MAX_COLUMNS: f32 = 6.0;
/// Maximum width of the content, and height of the window below which recent maps have one row.
const MAX_WIDTH: f32 = 1640.0;
const LOW: f32 = 900.0;
/// Height of a thumbnail by its width, and of the text below it.
const THUMBNAIL_RATIO: f32 = 0.5;
const TEXT_HEIGHT: f32 = 20.0 * UNIT;

impl HomeScreen {
    /// Shows the home screen.
    pub fn show(&mut self, ui: &mut Ui, cx: HomeCx<'_>) {
        self.refresh_cards(cx.recent);
        let appearance = Appearance {
            // Thumbnails have a density of their own.
            density: Density::default(),
            ..cx.appearance
        };
        self.poll_thumbnails(ui.ctx(), appearance);
        let theme = appearance.colors();
        ui.painter()
            .rect_filled(ui.max_rect(), 0.0, style::color(theme.paper));
        let width = ui.available_width();
        let content = (width - 4.0 * GAP).clamp(CARD_WIDTH, MAX_WIDTH);
        let columns = ((content + GAP) / (CARD_WIDTH + GAP)).floor();
        let columns = columns.clamp(1.0, MAX_COLUMNS);
        let card = ((content + GAP) / columns - GAP).floor();
        let recent_rows = if ui.available_height() < LOW { 1 } else { 2 };
        let first = arrow_without_focus(ui);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space(((width - content) / 2.0).max(GAP));
                ui.vertical(|ui| {
                    ui.set_width(content);
                    ui.add_space(5.0 * UNIT);
                    heading(ui);
                    ui.add_space(3.0 * UNIT);
                    ui.spacing_mut().item_spacing.x = 2.0 * UNIT;
                    home_buttons(ui, cx.open_title, cx.actions);
                    ui.add_space(4.0 * UNIT);
                    for (title, lead, cards) in self.sections() {
                        if cards.is_empty() {
                            continue;
                        }
                        section_title(ui, title, lead);
                        let is_recent = self.is_recent(cards.start);
                        let cards: Vec<usize> = cards.collect();
                        let rows = cards.chunks(columns as usize);
                        let rows = rows.take(if is_recent { recent_rows } else { usize::MAX });
                        for row in rows {
                            ui.horizontal_top(|ui| {
                                ui.spacing_mut().item_spacing.x = GAP;
                                for i in row {
                                    let first = first && *i == 0;
                                    self.show_card(ui, *i, (card, theme), cx.actions, first);
                                }
                            });
                            ui.add_space(2.0 * UNIT);
                        }
                        ui.add_space(2.0 * UNIT);
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
        (width, theme): (f32, &Theme),
        actions: &mut Vec<UiAction>,
        first: bool,
    ) {
        let is_recent = self.is_recent(at);
        let card = &mut self.cards[at];
        let response = card.show(ui, width, theme);
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
    ui.horizontal_wrapped(|ui| {
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
        drop_hint(ui);
    });
}

impl HomeCard {
    fn show(&self, ui: &mut Ui, width: f32, theme: &Theme) -> Response {
        let thumbnail = vec2(width, (width * THUMBNAIL_RATIO).round());
        let size = thumbnail + vec2(0.0, TEXT_HEIGHT);
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
        let picture = Rect::from_min_size(rect.min, thumbnail).shrink(1.0);
        let mut corners = CornerRadius::same(9);
        (corners.sw, corners.se) = (0, 0);
        painter.rect_filled(picture, corners, style::color(theme.paper));
        if let Some(drawing) = self.drawing() {
            drawing.paint(
                &painter.with_clip_rect(picture.intersect(ui.clip_rect())),
                picture,
                theme,
            );
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
        let ink = ui.visuals().text_color();
        let soft = ui.visuals().weak_text_color();
        let title = if self.problem.is_some() { soft } else { ink };
        let title = lines(&inner, &self.title, (style::bold_font(14.0), title), 2);
        let details = (style::small_font(ui), soft);
        let details = lines(&inner, &self.details, details, 2);
        for line in [title, details] {
            inner.add(Label::new(line).sense(Sense::hover()));
        }
        match &self.source {
            MapSource::File(path) => response.on_hover_text(path.display().to_string()),
            MapSource::Text(_) => response,
        }
    }
}

/// Lays out a text in at most this many lines; "…" stands for the rest.
fn lines(ui: &Ui, text: &str, (font, ink): (FontId, Color32), rows: usize) -> Arc<Galley> {
    let text = style::visible_text(text);
    let mut job = LayoutJob::simple(text, font, ink, ui.available_width());
    job.wrap.max_rows = rows;
    ui.painter().layout_job(job)
}

fn heading(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0 * UNIT;
        ui.label(style::heading("Touchline").size(28.0));
        let lead = style::weak_text("Journey maps for people in a room.");
        ui.add(Label::new(lead.size(15.0)).truncate());
    });
}

fn section_title(ui: &mut Ui, title: &str, lead: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0 * UNIT;
        ui.label(style::bold_text(title).size(16.0));
        ui.add(Label::new(style::weak_text(lead)).truncate());
    });
    ui.add_space(UNIT);
}

/// Shows, in what is left of the line, that files can be dropped.
fn drop_hint(ui: &mut Ui) {
    let text = "or drop a map here";
    let (font, soft) = (style::body_font(ui), ui.visuals().weak_text_color());
    let words = ui.painter().layout_no_wrap(text.to_owned(), font, soft);
    let size = vec2(words.size().x + 8.0 * UNIT, ui.spacing().interact_size.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    describe(&response, Role::Label, None, text);
    let stroke = Stroke::new(1.0, soft);
    style::dashed_rect(ui.painter(), rect.shrink(1.0), stroke, 4.0, 3.0);
    let at = rect.center() - words.size() / 2.0;
    ui.painter().galley(at, words, soft);
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
