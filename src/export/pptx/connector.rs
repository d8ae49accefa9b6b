//! Routes between touchpoints as connectors of PowerPoint, which keep to their cards when these are
//! moved.
//!
//! Must not know: scenes, XML.

use super::node::{Connector, EMU, Frame};
use crate::geom::{Path, Point, Segment, pt};
use crate::scene::ObjectId;

/// Names of connectors by their number of straight pieces.
const BENT: [&str; 5] = [
    "straightConnector1",
    "bentConnector2",
    "bentConnector3",
    "bentConnector4",
    "bentConnector5",
];

/// Distance below which two coordinates are the same, in map units.
const SAME: f32 = 0.3;

/// The course of a route.
enum Course {
    /// Corners of a line that turns at right angles only, its ends included.
    Bent(Vec<Point>),
    /// An S-shaped curve that begins and ends horizontally.
    Curved(Point, Point),
}

impl Course {
    /// The course of a path that ends at a point a little further on, the tip of its arrowhead;
    /// `None` if no connector has it.
    fn of(path: &Path, tip: Option<Point>) -> Option<Course> {
        let (start, end) = path.endpoints()?;
        let end = tip.unwrap_or(end);
        let mut corners = vec![start];
        let mut here = start;
        let mut curves = 0;
        for segment in path.0.iter().skip(1) {
            match *segment {
                Segment::Line(p) => here = p,
                Segment::Cubic(a, b, p) => {
                    curves += 1;
                    let across = (a.y - here.y).abs() < SAME && (b.x - p.x).abs() < SAME;
                    let along = (a.x - here.x).abs() < SAME && (b.y - p.y).abs() < SAME;
                    match (across, along) {
                        (true, _) => corners.push(pt(p.x, here.y)),
                        (_, true) => corners.push(pt(here.x, p.y)),
                        _ => corners.clear(),
                    }
                    here = p;
                }
                Segment::Move(_) | Segment::Close => return None,
            }
            if corners.is_empty() {
                break;
            }
        }
        let level = |p: Point, q: Point| (p.y - q.y).abs() < SAME || (p.x - q.x).abs() < SAME;
        corners.push(end);
        let mut turns: Vec<Point> = Vec::new();
        for corner in corners {
            match turns[..] {
                [.., before, last] if is_straight(before, last, corner) => {
                    turns.pop();
                    turns.push(corner);
                }
                _ => turns.push(corner),
            }
        }
        let is_bent = turns.windows(2).all(|p| level(p[0], p[1])) && turns.len() >= 2;
        if is_bent && turns.first() == Some(&start) && turns.len() <= BENT.len() + 1 {
            return Some(Course::Bent(turns));
        }
        if turns.len() == 2 && curves == 0 {
            return Some(Course::Bent(turns));
        }
        Self::is_single_curve(path).then_some(Course::Curved(start, end))
    }

    /// Whether the path has one curve, between horizontal lines, in the middle third.
    fn is_single_curve(path: &Path) -> bool {
        let mut here = Point::default();
        let mut curves = 0;
        for segment in &path.0 {
            match *segment {
                Segment::Move(p) => here = p,
                Segment::Line(p) if (p.y - here.y).abs() < SAME => here = p,
                Segment::Cubic(a, b, p)
                    if (a.y - here.y).abs() < SAME && (b.y - p.y).abs() < SAME =>
                {
                    curves += 1;
                    here = p;
                }
                _ => return false,
            }
        }
        curves == 1
    }
}

/// Whether three points lie on one horizontal or vertical line.
fn is_straight(a: Point, b: Point, c: Point) -> bool {
    let same = |p: f32, q: f32, r: f32| (p - q).abs() < SAME && (q - r).abs() < SAME;
    same(a.x, b.x, c.x) || same(a.y, b.y, c.y)
}

/// The connector along a path, and its frame; `None` if it has a course that no connector has.
/// `place` gives the position of a point on the slide.
pub(super) fn connector(
    path: &Path,
    tip: Option<Point>,
    place: impl Fn(Point) -> (f64, f64),
    ends: Option<[ObjectId; 2]>,
) -> Option<(Connector, Frame)> {
    let (points, preset) = match Course::of(path, tip)? {
        Course::Bent(points) => {
            let preset = BENT.get(points.len() - 2)?;
            (points, *preset)
        }
        Course::Curved(start, end) => {
            let bend = curve_middle(path);
            (
                vec![start, pt(bend, start.y), pt(bend, end.y), end],
                "curvedConnector3",
            )
        }
    };
    let points: Vec<(f64, f64)> = points.into_iter().map(place).collect();
    let (start, end) = (*points.first()?, *points.last()?);
    let second = *points.get(1)?;
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let is_line = preset == BENT[0];
    let is_turned = !is_line && (second.1 - start.1).abs() > (second.0 - start.0).abs();
    // Lengths along and across the first piece, and their directions.
    let (along, across) = if is_turned { (dy, -dx) } else { (dx, dy) };
    let (length, height) = match is_line {
        true => (along.abs(), across.abs()),
        false => (along.abs().max(EMU), across.abs().max(EMU)),
    };
    let corners = points.iter().enumerate().take(points.len() - 2).skip(1);
    let bends = corners.map(|(at, corner)| {
        // Each second piece runs along the first one, the others across.
        let (a, b) = if is_turned {
            (corner.1 - start.1, start.0 - corner.0)
        } else {
            (corner.0 - start.0, corner.1 - start.1)
        };
        let (way, whole, sign) = if at % 2 == 1 {
            (a, length, along)
        } else {
            (b, height, across)
        };
        way * sign.signum() / whole * 100_000.0
    });
    let bends = bends.collect();
    let middle = ((start.0 + end.0) / 2.0, (start.1 + end.1) / 2.0);
    let frame = Frame {
        x: middle.0 - length / 2.0,
        y: middle.1 - height / 2.0,
        width: length,
        height,
    };
    let connector = Connector {
        preset,
        is_turned,
        flip_x: along < 0.0,
        flip_y: across < 0.0,
        bends,
        ends: ends.map(|[from, to]| [(from, start), (to, end)]),
    };
    Some((connector, frame))
}

/// The x of the middle of the only curve of a path.
fn curve_middle(path: &Path) -> f32 {
    let mut here = Point::default();
    for segment in &path.0 {
        match *segment {
            Segment::Move(p) | Segment::Line(p) => here = p,
            Segment::Cubic(_, _, p) => return f32::midpoint(here.x, p.x),
            Segment::Close => {}
        }
    }
    here.x
}

/// Side of a frame that is nearest to a point: top, left, bottom, right.
pub(super) fn side(frame: &Frame, (x, y): (f64, f64)) -> usize {
    let distances = [
        (y - frame.y).abs(),
        (x - frame.x).abs(),
        (y - frame.bottom()).abs(),
        (x - frame.right()).abs(),
    ];
    let nearest = (0..distances.len()).min_by(|a, b| distances[*a].total_cmp(&distances[*b]));
    nearest.unwrap_or(3)
}

/// The point on the edge of a frame that is nearest to the end of a connector.
pub(super) fn site_at(frame: &Frame, (x, y): (f64, f64)) -> (f64, f64) {
    let inside = (
        x.max(frame.x).min(frame.right()),
        y.max(frame.y).min(frame.bottom()),
    );
    match side(frame, (x, y)) {
        0 => (inside.0, frame.y),
        1 => (frame.x, inside.1),
        2 => (inside.0, frame.bottom()),
        _ => (frame.right(), inside.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The points of a connector as PowerPoint draws it (ECMA-376, annex D).
    fn drawn(connector: &Connector, frame: &Frame) -> Vec<(f64, f64)> {
        let (w, h) = (frame.width, frame.height);
        let bend = |at: usize, whole: f64| connector.bends[at] / 100_000.0 * whole;
        let local = match connector.preset {
            "straightConnector1" => vec![(0.0, 0.0), (w, h)],
            "bentConnector2" => vec![(0.0, 0.0), (w, 0.0), (w, h)],
            "bentConnector3" => {
                let x = bend(0, w);
                vec![(0.0, 0.0), (x, 0.0), (x, h), (w, h)]
            }
            "bentConnector4" => {
                let (x, y) = (bend(0, w), bend(1, h));
                vec![(0.0, 0.0), (x, 0.0), (x, y), (w, y), (w, h)]
            }
            "bentConnector5" => {
                let (x, y, z) = (bend(0, w), bend(1, h), bend(2, w));
                vec![(0.0, 0.0), (x, 0.0), (x, y), (z, y), (z, h), (w, h)]
            }
            other => panic!("{other}"),
        };
        let (middle_x, middle_y) = (frame.x + w / 2.0, frame.y + h / 2.0);
        let placed = |(x, y): (f64, f64)| {
            let x = if connector.flip_x { w - x } else { x } - w / 2.0;
            let y = if connector.flip_y { h - y } else { y } - h / 2.0;
            let (x, y) = if connector.is_turned { (-y, x) } else { (x, y) };
            (middle_x + x, middle_y + y)
        };
        local.into_iter().map(placed).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_connector_runs_as_the_route(
            first_is_vertical: bool,
            steps in prop::collection::vec((30.0_f32..90.0, any::<bool>()), 1..=5),
        ) {
            let mut points = vec![pt(300.0, 200.0)];
            for (at, (length, back)) in steps.iter().enumerate() {
                let last = points[at];
                let step = if *back { -length } else { *length };
                let is_vertical = (at % 2 == 1) != first_is_vertical;
                points.push(if is_vertical { pt(last.x, last.y + step) } else { pt(last.x + step, last.y) });
            }
            let (first, last) = (points[0], points[points.len() - 1]);
            // Ends in one line have a frame without width or height.
            prop_assume!((first.x - last.x).abs() > 2.0 || points.len() == 2);
            prop_assume!((first.y - last.y).abs() > 2.0 || points.len() == 2);
            let path = Path::rounded(&points, 9.0);
            let place = |p: Point| (f64::from(p.x), f64::from(p.y));
            let scaled = |p: Point| { let (x, y) = place(p); (x * EMU, y * EMU) };
            let (connector, frame) = connector(&path, None, scaled, None).unwrap();
            let drawn = drawn(&connector, &frame);
            prop_assert_eq!(drawn.len(), points.len());
            for (point, expected) in drawn.iter().zip(points.iter().map(|p| scaled(*p))) {
                let away = (point.0 - expected.0).abs().max((point.1 - expected.1).abs());
                prop_assert!(away < EMU, "{drawn:?} {points:?}");
            }
        }
    }
}
