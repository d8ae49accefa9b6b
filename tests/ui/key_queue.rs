//! Many keys in one frame, as where a slow machine has fast hands.

use super::Window;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;

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

/// A text as it comes from the keyboard.
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
        self.settle();
    }
}

#[test]
fn what_is_typed_after_a_command_goes_where_the_command_leads() {
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
fn a_name_is_written_on_the_card_to_which_the_arrow_led() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let ids: Vec<_> = before.touchpoints().map(|t| t.id.clone()).collect();
    window.click_card(&ids[0], NONE);
    window.at_once(&[
        key(Key::ArrowRight, NONE),
        typed("has"),
        key(Key::Enter, NONE),
        key(Key::ArrowLeft, NONE),
        typed("this"),
        key(Key::Enter, NONE),
        key(Key::ArrowRight, NONE),
        key(Key::ArrowRight, NONE),
    ]);
    let name = |nth: usize| &window.map().touchpoint(&ids[nth]).unwrap().name;
    assert_eq!([name(0), name(1)], ["this", "has"]);
    assert_eq!(
        window.document().selection,
        Selection::Touchpoint(ids[2].clone())
    );
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.map(), before);
}

#[test]
fn keys_behind_the_escape_that_leaves_the_capture_line_are_the_map_s() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let ids: Vec<_> = window.map().touchpoints().map(|t| t.id.clone()).collect();
    window.click_card(&ids[0], NONE);
    window.key(Modifiers::COMMAND, Key::Enter);
    window.at_once(&[
        key(Key::Escape, NONE),
        key(Key::ArrowRight, NONE),
        typed("has"),
        key(Key::Enter, NONE),
    ]);
    assert_eq!(window.map().touchpoint(&ids[1]).unwrap().name, "has");
}
