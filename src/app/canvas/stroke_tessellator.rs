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
use tiny_skia::{PathBuilder, PathSegment, StrokeDash};

impl ShapeTessellator {
    /// Strokes a line of a group, cut into its visible pieces.
    pub(super) fn stroke(
        &mut self,
        points: &[Point],
        closed: bool,
        place: &TSTransform,
        line: LineStyle,
        mesh: &mut Mesh,
    ) {
        let mut screen = std::mem::take(&mut self.points);
        screen.clear();
        screen.extend(points.iter().map(|p| on_screen(place, *p)));
        dedup(&mut screen, closed);
        self.stroke_on_screen(&screen, closed, line, mesh);
        self.points = screen;
    }

    /// Strokes a line on screen, cut into its visible pieces.
    pub(super) fn stroke_on_screen(
        &mut self,
        points: &[Pos2],
        closed: bool,
        line: LineStyle,
        mesh: &mut Mesh,
    ) {
        let near = self.clip.expand(line.width + 4.0);
        if points.iter().all(|p| near.contains(*p)) {
            self.piece(points, closed, 0.0, line, mesh);
            return;
        }
        let ends = points.iter().skip(1);
        let ends = ends.chain(points.first().filter(|_| closed));
        let (mut piece, mut start_of_piece, mut walked) = (Vec::new(), 0.0, 0.0);
        for (from, to) in points.iter().zip(ends) {
            let length = f64::from(from.distance(*to));
            let at = |part: f64| {
                let on_axis = |a: f32, b: f32| (f64::from(a) + f64::from(b - a) * part) as f32;
                Pos2::new(on_axis(from.x, to.x), on_axis(from.y, to.y))
            };
            let (start, end) = clip_line(&near, *from, *to).unwrap_or((1.0, 1.0));
            if start > 0.0 {
                self.piece(&piece, false, start_of_piece, line, mesh);
                piece.clear();
            }
            if piece.is_empty() {
                start_of_piece = walked + length * start;
                piece.push(at(start));
            }
            if end > start {
                piece.push(at(end));
            }
            walked += length;
        }
        self.piece(&piece, false, start_of_piece, line, mesh);
    }

    /// Strokes the visible piece of a line, which begins at a distance from the start of
    /// the line. If the gaps of a dashed line are too small to be seen, draws a paler
    /// solid line instead.
    fn piece(
        &mut self,
        points: &[Pos2],
        closed: bool,
        start: f64,
        line: LineStyle,
        mesh: &mut Mesh,
    ) {
        if points.len() < 2 {
            return;
        }
        let Some([on, off]) = line.dash.pattern().map(|p| p.map(|part| part * line.width)) else {
            self.solid(points, closed, line, mesh);
            return;
        };
        if (on + off) * self.ppp < 3.0 {
            let color = line.color.gamma_multiply(0.5);
            self.solid(points, closed, LineStyle { color, ..line }, mesh);
            return;
        }
        let mut path = PathBuilder::new();
        for (at, p) in points
            .iter()
            .chain(points.first().filter(|_| closed))
            .enumerate()
        {
            if at == 0 {
                path.move_to(p.x, p.y);
            } else {
                path.line_to(p.x, p.y);
            }
        }
        let phase = start % f64::from(on + off);
        let dashes = StrokeDash::new(vec![on, off], phase as f32)
            .and_then(|dash| path.finish()?.dash(&dash, 1.0));
        let mut dash = Vec::new();
        for segment in dashes.iter().flat_map(tiny_skia::Path::segments) {
            match segment {
                PathSegment::MoveTo(p) => {
                    self.dash(&mut dash, line, mesh);
                    dash.push(Pos2::new(p.x, p.y));
                }
                PathSegment::LineTo(p) => dash.push(Pos2::new(p.x, p.y)),
                PathSegment::QuadTo(..) | PathSegment::CubicTo(..) | PathSegment::Close => {}
            }
        }
        self.dash(&mut dash, line, mesh);
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

    /// Draws the collected dash, or a dot at its start.
    fn dash(&mut self, points: &mut Vec<Pos2>, line: LineStyle, mesh: &mut Mesh) {
        if let Some(at) = points.first()
            && line.dash == Dash::Dotted
        {
            self.path.clear();
            self.path.add_circle(*at, line.width / 2.0);
            self.path.fill(self.pixel(), line.color, mesh);
        } else if points.len() > 1 {
            self.solid(points, false, line, mesh);
        }
        points.clear();
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
        pen.stroke_on_screen(&points, false, line, &mut mesh);
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
