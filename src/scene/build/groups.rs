//! Groups under construction: the items of one, and the list of all with reuse of previous
//! contents.
//!
//! Must not know: the map.

use crate::geom::{Origin, Path, Point, Rect};
use crate::layout::{GridStep, NumberSlot, TextRun, left_end};
use crate::model::ImageHeader;
use crate::scene::item::{
    Group, GroupContent, GroupKey, ImageSource, Marks, NumberItem, ObjectId, PartKind, Pin,
    SceneItem, SceneObject, ScenePart, Shape, Stroke, TextLine, ZoomRange,
};
use crate::scene::packed_path::PackedPath;
use crate::theme::{ColorRole, Icon};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A group under construction. Items belong to the object started last.
pub(super) struct GroupBuilder {
    content: GroupContent,
    zoom: ZoomRange,
}

impl Default for GroupBuilder {
    fn default() -> Self {
        GroupBuilder {
            content: GroupContent::default(),
            zoom: ZoomRange::ALL,
        }
    }
}

impl From<&GroupContent> for GroupBuilder {
    /// Continues a group that is already drawn.
    fn from(content: &GroupContent) -> GroupBuilder {
        GroupBuilder {
            content: content.clone(),
            zoom: ZoomRange::ALL,
        }
    }
}

impl GroupBuilder {
    /// Starts an object; the following items belong to it.
    pub fn subject(
        &mut self,
        tag: impl Into<ObjectId>,
        title: &str,
        description: impl Into<Box<str>>,
        marks: Marks,
        area: Rect,
    ) {
        self.content.objects.push(SceneObject {
            id: tag.into(),
            title: title.into(),
            description: description.into(),
            marks,
            area,
        });
    }

    /// Starts chrome; the following items belong to no object of the map.
    pub fn chrome(&mut self) {
        self.subject(ObjectId::Chrome, "", "", Marks::CHROME, Rect::EMPTY);
    }

    /// Limits the following items to these zooms.
    pub fn zoom(&mut self, zoom: ZoomRange) {
        self.zoom = zoom;
    }

    fn push(&mut self, shape: Shape, bounds: Rect) {
        if self.content.objects.is_empty() {
            self.chrome();
        }
        self.content.bounds = self.content.bounds.union(&bounds);
        self.content.items.push(SceneItem {
            shape,
            object: (self.content.objects.len() - 1) as u32,
            zoom: self.zoom,
        });
    }

    /// Notes a part of the current object.
    pub fn part(&mut self, kind: PartKind, rect: Rect) {
        self.content.parts.push(ScenePart {
            object: self.content.objects.len().saturating_sub(1) as u32,
            kind,
            rect,
        });
    }

    /// Notes the ends of the path that is the current object.
    pub fn path_ends(&mut self, path: &Path) {
        if let Some((start, end)) = path.endpoints() {
            for (kind, at) in [(PartKind::PathStart, start), (PartKind::PathEnd, end)] {
                self.part(kind, Rect { min: at, max: at });
            }
        }
    }

    /// Adds a filled rectangle with round corners.
    pub fn fill(&mut self, rect: Rect, radius: f32, color: ColorRole) {
        self.rect(rect, radius, Some(color), None);
    }

    /// Adds a rectangle with round corners.
    pub fn rect(
        &mut self,
        rect: Rect,
        radius: f32,
        fill: Option<ColorRole>,
        stroke: Option<Stroke>,
    ) {
        let edge = stroke.map_or(0.0, |s| s.width / 2.0);
        let shape = Shape::Rect {
            rect,
            radius,
            fill,
            stroke,
        };
        self.push(shape, rect.grow(edge));
    }

    /// Adds a disc.
    pub fn disc(
        &mut self,
        center: Point,
        diameter: f32,
        fill: Option<ColorRole>,
        stroke: Option<Stroke>,
    ) {
        let square = Rect::centered_square(center, diameter);
        self.rect(square, diameter / 2.0, fill, stroke);
    }

    /// Adds a stroked path.
    pub fn stroke(&mut self, path: Path, stroke: Stroke) {
        self.path(path, None, Some(stroke));
    }

    /// Adds a path with fill and stroke.
    pub fn path(&mut self, path: Path, fill: Option<ColorRole>, stroke: Option<Stroke>) {
        let bounds = path.bounds().grow(stroke.map_or(0.0, |s| s.width / 2.0));
        let path = PackedPath::from(path);
        self.push(Shape::Path { path, fill, stroke }, bounds);
    }

    /// Adds an icon.
    pub fn icon(&mut self, icon: Icon, rect: Rect, color: ColorRole) {
        self.push(Shape::Icon { icon, rect, color }, rect);
    }

    /// Adds an image.
    pub fn image(&mut self, bytes: Arc<[u8]>, head: ImageHeader, rect: Rect, round: bool) {
        let shape = Shape::Image {
            source: Box::new(ImageSource { bytes, head }),
            rect,
            round,
        };
        self.push(shape, rect);
    }

    /// Adds a placed line of text.
    pub fn text(&mut self, run: &TextRun, color: ColorRole) {
        let size = run.style.size;
        let bounds = Rect::new(run.at.x, run.at.y - size, run.width, size * 1.3);
        self.push(Shape::Text(text_line(run, color)), bounds);
    }

    /// Adds the number of a step, given by its index in the stage.
    pub fn number(&mut self, slot: &NumberSlot, (at, step): (usize, &GridStep), color: ColorRole) {
        self.content.numbers.push(NumberItem {
            item: self.content.items.len() as u32,
            step: at as u32,
            x: slot.at.x,
            is_right_aligned: slot.is_right_aligned,
        });
        let line = text_line(&slot.run(&step.number, step.number_width), color);
        self.push(Shape::Text(line), slot.bounds());
    }

    /// The group at a place of the map, without reuse of earlier content.
    pub fn group(self, x: f64, y: f64, pin: Pin) -> Group {
        Group {
            key: GroupKey::Unnamed,
            origin: Origin { x, y },
            pin,
            content: self.finish(None),
        }
    }

    /// The content of the group; the previous one if it is equal.
    pub fn finish(mut self, former: Option<&Arc<GroupContent>>) -> Arc<GroupContent> {
        if self.content.items.is_empty() {
            return GroupContent::empty();
        }
        self.content.items.shrink_to_fit();
        self.content.objects.shrink_to_fit();
        self.content.parts.shrink_to_fit();
        self.content.numbers.shrink_to_fit();
        match former.filter(|former| ***former == self.content) {
            Some(former) => Arc::clone(former),
            None => Arc::new(self.content),
        }
    }
}

fn text_line(run: &TextRun, color: ColorRole) -> TextLine {
    TextLine {
        at: run.at,
        text: run.text.clone(),
        face: run.style.face,
        size: run.style.size,
        color,
        width: run.width,
        end: run.end,
        text_field: run.text_field,
    }
}

/// Start of the description of a touchpoint with its number, for assistive tools.
pub(super) fn numbered(number: &str) -> String {
    format!("Step {number};")
}

/// Writes the numbers of the steps of a stage into a drawn group, and into the descriptions of its
/// touchpoints: the same as drawing it again when nothing but numbers changed.
fn renumber(content: &mut Arc<GroupContent>, steps: &[GridStep]) {
    if content.numbers.is_empty() {
        return;
    }
    let content = Arc::make_mut(content);
    for number in &content.numbers {
        let step = steps.get(number.step as usize);
        let item = content.items.get_mut(number.item as usize);
        let (Some(step), Some(item)) = (step, item) else {
            continue;
        };
        if let Shape::Text(line) = &mut item.shape {
            line.text = (&*step.number).into();
            line.width = step.number_width;
            line.at.x = left_end(number.x, number.is_right_aligned, line.width);
        }
        if let Some(object) = content.objects.get_mut(item.object as usize)
            && let Some((_, rest)) = object.description.split_once(';')
        {
            object.description = (numbered(&step.number) + rest).into();
        }
    }
}

/// If stages and lanes are in the same order as before, the previous list with some contents
/// replaced; else a new list that reuses previous contents by their address.
#[derive(Default)]
pub(super) struct GroupList {
    list: Vec<Group>,
    /// Number of groups placed so far.
    placed: usize,
    /// The previous contents, if the order changed.
    previous: FxHashMap<GroupKey, Arc<GroupContent>>,
}

impl GroupList {
    /// A list that follows a previous one; `in_place` if the order is the same.
    pub fn from_previous(previous: Vec<Group>, in_place: bool) -> GroupList {
        if in_place {
            return GroupList {
                list: previous,
                ..GroupList::default()
            };
        }
        let by_key = previous.into_iter().map(|group| (group.key, group.content));
        GroupList {
            previous: by_key.collect(),
            ..GroupList::default()
        }
    }

    /// Reserves room for this many groups.
    pub fn reserve(&mut self, count: usize) {
        self.list
            .reserve_exact(count.saturating_sub(self.list.len()));
    }

    /// Adds a group: drawn, or with its previous content if there is nothing to draw. `former` is
    /// its address in the previous scene; `None` if the group is new.
    pub fn add(
        &mut self,
        key: GroupKey,
        former: Option<GroupKey>,
        (x, y): (f64, f64),
        pin: Pin,
        drawn: Option<GroupBuilder>,
    ) {
        self.placed += 1;
        let origin = Origin { x, y };
        if let Some(group) = self.list.get_mut(self.placed - 1) {
            (group.key, group.origin, group.pin) = (key, origin, pin);
            if let Some(builder) = drawn {
                group.content = builder.finish(Some(&group.content));
            }
            return;
        }
        let previous = former.and_then(|key| self.previous.remove(&key));
        let content = match drawn {
            Some(builder) => builder.finish(previous.as_ref()),
            None => {
                debug_assert!(previous.is_some(), "nothing was drawn of what is kept");
                previous.unwrap_or_else(GroupContent::empty)
            }
        };
        self.list.push(Group {
            key,
            origin,
            pin,
            content,
        });
    }

    /// Writes the numbers of these steps into the group added last.
    pub fn renumber_last(&mut self, steps: &[GridStep]) {
        if let Some(group) = self.list.get_mut(self.placed.saturating_sub(1)) {
            renumber(&mut group.content, steps);
        }
    }

    /// The finished list.
    pub fn finish(self) -> Vec<Group> {
        self.list
    }
}
