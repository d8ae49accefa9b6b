//! Marks of the differences between two maps on a finished scene: outline, icon and word.
//!
//! Must not know: how differences are found, how anything is laid out.

use super::SceneBuilder;
use super::groups::GroupBuilder;
use crate::geom::{Path, Rect, pt};
use crate::layout::{ChangeTag, TextRun};
use crate::model::{Field, ObjectRef};
use crate::scene::display_list::Scene;
use crate::scene::item::{
    Dash, Group, GroupContent, Marks, Pin, SceneObject, Shape, Stroke, ZoomRange,
};
use crate::theme::{ChangeMark, ROLES, size};
use rustc_hash::FxHashMap;

/// Zoom below which the word of a mark gives way to a large icon.
const WORD_ZOOM: f32 = 0.42;
/// Distance of the words of a tag from its edges.
const PADDING: (f32, f32) = (7.0, 2.0);
/// Width of the bar beside a text.
const BAR: f32 = 3.0;

/// Marks objects of a scene. Paths have no area and take the colour and the dashes of their mark.
pub fn mark_changes(
    scene: &mut Scene,
    marks: &FxHashMap<ObjectRef, ChangeMark>,
    tags: &[ChangeTag; 4],
) {
    for group in &mut scene.groups {
        let content = &*group.content;
        let marked = content.objects.iter().filter_map(|object| {
            let mark = marks.get(object.id.object()?)?;
            Some((object.clone(), *mark))
        });
        let marked: Vec<(SceneObject, ChangeMark)> = marked.collect();
        if marked.is_empty() {
            continue;
        }
        let mut painter = MarkPainter {
            builder: GroupBuilder::from(&restroked(content, marks)),
            tags,
        };
        let mut seen: Vec<&ObjectRef> = Vec::new();
        for (object, mark) in &marked {
            let Some(id) = object.id.object() else {
                continue;
            };
            // A label beside its object repeats it.
            if object.area.is_empty() || seen.contains(&id) {
                continue;
            }
            seen.push(id);
            painter.mark(object, *mark, content);
        }
        group.content = painter.builder.finish(None);
    }
}

/// The content of a group with its marked paths in the strokes of their marks, and the words of all
/// marks in the descriptions.
fn restroked(content: &GroupContent, marks: &FxHashMap<ObjectRef, ChangeMark>) -> GroupContent {
    let mut content = content.clone();
    for object in &mut content.objects {
        if let Some(mark) = object.id.object().and_then(|id| marks.get(id))
            && !object.title.is_empty()
        {
            let word = mark.word().to_lowercase();
            object.description = match &*object.description {
                "" => word.into(),
                known => format!("{known}; {word}").into(),
            };
        }
    }
    for item in &mut content.items {
        let Some(object) = content.objects.get(item.object as usize) else {
            continue;
        };
        let Some(ObjectRef::Path { .. }) = object.id.object() else {
            continue;
        };
        let mark = object.id.object().and_then(|id| marks.get(id));
        if let (Some(mark), Shape::Path { fill, stroke, .. }) = (mark, &mut item.shape) {
            if let Some(fill) = fill {
                *fill = mark.color();
            }
            if let Some(stroke) = stroke {
                *stroke = outline(*mark, stroke.width + 0.6);
            }
        }
    }
    content
}

/// The outline of a mark.
fn outline(mark: ChangeMark, width: f32) -> Stroke {
    Stroke {
        width,
        color: mark.color(),
        dash: match mark {
            ChangeMark::Added | ChangeMark::Changed => Dash::Solid,
            ChangeMark::Removed => Dash::Dashed,
            ChangeMark::Moved => Dash::Dotted,
        },
    }
}

struct MarkPainter<'t> {
    builder: GroupBuilder,
    tags: &'t [ChangeTag; 4],
}

impl MarkPainter<'_> {
    fn mark(&mut self, object: &SceneObject, mark: ChangeMark, content: &GroupContent) {
        let Some(id) = object.id.object() else {
            return;
        };
        // Belongs to the object, so that it is pointed at and highlighted with it.
        let marks = object.marks;
        match id {
            ObjectRef::Cell(..) | ObjectRef::Lane(_) => {
                let area = object.area;
                let inset = if matches!(id, ObjectRef::Lane(_)) {
                    3.0
                } else {
                    -8.0
                };
                self.start(object, marks, Rect::EMPTY);
                self.bar(mark, area, area.min.x + inset);
            }
            ObjectRef::Feeling(..) => {}
            ObjectRef::Touchpoint(_) => {
                self.start(object, marks, Rect::EMPTY);
                if mark == ChangeMark::Removed {
                    self.strike(id, content);
                }
                let edge = outline(mark, 3.0);
                let around = object.area.grow(1.5);
                self.builder
                    .rect(around, size::RADIUS + 1.5, None, Some(edge));
                // Words of paths stand above a card, nothing below it.
                self.tag(object, mark, (object.area.max.x - 8.0, object.area.max.y));
            }
            _ => {
                let inset = match id {
                    ObjectRef::Stage(_) => 22.0,
                    _ => 6.0,
                };
                let top = object.area.min.y + 7.0;
                self.tag(object, mark, (object.area.max.x - inset, top));
            }
        }
    }

    fn start(&mut self, object: &SceneObject, marks: Marks, area: Rect) {
        self.builder.subject(object.id.clone(), "", "", marks, area);
    }

    /// A bar left of a text, with the icon of the mark at its top.
    fn bar(&mut self, mark: ChangeMark, area: Rect, x: f32) {
        let bar = Rect::new(x, area.min.y, BAR, area.height().max(16.0));
        self.builder.fill(bar, BAR / 2.0, mark.color());
        let center = pt(x + BAR / 2.0, area.min.y + 8.0);
        self.builder.zoom(ZoomRange::from(0.3));
        sign(&mut self.builder, mark, Rect::centered_square(center, 15.0));
        self.builder.zoom(ZoomRange::ALL);
    }

    /// The word with its icon, right-aligned and centered on the height of a point; far out only the
    /// icon, larger.
    fn tag(&mut self, object: &SceneObject, mark: ChangeMark, (right, middle): (f32, f32)) {
        let Some(tag) = self.tags.iter().find(|tag| tag.mark == mark) else {
            return;
        };
        let (across, along) = PADDING;
        let icon = tag.height * 0.82;
        let width = across + icon + 4.0 + tag.width + across;
        let height = tag.height + 2.0 * along;
        let area = Rect::new(right - width, middle - height / 2.0, width, height);
        self.start(object, object.marks, Rect::EMPTY);
        self.builder.zoom(ZoomRange::from(WORD_ZOOM));
        let edge = Stroke::solid(1.5, ROLES.card);
        self.builder
            .rect(area, height / 2.0, Some(mark.color()), Some(edge));
        let ink = mark.color().text_on();
        let at = pt(area.min.x + across + icon / 2.0, middle);
        self.builder
            .icon(mark.icon(), Rect::centered_square(at, icon), ink);
        let (x, y) = (area.min.x + across + icon + 4.0, area.min.y + along);
        for run in &tag.runs {
            let mut run = run.clone();
            run.at = run.at + pt(x, y);
            self.builder.text(&run, ink);
        }
        self.builder.zoom(ZoomRange::below(WORD_ZOOM));
        let center = pt(right - 12.0, middle);
        sign(&mut self.builder, mark, Rect::centered_square(center, 40.0));
        self.builder.zoom(ZoomRange::ALL);
    }

    /// Lines through the name of an object.
    fn strike(&mut self, id: &ObjectRef, content: &GroupContent) {
        for item in &content.items {
            let object = content.objects.get(item.object as usize);
            if object.is_none_or(|object| object.id.object() != Some(id)) {
                continue;
            }
            if let Shape::Text(line) = &item.shape
                && line.text_field == Some(Field::Name)
            {
                self.builder.zoom(item.zoom);
                let y = line.at.y - line.size * 0.3;
                let path = Path::start(pt(line.at.x, y)).line(pt(line.at.x + line.width, y));
                let width = line.size * 0.1;
                let stroke = Stroke::solid(width, ChangeMark::Removed.color());
                self.builder.stroke(path, stroke);
            }
        }
        self.builder.zoom(ZoomRange::ALL);
    }
}

/// The icon of a mark on a disc of its colour.
fn sign(builder: &mut GroupBuilder, mark: ChangeMark, square: Rect) {
    let (center, side) = (square.center(), square.width());
    let edge = Stroke::solid(side * 0.08, ROLES.card);
    builder.disc(center, side, Some(mark.color()), Some(edge));
    let icon = Rect::centered_square(center, side * 0.62);
    builder.icon(mark.icon(), icon, mark.color().text_on());
}

/// The caption of one of two journeys, at a height of the map.
pub(in crate::scene) fn caption(runs: &[TextRun], y: f64) -> Group {
    let mut builder = GroupBuilder::default();
    builder.chrome();
    for run in runs {
        builder.text(run, ROLES.ink);
    }
    builder.group(f64::from(size::MARGIN), y, Pin::Left)
}

impl SceneBuilder<'_> {
    /// The icon of a mark in a legend.
    pub(super) fn change_sign(&self, mark: ChangeMark, square: Rect, builder: &mut GroupBuilder) {
        sign(builder, mark, square);
    }
}
