//! Shapes to triangles, smooth at their edges, in points on screen.
//!
//! Must not know: scenes, cameras, textures beyond the white corner.

use super::prepared::{Flat, Polyline};
use crate::geom::Point;
use crate::scene::Dash;
use egui::epaint::tessellator::Path;
use egui::epaint::{
    CornerRadius, Mesh, PathStroke, RectShape, TessellationOptions, Tessellator, Vertex, WHITE_UV,
};
use egui::{Color32, Pos2, Rect, StrokeKind, Vec2, pos2};

/// From group coordinates to points on screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Where the group's (0, 0) is, in physical pixels.
    pub(super) x: f32,
    /// See `x`.
    pub(super) y: f32,
    /// Physical pixels to a map unit.
    pub(super) scale: f32,
    /// Points to a physical pixel.
    pub(super) point: f32,
}

impl Place {
    /// A point of the group on screen, in points.
    pub(super) fn at(&self, p: Point) -> Pos2 {
        pos2(
            (self.x + p.x * self.scale) * self.point,
            (self.y + p.y * self.scale) * self.point,
        )
    }

    /// A rectangle of the group on screen, in points.
    pub(super) fn rect(&self, rect: &crate::geom::Rect) -> Rect {
        Rect::from_min_max(self.at(rect.min), self.at(rect.max))
    }

    /// A length on screen, in points.
    pub(super) fn length(&self, units: f32) -> f32 {
        units * self.scale * self.point
    }
}

/// A line on screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Width in points.
    pub(super) width: f32,
    /// Colour.
    pub(super) color: Color32,
    /// Solid or broken.
    pub(super) dash: Dash,
}

/// Makes triangles.
pub(super) struct Pen {
    tessellator: Tessellator,
    path: Path,
    ppp: f32,
    points: Vec<Pos2>,
    /// Nothing outside is made.
    pub(super) clip: Rect,
}

impl Pen {
    pub(super) fn new(ppp: f32) -> Pen {
        Pen {
            tessellator: Tessellator::new(ppp, TessellationOptions::default(), [1, 1], Vec::new()),
            path: Path::default(),
            ppp,
            points: Vec::new(),
            clip: Rect::EVERYTHING,
        }
    }

    /// Physical pixels to a point.
    pub(super) fn ppp(&self) -> f32 {
        self.ppp
    }

    fn pixel(&self) -> f32 {
        1.0 / self.ppp
    }

    /// A plain rectangle whose edges lie between pixels; a thin one is a pixel
    /// wide and paler, so that hairlines do not come and go.
    pub(super) fn block(&self, rect: Rect, color: Color32, mesh: &mut Mesh) {
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
        let uv = Rect::from_min_max(WHITE_UV, WHITE_UV);
        quad(
            mesh,
            Rect::from_min_max(pos2(left, top), pos2(right, bottom)),
            uv,
            color,
        );
    }

    /// A rectangle with round corners, filled, outlined or both.
    pub(super) fn rounded(
        &mut self,
        rect: Rect,
        radius: f32,
        fill: Color32,
        line: Option<Line>,
        mesh: &mut Mesh,
    ) {
        let width = line.map_or(0.0, |line| line.width);
        // Far parts of a huge rectangle are cut off: its corners are not seen anyway.
        let rect = rect.intersect(self.clip.expand(radius + width + 8.0));
        let small = rect.width().min(rect.height()) * self.ppp < 3.0;
        let line = line.filter(|line| line.width * self.ppp > 0.05);
        if rect.is_negative() {
            return;
        }
        if small || (radius * self.ppp < 0.75 && line.is_none()) {
            let color = if fill.a() > 0 {
                fill
            } else {
                line.map_or(fill, |l| l.color.gamma_multiply(0.5))
            };
            self.block(rect, color, mesh);
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
            self.broken(&points, true, line, mesh);
            self.points = points;
        }
    }

    /// The inside of a flattened path.
    pub(super) fn fill(&mut self, flat: &Flat, place: &Place, color: Color32, mesh: &mut Mesh) {
        if flat.triangles.is_empty() {
            let [Polyline { points, .. }] = flat.lines.as_slice() else {
                return;
            };
            let mut screen = std::mem::take(&mut self.points);
            screen.clear();
            screen.extend(points.iter().map(|p| place.at(*p)));
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
            pos: place.at(*p),
            uv: WHITE_UV,
            color,
        }));
        mesh.indices
            .extend(flat.triangles.iter().map(|i| first + i));
        // Triangles have hard edges; a fine line of the same colour softens
        // them. Where the colour is see-through the overlap would show.
        if color.a() == 255 {
            let line = Line {
                width: 0.6 * self.pixel(),
                color,
                dash: Dash::Solid,
            };
            for part in &flat.lines {
                self.stroke(&part.points, true, place, line, mesh);
            }
        }
    }

    /// All lines of a flattened path.
    pub(super) fn lines(&mut self, flat: &Flat, place: &Place, line: Line, mesh: &mut Mesh) {
        for part in &flat.lines {
            self.stroke(&part.points, part.closed, place, line, mesh);
        }
    }

    fn stroke(
        &mut self,
        points: &[Point],
        closed: bool,
        place: &Place,
        line: Line,
        mesh: &mut Mesh,
    ) {
        let mut screen = std::mem::take(&mut self.points);
        let near = self.clip.expand(line.width + 4.0);
        screen.clear();
        // Long lines are cut into the pieces that can be seen.
        let mut last: Option<Pos2> = None;
        let mut whole = closed;
        for p in points.iter().chain(points.first().filter(|_| closed)) {
            let p = place.at(*p);
            if let Some(q) = last {
                if Rect::from_two_pos(q, p).intersects(near) {
                    if screen.is_empty() {
                        screen.push(q);
                    }
                    screen.push(p);
                } else {
                    whole = false;
                    self.piece(&mut screen, false, line, mesh);
                }
            }
            last = Some(p);
        }
        if whole {
            screen.pop();
        }
        self.piece(&mut screen, whole, line, mesh);
        self.points = screen;
    }

    fn piece(&mut self, points: &mut Vec<Pos2>, closed: bool, line: Line, mesh: &mut Mesh) {
        dedup(points, closed);
        if points.len() > 1 {
            if line.dash == Dash::Solid {
                self.solid(points, closed, line, mesh);
            } else {
                self.broken(points, closed, line, mesh);
            }
        }
        points.clear();
    }

    fn solid(&mut self, points: &[Pos2], closed: bool, line: Line, mesh: &mut Mesh) {
        let stroke = PathStroke::new(line.width, line.color);
        self.path.clear();
        if closed && points.len() > 2 {
            self.path.add_line_loop(points);
            self.path.stroke_closed(self.pixel(), &stroke, mesh);
        } else {
            self.path.add_open_points(points);
            self.path.stroke_open(self.pixel(), &stroke, mesh);
        }
    }

    /// Dashes or dots along a line. Where they would melt into one another, a
    /// paler solid line stands for them.
    fn broken(&mut self, points: &[Pos2], closed: bool, line: Line, mesh: &mut Mesh) {
        let Some([on, off]) = line.dash.pattern().map(|p| p.map(|part| part * line.width)) else {
            return;
        };
        if (on + off) * self.ppp < 3.0 {
            let pale = Line {
                color: line.color.gamma_multiply(0.5),
                dash: Dash::Solid,
                ..line
            };
            self.solid(points, closed, pale, mesh);
            return;
        }
        let (on, period) = (f64::from(on), f64::from(on + off));
        let near = self.clip.expand(line.width + 4.0);
        let mut walked = 0.0_f64;
        let mut dash: Vec<Pos2> = Vec::new();
        let ends = points
            .iter()
            .skip(1)
            .chain(points.first().filter(|_| closed));
        for (from, to) in points.iter().zip(ends) {
            let length = f64::from(from.distance(*to));
            // Of a line as long as the map only the part in view costs anything.
            let (start, end) = within(&near, *from, *to).unwrap_or((1.0, 1.0));
            let (start, end) = (length * start, length * end);
            if start > 0.0 {
                self.dash(&mut dash, line, mesh);
            }
            let at = |d: f64| {
                let part = d / length.max(1e-6);
                let on_axis = |a: f32, b: f32| (f64::from(a) + f64::from(b - a) * part) as f32;
                Pos2::new(on_axis(from.x, to.x), on_axis(from.y, to.y))
            };
            let mut done = start;
            while done < end {
                let phase = (walked + done) % period;
                let inside = phase < on;
                let rest = if inside { on - phase } else { period - phase };
                // A little too far rather than standing still on a boundary.
                let step = (rest + period * 1e-4).min(end - done);
                if done + step <= done {
                    break;
                }
                if line.dash == Dash::Dotted {
                    if inside {
                        self.dot(at(done), line, mesh);
                    }
                } else if inside {
                    if dash.is_empty() {
                        dash.push(at(done));
                    }
                    dash.push(at(done + step));
                } else {
                    self.dash(&mut dash, line, mesh);
                }
                done += step;
            }
            walked += length;
        }
        self.dash(&mut dash, line, mesh);
    }

    /// Draws the dash that was gathered.
    fn dash(&mut self, points: &mut Vec<Pos2>, line: Line, mesh: &mut Mesh) {
        dedup(points, false);
        if points.len() > 1 {
            self.solid(points, false, line, mesh);
        }
        points.clear();
    }

    fn dot(&mut self, at: Pos2, line: Line, mesh: &mut Mesh) {
        if self.clip.expand(line.width).contains(at) {
            self.path.clear();
            self.path.add_circle(at, line.width / 2.0);
            self.path.fill(self.pixel(), line.color, mesh);
        }
    }
}

/// Two triangles.
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

/// Drops neighbours that are the same on screen.
fn dedup(points: &mut Vec<Pos2>, closed: bool) {
    let near = |a: Pos2, b: Pos2| (a - b).abs().max_elem() < 0.01;
    points.dedup_by(|a, b| near(*a, *b));
    while closed
        && points.len() > 1
        && points
            .first()
            .zip(points.last())
            .is_some_and(|(a, b)| near(*a, *b))
    {
        points.pop();
    }
}

/// The part of a line that may lie within a rectangle: where it begins and ends,
/// 0 … 1 along the line (Liang and Barsky, "A New Concept and Method for Line
/// Clipping", ACM Trans. Graph. 3 (1984)); `None` where no part does.
fn within(rect: &Rect, from: Pos2, to: Pos2) -> Option<(f64, f64)> {
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (a, b, low, high) in [
        (from.x, to.x, rect.min.x, rect.max.x),
        (from.y, to.y, rect.min.y, rect.max.y),
    ] {
        let way = f64::from(b - a);
        let [low, high] = [low, high].map(|edge| f64::from(edge) - f64::from(a));
        if way == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (first, last) = (low / way, high / way);
        start = start.max(first.min(last));
        end = end.min(first.max(last));
    }
    (start < end).then_some((start, end))
}

/// The larger side of a rectangle of this size.
pub(super) fn longest(size: Vec2) -> f32 {
    size.max_elem()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_part_within_counts() {
        let rect = Rect::from_min_max(Pos2::new(0.0, 0.0), Pos2::new(10.0, 10.0));
        let line = |ax, ay, bx, by| within(&rect, Pos2::new(ax, ay), Pos2::new(bx, by));
        assert_eq!(line(-10.0, 5.0, 30.0, 5.0), Some((0.25, 0.5)));
        assert_eq!(line(30.0, 5.0, -10.0, 5.0), Some((0.5, 0.75)));
        assert_eq!(line(2.0, 2.0, 8.0, 3.0), Some((0.0, 1.0)));
        assert_eq!(line(-10.0, 15.0, 30.0, 15.0), None);
        assert_eq!(line(-1.0, 20.0, 20.0, -1.0), line(20.0, -1.0, -1.0, 20.0));
        assert_eq!(line(5.0, -20.0, 5.0, -1.0), None);
    }

    #[test]
    fn a_broken_line_as_long_as_a_map_draws_what_is_in_view() {
        let clip = Rect::from_min_max(Pos2::new(0.0, 0.0), Pos2::new(700.0, 100.0));
        let mut pen = Pen {
            clip,
            ..Pen::new(1.0)
        };
        let line = Line {
            width: 1.0,
            color: egui::Color32::BLACK,
            dash: Dash::Dashed,
        };
        let points = [Pos2::new(-4e6, 50.0), Pos2::new(4e6, 50.0)];
        let mut mesh = Mesh::default();
        pen.broken(&points, false, line, &mut mesh);
        let corners = mesh.vertices.len() / 100;
        assert!(
            (1..20).contains(&corners),
            "{} corners",
            mesh.vertices.len()
        );
        let seen = mesh.vertices.iter().filter(|v| clip.contains(v.pos));
        assert!(seen.count() > 300);
    }
}
