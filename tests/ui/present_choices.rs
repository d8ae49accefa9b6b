//! Choices while presenting: lanes of a saved view, paths, and where messages are shown.

use super::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::Appearance;
use touchline::app::command::table::CommandId;
use touchline::model::{Id as _, LaneId};
use touchline::render::{Legibility, ShownPart, legibility};
use touchline::room::Room;
use touchline::text::Typesetter;

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

#[test]
fn the_whole_of_a_long_journey_fills_the_screen_in_rows() {
    let steps: String = (0..40)
        .map(|at| format!("(name: \"Step {at}\"),"))
        .collect();
    let text = format!("(title: \"T\", stages: [(name: \"S\", touchpoints: [{steps}])])");
    let (_folder, mut window) = open(&text);
    window.key(NONE, Key::F5);
    let presented = |window: &Window| window.document().presented.row_width;
    let rows = f64::from(presented(&window).unwrap());
    let width = f64::from(window.canvas().width());
    let zoom = f64::from(window.document().camera.zoom);
    assert!(
        rows * zoom <= width + 1.0 && rows * zoom > 0.8 * width,
        "{rows} {zoom}"
    );
    // A stop at a stage, and the window afterwards, have one row.
    window.key(NONE, Key::ArrowDown);
    assert_eq!(presented(&window), None);
    window.key(NONE, Key::Home);
    assert_eq!(presented(&window), Some(rows as u32));
    window.key(NONE, Key::Escape);
    assert_eq!(presented(&window), None);
}

/// Legibility of the part of the map that the window shows.
fn shown_legibility(window: &mut Window) -> Legibility {
    let size = window.canvas().size();
    let document = window.harness.state_mut().document_mut().unwrap();
    let scene = document.front_scene(Appearance::default(), &mut Typesetter::bundled());
    let camera = document.camera;
    let part = ShownPart {
        area: camera.area(size.into()),
        zoom: camera.zoom,
        picture_height: f64::from(size.y / camera.zoom),
        least_size: 5.0 / camera.zoom,
    };
    legibility(&scene.unwrap(), &part, Room::default())
}

fn says_what_is_too_small(window: &Window) -> bool {
    let is_mark = |words: String| words.starts_with("Too small for the last row: ");
    let mut marks = window.harness.query_all_by(|node| {
        let label = node.label().or_else(|| node.value());
        label.is_some_and(is_mark)
    });
    marks.next().is_some()
}

#[test]
fn each_stop_is_readable_from_the_last_row_or_says_what_is_not() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(NONE, Key::F5);
    let stages = window.document().session.map().stages().len();
    for at in 0..=stages {
        let found = shown_legibility(&mut window);
        assert_eq!(
            says_what_is_too_small(&window),
            !found.is_readable(),
            "stop {at}: {found:?}"
        );
        if at % 3 == 1 {
            // A large card is readable.
            window.key(NONE, Key::Space);
            assert!(window.document().selection.object().is_some());
            assert!(!says_what_is_too_small(&window), "card after stop {at}");
        }
        window.key(NONE, Key::ArrowDown);
    }
}

#[test]
fn the_map_is_fitted_for_the_room() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.harness.set_size(egui::vec2(1920.0, 1080.0));
    window.run_until_idle();
    window.harness.state_mut().queue_command(CommandId::FitRoom);
    window.run_until_idle();
    let lanes = window.document().lanes.clone().unwrap();
    let lanes: Vec<&str> = lanes.iter().map(LaneId::as_str).collect();
    assert_eq!(lanes, ["touchpoints"]);
    let said = window.harness.state().messages().concat();
    assert!(said.starts_with("Only the touchpoints are shown"), "{said}");
    let found = shown_legibility(&mut window);
    assert!(found.is_readable(), "{found:?}");
}
