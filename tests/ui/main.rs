//! Tests of the window through labels of controls, keys and saved files, without
//! display or graphics.

#![cfg(feature = "gui")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod accessibility;
mod adding;
mod assign;
mod capture;
mod clipboard;
mod comments;
mod compare;
mod conflicts;
mod context_menus;
mod controls;
mod drags;
mod edge_cases;
mod export;
mod first_minutes;
mod fit;
mod fixes;
mod flow;
mod focus;
mod folding;
mod handoffs;
mod history;
mod images;
mod inline_edit;
mod key_queue;
mod keyboard;
mod layouts;
mod menus;
mod names;
mod navigation;
mod no_effect;
mod ownership;
mod paths;
mod preferences_and_focus;
mod present;
mod present_choices;
mod random_gestures;
mod recovery;
mod rows;
mod saved_views;
mod search;
mod select;
mod single_keys;
mod tools;
mod typing;
mod upkeep;
mod values;
mod views;
mod workshop;

use egui::accesskit::Role;
use egui::{Context, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use touchline::app::command::action::Selection;
use touchline::app::platform::file_dialog::{FileDialogs, FileRequest, FileResponse};
use touchline::app::{App, Document};
use touchline::model::{ObjectRef, Touchpoint};
use touchline::scene::Marks;
use touchline::settings::AppDirs;
use touchline::text::Typesetter;

/// File dialogs with scripted responses, in order; records the requests.
#[derive(Clone, Default)]
struct ScriptedDialogs {
    answers: Rc<RefCell<Vec<FileResponse>>>,
    requests: Rc<RefCell<Vec<FileRequest>>>,
    ready: bool,
}

impl FileDialogs for ScriptedDialogs {
    fn request(&mut self, wanted: &FileRequest, _ctx: &Context) {
        self.requests.borrow_mut().push(wanted.clone());
        self.ready = true;
    }

    fn poll(&mut self) -> Option<FileResponse> {
        let mut answers = self.answers.borrow_mut();
        (std::mem::take(&mut self.ready) && !answers.is_empty()).then(|| answers.remove(0))
    }

    fn opener(&self) -> fn(&Path) -> std::io::Result<()> {
        export::open
    }
}

struct Window {
    harness: Harness<'static, App>,
    dialogs: ScriptedDialogs,
}

impl Window {
    fn open(files: &[PathBuf], answers: Vec<FileResponse>) -> Window {
        Window::at(&AppDirs::none(), files, answers)
    }

    /// A window with persistent data in these folders.
    fn at(home: &AppDirs, files: &[PathBuf], answers: Vec<FileResponse>) -> Window {
        let script = ScriptedDialogs::default();
        script.answers.replace(answers);
        let dialogs = Box::new(script.clone());
        let app = App::new(files, dialogs, Typesetter::bundled(), home);
        Window::from_app(app, script)
    }

    fn from_app(app: App, script: ScriptedDialogs) -> Window {
        let harness = Harness::builder()
            .with_size(egui::vec2(1280.0, 720.0))
            .with_max_steps(60)
            .with_context_setup(App::prepare)
            .build_ui_state(|ui, app: &mut App| app.show(ui), app);
        let mut window = Window {
            harness,
            dialogs: script,
        };
        window.run_until_idle();
        window
    }

    /// A window with a copy of a sample in a temporary folder.
    fn with_bank_account() -> (tempfile::TempDir, PathBuf, Window) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.journey.ron");
        std::fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
        let window = Window::open(std::slice::from_ref(&path), Vec::new());
        (folder, path, window)
    }

    fn run_until_idle(&mut self) {
        // Toasts expire, so the window may request frames for a while.
        self.harness.run_ok();
        // Waits for files in progress, however slow the drive is.
        let busy = |app: &App| app.is_writing() || app.is_comparing() || app.is_recovering();
        while busy(self.harness.state()) {
            self.harness.run_ok();
        }
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run_until_idle();
    }

    fn click(&mut self, role: Role, label: &str) {
        self.harness.get_by_role_and_label(role, label).click();
        self.run_until_idle();
    }

    fn press(&mut self, label: &str) {
        self.click(Role::Button, label);
    }

    fn fill(&mut self, label: &str, text: &str) {
        self.harness.get_by_label(label).focus();
        self.run_until_idle();
        self.key(Modifiers::COMMAND, Key::A);
        self.harness.get_by_label(label).type_text(text);
        self.run_until_idle();
    }

    fn document(&self) -> &Document {
        self.harness.state().document().expect("a map is open")
    }

    fn touchpoint(&self, id: &str) -> &Touchpoint {
        let map = self.document().session.map();
        map.touchpoint(&id.into()).expect("the touchpoint exists")
    }

    fn shows_label(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }
}

const FIRST: &str = "Asks flatmates which bank";

#[test]
fn a_sample_is_opened_changed_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.journey.ron");
    let mut window = Window::open(&[], vec![FileResponse::Paths(vec![path.clone()])]);
    window.press("Opening a bank account");
    window.press(FIRST);
    let Selection::One(ObjectRef::Touchpoint(id)) = window.document().selection.clone() else {
        panic!("the card is not selected");
    };
    let id = id.to_string();
    assert_eq!(window.touchpoint(&id).owner, None);

    window.fill("Name", "Asks the flatmates");
    assert_eq!(window.touchpoint(&id).name, "Asks the flatmates");

    window.harness.get_by_label("Owner").click();
    window.run_until_idle();
    window
        .harness
        .get_by_label("Owner: search")
        .type_text("Marketing");
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.touchpoint(&id).owner.is_some());

    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.touchpoint(&id).owner, None);
    assert_eq!(window.touchpoint(&id).name, "Asks the flatmates");
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    let owner = window
        .touchpoint(&id)
        .owner
        .clone()
        .expect("redo restores the owner");

    window.key(Modifiers::COMMAND, Key::S);
    assert!(matches!(
        window.dialogs.requests.borrow().as_slice(),
        [FileRequest::SaveAs(_)]
    ));
    window.run_until_idle();
    assert!(!window.document().session.is_dirty());
    let text = std::fs::read_to_string(&path).unwrap();
    let at = text
        .find("name: \"Asks the flatmates\"")
        .expect("the new name is in the file");
    assert!(text[at..at + 400].contains(&format!("owner: \"{owner}\"")));
    assert!(window.shows_label("Saved"));
}

#[test]
fn highlights_are_counted_and_stepped_through() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let map = window.document().session.map();
    let unowned = map.touchpoints().filter(|t| map.lacks_owner(t)).count()
        + map.stages().iter().filter(|s| s.owner.is_none()).count();
    let pains: usize = map.touchpoints().map(|t| t.pains.len()).sum();
    assert!(unowned > 1 && pains > 1);
    assert!(window.shows_label(&format!("Pain points {pains}")));
    window.press(&format!("No owner {unowned}"));
    assert_eq!(window.document().highlighting.marks, Marks::UNOWNED);
    let mut seen = Vec::new();
    for _ in 0..unowned {
        window.press("Next highlighted");
        let selection = window.document().selection.clone();
        assert!(!seen.contains(&selection));
        seen.push(selection);
    }
    window.press("Next highlighted");
    assert_eq!(window.document().selection, seen[0]);
    window.press(&format!("No owner {unowned}"));
    assert_eq!(window.document().highlighting.marks, Marks::NONE);
}

#[test]
fn command_palette_finds_commands_and_touchpoints() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::K);
    window
        .harness
        .get_by_label("Search")
        .type_text("flatmates which");
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Enter);
    let Selection::One(ObjectRef::Touchpoint(id)) = &window.document().selection else {
        panic!("nothing is selected");
    };
    assert_eq!(window.touchpoint(&id.to_string()).name, FIRST);

    window.key(Modifiers::COMMAND, Key::K);
    window.harness.get_by_label("Search").type_text("no owner");
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.document().highlighting.marks, Marks::UNOWNED);
    assert!(!window.shows_label("Search"));
}

#[test]
fn closing_an_unsaved_map_asks_first() {
    let (_folder, path, mut window) = Window::with_bank_account();
    let before = std::fs::read(&path).unwrap();
    window.fill("Map name", "Another name");
    window.key(Modifiers::COMMAND, Key::W);
    assert!(window.shows_label("Save the changes to “Another name”?"));
    window.press("Cancel");
    assert_eq!(window.document().title(), "Another name");
    assert_eq!(std::fs::read(&path).unwrap(), before);

    window.key(Modifiers::COMMAND, Key::W);
    window.press("Save");
    assert!(window.harness.state().document().is_none());
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("title: \"Another name\""));
}

#[test]
fn discarding_closes_and_keeps_the_file_unchanged() {
    let (_folder, path, mut window) = Window::with_bank_account();
    let before = std::fs::read(&path).unwrap();
    window.fill("Map name", "Another name");
    window.key(Modifiers::COMMAND, Key::W);
    window.press("Discard");
    assert!(window.harness.state().document().is_none());
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert!(window.shows_label("New map"));
}

#[test]
fn broken_file_is_reported_with_its_position_and_the_open_map_stays() {
    let (folder, _path, mut window) = Window::with_bank_account();
    let broken = folder.path().join("broken.journey.ron");
    touchline::storage::write(&broken, b"(\n  title: 7,\n)").unwrap();
    window
        .harness
        .state_mut()
        .open_all(std::slice::from_ref(&broken));
    window.run_until_idle();
    assert!(window.shows_label("This file cannot be opened"));
    let place = format!("{}:2:", broken.display());
    let said = window
        .harness
        .query_all(egui_kittest::kittest::By::new().label_contains(&place))
        .next();
    assert!(said.is_some(), "no label says {place}");
    window.press("OK");
    assert_eq!(window.document().title(), "Opening a bank account");
}

#[test]
fn without_a_dialog_service_a_path_can_be_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("typed.journey.ron");
    std::fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
    let mut window = Window::open(&[], vec![FileResponse::NoService]);
    window.key(Modifiers::COMMAND, Key::O);
    assert!(window.shows_label("Path"));
    window.fill("Path", &path.display().to_string());
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.document().session.path(), Some(Path::new(&path)));
}

#[test]
fn touchpoints_are_added_named_moved_connected_and_deleted_by_keys() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::COMMAND, Key::N);
    // The name of the new touchpoint is selected: typing replaces it.
    for name in ["First", "Second"] {
        window.key(Modifiers::NONE, Key::Escape);
        window.key(Modifiers::NONE, Key::Insert);
        window
            .harness
            .get_by_label("Name on the map")
            .type_text(name);
        window.run_until_idle();
        if name == "First" {
            window.key(Modifiers::NONE, Key::Enter);
        }
    }
    let names = |window: &Window| -> Vec<String> {
        let map = window.document().session.map();
        map.touchpoints().map(|t| t.name.clone()).collect()
    };
    assert_eq!(names(&window), ["First", "Second"]);
    // Letters are text while the field has the focus.
    window
        .harness
        .get_by_label("Name on the map")
        .type_text("t");
    window.run_until_idle();
    assert_eq!(names(&window).len(), 2);
    window.key(Modifiers::NONE, Key::Enter);
    window.key(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(names(&window), ["Secondt", "First"]);
    window.key(Modifiers::NONE, Key::Delete);
    assert_eq!(names(&window), ["First"]);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&window).len(), 2);
}

/// The window gets the size of the screen only after the presentation started.
#[test]
fn presentation_fits_the_screen_after_resizing() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::NONE, Key::F5);
    let small = window.document().camera;
    window.harness.set_size(egui::vec2(2560.0, 1440.0));
    window.run_until_idle();
    let large = window.document().camera;
    assert!(large.zoom > 1.5 * small.zoom, "{large:?} {small:?}");
    assert!(
        (large.x - small.x).abs() < 40.0,
        "the whole map, in the middle"
    );
    window.key(Modifiers::NONE, Key::ArrowRight);
    let stage = window.document().camera;
    window.harness.set_size(egui::vec2(1280.0, 720.0));
    window.run_until_idle();
    assert!(window.document().camera.zoom < stage.zoom);
}

#[test]
fn presentation_hides_the_panels_and_restores_the_view() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.document().camera;
    window.key(Modifiers::NONE, Key::F5);
    assert!(!window.shows_label("Present") && !window.shows_label("Map name"));
    window.key(Modifiers::NONE, Key::ArrowRight);
    let first = window.document().camera;
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::NONE, Key::ArrowDown);
    assert_ne!(window.document().camera, first);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.shows_label("Present"));
    assert_eq!(window.document().camera, before);
}

#[test]
fn idle_window_requests_no_frames() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.run_until_idle();
    // Background threads may still wake the window once or twice.
    let rests = (0..50).any(|_| {
        window.harness.step();
        let output = window.harness.output();
        let delay = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        delay.as_secs() > 3600
    });
    assert!(rests, "the window requests frame after frame");
}

#[test]
fn help_lists_every_command() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::NONE, Key::F1);
    for entry in touchline::app::command::table::COMMANDS {
        assert!(window.shows_label(entry.label), "{}", entry.label);
    }
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.shows_label("How to read the map"));
}
