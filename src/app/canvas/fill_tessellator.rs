//! Tessellates filled shapes with antialiased edges, in points on screen.
//!
//! Must not know: scenes, cameras, textures beyond the white corner.

use super::group_cache::{FlattenedPath, Polyline};
use super::tessellator::{GroupTransform, LineStyle, ShapeTessellator, dedup};
use crate::scene::Dash;
use egui::epaint::{CornerRadius, Mesh, PathStroke, RectShape, Vertex, WHITE_UV};
use egui::{Color32, Rect, StrokeKind, Vec2, pos2};

impl ShapeTessellator {
    /// Fills a rectangle with pixel-aligned edges. A thin one is a pixel wide and
    /// paler, so that hairlines do not flicker.
    pub(super) fn fill_rect(&self, rect: Rect, color: Color32, mesh: &mut Mesh) {
        let rect = rect.intersect(self.clip.expand(2.0));
        let snap = |low: f32, high: f32| {
            let (a, b) = ((low * self.ppp()).round(), (high * self.ppp()).round());
            if b - a >= 1.0 {
                return (a / self.ppp(), b / self.ppp(), 1.0);
            }
            let a = (low * self.ppp()).floor();
            let share = ((high - low) * self.ppp()).clamp(0.0, 1.0);
            (a / self.ppp(), (a + 1.0) / self.ppp(), share)
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
        let uv = Rect::from_min_max(WHITE_UV, WHITE_UV);
        quad(
            mesh,
            Rect::from_min_max(pos2(left, top), pos2(right, bottom)),
            uv,
            color,
        );
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
        let small = rect.width().min(rect.height()) * self.ppp() < 3.0;
        let line = line.filter(|line| line.width * self.ppp() > 0.05);
        if rect.is_negative() {
            return;
        }
        if small || (radius * self.ppp() < 0.75 && line.is_none()) {
            let color = if fill.a() > 0 {
                fill
            } else {
                line.map_or(fill, |l| l.color.gamma_multiply(0.5))
            };
            self.fill_rect(rect, color, mesh);
            return;
        }
        let disc =
            (rect.width() - rect.height()).abs() < 0.01 && radius * 2.0 >= rect.width() - 0.01;
        let broken = line.is_some_and(|line| line.dash != Dash::Solid);
        if disc && !broken {
            self.path.clear();
            self.path.add_circle(rect.center(), rect.width() / 2.0);
            let stroke = line.map_or(PathStroke::NONE, |line| {
                PathStroke::new(line.width, line.color)
            });
            self.path.fill_and_stroke(self.pixel(), fill, &stroke, mesh);
            return;
        }
        let solid = line.filter(|_| !broken);
        let stroke = solid.map_or(egui::Stroke::NONE, |line| {
            egui::Stroke::new(line.width, line.color)
        });
        let corner = CornerRadius::same(radius.round().clamp(0.0, 255.0) as u8);
        let shape = RectShape::new(rect, corner, fill, stroke, StrokeKind::Middle);
        self.tessellator.tessellate_rect(&shape, mesh);
        if let Some(line) = line.filter(|_| broken) {
            let mut points = std::mem::take(&mut self.points);
            egui::epaint::tessellator::path::rounded_rectangle(
                &mut points,
                egui::epaint::RoundedRect::new(rect, corner),
            );
            self.dashed(&points, true, line, mesh);
            self.points = points;
        }
    }

    /// Fills a flattened path.
    pub(super) fn fill(
        &mut self,
        flat: &FlattenedPath,
        place: &GroupTransform,
        color: Color32,
        mesh: &mut Mesh,
    ) {
        if flat.triangles.is_empty() {
            let [Polyline { points, .. }] = flat.lines.as_slice() else {
                return;
            };
            let mut screen = std::mem::take(&mut self.points);
            screen.clear();
            screen.extend(points.iter().map(|p| place.to_screen(*p)));
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
            pos: place.to_screen(*p),
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

/// Adds a rectangle as two triangles.
pub(super) fn quad(mesh: &mut Mesh, rect: Rect, uv: Rect, color: Color32) {
    let first = mesh.vertices.len() as u32;
    mesh.indices
        .extend_from_slice(&[first, first + 1, first + 2, first + 2, first + 1, first + 3]);
    mesh.vertices.extend_from_slice(&[
        Vertex {
            pos: rect.min,
            uv: uv.min,
            color,
        },
        Vertex {
            pos: pos2(rect.max.x, rect.min.y),
            uv: pos2(uv.max.x, uv.min.y),
            color,
        },
        Vertex {
            pos: pos2(rect.min.x, rect.max.y),
            uv: pos2(uv.min.x, uv.max.y),
            color,
        },
        Vertex {
            pos: rect.max,
            uv: uv.max,
            color,
        },
    ]);
}

/// Returns the longer side.
pub(super) fn longer_side(size: Vec2) -> f32 {
    size.max_elem()
}
