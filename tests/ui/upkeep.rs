//! Stages checked against reality, and what changed since.

use super::Window;
use egui::{Key, Modifiers};
use touchline::edit::Intent;
use touchline::model::{ObjectRef, Record, Stage, Touchpoint};
use touchline::settings::today;

const ALT: Modifiers = Modifiers::ALT;

fn stage(window: &Window) -> Stage {
    let map = window.document().session.map();
    map.stages().iter().next().unwrap().clone()
}

#[test]
fn a_stage_is_checked_by_one_key_and_tells_what_changed_since() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let touchpoint: Touchpoint = before.touchpoints().next().unwrap().clone();
    let first = stage(&window).object();
    let select = |window: &mut Window, object: ObjectRef| {
        super::preferences_and_focus::select(window, object);
    };
    select(&mut window, first.clone());
    assert!(window.shows_label("Never checked against reality"));
    window.click_card(&touchpoint.id, Modifiers::NONE);
    window.key(ALT, Key::R);
    let check = stage(&window).checked.unwrap();
    assert_eq!(check.date, Some(today()));
    select(&mut window, first.clone());
    let words = format!("Checked {}; unchanged since", today());
    assert!(window.shows_label(&words));
    let renamed = Touchpoint {
        name: "Asks everybody".to_owned(),
        ..touchpoint
    };
    let document = window.harness.state_mut().document_mut().unwrap();
    let rename = Intent::SetTouchpoint(Box::new(renamed));
    assert!(document.session.apply(&rename).unwrap());
    window.run_until_idle();
    let words = format!("Checked {}; since then 1 touchpoint changed", today());
    assert!(window.shows_label(&words));
    for _ in 0..2 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.map_clone(), before);
}
