//! Views of a map: switched by keys and tabs, with a shared selection.

use super::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use touchline::app::command::action::Selection;
use touchline::app::platform::file_dialog::FileResponse;
use touchline::layout::flow::CardColoring;
use touchline::model::{ObjectRef, Record, TouchpointId};
use touchline::render::View;
use touchline::settings::today;

const NONE: Modifiers = Modifiers::NONE;
const TURN: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Id of the second touchpoint of the map.
fn second(window: &Window) -> TouchpointId {
    let map = window.document().session.map();
    map.touchpoints().nth(1).unwrap().id.clone()
}

fn view(window: &Window) -> View {
    window.document().view
}

#[test]
fn each_view_keeps_its_camera_and_all_share_the_selection() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::Num0);
    let journey = window.document().camera;
    window.key(TURN, Key::Num2);
    assert_eq!(view(&window), View::Flow);
    let id = second(&window);
    window.click_card(&id, NONE);
    let chosen = window.document().selection.clone();
    assert_eq!(chosen, Selection::One(ObjectRef::Touchpoint(id)));
    window.key(NONE, Key::ArrowRight);
    let next = window.document().selection.clone();
    assert_ne!(next, chosen);
    window.key(TURN, Key::Num1);
    assert_eq!(view(&window), View::Journey);
    assert_eq!(window.document().selection, next);
    assert_eq!(window.document().camera, journey);
}

#[test]
fn findings_tab_shows_the_count_and_enter_goes_to_the_subject() {
    let (_folder, path, mut window) = Window::with_bank_account();
    let mut session = touchline::session::Session::open(&path).unwrap();
    let count = session.findings(today()).open.len();
    window.press(&format!("Findings {count}"));
    assert_eq!(view(&window), View::Findings);
    window.harness.get_by_label("Findings list").focus();
    window.run_until_idle();
    for _ in 0..2 {
        window.key(NONE, Key::ArrowDown);
    }
    // The details are fully visible beside the list.
    let rect = |label: &str| window.harness.get_by_label(label).rect();
    let (list, details) = (rect("Findings list"), rect("Accept finding"));
    assert!(list.right() <= details.left(), "{list} {details}");
    let inspector = window
        .harness
        .get_all_by_label("Name")
        .next()
        .unwrap()
        .rect();
    assert!(details.right() <= inspector.left(), "{details} {inspector}");
    let chosen = window.document().selection.clone();
    assert_ne!(chosen, Selection::Nothing);
    window.key(NONE, Key::Enter);
    assert_eq!(view(&window), View::Journey);
    assert_eq!(window.document().selection, chosen);
}

#[test]
fn finding_is_searched_selected_and_fixed_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hospital.journey.ron");
    std::fs::copy("sample_maps/hospital-outpatient.journey.ron", &path).unwrap();
    let mut window = Window::open(&[path], Vec::new());
    window.key(TURN, Key::Num4);
    let has_keyboard = |window: &Window, label: &str| {
        let it = window.harness.get_by_label(label);
        it.accesskit_node().is_focused()
    };
    assert!(has_keyboard(&window, "Findings list"));
    window.key(NONE, Key::ArrowDown);
    assert_ne!(window.document().selection, Selection::Nothing);
    // The most severe finding comes first.
    assert!(window.shows_label("Pain, warning"));

    window.fill("Search findings", "stage no owner");
    window.key(NONE, Key::ArrowDown);
    assert!(has_keyboard(&window, "Findings list"));
    let Selection::One(ObjectRef::Stage(stage)) = window.document().selection.clone() else {
        panic!("the stage is not selected");
    };
    let owner = |window: &Window| {
        let map = window.document().session.map();
        map.stages().get(&stage).unwrap().owner.clone()
    };
    assert_eq!(owner(&window), None);
    // The next Tab stop is the quick fix; no other finding matches the search.
    window.key(NONE, Key::Tab);
    assert!(has_keyboard(&window, "Assign to Outpatient reception"));
    window.key(NONE, Key::Enter);
    assert!(owner(&window).is_some());
    assert!(has_keyboard(&window, "Search findings"));

    // The next finding is selected at once.
    window.fill("Search findings", "touchpoint no owner");
    window.key(NONE, Key::ArrowDown);
    assert!(window.shows_label("Accept finding"));
    window.fill("Reason", "Known");
    window.key(NONE, Key::Enter);
    let map = window.document().session.map();
    let reasons: Vec<_> = map
        .suppressions()
        .iter()
        .map(|s| s.name().to_owned())
        .collect();
    assert!(reasons.contains(&"Known".to_owned()), "{reasons:?}");
    assert!(window.shows_label("Accept finding"));
    assert!(has_keyboard(&window, "Findings list"));
}

#[test]
fn presentation_returns_to_the_findings_view() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(TURN, Key::Num4);
    assert!(!window.shows_label("Zoom in"));
    window.key(NONE, Key::F5);
    assert_eq!(view(&window), View::Journey);
    window.key(NONE, Key::Escape);
    assert_eq!(view(&window), View::Findings);
    assert!(window.shows_label("Findings list"));
}

#[test]
fn coloring_is_chosen_in_the_flow_view_only() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    assert!(!window.shows_label("Colour by feeling"));
    window.press("Flow");
    window.harness.set_size(egui::vec2(1800.0, 720.0));
    window.run_until_idle();
    window.press("Colour by feeling");
    assert_eq!(window.document().coloring, CardColoring::Feeling);
    window.key(TURN, Key::Num1);
    assert!(!window.shows_label("Colour by feeling"));
}

#[test]
fn find_switches_from_the_findings_view_to_the_map() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(TURN, Key::Num4);
    window.key(Modifiers::COMMAND, Key::F);
    assert_eq!(view(&window), View::Journey);
    assert!(window.shows_label("Find in this map"));
}

/// Runs frames until a tab with this name appears.
fn wait_for(window: &mut Window, name: &str) {
    for _ in 0..3_000 {
        if window.shows_label(name) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.run_until_idle();
    }
    assert!(window.shows_label(name), "{name}");
}

#[test]
fn findings_of_a_large_map_are_counted_in_the_background() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.journey.ron");
    let stages: String = (0..40)
        .map(|stage| {
            let steps: String = (0..26)
                .map(|at| format!("(name: \"A{stage} {at}\"),"))
                .collect();
            format!("(name: \"S{stage}\", touchpoints: [{steps}]),")
        })
        .collect();
    // Findings of one rule are summed up: deleting the second touchpoint ends that of its name.
    let first = r#"(name: "First", touchpoints: [(name: "A"), (name: "a")]),"#;
    let text = format!("(title: \"T\", stages: [{first}{stages}])");
    touchline::storage::write(&path, text.as_bytes()).unwrap();
    let mut window = Window::open(&[path], Vec::new());
    let count = |window: &mut Window| {
        let session = &window.document().session;
        assert!(session.is_large());
        touchline::insight::count(session.map(), today(), Vec::new())
    };
    let before = count(&mut window);
    assert!((3..20).contains(&before), "{before}");
    wait_for(&mut window, &format!("Findings {before}"));
    // An edit updates the count.
    let id = second(&window);
    window.click_card(&id, NONE);
    window.key(NONE, Key::Delete);
    let after = count(&mut window);
    assert_ne!(after, before);
    wait_for(&mut window, &format!("Findings {after}"));
    // The list is updated too, and does not claim to be empty before the result is
    // known.
    window.press(&format!("Findings {after}"));
    assert!(window.shows_label("Checking the map…") || window.shows_label("Findings list"));
    assert!(!window.shows_label(touchline::insight::NO_FINDINGS));
    wait_for(&mut window, "Findings list");
    wait_for(&mut window, &format!("Findings {after}"));
    window.key(Modifiers::COMMAND, Key::Z);
    wait_for(&mut window, &format!("Findings {before}"));
}

#[test]
fn export_of_the_findings_view_contains_the_findings() {
    let folder = tempfile::tempdir().unwrap();
    let (map, picture) = (
        folder.path().join("bank.journey.ron"),
        folder.path().join("bank.svg"),
    );
    std::fs::copy("sample_maps/bank-account.journey.ron", &map).unwrap();
    let mut window = Window::open(&[map], vec![FileResponse::Paths(vec![picture.clone()])]);
    window.key(TURN, Key::Num4);
    window.key(Modifiers::COMMAND, Key::E);
    window.key(Modifiers::NONE, Key::Enter);
    for _ in 0..3_000 {
        if picture.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.run_until_idle();
    }
    assert_eq!(view(&window), View::Findings);
    let drawn = std::fs::read_to_string(&picture).unwrap();
    assert!(drawn.contains("what the checks noticed on"));
    assert!(drawn.contains("Stage “Wait for approval”: no owner."));
}

#[test]
fn first_visit_to_a_view_reveals_the_selection() {
    for key in [Key::Num2, Key::Num3] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mortgage.journey.ron");
        std::fs::copy("sample_maps/mortgage.journey.ron", &path).unwrap();
        let mut window = Window::open(&[path], Vec::new());
        let last = window.map_clone().touchpoints().last().unwrap().clone();
        window.harness.get_by_label(&last.name).focus();
        window.run_until_idle();
        assert_eq!(
            window.document().selection,
            Selection::One(ObjectRef::Touchpoint(last.id.clone()))
        );
        window.key(TURN, key);
        assert_ne!(view(&window), View::Journey);
        let (canvas, card) = (window.canvas(), window.card(&last.id));
        assert!(canvas.contains_rect(card), "{key:?}: {card} in {canvas}");
        // At a readable zoom, as initially.
        assert!(window.document().camera.zoom > 0.5, "{key:?}");
    }
}

#[test]
fn presentation_of_findings_begins_at_the_selected_subject() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mortgage.journey.ron");
    std::fs::copy("sample_maps/mortgage.journey.ron", &path).unwrap();
    let mut window = Window::open(&[path], Vec::new());
    window.key(TURN, Key::Num4);
    let last = window.map_clone().touchpoints().last().unwrap().id.clone();
    let document = window.harness.state_mut().document_mut().unwrap();
    document.select(ObjectRef::Touchpoint(last.clone()), false);
    window.key(NONE, Key::F5);
    assert_eq!(view(&window), View::Journey);
    assert_eq!(
        window.document().selection,
        Selection::One(ObjectRef::Touchpoint(last.clone()))
    );
    let (canvas, card) = (window.canvas(), window.card(&last));
    assert!(canvas.contains_rect(card), "{card} in {canvas}");
    // Arrow keys step through the stages from there.
    window.key(NONE, Key::Home);
    let whole = window.document().camera.zoom;
    window.key(NONE, Key::ArrowRight);
    assert!(window.document().camera.zoom > whole);
    window.key(NONE, Key::Escape);
    assert_eq!(view(&window), View::Findings);
}

#[test]
fn scores_have_a_tab_once_something_is_measured() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press("Scores");
    assert_eq!(view(&window), View::Scores);
    let id = {
        let map = window.document().session.map();
        let mut all = map.touchpoints();
        all.find(|it| it.name == "Sees the poster on campus")
            .unwrap()
            .id
            .clone()
    };
    let row = "Step 2 Sees the poster on campus: Code scans";
    let at = window.harness.get_by_label(row).rect().center();
    window.pointer_click(at, NONE);
    let chosen = Selection::One(ObjectRef::Touchpoint(id.clone()));
    assert_eq!(window.document().selection, chosen);
    // Enter leads to the measurements of the row in the inspector.
    window.key(NONE, Key::Enter);
    assert_eq!(view(&window), View::Scores);
    window.key(NONE, Key::Enter);
    window.harness.event(egui::Event::Text("CSAT".to_owned()));
    window.run_until_idle();
    let map = window.document().session.map();
    let added = map.touchpoint(&id).unwrap().measurements.last().unwrap();
    assert_eq!(added.metric, "CSAT");
    // All views share the selection.
    window.key(TURN, Key::Num1);
    assert_eq!(view(&window), View::Journey);
    assert_eq!(window.document().selection, chosen);
    window.key(TURN, Key::Num6);
    assert_eq!(view(&window), View::Scores);
}

#[test]
fn a_map_without_a_measurement_has_no_tab_for_scores() {
    let mut window = Window::open(&[], vec![]);
    window.key(Modifiers::COMMAND, Key::N);
    assert!(window.shows_label("Ownership"));
    assert!(!window.shows_label("Scores"));
    // The key shows the view all the same, which tells how to measure.
    window.key(TURN, Key::Num6);
    assert_eq!(view(&window), View::Scores);
    assert!(window.shows_label("Scores"));
}
