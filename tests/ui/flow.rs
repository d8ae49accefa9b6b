//! Flow view: the same interactions as in the journey view, and card colouring.

use super::Window;
use super::tools::ids;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::layout::flow::CardColoring;
use touchline::model::{ObjectRef, TouchpointId};
use touchline::render::View;

const NONE: Modifiers = Modifiers::NONE;

/// A window with the flow view of the sample, and the ids of its touchpoints.
fn flow() -> (tempfile::TempDir, Window, Vec<TouchpointId>) {
    let (folder, _path, mut window) = Window::with_bank_account();
    window.press("Flow");
    let all = ids(&window.map_clone());
    (folder, window, all)
}

#[test]
fn names_are_edited_in_place() {
    let (_folder, mut window, all) = flow();
    let before = window.map_clone();
    window.click_card(&all[1], NONE);
    window.key(NONE, Key::F2);
    let field = window.harness.get_by_label("Name on the map");
    assert!(field.is_focused());
    field.type_text("Sees a poster");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    let name = |window: &Window| window.map_clone().touchpoint(&all[1]).unwrap().name.clone();
    assert_eq!(name(&window), "Sees a poster");
    // Enter selects the whole name.
    window.key(NONE, Key::Enter);
    window.harness.event(egui::Event::Text("Looks".to_owned()));
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window), "Looks");
    assert_eq!(window.document().view, View::Flow);
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.map_clone(), before);
}

#[test]
fn a_path_is_drawn_from_the_handle_of_a_card_and_deleted() {
    let (_folder, mut window, all) = flow();
    let before = window.map_clone();
    window.draw_path(0, 2);
    let path = Selection::One(ObjectRef::Path {
        from: all[0].clone(),
        to: all[2].clone(),
        kind: touchline::model::PathKind::Alternative,
    });
    assert_eq!(window.document().selection, path);
    let paths = |window: &Window| window.map_clone().touchpoint(&all[0]).unwrap().paths.len();
    assert_eq!(paths(&window), 1);
    // The field of its name has the focus; Escape closes it and keeps the path
    // selected.
    window.key(NONE, Key::Escape);
    assert_eq!(window.document().selection, path);
    window.key(NONE, Key::Delete);
    assert_eq!(window.map_clone(), before);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(paths(&window), 1);
}

#[test]
fn cards_are_selected_by_marquee_and_arrow_keys() {
    let (_folder, mut window, all) = flow();
    let (first, second) = (window.card(&all[0]), window.card(&all[1]));
    let from = first.left_bottom() + egui::vec2(-6.0, 20.0);
    window.drag_and_drop(from, second.center(), Modifiers::SHIFT);
    assert_eq!(window.document().selection.touchpoints(), &all[..2]);
    window.click_card(&all[0], NONE);
    for next in &all[1..4] {
        window.key(NONE, Key::ArrowRight);
        assert_eq!(
            window.document().selection,
            Selection::One(ObjectRef::Touchpoint(next.clone()))
        );
    }
    // The fourth step has a side branch: down selects it, up returns.
    window.key(NONE, Key::ArrowDown);
    let branch = Selection::One(ObjectRef::Touchpoint(all[4].clone()));
    assert_eq!(window.document().selection, branch);
    window.key(NONE, Key::ArrowUp);
    let main = Selection::One(ObjectRef::Touchpoint(all[3].clone()));
    assert_eq!(window.document().selection, main);
    // Without a branch there is nothing below a card in this view.
    window.click_card(&all[0], NONE);
    window.key(NONE, Key::ArrowDown);
    let first = Selection::One(ObjectRef::Touchpoint(all[0].clone()));
    assert_eq!(window.document().selection, first);
    assert_eq!(window.document().cursor_lane, None);
}

#[test]
fn coloring_is_chosen_by_button_and_command() {
    let (_folder, mut window, _all) = flow();
    window.harness.set_size(egui::vec2(1800.0, 720.0));
    window.run_until_idle();
    window.press("Colour by feeling");
    assert_eq!(window.document().coloring, CardColoring::Feeling);
    // The command switches to the flow view from any view.
    window.press("Journey");
    assert!(!window.shows_label("Colour by feeling"));
    window.key(Modifiers::COMMAND, Key::K);
    window
        .harness
        .get_by_label("Search")
        .type_text("flow by evidence");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    assert_eq!(window.document().view, View::Flow);
    assert_eq!(window.document().coloring, CardColoring::Evidence);
}

#[test]
fn the_flow_adds_behind_a_card_and_on_its_ground() {
    let (_folder, mut window, all) = flow();
    let before = window.map_clone();
    let follows = |window: &Window, id: &TouchpointId| {
        let map = window.map_clone();
        let all = ids(&map);
        let at = all.iter().position(|it| it == id).unwrap();
        assert_eq!(map.touchpoint(&all[at + 1]).unwrap().name, "New touchpoint");
    };
    window.click_card(&all[1], NONE);
    let name = before.touchpoint(&all[1]).unwrap().name.clone();
    window.press(&format!("Add touchpoint after {name}"));
    follows(&window, &all[1]);
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);

    let at = window.card(&all[0]).left_bottom() + egui::vec2(4.0, 30.0);
    window.double_click_in_one_frame(at);
    follows(&window, &all[0]);
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
}
