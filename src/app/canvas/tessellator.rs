//! Tessellates shapes with antialiased edges, in points on screen; lines are in
//! `stroke_tessellator`.
//!
//! Must not know: scenes, cameras, textures beyond the white corner.

use super::group_cache::{FlattenedPath, Polyline};
use crate::geom::Point;
use crate::scene::Dash;
use egui::emath::TSTransform;
use egui::epaint::tessellator::Path;
use egui::epaint::{
    CornerRadius, Mesh, PathStroke, RectShape, TessellationOptions, Tessellator, Vertex, WHITE_UV,
};
use egui::{Color32, Pos2, Rect, StrokeKind, pos2};

/// Tessellates shapes for one pixel density.
pub(super) struct ShapeTessellator {
    tessellator: Tessellator,
    /// Reused for every path.
    pub(super) path: Path,
    /// Physical pixels per point.
    pub(super) ppp: f32,
    /// Reused for the points of every line.
    pub(super) points: Vec<Pos2>,
    /// Visible rectangle, in points.
    pub(super) clip: Rect,
}

/// Style of a line on screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineStyle {
    /// Width in points.
    pub(super) width: f32,
    pub(super) color: Color32,
    pub(super) dash: Dash,
}

/// Converts a point of a group to points on screen.
pub(super) fn on_screen(place: &TSTransform, p: Point) -> Pos2 {
    *place * pos2(p.x, p.y)
}

/// Converts a rectangle of a group to points on screen.
pub(super) fn rect_on_screen(place: &TSTransform, rect: &crate::geom::Rect) -> Rect {
    Rect::from_min_max(on_screen(place, rect.min), on_screen(place, rect.max))
}

impl ShapeTessellator {
    pub(super) fn new(ppp: f32) -> ShapeTessellator {
        ShapeTessellator {
            tessellator: Tessellator::new(ppp, TessellationOptions::default(), [1, 1], Vec::new()),
            path: Path::default(),
            ppp,
            points: Vec::new(),
            clip: Rect::EVERYTHING,
        }
    }

    /// Size of a physical pixel, in points.
    pub(super) fn pixel(&self) -> f32 {
        1.0 / self.ppp
    }

    /// Fills a rectangle with pixel-aligned edges. A thin one is a pixel wide and
    /// paler, so that hairlines do not flicker.
    pub(super) fn fill_rect(&self, rect: Rect, color: Color32, mesh: &mut Mesh) {
        let rect = rect.intersect(self.clip.expand(2.0));
        let snap = |low: f32, high: f32| {
            let (a, b) = ((low * self.ppp).round(), (high * self.ppp).round());
            if b - a >= 1.0 {
                return (a / self.ppp, b / self.ppp, 1.0);
            }
            let a = (low * self.ppp).floor();
            let share = ((high - low) * self.ppp).clamp(0.0, 1.0);
            (a / self.ppp, (a + 1.0) / self.ppp, share)
        };
        if rect.is_negative() {
            return;
        }
        let (left, right, wide) = snap(rect.min.x, rect.max.x);
        let (top, bottom, tall) = snap(rect.min.y, rect.max.y);
        let color = if wide * tall < 1.0 {
            color.gamma_multiply(wide * tall)
        } else {
            color
        };
        let rect = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
        mesh.add_colored_rect(rect, color);
    }

    /// Draws a rounded rectangle, filled, outlined or both.
    pub(super) fn rounded_rect(
        &mut self,
        rect: Rect,
        radius: f32,
        fill: Color32,
        line: Option<LineStyle>,
        mesh: &mut Mesh,
    ) {
        let width = line.map_or(0.0, |line| line.width);
        // The distant parts of a huge rectangle are cut off, because its corners are
        // out of view.
        let rect = rect.intersect(self.clip.expand(radius + width + 8.0));
        let small = rect.width().min(rect.height()) * self.ppp < 3.0;
        let line = line.filter(|line| line.width * self.ppp > 0.05);
        if rect.is_negative() {
            return;
        }
        if small || (radius * self.ppp < 0.75 && line.is_none()) {
            let color = match line {
                Some(line) if fill.a() == 0 => line.color.gamma_multiply(0.5),
                _ => fill,
            };
            self.fill_rect(rect, color, mesh);
            return;
        }
        let disc =
            (rect.width() - rect.height()).abs() < 0.01 && radius * 2.0 >= rect.width() - 0.01;
        let broken = line.filter(|line| line.dash != Dash::Solid);
        let solid = line.filter(|_| broken.is_none());
        let solid = solid.map_or(egui::Stroke::NONE, |line| {
            egui::Stroke::new(line.width, line.color)
        });
        if disc && broken.is_none() {
            self.path.clear();
            self.path.add_circle(rect.center(), rect.width() / 2.0);
            let stroke = PathStroke::from(solid);
            self.path.fill_and_stroke(self.pixel(), fill, &stroke, mesh);
            return;
        }
        let corner = CornerRadius::same(radius.round().clamp(0.0, 255.0) as u8);
        let shape = RectShape::new(rect, corner, fill, solid, StrokeKind::Middle);
        self.tessellator.tessellate_rect(&shape, mesh);
        if let Some(line) = broken {
            let mut points = std::mem::take(&mut self.points);
            egui::epaint::tessellator::path::rounded_rectangle(
                &mut points,
                egui::epaint::RoundedRect::new(rect, corner),
            );
            self.stroke_on_screen(&points, true, line, mesh);
            self.points = points;
        }
    }

    pub(super) fn fill(
        &mut self,
        flat: &FlattenedPath,
        place: &TSTransform,
        color: Color32,
        mesh: &mut Mesh,
    ) {
        if flat.triangles.is_empty() {
            let [Polyline { points, .. }] = flat.lines.as_slice() else {
                return;
            };
            let mut screen = std::mem::take(&mut self.points);
            screen.clear();
            screen.extend(points.iter().map(|p| on_screen(place, *p)));
            dedup(&mut screen, true);
            if screen.len() > 2 {
                self.path.clear();
                self.path.add_line_loop(&screen);
                self.path.fill(self.pixel(), color, mesh);
            }
            self.points = screen;
            return;
        }
        let first = mesh.vertices.len() as u32;
        mesh.vertices.extend(flat.points.iter().map(|p| Vertex {
            pos: on_screen(place, *p),
            uv: WHITE_UV,
            color,
        }));
        mesh.indices
            .extend(flat.triangles.iter().map(|i| first + i));
        // Triangles have hard edges; a thin line of the same colour antialiases them.
        // With a transparent colour the overlap would be visible.
        if color.a() == 255 {
            let line = LineStyle {
                width: 0.6 * self.pixel(),
                color,
                dash: Dash::Solid,
            };
            for part in &flat.lines {
                self.stroke(&part.points, true, place, line, mesh);
            }
        }
    }
}

/// Removes consecutive points that coincide on screen.
pub(super) fn dedup(points: &mut Vec<Pos2>, closed: bool) {
    let near = |a: Pos2, b: Pos2| (a - b).abs().max_elem() < 0.01;
    points.dedup_by(|a, b| near(*a, *b));
    while let [first, .., last] = points.as_slice()
        && closed
        && near(*first, *last)
    {
        points.pop();
    }
}
