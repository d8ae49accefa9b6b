//! Names of what is in view, for assistive tools and for tests.
//!
//! Must not know: what a click means.

use super::index::View;
use super::overlay::{Outlines, OverlayKind};
use super::view::Click;
use crate::scene::{Scene, Tag};
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
    let mut left = MAX_NAMES;
    let mut click = None;
    for number in visible {
        let Some(group) = scene.groups.get(*number as usize) else {
            continue;
        };
        for subject in &group.body.subjects {
            if !matches!(subject.tag, Tag::Card(_) | Tag::Stage(_) | Tag::Face(..)) {
                continue;
            }
            let rect = view.on_screen(group, &subject.area);
            if !rect.is_positive() || !rect.intersects(view.rect) || left == 0 {
                continue;
            }
            left -= 1;
            let id = response.id.with(&subject.tag);
            let node = ui.interact(rect.intersect(view.rect), id, Sense::hover());
            let selected = overlay.of(&subject.tag).contains(&OverlayKind::Selected);
            node.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &subject.title));
            ui.ctx().accesskit_node_builder(id, |node| {
                node.add_action(Action::Click);
                node.set_description(subject.description.as_str());
            });
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
    }
    click
}
