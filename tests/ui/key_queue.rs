//! Several keys in one frame, as on a slow machine with fast typing.

use super::Window;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{By, NodeT as _, Queryable};
use proptest::collection::vec;
use proptest::prelude::*;
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

/// Events of a shortcut with Alt and a letter, which types the letter too.
fn alt(letter: char) -> Vec<Event> {
    let mut events = typed(&letter.to_string());
    for event in &mut events {
        if let Event::Key { modifiers, .. } = event {
            *modifiers = Modifiers::ALT;
        }
    }
    events
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

#[test]
fn lines_typed_while_a_frame_lasts_are_added_one_by_one() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().touchpoints().count();
    window.key(Modifiers::COMMAND, Key::Enter);
    window.at_once(&[
        typed("pays #Sales"),
        key(Key::Enter, NONE),
        typed("asks again"),
        key(Key::Enter, NONE),
        typed("left"),
        key(Key::Escape, NONE),
        alt('a'),
        typed(" over"),
        key(Key::Enter, NONE),
        key(Key::Escape, NONE),
        alt('a'),
        typed("a last one"),
        key(Key::Enter, NONE),
    ]);
    let names: Vec<_> = window.map().touchpoints().map(|t| t.name.clone()).collect();
    let new = ["pays", "asks again", "left over", "a last one"];
    assert_eq!(names[before..], new);
}

const SMALL: &str = r#"(
    title: "T",
    personas: [(id: "jana", name: "Jana"), (id: "tom", name: "Tom")],
    departments: [(id: "sales", name: "Sales"), (id: "service", name: "Service")],
    stages: [
        (id: "one", name: "One", touchpoints: [(id: "a", name: "Asks"), (id: "b", name: "Pays")]),
        (id: "two", name: "Two", touchpoints: [(id: "c", name: "Waits")]),
    ],
)"#;

impl Window {
    /// A window with a map of three touchpoints, in a temporary folder.
    pub(super) fn with_small_map() -> (tempfile::TempDir, Window) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.journey.ron");
        touchline::storage::write(&path, SMALL.as_bytes()).unwrap();
        let window = Window::open(&[path], Vec::new());
        (folder, window)
    }
}

/// Keys that open, close and leave fields, and typed texts.
fn strokes() -> impl Strategy<Value = Vec<Event>> {
    let plain = vec![
        Key::Enter,
        Key::Escape,
        Key::Tab,
        Key::ArrowRight,
        Key::ArrowLeft,
        Key::ArrowDown,
        Key::ArrowUp,
        Key::F2,
        Key::Insert,
        Key::Delete,
        Key::Backspace,
        Key::F6,
    ];
    // Without Ctrl+Z: a field undoes what was typed within a time.
    let held = vec![Key::Enter, Key::K, Key::F, Key::A, Key::D];
    prop_oneof![
        4 => proptest::sample::select(plain).prop_map(|k| key(k, NONE)),
        1 => Just(key(Key::Enter, NONE)),
        2 => proptest::sample::select(held).prop_map(|k| key(k, Modifiers::COMMAND)),
        2 => proptest::sample::select(vec!['a', 't', 's', 'u', 'f']).prop_map(alt),
        4 => "[a-z]{1,3}( [a-z]{1,4})?".prop_map(|text| typed(&text)),
        1 => proptest::sample::select(vec!["1", "-", "+", "0", "2", "#sales", "-1"]).prop_map(typed),
    ]
}

impl Window {
    /// Map without ids, history, selection, and texts of fields.
    fn summary(&self) -> String {
        use std::fmt::Write as _;
        let document = self.document();
        let (map, mut text) = (document.session.map(), String::new());
        for stage in map.stages().iter() {
            let _ = writeln!(text, "{}", stage.name);
            for touchpoint in map.touchpoints_in(&stage.id) {
                let felt: Vec<_> = touchpoint.feelings.iter().map(|f| f.score).collect();
                let owner = touchpoint.owner.as_ref();
                // A new department has an id of its own in each window.
                let owner = owner.map(|id| &map.departments().get(id).unwrap().name);
                let _ = writeln!(text, "  {} {felt:?} {owner:?}", touchpoint.name);
                let _ = writeln!(text, "  {:?}", touchpoint.texts.values());
            }
        }
        let steps = document.session.history().done();
        steps.for_each(|step| text += &format!("{}\n", step.label));
        let ids = document.selection.touchpoints().iter();
        let selected: Vec<_> = ids.map(|id| &map.touchpoint(id).unwrap().name).collect();
        let kind = document.selection.object().map(std::mem::discriminant);
        // A search that finds no more stays at what it has found last.
        if document.highlighting.search.is_none() {
            let _ = writeln!(text, "{selected:?} {kind:?} {:?}", document.cursor_lane);
        }
        let _ = writeln!(text, "{:?}", document.highlighting.marks);
        let labels = [
            "Name on the map",
            "Text on the map",
            "Capture line",
            "Search",
        ];
        for field in self.harness.query_all(By::new().role(Role::TextInput)) {
            let (label, value) = (field.accesskit_node().label(), field.value());
            if field.is_focused()
                || label
                    .as_deref()
                    .is_some_and(|label| labels.contains(&label))
            {
                let _ = writeln!(text, "{label:?} {value:?} {}", field.is_focused());
            }
        }
        text
    }
}

/// The events of a frame at least: a key press comes with the text that it types.
fn together(events: &[Event]) -> Vec<Vec<Event>> {
    let mut frames: Vec<Vec<Event>> = Vec::new();
    for event in events {
        match (frames.last_mut(), event) {
            (Some(frame), Event::Text(_)) => frame.push(event.clone()),
            _ => frames.push(vec![event.clone()]),
        }
    }
    frames
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn keys_do_the_same_however_frames_divide_them(
        strokes in vec(strokes(), 1..14),
        cuts in vec(any::<bool>(), 60),
    ) {
        let events: Vec<Event> = strokes.concat();
        let (_folder, mut slow) = Window::with_small_map();
        let (_other, mut fast) = Window::with_small_map();
        let first = slow.map().touchpoints().next().unwrap().id.clone();
        for window in [&mut slow, &mut fast] {
            window.click_card(&first, NONE);
        }
        for event in together(&events) {
            slow.harness.input_mut().events.extend(event);
            slow.harness.run_steps(4);
        }
        let mut cuts = cuts.into_iter().cycle();
        for event in together(&events) {
            fast.harness.input_mut().events.extend(event);
            if cuts.next() == Some(true) {
                fast.harness.step();
            }
        }
        slow.run_until_idle();
        fast.run_until_idle();
        prop_assert_eq!(slow.summary(), fast.summary());
    }
}
