//! Choices while presenting: lanes of a saved view, paths, and where messages are shown.

use super::Window;
use egui::{Key, Modifiers};
use touchline::model::LaneId;

const NONE: Modifiers = Modifiers::NONE;

fn open(text: &str) -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.journey.ron");
    touchline::storage::write(&path, text.as_bytes()).unwrap();
    (folder, Window::open(&[path], Vec::new()))
}

/// The lanes that are laid out, if they are not those of the document.
fn presented(window: &Window) -> Option<Vec<String>> {
    let lanes = window.document().presented.lanes.as_ref()?;
    Some(lanes.iter().map(LaneId::to_string).collect())
}

#[test]
fn number_keys_count_the_lanes_of_the_saved_view_that_is_shown() {
    let (_folder, mut window) = open(
        "(title: \"T\", saved_views: [
            (id: \"p\", name: \"Pains\", lanes: [\"touchpoints\", \"pains\", \"feelings\"]),
        ], stages: [(name: \"S\", touchpoints: [(name: \"A\", pains: [(text: \"x\")])])])",
    );
    for key in [Key::F5, Key::R, Key::Num0, Key::Num2] {
        window.key(NONE, key);
    }
    assert!(window.shows_label("“Pain points” is hidden."));
    let shown = ["touchpoints", "feelings"].map(str::to_owned).to_vec();
    assert_eq!(presented(&window), Some(shown));
    window.key(NONE, Key::Num4);
    assert!(window.shows_label("No lane has the number 4."));
    window.key(NONE, Key::Num0);
    assert_eq!(presented(&window), None);
}

#[test]
fn every_path_from_the_first_to_the_last_contact_can_be_walked() {
    let (_folder, mut window) = open(
        "(title: \"T\", stages: [(name: \"S\", touchpoints: [
            (id: \"a\", name: \"Asks\", paths: [(to: \"b\", share: 70), (to: \"c\", share: 30)]),
            (id: \"b\", name: \"Books\", paths: [(to: \"d\")]),
            (id: \"c\", name: \"Calls\", paths: [(to: \"d\")]),
            (id: \"d\", name: \"Done\"),
        ])])",
    );
    let walked = |window: &mut Window| {
        let selected = window.document().presented.selection.clone();
        let mut steps: Vec<String> = selected
            .iter()
            .flat_map(|it| &it.touchpoints)
            .map(|id| id.to_string())
            .collect();
        steps.sort();
        steps.concat()
    };
    for key in [Key::F5, Key::R, Key::Num5, Key::R] {
        window.key(NONE, key);
    }
    assert!(window.shows_label("5   The usual path (1 of 2)"));
    assert_eq!(walked(&mut window), "abd");
    window.key(NONE, Key::ArrowRight);
    assert!(window.shows_label("5   Path 2 of 2"));
    assert_eq!(walked(&mut window), "acd");
    // There is no third one.
    window.press("Next path");
    assert_eq!(walked(&mut window), "acd");
    window.key(NONE, Key::ArrowLeft);
    assert_eq!(walked(&mut window), "abd");
    window.key(NONE, Key::Enter);
    assert!(!window.shows_label("Route") && window.shows_label("The usual path"));
}
