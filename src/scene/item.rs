//! The display list: what canvas and exporters draw, final in every respect.

use super::highlight::Lit;
use crate::geom::{Origin, Path, Point, Rect};
use crate::layout::ownership::Holder;
use crate::model::Head;
use crate::model::{DepartmentId, LaneId, PersonaId, Said, StageId, TouchpointId};
use crate::text::Face;
use crate::theme::Color;
use std::sync::{Arc, OnceLock};

use crate::theme::Icon;

/// A whole picture. Groups are painted in order, items in their group in order.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width in map units.
    pub width: f64,
    /// Height in map units.
    pub height: f64,
    /// The paper.
    pub background: Color,
    /// Name of the picture for assistive tools.
    pub title: String,
    /// What the picture shows, for assistive tools.
    pub description: String,
    /// What is lit; everything else that can be dimmed is dimmed.
    pub lit: Lit,
    /// The parts; those with nothing in them keep a place.
    pub groups: Vec<Group>,
}

/// Items that move together; shared while what they show does not change.
#[derive(Clone, Debug)]
pub struct Group {
    /// Where the group's own (0, 0) lies on the map.
    pub origin: Origin,
    /// What stays in view when the map is panned.
    pub pin: Pin,
    /// What it draws.
    pub body: Arc<Body>,
}

/// The content of a group, in its own coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// A box around all items, in group coordinates.
    pub bounds: Rect,
    /// What is drawn, back to front; runs of one subject are adjacent, in reading order.
    pub items: Vec<Item>,
    /// What the items show; [`Item::subject`] is an index into it.
    pub subjects: Vec<Subject>,
}

impl Body {
    /// Nothing, shared by all groups that are empty.
    pub fn nothing() -> Arc<Body> {
        static NOTHING: OnceLock<Arc<Body>> = OnceLock::new();
        let body = || Body {
            bounds: Rect::EMPTY,
            items: Vec::new(),
            subjects: Vec::new(),
        };
        Arc::clone(NOTHING.get_or_init(|| Arc::new(body())))
    }
}

/// Which edge of the window a group clings to while the map is panned under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pin {
    /// Moves with the map.
    #[default]
    None,
    /// The stage band: x moves with the map, y never leaves the top of the view.
    Top,
    /// Lane titles: y moves with the map, x never leaves the left of the view.
    Left,
    /// Both: the corner where the two meet.
    Corner,
}

/// A thing of the map that items stand for, with words for assistive tools.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Which thing.
    pub tag: Tag,
    /// Its name.
    pub title: Box<str>,
    /// What there is to know about it.
    pub description: Box<str>,
    /// Marks that its items bear for highlighting.
    pub marks: Marks,
    /// Where it can be pointed at, in group coordinates; [`Rect::EMPTY`]: nowhere.
    pub area: Rect,
}

/// What an item stands for. There are hundreds of thousands: what is rare is boxed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// The frame of the picture: hairlines, rulers, what stands there by itself.
    Frame,
    /// The map itself: its title and what it is about.
    Map,
    /// A persona above the stages.
    Persona(PersonaId),
    /// A stage in the band.
    Stage(StageId),
    /// A lane title.
    Lane(LaneId),
    /// The card of a touchpoint.
    Card(TouchpointId),
    /// What a lane says about a touchpoint.
    Cell(LaneId, TouchpointId),
    /// A face on the curve of a persona, or the part of the curve from there on.
    Face(TouchpointId, Option<PersonaId>),
    /// A path between two touchpoints.
    Path {
        /// Where it starts.
        from: TouchpointId,
        /// Where it leads.
        to: TouchpointId,
    },
    /// A department, as the title of its row.
    Department(DepartmentId),
    /// What somebody has in a stage; without one, all that nobody has or that is
    /// of unknown owners.
    Owned(Box<(Holder, Option<StageId>)>),
    /// The mark that says whose a stage is.
    StageOwner(StageId),
    /// The ways on which the customer passes from the one to the other.
    Handoff(Box<(Holder, Holder)>),
}

impl Tag {
    /// The touchpoint it is about, where it is about one.
    pub fn touchpoint(&self) -> Option<&TouchpointId> {
        match self {
            Tag::Card(id) | Tag::Cell(_, id) | Tag::Face(id, _) => Some(id),
            Tag::Frame
            | Tag::Map
            | Tag::Persona(_)
            | Tag::Stage(_)
            | Tag::Lane(_)
            | Tag::Path { .. }
            | Tag::Department(_)
            | Tag::Owned(..)
            | Tag::StageOwner(_)
            | Tag::Handoff(..) => None,
        }
    }
}

/// A set of marks that highlighting knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks(u8);

impl Marks {
    /// No mark.
    pub const NONE: Marks = Marks(0);
    /// Nobody owns it.
    pub const UNOWNED: Marks = Marks(1);
    /// It hurts.
    pub const PAIN: Marks = Marks(2);
    /// Never dimmed: the frame of the picture.
    pub const FRAME: Marks = Marks(128);

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// Without the marks in `other`.
    #[must_use]
    pub const fn without(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }

    /// Whether the sets share a mark.
    pub const fn meets(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What to draw.
    pub shape: Shape,
    /// Index into [`Body::subjects`].
    pub subject: u32,
    /// At which zoom it is drawn. Exports draw what is drawn at zoom 1.
    pub zoom: ZoomRange,
}

/// From which zoom (inclusive) to which (exclusive) something is drawn; zoom 1
/// is one map unit to one pixel. In hundredths, because every item has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoomRange {
    from: u8,
    /// [`ENDLESS`]: without end.
    to: u8,
}

const ENDLESS: u8 = u8::MAX;

impl ZoomRange {
    /// Drawn at every zoom.
    pub const ALL: ZoomRange = ZoomRange {
        from: 0,
        to: ENDLESS,
    };

    /// Drawn only from this zoom on, which is less than 2.5.
    pub const fn from(zoom: f32) -> ZoomRange {
        ZoomRange {
            from: hundredths(zoom),
            to: ENDLESS,
        }
    }

    /// Drawn only below this zoom, which is less than 2.5.
    pub const fn below(zoom: f32) -> ZoomRange {
        ZoomRange {
            from: 0,
            to: hundredths(zoom),
        }
    }

    /// Drawn only between these zooms, which are less than 2.5.
    pub const fn between(from: f32, to: f32) -> ZoomRange {
        ZoomRange {
            from: hundredths(from),
            to: hundredths(to),
        }
    }

    /// Whether something is drawn at this zoom.
    pub fn holds(self, zoom: f32) -> bool {
        let [from, to] = self.bounds();
        from.is_none_or(|from| zoom >= from) && to.is_none_or(|to| zoom < to)
    }

    /// Where it begins and where it ends, where it does.
    pub fn bounds(self) -> [Option<f32>; 2] {
        let zoom = |hundredths: u8| f32::from(hundredths) / 100.0;
        let (from, to) = (self.from, self.to);
        [
            (from > 0).then(|| zoom(from)),
            (to < ENDLESS).then(|| zoom(to)),
        ]
    }
}

const fn hundredths(zoom: f32) -> u8 {
    (zoom * 100.0 + 0.5) as u8
}

/// The shapes that every backend draws.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with round corners; with a radius of half its side, a disc.
    Rect {
        /// Where.
        rect: Rect,
        /// Corner radius in map units.
        radius: f32,
        /// Inside.
        fill: Option<Color>,
        /// Outline, centred on the edge.
        stroke: Option<Stroke>,
    },
    /// Lines and curves.
    Path {
        /// Where.
        path: Arc<Path>,
        /// Inside, by the non-zero rule.
        fill: Option<Color>,
        /// Along the line.
        stroke: Option<Stroke>,
    },
    /// One finished line of text.
    Text(TextLine),
    /// A picture that travels with the map; where it cannot be decoded, nothing.
    Image {
        /// The bytes of a PNG or JPEG file.
        bytes: Arc<[u8]>,
        /// What the bytes say about themselves.
        head: Head,
        /// Where. A round one fills it, the middle of the picture cut out.
        rect: Rect,
        /// Cut to the disc in the rectangle, which is a square.
        round: bool,
    },
    /// A drawn icon.
    Icon {
        /// Which.
        icon: Icon,
        /// The square it fills.
        rect: Rect,
        /// Its colour.
        color: Color,
    },
}

/// One line of text, broken and placed by layout.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// Left end of the baseline, for right-to-left text too.
    pub at: Point,
    /// The words.
    pub text: Arc<str>,
    /// Which face.
    pub face: Face,
    /// Em size in map units.
    pub size: f32,
    /// Its colour.
    pub color: Color,
    /// Width as laid out, in map units.
    pub width: f32,
    /// Which text of its subject it is of, where that can be written on the map.
    pub said: Option<Said>,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Width in map units.
    pub width: f32,
    /// Colour.
    pub color: Color,
    /// Solid or broken.
    pub dash: Dash,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(width: f32, color: Color) -> Stroke {
        Stroke {
            width,
            color,
            dash: Dash::Solid,
        }
    }
}

/// Solid or broken lines. Lengths are multiples of the line width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// Long strokes: 4 on, 3 off.
    Dashed,
    /// Round dots: 0 on with round ends, 2.5 off.
    Dotted,
}

impl Dash {
    /// Lengths on and off in multiples of the line width; `None` for a solid line.
    pub fn pattern(self) -> Option<[f32; 2]> {
        match self {
            Dash::Solid => None,
            Dash::Dashed => Some([4.0, 3.0]),
            Dash::Dotted => Some([0.01, 2.5]),
        }
    }
}

/// How strongly dimmed items are still drawn, 0 … 1.
pub const DIMMED: f32 = 0.18;

impl Scene {
    /// The opacity of a subject's items under the highlight in force, 0 … 1.
    pub fn opacity(&self, subject: &Subject) -> f32 {
        if self.lit.is_everything() || self.lit.subject(subject) {
            1.0
        } else {
            DIMMED
        }
    }
}
