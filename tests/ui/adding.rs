//! Everything that adds something puts the caret into its name: what is typed next is the
//! name, and nothing else happens.

use super::Window;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};
use touchline::app::command::action::Selection;
use touchline::model::{ObjectRef, Record};

const NONE: Modifiers = Modifiers::NONE;

/// Typed after each click; with the letters of commands.
const NAME: &str = "auphdf typed";

impl Window {
    /// Labels of all buttons that add something.
    fn adding_buttons(&self) -> Vec<String> {
        let adds = |label: &str| {
            (label.starts_with("Add ") || label.starts_with("Park "))
                && !label.starts_with("Add picture")
        };
        let buttons = self.harness.query_all(By::new().role(Role::Button));
        let labels = buttons.filter_map(|node| node.accesskit_node().label());
        let mut found: Vec<String> = labels.filter(|label| adds(label)).collect();
        found.dedup();
        found
    }

    /// Types letter by letter, each with its key, as a keyboard does.
    fn type_letters(&mut self, text: &str) {
        for letter in text.chars() {
            let key = match letter {
                ' ' => Key::Space,
                letter => Key::from_name(&letter.to_string().to_uppercase()).unwrap(),
            };
            for pressed in [true, false] {
                self.harness.event(Event::Key {
                    key,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers: NONE,
                });
                if pressed {
                    self.harness.event(Event::Text(letter.to_string()));
                }
            }
        }
        self.run_until_idle();
    }

    /// Presses each button that adds something, types, and undoes both. Returns the labels.
    fn try_adding_buttons(&mut self, which: impl Fn(&str) -> bool) -> Vec<String> {
        let mut labels = self.adding_buttons();
        labels.retain(|label| which(label));
        let before = self.map_clone();
        let selection = self.document().selection.clone();
        for label in &labels {
            let mut nodes = self.harness.query_all_by_label(label);
            let at = nodes.next().unwrap().rect().center();
            drop(nodes);
            self.hover(at, NONE);
            self.button(at, true, NONE);
            self.button(at, false, NONE);
            // The letters come before the field is there.
            self.type_letters(NAME);
            let text = touchline::format::write(self.map());
            assert!(text.contains(NAME), "{label}: the name is not written");
            assert!(!self.shows_label("Capture line"), "{label}");
            let map = self.map();
            let counts = [map.stages().len(), map.touchpoint_count()];
            let former = [before.stages().len(), before.touchpoint_count()];
            let more = usize::from(
                ["Add touchpoint", "Add stage"]
                    .iter()
                    .any(|it| label.starts_with(it)),
            );
            assert_eq!(
                counts.iter().sum::<usize>(),
                former.iter().sum::<usize>() + more,
                "{label}"
            );
            // The field ends, then each step is undone.
            self.key(NONE, Key::Escape);
            let document = self.harness.state_mut().document_mut().unwrap();
            document.session.jump_to(0);
            document.select(selection.clone(), true);
            self.run_until_idle();
            assert_eq!(*self.map(), before, "{label}");
        }
        labels
    }
}

#[test]
fn what_is_typed_after_adding_is_the_name() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.harness.set_size(egui::vec2(1400.0, 3600.0));
    let map = window.map_clone();
    let touchpoint = map.touchpoints().next().unwrap().id.clone();
    let plain = map.touchpoints().find(|t| t.feelings.is_empty());
    let objects: Vec<ObjectRef> = [
        Some(ObjectRef::Touchpoint(touchpoint)),
        plain.map(Record::object),
        Some(map.stages().as_slice()[0].object()),
        Some(map.personas().as_slice()[0].object()),
        Some(map.departments().as_slice()[0].object()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut selections = vec![Selection::Nothing];
    selections.extend(objects.into_iter().map(Selection::One));
    let mut tried = Vec::new();
    for page in ["Lanes", "Library"] {
        // The library is the same whatever is selected.
        let shown = match page {
            "Library" => &selections[..1],
            _ => &selections[..],
        };
        for selection in shown {
            if !window.document().selection.eq(selection) {
                let document = window.harness.state_mut().document_mut().unwrap();
                document.select(selection.clone(), true);
                window.run_until_idle();
            }
            if window.harness.query_by_label("Outline").is_none() {
                window.key(Modifiers::COMMAND, Key::B);
            }
            window.press(page);
            let in_library = ["persona", "department", "channel", "environment"];
            let which = |label: &str| {
                page != "Library" || in_library.iter().any(|noun| label.ends_with(noun))
            };
            tried.extend(window.try_adding_buttons(which));
        }
    }
    tried.sort();
    tried.dedup();
    for label in [
        "Add action",
        "Add channel",
        "Add department",
        "Add environment",
        "Add measurement",
        "Add opportunity",
        "Add own lane",
        "Add pain point",
        "Add persona",
        "Add backstage item",
        "Add touchpoint to this stage",
        "Park a note",
        "Add tag",
    ] {
        assert!(tried.iter().any(|t| t == label), "{label} of {tried:?}");
    }
}

/// Two touchpoints with one name, and a card under a resting pointer: no place may take the
/// identity of another.
#[test]
fn cards_of_one_name_have_places_of_their_own() {
    let (_folder, mut window) = Window::with_small_map();
    let first = window.map().touchpoints().next().unwrap().id.clone();
    window.click_card(&first, NONE);
    for key in [Key::F6, Key::Enter, Key::Enter] {
        window.key(NONE, key);
    }
    window.type_letters("a d");
    window.key(NONE, Key::Insert);
    window.key(Modifiers::COMMAND, Key::D);
    window.run_until_idle();
    let names = window.map().touchpoints().map(|it| it.name.clone());
    let mut names: Vec<String> = names.collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert!(names.len() < all, "{names:?}");
}

#[test]
fn escape_right_after_adding_adds_nothing() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press(crate::FIRST);
    let (before, selection) = (window.map_clone(), window.document().selection.clone());
    let is_as_before = |window: &Window, what: &str| {
        assert_eq!(*window.map(), before, "{what}");
        assert_eq!(
            window.document().session.history().done().len(),
            0,
            "{what}"
        );
        assert_eq!(window.document().selection, selection, "{what}");
    };
    for (modifiers, key) in [(NONE, Key::Insert), (Modifiers::ALT, Key::S)] {
        window.key(modifiers, key);
        assert_ne!(*window.map(), before, "{key:?}");
        window.key(NONE, Key::Escape);
        is_as_before(&window, "untouched");
        window.key(modifiers, key);
        window.type_letters("typed");
        window.key(NONE, Key::Escape);
        is_as_before(&window, "typed");
    }
    // Enter keeps it, and a later Escape in its name only restores the name.
    window.key(NONE, Key::Insert);
    window.key(NONE, Key::Enter);
    let added = window.map_clone();
    assert_eq!(added.touchpoint_count(), before.touchpoint_count() + 1);
    window.key(NONE, Key::F2);
    window.type_letters("typed");
    window.key(NONE, Key::Escape);
    assert_eq!(*window.map(), added);
}

/// Adds in the library and then in the inspector, with the mouse alone and with names between.
#[test]
fn the_inspector_adds_after_the_library_did() {
    for (typed, leave) in [
        ("", None),
        ("typed", None),
        ("typed", Some(Key::Enter)),
        ("", Some(Key::Escape)),
    ] {
        let (_folder, _path, mut window) = Window::with_bank_account();
        window.harness.set_size(egui::vec2(1400.0, 3600.0));
        window.key(Modifiers::COMMAND, Key::B);
        window.press("Library");
        let click = |window: &mut Window, label: &str| {
            let mut nodes = window.harness.query_all_by_label(label);
            let at = nodes.next().unwrap().rect().center();
            drop(nodes);
            window.hover(at, NONE);
            window.button(at, true, NONE);
            window.button(at, false, NONE);
            window.run_until_idle();
        };
        let before = window.map().environments().len();
        click(&mut window, "Add environment");
        assert_eq!(window.map().environments().len(), before + 1);
        window.type_letters(typed);
        if let Some(key) = leave {
            window.key(NONE, key);
        }
        // A click on a card shows its inspector in place of that of the environment.
        click(&mut window, crate::FIRST);
        let measured = |window: &Window| {
            let first = window.map().touchpoints().next().unwrap();
            first.measurements.len()
        };
        let count = measured(&window);
        click(&mut window, "Add measurement");
        window.type_letters("typed");
        assert_eq!(measured(&window), count + 1, "{typed} {leave:?}");
    }
}
