//! Several keys in one frame, as on a slow machine with fast typing.

use super::Window;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::ObjectRef;

const NONE: Modifiers = Modifiers::NONE;

fn key(key: Key, modifiers: Modifiers) -> Vec<Event> {
    let event = |pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    };
    vec![event(true), event(false)]
}

/// Keyboard events of a typed text.
fn typed(text: &str) -> Vec<Event> {
    let letter = |c: char| {
        let name = c.to_uppercase().to_string();
        let mut events = Key::from_name(&name).map_or(Vec::new(), |k| key(k, NONE));
        events.insert(events.len().min(1), Event::Text(c.to_string()));
        events
    };
    text.chars().flat_map(letter).collect()
}

impl Window {
    fn at_once(&mut self, keys: &[Vec<Event>]) {
        let events = &mut self.harness.input_mut().events;
        events.extend(keys.iter().flatten().cloned());
        self.harness.step();
        self.run_until_idle();
    }
}

#[test]
fn text_typed_after_a_command_goes_to_the_field_it_opens() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    window.at_once(&[
        key(Key::Enter, Modifiers::COMMAND),
        typed("pays the deposit"),
    ]);
    let line = window.harness.get_by_label("Capture line");
    assert_eq!(line.value().as_deref(), Some("pays the deposit"));
    assert_eq!(*window.map(), before);
    window.at_once(&[key(Key::Enter, NONE), typed("signs"), key(Key::Enter, NONE)]);
    let names: Vec<_> = window.map().touchpoints().map(|t| t.name.clone()).collect();
    assert_eq!(names[names.len() - 2..], ["pays the deposit", "signs"]);
    window.key(NONE, Key::Escape);

    window.at_once(&[key(Key::K, Modifiers::COMMAND), typed("spa")]);
    let line = window
        .harness
        .get_by_role_and_label(Role::TextInput, "Search");
    assert_eq!(line.value().as_deref(), Some("spa"));
}

#[test]
fn text_typed_after_an_arrow_key_and_enter_edits_the_newly_selected_card() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let ids: Vec<_> = before.touchpoints().map(|t| t.id.clone()).collect();
    window.click_card(&ids[0], NONE);
    window.at_once(&[
        key(Key::ArrowRight, NONE),
        key(Key::Enter, NONE),
        typed("has"),
        key(Key::Enter, NONE),
        key(Key::ArrowLeft, NONE),
        key(Key::F2, NONE),
        typed("this"),
        key(Key::Enter, NONE),
        key(Key::ArrowRight, NONE),
        key(Key::ArrowRight, NONE),
    ]);
    let name = |nth: usize| &window.map().touchpoint(&ids[nth]).unwrap().name;
    assert_eq!([name(0), name(1)], ["this", "has"]);
    assert_eq!(
        window.document().selection,
        Selection::One(ObjectRef::Touchpoint(ids[2].clone()))
    );
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.map(), before);
}

#[test]
fn keys_after_escape_from_the_capture_line_go_to_the_map() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let ids: Vec<_> = window.map().touchpoints().map(|t| t.id.clone()).collect();
    window.click_card(&ids[0], NONE);
    window.key(Modifiers::COMMAND, Key::Enter);
    window.at_once(&[
        key(Key::Escape, NONE),
        key(Key::ArrowRight, NONE),
        key(Key::Enter, NONE),
        typed("has"),
        key(Key::Enter, NONE),
    ]);
    assert_eq!(window.map().touchpoint(&ids[1]).unwrap().name, "has");
}
