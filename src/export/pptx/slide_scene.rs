//! The scene of a slide as native shapes: one group a lane, in it one group an object, with texts
//! inside their shapes and routes as connectors.
//!
//! Must not know: XML, slides beside this one.

use super::connector::connector;
use super::curves::Curves;
use super::images::Images;
use super::node::{
    Arrow, EMU, EMU_PER_POINT, Frame, Geometry, Group, Label, Line, NativeShape, Node, Picture,
};
use super::text_body::{PlacedLine, Text, body, label};
use crate::export::exported_items;
use crate::geom::{Origin, Path, Point, Rect, pt};
use crate::scene::{
    GroupKey, ImageSource, ObjectId, Scene, SceneItem, SceneObject, Shape, Stroke, TextLine, Tone,
};
use crate::theme::{ColorRole, Icon};
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
enum Section {
    Header,
    Free,
    Stages,
    Lane(usize),
}

impl Section {
    fn of(key: GroupKey) -> Section {
        match key {
            GroupKey::Header => Section::Header,
            GroupKey::Unnamed | GroupKey::FoldedStage(_) => Section::Free,
            GroupKey::Stage(_) | GroupKey::StageTexts(_) | GroupKey::StageOverview(_) => {
                Section::Stages
            }
            GroupKey::LaneBackground(lane)
            | GroupKey::LaneTitle(lane)
            | GroupKey::Connectors(lane, _)
            | GroupKey::LaneContent(lane, _) => Section::Lane(lane),
        }
    }
}

/// An object with its items in all groups of a section.
struct ObjectItems<'a> {
    object: &'a SceneObject,
    /// Origin of the group in which the object is first.
    origin: Origin,
    items: Vec<(Origin, &'a SceneItem)>,
    is_title: bool,
    /// Whether it lies among the steps of a stage, not under all of them.
    is_in_stage: bool,
}

impl<'a> SlideScene<'a> {
    /// Place and type size of the title of the map.
    pub(super) fn title(&self) -> Option<(Frame, f64)> {
        let header = self.scene.group(GroupKey::Header)?;
        let lines = header
            .content
            .items
            .iter()
            .filter_map(|item| match &item.shape {
                Shape::Text(line) if line.is_map_title() => Some(line),
                _ => None,
            });
        let bounds = lines
            .clone()
            .fold(Rect::EMPTY, |all, line| all.union(&line.bounds()));
        let size = f64::from(lines.last()?.size) * self.scale;
        let frame = self.frame(header.origin, &bounds);
        Some((
            Frame {
                width: frame.width * 1.05,
                ..frame
            },
            size,
        ))
    }

    /// The shapes of the scene; images are added to `images`.
    pub(super) fn nodes(&self, images: &mut Images) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (section, objects) in self.sections() {
            let title = objects.iter().find(|of| of.is_title);
            let name = match (section, title) {
                (Section::Header, _) => "About the map".to_owned(),
                (Section::Stages, _) => "Stages".to_owned(),
                (_, Some(title)) => format!("Lane: {}", title.object.title),
                (_, None) => String::new(),
            };
            let mut children = Vec::new();
            let mut curves = Curves::default();
            for object in &objects {
                children.extend(self.object(object, &mut curves, images));
            }
            // Curves are behind the faces.
            let mut behind = curves.nodes(self);
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
    fn sections(&self) -> BTreeMap<Section, Vec<ObjectItems<'a>>> {
        let mut sections: BTreeMap<Section, Vec<ObjectItems<'a>>> = BTreeMap::new();
        let mut known: FxHashMap<(Section, &ObjectId), usize> = FxHashMap::default();
        let mut order: Vec<_> = self.scene.groups.iter().collect();
        // The titles of lanes are read before their content.
        order.sort_by_key(|group| {
            !matches!(
                group.key,
                GroupKey::LaneBackground(_) | GroupKey::LaneTitle(_)
            )
        });
        for group in order {
            let section = Section::of(group.key);
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
            curves.add(self, object, &of.items, tone);
            return Vec::new();
        }
        let is_chrome = object.id == ObjectId::Chrome;
        let items = if object.id.is_path() {
            let (nodes, rest) = self.route(of, tone);
            if rest.is_empty() {
                return nodes;
            }
            return [nodes, self.shapes(of, &rest, tone, images)].concat();
        } else if is_chrome || of.is_title {
            of.items.clone()
        } else if self.is_shown(of) {
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

    fn label(&self, of: &ObjectItems<'_>) -> Label {
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

    /// The line of a route as a connector with its arrowhead, and the other items.
    fn route(&self, of: &ObjectItems<'a>, tone: Tone) -> (Vec<Node>, Vec<(Origin, &'a SceneItem)>) {
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
            let shown = whole.between(left, right);
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
                    self.shape(label, frame, Geometry::Connector(connector))
                }
                None => {
                    let last = tip.map_or(shown.clone(), |tip| shown.clone().line(tip));
                    self.free(label, *origin, &last)
                }
            };
            shape.line = Some(line);
            nodes.push(Node::Shape(Box::new(shape)));
        }
        if nodes.is_empty() {
            rest.clear();
        }
        (nodes, rest)
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
                let mut shape = self.shape(Label::named("Text"), frame, Geometry::Rectangle);
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
            let mut shape = self.shape(Label::named(name), frame, Geometry::Rectangle);
            shape.text = Some(body);
            more.push(shape);
        }
        let all = shapes.into_iter().chain(more);
        all.map(|shape| Node::Shape(Box::new(shape))).collect()
    }

    /// Moves the label of a route that leaves the columns of the slide back into them.
    fn move_inside(&self, lines: &mut [PlacedLine<'_>]) {
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

    /// A shape that is no text; none for the grounds that only matter where something scrolls.
    fn drawn(
        &self,
        of: &ObjectItems<'_>,
        origin: Origin,
        shape: &Shape,
        tone: Tone,
        images: &mut Images,
    ) -> Option<NativeShape> {
        let is_frame = of.object.id == ObjectId::Chrome || of.is_title;
        let label = Label::decorative;
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                let color = fill.map(|fill| tone.fill(self.scene.colors.color(fill)));
                if is_frame && stroke.is_none() && color == Some(self.scene.colors.paper()) {
                    return None;
                }
                let rect = if is_frame {
                    self.cut_rect(origin, rect)
                } else {
                    *rect
                };
                let frame = self.frame(origin, &rect);
                let radius = f64::from(*radius) * self.scale;
                let geometry = if radius * 2.0 >= frame.width.min(frame.height) * 0.99
                    && (frame.width - frame.height).abs() < EMU
                {
                    Geometry::Ellipse
                } else if radius > 0.0 {
                    Geometry::Rounded(radius)
                } else {
                    Geometry::Rectangle
                };
                let mut shape = self.shape(label("Area"), frame, geometry);
                shape.fill = color;
                shape.line = stroke.as_ref().map(|stroke| self.line(stroke, tone));
                Some(shape)
            }
            Shape::Path { path, fill, stroke } => {
                let mut path = path.unpack();
                if is_frame {
                    let (left, right) = match of.is_in_stage {
                        true => self.cut(origin),
                        false => self.whole(origin),
                    };
                    path = path.between(left, right);
                }
                if path.0.is_empty() {
                    return None;
                }
                let mut shape = match (
                    fill,
                    connector(&path, None, |p| self.place(origin, p), None),
                ) {
                    (None, Some((straight, frame))) if straight.preset == "straightConnector1" => {
                        self.shape(label("Line"), frame, Geometry::Connector(straight))
                    }
                    _ => self.free(label("Area"), origin, &path),
                };
                shape.fill = fill.map(|fill| tone.fill(self.scene.colors.color(fill)));
                shape.line = stroke.as_ref().map(|stroke| self.line(stroke, tone));
                Some(shape)
            }
            Shape::Icon { icon, rect, color } => Some(self.icon(origin, *icon, rect, *color, tone)),
            Shape::Image {
                source,
                rect,
                round,
            } => Some(self.image(origin, (source, rect, *round), tone, images)),
            Shape::Text(_) => None,
        }
    }

    fn icon(
        &self,
        origin: Origin,
        icon: Icon,
        rect: &Rect,
        color: ColorRole,
        tone: Tone,
    ) -> NativeShape {
        let side = rect.width().min(rect.height()) / Icon::SIDE;
        let path = icon
            .lines()
            .map(|p| pt(rect.min.x + p.x * side, rect.min.y + p.y * side));
        let stroke = Stroke::solid(Icon::STROKE * side, color);
        let mut shape = self.free(Label::decorative(format!("Icon: {icon:?}")), origin, &path);
        let line = self.line(&stroke, tone);
        let color = tone.text(self.scene.colors.color(color));
        shape.line = Some(Line { color, ..line });
        shape
    }

    fn image(
        &self,
        origin: Origin,
        (source, rect, is_round): (&ImageSource, &Rect, bool),
        tone: Tone,
        images: &mut Images,
    ) -> NativeShape {
        let image = images.add(source);
        let (width, height) = (f64::from(source.head.width), f64::from(source.head.height));
        // A round image covers its square.
        let cut = |side: f64, other: f64| ((side - other) / side / 2.0).max(0.0);
        let crop = match is_round {
            true => (cut(width, height), cut(height, width)),
            false => (0.0, 0.0),
        };
        let picture = Picture {
            image,
            svg: None,
            crop,
            is_round,
            opacity: tone.image_opacity(),
        };
        let frame = self.frame(origin, rect);
        self.shape(Label::named("Picture"), frame, Geometry::Picture(picture))
    }

    /// The x positions of the whole scene, relative to an origin.
    fn whole(&self, origin: Origin) -> (f32, f32) {
        ((-origin.x) as f32, (self.scene.width - origin.x) as f32)
    }

    fn cut_rect(&self, origin: Origin, rect: &Rect) -> Rect {
        let (left, right) = self.whole(origin);
        let (min, max) = (rect.min.x.max(left), rect.max.x.min(right));
        Rect {
            min: pt(min, rect.min.y),
            max: pt(max, rect.max.y),
        }
    }

    pub(super) fn shape(&self, label: Label, frame: Frame, geometry: Geometry) -> NativeShape {
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

    /// A freeform along a path.
    pub(super) fn free(&self, label: Label, origin: Origin, path: &Path) -> NativeShape {
        let bounds = path.bounds();
        let frame = self.frame(origin, &bounds);
        let scale = self.scale as f32;
        let path = path.map(|p| pt((p.x - bounds.min.x) * scale, (p.y - bounds.min.y) * scale));
        self.shape(label, frame, Geometry::Free(path))
    }

    pub(super) fn line(&self, stroke: &Stroke, tone: Tone) -> Line {
        Line {
            width: f64::from(stroke.width) * self.scale,
            color: tone.line(self.scene.colors.color(stroke.color)),
            dash: stroke.dash,
            arrow: None,
        }
    }

    fn place(&self, origin: Origin, p: Point) -> (f64, f64) {
        (
            self.origin.0 + (origin.x + f64::from(p.x)) * self.scale,
            self.origin.1 + (origin.y + f64::from(p.y)) * self.scale,
        )
    }

    fn frame(&self, origin: Origin, rect: &Rect) -> Frame {
        let (x, y) = self.place(origin, rect.min);
        Frame {
            x,
            y,
            width: f64::from(rect.width().max(0.0)) * self.scale,
            height: f64::from(rect.height().max(0.0)) * self.scale,
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
            crate::geom::Segment::Move(p) | crate::geom::Segment::Line(p) => Some(p),
            _ => None,
        });
    corners.max_by(|a, b| distance(a).total_cmp(&distance(b)))
}
