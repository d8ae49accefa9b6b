//! Marks on a page beside its drawing: crop marks, labels, a plan.
//!
//! Must not know: pages, the model.

use crate::export::paper::{MARGIN, MILLIMETRE};
use crate::geom::{Origin, Path, Rect, pt};
use crate::scene::{
    Group, GroupContent, GroupKey, ObjectId, Pin, SceneItem, SceneObject, Shape, Stroke, TextLine,
    ZoomRange,
};
use crate::text::{Face, Measure, Style, Typesetter, WrappedLine};
use crate::theme::{ColorRole, ROLES, size::LEADING};
use std::sync::Arc;

/// Distance of a footer from the corner marks of the drawing, in points.
const FOOTER_INSET: f32 = 36.0;
/// Distance of the baseline of a footer from the lower edge of the page, in points.
const FOOTER_BELOW: f32 = 9.0;

/// Collects marks. Lengths are in points, from the top left corner of the page.
pub(super) struct Marks {
    items: Vec<SceneItem>,
    /// Map units per point.
    unit: f32,
}

impl Marks {
    /// No marks yet, on a page of a drawing with so many points per map unit.
    pub(super) fn new(scale: f64) -> Marks {
        Marks {
            items: Vec::new(),
            unit: (1.0 / scale) as f32,
        }
    }

    fn add(&mut self, shape: Shape) {
        self.items.push(SceneItem {
            shape,
            object: 0,
            zoom: ZoomRange::ALL,
        });
    }

    pub(super) fn rect(&mut self, rect: Rect, fill: Option<ColorRole>, edge: Option<ColorRole>) {
        let unit = self.unit;
        let place = |x: f32, y: f32| pt(x * unit, y * unit);
        self.add(Shape::Rect {
            rect: Rect {
                min: place(rect.min.x, rect.min.y),
                max: place(rect.max.x, rect.max.y),
            },
            radius: 0.0,
            fill,
            stroke: edge.map(|color| Stroke::solid(0.75 * unit, color)),
        });
    }

    /// A line from one point to another, dashed or solid.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), is_dashed: bool) {
        let unit = self.unit;
        let ends = [from, to].map(|(x, y)| pt(x * unit, y * unit));
        let stroke = if is_dashed {
            Stroke::dashed
        } else {
            Stroke::solid
        };
        self.add(Shape::Path {
            path: Path::rounded(&ends, 0.0).into(),
            fill: None,
            stroke: Some(stroke(0.5 * unit, ROLES.ink)),
        });
    }

    /// A text of one line, with its baseline beginning at a point.
    pub(super) fn text(
        &mut self,
        text: &str,
        style: Style,
        (x, y): (f32, f32),
        setter: &mut Typesetter,
    ) {
        let unit = self.unit;
        self.add(Shape::Text(TextLine {
            text: text.into(),
            at: pt(x * unit, y * unit),
            size: style.size * unit,
            color: ROLES.ink,
            face: style.face,
            width: setter.width(text, style) * unit,
            end: Default::default(),
            text_field: None,
        }));
    }

    /// A text of as many lines as it needs in a width; returns the bottom of the last one.
    pub(super) fn paragraph(
        &mut self,
        text: &str,
        style: Style,
        (x, mut y): (f32, f32),
        width: f32,
        setter: &mut Typesetter,
    ) -> f32 {
        let lines: Vec<WrappedLine> = setter.wrap(text, style, width);
        for line in lines {
            y += style.size * LEADING;
            self.text(&line.text(text), style, (x, y), setter);
        }
        y + style.size * (LEADING - 1.0)
    }

    /// A line of small text in the lower margin of a page; what is too long is left out.
    pub(super) fn footer(&mut self, text: &str, page: (f64, f64), setter: &mut Typesetter) {
        let style = Style {
            face: Face::Regular,
            size: 8.0,
        };
        let left = (MARGIN * MILLIMETRE) as f32 + FOOTER_INSET;
        let room = page.0 as f32 - 2.0 * left;
        if let Some(line) = setter.wrap(text, style, room).first() {
            let place = (left, page.1 as f32 - FOOTER_BELOW);
            self.text(&line.text(text), style, place, setter);
        }
    }

    /// The marks as a group whose origin is the corner of the page.
    pub(super) fn group(self) -> Group {
        let bounds = self.items.iter().map(|item| item.shape.bounds());
        let content = GroupContent {
            bounds: bounds.fold(Rect::EMPTY, |all, own| all.union(&own)),
            items: self.items,
            objects: vec![SceneObject {
                id: ObjectId::Chrome,
                title: Box::default(),
                description: Box::default(),
                marks: crate::scene::Marks::CHROME,
                area: Rect::EMPTY,
            }],
            ..GroupContent::default()
        };
        Group {
            key: GroupKey::Unnamed,
            origin: Origin { x: 0.0, y: 0.0 },
            pin: Pin::None,
            content: Arc::new(content),
        }
    }
}
