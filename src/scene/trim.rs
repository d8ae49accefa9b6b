//! The part of a group's content within a rectangle: what is cut is cut exactly, what belongs
//! together stays whole.
//!
//! Must not know: rows, the map, backends.

use super::item::{GroupContent, ObjectId, SceneItem, SceneObject, Shape, TextLine};
use crate::geom::{Point, Rect, pt};
use crate::model::ObjectRef;

impl GroupContent {
    /// The content within a rectangle in group coordinates. Lines, curves and grounds are cut at its
    /// sides, and grounds at its bottom; a card, a text, an icon or an image is kept whole if its
    /// middle is inside. An object keeps its area, or the part of it that is inside if it is a
    /// stage, a lane or their ground.
    pub(super) fn within(&self, area: &Rect) -> GroupContent {
        let mut trimmed = GroupContent::default();
        let mut index: Vec<Option<u32>> = vec![None; self.objects.len()];
        let areas: Vec<Rect> = self.objects.iter().map(|o| area_within(o, area)).collect();
        let mut keep = |at: u32, objects: &mut Vec<SceneObject>| {
            let known = index.get_mut(at as usize)?;
            if known.is_none() {
                let mut object = self.objects.get(at as usize)?.clone();
                let area = areas.get(at as usize).copied().unwrap_or(Rect::EMPTY);
                let begins_before = area.min.x > object.area.min.x;
                if (area.is_empty() || begins_before) && !object.area.is_empty() {
                    // It is told where it begins.
                    (object.title, object.description) = Default::default();
                }
                object.area = area;
                objects.push(object);
                *known = Some(objects.len() as u32 - 1);
            }
            *known
        };
        let mut objects = Vec::new();
        // Objects with an area are kept even if nothing of them is drawn.
        let mut next = 0;
        let areas = &areas;
        let mut keep_areas_before = |end: u32, objects: &mut Vec<SceneObject>| {
            for at in next..end {
                if areas.get(at as usize).is_some_and(|area| !area.is_empty()) {
                    keep(at, objects);
                }
            }
            next = next.max(end);
            keep(end, objects)
        };
        for item in &self.items {
            for shape in shapes_within(&item.shape, area) {
                let Some(object) = keep_areas_before(item.object, &mut objects) else {
                    continue;
                };
                trimmed.bounds = trimmed.bounds.union(&shape.bounds());
                trimmed.items.push(SceneItem {
                    shape,
                    object,
                    zoom: item.zoom,
                });
            }
        }
        keep_areas_before(self.objects.len() as u32, &mut objects);
        trimmed.parts = self.parts.to_vec();
        trimmed.parts.retain_mut(|part| {
            let object = index.get(part.object as usize).copied().flatten();
            part.object = object.unwrap_or_default();
            object.is_some() && area.contains(part.rect.center())
        });
        for object in &objects {
            trimmed.bounds = trimmed.bounds.union(&object.area);
        }
        trimmed.objects = objects;
        trimmed
    }

    /// The content with each line of text no wider than the room to the right of `left`.
    pub(super) fn shortened(&self, right: f32) -> GroupContent {
        let mut content = self.clone();
        for item in &mut content.items {
            if let Shape::Text(line) = &mut item.shape {
                shorten(line, right - line.at.x);
            }
        }
        content
    }
}

/// The part of a rectangle inside another; [`Rect::EMPTY`] if none.
fn intersection(a: &Rect, b: &Rect) -> Rect {
    let rect = Rect {
        min: pt(a.min.x.max(b.min.x), a.min.y.max(b.min.y)),
        max: pt(a.max.x.min(b.max.x), a.max.y.min(b.max.y)),
    };
    if rect.min.x >= rect.max.x || rect.min.y >= rect.max.y {
        Rect::EMPTY
    } else {
        rect
    }
}

/// The area of an object inside a rectangle.
fn area_within(object: &SceneObject, within: &Rect) -> Rect {
    if object.area.is_empty() {
        return Rect::EMPTY;
    }
    let is_cut = match &object.id {
        ObjectId::Object(object) => matches!(object, ObjectRef::Stage(_) | ObjectRef::Lane(_)),
        ObjectId::FoldedStage(_) | ObjectId::Chrome => true,
        _ => false,
    };
    if is_cut {
        intersection(&object.area, within)
    } else if holds(within, object.area.center()) {
        object.area
    } else {
        Rect::EMPTY
    }
}

/// Whether a point is inside, counting the left and the upper edge, so that each point is in one
/// of two neighbouring rectangles.
fn holds(area: &Rect, p: Point) -> bool {
    area.min.x <= p.x && p.x < area.max.x && area.min.y <= p.y && p.y < area.max.y
}

/// The shapes that remain of one inside a rectangle.
fn shapes_within(shape: &Shape, area: &Rect) -> Vec<Shape> {
    match shape {
        Shape::Path { path, fill, stroke } => {
            let bounds = path.bounds();
            if area.contains(bounds.min) && area.contains(bounds.max) {
                return vec![shape.clone()];
            }
            let path = path.unpack();
            let part = |is_filled: bool| {
                let cut = path.within(area, is_filled);
                (!cut.0.is_empty()).then(|| cut.into())
            };
            let filled = fill.and_then(|fill| {
                Some(Shape::Path {
                    path: part(true)?,
                    fill: Some(fill),
                    stroke: None,
                })
            });
            let stroked = stroke.and_then(|stroke| {
                Some(Shape::Path {
                    path: part(false)?,
                    fill: None,
                    stroke: Some(stroke),
                })
            });
            filled.into_iter().chain(stroked).collect()
        }
        Shape::Rect {
            rect,
            radius,
            fill,
            stroke,
        } if *radius == 0.0 && stroke.is_none() => {
            let rect = intersection(rect, area);
            let kept = Shape::Rect {
                rect,
                radius: *radius,
                fill: *fill,
                stroke: *stroke,
            };
            (!rect.is_empty()).then_some(kept).into_iter().collect()
        }
        Shape::Rect { rect, .. } | Shape::Image { rect, .. } | Shape::Icon { rect, .. } => {
            let kept = holds(area, rect.center());
            kept.then(|| shape.clone()).into_iter().collect()
        }
        Shape::Text(line) => {
            let kept = holds(area, line.bounds().center());
            kept.then(|| shape.clone()).into_iter().collect()
        }
    }
}

/// Ends a line of text with … where it is wider than `room`. The scene cannot measure text, so that
/// a little more than needed is left out.
fn shorten(line: &mut TextLine, room: f32) {
    if line.width <= room || line.width <= 0.0 {
        return;
    }
    let count = line.text.chars().count() as f32;
    let fits = (count * (room / line.width) * 0.94 - 1.0).max(0.0) as usize;
    let text: String = line.text.chars().take(fits).collect();
    line.text = format!("{}…", text.trim_end()).into();
    line.width = room.max(0.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Path;
    use crate::scene::item::{Marks, Stroke, ZoomRange};
    use crate::theme::ROLES;

    fn item(shape: Shape, object: u32) -> SceneItem {
        SceneItem {
            shape,
            object,
            zoom: ZoomRange::ALL,
        }
    }

    fn object(id: ObjectId, area: Rect) -> SceneObject {
        SceneObject {
            id,
            title: "".into(),
            description: "".into(),
            marks: Marks::NONE,
            area,
        }
    }

    fn ground(rect: Rect) -> Shape {
        Shape::Rect {
            rect,
            radius: 0.0,
            fill: Some(ROLES.paper),
            stroke: None,
        }
    }

    #[test]
    fn grounds_and_lines_are_cut_and_cards_stay_whole() {
        let card = Rect::new(40.0, 10.0, 30.0, 20.0);
        let line = Path::start(pt(0.0, 5.0)).line(pt(100.0, 5.0));
        let content = GroupContent {
            bounds: Rect::new(0.0, 0.0, 100.0, 50.0),
            items: vec![
                item(ground(Rect::new(0.0, 0.0, 100.0, 50.0)), 0),
                item(
                    Shape::Path {
                        path: line.into(),
                        fill: None,
                        stroke: Some(Stroke::solid(1.0, ROLES.line)),
                    },
                    0,
                ),
                item(
                    Shape::Rect {
                        rect: card,
                        radius: 9.0,
                        fill: Some(ROLES.card),
                        stroke: None,
                    },
                    1,
                ),
            ],
            objects: vec![
                object(ObjectId::Chrome, Rect::EMPTY),
                object(ObjectRef::Touchpoint("t".into()).into(), card),
            ],
            ..GroupContent::default()
        };
        let left = content.within(&Rect::new(0.0, 0.0, 50.0, 30.0));
        let right = content.within(&Rect::new(50.0, 0.0, 50.0, 30.0));
        assert_eq!(left.items[0].shape, ground(Rect::new(0.0, 0.0, 50.0, 30.0)));
        assert_eq!(left.items[1].shape.bounds().max.x, 51.0, "with its stroke");
        assert_eq!((left.items.len(), left.objects.len()), (2, 1));
        // The middle of the card is at 55.
        assert_eq!(right.items[2].object, 1);
        assert_eq!((right.items.len(), right.objects[1].area), (3, card));
    }
}
