//! Accessibility nodes of named subjects, for assistive technology and tests: in path
//! order, with descriptions, including subjects out of view.
//!
//! Must not know: the effect of a click.

use super::overlay::{Outlines, OverlayKind};
use super::response::Click;
use super::spatial_index::Viewport;
use crate::model::ObjectRef;
use crate::scene::{ObjectId, Pin, Scene, SceneObject};
use egui::accesskit::Action;
use egui::{Event, Id, Response, Role, Sense, Ui, WidgetInfo};
use rustc_hash::FxHashSet;
use std::sync::{Arc, Weak};

/// Maximum number of nodes. Larger maps expose the stages around the centre of the view
/// and as many stages on both sides as fit. Each node costs a few microseconds in every
/// frame in which assistive technology is active.
const MAX_NODES: usize = 1_500;

/// The groups with named subjects, in path order.
#[derive(Default)]
pub(super) struct AccessibilityTree {
    cache: Option<(Weak<Scene>, Arc<[NamedGroup]>)>,
}

struct NamedGroup {
    group: u32,
    /// Left edge of the group on the strip, which is that of its stage in this row.
    x: f64,
    /// Indices of the named subjects.
    subjects: Vec<u32>,
}

/// Requests from assistive technology.
#[derive(Default)]
pub(super) struct AccessibilityRequests {
    pub(super) click: Option<Click>,
    pub(super) focus: Option<ObjectId>,
}

impl AccessibilityTree {
    /// Adds nodes for named subjects if assistive technology is active, and collects
    /// its requests.
    pub(super) fn update(
        &mut self,
        ui: &Ui,
        response: &Response,
        scene: &Arc<Scene>,
        view: &Viewport,
        overlay: &Outlines<'_>,
    ) -> AccessibilityRequests {
        let describe = |map: &mut egui::accesskit::Node| {
            map.set_description(scene.description.as_str());
        };
        let listened = ui.ctx().accesskit_node_builder(response.id, describe);
        if listened.is_none() {
            return AccessibilityRequests::default();
        }
        let parts = self.named_groups(scene);
        let middle = scene.to_strip(view.on_map(view.rect.center())).0;
        let spoken = NodeBuilder {
            ui,
            map: response.id,
            view,
            overlay,
            has_requests: ui.input(|i| {
                let asks = |event: &Event| matches!(event, Event::AccessKitActionRequest(_));
                i.events.iter().any(asks)
            }),
        };
        let mut asked = AccessibilityRequests::default();
        for part in groups_around(&parts, middle, MAX_NODES) {
            let Some(group) = scene.groups.get(part.group as usize) else {
                continue;
            };
            let things = part.subjects.iter().copied();
            for subject in things.filter_map(|at| group.content.objects.get(at as usize)) {
                let rect = view.on_screen(group, &subject.area);
                let near = rect.is_positive() && rect.intersects(view.rect);
                // The card's description includes that of the face, so distant faces
                // are skipped.
                if near || !matches!(subject.id, ObjectId::Object(ObjectRef::Feeling(..))) {
                    spoken.add_node(subject, rect, near, &mut asked);
                }
            }
        }
        asked
    }

    fn named_groups(&mut self, scene: &Arc<Scene>) -> Arc<[NamedGroup]> {
        if let Some((known, parts)) = &self.cache
            && std::ptr::eq(known.as_ptr(), Arc::as_ptr(scene))
        {
            return Arc::clone(parts);
        }
        // What is drawn in several parts gets one node.
        let mut told: FxHashSet<&ObjectId> = FxHashSet::default();
        let mut parts: Vec<(Pin, NamedGroup)> = Vec::new();
        for (number, group) in (0..).zip(&scene.groups) {
            let named = (0..).zip(&group.content.objects);
            let has_parts = |object: &SceneObject| {
                scene.rows.is_some() || matches!(object.id, ObjectId::Object(ObjectRef::Stage(_)))
            };
            let named = named.filter(|(_, object)| {
                is_named(object) && (!has_parts(object) || told.insert(&object.id))
            });
            let part = NamedGroup {
                group: number,
                x: scene.to_strip((group.origin.x, group.origin.y)).0,
                subjects: named.map(|(at, _)| at).collect(),
            };
            if !part.subjects.is_empty() {
                parts.push((group.pin, part));
            }
        }
        // All groups of a stage begin at its left edge; its name is pinned to the top.
        // Cards in a group are in path order already.
        let is_free = |pin: Pin| pin != Pin::Top;
        parts.sort_by(|(a_pin, a), (b_pin, b)| {
            let order = a.x.total_cmp(&b.x);
            order.then(is_free(*a_pin).cmp(&is_free(*b_pin)))
        });
        let parts: Arc<[NamedGroup]> = parts.into_iter().map(|(_, part)| part).collect();
        self.cache = Some((Arc::downgrade(scene), Arc::clone(&parts)));
        parts
    }
}

fn is_named(subject: &SceneObject) -> bool {
    match &subject.id {
        ObjectId::StageOwner(_) => true,
        // Untitled subjects are parts of a named one.
        ObjectId::OwnershipCell(..) | ObjectId::Handoff(..) => !subject.title.is_empty(),
        ObjectId::Chrome | ObjectId::FoldedStage(_) => false,
        ObjectId::Object(object) => match object {
            ObjectRef::Touchpoint(_) | ObjectRef::Stage(_) => true,
            ObjectRef::Feeling(..) | ObjectRef::Department(_) => !subject.title.is_empty(),
            _ => false,
        },
    }
}

/// Returns the groups around `x` with at most `most` named subjects: whole stages,
/// added to the right and left in turn as long as they fit.
fn groups_around(parts: &[NamedGroup], x: f64, most: usize) -> &[NamedGroup] {
    let all: usize = parts.iter().map(|part| part.subjects.len()).sum();
    if all <= most {
        return parts;
    }
    let from = |x: f64| parts.partition_point(|part| part.x < x);
    let stage = |x: f64| from(x)..parts.partition_point(|part| part.x <= x);
    let things = |range: std::ops::Range<usize>| -> usize {
        let parts = parts.get(range).unwrap_or_default();
        parts.iter().map(|part| part.subjects.len()).sum()
    };
    let after = parts.partition_point(|part| part.x <= x);
    let here = parts
        .get(after.saturating_sub(1))
        .map_or(0.0, |part| part.x);
    let mut range = stage(here);
    let mut room = most.saturating_sub(things(range.clone()));
    let fits = |next: Option<&NamedGroup>, room: usize| {
        let next = next.map(|part| stage(part.x));
        next.filter(|next| things(next.clone()) <= room)
    };
    loop {
        let after = fits(parts.get(range.end), room);
        if let Some(next) = &after {
            room -= things(next.clone());
            range.end = next.end;
        }
        let before = fits(parts[..range.start].last(), room);
        if let Some(next) = &before {
            room -= things(next.clone());
            range.start = next.start;
        }
        if after.is_none() && before.is_none() {
            return parts.get(range).unwrap_or_default();
        }
    }
}

/// Shared state for building the nodes of one frame.
struct NodeBuilder<'a> {
    ui: &'a Ui,
    map: Id,
    view: &'a Viewport,
    overlay: &'a Outlines<'a>,
    /// Whether assistive technology sent a request in this frame.
    has_requests: bool,
}

impl NodeBuilder<'_> {
    fn add_node(
        &self,
        subject: &SceneObject,
        rect: egui::Rect,
        near: bool,
        asked: &mut AccessibilityRequests,
    ) {
        let (ui, view) = (self.ui, self.view);
        let id = self.map.with(&subject.id);
        let shown = if near {
            rect.intersect(view.rect)
        } else {
            rect
        };
        let node = ui.interact(shown, id, Sense::hover());
        let outlines = self.overlay.get(&subject.id);
        let selected = outlines.is_some_and(|kinds| {
            let mut kinds = kinds.iter();
            kinds.any(|kind| matches!(kind, OverlayKind::Selected | OverlayKind::Current))
        });
        let title = match (subject.title.trim(), &subject.id) {
            ("", ObjectId::Object(ObjectRef::Stage(_))) => "Stage without a name",
            ("", _) => "Touchpoint without a name",
            (title, _) => title,
        };
        node.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, title));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.add_action(Action::Click);
            node.add_action(Action::Focus);
            node.set_description(&*subject.description);
        });
        if selected {
            // Reports the selected subject while the map has the focus.
            ui.ctx().accesskit_node_builder(self.map, |map| {
                map.set_active_descendant(id.accesskit_id());
            });
        }
        if !self.has_requests {
            return;
        }
        if ui.input(|i| i.has_accesskit_action_request(id, Action::Click)) {
            let at = rect.center();
            asked.click = Some(Click {
                tag: Some(subject.id.clone()),
                at,
                on_map: view.on_map(at),
                double: false,
                secondary: false,
                modifiers: egui::Modifiers::NONE,
                from_accessibility: true,
            });
        }
        if ui.input(|i| i.has_accesskit_action_request(id, Action::Focus)) {
            asked.focus = Some(subject.id.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stages 100 wide with the given numbers of subjects; the first group of each has
    /// one, the second the rest.
    fn stages(sizes: &[usize]) -> Vec<NamedGroup> {
        let mut parts = Vec::new();
        for (i, size) in sizes.iter().enumerate() {
            for things in [1, size - 1] {
                parts.push(NamedGroup {
                    group: i as u32,
                    x: 100.0 * i as f64,
                    subjects: (0..things as u32).collect(),
                });
            }
        }
        parts
    }

    fn told(sizes: &[usize], x: f64, most: usize) -> Vec<u32> {
        let parts = stages(sizes);
        let mut told: Vec<u32> = groups_around(&parts, x, most)
            .iter()
            .map(|p| p.group)
            .collect();
        told.dedup();
        told
    }

    #[test]
    fn small_maps_are_exposed_whole() {
        assert_eq!(told(&[10, 20, 30], 0.0, 60), [0, 1, 2]);
        assert_eq!(told(&[], 0.0, 60), [0; 0]);
    }

    #[test]
    fn large_maps_expose_the_stage_in_view_and_its_neighbors() {
        assert_eq!(told(&[10; 9], 450.0, 30), [3, 4, 5]);
        assert_eq!(told(&[10; 9], 450.0, 25), [4, 5]);
        assert_eq!(told(&[10; 9], -50.0, 30), [0, 1, 2]);
        assert_eq!(told(&[10; 9], 5000.0, 30), [6, 7, 8]);
        // A stage larger than the limit is included all the same.
        assert_eq!(told(&[10, 90, 10], 150.0, 50), [1]);
        assert_eq!(told(&[10, 90, 10], 50.0, 50), [0]);
    }
}
