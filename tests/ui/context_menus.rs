//! Context menus: a secondary click selects an object, and the commands apply to it.

use super::Window;
use super::tools::ids;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use touchline::app::command::action::Selection;
use touchline::model::{Map, ObjectRef};

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    fn menu_at(&mut self, at: Pos2) {
        self.hover(at, NONE);
        for pressed in [true, false] {
            self.event(Event::PointerButton {
                pos: at,
                button: PointerButton::Secondary,
                pressed,
                modifiers: NONE,
            });
        }
        self.run_until_idle();
    }

    /// Opens the menu of the object at a point and chooses a command.
    fn choose(&mut self, at: Pos2, command: &str) {
        self.menu_at(at);
        let by = By::new().role(Role::MenuItem).label_contains(command);
        let starts = |label: Option<String>| label.is_some_and(|it| it.starts_with(command));
        let entries = self.harness.query_all(by);
        let rects = entries
            .filter(|node| starts(node.accesskit_node().label()))
            .map(|node| node.rect());
        let near = rects.min_by(|a, b| {
            let far = |rect: &egui::Rect| rect.distance_to_pos(at);
            far(a).total_cmp(&far(b))
        });
        let entry = near.expect("the command is in the menu");
        self.pointer_click(entry.center(), NONE);
    }
}

fn names(map: &Map) -> Vec<&str> {
    map.touchpoints().map(|t| t.name.as_str()).collect()
}

#[test]
fn card_menu_applies_to_the_card_or_the_whole_selection() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    let card = window.card(&all[0]).center();
    window.choose(card, "Duplicate");
    let after = window.map_clone();
    assert_eq!(names(&after)[0], names(&after)[1]);
    window.assert_undo_restores(&before);

    window.key(NONE, Key::Escape);
    window.choose(card, "Lower feeling");
    window.assert_undo_restores(&before);
    window.choose(card, "Rename");
    assert!(window.shows_label("Name on the map"));
    window.key(NONE, Key::Escape);

    window.click_card(&all[0], NONE);
    window.click_card(&all[1], Modifiers::SHIFT);
    window.choose(card, "Delete");
    assert_eq!(ids(&window.map_clone()), all[2..]);
    window.assert_undo_restores(&before);
}

#[test]
fn stage_menu_moves_and_deletes_the_stage() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let stages = before.stages().as_slice();
    let band = window.leftmost_button(&stages[0].name).center();
    window.choose(band, "Move right");
    assert_eq!(window.map_clone().stages().as_slice()[1].id, stages[0].id);
    window.assert_undo_restores(&before);
    let band = window.leftmost_button(&stages[0].name).center();
    window.choose(band, "Delete");
    assert_eq!(window.map_clone().stages().len(), stages.len() - 1);
    window.assert_undo_restores(&before);
}

#[test]
fn path_menu_removes_the_path() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let line = window.first_path();
    window.choose(line, "Disconnect");
    let first = |map: &Map| {
        let flow = touchline::graph::Flow::of(map);
        flow.links.iter().any(|link| (link.from, link.to) == (0, 1))
    };
    assert!(first(&before) && !first(&window.map_clone()));
    window.assert_undo_restores(&before);
}

#[test]
fn background_menu_selects_all_and_adds_a_stage() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let card = window.card(&ids(&before)[0]);
    let ground = card.left_bottom() + vec2(-14.0, 24.0);
    window.choose(ground, "Select all touchpoints");
    assert_eq!(window.document().selection.touchpoints(), ids(&before));
    window.key(NONE, Key::Escape);
    assert_eq!(window.document().selection, Selection::Nothing);
    window.choose(ground, "Add stage");
    let stages = window.document().session.map().stages().len();
    assert_eq!(stages, before.stages().len() + 1);
    window.key(NONE, Key::Enter);
    window.assert_undo_restores(&before);
}

#[test]
fn lane_menu_opens_the_lanes_page() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    // Lane titles are pinned to the left, below the stage headers.
    let card = window.card(&ids(&before)[0]);
    let title = egui::pos2(window.canvas().left() + 20.0, card.center().y);
    window.choose(title, "Lanes");
    assert!(matches!(
        window.document().selection,
        Selection::One(ObjectRef::Lane(_))
    ));
    assert!(window.shows_label("Lane 1 name"));
    assert_eq!(window.map_clone(), before);
}
