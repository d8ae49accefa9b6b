//! Selection of several touchpoints, and commands on all of them.

use super::Window;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{Map, TouchpointId};

const NONE: Modifiers = Modifiers::NONE;

fn first(map: &Map, count: usize) -> Vec<TouchpointId> {
    map.touchpoints()
        .take(count)
        .map(|t| t.id.clone())
        .collect()
}

impl Window {
    /// Clicks the card of a touchpoint with modifiers.
    pub(super) fn click_card(&mut self, id: &TouchpointId, held: Modifiers) {
        let map = self.document().session.map();
        let name = map.touchpoint(id).unwrap().name.clone();
        // The inspector at the right lists selected touchpoints under the same names.
        let nodes = self
            .harness
            .query_all_by_role_and_label(Role::Button, &name);
        let lefts = nodes.map(|node| node.rect());
        let card = lefts.min_by(|a, b| a.min.x.total_cmp(&b.min.x)).unwrap();
        let at = card.center();
        self.pointer_click(at, held);
    }

    /// Clicks a point of the window with modifiers.
    pub(super) fn pointer_click(&mut self, at: egui::Pos2, held: Modifiers) {
        self.harness.event(egui::Event::PointerMoved(at));
        for pressed in [true, false] {
            self.harness.event_modifiers(
                egui::Event::PointerButton {
                    pos: at,
                    button: egui::PointerButton::Primary,
                    pressed,
                    modifiers: held,
                },
                held,
            );
            self.harness.step();
        }
        self.run_until_idle();
    }
}

#[test]
fn clicks_with_shift_or_control_extend_the_selection_for_one_undo_step() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.document().session.map().clone();
    let ids = first(&before, 3);
    window.click_card(&ids[0], NONE);
    window.click_card(&ids[2], Modifiers::SHIFT);
    window.click_card(&ids[1], Modifiers::COMMAND);
    assert_eq!(
        window.document().selection,
        Selection::Touchpoints(ids.clone())
    );
    assert!(window.shows_label("3 touchpoints selected"));
    window.click_card(&ids[1], Modifiers::COMMAND);
    let two = [ids[0].clone(), ids[2].clone()];
    assert_eq!(window.document().selection.touchpoints(), two);

    window.harness.get_by_label("Channel").click();
    window.run_until_idle();
    let search = window.harness.get_by_label("Channel: search");
    search.type_text("Pigeon post");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    let map = window.document().session.map();
    let pigeon = map
        .channels()
        .iter()
        .find(|c| c.name == "Pigeon post")
        .unwrap();
    for id in &two {
        assert_eq!(
            map.touchpoint(id).unwrap().channel.as_ref(),
            Some(&pigeon.id)
        );
    }
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.document().session.map(), before);
}

#[test]
fn selection_moves_and_is_deleted_as_one_undo_step() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.document().session.map().clone();
    let stage = before.stages().as_slice()[0].id.clone();
    let inside = before.touchpoints_in(&stage).len();
    window.key(NONE, Key::ArrowDown);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    assert_eq!(window.document().selection.touchpoints().len(), inside);
    window.key(Modifiers::ALT, Key::ArrowRight);
    let map = window.document().session.map();
    assert_eq!(map.touchpoints_in(&stage).len(), 0);
    assert_eq!(window.document().selection.touchpoints().len(), inside);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.document().session.map(), before);

    window.key(Modifiers::COMMAND, Key::A);
    let all = before.touchpoint_count();
    assert!(window.shows_label(&format!("{all} touchpoints selected")));
    window.key(NONE, Key::Delete);
    assert_eq!(window.document().session.map().touchpoint_count(), 0);
    assert_eq!(window.document().selection, Selection::Nothing);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.document().session.map(), before);
}

#[test]
fn number_keys_assign_owners_and_channels() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.document().session.map().clone();
    let ids = first(&before, 2);
    window.click_card(&ids[0], NONE);
    window.click_card(&ids[1], Modifiers::SHIFT);
    let owner = before.departments().as_slice()[1].id.clone();
    let channel = before.channels().as_slice()[0].id.clone();
    window.key(NONE, Key::Num2);
    window.key(Modifiers::ALT, Key::Num1);
    for id in &ids {
        let touchpoint = window.touchpoint(&id.to_string());
        assert_eq!(touchpoint.owner.as_ref(), Some(&owner));
        assert_eq!(touchpoint.channel.as_ref(), Some(&channel));
    }
    // The same key again removes the owner.
    window.key(NONE, Key::Num2);
    for id in &ids {
        assert_eq!(window.touchpoint(&id.to_string()).owner, None);
    }
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(*window.document().session.map(), before);
}

#[test]
fn click_on_the_assign_page_assigns_to_the_selection() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.document().session.map().clone();
    let id = first(&before, 1).remove(0);
    window.click_card(&id, NONE);
    // The command palette opens the Assign page.
    window.key(Modifiers::COMMAND, Key::K);
    window
        .harness
        .get_by_label("Search")
        .type_text("assign owner");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    let owner = &before.departments().as_slice()[0];
    window.press(&format!("Assign {}", owner.name));
    assert_eq!(
        window.touchpoint(&id.to_string()).owner.as_ref(),
        Some(&owner.id)
    );
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.document().session.map(), before);
}
