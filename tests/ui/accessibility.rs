//! Accessibility: every card, page and modal control is reachable by assistive tools
//! and keyboard, in reading order.

use super::Window;
use super::preferences_and_focus::unnamed_controls;
use super::tools::ids;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect};
use egui_kittest::kittest::{By, NodeT, Queryable};
use std::collections::HashSet;
use std::path::PathBuf;
use touchline::app::command::action::Selection;
use touchline::app::platform::file_dialog::FileResponse;
use touchline::model::{Map, ObjectRef};
use touchline::storage;

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    /// Role and rectangle of the focused node.
    fn focus(&self) -> Option<(Role, Rect)> {
        let mut left = vec![self.harness.root()];
        while let Some(node) = left.pop() {
            let it = node.accesskit_node();
            if it.is_focused() && it.role() != Role::Window {
                return Some((it.role(), node.rect()));
            }
            left.extend(node.children());
        }
        None
    }

    /// Names of stages and cards in reading order.
    fn accessible_names(&self) -> Vec<String> {
        let names: HashSet<String> = names_in_path_order(&self.map_clone()).into_iter().collect();
        let mut told = Vec::new();
        let mut left = vec![self.harness.root()];
        while let Some(node) = left.pop() {
            let it = node.accesskit_node();
            if it.role() == Role::Button {
                told.extend(it.label().filter(|name| names.contains(name)));
            }
            let children: Vec<_> = node.children().collect();
            left.extend(children.into_iter().rev());
        }
        told
    }
}

fn names_in_path_order(map: &Map) -> Vec<String> {
    let mut names = Vec::new();
    for stage in map.stages() {
        names.push(stage.name.clone());
        names.extend(map.touchpoints_in(&stage.id).iter().map(|t| t.name.clone()));
    }
    names
}

#[test]
fn accessibility_tree_lists_all_cards_including_those_out_of_view() {
    let (_folder, _path, window) = Window::with_bank_account();
    let map = window.map_clone();
    let last = map.touchpoints().last().unwrap();
    let node = window.harness.get_by_label(&last.name);
    assert!(
        !node.rect().intersects(window.canvas()),
        "the card is out of view"
    );
    let words = node.accesskit_node().description().unwrap();
    let step = format!("stage {}", map.stages().iter().last().unwrap().name);
    assert!(words.contains(&step), "{words}");
    assert_eq!(window.accessible_names(), names_in_path_order(&map));
}

#[test]
fn focusing_a_card_selects_and_reveals_it() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let map = window.map_clone();
    let last = map.touchpoints().last().unwrap();
    let first = map.touchpoints().next().unwrap();
    window.harness.get_by_label(&last.name).focus();
    window.run_until_idle();
    let selected = Selection::One(ObjectRef::Touchpoint(last.id.clone()));
    assert_eq!(window.document().selection, selected);
    assert!(window.canvas().contains_rect(window.card(&last.id)));
    // The canvas has the focus, and the card is its active descendant.
    let map_node = window.harness.get_by_role_and_label(Role::Canvas, "Map");
    assert!(
        map_node
            .accesskit_node()
            .data()
            .active_descendant()
            .is_some()
    );
    let (role, rect) = window.focus().expect("a node has the focus");
    assert_eq!((role, rect), (Role::Button, window.card(&last.id)));

    // A click does the same; stages behave like cards.
    window.harness.get_by_label(&first.name).click_accesskit();
    window.run_until_idle();
    assert!(window.canvas().contains_rect(window.card(&first.id)));
    let stage = map.stages().iter().last().unwrap();
    window.harness.get_by_label(&stage.name).click_accesskit();
    window.run_until_idle();
    assert_eq!(
        window.document().selection,
        Selection::One(ObjectRef::Stage(stage.id.clone()))
    );
    assert_eq!(window.map_clone(), map);
}

fn large(stages: usize, each: usize) -> String {
    let mut text = "(format: 1, title: \"Large\", stages: [".to_owned();
    for s in 0..stages {
        text.push_str(&format!("(name: \"Stage {s}\", touchpoints: ["));
        for t in 0..each {
            text.push_str(&format!("(name: \"Step {s} {t}\"),"));
        }
        text.push_str("]),\n");
    }
    text.push_str("])");
    text
}

fn open(text: &str) -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("large.journey.ron");
    storage::write(&path, text.as_bytes()).unwrap();
    let window = Window::open(&[path], Vec::new());
    (folder, window)
}

#[test]
fn huge_map_lists_whole_stages_around_the_view() {
    let (_folder, mut window) = open(&large(100, 40));
    let told = window.accessible_names();
    assert!(told.len() > 1000 && told.len() < 1600, "{}", told.len());
    let all = names_in_path_order(&window.map_clone());
    assert_eq!(
        told,
        all[..told.len()],
        "the listed names start at the view"
    );
    assert_eq!(told.len() % 41, 0, "whole stages");
    // The listed stages follow the view.
    let map = window.map_clone();
    let far = map.touchpoints().last().unwrap().clone();
    super::preferences_and_focus::select(&mut window, ObjectRef::Touchpoint(far.id.clone()));
    window.key(Modifiers::COMMAND, Key::Num2);
    let told = window.accessible_names();
    assert_eq!(told.last(), Some(&far.name), "{}", told.len());
    assert!(!told.contains(&"Step 0 0".to_owned()));
}

#[test]
fn tab_order_is_toolbar_left_map_inspector_status_bar() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::B);
    let canvas = window.canvas();
    let part = |rect: Rect, role: Role| match rect.center() {
        _ if role == Role::Canvas => "map",
        at if at.y < canvas.top() => "bar",
        at if at.y > canvas.bottom() => "status",
        at if at.x < canvas.left() => "left",
        at if at.x > canvas.right() => "inspector",
        _ => "on the map",
    };
    let mut parts = Vec::new();
    for _ in 0..400 {
        window.harness.key_press(Key::Tab);
        window.harness.run_steps(3);
        let Some((role, rect)) = window.focus() else {
            continue;
        };
        let seen = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 720.0));
        assert!(seen.contains(rect.center()), "{role:?} at {rect}");
        parts.push(part(rect, role));
        if parts.ends_with(&["status", "bar"]) {
            break;
        }
    }
    parts.dedup();
    // Handles of a path or card are on the map and follow it in the order.
    parts.retain(|part| *part != "on the map");
    parts.dedup();
    assert_eq!(parts, ["bar", "left", "map", "inspector", "status", "bar"]);
    // Shift+Tab goes the same way back.
    let mut back = Vec::new();
    for _ in 0..400 {
        window
            .harness
            .key_press_modifiers(Modifiers::SHIFT, Key::Tab);
        window.harness.run_steps(3);
        let Some((role, rect)) = window.focus() else {
            continue;
        };
        back.push(part(rect, role));
        if back.ends_with(&["left", "bar"]) {
            break;
        }
    }
    back.retain(|part| *part != "on the map");
    back.dedup();
    if back.first() == Some(&"bar") {
        back.remove(0);
    }
    assert_eq!(back, ["status", "inspector", "map", "left", "bar"]);
}

#[test]
fn every_control_of_pages_and_bars_has_a_name() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::B);
    for page in [
        "Outline", "Lanes", "Library", "Assign", "Findings", "History",
    ] {
        let tabs = window.harness.query_all_by_label_contains(page);
        let left = tabs.min_by(|a, b| {
            let (a, b) = (a.rect(), b.rect());
            (a.left(), a.top())
                .partial_cmp(&(b.left(), b.top()))
                .unwrap()
        });
        let at = left.unwrap().rect().center();
        window.pointer_click(at, NONE);
        assert_eq!(unnamed_controls(&window), [""; 0], "{page}");
    }
    window.key(Modifiers::COMMAND, Key::F);
    assert!(window.shows_label("Find in this map"));
    assert_eq!(unnamed_controls(&window), [""; 0], "find");
    window.key(NONE, Key::Escape);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    assert_eq!(unnamed_controls(&window), [""; 0], "filter");
    window.key(NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(unnamed_controls(&window), [""; 0], "capture");
    window.key(NONE, Key::Escape);
    window.draw_path(0, 1);
    assert_eq!(unnamed_controls(&window), [""; 0], "a path and its popup");
}

#[test]
fn every_control_of_every_modal_has_a_name() {
    let (folder, _path, mut window) = Window::with_bank_account();
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::Comma),
        (Modifiers::COMMAND, Key::K),
        (NONE, Key::F1),
        (NONE, Key::F10),
        (Modifiers::SHIFT, Key::F1),
    ] {
        window.key(modifiers, key);
        assert_eq!(unnamed_controls(&window), [""; 0], "{key:?}");
        assert!(window.focus().is_some(), "{key:?} has the focus");
        window.key(NONE, Key::Escape);
    }
    // Preview of a pasted list.
    window.event(Event::Paste(
        "Calls @phone\nVisits #Sales\nPays -2".to_owned(),
    ));
    window.run_until_idle();
    assert!(
        window.shows_label("Paste 3 touchpoints"),
        "the modal is open"
    );
    assert_eq!(unnamed_controls(&window), [""; 0], "list");
    window.key(NONE, Key::Escape);

    // Dialogs about one and several unsaved maps.
    window.fill("Map name", "Another name");
    window.key(Modifiers::COMMAND, Key::W);
    assert!(window.shows_label("Save the changes to “Another name”?"));
    assert_eq!(unnamed_controls(&window), [""; 0], "unsaved");
    window.key(NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::N);
    window.fill("Map name", "New");
    window.key(Modifiers::COMMAND, Key::Q);
    assert!(window.shows_label("Save the changes to 2 maps?"));
    assert_eq!(unnamed_controls(&window), [""; 0], "several unsaved");
    window.key(NONE, Key::Escape);

    // Error of an unreadable file, and the path prompt.
    let broken = folder.path().join("broken.journey.ron");
    storage::write(&broken, b"(title: 7)").unwrap();
    window.harness.state_mut().open_all(&[broken]);
    window.run_until_idle();
    assert!(window.shows_label("This file cannot be opened"));
    assert_eq!(unnamed_controls(&window), [""; 0], "error");
    window.press("OK");
    window
        .dialogs
        .answers
        .replace(vec![FileResponse::NoService]);
    window.key(Modifiers::COMMAND, Key::O);
    assert!(window.shows_label("Path"));
    assert_eq!(unnamed_controls(&window), [""; 0], "path");
}

#[test]
fn arrow_keys_reach_the_last_card() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let all = ids(&window.map_clone());
    window.key(NONE, Key::F6);
    window.key(NONE, Key::F6);
    assert_eq!(window.focus().map(|it| it.0), Some(Role::Canvas));
    for _ in 0..all.len() + 2 {
        window.key(NONE, Key::ArrowRight);
    }
    let Selection::One(ObjectRef::Touchpoint(id)) = window.document().selection.clone() else {
        panic!("a card is selected");
    };
    assert!(window.canvas().intersects(window.card(&id)));
}

#[test]
fn focused_field_is_scrolled_into_view() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let first = ids(&window.map_clone()).remove(2);
    window.click_card(&first, NONE);
    let canvas = window.canvas();
    window.harness.get_by_label("Name").focus();
    window.run_until_idle();
    let mut fields = 0;
    for _ in 0..60 {
        window.key(NONE, Key::Tab);
        let (role, rect) = window.focus().unwrap();
        if rect.left() < canvas.right() {
            break;
        }
        fields += 1;
        let inside = rect.top() >= canvas.top() - 2.0 && rect.bottom() <= canvas.bottom() + 2.0;
        assert!(inside, "{role:?} at {rect}, field {fields}");
    }
    assert!(fields > 30, "{fields}");
}

#[test]
fn the_help_page_is_scrolled_by_keys() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(NONE, Key::F1);
    let top = |window: &Window| {
        window
            .harness
            .get_by_label("How to read the map")
            .rect()
            .top()
    };
    let before = top(&window);
    window.key(NONE, Key::PageDown);
    assert!(top(&window) < before - 100.0);
    window.key(NONE, Key::Home);
    assert_eq!(top(&window), before);
    window.key(NONE, Key::ArrowDown);
    assert!(top(&window) < before);
}

#[test]
fn tab_goes_from_left_to_right_at_the_end_of_rows() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.harness.set_size(egui::vec2(1800.0, 720.0));
    window.run_until_idle();
    for row in [
        ["Show whole map", "Zoom out", "Zoom 100 %", "Zoom in"],
        ["Outline and lanes", "Inspector", "Theme", "Present"],
    ] {
        let places = row.map(|label| window.leftmost_button(label));
        assert!(places.is_sorted_by(|a, b| a.right() <= b.left()), "{row:?}");
        let first = window
            .harness
            .get_all_by_role_and_label(Role::Button, row[0]);
        first.into_iter().next().unwrap().focus();
        window.run_until_idle();
        for place in &places[1..] {
            window.key(Modifiers::NONE, Key::Tab);
            assert_eq!(window.focus(), Some((Role::Button, *place)));
        }
    }
}

#[test]
fn command_palette_regains_its_height_after_a_short_list() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::K);
    window
        .harness
        .get_by_label("Search")
        .type_text("light theme");
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Enter);
    window.key(Modifiers::COMMAND, Key::K);
    // A row further down is visible and can be clicked.
    let row = By::new().role(Role::Button).label_contains("Close map");
    let at = window.harness.get(row).rect().center();
    window.pointer_click(at, Modifiers::NONE);
    assert!(window.harness.state().document().is_none());
}
