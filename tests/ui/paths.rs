//! Paths on the map: drawing, rerouting, kind and share.

use super::Window;
use super::tools::ids;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{Field, ObjectRef, Path, PathKind};

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    /// Draws a path between two cards, by their index on the map.
    pub(super) fn draw_path(&mut self, from: usize, to: usize) {
        let all = ids(&self.map_clone());
        self.click_card(&all[from], NONE);
        let handle = self.leftmost_button("Draw a path").center();
        let card = self.card(&all[to]).center();
        self.drag_and_drop(handle, card, NONE);
    }

    /// The middle of the line from the first card to the second.
    pub(super) fn first_path(&self) -> egui::Pos2 {
        let all = ids(&self.map_clone());
        let (from, to) = (self.card(&all[0]), self.card(&all[1]));
        let line = from.top() + from.height() * 0.354;
        egui::pos2((from.right() + to.left()) / 2.0, line)
    }

    fn click_first_path(&mut self) {
        let middle = self.first_path();
        self.pointer_click(middle, NONE);
        assert!(matches!(
            &self.document().selection,
            Selection::One(ObjectRef::Path { .. })
        ));
    }

    fn paths_of(&self, at: usize) -> Vec<Path> {
        let map = self.document().session.map();
        map.touchpoints().nth(at).unwrap().paths.clone()
    }
}

#[test]
fn a_path_is_rerouted_by_both_its_ends() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    for end in [true, false] {
        window.click_first_path();
        let (handle, at) = match end {
            true => ("End of the path", 0),
            false => ("Start of the path", 2),
        };
        let handle = window.leftmost_button(handle).center();
        let card = window.card(&all[2]).center();
        window.hold(handle, card, NONE);
        window.key(NONE, Key::Escape);
        window.button(card, false, NONE);
        window.run_until_idle();
        assert_eq!(
            window.map_clone(),
            before,
            "Escape leaves the path as it was"
        );

        window.click_first_path();
        let known = window.paths_of(at).len();
        window.drag_and_drop(handle, card, NONE);
        let paths = window.paths_of(at);
        assert_eq!(paths.len(), known + 1);
        let to = if end { &all[2] } else { &all[1] };
        assert_eq!(paths.last().unwrap().to, *to);
        assert!(matches!(
            &window.document().selection,
            Selection::One(ObjectRef::Path { to: now, .. }) if now == to
        ));
        window.assert_undo_restores(&before);
    }
}

#[test]
fn escape_cancels_drawing_a_path() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    window.click_card(&all[0], NONE);
    let handle = window.leftmost_button("Draw a path").center();
    for to in [
        window.card(&all[2]).center(),
        window.card(&all[1]).left_bottom() + vec2(-14.0, 24.0),
    ] {
        window.hold(handle, to, NONE);
        window.key(NONE, Key::Escape);
        window.button(to, false, NONE);
        window.run_until_idle();
        assert_eq!(window.map_clone(), before);
    }
    let selected = Selection::One(ObjectRef::Touchpoint(all[0].clone()));
    assert_eq!(window.document().selection, selected);
}

#[test]
fn text_typed_after_drawing_a_path_is_its_label() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    window.draw_path(0, 2);
    window
        .harness
        .get_by_label("Path label")
        .type_text("in a hurry");
    window.run_until_idle();
    let after = window.map_clone();
    assert_eq!(after.touchpoint_count(), before.touchpoint_count());
    assert_eq!(window.paths_of(0).last().unwrap().label, "in a hurry");
    // Drawing the same path again keeps its label.
    window.key(NONE, Key::Escape);
    window.draw_path(0, 2);
    assert_eq!(window.map_clone(), after);
    assert!(matches!(
        &window.document().selection,
        Selection::One(ObjectRef::Path { .. })
    ));
}

#[test]
fn path_kind_and_share_are_set_and_delete_removes_it() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let start = window.map_clone();
    window.draw_path(0, 2);
    let before = window.map_clone();
    let last = |window: &Window| window.paths_of(0).last().unwrap().clone();
    assert_eq!(last(&window).kind, PathKind::Alternative);
    window.press("Failure");
    assert_eq!(last(&window).kind, PathKind::Failure);
    assert!(matches!(
        &window.document().selection,
        Selection::One(ObjectRef::Path {
            kind: PathKind::Failure,
            ..
        })
    ));
    window.assert_undo_restores(&before);
    window.select_last_path();
    let share = window.harness.get_by_label("Path share").rect().center();
    window.drag_and_drop(share, share + vec2(30.0, 0.0), NONE);
    let given = last(&window).share.expect("the share was dragged up");
    assert!(given.percent() > 0.0);
    window.assert_undo_restores(&before);
    window.select_last_path();
    window.key(NONE, Key::Delete);
    assert_eq!(window.map_clone(), start);
    window.assert_undo_restores(&before);
}

impl Window {
    /// Selects the last explicit path of the first card again.
    fn select_last_path(&mut self) {
        let map = self.map_clone();
        let first = map.touchpoints().next().unwrap();
        let path = first.paths.last().unwrap();
        let selection = Selection::One(ObjectRef::Path {
            from: first.id.clone(),
            to: path.to.clone(),
            kind: path.kind,
        });
        super::preferences_and_focus::select(self, selection);
    }
}

#[test]
fn handles_are_hidden_below_the_pinned_stages() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let id = window.map().touchpoints().next().unwrap().id.clone();
    window.click_card(&id, Modifiers::NONE);
    let stage = window.map().stages().as_slice()[0].id.clone();
    let mut hidden = 0;
    for _ in 0..40 {
        let by = vec2(0.0, -12.0);
        window.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            source: egui::MouseWheelSource::Unknown,
            delta: by,
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
        window.run_until_idle();
        let band = window.text_rect(&ObjectRef::Stage(stage.clone()), Field::Name);
        let handle = window.harness.query_by_label("Draw a path");
        match handle.map(|handle| handle.rect().center()) {
            Some(at) => assert!(at.y > band.bottom(), "{at} {band}"),
            None => hidden += 1,
        }
    }
    assert!(hidden > 0);
}
