//! The objects of a slide: shapes, connectors and pictures, and groups of them.
//!
//! Lengths are in English Metric Units, 914,400 to the inch.
//! Must not know: scenes, XML.

use crate::geom::Path;
use crate::scene::{Dash, ObjectId};
use crate::text::Face;
use crate::theme::Color;

/// English Metric Units in a map unit of 1/96 inch.
pub(super) const EMU: f64 = 9_525.0;
/// English Metric Units in a point.
pub(super) const EMU_PER_POINT: f64 = 12_700.0;

/// A shape or a group of shapes.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Shape(Box<NativeShape>),
    Group(Group),
}

/// Shapes that are selected and moved together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) label: Label,
    pub(super) children: Vec<Node>,
}

/// Name in the selection pane, and alternative text.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) description: String,
    /// Whether assistive tools pass over it.
    pub(super) is_decorative: bool,
}

impl Label {
    pub(super) fn named(name: impl Into<String>) -> Label {
        Label {
            name: name.into(),
            ..Label::default()
        }
    }

    pub(super) fn decorative(name: impl Into<String>) -> Label {
        Label {
            is_decorative: true,
            ..Label::named(name)
        }
    }
}

/// One shape.
#[derive(Clone, Debug)]
pub(super) struct NativeShape {
    pub(super) label: Label,
    pub(super) frame: Frame,
    pub(super) geometry: Geometry,
    pub(super) fill: Option<Color>,
    pub(super) line: Option<Line>,
    pub(super) text: Option<TextBody>,
    /// The object to which connectors are glued, if it is one.
    pub(super) glue: Option<ObjectId>,
}

/// Position and size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Frame {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Frame {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(super) fn union(&self, other: &Frame) -> Frame {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Frame {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    pub(super) fn contains(&self, x: f64, y: f64) -> bool {
        (self.x..=self.right()).contains(&x) && (self.y..=self.bottom()).contains(&y)
    }
}

/// The outline of a shape.
#[derive(Clone, Debug)]
pub(super) enum Geometry {
    Rectangle,
    /// A rectangle with round corners of this radius.
    Rounded(f64),
    Ellipse,
    /// A path, relative to the frame.
    Free(Path),
    Connector(Connector),
    Picture(Picture),
}

/// A connector between two points, in the words of ECMA-376, 20.1.10.56 and annex D.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Connector {
    /// Name of the preset geometry.
    pub(super) preset: &'static str,
    /// Whether the geometry is turned by a quarter, clockwise.
    pub(super) is_turned: bool,
    pub(super) flip_x: bool,
    pub(super) flip_y: bool,
    /// Positions of the bends, in 1/100,000 of the frame.
    pub(super) bends: Vec<f64>,
    /// The objects at the start and at the end, with the points where it meets them.
    pub(super) ends: Option<[(ObjectId, (f64, f64)); 2]>,
}

/// An image of the package.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    /// Number of the relationship of the slide.
    pub(super) image: usize,
    /// Number of the relationship of the same drawing as SVG.
    pub(super) svg: Option<usize>,
    /// Share of the width and of the height cut off at each side.
    pub(super) crop: (f64, f64),
    pub(super) is_round: bool,
    /// Opacity, 0 … 1.
    pub(super) opacity: f32,
}

/// A line along an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) width: f64,
    pub(super) color: Color,
    pub(super) dash: Dash,
    pub(super) arrow: Option<Arrow>,
}

/// An arrowhead at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Arrow {
    Filled,
    Hollow,
}

/// The text of a shape.
#[derive(Clone, Debug)]
pub(super) struct TextBody {
    /// Distance from the left, top and right edges.
    pub(super) insets: [f64; 3],
    /// Whether lines are broken at the right edge.
    pub(super) wraps: bool,
    /// Whether the text shrinks when it becomes too long; otherwise the shape grows.
    pub(super) shrinks: bool,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) pieces: Vec<Piece>,
    pub(super) align: Align,
    /// Distance from the paragraph above.
    pub(super) before: f64,
    /// Indentation of all lines at the left and at the right.
    pub(super) indent: f64,
    pub(super) right_indent: f64,
    /// The same of the first line, relative to the others.
    pub(super) first_indent: f64,
    /// Positions of tabs, each with whether the text ends there.
    pub(super) tabs: Vec<(f64, bool)>,
    /// Distance of the baselines.
    pub(super) leading: f64,
    /// Whether all its characters are in the bundled faces.
    pub(super) is_latin: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    RightToLeft,
}

/// A text in one style; a line feed breaks the line, a tab goes to the next tab position.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) face: Face,
    pub(super) color: Color,
}

impl Node {
    /// The area that it takes.
    fn frame(&self) -> Frame {
        match self {
            Node::Shape(shape) => shape.outer_frame(),
            Node::Group(group) => group.frame(),
        }
    }
}

impl Group {
    /// The area of all children.
    pub(super) fn frame(&self) -> Frame {
        let frames = self.children.iter().map(Node::frame);
        frames
            .reduce(|all, frame| all.union(&frame))
            .unwrap_or_default()
    }
}

impl NativeShape {
    /// A shape without paint and text.
    pub(super) fn new(label: Label, frame: Frame, geometry: Geometry) -> NativeShape {
        NativeShape {
            label,
            frame,
            geometry,
            fill: None,
            line: None,
            text: None,
            glue: None,
        }
    }

    /// The area that it takes; that of a turned connector has the other orientation.
    fn outer_frame(&self) -> Frame {
        match &self.geometry {
            Geometry::Connector(Connector {
                is_turned: true, ..
            }) => {
                let Frame {
                    x,
                    y,
                    width,
                    height,
                } = self.frame;
                let (middle_x, middle_y) = (x + width / 2.0, y + height / 2.0);
                Frame {
                    x: middle_x - height / 2.0,
                    y: middle_y - width / 2.0,
                    width: height,
                    height: width,
                }
            }
            _ => self.frame,
        }
    }
}
