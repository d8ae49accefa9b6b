//! Routes between touchpoints as connectors with arrowheads.
//!
//! Must not know: XML.

use super::connector::connector;
use super::node::{Arrow, Geometry, Line, NativeShape, Node};
use super::slide_scene::{ObjectItems, SlideScene};
use super::text_body::PlacedLine;
use crate::geom::{Origin, Point, Segment};
use crate::scene::{SceneItem, Shape, Tone};

impl<'a> SlideScene<'a> {
    /// The line of a route as a connector with its arrowhead, and the other items.
    pub(super) fn route(
        &self,
        of: &ObjectItems<'a>,
        tone: Tone,
    ) -> (Vec<Node>, Vec<(Origin, &'a SceneItem)>) {
        let mut rest: Vec<(Origin, &SceneItem)> = Vec::new();
        let mut nodes = Vec::new();
        let ends = of.object.id.path_ends();
        let mut items = of.items.iter().peekable();
        while let Some((origin, item)) = items.next() {
            let Shape::Path {
                path,
                fill: None,
                stroke: Some(stroke),
            } = &item.shape
            else {
                rest.push((*origin, item));
                continue;
            };
            if !nodes.is_empty() {
                rest.push((*origin, item));
                continue;
            }
            let whole = path.unpack();
            let head =
                items.next_if(|(_, next)| matches!(&next.shape, Shape::Path { fill: Some(_), .. }));
            let head = head.map(|(_, head)| &head.shape);
            let (left, right) = self.cut(*origin);
            let shown = whole.between(&(left..right), false);
            let (Some((_, end)), Some((_, shown_end))) = (whole.endpoints(), shown.endpoints())
            else {
                continue;
            };
            let tip = head
                .filter(|_| end == shown_end)
                .and_then(|head| tip(head, end));
            let arrow = tip.map(|tip| match head {
                Some(Shape::Path {
                    stroke: Some(_), ..
                }) => (Arrow::Hollow, tip),
                _ => (Arrow::Filled, tip),
            });
            let line = Line {
                arrow: arrow.map(|(arrow, _)| arrow),
                ..self.line(stroke, tone)
            };
            let place = |p: Point| self.place(*origin, p);
            let label = self.label(of);
            // A route to another slide ends at the edge, and is glued to nothing.
            let ends = ends.clone().filter(|_| shown == whole);
            let mut shape = match connector(&shown, tip, place, ends) {
                Some((connector, frame)) => {
                    NativeShape::new(label, frame, Geometry::Connector(connector))
                }
                None => {
                    let last = tip.map_or(shown.clone(), |tip| shown.clone().line(tip));
                    self.free(label, *origin, &last)
                }
            };
            shape.line = Some(line);
            nodes.push(Node::Shape(Box::new(shape)));
        }
        // A label may lie apart from its line, in the columns of another slide.
        if nodes.is_empty() {
            rest.retain(|(origin, item)| {
                let middle = f64::from(item.shape.bounds().center().x);
                self.columns.contains(&(origin.x + middle))
            });
        }
        (nodes, rest)
    }

    /// Moves the label of a route that leaves the columns of the slide back into them.
    pub(super) fn move_inside(&self, lines: &mut [PlacedLine<'_>]) {
        let right = lines
            .iter()
            .map(|line| line.x + line.width)
            .fold(f64::NEG_INFINITY, f64::max);
        let edge = self.origin.0 + self.columns.end * self.scale;
        let by = (right - edge).max(0.0);
        if by.is_finite() {
            for line in lines {
                line.x -= by;
            }
        }
    }
}

/// The tip of an arrowhead: the corner farthest from the end of its line.
fn tip(head: &Shape, end: Point) -> Option<Point> {
    let Shape::Path { path, .. } = head else {
        return None;
    };
    let distance = |p: &Point| (p.x - end.x).hypot(p.y - end.y);
    let corners = path
        .unpack()
        .0
        .into_iter()
        .filter_map(|segment| match segment {
            Segment::Move(p) | Segment::Line(p) => Some(p),
            _ => None,
        });
    corners.max_by(|a, b| distance(a).total_cmp(&distance(b)))
}
