//! A map as drawn: its groups of items, its size and the highlight in effect; and the hit test.
//!
//! Must not know: what is highlighted and why, backends.

use super::highlight::Highlight;
use super::item::{Group, GroupKey, ObjectId, SceneObject, Shape};
use super::rows::Rows;
use super::tone::Tone;
use crate::geom::pt;
use crate::model::ObjectRef;
use crate::theme::RoleColors;
use std::sync::Arc;

/// A complete drawing. Groups are painted in order, and so are the items of a group.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width in map units.
    pub width: f64,
    /// Height in map units.
    pub height: f64,
    /// The colours of the roles in the items; another theme replaces only these.
    pub colors: RoleColors,
    /// Title for assistive tools.
    pub title: String,
    /// Description for assistive tools.
    pub description: String,
    /// The highlight in effect; everything else that can be dimmed is dimmed.
    pub highlight: Highlight,
    /// The groups; empty ones keep their index.
    pub groups: Vec<Group>,
    /// The rows that a journey is broken into; `None` if it is a strip.
    pub rows: Option<Arc<Rows>>,
}

impl Scene {
    /// The group with this address.
    pub fn group(&self, key: GroupKey) -> Option<&Group> {
        self.groups.iter().find(|group| group.key == key)
    }

    /// The topmost object at a point of the map, in map units, and the index of its group. Groups
    /// are tested at their unpinned position; for a pinned group callers shift the point and use
    /// [`Scene::hit_group`].
    pub fn hit(&self, x: f64, y: f64) -> Option<(usize, &SceneObject)> {
        (0..self.groups.len())
            .rev()
            .find_map(|index| Some((index, self.hit_group(index, x, y)?)))
    }

    /// The topmost object of one group at a point of the map, in map units.
    pub fn hit_group(&self, index: usize, x: f64, y: f64) -> Option<&SceneObject> {
        let group = self.groups.get(index)?;
        let point = pt((x - group.origin.x) as f32, (y - group.origin.y) as f32);
        if !group.content.bounds.contains(point) {
            return None;
        }
        group
            .content
            .objects
            .iter()
            .rev()
            .find(|subject| subject.area.contains(point))
    }

    /// The path of one group whose line is nearest to a point of the map, at most `reach` map units
    /// away. Paths have no area; this is for points at which nothing else is hit.
    pub fn path_near(&self, index: usize, x: f64, y: f64, reach: f32) -> Option<&SceneObject> {
        let group = self.groups.get(index)?;
        let point = pt((x - group.origin.x) as f32, (y - group.origin.y) as f32);
        if !group.content.bounds.grow(reach).contains(point) {
            return None;
        }
        let mut nearest: Option<(f32, &SceneObject)> = None;
        for item in &group.content.items {
            let Shape::Path {
                path,
                stroke: Some(_),
                ..
            } = &item.shape
            else {
                continue;
            };
            let subject = group.content.objects.get(item.object as usize)?;
            if !matches!(
                subject.id,
                ObjectId::Object(ObjectRef::Path { .. }) | ObjectId::Handoff(..)
            ) {
                continue;
            }
            let distance = path.unpack().distance(point);
            if distance <= reach && nearest.is_none_or(|(known, _)| distance < known) {
                nearest = Some((distance, subject));
            }
        }
        nearest.map(|(_, subject)| subject)
    }

    /// The tone of an object's items under the highlight in effect.
    pub fn tone(&self, subject: &SceneObject) -> Tone {
        if self.highlight.is_off() || self.highlight.contains_object(subject) {
            Tone::default()
        } else {
            Tone::dimmed(self.colors.paper(), self.colors.dimmed_text())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Origin, Rect};
    use crate::scene::item::{Group, GroupContent, GroupKey, Marks, ObjectId, Pin};
    use crate::theme::LIGHT;

    fn subject(title: &str, area: Rect) -> SceneObject {
        SceneObject {
            id: ObjectId::Chrome,
            title: title.into(),
            description: Box::default(),
            marks: Marks::NONE,
            area,
        }
    }

    fn scene(groups: Vec<(f64, Vec<SceneObject>)>) -> Scene {
        let groups = groups
            .into_iter()
            .map(|(x, subjects)| Group {
                key: GroupKey::Unnamed,
                origin: Origin { x, y: 0.0 },
                pin: Pin::None,
                content: Arc::new(GroupContent {
                    bounds: Rect::new(0.0, 0.0, 100.0, 100.0),
                    items: Vec::new(),
                    objects: subjects,
                    parts: Vec::new(),
                    numbers: Vec::new(),
                }),
            })
            .collect();
        Scene {
            width: 1e7,
            height: 100.0,
            colors: RoleColors::new(&LIGHT, Vec::new()),
            title: String::new(),
            description: String::new(),
            highlight: Marks::NONE.into(),
            groups,
            rows: None,
        }
    }

    #[test]
    fn the_topmost_object_is_hit() {
        let big = Rect::new(0.0, 0.0, 100.0, 100.0);
        let scene = scene(vec![
            (
                0.0,
                vec![
                    subject("under", big),
                    subject("over", Rect::new(40.0, 40.0, 20.0, 20.0)),
                ],
            ),
            (
                50.0,
                vec![
                    subject("later group", Rect::new(0.0, 0.0, 5.0, 100.0)),
                    subject("nowhere", Rect::EMPTY),
                ],
            ),
        ]);
        let at = |x: f64, y: f64| scene.hit(x, y).map(|(g, s)| (g, &*s.title));
        assert_eq!(at(10.0, 10.0), Some((0, "under")));
        assert_eq!(at(45.0, 45.0), Some((0, "over")));
        assert_eq!(at(52.0, 45.0), Some((1, "later group")));
        assert_eq!(at(58.0, 45.0), Some((0, "over")));
        assert_eq!(at(120.0, 45.0), None);
        assert_eq!(at(-1.0, 45.0), None);
    }

    #[test]
    fn groups_far_from_the_origin_are_hit_exactly() {
        let scene = scene(vec![(
            9_000_000.25,
            vec![subject("far", Rect::new(0.0, 0.0, 0.5, 0.5))],
        )]);
        assert!(scene.hit(9_000_000.5, 0.25).is_some());
        assert!(scene.hit(9_000_000.0, 0.25).is_none());
    }
}
