//! Small controls shared by panels: captions, rows, swatches, sections.
//!
//! Captions are painted without accessibility nodes: the control below has the full
//! name ("Pain 1 text"), so that it is announced and found once.
//!
//! Must not know: records, commands.

use super::buttons::{ControlIcon, allocate, describe, row_background, small_icon_button};
use super::field_focus::apply_field_focus;
use super::style::{self, ROW_HEIGHT, UNIT, color};
use super::word_order::rows_in_word_order;
use crate::text::has_word_order;
use crate::theme::{Color, Icon};
use egui::collapsing_header::CollapsingState;
use egui::text::LayoutJob;
use egui::{
    Align2, AsIdSalt, Color32, FontId, Galley, Id, Label, Painter, Pos2, Rect, Response, RichText,
    Role, ScrollArea, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2,
};
use std::sync::Arc;

/// Symbol before the text of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Swatch {
    /// No symbol.
    #[default]
    None,
    /// A filled square: a department or a persona.
    Filled(Color),
    /// A dashed, empty square: no owner.
    Missing(Color),
    /// A drawn icon.
    Icon(Icon, Color),
    /// A face: the icon in a disc.
    Face(Icon, Color),
}

impl Swatch {
    /// Width with the space after it, in points.
    pub(crate) fn width(self) -> f32 {
        if self == Swatch::None {
            0.0
        } else {
            5.0 * UNIT
        }
    }

    /// Paints the swatch with its left edge at `left`, centred on `y`.
    pub(crate) fn paint(self, painter: &Painter, left: f32, y: f32) {
        let square =
            |side: f32| Rect::from_center_size(pos2(left + 2.0 * UNIT, y), Vec2::splat(side));
        match self {
            Swatch::None => {}
            Swatch::Filled(fill) => {
                painter.rect_filled(square(3.0 * UNIT), 2.0, color(fill));
            }
            Swatch::Missing(edge) => {
                let stroke = Stroke::new(1.5, color(edge));
                style::dashed_rect(painter, square(3.0 * UNIT), stroke, 3.0, 2.0);
            }
            Swatch::Face(icon, tint) => {
                let center = square(0.0).center();
                painter.circle_stroke(center, 2.5 * UNIT, Stroke::new(1.5, color(tint)));
                style::paint_icon(painter, icon, square(5.0 * UNIT), color(tint));
            }
            Swatch::Icon(icon, tint) => {
                style::paint_icon(painter, icon, square(4.0 * UNIT), color(tint));
            }
        }
    }
}

/// Shows a page of a panel, which scrolls.
pub(crate) fn page(ui: &mut Ui, id: impl AsIdSalt, show: impl FnOnce(&mut Ui)) {
    let area = ScrollArea::vertical().id_salt(id).auto_shrink(false);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = UNIT;
        // Space for the scroll bar, which overlays the content.
        ui.set_max_width(ui.available_width() - 2.0 * UNIT);
        show(ui);
    });
}

/// Shows a small caption above a control.
pub(crate) fn caption(ui: &mut Ui, text: &str) {
    let tint = ui.visuals().weak_text_color();
    let (font, width) = (style::small_font(ui), ui.available_width());
    let galley = ui.painter().layout(text.to_owned(), font, tint, width);
    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, tint);
}

/// Shows a line of explanation in weak colour.
pub(crate) fn hint_label(ui: &mut Ui, text: &str) {
    ui.add(Label::new(style::weak_text(text)).wrap());
}

/// Paints a swatch at the left of a rectangle and a line of text beside it. Text that does
/// not fit ends in "…" and is shown whole on hover.
pub(crate) fn paint_label(
    ui: &Ui,
    response: &Response,
    rect: Rect,
    swatch: Swatch,
    text: &str,
    font: FontId,
    tint: Color32,
) {
    let job = LayoutJob::simple(style::visible_text(text), font, tint, 0.0);
    paint_lines(ui, Some(response), rect, swatch, job, 1);
}

/// Paints a line of text, which ends in "…" if it does not fit, for a row whose tooltip has it
/// whole.
pub(crate) fn paint_line(ui: &Ui, rect: Rect, text: &str, font: FontId, tint: Color32) {
    let job = LayoutJob::simple(style::visible_text(text), font, tint, 0.0);
    paint_lines(ui, None, rect, Swatch::None, job, 1);
}

/// Returns the same lines with the words of right-to-left text as they are read.
fn in_reading_order(ui: &Ui, galley: &Arc<Galley>) -> Arc<Galley> {
    let text = galley.text();
    let format = galley.job.sections.first().map(|section| &section.format);
    let Some(format) = format.filter(|_| has_word_order(text)) else {
        return Arc::clone(galley);
    };
    let lines = rows_in_word_order(galley, text);
    let (font, tint) = (format.font_id.clone(), format.color);
    ui.painter().layout_no_wrap(lines, font, tint)
}

/// Paints like [`paint_label`], in at most `lines` lines; without a response there is no tooltip.
fn paint_lines(
    ui: &Ui,
    response: Option<&Response>,
    rect: Rect,
    swatch: Swatch,
    mut job: LayoutJob,
    lines: usize,
) {
    swatch.paint(ui.painter(), rect.left(), rect.center().y);
    let from = pos2(rect.left() + swatch.width(), rect.center().y);
    job.wrap.max_width = (rect.right() - from.x).max(0.0);
    job.wrap.max_rows = lines;
    job.wrap.break_anywhere = lines == 1;
    job.break_on_newline = false;
    let whole = ui.painter().layout_job(job);
    let galley = in_reading_order(ui, &whole);
    let at = Align2::LEFT_CENTER.anchor_size(from, galley.size());
    if let Some(response) = response.filter(|_| whole.elided) {
        response.clone().on_hover_text(whole.text());
    }
    ui.painter()
        .galley(at.min, galley, ui.visuals().text_color());
}

/// Returns the name, or a placeholder if it is blank.
pub(crate) fn name_or_placeholder(name: &str) -> &str {
    match name.trim() {
        "" => "Without a name",
        _ => name,
    }
}

/// Shows a clickable row over the whole width.
pub(crate) fn row(ui: &mut Ui, swatch: Swatch, text: &str) -> Response {
    multiline_row(ui, swatch, text, false, 1, Sense::click())
}

/// Shows a row "+ Add …" for one more item.
pub(crate) fn add_row(ui: &mut Ui, text: &str, name: &str) -> Response {
    let response = row(ui, Swatch::None, &format!("+ {text}"));
    response.accessible_name(name)
}

/// Returns the height of a row with a number of lines.
pub(crate) fn row_height(ui: &Ui, lines: usize) -> f32 {
    let font = style::body_font(ui);
    let line = ui.ctx().fonts_mut(|fonts| fonts.row_height(&font));
    ROW_HEIGHT + line * (lines - 1) as f32
}

/// Shows a selectable row with room for several lines of text.
pub(crate) fn multiline_row(
    ui: &mut Ui,
    swatch: Swatch,
    text: &str,
    selected: bool,
    lines: usize,
    sense: Sense,
) -> Response {
    let text = name_or_placeholder(text);
    let size = vec2(ui.available_width(), row_height(ui, lines));
    let (rect, response) = allocate(ui, size, sense, Some(selected), text);
    if ui.is_rect_visible(rect) {
        row_background(ui, rect, &response, selected);
        let (font, tint) = (style::body_font(ui), ui.visuals().text_color());
        let job = LayoutJob::simple(style::visible_text(text), font, tint, 0.0);
        let rect = rect.shrink2(vec2(UNIT, 0.0));
        paint_lines(ui, Some(&response), rect, swatch, job, lines);
    }
    response
}

/// Shows a row whose item can be removed; returns whether its button `name` was clicked.
pub(crate) fn removable_row(ui: &mut Ui, swatch: Swatch, text: &str, name: &str) -> bool {
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let size = vec2(ui.available_width() - ROW_HEIGHT - UNIT, ROW_HEIGHT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let (font, tint) = (style::body_font(ui), ui.visuals().text_color());
        let rect = rect.with_min_x(rect.left() + UNIT);
        paint_label(ui, &response, rect, swatch, text, font, tint);
        small_icon_button(ui, ControlIcon::Close, name).clicked()
    });
    row.inner
}

/// Shows buttons that move the item `at` of `count` up or down, called `name` of the
/// direction; returns the place where it was moved.
pub(crate) fn move_buttons(
    ui: &mut Ui,
    at: usize,
    count: usize,
    name: impl Fn(&str) -> String,
) -> Option<usize> {
    let below = Some(at + 1).filter(|below| *below < count);
    let mut wanted = None;
    for (icon, word, to) in [
        (ControlIcon::ItemUp, "up", at.checked_sub(1)),
        (ControlIcon::ItemDown, "down", below),
    ] {
        ui.add_enabled_ui(to.is_some(), |ui| {
            if small_icon_button(ui, icon, &name(word)).clicked() {
                wanted = to;
            }
        });
    }
    wanted
}

/// Shows a button with an icon and a label; `name` is its accessible name.
pub(crate) fn icon_button(
    ui: &mut Ui,
    swatch: Swatch,
    text: &str,
    name: &str,
    selected: bool,
) -> Response {
    let (font, tint) = (style::body_font(ui), ui.visuals().text_color());
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, tint);
    let width = swatch.width() + galley.size().x + 3.0 * UNIT;
    let size = vec2(width, ROW_HEIGHT);
    let (rect, response) = allocate(ui, size, Sense::click(), Some(selected), name);
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, selected);
        style::paint_frame(ui, rect, &visuals);
        if selected {
            style::mark_selected(ui, rect);
        }
        let left = rect.left() + 1.5 * UNIT;
        swatch.paint(ui.painter(), left - UNIT / 2.0, rect.center().y);
        let from = pos2(left + swatch.width(), rect.center().y);
        let at = Align2::LEFT_CENTER.anchor_size(from, galley.size());
        ui.painter().galley(at.min, galley, tint);
    }
    response
}

/// A collapsible section; an empty one is a line with a button.
#[derive(Default)]
pub(crate) struct Section<'s> {
    /// Title, unique in the panel.
    pub title: &'s str,
    /// Number of items; `None` for a section that is never empty.
    pub count: Option<usize>,
    /// Name of the add button; empty for none.
    pub add: &'s str,
    /// The field whose focus the add button takes.
    pub field: Option<Id>,
    /// Text of an empty section.
    pub empty: &'s str,
    /// Whether the section is initially closed.
    pub closed: bool,
}

impl<'s> Section<'s> {
    /// A section that is never empty.
    pub(crate) fn titled(title: &'s str) -> Section<'s> {
        Section {
            title,
            ..Section::default()
        }
    }

    /// A section of a number of items, with a text for none.
    pub(crate) fn list(title: &'s str, count: usize, empty: &'s str) -> Section<'s> {
        Section {
            count: Some(count),
            empty,
            ..Section::titled(title)
        }
    }

    /// Shows the section; returns whether the add button was clicked.
    pub(crate) fn show(&self, ui: &mut Ui, body: impl FnOnce(&mut Ui)) -> bool {
        let id = ui.make_persistent_id(("section", self.title));
        let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, !self.closed);
        let mut add = false;
        let empty = self.count == Some(0);
        ui.separator();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = UNIT;
            let mut room = ui.available_width();
            if !self.add.is_empty() {
                room -= ROW_HEIGHT + UNIT;
            }
            if empty {
                let (font, tint) = (style::body_font(ui), ui.visuals().weak_text_color());
                let text = self.empty.to_owned();
                let galley = ui.painter().layout(text, font, tint, room);
                let size = vec2(room, galley.size().y.max(ROW_HEIGHT));
                let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
                describe(&response, Role::Label, None, self.empty);
                let at = Align2::LEFT_CENTER.anchor_size(rect.left_center(), galley.size());
                ui.painter().galley(at.min, galley, tint);
            } else if self.header(ui, room, state.is_open()).clicked() {
                state.toggle(ui);
            }
            if !self.add.is_empty() {
                let response = small_icon_button(ui, ControlIcon::Plus, self.add);
                if let Some(field) = self.field {
                    apply_field_focus(ui, field, &response);
                }
                add = response.clicked();
            }
        });
        if add {
            state.set_open(true);
        }
        if empty {
            state.store(ui.ctx());
        } else {
            state.show_body_unindented(ui, |ui| {
                ui.add_space(UNIT);
                body(ui);
                ui.add_space(UNIT);
            });
        }
        add
    }

    fn header(&self, ui: &mut Ui, width: f32, open: bool) -> Response {
        let size = vec2(width, ROW_HEIGHT);
        let (rect, response) = allocate(ui, size, Sense::click(), Some(open), self.title);
        if ui.is_rect_visible(rect) {
            row_background(ui, rect, &response, false);
            let tint = ui.visuals().text_color();
            let tip = pos2(rect.left() + 1.5 * UNIT, rect.center().y);
            paint_fold_arrow(ui, tip, open, tint);
            let title = match self.count {
                Some(count) => format!("{}  {count}", self.title),
                None => self.title.to_owned(),
            };
            let rect = rect.with_min_x(rect.left() + 4.0 * UNIT);
            let font = style::bold_font(14.0);
            paint_label(ui, &response, rect, Swatch::None, &title, font, tint);
        }
        response
    }
}

/// Paints the triangle before something that can be folded.
pub(crate) fn paint_fold_arrow(ui: &Ui, center: Pos2, open: bool, tint: Color32) {
    let points = if open {
        [vec2(-4.0, -2.0), vec2(4.0, -2.0), vec2(0.0, 3.0)]
    } else {
        [vec2(-2.0, -4.0), vec2(3.0, 0.0), vec2(-2.0, 4.0)]
    };
    let points = points.map(|p| center + p).to_vec();
    let arrow = Shape::convex_polygon(points, tint, Stroke::NONE);
    ui.painter().add(arrow);
}

/// Shows two fields side by side.
pub(crate) fn two_columns(ui: &mut Ui, show: impl FnOnce(&mut Ui, &mut Ui)) {
    ui.columns_const(|[left, right]| show(left, right));
}

/// Shows the kind of the record as a heading.
pub(crate) fn kind_heading(ui: &mut Ui, word: &str) {
    ui.label(RichText::new(word).small().weak());
    ui.add_space(UNIT);
}
