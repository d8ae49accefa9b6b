//! The flow: the same hands as on the journey, and colours of its own.

use super::Window;
use super::tools::ids;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::layout::flow::Colouring;
use touchline::model::TouchpointId;
use touchline::render::View;

const NONE: Modifiers = Modifiers::NONE;

/// A window that shows the flow of the sample, and its first touchpoints.
fn flow() -> (tempfile::TempDir, Window, Vec<TouchpointId>) {
    let (folder, _path, mut window) = Window::with_bank_account();
    window.press("Flow");
    let all = ids(&window.now());
    (folder, window, all)
}

#[test]
fn names_are_written_where_they_stand() {
    let (_folder, mut window, all) = flow();
    let before = window.now();
    window.click_card(&all[1], NONE);
    window.key(NONE, Key::F2);
    let field = window.harness.get_by_label("Name on the map");
    assert!(field.is_focused());
    field.type_text("Sees a poster");
    window.settle();
    window.key(NONE, Key::Enter);
    let name = |window: &Window| window.now().touchpoint(&all[1]).unwrap().name.clone();
    assert_eq!(name(&window), "Sees a poster");
    // What is typed on a selected card begins its name anew.
    window.harness.event(egui::Event::Text("Looks".to_owned()));
    window.settle();
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window), "Looks");
    assert_eq!(window.document().view, View::Flow);
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.now(), before);
}

#[test]
fn a_path_is_drawn_from_the_handle_of_a_card_and_deleted() {
    let (_folder, mut window, all) = flow();
    let before = window.now();
    window.draw_path(0, 2);
    let path = Selection::Path {
        from: all[0].clone(),
        to: all[2].clone(),
        kind: touchline::model::PathKind::Alternative,
    };
    assert_eq!(window.document().selection, path);
    let paths = |window: &Window| window.now().touchpoint(&all[0]).unwrap().paths.len();
    assert_eq!(paths(&window), 1);
    // Its name has the keyboard; Escape leaves it with the path selected.
    window.key(NONE, Key::Escape);
    assert_eq!(window.document().selection, path);
    window.key(NONE, Key::Delete);
    assert_eq!(window.now(), before);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(paths(&window), 1);
}

#[test]
fn cards_are_selected_by_a_box_and_walked_by_arrows() {
    let (_folder, mut window, all) = flow();
    let (first, second) = (window.card(&all[0]), window.card(&all[1]));
    let from = first.left_bottom() + egui::vec2(-6.0, 20.0);
    window.pull(from, second.center(), Modifiers::SHIFT);
    assert_eq!(window.document().selection.touchpoints(), &all[..2]);
    window.click_card(&all[0], NONE);
    for next in &all[1..4] {
        window.key(NONE, Key::ArrowRight);
        assert_eq!(
            window.document().selection,
            Selection::Touchpoint(next.clone())
        );
    }
    // The fourth step has a side branch: down to it, and up again.
    window.key(NONE, Key::ArrowDown);
    let branch = Selection::Touchpoint(all[4].clone());
    assert_eq!(window.document().selection, branch);
    window.key(NONE, Key::ArrowUp);
    let main = Selection::Touchpoint(all[3].clone());
    assert_eq!(window.document().selection, main);
    // Here nothing lies below a card that has no branch.
    window.click_card(&all[0], NONE);
    window.key(NONE, Key::ArrowDown);
    let first = Selection::Touchpoint(all[0].clone());
    assert_eq!(window.document().selection, first);
    assert_eq!(window.document().lane, None);
}

#[test]
fn cards_are_coloured_by_what_is_chosen() {
    let (_folder, mut window, _all) = flow();
    window.press("Colour by feeling");
    assert_eq!(window.document().colouring, Colouring::Feeling);
    // A command goes there from anywhere.
    window.press("Journey");
    assert!(!window.sees("Colour by feeling"));
    window.key(Modifiers::COMMAND, Key::K);
    window
        .harness
        .get_by_label("Search")
        .type_text("flow by evidence");
    window.settle();
    window.key(NONE, Key::Enter);
    assert_eq!(window.document().view, View::Flow);
    assert_eq!(window.document().colouring, Colouring::Evidence);
}
