//! Small controls shared by panels: captions, rows, swatches, sections.
//!
//! Captions are painted without accessibility nodes: the control below has the full
//! name ("Pain 1 text"), so that it is announced and found once.
//!
//! Must not know: records, commands.

use super::style;
use super::style::{UNIT, color};
use crate::theme::Icon;
use crate::theme::{Color, Theme};
use egui::collapsing_header::CollapsingState;
use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind,
    TextStyle, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// Height of a clickable row, in points.
pub(crate) const ROW_HEIGHT: f32 = 6.0 * UNIT;

/// Symbol before the text of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Swatch {
    /// No symbol.
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
                let r = square(3.0 * UNIT);
                let corners = [
                    r.left_top(),
                    r.right_top(),
                    r.right_bottom(),
                    r.left_bottom(),
                    r.left_top(),
                ];
                let stroke = Stroke::new(1.5, color(edge));
                painter.extend(Shape::dashed_line(&corners, stroke, 3.0, 2.0));
            }
            Swatch::Face(icon, tint) => {
                let centre = square(0.0).center();
                painter.circle_stroke(centre, 2.5 * UNIT, Stroke::new(1.5, color(tint)));
                style::paint_icon(painter, icon, square(5.0 * UNIT), color(tint));
            }
            Swatch::Icon(icon, tint) => {
                style::paint_icon(painter, icon, square(4.0 * UNIT), color(tint));
            }
        }
    }
}

/// Shows a small caption above a control.
pub(crate) fn caption(ui: &mut Ui, text: &str) {
    let tint = ui.visuals().weak_text_color();
    let font = TextStyle::Small.resolve(ui.style());
    let galley = ui
        .painter()
        .layout(text.to_owned(), font, tint, ui.available_width());
    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, tint);
}

/// Shows a line of explanation in weak colour.
pub(crate) fn hint_label(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(egui::RichText::new(text).weak()).wrap());
}

/// Paints one line of text; text that does not fit ends in "…" and is shown whole on
/// hover.
pub(crate) fn elided_text(
    ui: &Ui,
    response: &Response,
    from: Pos2,
    width: f32,
    text: &str,
    font: FontId,
    tint: Color32,
) {
    elided_lines(ui, response, from, (width, 1), text, font, tint);
}

/// Paints text like [`elided_text`], in at most `lines` lines.
fn elided_lines(
    ui: &Ui,
    response: &Response,
    from: Pos2,
    (width, lines): (f32, usize),
    text: &str,
    font: FontId,
    tint: Color32,
) {
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, tint, width.max(0.0));
    job.wrap.max_rows = lines;
    job.wrap.break_anywhere = lines == 1;
    job.break_on_newline = false;
    let galley = ui.painter().layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(from, galley.size());
    if galley.elided {
        response.clone().on_hover_text(text);
    }
    ui.painter().galley(at.min, galley, tint);
}

/// Returns the name, or a placeholder if it is blank.
pub(crate) fn name_or_placeholder(name: &str) -> &str {
    match name.trim() {
        "" => "Without a name",
        _ => name,
    }
}

/// Shows a clickable, selectable row over the whole width.
pub(crate) fn row(ui: &mut Ui, swatch: Swatch, text: &str, selected: bool) -> Response {
    multiline_row(ui, swatch, text, selected, (1, Sense::click()))
}

/// Returns the height of a row with a number of lines.
pub(crate) fn row_height(ui: &Ui, lines: usize) -> f32 {
    let font = TextStyle::Body.resolve(ui.style());
    let line = ui.ctx().fonts_mut(|fonts| fonts.row_height(&font));
    ROW_HEIGHT + line * (lines - 1) as f32
}

/// Shows a [`row`] with room for several lines of text.
pub(crate) fn multiline_row(
    ui: &mut Ui,
    swatch: Swatch,
    text: &str,
    selected: bool,
    (lines, sense): (usize, Sense),
) -> Response {
    let text = name_or_placeholder(text);
    let size = vec2(ui.available_width(), row_height(ui, lines));
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, text));
    if ui.is_rect_visible(rect) {
        row_background(ui, rect, &response, selected);
        let left = rect.left() + UNIT;
        swatch.paint(ui.painter(), left, rect.center().y);
        let from = pos2(left + swatch.width(), rect.center().y);
        let font = TextStyle::Body.resolve(ui.style());
        let tint = ui.visuals().text_color();
        let width = rect.right() - UNIT - from.x;
        elided_lines(ui, &response, from, (width, lines), text, font, tint);
    }
    response
}

/// Paints the background of a row: none at rest, that of a button if hovered, focused
/// or selected.
pub(crate) fn row_background(ui: &Ui, rect: Rect, response: &Response, selected: bool) {
    if selected || response.hovered() || response.has_focus() {
        let visuals = ui.style().interact_selectable(response, selected);
        let edge = if response.has_focus() {
            visuals.bg_stroke
        } else {
            Stroke::NONE
        };
        ui.painter().rect(
            rect,
            visuals.corner_radius,
            visuals.weak_bg_fill,
            edge,
            StrokeKind::Inside,
        );
    }
}

/// Shows a button with an icon and a label; `name` is its accessible name.
pub(crate) fn icon_button(
    ui: &mut Ui,
    swatch: Swatch,
    text: &str,
    name: &str,
    selected: bool,
) -> Response {
    let font = TextStyle::Body.resolve(ui.style());
    let tint = ui.visuals().text_color();
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, tint);
    let width = swatch.width() + galley.size().x + 3.0 * UNIT;
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_HEIGHT), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, name));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, selected);
        ui.painter().rect(
            rect,
            visuals.corner_radius,
            visuals.weak_bg_fill,
            visuals.bg_stroke,
            StrokeKind::Inside,
        );
        let left = rect.left() + 1.5 * UNIT;
        swatch.paint(ui.painter(), left - UNIT / 2.0, rect.center().y);
        let at = pos2(
            left + swatch.width(),
            rect.center().y - galley.size().y / 2.0,
        );
        ui.painter().galley(at, galley, tint);
    }
    response
}

/// Icons of small square buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SmallIcon {
    Plus,
    Cross,
    Up,
    Down,
    GoTo,
}

/// Shows a small square button; its name is shown on hover.
pub(crate) fn small_icon_button(ui: &mut Ui, sign: SmallIcon, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(ROW_HEIGHT), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if ui.is_rect_visible(rect) {
        row_background(ui, rect, &response, false);
        let stroke = Stroke::new(1.6, ui.style().interact(&response).fg_stroke.color);
        let inner = rect.shrink(2.0 * UNIT);
        let at = |x: f32, y: f32| inner.min + vec2(x, y) * inner.size();
        let lines: &[&[(f32, f32)]] = match sign {
            SmallIcon::Plus => &[&[(0.5, 0.0), (0.5, 1.0)], &[(0.0, 0.5), (1.0, 0.5)]],
            SmallIcon::Cross => &[&[(0.1, 0.1), (0.9, 0.9)], &[(0.9, 0.1), (0.1, 0.9)]],
            SmallIcon::Up => &[&[(0.0, 0.75), (0.5, 0.25), (1.0, 0.75)]],
            SmallIcon::Down => &[&[(0.0, 0.25), (0.5, 0.75), (1.0, 0.25)]],
            SmallIcon::GoTo => &[
                &[(0.0, 0.5), (1.0, 0.5)],
                &[(0.6, 0.1), (1.0, 0.5), (0.6, 0.9)],
            ],
        };
        for line in lines {
            let points = line.iter().map(|(x, y)| at(*x, *y)).collect();
            ui.painter().add(Shape::line(points, stroke));
        }
    }
    response.on_hover_text(name)
}

/// Description of a section.
pub(crate) struct Section<'s> {
    /// Title, unique in the panel.
    pub title: &'s str,
    /// Number of items; `None` for a section that is never empty.
    pub count: Option<usize>,
    /// Name of the add button, if any.
    pub add: Option<&'s str>,
    /// Text of an empty section.
    pub empty: &'s str,
    /// Whether the section is initially open.
    pub open: bool,
}

/// Shows a collapsible section; an empty one is a line with a button. Returns whether
/// the add button was clicked.
pub(crate) fn section(ui: &mut Ui, what: &Section<'_>, body: impl FnOnce(&mut Ui)) -> bool {
    section_of_field(ui, what, None, body)
}

/// Like [`section`], for a list of the record: its add button takes the focus of that
/// field.
pub(crate) fn section_of_field(
    ui: &mut Ui,
    what: &Section<'_>,
    field: Option<egui::Id>,
    body: impl FnOnce(&mut Ui),
) -> bool {
    let id = ui.make_persistent_id(("section", what.title));
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, what.open);
    let mut add = false;
    let empty = what.count == Some(0);
    ui.separator();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let button = if what.add.is_some() {
            ROW_HEIGHT + UNIT
        } else {
            0.0
        };
        let room = ui.available_width() - button;
        if empty {
            let font = TextStyle::Body.resolve(ui.style());
            let tint = ui.visuals().weak_text_color();
            let galley = ui.painter().layout(what.empty.to_owned(), font, tint, room);
            let size = vec2(room, galley.size().y.max(ROW_HEIGHT));
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let enabled = ui.is_enabled();
            response.widget_info(|| WidgetInfo::labeled(Role::Label, enabled, what.empty));
            let at = rect.left_center() - vec2(0.0, galley.size().y / 2.0);
            ui.painter().galley(at, galley, tint);
        } else if header(ui, room, what, state.is_open()).clicked() {
            state.toggle(ui);
        }
        if let Some(name) = what.add {
            let response = small_icon_button(ui, SmallIcon::Plus, name);
            if let Some(field) = field {
                super::field_focus::apply_field_focus(ui, field, &response);
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

fn header(ui: &mut Ui, width: f32, what: &Section<'_>, open: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_HEIGHT), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, open, what.title));
    if ui.is_rect_visible(rect) {
        row_background(ui, rect, &response, false);
        let tint = ui.visuals().text_color();
        let tip = pos2(rect.left() + 1.5 * UNIT, rect.center().y);
        let points = if open {
            [vec2(-4.0, -2.0), vec2(4.0, -2.0), vec2(0.0, 3.0)]
        } else {
            [vec2(-2.0, -4.0), vec2(3.0, 0.0), vec2(-2.0, 4.0)]
        };
        let points = points.map(|p| tip + p).to_vec();
        ui.painter()
            .add(Shape::convex_polygon(points, tint, Stroke::NONE));
        let title = match what.count {
            Some(count) => format!("{}  {count}", what.title),
            None => what.title.to_owned(),
        };
        let from = pos2(rect.left() + 4.0 * UNIT, rect.center().y);
        let font = style::bold_font(14.0);
        elided_text(
            ui,
            &response,
            from,
            rect.right() - from.x,
            &title,
            font,
            tint,
        );
    }
    response
}

/// Shows two fields side by side.
pub(crate) fn two_columns(ui: &mut Ui, show: impl FnOnce(&mut Ui, &mut Ui)) {
    ui.columns_const(|[left, right]| show(left, right));
}

/// Shows the kind of the record as a heading.
pub(crate) fn kind_heading(ui: &mut Ui, theme: &Theme, word: &str) {
    let text = egui::RichText::new(word)
        .small()
        .color(color(theme.ink_soft));
    ui.label(text);
    ui.add_space(UNIT);
}
