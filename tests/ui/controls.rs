//! Marks of controls that are the same everywhere in the window.

use super::Window;
use egui::accesskit::{Role, Toggled};
use egui::epaint::{ClippedShape, Shape};
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::NodeT;
use touchline::app::command::action::Selection;
use touchline::app::command::table::CommandId;
use touchline::model::{ObjectRef, PathKind};

/// Rectangles of the shapes filled with a colour.
fn filled(shapes: &[ClippedShape], color: egui::Color32) -> Vec<Rect> {
    let mut found = Vec::new();
    let mut left: Vec<&Shape> = shapes.iter().map(|clipped| &clipped.shape).collect();
    while let Some(shape) = left.pop() {
        match shape {
            Shape::Vec(shapes) => left.extend(shapes),
            Shape::Rect(rect) if rect.fill == color => found.push(rect.rect),
            _ => {}
        }
    }
    found
}

impl Window {
    /// Asserts that each chosen button in sight is marked by a bar; returns their names.
    fn assert_chosen_buttons_are_marked(&self) -> Vec<String> {
        let accent = self.harness.ctx.global_style().visuals.hyperlink_color;
        let bars = filled(&self.harness.output().shapes, accent);
        let screen = self.harness.ctx.content_rect();
        let mut names = Vec::new();
        let mut left = vec![self.harness.root()];
        while let Some(node) = left.pop() {
            left.extend(node.children());
            let it = node.accesskit_node();
            let is_button = matches!(it.role(), Role::Button | Role::RadioButton);
            if !is_button || it.toggled() != Some(Toggled::True) {
                continue;
            }
            let rect = node.rect();
            // Rows and arrows that are open or closed are not chosen.
            if !screen.contains_rect(rect) || !(40.0..200.0).contains(&rect.width()) {
                continue;
            }
            let name = it.label().unwrap_or_default();
            let is_marked = bars.iter().any(|bar| rect.contains_rect(*bar));
            assert!(is_marked, "no bar on “{name}” at {rect}");
            names.push(name);
        }
        names
    }
}

#[test]
fn every_chosen_button_is_marked_by_a_bar() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let chosen = window.assert_chosen_buttons_are_marked();
    assert!(
        chosen.contains(&"Shows: current state".to_owned()),
        "{chosen:?}"
    );

    let map = window.document().session.map();
    let from = map.touchpoints().find(|t| !t.paths.is_empty()).unwrap();
    let (from, to, kind) = (
        from.id.clone(),
        from.paths[0].to.clone(),
        from.paths[0].kind,
    );
    assert_ne!(kind, PathKind::Next);
    let document = window.harness.state_mut().document_mut().unwrap();
    document.selection = Selection::One(ObjectRef::Path { from, to, kind });
    window.run_until_idle();
    let chosen = window.assert_chosen_buttons_are_marked();
    assert!(chosen.contains(&"Alternative".to_owned()), "{chosen:?}");

    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Num4);
    let chosen = window.assert_chosen_buttons_are_marked();
    assert!(chosen.contains(&"Sort by topic".to_owned()), "{chosen:?}");

    window
        .harness
        .state_mut()
        .queue_command(CommandId::Preferences);
    window.harness.step();
    window.run_until_idle();
    let chosen = window.assert_chosen_buttons_are_marked();
    assert!(chosen.contains(&"Theme: Light".to_owned()), "{chosen:?}");
}
