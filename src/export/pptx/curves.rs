//! The curves of feelings: pieces from step to step, joined to one freeform a persona.
//!
//! Must not know: XML.

use super::node::{Frame, Geometry, Label, Line, NativeShape, Node};
use super::slide_scene::SlideScene;
use crate::geom::{Origin, Path, Point, Segment, pt};
use crate::scene::{SceneItem, SceneObject, Shape, Tone};
use crate::theme::Color;

/// The curves of a lane.
#[derive(Default)]
pub(super) struct Curves {
    lines: Vec<Joined>,
    /// Areas between the curve and the neutral line, by colour.
    areas: Vec<(Color, Path)>,
}

/// A curve joined from pieces, in slide coordinates.
struct Joined {
    name: String,
    line: Line,
    path: Path,
}

/// Distance in slide units below which the end of a piece is the start of the next.
const SAME: f32 = 60.0;

impl Curves {
    /// Adds the pieces of an object.
    pub(super) fn add(
        &mut self,
        slide: &SlideScene<'_>,
        object: &SceneObject,
        items: &[(Origin, &SceneItem)],
        tone: Tone,
    ) {
        for (origin, item) in items {
            let Shape::Path { path, fill, stroke } = &item.shape else {
                continue;
            };
            let (left, right) = slide.cut(*origin);
            let path = path.unpack().between(left, right);
            let path = path.map(|p| slide_point(slide, *origin, p));
            if path.0.is_empty() {
                continue;
            }
            if let Some(fill) = fill {
                let color = tone.fill(slide.scene.colors.color(*fill));
                match self.areas.iter_mut().find(|(known, _)| *known == color) {
                    Some((_, area)) => area.0.extend(path.0),
                    None => self.areas.push((color, path)),
                }
            } else if let Some(stroke) = stroke {
                self.join(&object.description, slide.line(stroke, tone), path);
            }
        }
    }

    fn join(&mut self, name: &str, line: Line, path: Path) {
        let start = path.endpoints().map(|(start, _)| start);
        let continued = self.lines.iter_mut().find(|known| {
            let end = known.path.endpoints().map(|(_, end)| end);
            let near =
                |(a, b): (Point, Point)| (a.x - b.x).abs() < SAME && (a.y - b.y).abs() < SAME;
            known.line == line && end.zip(start).is_some_and(near)
        });
        match continued {
            Some(known) => {
                if known.name.is_empty() {
                    known.name = name.to_owned();
                }
                let pieces = path
                    .0
                    .into_iter()
                    .filter(|piece| !matches!(piece, Segment::Move(_)));
                known.path.0.extend(pieces);
            }
            None => self.lines.push(Joined {
                name: name.to_owned(),
                line,
                path,
            }),
        }
    }

    /// The curves as shapes, areas first.
    pub(super) fn nodes(self, slide: &SlideScene<'_>) -> Vec<Node> {
        let areas = self.areas.into_iter().map(|(color, path)| {
            let mut shape = free(
                slide,
                Label::decorative("Feelings above and below neutral"),
                &path,
            );
            shape.fill = Some(color);
            shape
        });
        let lines = self.lines.into_iter().map(|curve| {
            let name = match &*curve.name {
                "" => "Curve of feelings".to_owned(),
                name => format!("Curve of feelings: {name}"),
            };
            let mut shape = free(slide, Label::named(name), &curve.path);
            shape.line = Some(curve.line);
            shape
        });
        areas
            .chain(lines)
            .map(|shape| Node::Shape(Box::new(shape)))
            .collect()
    }
}

fn slide_point(slide: &SlideScene<'_>, origin: Origin, p: Point) -> Point {
    let along = |start: f64, at: f64| (start + at * slide.scale) as f32;
    pt(
        along(slide.origin.0, origin.x + f64::from(p.x)),
        along(slide.origin.1, origin.y + f64::from(p.y)),
    )
}

/// A freeform along a path in slide coordinates.
fn free(slide: &SlideScene<'_>, label: Label, path: &Path) -> NativeShape {
    let bounds = path.bounds();
    let frame = Frame {
        x: bounds.min.x.into(),
        y: bounds.min.y.into(),
        width: bounds.width().into(),
        height: bounds.height().into(),
    };
    let path = path.map(|p| pt(p.x - bounds.min.x, p.y - bounds.min.y));
    slide.shape(label, frame, Geometry::Free(path))
}
