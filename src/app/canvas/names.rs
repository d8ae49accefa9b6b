//! Names of what is in view, for assistive tools and for tests.
//!
//! Must not know: what a click means.

use super::index::View;
use super::overlay::{Outlines, OverlayKind};
use super::view::Click;
use crate::scene::{Group, Pin, Scene, Subject, Tag};
use egui::accesskit::Action;
use egui::{Response, Role, Sense, Ui, WidgetInfo};

/// More things than this in view have no names for assistive tools: nobody
/// listens to hundreds, and each costs a little in every frame.
const MAX_NAMES: usize = 400;
/// Below this zoom nothing in view can be read, and nothing has a name.
pub(super) const NAMES_FROM: f32 = 0.2;

/// Gives the cards and stages in view names, in reading order, and answers
/// assistive tools that click one.
pub(super) fn names(
    ui: &Ui,
    response: &Response,
    scene: &Scene,
    view: &View,
    visible: &[u32],
    overlay: &Outlines<'_>,
) -> Option<Click> {
    ui.ctx().accesskit_node_builder(response.id, |map| {
        map.set_description(scene.description.as_str());
    });
    let mut left = MAX_NAMES;
    let mut click = None;
    for (group, subject) in in_path_order(scene, visible) {
        let rect = view.on_screen(group, &subject.area);
        if !rect.is_positive() || !rect.intersects(view.rect) || left == 0 {
            continue;
        }
        left -= 1;
        let id = response.id.with(&subject.tag);
        let node = ui.interact(rect.intersect(view.rect), id, Sense::hover());
        let selected = overlay.of(&subject.tag).contains(&OverlayKind::Selected);
        let title = match (subject.title.trim(), &subject.tag) {
            ("", Tag::Stage(_)) => "Stage without a name",
            ("", _) => "Touchpoint without a name",
            (title, _) => title,
        };
        node.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, title));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.add_action(Action::Click);
            node.set_description(subject.description.as_str());
        });
        if selected {
            // Whoever has the focus on the map is told what is selected there.
            ui.ctx().accesskit_node_builder(response.id, |map| {
                map.set_active_descendant(id.accesskit_id());
            });
        }
        if ui.input(|i| i.has_accesskit_action_request(id, Action::Click)) {
            let at = rect.center();
            click = Some(Click {
                tag: Some(subject.tag.clone()),
                at,
                on_map: view.on_map(at, crate::scene::Pin::None),
                double: false,
                secondary: false,
                modifiers: egui::Modifiers::NONE,
            });
        }
    }
    click
}

/// The stages and cards of groups, each stage before its cards. Within a group
/// cards are in path order already.
fn in_path_order<'a>(scene: &'a Scene, visible: &[u32]) -> Vec<(&'a Group, &'a Subject)> {
    let mut groups: Vec<&Group> = visible
        .iter()
        .filter_map(|number| scene.groups.get(*number as usize))
        .collect();
    // All groups of a stage begin at its left edge; its name is pinned to the top.
    groups.sort_by(|a, b| {
        let pinned = |group: &Group| group.pin != Pin::Top;
        let place = a.origin.x.total_cmp(&b.origin.x);
        place.then(pinned(a).cmp(&pinned(b)))
    });
    groups
        .into_iter()
        .flat_map(|group| group.body.subjects.iter().map(move |it| (group, it)))
        .filter(|(_, it)| matches!(it.tag, Tag::Card(_) | Tag::Stage(_) | Tag::Face(..)))
        .collect()
}
