//! Keys that change nothing say why, beside the selection.

use super::Window;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{By, NodeT as _, Queryable};
use touchline::app::command::action::Selection;
use touchline::app::command::table::{COMMANDS, CommandId};
use touchline::model::ObjectRef;

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    fn select_quietly(&mut self, selection: Selection) {
        let document = self.harness.state_mut().document_mut().unwrap();
        document.select(selection, false);
        self.run_until_idle();
    }

    /// All that a person sees or hears of the window.
    fn seen(&self) -> String {
        let nodes = self.harness.query_all(By::new());
        let nodes = nodes.map(|node| {
            let spoken = node.accesskit_node();
            format!(
                "{:?} {:?} {} {:?}",
                spoken.label(),
                spoken.value(),
                node.is_focused(),
                spoken.toggled()
            )
        });
        let nodes: Vec<String> = nodes.collect();
        let mut seen = nodes.join("\n");
        if let Some(document) = self.harness.state().document() {
            let (camera, selection) = (document.camera, &document.selection);
            seen += &format!("{camera:?} {selection:?} {:?}", document.cursor_lane);
            seen += &format!("{:?}", document.session.history().state());
        }
        seen += &format!("{:?}", self.harness.state().preferences());
        seen + &format!("{:?}", self.dialogs.requests.borrow())
    }
}

/// Commands whose effect is outside of what a test sees, and Escape, which asks for nothing.
const UNSEEN: [CommandId; 7] = [
    CommandId::New,
    CommandId::Paste,
    CommandId::FullScreen,
    CommandId::SelectNothing,
    CommandId::Quit,
    CommandId::Close,
    CommandId::Save,
];

/// Commands that open a dialog, which has the keys afterwards.
const DIALOGS: [CommandId; 4] = [
    CommandId::Preferences,
    CommandId::Export,
    CommandId::Print,
    // Without a comparison it asks what to compare with.
    CommandId::ViewCompare,
];

#[test]
fn every_key_does_something_or_says_why_not() {
    let selections: [(&str, Selection); 5] = [
        ("nothing", Selection::Nothing),
        ("first", ObjectRef::Touchpoint("a".into()).into()),
        ("last", ObjectRef::Touchpoint("c".into()).into()),
        ("stage", ObjectRef::Stage("two".into()).into()),
        (
            "several",
            Selection::Touchpoints(vec!["a".into(), "b".into()]),
        ),
    ];
    let mut silent = Vec::new();
    let commands = COMMANDS.iter().filter(|entry| !UNSEEN.contains(&entry.id));
    for entry in commands {
        let Some(shortcut) = entry.shortcuts.last() else {
            continue;
        };
        for (name, selection) in &selections {
            let (_folder, mut window) = Window::with_small_map();
            window.select_quietly(selection.clone());
            // The second time may reach an end.
            for time in 1..=2 {
                let before = window.seen();
                window.harness.state_mut().document_mut().unwrap().note = None;
                window.key(shortcut.modifiers, shortcut.logical_key);
                let ctx = &window.harness.ctx;
                let sheet = By::new().label_contains("Close ");
                let sheet = window.harness.query_all(sheet).next().is_some()
                    || (time == 2 && DIALOGS.contains(&entry.id));
                if ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) || sheet {
                    // The keys of a field, a menu or a sheet are its own.
                    continue;
                }
                let closed = window.harness.state().document().is_none();
                let noted = closed || window.document().note.is_some();
                let said = !window.harness.state().messages().is_empty();
                if !(noted || said || window.seen() != before) {
                    silent.push(format!("{} with {name} selected, time {time}", entry.label));
                }
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn scores_at_their_end_and_hidden_curves_are_said() {
    let (_folder, mut window) = Window::with_small_map();
    window.select_quietly(ObjectRef::Touchpoint("a".into()).into());
    for _ in 0..4 {
        window.key(NONE, Key::Minus);
    }
    assert!(window.shows_label("Jana feels −2.0"));
    window.key(NONE, Key::Minus);
    assert!(window.shows_label("Jana feels −2.0 already, the lowest score"));
    let card = window.leftmost_button("Asks");
    let note = window
        .harness
        .get_by_label("Jana feels −2.0 already, the lowest score");
    assert!(card.distance_to_pos(note.rect().center()) < 120.0);
    // Another persona, whose curve is hidden.
    window.key(NONE, Key::F);
    let document = window.harness.state_mut().document_mut().unwrap();
    document.hidden_curves.insert("tom".into());
    window.key(NONE, Key::Plus);
    assert!(window.shows_label("Tom feels +0.5 (the curve is hidden)"));
}

#[test]
fn keys_without_a_use_say_what_keys_there_are() {
    let (_folder, mut window) = Window::with_small_map();
    window.select_quietly(ObjectRef::Touchpoint("a".into()).into());
    let before = window.map().clone();
    let says = |window: &Window, key: &str| {
        let said = By::new().label_contains(key);
        window.harness.query_all(said).next().is_some()
    };
    window.harness.event(Event::Text("x".to_owned()));
    window.run_until_idle();
    assert!(says(&window, "“x” does nothing here."));
    window.key(Modifiers::COMMAND, Key::J);
    assert!(says(&window, "Ctrl+J does nothing here."));
    window.key(NONE, Key::Num7);
    assert!(window.shows_label("No department has the number 7"));
    assert_eq!(*window.map(), before);
    // What a redo without a step takes must not undo.
    window.key(NONE, Key::Plus);
    let changed = window.map().clone();
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(window.shows_label("There is nothing to redo"));
    assert_eq!(*window.map(), changed);
    // A field has its own keys.
    window.key(Modifiers::COMMAND, Key::Enter);
    window.key(NONE, Key::Enter);
    assert!(window.shows_label("Type the touchpoint first, then press Enter"));
}

#[test]
fn keys_that_need_a_map_say_so_at_home() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::COMMAND, Key::S);
    assert_eq!(window.harness.state().messages(), ["Open a map first."]);
}
