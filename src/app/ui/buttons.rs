//! Controls of the window with icons drawn in code.
//!
//! Must not know: maps, commands.

use super::style::{self, ROW_HEIGHT, UNIT};
use crate::theme::Icon;
use egui::{
    Align, Atom, Button, FontId, Label, Layout, Painter, Rect, Response, RichText, Role, Sense,
    Shape, Stroke, StrokeKind, TextStyle, Ui, UiBuilder, Vec2, WidgetInfo, vec2,
};

/// Width and height of a square icon button, in points.
pub const ICON_BUTTON: f32 = 7.0 * UNIT;
/// Space between the widgets of a tight group, in points.
pub const TIGHT: f32 = 2.0;
/// Side of the glyph of a button with words, in points.
const GLYPH: f32 = 4.0 * UNIT;

/// Icon of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlIcon {
    /// Three lines.
    Menu,
    /// A chevron to the left.
    Left,
    /// A chevron to the right.
    Right,
    /// A chevron down, for a menu.
    Down,
    /// A cross.
    Close,
    /// A tick.
    Tick,
    /// A half-filled disc, for light and dark.
    Theme,
    /// A window with a left panel.
    SideLeft,
    /// A window with a right panel.
    SideRight,
    /// A plus.
    Plus,
    /// A flat chevron up, for an item of a list.
    ItemUp,
    /// A flat chevron down, for an item of a list.
    ItemDown,
    /// An arrow to the right.
    GoTo,
    /// Three dots, for a menu of further controls.
    More,
    /// A funnel.
    Filter,
    /// A dashed card with a hatched stripe, as on the map.
    NoOwner,
}

impl ControlIcon {
    /// Lines of the icon in a square of side 1; empty for those with other shapes.
    fn lines(self) -> &'static [&'static [(f32, f32)]] {
        match self {
            ControlIcon::Menu => &[
                &[(0.0, 0.15), (1.0, 0.15)],
                &[(0.0, 0.5), (1.0, 0.5)],
                &[(0.0, 0.85), (1.0, 0.85)],
            ],
            ControlIcon::Left => &[&[(0.65, 0.1), (0.25, 0.5), (0.65, 0.9)]],
            ControlIcon::Right => &[&[(0.35, 0.1), (0.75, 0.5), (0.35, 0.9)]],
            ControlIcon::Down => &[&[(0.1, 0.35), (0.5, 0.75), (0.9, 0.35)]],
            ControlIcon::Close => &[&[(0.1, 0.1), (0.9, 0.9)], &[(0.9, 0.1), (0.1, 0.9)]],
            ControlIcon::Tick => &[&[(0.05, 0.55), (0.38, 0.85), (0.95, 0.15)]],
            ControlIcon::Plus => &[&[(0.5, 0.0), (0.5, 1.0)], &[(0.0, 0.5), (1.0, 0.5)]],
            ControlIcon::ItemUp => &[&[(0.0, 0.75), (0.5, 0.25), (1.0, 0.75)]],
            ControlIcon::ItemDown => &[&[(0.0, 0.25), (0.5, 0.75), (1.0, 0.25)]],
            ControlIcon::GoTo => &[
                &[(0.0, 0.5), (1.0, 0.5)],
                &[(0.6, 0.1), (1.0, 0.5), (0.6, 0.9)],
            ],
            ControlIcon::SideLeft => &[&[(0.33, 0.05), (0.33, 0.95)]],
            ControlIcon::SideRight => &[&[(0.67, 0.05), (0.67, 0.95)]],
            ControlIcon::Filter => &[&[
                (0.0, 0.05),
                (1.0, 0.05),
                (0.6, 0.5),
                (0.6, 0.95),
                (0.4, 0.8),
                (0.4, 0.5),
                (0.0, 0.05),
            ]],
            ControlIcon::NoOwner => &[
                &[(0.0, 0.45), (0.3, 0.15)],
                &[(0.0, 0.75), (0.3, 0.45)],
                &[(0.05, 0.95), (0.3, 0.75)],
            ],
            ControlIcon::Theme | ControlIcon::More => &[],
        }
    }

    fn paint(self, painter: &Painter, rect: Rect, stroke: Stroke) {
        let at = |(x, y): (f32, f32)| rect.min + vec2(x, y) * rect.size();
        for line in self.lines() {
            let points = line.iter().map(|point| at(*point)).collect();
            painter.add(Shape::line(points, stroke));
        }
        match self {
            ControlIcon::Theme => {
                let (center, radius) = (rect.center(), rect.width() * 0.5);
                painter.circle_stroke(center, radius, stroke);
                let half = (0..=16).map(|i| {
                    let angle = std::f32::consts::PI * (i as f32 / 16.0 - 0.5);
                    center + radius * vec2(angle.cos(), angle.sin())
                });
                let half = Shape::convex_polygon(half.collect(), stroke.color, Stroke::NONE);
                painter.add(half);
            }
            ControlIcon::More => {
                for x in [0.1, 0.5, 0.9] {
                    painter.circle_filled(at((x, 0.5)), stroke.width, stroke.color);
                }
            }
            ControlIcon::NoOwner => {
                let frame = Rect::from_min_max(at((0.0, 0.05)), at((1.0, 0.95)));
                style::dashed_rect(painter, frame, stroke, 2.5, 2.0);
            }
            ControlIcon::SideLeft | ControlIcon::SideRight => {
                let frame = Rect::from_min_max(at((-0.05, 0.05)), at((1.05, 0.95)));
                painter.rect_stroke(frame, 2.0, stroke, StrokeKind::Middle);
            }
            _ => {}
        }
    }
}

/// Allocates space for a control and names it for assistive tools; `on` tells whether it
/// is selected or open, if it can be.
pub(crate) fn allocate(
    ui: &mut Ui,
    size: Vec2,
    sense: Sense,
    on: Option<bool>,
    name: &str,
) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(size, sense);
    describe(&response, Role::Button, on, name);
    (rect, response)
}

/// Names a control for assistive tools; `on` tells whether it is selected, open or
/// checked, if it can be.
pub(crate) fn describe(response: &Response, role: Role, on: Option<bool>, name: &str) {
    let enabled = response.enabled();
    response.widget_info(|| match on {
        Some(on) => WidgetInfo::selected(role, enabled, on, name),
        None => WidgetInfo::labeled(role, enabled, name),
    });
}

/// Paints the background of a row: none at rest, that of a button if hovered, focused
/// or selected.
pub(crate) fn row_background(ui: &Ui, rect: Rect, response: &Response, selected: bool) {
    if selected || response.hovered() || response.has_focus() {
        let mut visuals = ui.style().interact_selectable(response, selected);
        if !response.has_focus() {
            visuals.bg_stroke = Stroke::NONE;
        }
        style::paint_frame(ui, rect, &visuals);
        if selected {
            style::mark_selected_row(ui, rect);
        }
    }
}

/// A square icon button; `label` is its name for assistive tools and tests, `tip` its
/// tooltip.
pub fn control_button(
    ui: &mut Ui,
    icon: ControlIcon,
    label: &str,
    tip: &str,
    on: bool,
) -> Response {
    let side = ICON_BUTTON;
    let size = Vec2::splat(side);
    let (rect, response) = allocate(ui, size, Sense::click(), Some(on), label);
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, on);
        if on || response.hovered() || response.has_focus() {
            style::paint_frame(ui, rect, &visuals);
        }
        if on {
            style::mark_selected(ui, rect);
        }
        let stroke = Stroke::new(1.6, visuals.fg_stroke.color);
        icon.paint(ui.painter(), rect.shrink(side * 0.28), stroke);
    }
    response.on_hover_text(tip)
}

/// A small square icon button; its name is shown on hover.
pub fn small_icon_button(ui: &mut Ui, icon: ControlIcon, name: &str) -> Response {
    let size = Vec2::splat(ROW_HEIGHT);
    let (rect, response) = allocate(ui, size, Sense::click(), None, name);
    if ui.is_rect_visible(rect) {
        row_background(ui, rect, &response, false);
        let stroke = Stroke::new(1.6, ui.style().interact(&response).fg_stroke.color);
        icon.paint(ui.painter(), rect.shrink(2.0 * UNIT), stroke);
    }
    response.on_hover_text(name)
}

/// Fills a row, with controls at its right end, both added in reading order, so that
/// Tab follows it. Use once per row.
pub fn with_trailing<T>(
    ui: &mut Ui,
    rest: impl FnOnce(&mut Ui) -> T,
    mut end: impl FnMut(&mut Ui),
) -> T {
    // Known from the frame before; in the first frame, measured unseen.
    let id = ui.make_persistent_id("end of the line");
    let known = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_else(|| {
        let mut unseen = ui.new_child(UiBuilder::new().sizing_pass().invisible());
        end(&mut unseen);
        unseen.min_rect().width()
    });
    let mut room = ui.available_rect_before_wrap();
    room.set_width((room.width() - known - ui.spacing().item_spacing.x).max(0.0));
    let layout = Layout::left_to_right(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
    let result = rest(&mut line);
    ui.advance_cursor_after_rect(room.with_max_y(line.min_rect().bottom()));
    let width = ui.scope(end).response.rect.width();
    ui.data_mut(|data| data.insert_temp(id, width));
    if (known - width).abs() > 0.5 {
        ui.ctx().request_repaint();
    }
    result
}

/// A row with a name, truncated if necessary, and keys at the right.
pub fn name_and_keys(ui: &mut Ui, height: f32, name: RichText, keys: RichText) -> Response {
    let size = vec2(ui.available_width(), height);
    let line = |ui: &mut Ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = 2.0 * UNIT;
        ui.label(keys);
        let name = |ui: &mut Ui| ui.add(Label::new(name).truncate());
        ui.with_layout(Layout::left_to_right(Align::Center), name)
            .inner
    };
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), line)
        .inner
}

/// A toggle button, such as a highlight with its count.
pub fn toggle_button(ui: &mut Ui, on: bool, text: &str, tip: &str) -> Response {
    selectable(ui, on, Button::new(text)).on_hover_text(tip)
}

/// A button that can be selected, with a bar if it is.
pub fn selectable(ui: &mut Ui, on: bool, button: Button<'_>) -> Response {
    let response = ui.add(button.selected(on));
    if on {
        style::mark_selected(ui, response.rect);
    }
    response
}

/// A word that can be chosen, without a frame while it is not.
pub fn selectable_text(ui: &mut Ui, on: bool, text: &str) -> Response {
    selectable(ui, on, Button::selectable(on, text))
}

/// A drawn sign on a button.
#[derive(Clone, Copy, Debug)]
pub enum Glyph {
    /// An icon of the window.
    Control(ControlIcon),
    /// An icon of the map.
    Map(Icon),
}

impl Glyph {
    fn atom(self) -> Atom<'static> {
        Atom::paint(Vec2::splat(GLYPH), move |ui, args| {
            let tint = args.fallback_text_color;
            match self {
                Glyph::Control(icon) => {
                    let is_chevron = icon == ControlIcon::Down;
                    let rect = args.rect.shrink(if is_chevron { UNIT } else { 0.5 * UNIT });
                    icon.paint(ui.painter(), rect, Stroke::new(1.6, tint));
                }
                Glyph::Map(icon) => style::paint_icon(ui.painter(), icon, args.rect, tint),
            }
        })
    }
}

/// Width of a button with these words, in points.
pub fn button_width(ui: &Ui, words: &str) -> f32 {
    text_width(ui, words, TextStyle::Button.resolve(ui.style())) + button_margins(ui)
}

/// Width of a primary button with these words, in points.
pub fn primary_button_width(ui: &Ui, words: &str) -> f32 {
    text_width(ui, words, style::bold_font(style::BODY_SIZE)) + button_margins(ui)
}

/// Width of a button with a glyph and, if there are any, words, in points.
pub fn glyph_button_width(ui: &Ui, words: &str) -> f32 {
    match words {
        "" => GLYPH + button_margins(ui),
        words => button_width(ui, words) + ui.spacing().icon_spacing + GLYPH,
    }
}

fn text_width(ui: &Ui, words: &str, font: FontId) -> f32 {
    let tint = ui.visuals().text_color();
    let text = ui.painter().layout_no_wrap(words.to_owned(), font, tint);
    text.size().x
}

fn button_margins(ui: &Ui) -> f32 {
    2.0 * ui.spacing().button_padding.x
}

/// A toggle button with a glyph and, if there are any, words; `name` is its accessible name.
pub fn glyph_button(ui: &mut Ui, on: bool, glyph: Glyph, words: &str, name: &str) -> Response {
    let button = match words {
        "" => Button::new(glyph.atom()),
        words => Button::new((glyph.atom(), words)),
    };
    let response = selectable(ui, on, button);
    describe(&response, Role::Button, Some(on), name);
    response
}

/// A button that opens a menu, with the sign for it. A typeface may lack such a sign: it is drawn.
pub fn menu_button<'w>(words: impl Into<String>) -> Button<'w> {
    Button::new((words.into(), Glyph::Control(ControlIcon::Down).atom()))
}

/// A button with the present choice, which opens a menu; `name` is its accessible name.
pub fn drop_down(ui: &mut Ui, words: &str, name: &str) -> Response {
    let response = ui.add(menu_button(words));
    describe(&response, Role::Button, None, &format!("{name}: {words}"));
    response.on_hover_text(name)
}

/// A menu item with its shortcut. Toggles show whether they are `on` by a tick.
pub fn menu_item(ui: &mut Ui, label: &str, keys: String, on: Option<bool>) -> Response {
    let ticked = on == Some(true);
    let tick = Atom::paint(Vec2::splat(3.0 * UNIT), move |ui, args| {
        if ticked {
            let stroke = Stroke::new(1.8, args.fallback_text_color);
            ControlIcon::Tick.paint(ui.painter(), args.rect, stroke);
        }
    });
    let line = Button::new((tick, label)).shortcut_text(keys);
    let response = ui.add(line);
    if on.is_some() {
        describe(&response, Role::Button, on, label);
    }
    response
}

/// A primary button.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let accent = ui.visuals().hyperlink_color;
    let ground = ui.visuals().window_fill;
    let text = style::bold_text(text).color(ground);
    let response = ui.add(Button::new(text).fill(accent));
    if response.has_focus() {
        // The ring has a gap, because accent on accent would be invisible.
        let ring = response.rect.expand(2.5);
        ui.painter()
            .rect_stroke(ring, 8.0, (2.0, accent), StrokeKind::Outside);
    }
    response
}

/// Shows a group of widgets with little spacing. Any of them may wrap to a new line.
pub fn tight_group(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let between = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, TIGHT);
    show(ui);
    ui.spacing_mut().item_spacing.x = between;
}
