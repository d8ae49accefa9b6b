//! Canvas gestures; each undoes to the exact former map.

use super::Window;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{Map, ObjectRef, TouchpointId};

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    pub(super) fn map_clone(&self) -> Map {
        self.document().session.map().clone()
    }

    pub(super) fn leftmost_button(&self, label: &str) -> Rect {
        let nodes = self
            .harness
            .query_all_by_role_and_label(Role::Button, label);
        let rects = nodes.map(|node| node.rect());
        rects
            .min_by(|a, b| a.left().total_cmp(&b.left()))
            .unwrap_or_else(|| panic!("{label} is not in view"))
    }

    pub(super) fn card(&self, id: &TouchpointId) -> Rect {
        let map = self.document().session.map();
        self.leftmost_button(&map.touchpoint(id).unwrap().name)
    }

    pub(super) fn button(&mut self, at: Pos2, pressed: bool, held: Modifiers) {
        let event = Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: held,
        };
        self.harness.event_modifiers(event, held);
        self.harness.step();
    }

    pub(super) fn hover(&mut self, at: Pos2, held: Modifiers) {
        self.harness.event_modifiers(Event::PointerMoved(at), held);
        self.harness.step();
        self.harness.step();
    }

    /// Presses at one point and moves to another without releasing.
    pub(super) fn hold(&mut self, from: Pos2, to: Pos2, held: Modifiers) {
        self.hover(from, held);
        self.button(from, true, held);
        for share in [0.1, 0.5, 1.0, 1.0] {
            self.hover(from + (to - from) * share, held);
        }
    }

    pub(super) fn drag_and_drop(&mut self, from: Pos2, to: Pos2, held: Modifiers) {
        self.hold(from, to, held);
        self.button(to, false, held);
        self.run_until_idle();
    }

    pub(super) fn assert_undo_restores(&mut self, before: &Map) {
        assert!(self.map_clone() != *before, "the gesture changed nothing");
        self.key(Modifiers::COMMAND, Key::Z);
        assert!(self.map_clone() == *before, "undo restores the former map");
    }
}

pub(super) fn ids(map: &Map) -> Vec<TouchpointId> {
    map.touchpoints().map(|t| t.id.clone()).collect()
}

#[test]
fn card_is_dragged_to_a_gap_and_escape_cancels() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    let (from, to) = (window.card(&all[0]), window.card(&all[1]));
    let target = to.center() + vec2(to.width() * 0.3, 0.0);
    window.hold(from.center(), target, NONE);
    assert_eq!(
        ids(&window.map_clone())[..2],
        [all[1].clone(), all[0].clone()]
    );
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
    window.button(target, false, NONE);
    window.run_until_idle();
    assert_eq!(window.map_clone(), before);

    window.drag_and_drop(from.center(), target, NONE);
    assert_eq!(
        ids(&window.map_clone())[..2],
        [all[1].clone(), all[0].clone()]
    );
    assert_eq!(window.document().session.history().done().len(), 1);
    window.assert_undo_restores(&before);
}

#[test]
fn a_stage_is_dragged_past_another() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    for _ in 0..4 {
        window.key(Modifiers::COMMAND, Key::Minus);
    }
    let before = window.map_clone();
    let stages = before.stages().as_slice();
    let (from, to) = (
        window.leftmost_button(&stages[0].name),
        window.leftmost_button(&stages[1].name),
    );
    window.drag_and_drop(from.center(), to.right_center() - vec2(8.0, 0.0), NONE);
    let after = window.map_clone();
    assert_eq!(after.stages().as_slice()[1].id, stages[0].id);
    window.assert_undo_restores(&before);
}

#[test]
fn marquee_with_shift_selects_intersecting_cards() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let all = ids(&window.map_clone());
    let (first, second) = (window.card(&all[0]), window.card(&all[1]));
    let from = first.left_bottom() + vec2(20.0, -4.0);
    let to = second.left_bottom() + vec2(30.0, -30.0);
    window.drag_and_drop(from, to, Modifiers::SHIFT);
    assert_eq!(window.document().selection.touchpoints(), &all[..2]);
}

#[test]
fn a_path_is_drawn_from_the_handle_to_a_card_and_to_a_new_one() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    window.click_card(&all[0], NONE);
    let handle = window.leftmost_button("Draw a path").center();
    let to = window.card(&all[2]).center();
    window.drag_and_drop(handle, to, NONE);
    let paths = window.map_clone().touchpoint(&all[0]).unwrap().paths.len();
    assert_eq!(paths, before.touchpoint(&all[0]).unwrap().paths.len() + 1);
    assert!(matches!(
        &window.document().selection,
        Selection::One(ObjectRef::Path { .. })
    ));
    window.assert_undo_restores(&before);

    window.click_card(&all[0], NONE);
    let handle = window.leftmost_button("Draw a path").center();
    let ground = window.card(&all[1]).left_bottom() + vec2(-14.0, 24.0);
    window.drag_and_drop(handle, ground, NONE);
    assert_eq!(
        window.map_clone().touchpoint_count(),
        before.touchpoint_count() + 1
    );
    window.key(NONE, Key::Enter);
    window.assert_undo_restores(&before);
}

#[test]
fn path_starts_at_the_pressed_handle_for_any_pointer_speed() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let all = ids(&window.map_clone());
    window.click_card(&all[0], NONE);
    let handle = window.leftmost_button("Draw a path").center();
    let way = [&all[1], &all[2]].map(|id| window.card(id).center());
    window.hover(handle, NONE);
    window.button(handle, true, NONE);
    // The first movement event is over another card already.
    for at in way {
        window.hover(at, NONE);
    }
    window.button(way[1], false, NONE);
    let Selection::One(ObjectRef::Path { from, to, .. }) = &window.document().selection else {
        panic!("no path was drawn");
    };
    assert_eq!((from, to), (&all[0], &all[2]));
}

#[test]
fn enter_edits_the_name_of_the_selected_card_and_escape_restores_it() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    window.click_card(&all[0], NONE);
    let height = window.card(&all[0]).height();
    window.key(NONE, Key::Enter);
    for text in ["T", "ells the whole family about it at length, twice"] {
        window.harness.event(Event::Text(text.to_owned()));
        window.run_until_idle();
    }
    let name = "Tells the whole family about it at length, twice";
    assert_eq!(window.touchpoint(&all[0].to_string()).name, name);
    assert!(window.card(&all[0]).height() >= height);
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);

    window.key(NONE, Key::F2);
    window.harness.event(Event::Text("One".to_owned()));
    window.run_until_idle();
    window.key(Modifiers::SHIFT, Key::Enter);
    window.harness.event(Event::Text("two".to_owned()));
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    assert_eq!(window.touchpoint(&all[0].to_string()).name, "One\ntwo");
    assert!(!window.shows_label("Name on the map"));
    window.assert_undo_restores(&before);

    // Enter starts editing, Tab continues with the next card.
    window.key(NONE, Key::Enter);
    assert!(window.shows_label("Name on the map"));
    window.key(NONE, Key::Tab);
    assert_eq!(
        window.document().selection,
        Selection::One(ObjectRef::Touchpoint(all[1].clone()))
    );
    assert!(window.shows_label("Name on the map"));
    window.key(NONE, Key::Enter);
    assert_eq!(window.map_clone(), before);

    // Scrolling the card out of view ends editing; the window becomes idle.
    window.key(NONE, Key::F2);
    let document = window.harness.state_mut().document_mut().unwrap();
    document.camera.x += 3000.0;
    window.run_until_idle();
    assert!(!window.shows_label("Name on the map"));
    assert_eq!(window.map_clone(), before);
}

#[test]
fn feeling_is_changed_by_dragging_and_by_keys() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let id = ids(&before)[0].clone();
    window.click_card(&id, NONE);
    window.key(NONE, Key::Minus);
    window.assert_undo_restores(&before);
    let found = |map: &Map| -> Vec<Option<touchline::model::Score>> {
        let first = map.touchpoint(&id).unwrap().feelings.iter();
        first.map(|f| f.score).collect()
    };
    let map = window.map_clone();
    let touchpoint = map.touchpoint(&id).unwrap();
    let score = touchpoint.feelings[0].score.unwrap();
    let who = &map.personas().as_slice()[0].name;
    window.key(NONE, Key::PageDown);
    let face = window.leftmost_button(&format!("{who} feels {score} at {}", touchpoint.name));
    window.drag_and_drop(face.center(), face.center() + vec2(0.0, 20.0), NONE);
    assert_ne!(found(&window.map_clone()), found(&before));
    window.assert_undo_restores(&before);
}

#[test]
fn a_department_is_dragged_from_its_list_onto_a_card() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let id = ids(&before)[0].clone();
    window.key(Modifiers::COMMAND, Key::K);
    window
        .harness
        .get_by_label("Search")
        .type_text("assign owner");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    let owner = before.departments().as_slice()[2].clone();
    let chip = window.leftmost_button(&format!("Assign {}", owner.name));
    let to = window.card(&id).center();
    window.drag_and_drop(chip.center(), to, NONE);
    let given = window.touchpoint(&id.to_string()).owner.clone();
    assert_eq!(given, Some(owner.id));
    window.assert_undo_restores(&before);
}

#[test]
fn a_path_is_clicked_named_and_removed() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    let (from, to) = (window.card(&all[0]), window.card(&all[1]));
    let line = from.top() + from.height() * 0.354;
    // A click near the line is close enough.
    let beside = egui::pos2((from.right() + to.left()) / 2.0, line + 4.0);
    window.pointer_click(beside, NONE);
    assert!(matches!(
        &window.document().selection,
        Selection::One(ObjectRef::Path { .. })
    ));
    let field = window.harness.get_by_label("Path label").rect().center();
    window.pointer_click(field, NONE);
    window.harness.event(Event::Text("at once".to_owned()));
    window.run_until_idle();
    let paths = window.touchpoint(&all[0].to_string()).paths.clone();
    assert_eq!(paths.last().unwrap().label, "at once");
    window.assert_undo_restores(&before);
    window.press("Remove");
    window.assert_undo_restores(&before);
}
