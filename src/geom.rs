//! Map units and plane geometry.
//!
//! One map unit is 1/96 inch; x grows to the right, y grows down. Inside one
//! scene group coordinates are `f32` and relative to the group; a group's own
//! place on the map is an [`Origin`] in `f64`, because a map of 20,000
//! touchpoints is millions of units wide and `f32` would make it jitter.
//!
//! Must not know: anything else of this crate.

/// A point in map units, relative to its container.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Horizontal coordinate, growing to the right.
    pub x: f32,
    /// Vertical coordinate, growing downward.
    pub y: f32,
}

/// Shorthand for [`Point`].
pub const fn pt(x: f32, y: f32) -> Point {
    Point { x, y }
}

impl std::ops::Mul<f32> for Point {
    type Output = Point;
    fn mul(self, scale: f32) -> Point {
        pt(self.x * scale, self.y * scale)
    }
}

impl std::ops::Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        pt(self.x + other.x, self.y + other.y)
    }
}

/// A position on the whole map, in map units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Origin {
    /// Horizontal coordinate, growing to the right.
    pub x: f64,
    /// Vertical coordinate, growing downward.
    pub y: f64,
}

/// A rectangle on the whole map, in map units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Area {
    /// The area of a rectangle in a group with this origin.
    pub fn at(origin: Origin, rect: &Rect) -> Area {
        Area {
            left: origin.x + f64::from(rect.min.x),
            top: origin.y + f64::from(rect.min.y),
            right: origin.x + f64::from(rect.max.x),
            bottom: origin.y + f64::from(rect.max.y),
        }
    }

    /// An area from its top left corner, width and height.
    pub const fn new(left: f64, top: f64, width: f64, height: f64) -> Area {
        Area {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    /// Whether the area holds no point.
    pub fn is_empty(&self) -> bool {
        self.left > self.right || self.top > self.bottom
    }

    /// Width in map units.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height in map units.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Horizontal position of the center.
    pub fn center_x(&self) -> f64 {
        (self.left + self.right) / 2.0
    }

    /// The smallest area that contains both.
    #[must_use]
    pub fn union(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether the other area lies within this one.
    pub fn contains(&self, other: &Area) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    /// Whether the two areas share at least a point.
    pub fn intersects(&self, other: &Area) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }
}

/// An axis-aligned rectangle in map units; `min` is the top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Top left corner.
    pub min: Point,
    /// Bottom right corner.
    pub max: Point,
}

impl Rect {
    /// A rectangle from its top left corner, width and height.
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect {
            min: pt(x, y),
            max: pt(x + width, y + height),
        }
    }

    /// The empty rectangle; its union with any rectangle is that rectangle.
    pub const EMPTY: Rect = Rect {
        min: pt(f32::INFINITY, f32::INFINITY),
        max: pt(f32::NEG_INFINITY, f32::NEG_INFINITY),
    };

    /// A square around a centre.
    pub const fn centered_square(center: Point, side: f32) -> Rect {
        Rect::new(center.x - side / 2.0, center.y - side / 2.0, side, side)
    }

    /// Whether it contains no point.
    pub fn is_empty(&self) -> bool {
        self.min.x > self.max.x
    }

    /// Width in map units.
    pub fn width(&self) -> f32 {
        self.max.x - self.min.x
    }

    /// Height in map units.
    pub fn height(&self) -> f32 {
        self.max.y - self.min.y
    }

    /// The center.
    pub fn center(&self) -> Point {
        pt(
            (self.min.x + self.max.x) / 2.0,
            (self.min.y + self.max.y) / 2.0,
        )
    }

    /// The smallest rectangle that contains both.
    #[must_use]
    pub fn union(&self, other: &Rect) -> Rect {
        Rect {
            min: pt(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: pt(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }

    /// Whether the rectangles share at least one point.
    pub fn intersects(&self, other: &Rect) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, p: Point) -> bool {
        p.x >= self.min.x && p.x <= self.max.x && p.y >= self.min.y && p.y <= self.max.y
    }

    /// The rectangle grown by `by` map units on every side (shrunk if negative).
    #[must_use]
    pub fn grow(&self, by: f32) -> Rect {
        Rect {
            min: pt(self.min.x - by, self.min.y - by),
            max: pt(self.max.x + by, self.max.y + by),
        }
    }

    /// The rectangle moved by `by`.
    #[must_use]
    pub fn translate(&self, by: Point) -> Rect {
        Rect {
            min: self.min + by,
            max: self.max + by,
        }
    }
}

/// A segment of a [`Path`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Start of a new subpath.
    Move(Point),
    /// A straight line to this point.
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(Point, Point, Point),
    /// A straight line back to the last [`Segment::Move`].
    Close,
}

impl Segment {
    /// The points and control points of the segment, its end last.
    fn points(&self) -> impl DoubleEndedIterator<Item = Point> + use<> {
        let points = match *self {
            Segment::Move(p) | Segment::Line(p) => [None, None, Some(p)],
            Segment::Cubic(a, b, p) => [Some(a), Some(b), Some(p)],
            Segment::Close => [None; 3],
        };
        points.into_iter().flatten()
    }
}

/// De Casteljau subdivision of a cubic at `t`.
pub fn split_cubic(p: [Point; 4], t: f32) -> ([Point; 4], [Point; 4]) {
    let mid = |a: Point, b: Point| pt(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
    let (a, b, c) = (mid(p[0], p[1]), mid(p[1], p[2]), mid(p[2], p[3]));
    let (d, e) = (mid(a, b), mid(b, c));
    let f = mid(d, e);
    ([p[0], a, d, f], [f, e, c, p[3]])
}

/// A sequence of lines and curves, filled by the non-zero rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Vec<Segment>);

impl Path {
    /// A path that starts at `p`.
    pub fn start(p: Point) -> Path {
        Path(vec![Segment::Move(p)])
    }

    /// Adds a straight line to `p`.
    #[must_use]
    pub fn line(mut self, p: Point) -> Path {
        self.0.push(Segment::Line(p));
        self
    }

    /// Adds a cubic curve with control points `a` and `b` to `p`.
    #[must_use]
    pub fn cubic(mut self, a: Point, b: Point, p: Point) -> Path {
        self.0.push(Segment::Cubic(a, b, p));
        self
    }

    /// Closes the current subpath.
    #[must_use]
    pub fn close(mut self) -> Path {
        self.0.push(Segment::Close);
        self
    }

    /// A closed polygon through the points; an empty path for no points.
    pub fn polygon(points: &[Point]) -> Path {
        let Some((first, others)) = points.split_first() else {
            return Path::default();
        };
        let mut segments = Vec::with_capacity(points.len() + 1);
        segments.push(Segment::Move(*first));
        segments.extend(others.iter().copied().map(Segment::Line));
        segments.push(Segment::Close);
        Path(segments)
    }

    /// A line through the points, every inner corner rounded with `radius` (less if the neighbours
    /// are closer than that).
    pub fn rounded(points: &[Point], radius: f32) -> Path {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Path::default();
        };
        let mut path = Path::start(*first);
        for corner in points.windows(3) {
            let [a, b, c] = [corner[0], corner[1], corner[2]];
            let enter = point_toward(b, a, radius);
            let leave = point_toward(b, c, radius);
            // 0.55 of the radius makes a cubic that is a quarter circle to within 0.03 %.
            let [k1, k2] = [a, c].map(|end| point_toward(b, end, radius * 0.45));
            path = path.line(enter).cubic(k1, k2, leave);
        }
        path.line(*last)
    }

    /// First and last point of the path; `None` for an empty path.
    pub fn endpoints(&self) -> Option<(Point, Point)> {
        let mut ends = self
            .0
            .iter()
            .filter_map(|segment| segment.points().next_back());
        let first = ends.next()?;
        Some((first, ends.next_back().unwrap_or(first)))
    }

    /// The path as drawn on another place and in another size.
    #[must_use]
    pub fn map(&self, to: impl Fn(Point) -> Point) -> Path {
        let segments = self.0.iter().map(|segment| match *segment {
            Segment::Move(p) => Segment::Move(to(p)),
            Segment::Line(p) => Segment::Line(to(p)),
            Segment::Cubic(a, b, p) => Segment::Cubic(to(a), to(b), to(p)),
            Segment::Close => Segment::Close,
        });
        Path(segments.collect())
    }

    /// Distance of a point from the path; curves are approximated by line segments.
    pub fn distance(&self, p: Point) -> f32 {
        /// Number of line segments that approximate a curve.
        const PIECES: u16 = 10;
        let mut nearest = f32::INFINITY;
        let (mut here, mut start) = (Point::default(), Point::default());
        for segment in &self.0 {
            let from = here;
            match *segment {
                Segment::Move(to) => (here, start) = (to, to),
                Segment::Line(to) => {
                    nearest = nearest.min(distance_to_segment(p, from, to));
                    here = to;
                }
                Segment::Cubic(a, b, to) => {
                    for piece in 1..=PIECES {
                        let t = f32::from(piece) / f32::from(PIECES);
                        let next = cubic_point([from, a, b, to], t);
                        nearest = nearest.min(distance_to_segment(p, here, next));
                        here = next;
                    }
                }
                Segment::Close => {
                    nearest = nearest.min(distance_to_segment(p, from, start));
                    here = start;
                }
            }
        }
        nearest
    }

    /// Translates the path in place.
    pub fn translate(&mut self, by: Point) {
        for segment in &mut self.0 {
            match segment {
                Segment::Move(p) | Segment::Line(p) => *p = *p + by,
                Segment::Cubic(a, b, p) => {
                    for point in [a, b, p] {
                        *point = *point + by;
                    }
                }
                Segment::Close => {}
            }
        }
    }

    /// Bounding box of all points and control points; [`Rect::EMPTY`] for an empty path.
    pub fn bounds(&self) -> Rect {
        let points = self.0.iter().flat_map(Segment::points);
        points.fold(Rect::EMPTY, |all, p| all.union(&Rect { min: p, max: p }))
    }
}

/// Distance of `p` from the line segment between `a` and `b`.
fn distance_to_segment(p: Point, a: Point, b: Point) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let t = if length <= f32::EPSILON {
        0.0
    } else {
        (((p.x - a.x) * dx + (p.y - a.y) * dy) / length).clamp(0.0, 1.0)
    };
    (p.x - a.x - t * dx).hypot(p.y - a.y - t * dy)
}

/// The point of a cubic curve at `t`, 0 … 1.
fn cubic_point([a, b, c, d]: [Point; 4], t: f32) -> Point {
    let s = 1.0 - t;
    let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
    let sum = |value: fn(&Point) -> f32| {
        let values = [a, b, c, d].map(|p| value(&p));
        values.iter().zip(weights).map(|(v, w)| v * w).sum()
    };
    pt(sum(|p| p.x), sum(|p| p.y))
}

/// The point at `distance` from `from` towards `to`, at most half of the way.
fn point_toward(from: Point, to: Point, distance: f32) -> Point {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = (dx * dx + dy * dy).sqrt();
    if length <= f32::EPSILON {
        return from;
    }
    let t = (distance / length).min(0.5);
    pt(from.x + dx * t, from.y + dy * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn union_with_empty_is_identity() {
        let r = Rect::new(1.0, 2.0, 3.0, 4.0);
        assert_eq!(Rect::EMPTY.union(&r), r);
    }

    #[test]
    fn distance_is_to_the_nearest_segment() {
        let path = Path::start(pt(0.0, 0.0)).line(pt(10.0, 0.0));
        assert_eq!(path.distance(pt(5.0, 3.0)), 3.0);
        assert_eq!(path.distance(pt(14.0, 3.0)), 5.0);
        let bend = Path::rounded(&[pt(0.0, 0.0), pt(10.0, 0.0), pt(10.0, 10.0)], 4.0);
        assert!(bend.distance(pt(10.0, 8.0)) < 0.01);
        assert!((bend.distance(pt(10.0, 0.0)) - 1.66).abs() < 0.1);
        assert_eq!(bend.endpoints(), Some((pt(0.0, 0.0), pt(10.0, 10.0))));
        assert_eq!(Path::default().endpoints(), None);
    }

    #[test]
    fn rounding_keeps_the_ends() {
        let path = Path::rounded(&[pt(0.0, 0.0), pt(10.0, 0.0), pt(10.0, 10.0)], 4.0);
        assert_eq!(path.0.first(), Some(&Segment::Move(pt(0.0, 0.0))));
        assert_eq!(path.0.last(), Some(&Segment::Line(pt(10.0, 10.0))));
        assert!(path.bounds().contains(pt(10.0, 0.0)));
    }
}
