//! The journey in rows: switched on and off, walked, edited and dragged in.

use super::Window;
use super::tools::ids;
use super::typing::NAME;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{ObjectRef, TouchpointId};

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    /// A window of the bank account in rows, without the inspector.
    fn in_rows() -> (tempfile::TempDir, Window) {
        let (folder, _path, mut window) = Window::with_bank_account();
        window.key(Modifiers::COMMAND, Key::I);
        window.key(NONE, Key::W);
        (folder, window)
    }

    fn selected_card(&self) -> Option<TouchpointId> {
        match &self.document().selection {
            Selection::One(ObjectRef::Touchpoint(id)) => Some(id.clone()),
            _ => None,
        }
    }
}

#[test]
fn rows_fill_the_width_and_are_switched_off_again() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let all = ids(&window.map_clone());
    window.key(Modifiers::COMMAND, Key::I);
    window.key(NONE, Key::W);
    assert!(window.harness.state().preferences().rows);
    let canvas = window.canvas();
    let cards: Vec<egui::Rect> = all.iter().map(|id| window.card(id)).collect();
    for card in &cards {
        assert!(
            card.left() >= canvas.left() && card.right() <= canvas.right(),
            "{card:?}"
        );
    }
    // A later row lies below the first one and begins at the same place.
    let second = cards
        .iter()
        .find(|card| card.top() > cards[0].bottom() + 400.0);
    let second = second.expect("there is a second row");
    assert!((second.left() - cards[0].left()).abs() < 40.0);
    let zoom = window.document().camera.zoom;
    window.key(NONE, Key::Plus);
    assert_eq!(window.document().session.history().done().len(), 0);
    assert!(window.document().camera.zoom >= zoom);
    window.key(NONE, Key::W);
    assert!(!window.harness.state().preferences().rows);
    let cards: Vec<egui::Rect> = all.iter().map(|id| window.card(id)).collect();
    assert!(
        cards.iter().any(|card| card.left() > canvas.right()),
        "one row is wider"
    );
}

#[test]
fn down_leads_from_the_last_lane_to_the_row_below_and_up_back() {
    let (_folder, mut window) = Window::in_rows();
    let all = ids(&window.map_clone());
    window.click_card(&all[0], NONE);
    let mut seen = vec![all[0].clone()];
    for _ in 0..40 {
        window.key(NONE, Key::ArrowDown);
        let here = window.selected_card().expect("a card is selected");
        if here != *seen.last().unwrap() {
            seen.push(here);
        }
        if seen.len() == 3 {
            break;
        }
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
    let place = |id: &TouchpointId| all.iter().position(|it| it == id);
    assert!(place(&seen[1]) > place(&seen[0]) && place(&seen[2]) > place(&seen[1]));
    let card = window.card(&seen[2]);
    assert!(window.canvas().intersects(card), "it is scrolled into view");
}

#[test]
fn a_card_of_the_second_row_is_renamed_in_place_and_dragged_within_its_row() {
    let (_folder, mut window) = Window::in_rows();
    let before = window.map_clone();
    let all = ids(&before);
    let first = window.card(&all[0]);
    let below = |id: &&TouchpointId| window.card(id).top() > first.bottom() + 400.0;
    let id = all
        .iter()
        .find(below)
        .expect("there is a second row")
        .clone();
    let at = all.iter().position(|it| *it == id).unwrap();
    let document = window.harness.state_mut().document_mut().unwrap();
    document.select(ObjectRef::Touchpoint(id.clone()), true);
    window.run_until_idle();
    let card = window.card(&id);
    assert!(window.canvas().contains_rect(card.shrink(1.0)), "{card:?}");
    window.double_click(card.left_top() + vec2(40.0, 30.0));
    assert!(window.shows_label(NAME));
    let field = window.harness.get_by_label(NAME).rect();
    assert!(
        card.expand(12.0).contains_rect(field),
        "{field:?} over {card:?}"
    );
    window.key(NONE, Key::Escape);
    // Drops it behind the next card of the row.
    let next = window.card(&all[at + 1]);
    assert!((next.center().y - card.center().y).abs() < card.height());
    let target = next.center() + vec2(next.width() * 0.4, 0.0);
    window.drag_and_drop(card.center(), target, NONE);
    let after = ids(&window.map_clone());
    assert_eq!(after.iter().position(|it| *it == id), Some(at + 1));
    window.assert_undo_restores(&before);
}
