//! What a merge left to decide, settled by keys, buttons and findings, and taken back.

use super::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::compare::merge::{SideNames, merge};
use touchline::format;
use touchline::model::{Map, ObjectRef};
use touchline::render::{RenderOptions, View, render_view};
use touchline::text::Typesetter;

const ALT: Modifiers = Modifiers::ALT;

fn version(name: &str, owner: &str, pain: &str) -> Map {
    let text = format!(
        "(title: \"Lunch\", departments: [(id: \"sales\", name: \"Sales\"), (id: \"it\", name: \"IT\")],
         stages: [(id: \"s\", name: \"Order\", owner: \"sales\", touchpoints: [
            (id: \"a\", name: \"{name}\", owner: \"{owner}\", pains: [(id: \"p\", text: \"{pain}\")]),
            (id: \"b\", name: \"Pays\", owner: \"sales\")])])"
    );
    format::read(text.as_bytes()).unwrap().map
}

/// A window with a map in which the name, the owner and a pain point of a step are left to decide.
fn merged_window() -> (tempfile::TempDir, Window) {
    let base = version("Orders", "sales", "Waits");
    let ours = version("Orders a meal", "it", "Waits in line");
    let theirs = version("Orders lunch", "", "Waits for long");
    let names = SideNames {
        ours: "Jana".to_owned(),
        theirs: "Tom".to_owned(),
    };
    let merged = merge(Some(&base), &ours, &theirs, &names);
    assert_eq!(merged.new_conflicts, 3);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lunch.journey.ron");
    touchline::storage::write(&path, format::write(&merged.map).as_bytes()).unwrap();
    let window = Window::open(&[path], vec![]);
    (folder, window)
}

fn name(window: &Window) -> String {
    window.touchpoint("a").name.clone()
}

/// The drawn journey as text.
fn drawn(window: &Window) -> String {
    let map = window.document().session.map();
    let options = RenderOptions::default();
    let scene = render_view(map, View::Journey, &options, &mut Typesetter::bundled());
    format!("{scene:?}")
}

fn left(window: &Window) -> usize {
    window.document().session.map().conflicts().len()
}

#[test]
fn conflicts_are_settled_by_keys_one_after_the_other_and_taken_back() {
    let (_folder, mut window) = merged_window();
    let before = window.map_clone();
    let drawing = drawn(&window);
    assert!(drawing.contains("3 to decide"));
    window.key(ALT, Key::M);
    let chosen = Selection::One(ObjectRef::Touchpoint("a".into()));
    assert_eq!(window.document().selection, chosen);
    // In the order of the file: name, owner, pain point.
    window.key(ALT, Key::K);
    assert_eq!(name(&window), "Orders lunch");
    assert_eq!(left(&window), 2);
    assert!(window.shows_label("2 left to decide."));
    let drawing = drawn(&window);
    assert!(drawing.contains("2 to decide"));
    window.key(ALT, Key::J);
    assert_eq!(window.touchpoint("a").owner, Some("it".into()));
    window.key(ALT, Key::L);
    assert_eq!(window.touchpoint("a").pains[0].text, "Waits in line");
    assert_eq!(left(&window), 0);
    assert!(window.shows_label("Everything is decided."));
    // Nothing is left: the key says so.
    window.key(ALT, Key::K);
    assert_eq!(left(&window), 0);
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.map_clone(), before);
}

#[test]
fn both_values_stand_in_the_inspector_and_a_click_chooses_one() {
    let (_folder, mut window) = merged_window();
    window.key(ALT, Key::M);
    assert!(window.shows_label("Name of “Orders a meal”"));
    assert!(window.shows_label("Was Orders"));
    assert!(window.shows_label("Take “Orders a meal” (Jana)"));
    assert!(window.shows_label("Leave it empty (Tom)"));
    window.press("Take “Orders lunch” (Tom)");
    assert_eq!(name(&window), "Orders lunch");
    window.press("Leave it empty (Tom)");
    assert_eq!(window.touchpoint("a").owner, None);
    window.press("Take “Waits for long” (Tom)");
    assert_eq!(window.touchpoint("a").pains[0].text, "Waits for long");
    assert_eq!(left(&window), 0);
    assert!(!window.shows_label("Left to decide by a merge"));
}

#[test]
fn what_was_edited_since_can_be_kept_and_a_deleted_step_takes_its_conflicts_along() {
    let (_folder, mut window) = merged_window();
    window.key(ALT, Key::M);
    let field = window.harness.get_by_label("Name");
    field.focus();
    window.run_until_idle();
    window.key(Modifiers::COMMAND, Key::A);
    window
        .harness
        .event(egui::Event::Text("Chooses a meal".to_owned()));
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Escape);
    window.key(ALT, Key::L);
    assert_eq!(name(&window), "Chooses a meal");
    assert_eq!(left(&window), 2);
    window.key(Modifiers::NONE, Key::Delete);
    assert_eq!(left(&window), 0);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(left(&window), 2);
}
