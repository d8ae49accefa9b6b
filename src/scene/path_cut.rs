//! The part of a path within a rectangle.
//!
//! Must not know: what a path shows.

use crate::geom::{Path, Point, Rect, Segment, pt};
use std::ops::Range;

/// Number of pieces of a curve among which its crossings of a line are sought.
const PIECES: u16 = 24;
/// Halvings of such a piece: to a hundred-thousandth of it.
const HALVINGS: usize = 18;

impl Path {
    /// The part of the path within a rectangle. A filled path stays closed, along the lines where
    /// it is cut; of any other one only what is drawn inside remains.
    pub(super) fn within(&self, area: &Rect, is_filled: bool) -> Path {
        let part = self.between(&(area.min.x..area.max.x), is_filled);
        let bounds = part.bounds();
        if area.min.y <= bounds.min.y && bounds.max.y <= area.max.y {
            return part;
        }
        let rows = area.min.y..area.max.y;
        part.transposed().between(&rows, is_filled).transposed()
    }

    fn transposed(mut self) -> Path {
        for segment in &mut self.0 {
            match segment {
                Segment::Move(p) | Segment::Line(p) => *p = pt(p.y, p.x),
                Segment::Cubic(a, b, p) => {
                    for point in [a, b, p] {
                        *point = pt(point.y, point.x);
                    }
                }
                Segment::Close => {}
            }
        }
        self
    }

    /// The part of the path between two x positions, as [`Path::within`].
    pub(crate) fn between(&self, columns: &Range<f32>, is_filled: bool) -> Path {
        let right = self.beside(columns.start, 1.0, is_filled);
        right.beside(columns.end, -1.0, is_filled)
    }

    /// The part of the path to the right of a line (`side` 1) or to the left of it (-1).
    fn beside(&self, line: f32, side: f32, is_filled: bool) -> Path {
        let is_kept = |x: f32| (x - line) * side >= 0.0;
        let bounds = self.bounds();
        if bounds.is_empty() || (is_kept(bounds.min.x) && is_kept(bounds.max.x)) {
            return self.clone();
        }
        let mut cut = Path::default();
        let (mut here, mut start) = (Point::default(), Point::default());
        // Where the kept part ends, if it has begun in this subpath.
        let mut end: Option<Point> = None;
        for segment in &self.0 {
            let curve = match *segment {
                Segment::Move(to) => {
                    if is_filled && end.is_some() {
                        cut.0.push(Segment::Close);
                    }
                    (here, start, end) = (to, to, None);
                    continue;
                }
                Segment::Line(to) => Curve::line(here, to),
                Segment::Close => Curve::line(here, start),
                Segment::Cubic(a, b, to) => Curve::cubic([here, a, b, to]),
            };
            here = curve.points[3];
            for piece in curve.pieces(line) {
                if !is_kept(piece.middle().x) {
                    continue;
                }
                let from = piece.points[0];
                match end {
                    Some(last) if last == from => {}
                    Some(_) if is_filled => cut.0.push(Segment::Line(from)),
                    _ => cut.0.push(Segment::Move(from)),
                }
                cut.0.push(piece.segment());
                end = Some(piece.points[3]);
            }
        }
        if is_filled && end.is_some() {
            cut.0.push(Segment::Close);
        }
        cut
    }
}

/// A segment with its start.
struct Curve {
    points: [Point; 4],
    is_straight: bool,
}

impl Curve {
    fn line(from: Point, to: Point) -> Curve {
        Curve {
            points: [from, from, to, to],
            is_straight: true,
        }
    }

    fn cubic(points: [Point; 4]) -> Curve {
        Curve {
            points,
            is_straight: false,
        }
    }

    fn segment(&self) -> Segment {
        let [_, a, b, to] = self.points;
        if self.is_straight {
            Segment::Line(to)
        } else {
            Segment::Cubic(a, b, to)
        }
    }

    /// The point at a parameter from 0 to 1.
    fn at(&self, t: f32) -> Point {
        self.halves(t).0.points[3]
    }

    fn middle(&self) -> Point {
        self.at(0.5)
    }

    /// The parts before and after a parameter, by de Casteljau's construction.
    fn halves(&self, t: f32) -> (Curve, Curve) {
        let between = |a: Point, b: Point| pt(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
        let [p, a, b, q] = self.points;
        if self.is_straight {
            let middle = between(p, q);
            return (Curve::line(p, middle), Curve::line(middle, q));
        }
        let (pa, ab, bq) = (between(p, a), between(a, b), between(b, q));
        let (left, right) = (between(pa, ab), between(ab, bq));
        let middle = between(left, right);
        (
            Curve::cubic([p, pa, left, middle]),
            Curve::cubic([middle, right, bq, q]),
        )
    }

    /// The parts between the crossings of a vertical line, in order.
    fn pieces(self, line: f32) -> Vec<Curve> {
        let is_right = |t: f32| self.at(t).x >= line;
        let steps = if self.is_straight { 1 } else { PIECES };
        let place = |step: u16| f32::from(step) / f32::from(steps);
        let mut crossings = Vec::new();
        for step in 0..steps {
            let (mut low, mut high) = (place(step), place(step + 1));
            let side = is_right(low);
            if side == is_right(high) {
                continue;
            }
            for _ in 0..HALVINGS {
                let middle = f32::midpoint(low, high);
                if is_right(middle) == side {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            crossings.push(f32::midpoint(low, high));
        }
        let mut pieces = Vec::new();
        let (mut rest, mut cut) = (self, 0.0);
        for crossing in crossings {
            let (mut piece, mut after) = rest.halves((crossing - cut) / (1.0 - cut));
            // Exactly on the line, so that the parts of two rows meet.
            piece.points[3].x = line;
            after.points[0].x = line;
            pieces.push(piece);
            (rest, cut) = (after, crossing);
        }
        pieces.push(rest);
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};

    fn path(segments: &[(u8, [i8; 6])], is_filled: bool) -> Path {
        let mut path = Path::start(pt(0.0, 0.0));
        for (kind, numbers) in segments {
            let [a, b, c, d, e, f] = numbers.map(f32::from);
            path.0.push(match kind {
                0 => Segment::Move(pt(a, b)),
                1 => Segment::Line(pt(a, b)),
                _ => Segment::Cubic(pt(a, b), pt(c, d), pt(e, f)),
            });
        }
        if is_filled { path.close() } else { path }
    }

    fn length(path: &Path) -> f32 {
        let (mut here, mut start, mut length) = (Point::default(), Point::default(), 0.0);
        let mut add = |from: Point, to: Point| length += (to.x - from.x).hypot(to.y - from.y);
        for segment in &path.0 {
            match *segment {
                Segment::Move(to) => (here, start) = (to, to),
                Segment::Line(to) => {
                    add(here, to);
                    here = to;
                }
                Segment::Close => {
                    add(here, start);
                    here = start;
                }
                Segment::Cubic(a, b, to) => {
                    let curve = Curve::cubic([here, a, b, to]);
                    for step in 1..=200_u8 {
                        let next = curve.at(f32::from(step) / 200.0);
                        add(here, next);
                        here = next;
                    }
                }
            }
        }
        length
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_parts_of_a_path_lie_within_their_columns_and_make_up_the_whole(
            segments in proptest::collection::vec((0..3_u8, any::<[i8; 6]>()), 1..8),
            at in -150.0..150.0_f32,
        ) {
            let whole = path(&segments, false);
            let left = whole.between(&(f32::NEG_INFINITY..at), false);
            let right = whole.between(&(at..f32::INFINITY), false);
            let (a, b, all) = (length(&left), length(&right), length(&whole));
            prop_assert!((a + b - all).abs() <= all * 0.01 + 1.0, "{a} + {b} is not {all}");
            for (part, range) in [(left, f32::NEG_INFINITY..at), (right, at..f32::INFINITY)] {
                let mut points = part.0.iter().filter_map(|segment| match *segment {
                    Segment::Move(p) | Segment::Line(p) | Segment::Cubic(_, _, p) => Some(p),
                    Segment::Close => None,
                });
                prop_assert!(points.all(|p| p.x >= range.start - 0.5 && p.x <= range.end + 0.5));
            }
        }
    }

    #[test]
    fn a_filled_path_is_closed_along_the_cut() {
        let square = path(&[(1, [10, 0, 0, 0, 0, 0]), (1, [10, 10, 0, 0, 0, 0])], true);
        let cut = square.between(&(4.0..20.0), true);
        let corners: Vec<(f32, f32)> = cut
            .0
            .iter()
            .filter_map(|segment| match *segment {
                Segment::Move(p) | Segment::Line(p) => Some((p.x, p.y)),
                _ => None,
            })
            .collect();
        let expected = [(4.0, 0.0), (10.0, 0.0), (10.0, 10.0), (4.0, 4.0)];
        assert_eq!(corners.len(), expected.len(), "{corners:?}");
        for (a, b) in corners.iter().zip(expected) {
            assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() < 1e-3, "{corners:?}");
        }
        assert_eq!(cut.0.last(), Some(&Segment::Close));
    }

    #[test]
    fn a_stroke_is_open_where_it_is_cut() {
        let arch = path(&[(1, [10, 0, 0, 0, 0, 0]), (1, [0, 8, 0, 0, 0, 0])], false);
        let cut = arch.between(&(-5.0..5.0), false);
        let moves = cut.0.iter().filter(|s| matches!(s, Segment::Move(_)));
        assert_eq!(moves.count(), 2, "{cut:?}");
        assert!(arch.between(&(50.0..60.0), false).0.is_empty());
    }
}
