//! The display list: the final input of canvas and exporters.
//!
//! Must not know: how anything is drawn, how it was laid out.

use super::packed_path::PackedPath;
use crate::geom::{Origin, Point, Rect};
use crate::layout::baseline;
use crate::layout::ownership::Owner;
use crate::model::{Field, ImageHeader, ObjectRef, StageId, TouchpointId};
use crate::text::{Face, LineEnd, Style};
use crate::theme::size::LEADING;
use crate::theme::{ColorRole, Icon};
use ecow::EcoString;
use std::sync::{Arc, LazyLock};

/// Items that move together; shared while their content does not change.
#[derive(Clone, Debug)]
pub struct Group {
    /// Address of the group in its scene.
    pub key: GroupKey,
    /// Position of the group's own (0, 0) on the map.
    pub origin: Origin,
    /// Behaviour when the map is panned.
    pub pin: Pin,
    /// The content.
    pub content: Arc<GroupContent>,
}

/// The content of a group, in its own coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupContent {
    /// Bounding box of all items, in group coordinates.
    pub bounds: Rect,
    /// The items, back to front; runs of one object are adjacent, in reading order.
    pub items: Vec<SceneItem>,
    /// The objects shown by the items; [`SceneItem::object`] is an index into them.
    pub objects: Vec<SceneObject>,
    /// Parts of the objects that tools ask for, besides the areas of the objects.
    pub parts: Vec<ScenePart>,
    /// The items that are numbers of steps.
    pub numbers: Vec<NumberItem>,
}

/// A text item that is the number of a step, so that another number is written without drawing the
/// group again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberItem {
    /// Index of the item.
    pub item: u32,
    /// Index of the step in its stage.
    pub step: u32,
    /// Left end of the text, or its right end.
    pub x: f32,
    /// Whether the text ends at `x`.
    pub is_right_aligned: bool,
}

/// Address of a group; lanes and stages by place in the layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GroupKey {
    /// A group that nothing asks for.
    #[default]
    Unnamed,
    /// Title, scenario and personas.
    Header,
    /// The background of a folded stage below the band; nothing under others.
    FoldedStage(usize),
    /// The background of a lane.
    LaneBackground(usize),
    /// The lines between the pills of a lane in a stage.
    Connectors(usize, usize),
    /// The content of a lane in a stage.
    LaneContent(usize, usize),
    /// A stage on the band, without its texts.
    Stage(usize),
    /// The texts of a stage on the band.
    StageTexts(usize),
    /// The name of a stage on the band at overview zoom.
    StageOverview(usize),
    /// The title of a lane.
    LaneTitle(usize),
}

impl GroupKey {
    /// The stage whose content the group shows, by place in the layout.
    pub fn stage(self) -> Option<usize> {
        match self {
            GroupKey::Connectors(_, stage)
            | GroupKey::LaneContent(_, stage)
            | GroupKey::Stage(stage)
            | GroupKey::StageTexts(stage)
            | GroupKey::StageOverview(stage) => Some(stage),
            _ => None,
        }
    }
}

/// A part of an object, in group coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScenePart {
    /// Index of the object.
    pub object: u32,
    /// Meaning of the part.
    pub kind: PartKind,
    /// Position; without size for a point.
    pub rect: Rect,
}

/// Meaning of a part of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// The frame of an image, even if the image cannot be shown.
    Picture,
    /// The point at which a path starts.
    PathStart,
    /// The point at which a path ends.
    PathEnd,
    /// The mark of a handoff across a path.
    HandoffMark,
    /// A link; its address is the description of the object.
    Link,
    /// The object as a whole: a card, a stage on the band, a lane title, the content of a cell, a
    /// face, or the label beside a face.
    Whole,
}

impl GroupContent {
    /// The empty content, shared by all empty groups.
    pub fn empty() -> Arc<GroupContent> {
        static NOTHING: LazyLock<Arc<GroupContent>> = LazyLock::new(Arc::default);
        Arc::clone(&NOTHING)
    }
}

impl Default for GroupContent {
    fn default() -> Self {
        GroupContent {
            bounds: Rect::EMPTY,
            items: Vec::new(),
            objects: Vec::new(),
            parts: Vec::new(),
            numbers: Vec::new(),
        }
    }
}

/// Edge of the window to which a group is pinned while the map is panned under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pin {
    /// Not pinned: moves with the map.
    #[default]
    None,
    /// The stage band: x moves with the map, y stays at the top of the view or below.
    Top,
    /// Lane titles: y moves with the map, x stays at the left of the view or right of it.
    Left,
    /// Both: the corner of band and titles.
    Corner,
    /// The texts of a stage: moves right along its stage, as far as it must to stay right of the
    /// lane titles.
    Along {
        /// The furthest way to the right, in map units.
        most: u32,
        /// Whether y is pinned as well, as with [`Pin::Top`].
        is_on_top: bool,
    },
}

impl Pin {
    /// The furthest way along a stage, in map units; 0 for other groups.
    pub fn most_along(self) -> f64 {
        match self {
            Pin::Along { most, .. } => f64::from(most),
            _ => 0.0,
        }
    }
}

/// Distance that texts of a stage keep from the lane titles when they move along, in map units.
pub const ALONG_INSET: f64 = 14.0;

/// An object of the map shown by items, with texts for assistive tools.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneObject {
    /// Identity of the object.
    pub id: ObjectId,
    /// Name of the object.
    pub title: Box<str>,
    /// Description of the object.
    pub description: Box<str>,
    /// Marks of its items for highlighting.
    pub marks: Marks,
    /// Pointer area in group coordinates; [`Rect::EMPTY`] for none.
    pub area: Rect,
}

/// Identity of a scene object: an object of the map, or something drawn that is none. Rare large
/// variants are boxed, because there are hundreds of thousands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ObjectId {
    /// Chrome: hairlines, rulers and other elements that show no object.
    Chrome,
    /// An object of the map. A stage is shown by its place in the band, a lane by its title, a
    /// department by the header of its row, a feeling by its face or the piece of the curve that
    /// starts there.
    Object(ObjectRef),
    /// A cell of the ownership matrix; without a stage, the row of no owner or of unknown owners.
    OwnershipCell(Box<(Owner, Option<StageId>)>),
    /// The mark of a stage's owner.
    StageOwner(StageId),
    /// The place of a folded stage below the band.
    FoldedStage(StageId),
    /// The handoffs from one owner to another.
    Handoff(Box<(Owner, Owner)>),
}

impl ObjectId {
    /// The object of the map, if it is one.
    pub fn object(&self) -> Option<&ObjectRef> {
        match self {
            ObjectId::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Whether it is a stage.
    pub fn is_stage(&self) -> bool {
        matches!(self.object(), Some(ObjectRef::Stage(_)))
    }

    /// Whether it is a path between touchpoints.
    pub fn is_path(&self) -> bool {
        matches!(self.object(), Some(ObjectRef::Path { .. }))
    }

    /// Whether it is a feeling.
    pub fn is_feeling(&self) -> bool {
        matches!(self.object(), Some(ObjectRef::Feeling(..)))
    }

    /// The touchpoints at both ends, if it is a path.
    pub fn path_ends(&self) -> Option<[ObjectId; 2]> {
        match self.object()? {
            ObjectRef::Path { from, to, .. } => {
                Some([from, to].map(|id| ObjectRef::Touchpoint(id.clone()).into()))
            }
            _ => None,
        }
    }

    /// The touchpoint of this object, if it belongs to one; none for a path, which belongs to two.
    pub fn touchpoint(&self) -> Option<&TouchpointId> {
        match self.object()? {
            ObjectRef::Path { .. } => None,
            object => object.touchpoint(),
        }
    }
}

impl From<ObjectRef> for ObjectId {
    fn from(object: ObjectRef) -> ObjectId {
        ObjectId::Object(object)
    }
}

/// A set of marks for highlighting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks(u8);

impl Marks {
    /// No mark.
    pub const NONE: Marks = Marks(0);
    /// No owner.
    pub const UNOWNED: Marks = Marks(1);
    /// At least one pain.
    pub const PAIN: Marks = Marks(2);
    /// Chrome, which is never dimmed.
    pub const CHROME: Marks = Marks(128);

    /// The union of both sets.
    #[must_use]
    pub const fn with(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// The set without the marks in `other`.
    #[must_use]
    pub const fn without(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }

    /// Whether the sets share a mark.
    pub const fn intersects(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// An element of the display list.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneItem {
    /// The shape.
    pub shape: Shape,
    /// Index into [`GroupContent::objects`].
    pub object: u32,
    /// Zooms at which the item is drawn. An SVG has the items of zoom 1, a PNG those of its scale.
    pub zoom: ZoomRange,
}

/// Range of zooms, from inclusive to exclusive; zoom 1 is one map unit to one pixel. Stored in
/// hundredths, because every item has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ZoomRange {
    from: u8,
    /// Upper end; [`UNBOUNDED`] for none.
    to: u8,
}

const UNBOUNDED: u8 = u8::MAX;

impl ZoomRange {
    /// The range of all zooms.
    pub const ALL: ZoomRange = ZoomRange {
        from: 0,
        to: UNBOUNDED,
    };

    /// The range from this zoom on; must be less than 2.5.
    pub const fn from(zoom: f32) -> ZoomRange {
        let from = hundredths(zoom);
        ZoomRange {
            from,
            ..ZoomRange::ALL
        }
    }

    /// The range below this zoom; must be less than 2.5.
    pub const fn below(zoom: f32) -> ZoomRange {
        ZoomRange::between(0.0, zoom)
    }

    /// The range between these zooms; both must be less than 2.5.
    pub const fn between(from: f32, to: f32) -> ZoomRange {
        let (from, to) = (hundredths(from), hundredths(to));
        ZoomRange { from, to }
    }

    /// Whether an item with this range is drawn at this zoom.
    pub fn contains(self, zoom: f32) -> bool {
        let [from, to] = self.bounds();
        from.is_none_or(|from| zoom >= from) && to.is_none_or(|to| zoom < to)
    }

    /// Lower and upper end; `None` for an open end.
    pub fn bounds(self) -> [Option<f32>; 2] {
        let zoom = |hundredths: u8| f32::from(hundredths) / 100.0;
        let (from, to) = (self.from, self.to);
        [
            (from > 0).then(|| zoom(from)),
            (to < UNBOUNDED).then(|| zoom(to)),
        ]
    }
}

const fn hundredths(zoom: f32) -> u8 {
    (zoom * 100.0 + 0.5) as u8
}

/// The shapes that every backend draws.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with round corners; a disc if the radius is half its side.
    Rect {
        /// Position and size.
        rect: Rect,
        /// Corner radius in map units.
        radius: f32,
        /// Fill colour.
        fill: Option<ColorRole>,
        /// Outline, centred on the edge.
        stroke: Option<Stroke>,
    },
    /// Lines and curves.
    Path {
        /// The path.
        path: PackedPath,
        /// Fill colour, by the non-zero rule.
        fill: Option<ColorRole>,
        /// Stroke along the path.
        stroke: Option<Stroke>,
    },
    /// One placed line of text.
    Text(TextLine),
    /// An image embedded in the map; nothing if it cannot be decoded.
    Image {
        /// The file; boxed, because few items are images.
        source: Box<ImageSource>,
        /// Position and size. A round image covers it, cropped around its center.
        rect: Rect,
        /// Whether it is clipped to the disc in the rectangle, which is a square.
        round: bool,
    },
    /// A drawn icon.
    Icon {
        /// The icon.
        icon: Icon,
        /// The square it fills.
        rect: Rect,
        /// Its colour.
        color: ColorRole,
    },
}

impl Shape {
    /// Bounds of everything that a backend may paint for the shape.
    pub(crate) fn bounds(&self) -> Rect {
        match self {
            Shape::Rect { rect, stroke, .. } => rect.grow(stroke.map_or(0.0, |s| s.width)),
            Shape::Path { path, stroke, .. } => path.bounds().grow(stroke.map_or(0.0, |s| s.width)),
            Shape::Image { rect, .. } => *rect,
            Shape::Icon { rect, .. } => rect.grow(rect.width() / 8.0),
            // Letters of other scripts extend further up and down than the bundled ones.
            Shape::Text(TextLine {
                at, size, width, ..
            }) => Rect::new(at.x, at.y - size * 1.2, *width, size * 1.8).grow(size * 0.4),
        }
    }
}

/// An image file.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageSource {
    /// The bytes of a PNG or JPEG file.
    pub bytes: Arc<[u8]>,
    /// Media type and size read from the bytes.
    pub head: ImageHeader,
}

/// One line of text, broken and placed by layout.
///
/// The order of the fields leaves room for the tag of [`Shape`] behind the fields of the other
/// shapes, which saves eight bytes of each item.
#[derive(Clone, Debug, PartialEq)]
#[repr(C)]
pub struct TextLine {
    /// The text.
    pub text: EcoString,
    /// Left end of the baseline, for right-to-left text too.
    pub at: Point,
    /// Em size in map units.
    pub size: f32,
    /// Its colour.
    pub color: ColorRole,
    /// The face.
    pub face: Face,
    /// Continuation of the text in the next text item.
    pub end: LineEnd,
    /// Width as laid out, in map units.
    pub width: f32,
    /// The editable text this line belongs to, if it can be edited on the map.
    pub text_field: Option<Field>,
}

impl TextLine {
    /// Whether the line belongs to the title of the map.
    pub fn is_map_title(&self) -> bool {
        self.text_field == Some(Field::Title)
    }

    /// The box of the line, in group coordinates.
    pub fn bounds(&self) -> Rect {
        let style = Style {
            face: self.face,
            size: self.size,
        };
        let top = self.at.y - baseline(style);
        Rect::new(self.at.x, top, self.width, self.size * LEADING)
    }
}

/// The scene of a huge map has a million items.
const _: () = assert!(size_of::<SceneItem>() == 56);

/// Style of a stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Width in map units.
    pub width: f32,
    /// Colour.
    pub color: ColorRole,
    /// Dash pattern.
    pub dash: Dash,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(width: f32, color: ColorRole) -> Stroke {
        let dash = Dash::Solid;
        Stroke { width, color, dash }
    }

    /// A dashed line.
    pub const fn dashed(width: f32, color: ColorRole) -> Stroke {
        let dash = Dash::Dashed;
        Stroke { width, color, dash }
    }
}

/// Dash patterns. Lengths are multiples of the line width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Solid line.
    #[default]
    Solid,
    /// Long dashes: 4 on, 3 off.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_stay_small_because_there_are_hundreds_of_thousands() {
        assert_eq!(size_of::<ObjectId>(), size_of::<ObjectRef>());
        assert!(size_of::<ObjectId>() <= 40);
    }
}
