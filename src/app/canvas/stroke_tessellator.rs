//! Tessellates lines: solid, dashed or dotted. Only the visible part, because some
//! lines are as long as the map.
//!
//! Must not know: scenes, cameras, textures.

use super::tessellator::{LineStyle, ShapeTessellator, dedup, on_screen};
use crate::geom::Point;
use crate::scene::Dash;
use egui::emath::TSTransform;
use egui::epaint::{Mesh, PathStroke};
use egui::{Pos2, Rect};

impl ShapeTessellator {
    /// Strokes a line of a group.
    pub(super) fn stroke(
        &mut self,
        points: &[Point],
        closed: bool,
        place: &TSTransform,
        line: LineStyle,
        mesh: &mut Mesh,
    ) {
        let mut screen = std::mem::take(&mut self.points);
        let near = self.clip.expand(line.width + 4.0);
        screen.clear();
        // Long lines are cut into their visible pieces.
        let mut last: Option<Pos2> = None;
        let mut whole = closed;
        for p in points.iter().chain(points.first().filter(|_| closed)) {
            let p = on_screen(place, *p);
            if let Some(q) = last {
                if Rect::from_two_pos(q, p).intersects(near) {
                    if screen.is_empty() {
                        screen.push(q);
                    }
                    screen.push(p);
                } else {
                    whole = false;
                    self.stroke_piece(&mut screen, false, line, mesh);
                }
            }
            last = Some(p);
        }
        if whole {
            screen.pop();
        }
        self.stroke_piece(&mut screen, whole, line, mesh);
        self.points = screen;
    }

    fn stroke_piece(
        &mut self,
        points: &mut Vec<Pos2>,
        closed: bool,
        line: LineStyle,
        mesh: &mut Mesh,
    ) {
        dedup(points, closed);
        match (points.as_slice(), line.dash) {
            ([] | [_], _) => {}
            (points, Dash::Solid) => self.solid(points, closed, line, mesh),
            (points, _) => self.dashed(points, closed, line, mesh),
        }
        points.clear();
    }

    fn solid(&mut self, points: &[Pos2], closed: bool, line: LineStyle, mesh: &mut Mesh) {
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

    /// Strokes dashes or dots along a line. If the gaps are too small to be seen, draws
    /// a paler solid line instead.
    pub(super) fn dashed(
        &mut self,
        points: &[Pos2],
        closed: bool,
        line: LineStyle,
        mesh: &mut Mesh,
    ) {
        let Some([on, off]) = line.dash.pattern().map(|p| p.map(|part| part * line.width)) else {
            return;
        };
        let solid = LineStyle {
            dash: Dash::Solid,
            ..line
        };
        if (on + off) * self.ppp < 3.0 {
            let color = line.color.gamma_multiply(0.5);
            self.solid(points, closed, LineStyle { color, ..solid }, mesh);
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
            // Only the visible part of a line as long as the map is walked.
            let (start, end) = clip_line(&near, *from, *to).unwrap_or((1.0, 1.0));
            let (start, end) = (length * start, length * end);
            if start > 0.0 {
                self.stroke_piece(&mut dash, false, solid, mesh);
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
                // A slight overshoot prevents an endless loop at a boundary.
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
                    self.stroke_piece(&mut dash, false, solid, mesh);
                }
                done += step;
            }
            walked += length;
        }
        self.stroke_piece(&mut dash, false, solid, mesh);
    }

    fn dot(&mut self, at: Pos2, line: LineStyle, mesh: &mut Mesh) {
        if self.clip.expand(line.width).contains(at) {
            self.path.clear();
            self.path.add_circle(at, line.width / 2.0);
            self.path.fill(self.pixel(), line.color, mesh);
        }
    }
}

/// Clips a line to a rectangle; returns the start and end of the inner part as
/// fractions of the line, or `None` if the line lies outside (Liang and Barsky, "A New
/// Concept and Method for Line Clipping", ACM Trans. Graph. 3 (1984)).
fn clip_line(rect: &Rect, from: Pos2, to: Pos2) -> Option<(f64, f64)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_clipped_to_the_rectangle() {
        let rect = Rect::from_min_max(Pos2::new(0.0, 0.0), Pos2::new(10.0, 10.0));
        let line = |ax, ay, bx, by| clip_line(&rect, Pos2::new(ax, ay), Pos2::new(bx, by));
        assert_eq!(line(-10.0, 5.0, 30.0, 5.0), Some((0.25, 0.5)));
        assert_eq!(line(30.0, 5.0, -10.0, 5.0), Some((0.5, 0.75)));
        assert_eq!(line(2.0, 2.0, 8.0, 3.0), Some((0.0, 1.0)));
        assert_eq!(line(-10.0, 15.0, 30.0, 15.0), None);
        assert_eq!(line(-1.0, 20.0, 20.0, -1.0), line(20.0, -1.0, -1.0, 20.0));
        assert_eq!(line(5.0, -20.0, 5.0, -1.0), None);
    }

    #[test]
    fn long_dashed_line_draws_only_its_visible_part() {
        let clip = Rect::from_min_max(Pos2::new(0.0, 0.0), Pos2::new(700.0, 100.0));
        let mut pen = ShapeTessellator::new(1.0);
        pen.clip = clip;
        let line = LineStyle {
            width: 1.0,
            color: egui::Color32::BLACK,
            dash: Dash::Dashed,
        };
        let points = [Pos2::new(-4e6, 50.0), Pos2::new(4e6, 50.0)];
        let mut mesh = Mesh::default();
        pen.dashed(&points, false, line, &mut mesh);
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
