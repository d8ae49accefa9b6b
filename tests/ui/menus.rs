//! Context menus opened by key, and the highlight of a department or channel.

use crate::{FIRST, Window};
use egui::accesskit::Role;
use egui::{Id, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{LaneId, LaneKind, Map, ObjectRef};
use touchline::search::filter::Facet;

fn focused(window: &Window) -> Option<Id> {
    window.harness.ctx.memory(|memory| memory.focused())
}

fn map(window: &Window) -> &Map {
    window.document().session.map()
}

fn select(window: &mut Window, selection: impl Into<Selection>) {
    let app = window.harness.state_mut();
    app.document_mut()
        .expect("a map is open")
        .select(selection, true);
    window.run_until_idle();
}

/// Visible lanes from top to bottom.
fn lanes(map: &Map) -> Vec<LaneId> {
    let shown = map.lanes().iter().filter(|lane| !lane.hidden);
    shown.map(|lane| lane.id.clone()).collect()
}

#[test]
fn menu_key_opens_the_card_menu_for_arrows_and_enter() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = map(&window).touchpoint_count();
    window.press(FIRST);
    window.key(Modifiers::NONE, Key::Menu);
    assert!(window.shows_label("Connect to…") && window.shows_label("Duplicate"));
    // From “Rename” down to “Add touchpoint”.
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::Enter);
    assert!(!window.shows_label("Connect to…"));
    assert_eq!(map(&window).touchpoint_count(), before + 1);
    // Its name is being edited, although the menu restored the focus.
    assert!(window.shows_label("Name on the map"));
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(map(&window).touchpoint_count(), before);
}

#[test]
fn escape_closes_the_menu_and_restores_the_focus() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press(FIRST);
    let canvas = window.harness.get_by_role_and_label(Role::Canvas, "Map");
    canvas.focus();
    window.run_until_idle();
    let before = focused(&window);
    assert!(before.is_some());
    window.key(Modifiers::SHIFT, Key::F10);
    assert!(window.shows_label("Connect to…"));
    assert_ne!(focused(&window), before);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.shows_label("Connect to…"));
    assert_eq!(focused(&window), before);
    let Selection::One(ObjectRef::Touchpoint(_)) = window.document().selection else {
        panic!("the card is no longer selected");
    };

    // Without a former focus, no widget is focused after the menu closes.
    window.key(Modifiers::NONE, Key::Escape);
    window.harness.ctx.memory_mut(|memory| {
        memory
            .focused()
            .into_iter()
            .for_each(|id| memory.surrender_focus(id));
    });
    window.run_until_idle();
    window.key(Modifiers::SHIFT, Key::F10);
    assert!(window.shows_label("Select all touchpoints"));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.shows_label("Select all touchpoints"));
    assert_eq!(focused(&window), None);
}

#[test]
fn lane_menu_hides_and_moves_the_lane() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let start = lanes(map(&window));
    let thoughts = map(&window)
        .lanes()
        .iter()
        .find(|lane| lane.kind == LaneKind::Thoughts && !lane.hidden)
        .map(|lane| lane.id.clone())
        .expect("a lane of thoughts");
    let at = start.iter().position(|id| *id == thoughts).expect("shown");
    select(&mut window, ObjectRef::Lane(thoughts.clone()));

    window.key(Modifiers::NONE, Key::Menu);
    window.click(Role::MenuItem, "Move up");
    let moved = lanes(map(&window));
    assert_eq!(moved[at - 1], thoughts);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(lanes(map(&window)), start);

    window.key(Modifiers::NONE, Key::Menu);
    window.click(Role::MenuItem, "Hide lane");
    assert!(!lanes(map(&window)).contains(&thoughts));
    let said = window.harness.state().messages().join(" ");
    assert!(said.contains("is hidden"), "{said}");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(lanes(map(&window)), start);
    // A hidden lane has the label “Show lane”.
    window.key(Modifiers::NONE, Key::Menu);
    window.click(Role::MenuItem, "Hide lane");
    window.key(Modifiers::NONE, Key::Menu);
    assert!(!window.shows_label("Hide lane"));
    window.click(Role::MenuItem, "Show lane");
    assert_eq!(lanes(map(&window)), start);
}

#[test]
fn department_highlight_covers_owned_and_supported_touchpoints() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let departments = map(&window).departments().iter();
    let supports = |it: &&touchline::model::Department| {
        map(&window)
            .touchpoints()
            .any(|t| t.supporters.contains(&it.id))
    };
    let department = departments.clone().find(supports).unwrap().id.clone();
    select(&mut window, ObjectRef::Department(department.clone()));
    let light = "Highlight on map";
    window.click(Role::CheckBox, light);
    let facet = Facet::of_record(ObjectRef::Department(department.clone())).unwrap();
    assert!(window.document().highlighting.filter.contains(&facet));
    let lit = window.highlight();
    let lit = &lit.selection.as_ref().unwrap().touchpoints;
    for touchpoint in map(&window).touchpoints() {
        let owns = touchpoint.owner.as_ref() == Some(&department);
        let supports = touchpoint.supporters.contains(&department);
        assert_eq!(lit.contains(&touchpoint.id), owns || supports);
    }
    window.click(Role::CheckBox, light);
    assert!(window.document().highlighting.filter.is_empty());

    let channel = map(&window).channels().as_slice()[0].id.clone();
    select(&mut window, ObjectRef::Channel(channel.clone()));
    window.click(Role::CheckBox, light);
    let facet = Facet::of_record(ObjectRef::Channel(channel)).unwrap();
    assert!(window.document().highlighting.filter.contains(&facet));
}
