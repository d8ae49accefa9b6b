//! The scene of a slide as native shapes: one group a lane, in it one group an object, with texts
//! inside their shapes and routes as connectors.
//!
//! Must not know: XML, slides beside this one.

use super::curves::Curves;
use super::images::Images;
use super::node::{EMU, EMU_PER_POINT, Frame, Geometry, Group, Label, Line, NativeShape, Node};
use super::text_body::{PlacedLine, Text, body, label};
use crate::export::exported_items;
use crate::geom::{Origin, Path, Point, Rect, pt};
use crate::scene::{
    GroupKey, ObjectId, Scene, SceneItem, SceneObject, Shape, Stroke, TextLine, Tone,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// A scene on a slide.
pub(super) struct SlideScene<'a> {
    pub(super) scene: &'a Scene,
    /// Place of the scene's (0, 0) on the slide.
    pub(super) origin: (f64, f64),
    /// Slide units a map unit.
    pub(super) scale: f64,
    /// The x positions in the scene of which the slide shows the objects.
    pub(super) columns: Range<f64>,
    /// Zoom of the items.
    pub(super) zoom: f32,
    /// Whether texts that nobody can read are left out.
    pub(super) omits_tiny_text: bool,
}

/// Minimum type size in PowerPoint.
const MIN_SIZE: f64 = EMU_PER_POINT;

/// Part of a slide, in painting and reading order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum SlideSection {
    Header,
    Free,
    Stages,
    Lane(usize),
}

impl SlideSection {
    fn of(key: GroupKey) -> SlideSection {
        match key {
            GroupKey::Header => SlideSection::Header,
            GroupKey::Unnamed | GroupKey::FoldedStage(_) => SlideSection::Free,
            GroupKey::Stage(_) | GroupKey::StageTexts(_) | GroupKey::StageOverview(_) => {
                SlideSection::Stages
            }
            GroupKey::LaneBackground(lane)
            | GroupKey::LaneTitle(lane)
            | GroupKey::Connectors(lane, _)
            | GroupKey::LaneContent(lane, _) => SlideSection::Lane(lane),
        }
    }
}

/// An object with its items in all groups of a section.
pub(super) struct ObjectItems<'a> {
    pub(super) object: &'a SceneObject,
    /// Origin of the group in which the object is first.
    origin: Origin,
    pub(super) items: Vec<(Origin, &'a SceneItem)>,
    pub(super) is_title: bool,
    /// Whether it lies among the steps of a stage, not under all of them.
    pub(super) is_in_stage: bool,
}

impl<'a> SlideScene<'a> {
    /// The number of items drawn.
    pub(super) fn item_count(&self) -> usize {
        let groups = self.scene.groups.iter();
        groups
            .map(|group| exported_items(group, self.zoom).count())
            .sum()
    }

    /// The shapes of the scene; images are added to `images`.
    pub(super) fn nodes(&self, images: &mut Images) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (section, objects) in self.sections() {
            let title = objects.iter().find(|of| of.is_title);
            let name = match (section, title) {
                (SlideSection::Header, _) => "About the map".to_owned(),
                (SlideSection::Stages, _) => "Stages".to_owned(),
                (_, Some(title)) => format!("Lane: {}", title.object.title),
                (_, None) => String::new(),
            };
            let mut children = Vec::new();
            let mut curves = Curves::default();
            for object in &objects {
                children.extend(self.object(object, &mut curves, images));
            }
            // Curves are behind the faces.
            let mut behind = curves.nodes();
            let first = children
                .iter()
                .position(|node| matches!(node, Node::Group(_)));
            let rest = children.split_off(first.unwrap_or(children.len()));
            children.append(&mut behind);
            children.extend(rest);
            if name.is_empty() || children.len() < 2 {
                nodes.append(&mut children);
            } else {
                nodes.push(Node::Group(Group {
                    label: Label::named(name),
                    children,
                }));
            }
        }
        nodes
    }

    /// The objects by section, those of one identity put together.
    fn sections(&self) -> BTreeMap<SlideSection, Vec<ObjectItems<'a>>> {
        let mut sections: BTreeMap<SlideSection, Vec<ObjectItems<'a>>> = BTreeMap::new();
        let mut known: FxHashMap<(SlideSection, &ObjectId), usize> = FxHashMap::default();
        let mut order: Vec<_> = self.scene.groups.iter().collect();
        // The titles of lanes are read before their content.
        order.sort_by_key(|group| {
            !matches!(
                group.key,
                GroupKey::LaneBackground(_) | GroupKey::LaneTitle(_)
            )
        });
        for group in order {
            let section = SlideSection::of(group.key);
            let items: Vec<&SceneItem> = exported_items(group, self.zoom).collect();
            for run in items.chunk_by(|a, b| a.object == b.object) {
                let Some(first) = run.first() else { continue };
                let Some(object) = group.content.objects.get(first.object as usize) else {
                    continue;
                };
                let of = sections.entry(section).or_default();
                let is_curve = object.id.is_feeling() && object.area.is_empty();
                let is_single = object.id == ObjectId::Chrome || object.id.is_path() || is_curve;
                let at = (!is_single)
                    .then(|| known.get(&(section, &object.id)).copied())
                    .flatten();
                let at = at.unwrap_or_else(|| {
                    of.push(ObjectItems {
                        object,
                        origin: group.origin,
                        items: Vec::new(),
                        is_title: matches!(group.key, GroupKey::LaneTitle(_)),
                        is_in_stage: group.key.stage().is_some(),
                    });
                    of.len() - 1
                });
                if !is_single {
                    known.insert((section, &object.id), at);
                }
                if let Some(known) = of.get_mut(at) {
                    known
                        .items
                        .extend(run.iter().map(|item| (group.origin, *item)));
                }
            }
        }
        sections
    }

    /// The shapes of one object.
    fn object(&self, of: &ObjectItems<'a>, curves: &mut Curves, images: &mut Images) -> Vec<Node> {
        let object = of.object;
        let tone = self.scene.tone(object);
        if object.id.is_feeling() && object.area.is_empty() {
            self.add_to_curves(of, tone, curves);
            return Vec::new();
        }
        let is_chrome = object.id == ObjectId::Chrome;
        let items = if object.id.is_path() {
            let (nodes, rest) = self.route(of, tone);
            if rest.is_empty() {
                return nodes;
            }
            return [nodes, self.shapes(of, &rest, tone, images)].concat();
        } else if is_chrome || of.is_title || self.is_shown(of) {
            of.items.clone()
        } else {
            return Vec::new();
        };
        let mut children = self.shapes(of, &items, tone, images);
        if is_chrome || of.is_title {
            return children;
        }
        match children.len() {
            0 => Vec::new(),
            1 => {
                if let Some(Node::Shape(shape)) = children.first_mut() {
                    shape.label = self.label(of);
                }
                children
            }
            _ => vec![Node::Group(Group {
                label: self.label(of),
                children,
            })],
        }
    }

    /// Adds the pieces of an object to the curves that they belong to.
    fn add_to_curves(&self, of: &ObjectItems<'a>, tone: Tone, curves: &mut Curves) {
        for (origin, item) in &of.items {
            let Shape::Path { path, fill, stroke } = &item.shape else {
                continue;
            };
            let (left, right) = self.cut(*origin);
            let path = path
                .unpack()
                .between(&(left..right), fill.is_some())
                .map(|p| {
                    let (x, y) = self.place(*origin, p);
                    pt(x as f32, y as f32)
                });
            if let Some(fill) = fill {
                curves.add_area(tone.fill(self.scene.colors.color(*fill)), path);
            } else if let Some(stroke) = stroke {
                curves.add_line(&of.object.description, self.line(stroke, tone), path);
            }
        }
    }

    /// Whether the middle of an object is in the columns of the slide.
    fn is_shown(&self, of: &ObjectItems<'_>) -> bool {
        let bounds = |all: Rect, (origin, item): &(Origin, &SceneItem)| {
            let by = pt(
                (origin.x - of.origin.x) as f32,
                (origin.y - of.origin.y) as f32,
            );
            all.union(&item.shape.bounds().translate(by))
        };
        let area = match of.object.area {
            area if !area.is_empty() => area,
            _ => of.items.iter().fold(Rect::EMPTY, bounds),
        };
        self.columns
            .contains(&(of.origin.x + f64::from(area.center().x)))
    }

    pub(super) fn label(&self, of: &ObjectItems<'_>) -> Label {
        let object = of.object;
        let noun = object.id.object().map_or("", |object| object.noun());
        let texts = of.items.iter().filter_map(|(_, item)| match &item.shape {
            Shape::Text(line) => Some(&*line.text),
            _ => None,
        });
        let title = match &*object.title {
            "" => texts.take(2).collect::<Vec<_>>().join(" "),
            title => title.to_owned(),
        };
        let name = match (noun, &*title) {
            ("", title) => title.to_owned(),
            (noun, "") => noun.to_owned(),
            (noun, title) => format!("{noun}: {title}"),
        };
        Label {
            name,
            description: object.description.to_string(),
            is_decorative: false,
        }
    }

    /// The x positions of the columns of the slide, relative to an origin.
    pub(super) fn cut(&self, origin: Origin) -> (f32, f32) {
        let Range { start, end } = self.columns;
        ((start - origin.x) as f32, (end - origin.x) as f32)
    }

    /// The items of an object as shapes, its texts inside that around them.
    fn shapes(
        &self,
        of: &ObjectItems<'a>,
        items: &[(Origin, &'a SceneItem)],
        tone: Tone,
        images: &mut Images,
    ) -> Vec<Node> {
        let mut shapes: Vec<NativeShape> = Vec::new();
        let mut lines: Vec<PlacedLine<'a>> = Vec::new();
        for (origin, item) in items {
            match &item.shape {
                Shape::Text(line) => lines.extend(self.text_line(*origin, line, tone)),
                shape => shapes.extend(self.drawn(of, *origin, shape, tone, images)),
            }
        }
        let is_route = of.object.id.is_path();
        if is_route && !lines.is_empty() {
            self.move_inside(&mut lines);
        }
        let mut texts = Text::of(&lines);
        let around = |shape: &NativeShape| {
            let is_ground =
                shape.fill.is_some() && !matches!(shape.geometry, Geometry::Connector(_));
            is_ground
                && lines
                    .first()
                    .is_some_and(|line| shape.frame.contains(line.x + line.width / 2.0, line.y))
        };
        let container = shapes.iter_mut().find(|shape| around(shape));
        let separate = of.object.id == ObjectId::Chrome || of.is_title;
        let mut more = Vec::new();
        if let Some(container) = container.filter(|_| !separate) {
            let frame = container.frame;
            let (inside, outside): (Vec<_>, Vec<_>) = texts.into_iter().partition(|text| {
                frame.contains(text.frame().x, text.frame().y + text.frame().height / 2.0)
            });
            let (body, beside) = body(inside, &frame);
            container.text = Some(body);
            container.glue = Some(of.object.id.clone());
            container.label = Label::named("Card");
            texts = [outside, beside].concat();
        } else if !separate && texts.len() > 1 {
            let frame = texts
                .iter()
                .map(Text::frame)
                .reduce(|all, frame| all.union(&frame));
            if let Some(frame) = frame {
                let frame = Frame {
                    width: frame.width * 1.03 + EMU,
                    ..frame
                };
                let (mut body, beside) = body(texts, &frame);
                body.shrinks = false;
                let mut shape = NativeShape::new(Label::named("Text"), frame, Geometry::Rectangle);
                shape.text = Some(body);
                more.push(shape);
                texts = beside;
            }
        }
        let center = shapes
            .last()
            .map(|shape| shape.frame.x + shape.frame.width / 2.0);
        for text in &texts {
            let (body, frame) = label(text, center);
            let name: String = text.text().chars().take(40).collect();
            let mut shape = NativeShape::new(Label::named(name), frame, Geometry::Rectangle);
            shape.text = Some(body);
            more.push(shape);
        }
        let all = shapes.into_iter().chain(more);
        all.map(|shape| Node::Shape(Box::new(shape))).collect()
    }

    fn text_line(&self, origin: Origin, line: &'a TextLine, tone: Tone) -> Option<PlacedLine<'a>> {
        let size = f64::from(line.size) * self.scale;
        if (self.omits_tiny_text && size < MIN_SIZE) || line.is_map_title() {
            return None;
        }
        let (x, y) = self.place(origin, line.at);
        Some(PlacedLine {
            line,
            x,
            y,
            width: f64::from(line.width) * self.scale,
            size,
            color: tone.text(self.scene.colors.color(line.color)),
        })
    }

    /// A freeform along a path.
    pub(super) fn free(&self, label: Label, origin: Origin, path: &Path) -> NativeShape {
        let bounds = path.bounds();
        let scale = self.scale as f32;
        let path = path.map(|p| pt((p.x - bounds.min.x) * scale, (p.y - bounds.min.y) * scale));
        NativeShape::new(label, self.frame(origin, &bounds), Geometry::Free(path))
    }

    pub(super) fn line(&self, stroke: &Stroke, tone: Tone) -> Line {
        Line {
            width: f64::from(stroke.width) * self.scale,
            color: tone.line(self.scene.colors.color(stroke.color)),
            dash: stroke.dash,
            arrow: None,
        }
    }

    pub(super) fn place(&self, origin: Origin, p: Point) -> (f64, f64) {
        (
            self.origin.0 + (origin.x + f64::from(p.x)) * self.scale,
            self.origin.1 + (origin.y + f64::from(p.y)) * self.scale,
        )
    }

    pub(super) fn frame(&self, origin: Origin, rect: &Rect) -> Frame {
        let (x, y) = self.place(origin, rect.min);
        Frame {
            x,
            y,
            width: f64::from(rect.width().max(0.0)) * self.scale,
            height: f64::from(rect.height().max(0.0)) * self.scale,
        }
    }
}
