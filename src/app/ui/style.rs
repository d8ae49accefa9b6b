//! Style of the window: egui's style from the tokens of the theme, and the bundled
//! fonts.
//!
//! Distances are multiples of 4 points; all colours come from the theme.
//!
//! Must not know: what the program does.

use crate::geom::{Point, Segment};
pub use crate::text::visible_text;
use crate::text::{FAMILY, Face, Typesetter};
use crate::theme::{Color, Icon, Theme};
use egui::epaint::text::{
    FallbackRequest, FontData, FontDefinitions, FontFamily, FontInsert, FontProvider,
};
use egui::epaint::{CubicBezierShape, Shadow};
use egui::style::{TextCursorStyle, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontId, Margin, Painter, Pos2, Rect, RichText, Shape, Stroke,
    StrokeKind, Style, TextStyle, Ui, Visuals, vec2,
};
use std::sync::{Arc, Mutex};

/// Unit of distance, in points.
pub const UNIT: f32 = 4.0;

/// Height of a clickable row, in points.
pub const ROW_HEIGHT: f32 = 6.0 * UNIT;

/// Size of running text, in points.
pub const BODY_SIZE: f32 = 14.0;

/// Name of the bold font family.
const BOLD: &str = "bold";

/// Converts a colour of the theme for egui.
pub fn color(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// Font of running text.
pub fn body_font(ui: &Ui) -> FontId {
    TextStyle::Body.resolve(ui.style())
}

/// Font of small text.
pub fn small_font(ui: &Ui) -> FontId {
    TextStyle::Small.resolve(ui.style())
}

/// Font of bold text.
pub fn bold_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(BOLD.into()))
}

/// Bold text in the size of running text.
pub fn bold_text(text: impl Into<String>) -> RichText {
    RichText::new(visible_text(text)).font(bold_font(BODY_SIZE))
}

/// Heading within the window.
pub fn heading(text: impl Into<String>) -> RichText {
    RichText::new(visible_text(text)).font(bold_font(20.0))
}

/// Text in the weak colour.
pub fn weak_text(text: impl Into<String>) -> RichText {
    RichText::new(text).weak()
}

/// Installs the bundled fonts, with system fonts as fallback.
pub fn install_fonts(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    let name = |face: Face| format!("{FAMILY} {face:?}");
    for face in Face::ALL {
        let mut data = FontData::from_static(face.bytes());
        // Texts of the map are not hinted either, and hinting takes a fifth of the time
        // to the first frame.
        data.tweak.hinting = Some(false);
        fonts.font_data.insert(name(face), Arc::new(data));
    }
    for (family, faces) in [
        (FontFamily::Proportional, [Face::Regular, Face::Bold]),
        (FontFamily::Monospace, [Face::Regular, Face::Bold]),
        (FontFamily::Name(BOLD.into()), [Face::Bold, Face::Regular]),
    ] {
        fonts.families.insert(family, faces.map(name).to_vec());
    }
    ctx.set_fonts(fonts);
    ctx.add_font_provider(Arc::new(SystemFonts::default()));
}

/// Provides system fonts for characters that the bundled fonts lack.
#[derive(Default)]
struct SystemFonts(Mutex<Option<Typesetter>>);

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let mut typesetter = self.0.lock().ok()?;
        let faces = typesetter
            .get_or_insert_with(Typesetter::new)
            .fallback_faces(request.cluster);
        let face = faces.into_iter().next()?;
        let mut data = FontData::from_owned(face.bytes().to_vec());
        data.index = face.index;
        Some(FontInsert::new(&face.name, data, Vec::new()))
    }
}

/// Applies the theme to egui, without animations if `still`.
pub fn set_style(ctx: &Context, theme: &Theme, still: bool) {
    ctx.set_theme(if theme.dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    });
    let mut style = style(theme);
    if still {
        style.animation_time = 0.0;
        style.scroll_animation = egui::style::ScrollAnimation::none();
    }
    let style = Arc::new(style);
    ctx.set_style_of(egui::Theme::Dark, style.clone());
    ctx.set_style_of(egui::Theme::Light, style);
}

/// Shows a part of a window in another theme, with the popups that it opens.
pub fn show_in_theme(ui: &mut Ui, theme: &Theme, show: impl FnOnce(&mut Ui)) {
    let (ctx, usual) = (ui.ctx().clone(), ui.ctx().global_style());
    let mut style = style(theme);
    style.animation_time = usual.animation_time;
    style.scroll_animation = usual.scroll_animation;
    let style = Arc::new(style);
    let set = |style: &Arc<Style>| {
        for theme in [egui::Theme::Dark, egui::Theme::Light] {
            ctx.set_style_of(theme, style.clone());
        }
    };
    set(&style);
    ui.set_style(style);
    show(ui);
    set(&usual);
}

fn style(theme: &Theme) -> Style {
    let mut style = Style {
        visuals: visuals(theme),
        animation_time: 0.12,
        ..Style::default()
    };
    for (name, font) in [
        (TextStyle::Small, FontId::proportional(12.0)),
        (TextStyle::Body, FontId::proportional(BODY_SIZE)),
        (TextStyle::Button, FontId::proportional(BODY_SIZE)),
        (TextStyle::Monospace, FontId::monospace(13.0)),
        (TextStyle::Heading, bold_font(20.0)),
    ] {
        style.text_styles.insert(name, font);
    }
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(2.0 * UNIT, 2.0 * UNIT);
    spacing.button_padding = vec2(2.5 * UNIT, UNIT);
    spacing.interact_size = vec2(7.0 * UNIT, 7.0 * UNIT);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(6);
    spacing.menu_spacing = 2.0;
    spacing.menu_width = 260.0;
    spacing.indent = 4.0 * UNIT;
    spacing.icon_width = 4.0 * UNIT;
    spacing.icon_width_inner = 2.5 * UNIT;
    spacing.tooltip_width = 320.0;
    style.interaction.selectable_labels = false;
    style.url_in_tooltip = true;
    style
}

/// Background of bars and panels: slightly darker than the canvas, so that the map is
/// brightest.
pub fn panel_fill(theme: &Theme) -> Color {
    theme.paper_shade
}

fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let (ink, soft, line) = (color(theme.ink), color(theme.ink_soft), color(theme.line));
    let (ground, card, accent) = (panel_fill(theme), theme.card, theme.accent);
    let widget = |fill: Color, edge: Stroke, ink: Color32| WidgetVisuals {
        bg_fill: color(fill),
        weak_bg_fill: color(fill),
        bg_stroke: edge,
        corner_radius: CornerRadius::same(6),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    let hair = Stroke::new(1.0, color(theme.card_edge));
    let control = Stroke::new(1.0, color(theme.control_edge()));
    let focus = Stroke::new(2.0, color(accent));
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(ground, Stroke::new(1.0, line), ink);
    widgets.inactive = widget(card, control, ink);
    widgets.hovered = widget(card.mix(accent, 0.1), Stroke::new(1.0, color(accent)), ink);
    // egui shows focus with the style of active widgets: a frame in the accent colour
    // that is hard to overlook.
    widgets.active = widget(card.mix(accent, 0.18), focus, ink);
    widgets.open = widget(card.mix(accent, 0.12), Stroke::new(1.0, color(accent)), ink);

    visuals.weak_text_color = Some(soft);
    visuals.selection.bg_fill = color(theme.selected());
    visuals.selection.stroke = Stroke::new(1.0, ink);
    visuals.hyperlink_color = color(accent);
    visuals.extreme_bg_color = color(card);
    visuals.text_edit_bg_color = Some(color(card));
    visuals.error_fg_color = color(theme.pain);
    visuals.window_fill = color(card);
    visuals.window_stroke = hair;
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.panel_fill = color(ground);
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: color(shadow_color().alpha(if theme.dark { 0.45 } else { 0.14 })),
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.text_cursor = TextCursorStyle {
        stroke: Stroke::new(2.0, color(accent)),
        // A blinking cursor would keep a still window awake.
        blink: false,
        ..TextCursorStyle::default()
    };
    visuals.indent_has_left_vline = false;
    visuals.disabled_alpha = 0.6;
    visuals
}

/// Colour of shadows: the darkest ink of all themes.
fn shadow_color() -> Color {
    crate::theme::PROJECTOR.ink
}

/// A list that scrolls above this height. The minimum height is set too: otherwise a
/// list that was short once, in a modal or menu, stays short.
pub fn scroll_list(height: f32) -> egui::ScrollArea {
    egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
}

/// Shows the content of a menu in low rows; it scrolls if the window is too low, which a
/// bar at its edge says.
pub fn menu_list<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.ctx().content_rect().height() - 8.0 * UNIT;
    let spacing = ui.spacing_mut();
    spacing.item_spacing.y = 0.0;
    spacing.interact_size.y = 6.5 * UNIT;
    spacing.button_padding.y = 0.5 * UNIT;
    spacing.scroll.dormant_handle_opacity = 0.5;
    scroll_list(room).show(ui, add).inner
}

/// Bounds of a popup over the canvas: the canvas, or the window if the canvas is too narrow.
pub fn popup_bounds(ctx: &Context, canvas: Rect) -> Rect {
    const MIN_WIDTH: f32 = 440.0;
    if canvas.width() < MIN_WIDTH {
        ctx.content_rect()
    } else {
        canvas
    }
}

/// Colour that dims the window behind a modal.
pub fn backdrop() -> Color32 {
    color(shadow_color().alpha(0.35))
}

/// Paints the background and the edge of a control.
pub fn paint_frame(ui: &Ui, rect: Rect, visuals: &WidgetVisuals) {
    let (radius, fill) = (visuals.corner_radius, visuals.weak_bg_fill);
    let kind = StrokeKind::Inside;
    ui.painter()
        .rect(rect, radius, fill, visuals.bg_stroke, kind);
}

/// Width of the bar that marks a selected control, in points.
const SELECTED_BAR: f32 = 2.5;

/// Marks a selected button by a bar at its lower edge: its background alone differs too little
/// from that of the others.
pub fn mark_selected(ui: &Ui, rect: Rect) {
    let bar = rect.shrink2(vec2(2.0 * UNIT, 2.0));
    let bar = bar.with_min_y(bar.bottom() - SELECTED_BAR);
    ui.painter()
        .rect_filled(bar, 1.0, ui.visuals().hyperlink_color);
}

/// Marks a selected row by a bar at its left edge.
pub fn mark_selected_row(ui: &Ui, rect: Rect) {
    let bar = rect.shrink2(vec2(1.0, UNIT));
    let bar = bar.with_max_x(bar.left() + SELECTED_BAR);
    ui.painter()
        .rect_filled(bar, 1.0, ui.visuals().hyperlink_color);
}

/// Paints the ring around a focused control.
pub fn focus_ring(ui: &Ui, rect: Rect, radius: f32) {
    let stroke = Stroke::new(1.5, ui.visuals().hyperlink_color);
    ui.painter()
        .rect_stroke(rect, radius, stroke, StrokeKind::Inside);
}

/// Paints a dashed rectangle.
pub fn dashed_rect(painter: &Painter, rect: Rect, stroke: Stroke, dash: f32, gap: f32) {
    let [a, b, c, d] = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
    ];
    painter.extend(Shape::dashed_line(&[a, b, c, d, a], stroke, dash, gap));
}

/// Paints an icon into a square.
pub fn paint_icon(painter: &Painter, icon: Icon, rect: Rect, tint: Color32) {
    let scale = rect.width() / 24.0;
    let place = |p: Point| rect.min + vec2(p.x, p.y) * scale;
    let stroke = Stroke::new(Icon::STROKE * scale, tint);
    let mut points: Vec<Pos2> = Vec::new();
    let finish = |points: &mut Vec<Pos2>, closed: bool| {
        let points = std::mem::take(points);
        if points.len() > 1 {
            painter.add(if closed {
                Shape::closed_line(points, stroke)
            } else {
                Shape::line(points, stroke)
            });
        }
    };
    for segment in &icon.lines().0 {
        match *segment {
            Segment::Move(p) => {
                finish(&mut points, false);
                points.push(place(p));
            }
            Segment::Line(p) => points.push(place(p)),
            Segment::Cubic(a, b, p) => {
                let start = points.last().copied().unwrap_or(place(a));
                let ends = [start, place(a), place(b), place(p)];
                let curve = CubicBezierShape::from_points_stroke(ends, false, tint, stroke);
                points.extend(curve.flatten(Some(0.1)).into_iter().skip(1));
            }
            Segment::Close => finish(&mut points, true),
        }
    }
    finish(&mut points, false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{DepartmentPalette, MARK_CONTRAST, TEXT_CONTRAST, ThemeName};

    fn theme_color(color: Color32) -> Color {
        let [r, g, b, a] = color.to_srgba_unmultiplied();
        Color { r, g, b, a }
    }

    #[test]
    fn controls_have_enough_contrast_in_every_theme_and_state() {
        for name in ThemeName::ALL {
            let theme = name.with_palette(DepartmentPalette::default());
            let visuals = visuals(theme);
            let selected = theme_color(visuals.selection.bg_fill);
            let accent = theme_color(visuals.hyperlink_color);
            let check = |what: &str, color: Color, ground: Color, least: f32| {
                let contrast = color.contrast(ground);
                assert!(contrast >= least, "{name:?} {what}: {contrast}");
            };
            let widgets = &visuals.widgets;
            let states = [
                ("at rest", &widgets.inactive),
                ("hovered", &widgets.hovered),
                ("focused", &widgets.active),
                ("open", &widgets.open),
            ];
            let grounds = [visuals.panel_fill, visuals.window_fill].map(theme_color);
            for (state, widget) in states {
                let fill = theme_color(widget.weak_bg_fill);
                let text = theme_color(widget.text_color());
                let weak = theme_color(visuals.weak_text_color());
                let edge = theme_color(widget.bg_stroke.color);
                check(state, text, fill, TEXT_CONTRAST);
                check(state, weak, fill, TEXT_CONTRAST);
                // The edge is seen against the control and against what is around it.
                for ground in grounds {
                    check(state, edge, ground, MARK_CONTRAST);
                }
                let disabled = fill.mix(text, visuals.disabled_alpha);
                check("disabled", disabled, fill, MARK_CONTRAST);
            }
            check(
                "focus",
                theme_color(widgets.active.bg_stroke.color),
                selected,
                MARK_CONTRAST,
            );
            let text = theme_color(visuals.selection.stroke.color);
            check("selected text", text, selected, TEXT_CONTRAST);
            let weak = theme_color(visuals.weak_text_color());
            check("weak selected text", weak, selected, TEXT_CONTRAST);
            // The bar of what is selected.
            check("selected", accent, selected, MARK_CONTRAST);
            for ground in grounds {
                check("weak text", weak, ground, TEXT_CONTRAST);
                check("link", accent, ground, TEXT_CONTRAST);
            }
            let error = theme_color(visuals.error_fg_color);
            check("error", error, grounds[0], TEXT_CONTRAST);
            // The words of a primary button, on the accent.
            check(
                "primary",
                theme_color(visuals.window_fill),
                accent,
                TEXT_CONTRAST,
            );
        }
    }
}
