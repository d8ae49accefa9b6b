//! Comparisons in the window: opened, walked, filtered, taken over and back, and corrected.

use super::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, Queryable};
use std::path::PathBuf;
use touchline::app::command::table::CommandId;
use touchline::app::platform::file_dialog::FileResponse;
use touchline::model::{Map, ObjectRef};
use touchline::render::{ComparisonLayout, View};

const NONE: Modifiers = Modifiers::NONE;
const TURN: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// A map and a later version of it: one step renamed with another owner, one removed, one new.
const BEFORE: &str = r#"(title: "Now", departments: [(id: "sales", name: "Sales"), (id: "shop", name: "Shop")],
 stages: [(id: "s", name: "Buy", touchpoints: [
  (id: "a", name: "Asks", owner: "sales"), (id: "b", name: "Pays", owner: "sales"),
  (id: "c", name: "Queues"), (id: "d", name: "Leaves", owner: "shop")])])"#;
const AFTER: &str = r#"(title: "Later", kind: future, departments: [(id: "sales", name: "Sales"), (id: "shop", name: "Shop")],
 stages: [(id: "s", name: "Buy", touchpoints: [
  (id: "a", name: "Asks", owner: "sales"), (id: "b", name: "Pays by card", owner: "shop"),
  (id: "n", name: "Scans the goods"), (id: "d", name: "Leaves", owner: "shop")])])"#;

/// A window with both maps, the later one in front, and the paths of both.
fn window(
    answers: impl Fn(&[PathBuf; 2]) -> Vec<FileResponse>,
    both: bool,
) -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["now", "later"].map(|name| folder.path().join(format!("{name}.journey.ron")));
    for (path, text) in paths.iter().zip([BEFORE, AFTER]) {
        touchline::storage::write(path, text.as_bytes()).unwrap();
    }
    let opened = if both { &paths[..] } else { &paths[1..] };
    let window = Window::open(opened, answers(&paths));
    (folder, window)
}

/// A window that compares both maps.
fn comparing() -> (tempfile::TempDir, Window) {
    let (folder, mut window) = window(|_| Vec::new(), true);
    window.key(TURN, Key::Num5);
    assert!(window.shows_label("Choose a file…"));
    window.key(NONE, Key::Enter);
    assert_eq!(window.document().view, View::Compare);
    (folder, window)
}

fn name_of<'m>(map: &'m Map, id: &str) -> &'m str {
    map.touchpoint(&id.into()).map_or("", |it| &it.name)
}

fn shows(window: &Window, part: &str) -> bool {
    let labels = By::new().label_contains(part);
    window.harness.query_all(labels).next().is_some()
}

#[test]
fn differences_of_two_open_maps_are_walked_and_filtered() {
    let (_folder, mut window) = comparing();
    for label in [
        "New: Touchpoint “Scans the goods”",
        "Removed: Touchpoint “Queues”",
    ] {
        assert!(window.shows_label(label), "{label}");
    }
    window.press("Removed: Touchpoint “Queues”");
    let drawn = window
        .harness
        .state_mut()
        .document_mut()
        .unwrap()
        .current_difference();
    assert_eq!(drawn, Some(ObjectRef::Touchpoint("c".into())));
    // Walking passes every difference once and says at the end that there are no more.
    let mut seen = Vec::new();
    for _ in 0..12 {
        window.key(NONE, Key::Comma);
    }
    for _ in 0..12 {
        seen.push(window.document().comparison.as_ref().unwrap().current);
        window.key(NONE, Key::Period);
    }
    seen.dedup();
    let document = window.harness.state_mut().document_mut().unwrap();
    let count = document.compared().unwrap().differences.len();
    assert_eq!(seen, (0..count).map(Some).collect::<Vec<_>>());
    window.press("New 1");
    assert!(!window.shows_label("New: Touchpoint “Scans the goods”"));
    assert!(window.shows_label("Removed: Touchpoint “Queues”"));
    let app = window.harness.state_mut();
    app.queue_command(CommandId::CompareSideBySide);
    window.run_until_idle();
    let comparison = window.document().comparison.as_ref().unwrap();
    assert_eq!(comparison.layout, ComparisonLayout::SideBySide);
}

#[test]
fn a_change_is_taken_back_here_and_taken_over_there_and_both_are_undone() {
    let (_folder, mut window) = comparing();
    window.press("Removed: Touchpoint “Queues”");
    window.key(Modifiers::ALT, Key::B);
    assert_eq!(name_of(window.document().session.map(), "c"), "Queues");
    assert!(!window.shows_label("Removed: Touchpoint “Queues”"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(name_of(window.document().session.map(), "c"), "");
    // The other map gets what is new here.
    window.press("New: Touchpoint “Scans the goods”");
    window.press("Take over");
    assert!(!window.shows_label("New: Touchpoint “Scans the goods”"));
    assert!(!window.document().session.is_dirty());
    window.key(Modifiers::COMMAND, Key::PageUp);
    assert_eq!(window.document().title(), "Now");
    assert_eq!(
        name_of(window.document().session.map(), "n"),
        "Scans the goods"
    );
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(name_of(window.document().session.map(), "n"), "");
    window.key(Modifiers::COMMAND, Key::PageUp);
    assert!(window.shows_label("New: Touchpoint “Scans the goods”"));
}

#[test]
fn a_file_is_opened_beside_the_map_and_the_earlier_one_is_the_current_state() {
    let (_folder, mut window) = window(
        |paths| vec![FileResponse::Paths(vec![paths[0].clone()])],
        false,
    );
    window.key(TURN, Key::Num5);
    window.press("Choose a file…");
    assert_eq!(window.document().title(), "Later");
    assert!(shows(&window, "Now → Later"));
    // Seen from the other map, the direction is the same.
    window.key(Modifiers::COMMAND, Key::PageUp);
    window.key(TURN, Key::Num5);
    window.key(NONE, Key::Enter);
    assert_eq!(window.document().title(), "Now");
    assert!(shows(&window, "Now → Later"));
}

#[test]
fn a_map_is_compared_with_its_own_earlier_step() {
    let (_folder, mut window) = window(|_| Vec::new(), false);
    window.press("Scans the goods");
    window.key(NONE, Key::Delete);
    window.key(TURN, Key::Num5);
    window.press("Before: Delete touchpoint “Scans the goods”");
    assert!(window.shows_label("Removed: Touchpoint “Scans the goods”"));
    // Only the present map can be changed.
    window.press("Removed: Touchpoint “Scans the goods”");
    window.key(Modifiers::ALT, Key::O);
    assert_eq!(name_of(window.document().session.map(), "n"), "");
    window.key(Modifiers::ALT, Key::B);
    assert_eq!(
        name_of(window.document().session.map(), "n"),
        "Scans the goods"
    );
    assert!(shows(&window, "Both maps are the same"));
}

#[test]
fn the_history_compares_with_a_step_done_and_with_one_undone() {
    let (_folder, mut window) = window(|_| Vec::new(), false);
    window.press("Scans the goods");
    window.key(NONE, Key::Delete);
    let opened = "Map as it was opened";
    window.key(TURN, Key::H);
    window.harness.get_by_label(opened).click_secondary();
    window.run_until_idle();
    let entry = "Compare with this step";
    window.harness.get_by_label_contains(entry).click();
    window.run_until_idle();
    assert!(window.shows_label("Removed: Touchpoint “Scans the goods”"));
    // From the map as it was, what was undone is the later version.
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(TURN, Key::H);
    let list = egui::Id::unique("history-list");
    window
        .harness
        .ctx
        .memory_mut(|memory| memory.request_focus(list));
    window.run_until_idle();
    window.key(NONE, Key::ArrowUp);
    window.key(Modifiers::SHIFT, Key::Enter);
    assert!(shows(
        &window,
        "→ After: Delete touchpoint “Scans the goods”"
    ));
    assert!(window.shows_label("Removed: Touchpoint “Scans the goods”"));
}

#[test]
fn several_futures_stand_side_by_side_in_the_summary() {
    let (folder, mut window) = comparing();
    let path = folder.path().join("vision.journey.ron");
    let vision = AFTER.replace("Later", "Vision").replace("Scans", "Forgets");
    touchline::storage::write(&path, vision.as_bytes()).unwrap();
    window.run_command(CommandId::CompareSummary);
    let texts = |window: &mut Window| {
        let app = window.harness.state_mut();
        let maps = app.document_mut().unwrap().compared().unwrap();
        maps.further
            .iter()
            .map(|it| it.header().title.clone())
            .collect::<Vec<_>>()
    };
    window.run_command(CommandId::AddFuture);
    assert!(shows(&window, "Open the other futures"));
    window.harness.state_mut().open_all(&[path]);
    window.run_until_idle();
    window.key(Modifiers::COMMAND, Key::PageUp);
    window.run_command(CommandId::AddFuture);
    window.key(NONE, Key::Enter);
    assert_eq!(texts(&mut window), ["Vision"]);
    // Chosen again, it goes.
    window.run_command(CommandId::AddFuture);
    window.press("Remove “Vision”");
    assert_eq!(texts(&mut window), [""; 0]);
}

#[test]
fn the_gap_becomes_actions_of_the_future_once_and_is_undone_in_one_step() {
    let (_folder, mut window) = comparing();
    window.run_command(CommandId::GapActions);
    for work in [
        "Change “Pays by card”: owner Sales → Shop",
        "Introduce “Scans the goods”",
    ] {
        assert!(window.shows_label(work), "{work}");
    }
    // The field of the date has the keyboard.
    window.harness.get_by_label("Due date").type_text("2027-03");
    window.key(NONE, Key::Enter);
    assert!(shows(&window, "Write the date as"));
    window.fill("Due date", "2027-03-31");
    window
        .harness
        .get_by_label("Introduce “Scans the goods”")
        .click();
    window.run_until_idle();
    window.press("Make 2 actions");
    let map = window.map_clone();
    let actions: Vec<_> = map.actions().iter().collect();
    let names: Vec<&str> = actions.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Change “Pays by card”: owner Sales → Shop",
            "Do without “Queues”"
        ]
    );
    assert!(
        actions
            .iter()
            .all(|it| it.due.unwrap().to_string() == "2027-03-31")
    );
    assert_eq!(actions[0].owner, Some("shop".into()));
    let step = map.touchpoint(&"b".into()).unwrap();
    let linked = step.opportunities.iter().flat_map(|it| &it.actions);
    assert!(linked.eq(actions.iter().map(|it| &it.id)));
    // What has an action is not offered again.
    window.run_command(CommandId::GapActions);
    assert!(shows(&window, "by “Do without “Queues””"));
    window.press("Make 1 action");
    assert_eq!(window.document().session.map().actions().len(), 3);
    for left in [2, 0] {
        window.key(Modifiers::COMMAND, Key::Z);
        assert_eq!(window.document().session.map().actions().len(), left);
    }
}

#[test]
fn a_match_is_corrected_in_both_directions() {
    let (_folder, mut window) = comparing();
    window.press("Removed: Touchpoint “Queues”");
    window.press("The same as");
    window.press("Touchpoint “Scans the goods”");
    assert!(window.shows_label("Changed: Touchpoint “Scans the goods”"));
    assert!(!window.shows_label("Removed: Touchpoint “Queues”"));
    window.press("Changed: Touchpoint “Scans the goods”");
    window.press("Not the same");
    assert!(window.shows_label("Removed: Touchpoint “Queues”"));
    assert!(window.shows_label("New: Touchpoint “Scans the goods”"));
}

#[test]
fn a_future_has_a_summary_of_what_it_changes() {
    let (_folder, mut window) = comparing();
    window.harness.get_by_label("Summary of the future").click();
    window.run_until_idle();
    assert!(shows(&window, "From “Now” to “Later”"));
    // In the other direction it is no future.
    let app = window.harness.state_mut();
    app.queue_command(CommandId::SwapCompared);
    window.run_until_idle();
    assert!(!window.shows_label("Summary of the future"));
}
