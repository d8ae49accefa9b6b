//! Navigation: outline, history, tabs, recent maps, home screen.

use crate::Window;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{By, Queryable};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use touchline::app::App;
use touchline::app::command::action::Selection;
use touchline::app::platform::file_dialog::FileDialogs;
use touchline::model::{Map, ObjectRef};
use touchline::settings::{AppDirs, RecentMaps};
use touchline::text::Typesetter;

impl Window {
    fn copy_of_map(&self) -> Map {
        self.document().session.map().clone()
    }

    fn touchpoint_names(&self) -> Vec<String> {
        let map = self.document().session.map();
        map.touchpoints().map(|t| t.name.clone()).collect()
    }

    /// Presses at one point, moves in steps, and releases at another.
    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.drag_at(from);
        self.harness.step();
        for step in 1..=4 {
            let at = from + (to - from) * (step as f32 / 4.0);
            self.harness.hover_at(at);
            self.harness.step();
        }
        self.harness.drop_at(to);
        self.run_until_idle();
    }

    /// Rectangle of the outline row of a touchpoint.
    fn outline_row(&self, name: &str) -> egui::Rect {
        let label = By::new().role(Role::Button).label_contains(name);
        let nodes = self.harness.query_all(label);
        let rows = nodes.map(|node| node.rect());
        // The outline is left of all other widgets with this name.
        let least = rows.min_by(|a, b| a.left().total_cmp(&b.left()));
        least.expect("the row is in view")
    }

    /// A window with two open maps in a temporary folder.
    fn with_two_maps() -> (tempfile::TempDir, Window) {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["bank-account", "mortgage"].map(|name| {
            let path = folder.path().join(format!("{name}.journey.ron"));
            std::fs::copy(format!("sample_maps/{name}.journey.ron"), &path).unwrap();
            path
        });
        let window = Window::open(&paths, Vec::new());
        (folder, window)
    }

    /// A window with persistent data in these folders.
    pub(super) fn with_app_dirs(home: &AppDirs) -> Window {
        let script = crate::ScriptedDialogs::default();
        let dialogs: Box<dyn FileDialogs> = Box::new(script.clone());
        let app = App::new(&[], dialogs, Typesetter::bundled(), home);
        Window::from_app(app, script)
    }

    /// Waits until a label appears that depends on another thread.
    fn wait_for(&mut self, label: &str) {
        let appears = (0..1000).any(|_| {
            let by = By::new().label_contains(label);
            if self.harness.query_all(by).next().is_some() {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
            self.harness.step();
            false
        });
        assert!(appears, "{label} does not appear");
    }
}

#[test]
fn outline_drag_moves_a_touchpoint_and_undo_restores_the_map() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::B);
    let (before, names) = (window.copy_of_map(), window.touchpoint_names());
    let (first, third) = (window.outline_row(&names[0]), window.outline_row(&names[2]));
    window.drag(first.center(), third.center_bottom());
    let after = window.touchpoint_names();
    assert_eq!(&after[..3], [&*names[1], &*names[2], &*names[0]]);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.copy_of_map(), before);
    // Escape cancels the drag.
    window.harness.drag_at(first.center());
    window.harness.step();
    window.harness.hover_at(third.center_bottom());
    window.harness.step();
    window.key(Modifiers::NONE, Key::Escape);
    window.harness.drop_at(third.center_bottom());
    window.run_until_idle();
    assert_eq!(window.copy_of_map(), before);
}

#[test]
fn outline_keys_navigate_fold_and_move() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::B);
    let names = window.touchpoint_names();
    window.harness.get_by_label("Outline tree").focus();
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Home);
    window.key(Modifiers::NONE, Key::ArrowDown);
    let selected = |window: &Window| match &window.document().selection {
        Selection::One(ObjectRef::Touchpoint(id)) => {
            window.touchpoint(&id.to_string()).name.clone()
        }
        Selection::One(ObjectRef::Stage(_)) => "a stage".to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(selected(&window), names[0]);
    window.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(window.touchpoint_names()[1], names[0]);
    window.key(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(selected(&window), "a stage");
    let stage = window.document().session.map().stages().iter().next();
    let fold = format!("Fold {}", stage.unwrap().name);
    assert!(window.shows_label(&fold));
    window.key(Modifiers::NONE, Key::ArrowLeft);
    assert!(!window.shows_label(&fold));
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(selected(&window), names[1]);
    // Enter focuses the map, where arrows follow the journey.
    window.key(Modifiers::NONE, Key::Enter);
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(selected(&window), names[0]);
}

#[test]
fn history_lists_steps_and_jumps_to_any_of_them() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let opened = window.copy_of_map();
    window.press(crate::FIRST);
    window.fill("Name", "Asks around");
    window.key(Modifiers::NONE, Key::Escape);
    let renamed = window.copy_of_map();
    window.key(Modifiers::ALT, Key::ArrowRight);
    window.key(Modifiers::NONE, Key::Delete);
    let deleted = window.copy_of_map();
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    assert!(window.shows_label("Delete touchpoint “Asks around”, the present"));
    window.press("Rename touchpoint “Asks around”");
    assert_eq!(window.copy_of_map(), renamed);
    assert!(window.shows_label("Move touchpoint “Asks around”, undone"));
    window.press("Map as it was opened");
    assert_eq!(window.copy_of_map(), opened);
    assert!(!window.document().session.is_dirty());
    // The history list has the focus: Home selects the newest step, Enter goes to it.
    window.key(Modifiers::NONE, Key::Home);
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.copy_of_map(), deleted);
}

#[test]
fn tabs_switch_by_key_and_are_dragged_and_closed() {
    let (_folder, mut window) = Window::with_two_maps();
    let (bank, mortgage) = (
        "Opening a bank account",
        "A mortgage, from search to move-in",
    );
    assert_eq!(window.document().title(), mortgage);
    window.click(Role::Tab, bank);
    assert_eq!(window.document().title(), bank);
    window.key(Modifiers::CTRL, Key::Tab);
    assert_eq!(window.document().title(), mortgage);
    window.key(Modifiers::CTRL | Modifiers::SHIFT, Key::Tab);
    assert_eq!(window.document().title(), bank);
    window.key(Modifiers::COMMAND, Key::PageDown);
    assert_eq!(window.document().title(), mortgage);

    let tab = |window: &Window, name| {
        let tab = window.harness.get_by_role_and_label(Role::Tab, name);
        tab.rect()
    };
    let (left, right) = (tab(&window, bank), tab(&window, mortgage));
    assert!(left.left() < right.left());
    window.drag(left.center(), right.center() + egui::vec2(20.0, 0.0));
    assert!(tab(&window, mortgage).left() < tab(&window, bank).left());
    assert_eq!(
        window.document().title(),
        bank,
        "a dragged tab becomes active"
    );

    // A middle click closes a tab; the active map stays active.
    let at = tab(&window, mortgage).center();
    for pressed in [true, false] {
        window.harness.event(Event::PointerMoved(at));
        window.harness.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Middle,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.harness.step();
    }
    window.run_until_idle();
    assert_eq!(window.document().title(), bank);
    assert!(window.harness.query_all_by_role(Role::Tab).next().is_none());
}

#[test]
fn closing_a_changed_tab_asks_first() {
    let (_folder, mut window) = Window::with_two_maps();
    window.fill("Map name", "Changed");
    assert!(window.shows_label("Changed, not saved"));
    window.press("Close Changed");
    assert!(window.shows_label("Save the changes to “Changed”?"));
    window.press("Cancel");
    window.press("Close Opening a bank account");
    assert_eq!(window.document().title(), "Changed");
}

#[test]
fn recent_map_cards_open_maps_and_show_errors() {
    let folder = tempfile::tempdir().unwrap();
    let home = AppDirs::in_folder(folder.path().join("home"));
    let good = folder.path().join("good.journey.ron");
    std::fs::copy("sample_maps/bank-account.journey.ron", &good).unwrap();
    let broken = folder.path().join("broken.journey.ron");
    touchline::storage::write(&broken, b"(title: 7)").unwrap();
    let gone = folder.path().join("gone.journey.ron");
    let mut recent = RecentMaps::load(&home);
    for path in [&gone, &broken, &good] {
        recent.add(path);
    }
    let mut window = Window::with_app_dirs(&home);
    assert!(window.shows_label("Recent maps"));
    window.wait_for("gone: There is no such file.");
    window.wait_for("broken: 1:");
    // The Delete key removes a missing file from the list.
    window
        .harness
        .get_by_label("gone: There is no such file.")
        .focus();
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Delete);
    assert_eq!(RecentMaps::load(&home).paths(), [good.clone(), broken]);

    // The first card is the newest: arrow keys focus it, Enter opens it.
    window.harness.get_by_label("New map").focus();
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.document().session.path(), Some(good.as_path()));
}

#[test]
fn arrow_keys_move_between_cards_from_the_first() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::NONE, Key::Enter);
    let title = window.document().title();
    assert_eq!(title, "Purchase");
}

#[test]
fn opened_maps_are_added_to_the_recent_list() {
    let folder = tempfile::tempdir().unwrap();
    let home = AppDirs::in_folder(folder.path().join("home"));
    let path = folder.path().join("a.journey.ron");
    std::fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
    let mut window = Window::with_app_dirs(&home);
    window
        .harness
        .state_mut()
        .open_all(&[path.clone(), PathBuf::from("no-such-file")]);
    window.run_until_idle();
    assert_eq!(RecentMaps::load(&home).paths(), [path]);
}

/// A dropped file as provided by the system.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads it this way".to_owned())
    }
}

#[test]
fn dragged_files_show_the_drop_target_and_open_when_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.journey.ron");
    std::fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
    let mut window = Window::open(&[], Vec::new());
    let target = "Let go to open the file";
    window.harness.input_mut().hovered_files = vec![egui::HoveredFile {
        path: Some(path.clone()),
        ..Default::default()
    }];
    // An area is measured in its first frame and visible from its second.
    window.harness.run_steps(2);
    assert!(window.shows_label(target));
    let input = window.harness.input_mut();
    input.hovered_files.clear();
    input.dropped_files.push(Arc::new(Dropped(path.clone())));
    window.run_until_idle();
    assert!(!window.shows_label(target));
    assert_eq!(window.document().session.path(), Some(path.as_path()));
}
