//! The curves of feelings: pieces from step to step, joined to one freeform a persona.
//!
//! Must not know: scenes, XML.

use super::node::{Frame, Geometry, Label, Line, NativeShape, Node};
use crate::geom::{Path, Point, Segment, pt};
use crate::theme::Color;

/// The curves of a lane, in slide coordinates.
#[derive(Default)]
pub(super) struct Curves {
    lines: Vec<JoinedCurve>,
    /// Areas between the curve and the neutral line, by colour.
    areas: Vec<(Color, Path)>,
}

/// A curve joined from pieces.
struct JoinedCurve {
    name: String,
    line: Line,
    path: Path,
}

/// Distance in slide units below which the end of a piece is the start of the next.
const SAME: f32 = 60.0;

impl Curves {
    /// Adds a piece of the area between a curve and the neutral line.
    pub(super) fn add_area(&mut self, color: Color, path: Path) {
        match self.areas.iter_mut().find(|(known, _)| *known == color) {
            Some((_, area)) => area.0.extend(path.0),
            None => self.areas.push((color, path)),
        }
    }

    /// Adds a piece of a curve: to the one that ends at its start, or as a new one.
    pub(super) fn add_line(&mut self, name: &str, line: Line, path: Path) {
        let Some((start, _)) = path.endpoints() else {
            return;
        };
        let is_start = |p: Point| (p.x - start.x).abs() < SAME && (p.y - start.y).abs() < SAME;
        let continued = self.lines.iter_mut().find(|known| {
            let end = known.path.endpoints().map(|(_, end)| end);
            known.line == line && end.is_some_and(is_start)
        });
        match continued {
            Some(known) => {
                if known.name.is_empty() {
                    known.name = name.to_owned();
                }
                let pieces = path.0.into_iter();
                let pieces = pieces.filter(|piece| !matches!(piece, Segment::Move(_)));
                known.path.0.extend(pieces);
            }
            None => self.lines.push(JoinedCurve {
                name: name.to_owned(),
                line,
                path,
            }),
        }
    }

    /// The curves as shapes, areas first.
    pub(super) fn nodes(self) -> Vec<Node> {
        let areas = self
            .areas
            .into_iter()
            .filter(|(_, path)| !path.0.is_empty());
        let areas = areas.map(|(color, path)| {
            let mut shape = free(Label::decorative("Above and below neutral"), &path);
            shape.fill = Some(color);
            shape
        });
        let lines = self.lines.into_iter().map(|curve| {
            let name = match &*curve.name {
                "" => "Curve of feelings".to_owned(),
                name => format!("Curve of feelings: {name}"),
            };
            let mut shape = free(Label::named(name), &curve.path);
            shape.line = Some(curve.line);
            shape
        });
        let shapes = areas.chain(lines);
        shapes.map(|shape| Node::Shape(Box::new(shape))).collect()
    }
}

/// A freeform along a path in slide coordinates.
fn free(label: Label, path: &Path) -> NativeShape {
    let bounds = path.bounds();
    let frame = Frame {
        x: bounds.min.x.into(),
        y: bounds.min.y.into(),
        width: bounds.width().into(),
        height: bounds.height().into(),
    };
    let path = path.map(|p| pt(p.x - bounds.min.x, p.y - bounds.min.y));
    NativeShape::new(label, frame, Geometry::Free(path))
}
