//! Saved views: saved, opened, renamed, reordered, updated and deleted.

use super::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{Record as _, SavedView};
use touchline::render::View;
use touchline::scene::Marks;

const NONE: Modifiers = Modifiers::NONE;
const TURN: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn views(window: &Window) -> Vec<SavedView> {
    window
        .document()
        .session
        .map()
        .saved_views()
        .as_slice()
        .to_vec()
}

fn names(window: &Window) -> Vec<String> {
    views(window).iter().map(|view| view.name.clone()).collect()
}

/// A window with a bank account whose third stage is in sight with its pain points highlighted.
fn window_with_a_saved_view() -> (tempfile::TempDir, Window) {
    let (folder, _path, mut window) = Window::with_bank_account();
    let stage = window.document().session.map().stages().as_slice()[2].object();
    window
        .harness
        .state_mut()
        .document_mut()
        .unwrap()
        .select(Selection::One(stage), false);
    window.run_until_idle();
    window.key(Modifiers::COMMAND, Key::Num2);
    window.key(NONE, Key::P);
    window.key(Modifiers::ALT, Key::V);
    (folder, window)
}

#[test]
fn a_saved_view_in_rows_is_opened_in_rows() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(NONE, Key::W);
    window.key(Modifiers::ALT, Key::V);
    window.key(NONE, Key::Escape);
    window.key(Modifiers::ALT, Key::W);
    window.key(Modifiers::ALT, Key::V);
    window.key(NONE, Key::Escape);
    let rows: Vec<bool> = views(&window).iter().map(|view| view.rows).collect();
    assert_eq!(rows, [true, false]);
    window.key(Modifiers::ALT, Key::PageUp);
    assert!(window.harness.state().preferences().rows);
    window.key(Modifiers::ALT, Key::PageDown);
    assert!(!window.harness.state().preferences().rows);
}

#[test]
fn a_view_is_saved_and_opened_again_with_all_it_shows() {
    let (_folder, mut window) = window_with_a_saved_view();
    let saved = views(&window);
    let [first] = &saved[..] else {
        panic!("{saved:?}");
    };
    assert!(
        first.name.starts_with("Journey: pain points"),
        "{}",
        first.name
    );
    let map = window.document().session.map();
    let stage = map.stages().as_slice()[2].id.clone();
    for id in [&first.from, &first.to] {
        let id = id.as_ref().expect("a part of the map is in sight");
        assert_eq!(map.stage_of(id), Some(&stage));
    }
    // The new name has the focus.
    window
        .harness
        .get_by_label("Saved view 1 name")
        .type_text("Where it hurts");
    window.key(NONE, Key::Enter);
    assert_eq!(names(&window), ["Where it hurts"]);
    let camera = window.document().camera;
    window.key(TURN, Key::Num2);
    window.key(NONE, Key::P);
    window.key(NONE, Key::D);
    window.press("Open Where it hurts");
    let document = window.document();
    assert_eq!(document.view, View::Journey);
    assert!(document.highlighting.marks.intersects(Marks::PAIN));
    let again = document.camera;
    assert!((again.x - camera.x).abs() < 400.0 && (again.zoom / camera.zoom - 1.0).abs() < 0.5);
    // What is in sight is described in the same way again.
    window.key(Modifiers::ALT, Key::V);
    let saved = views(&window);
    assert_eq!(
        (&saved[1].from, &saved[1].to),
        (&saved[0].from, &saved[0].to)
    );
    assert!(!saved[1].compact);
    assert_eq!(saved[1].upper, saved[0].upper);
}

#[test]
fn saved_views_are_reordered_updated_and_deleted_and_all_can_be_undone() {
    let (_folder, mut window) = window_with_a_saved_view();
    window.key(NONE, Key::Escape);
    window.key(TURN, Key::Num3);
    window.key(Modifiers::ALT, Key::V);
    window.key(NONE, Key::Escape);
    let both = names(&window);
    assert_eq!(both.len(), 2);
    window.press(&format!("Move {} up", both[1]));
    let turned = names(&window);
    assert_eq!([&turned[0], &turned[1]], [&both[1], &both[0]]);
    // The second one is updated to the view of ownership.
    window.press(&format!("Update {}", both[0]));
    let now = views(&window);
    assert_eq!((now[1].view, &now[1].name), (View::Ownership, &both[0]));
    window.press(&format!("Delete saved view {}", both[0]));
    assert_eq!(names(&window), [both[1].clone()]);
    for expected in [turned.clone(), turned, both] {
        window.key(Modifiers::COMMAND, Key::Z);
        assert_eq!(names(&window), expected);
    }
}

#[test]
fn saved_views_are_walked_by_keys_and_bring_their_lanes() {
    let (_folder, mut window) = window_with_a_saved_view();
    window.key(NONE, Key::Escape);
    let document = window.harness.state_mut().document_mut().unwrap();
    document.lanes = Some(vec!["feelings".into()]);
    window.key(Modifiers::ALT, Key::V);
    window.key(NONE, Key::Escape);
    window.key(Modifiers::ALT, Key::PageUp);
    assert_eq!(window.document().lanes, None);
    window.key(Modifiers::ALT, Key::PageDown);
    assert_eq!(window.document().lanes, Some(vec!["feelings".into()]));
    window.key(Modifiers::COMMAND, Key::L);
    window.press("Lanes of the map");
    assert_eq!(window.document().lanes, None);
}
