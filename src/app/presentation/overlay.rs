//! All that lies over the map in a presentation: title cards, spotlight, ink, covers and the menu
//! of routes.
//!
//! Must not know: keys, cameras.

use super::cover::show_words;
use super::shown::{PointerTool, Shown};
use super::state::Presentation;
use crate::app::frame::FrameCx;
use crate::app::ui::style;
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, CursorIcon, Id, Rect, Sense, Ui, pos2, vec2};
use std::f32::consts::TAU;

/// Darkness around the spotlight, 0 … 255.
const DARKNESS: u8 = 190;
/// Width in which the map fades at the right end of a page, in points.
const EDGE: f32 = 22.0;
/// Number of corners of the spotlight.
const CORNERS: u32 = 72;

impl Presentation {
    /// Shows what lies over the map.
    pub(crate) fn show_overlay(&mut self, ui: &mut Ui, cx: &mut FrameCx<'_>, rect: Rect) {
        let theme = cx.theme;
        self.hide_beyond_page(ui, cx, rect);
        if let Shown::Words(title, line) = self.shown() {
            let cover = ui.interact(rect, Id::unique("words"), Sense::click_and_drag());
            ui.painter_at(rect)
                .rect_filled(rect, 0.0, style::color(theme.paper));
            show_words(ui, theme, rect, (&title, &line));
            if cover.clicked() {
                self.step(cx.document, true);
            }
        }
        match self.tool {
            Some(PointerTool::Spotlight) => show_spotlight(ui, rect),
            Some(PointerTool::Ink) => {
                let response = ui.interact(rect, Id::unique("ink"), Sense::click_and_drag());
                self.ink.draw(&response, ui.ctx().time());
                if response.hovered() {
                    ui.set_cursor_icon(CursorIcon::Crosshair);
                }
            }
            None => {}
        }
        if self.ink.len() > 0 {
            let now = ui.ctx().time();
            self.ink.paint(ui, style::color(theme.bad), now);
        }
        let title = cx.document.title().to_owned();
        self.show_cover(ui, theme, &title, rect);
        self.show_route_menu(ui, cx, rect);
    }
}

impl Presentation {
    /// Covers what follows the page of a stage at the right, which would be cut by the edge of the
    /// screen, while the camera rests at the page.
    fn hide_beyond_page(&self, ui: &Ui, cx: &FrameCx<'_>, rect: Rect) {
        let Some((left, end)) = self.aim.page_ends else {
            return;
        };
        let document = &*cx.document;
        let view = document.camera.area(rect.size().into());
        let rests = document.camera_animation.is_none() && (view.left - left).abs() < 1.0;
        let covered = ui.ctx().animate_bool(Id::unique("page end"), rests);
        let right = rect.left() + ((end - view.left) * f64::from(document.camera.zoom)) as f32;
        if covered == 0.0 || right >= rect.right() {
            return;
        }
        let paper = style::color(cx.theme.paper);
        let faded = |share: f32| paper.gamma_multiply(share * covered);
        let edge = (right + EDGE).min(rect.right());
        let mut mesh = Mesh::default();
        for (x, color) in [
            (right, faded(0.0)),
            (edge, faded(1.0)),
            (rect.right(), faded(1.0)),
        ] {
            for y in [rect.top(), rect.bottom()] {
                mesh.colored_vertex(pos2(x, y), color);
            }
        }
        for side in [0, 2] {
            mesh.add_triangle(side, side + 1, side + 2);
            mesh.add_triangle(side + 1, side + 2, side + 3);
        }
        ui.painter_at(rect).add(mesh);
    }
}

/// Darkens all but a disc around the pointer.
fn show_spotlight(ui: &Ui, rect: Rect) {
    let at = ui
        .input(|i| i.pointer.latest_pos())
        .unwrap_or(rect.center());
    let radius = rect.height().min(rect.width()) * 0.17;
    // A soft edge, and a ring that reaches beyond all corners of the screen.
    let rings = [
        (radius, 0),
        (radius * 1.12, DARKNESS),
        (rect.size().length() * 1.5 + radius, DARKNESS),
    ];
    let mut mesh = Mesh::default();
    for corner in 0..CORNERS {
        let angle = TAU * corner as f32 / CORNERS as f32;
        for (radius, alpha) in rings {
            mesh.vertices.push(Vertex {
                pos: at + radius * vec2(angle.cos(), angle.sin()),
                uv: WHITE_UV,
                color: Color32::from_black_alpha(alpha),
            });
        }
        let (a, b) = (3 * corner, 3 * ((corner + 1) % CORNERS));
        for ring in 0..2 {
            mesh.add_triangle(a + ring, a + ring + 1, b + ring);
            mesh.add_triangle(a + ring + 1, b + ring + 1, b + ring);
        }
    }
    ui.painter_at(rect).add(mesh);
    ui.set_cursor_icon(CursorIcon::None);
}
