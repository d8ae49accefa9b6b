//! Inline editing of texts in cards and lanes.

use super::Window;
use egui::{Event, ImeEvent, Key, Modifiers, Pos2, Rect};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::edit::{History, Intent, Step};
use touchline::model::{Holds, Id, Lane, LaneId, LaneKind, Map, Said, Touchpoint, TouchpointId};
use touchline::scene::Tag;

const NONE: Modifiers = Modifiers::NONE;
pub(super) const NAME: &str = "Name on the map";
pub(super) const TEXT: &str = "Text on the map";

/// Done and undone steps of a history.
fn told(history: &History) -> (Vec<Step>, Vec<Step>) {
    let done = history.done().cloned().collect();
    (done, history.undone().cloned().collect())
}

impl Window {
    pub(super) fn write(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    fn compose(&mut self, text: &str) {
        let event = ImeEvent::Preedit {
            text: text.to_owned(),
            active_range_chars: None,
        };
        self.harness.event(Event::Ime(event));
        self.settle();
    }

    /// Composes with an input method and checks that the composition is not interrupted
    /// while the field appears.
    fn composes_unbroken(&mut self, text: &str) {
        let event = ImeEvent::Preedit {
            text: text.to_owned(),
            active_range_chars: None,
        };
        self.harness.event(Event::Ime(event));
        for _ in 0..6 {
            self.harness.step();
            let ime = self.harness.output().platform_output.ime;
            assert!(ime.is_some_and(|ime| !ime.should_interrupt_composition));
        }
    }

    pub(super) fn lane_of(&self, kind: LaneKind) -> Lane {
        let mut lanes = self.map().lanes().iter();
        lanes.find(|lane| lane.kind == kind).unwrap().clone()
    }

    pub(super) fn edits(&mut self, intent: &Intent) {
        let document = self.harness.state_mut().document_mut().unwrap();
        document.session.apply(intent).unwrap();
        self.settle();
    }

    /// Adds a custom lane at the end.
    pub(super) fn add_lane(&mut self, name: &str, holds: Holds) -> LaneId {
        let lane = Lane::own(LaneId::from_text(name), name, holds);
        let id = lane.id.clone();
        self.edits(&Intent::AddLane(Box::new(lane)));
        id
    }

    /// Moves the lane cursor to a lane below a card with arrow keys.
    pub(super) fn walk_to(&mut self, id: &TouchpointId, lane: &LaneId) {
        let document = self.harness.state_mut().document_mut().unwrap();
        document.select(Selection::Touchpoint(id.clone()), true);
        self.settle();
        for _ in 0..20 {
            if self.document().lane.as_ref() == Some(lane) {
                break;
            }
            self.key(NONE, Key::ArrowDown);
        }
        assert_eq!(self.document().lane.as_ref(), Some(lane));
    }

    /// Rectangle of a text on screen.
    pub(super) fn words(&mut self, tag: &Tag, said: Said) -> Rect {
        let document = self.harness.state_mut().document_mut().unwrap();
        let look = Default::default();
        let mut typesetter = touchline::text::Typesetter::bundled();
        let scene = document.picture(look, &mut typesetter).scene.clone();
        document.canvas.words_of(&scene, tag, said).unwrap().rect
    }

    pub(super) fn double_click(&mut self, at: Pos2) {
        self.harness.event(Event::PointerMoved(at));
        self.settle();
        // In one frame: frames of a test are too far apart for a double click.
        for pressed in [true, false, true, false] {
            let event = Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: NONE,
            };
            self.harness.input_mut().events.push(event);
        }
        self.settle();
    }
}

/// First touchpoint with content in a lane.
pub(super) fn says(map: &Map, lane: &Lane) -> TouchpointId {
    let said = |t: &&Touchpoint| !t.sayings(lane).is_empty();
    map.touchpoints().find(said).unwrap().id.clone()
}

#[test]
fn cancelled_edit_adds_no_step_and_keeps_redo() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let id = window.map().touchpoints().next().unwrap().id.clone();
    window.click_card(&id, NONE);
    // Creates a step that can be redone.
    window.key(NONE, Key::Minus);
    window.key(Modifiers::COMMAND, Key::Z);
    let (map, steps) = (
        window.map().clone(),
        told(window.document().session.history()),
    );
    assert_eq!(steps.1.len(), 1);
    for begin in [Some(Key::F2), Some(Key::Enter), None] {
        if let Some(key) = begin {
            window.key(NONE, key);
        }
        window.write("Someth");
        window.write("ing else");
        assert_ne!(*window.map(), map);
        window.key(NONE, Key::Escape);
        assert!(!window.sees(NAME));
        assert_eq!(*window.map(), map);
        assert_eq!(told(window.document().session.history()), steps);
    }
    // Typing and deleting leaves no step either.
    window.key(NONE, Key::F2);
    window.key(NONE, Key::End);
    window.write("x");
    window.key(NONE, Key::Backspace);
    window.key(NONE, Key::Enter);
    assert_eq!(told(window.document().session.history()), steps);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(told(window.document().session.history()).1.len(), 0);
    assert_ne!(*window.map(), map);
}

#[test]
fn lane_texts_are_edited_after_a_double_click() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let kinds = [
        LaneKind::Thoughts,
        LaneKind::Pains,
        LaneKind::Opportunities,
        LaneKind::Backstage,
    ];
    for kind in kinds {
        let lane = window.lane_of(kind);
        let id = says(&before, &lane);
        let said = before.touchpoint(&id).unwrap().sayings(&lane)[0];
        window.walk_to(&id, &lane.id);
        let tag = Tag::Cell(lane.id.clone(), id.clone());
        let at = window.words(&tag, said);
        window.double_click(at.center());
        assert!(window.sees(TEXT), "{kind:?}");
        window.key(Modifiers::COMMAND, Key::A);
        window.write("Something quite different, and long enough for many lines");
        let now = window.map().touchpoint(&id).unwrap();
        let text = "Something quite different, and long enough for many lines";
        assert_eq!(now.says(&lane.id, said).as_deref(), Some(text));
        // The field is at the text, and the cell grew with it.
        let field = window.harness.get_by_label(TEXT).rect();
        let words = window.words(&tag, said);
        assert!(field.expand(1.0).contains(words.min), "{field:?} {words:?}");
        assert!(words.height() > at.height() || words.height() > 30.0);
        window.key(NONE, Key::Escape);
        assert_eq!(*window.map(), before);
        assert_eq!(window.document().session.history().done().len(), 0);

        window.key(NONE, Key::F2);
        window.key(Modifiers::COMMAND, Key::A);
        window.write("Short");
        window.key(NONE, Key::Enter);
        assert!(!window.sees(TEXT));
        let now = window.map().touchpoint(&id).unwrap();
        assert_eq!(now.says(&lane.id, said).as_deref(), Some("Short"));
        assert_eq!(window.document().session.history().done().len(), 1);
        window.key(Modifiers::COMMAND, Key::Z);
        assert_eq!(*window.map(), before);
    }
}

#[test]
fn empty_cell_gets_its_first_entry_and_an_empty_entry_is_dropped() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let lane = window.lane_of(LaneKind::Pains);
    let silent = |t: &&Touchpoint| t.pains.is_empty();
    let id = before.touchpoints().find(silent).unwrap().id.clone();
    window.walk_to(&id, &lane.id);
    let title = format!(
        "{} at {}",
        lane.title(),
        before.touchpoint(&id).unwrap().name
    );
    let by = egui_kittest::kittest::By::new().label_contains(&title);
    let room = window.harness.get(by).rect();
    window.double_click(room.center());
    assert!(window.sees(TEXT));
    assert_eq!(window.map().touchpoint(&id).unwrap().pains.len(), 1);
    window.key(NONE, Key::Enter);
    assert_eq!(*window.map(), before);
    assert_eq!(window.document().session.history().done().len(), 0);

    // A letter starts an entry; another one starts the next.
    for text in ["Nobody answers", "Too loud"] {
        window.write(&text[..1]);
        window.write(&text[1..]);
        window.key(NONE, Key::Enter);
    }
    let pains = &window.map().touchpoint(&id).unwrap().pains;
    let texts: Vec<&str> = pains.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(texts, ["Nobody answers", "Too loud"]);
    assert_eq!(window.document().session.history().done().len(), 2);
    // An emptied entry is removed.
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    assert_eq!(window.map().touchpoint(&id).unwrap().pains.len(), 1);
    // Delete clears the cell, not the card.
    window.key(NONE, Key::Delete);
    assert!(window.map().touchpoint(&id).unwrap().pains.is_empty());
    for _ in 0..4 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(*window.map(), before);
}

#[test]
fn tab_and_arrows_move_along_the_lane() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let ids: Vec<TouchpointId> = before.touchpoints().map(|t| t.id.clone()).collect();
    let lane = window.lane_of(LaneKind::Motivations);
    window.walk_to(&ids[0], &lane.id);
    window.key(NONE, Key::ArrowRight);
    assert_eq!(window.document().lane.as_ref(), Some(&lane.id));
    window.key(NONE, Key::ArrowLeft);
    window.key(NONE, Key::F2);
    let mut said = Vec::new();
    for text in ["One", "Two", "Three"] {
        window.key(Modifiers::COMMAND, Key::A);
        window.write(text);
        window.key(NONE, Key::Tab);
    }
    window.key(NONE, Key::Escape);
    for id in &ids {
        let touchpoint = window.map().touchpoint(id).unwrap();
        let sayings = touchpoint.sayings(&lane).into_iter();
        let texts = sayings.filter_map(|it| touchpoint.says(&lane.id, it));
        said.extend(texts.map(std::borrow::Cow::into_owned));
    }
    assert_eq!(said[..3], ["One", "Two", "Three"]);
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(*window.map(), before);
    // Arrow up leads through the lanes back to the card.
    for _ in 0..20 {
        if window.document().lane.is_none() {
            break;
        }
        window.key(NONE, Key::ArrowUp);
    }
    assert_eq!(window.document().lane, None);
    assert!(matches!(
        window.document().selection,
        Selection::Touchpoint(_)
    ));
}

#[test]
fn custom_lanes_are_edited_by_their_content_type() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let id = window.map().touchpoints().next().unwrap().id.clone();
    let lists = window.add_lane("Steps", Holds::List);
    window.walk_to(&id, &lists);
    window.write("one");
    window.key(NONE, Key::Enter);
    window.write("two");
    assert!(window.sees(TEXT), "Enter begins the next line of a list");
    window.key(Modifiers::COMMAND, Key::Enter);
    assert!(!window.sees(TEXT));
    let text =
        |window: &Window, lane: &LaneId| window.map().touchpoint(&id).unwrap().texts[lane].clone();
    assert_eq!(text(&window, &lists), "one\ntwo");

    let link = window.add_lane("See", Holds::Link);
    window.walk_to(&id, &link);
    assert!(!window.document().situation().link);
    window.write("Terms <https://example.org/terms>");
    window.key(NONE, Key::Enter);
    assert!(window.document().situation().link);
    let tag = Tag::Cell(link.clone(), id.clone());
    let at = window.words(&tag, Said::Own).center();
    let opened = |window: &Window| {
        let commands = &window.harness.output().platform_output.commands;
        commands.iter().any(|command| {
            matches!(command, egui::OutputCommand::OpenUrl(url) if url.url == "https://example.org/terms")
        })
    };
    let mut events = vec![
        Event::PointerMoved(at),
        Event::ModifiersChanged(Modifiers::COMMAND),
    ];
    events.extend([true, false].map(|pressed| Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::COMMAND,
    }));
    let mut any = false;
    for event in events {
        window.harness.event(event);
        window.harness.step();
        any |= opened(&window);
    }
    assert!(any, "the link was not opened");
    window.harness.event(Event::ModifiersChanged(NONE));
    // An address that is no web address is stored but opens nothing.
    window.settle();
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.write("file:///etc/passwd");
    window.key(NONE, Key::Enter);
    assert_eq!(text(&window, &link), "file:///etc/passwd");
    assert!(!window.document().situation().link);
}

#[test]
fn input_method_starts_inline_editing_and_continues_in_the_field() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let id = before.touchpoints().next().unwrap().id.clone();
    window.click_card(&id, NONE);
    // The window requests an input method although no field has the focus.
    assert!(window.harness.output().platform_output.ime.is_some());
    window.compose("");
    assert!(!window.sees(NAME));
    window.composes_unbroken("λ");
    assert!(window.sees(NAME));
    window.compose("λόγ");
    window
        .harness
        .event(Event::Ime(ImeEvent::Commit("λόγος".to_owned())));
    window.settle();
    assert_eq!(window.map().touchpoint(&id).unwrap().name, "λόγος");
    window.key(NONE, Key::Escape);
    assert_eq!(*window.map(), before);

    // The same if the card must be scrolled into view first.
    for _ in 0..12 {
        window.key(Modifiers::SHIFT, Key::ArrowDown);
    }
    window.composes_unbroken("λ");
    window.settle();
    assert!(window.sees(NAME));
    window.key(NONE, Key::Escape);
    assert_eq!(*window.map(), before);

    let lane = window.lane_of(LaneKind::Pains);
    window.walk_to(&id, &lane.id);
    let pains = before.touchpoint(&id).unwrap().pains.len();
    window
        .harness
        .event(Event::Ime(ImeEvent::Commit("πόνος".to_owned())));
    window.settle();
    window.key(NONE, Key::Enter);
    let now = &window.map().touchpoint(&id).unwrap().pains;
    assert_eq!(now.len(), pains + 1);
    assert_eq!(now[pains].text, "πόνος");
}

#[test]
fn an_empty_lane_shows_an_example() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::COMMAND, Key::N);
    window.key(NONE, Key::PageDown);
    let by = || egui_kittest::kittest::By::new().label_contains("Has to say everything twice");
    assert!(window.harness.query(by()).is_some());
    let id = window.map().touchpoints().next().unwrap().id.clone();
    let lane = window.lane_of(LaneKind::Pains);
    window.walk_to(&id, &lane.id);
    window.write("Slow");
    window.key(NONE, Key::Enter);
    assert!(window.harness.query(by()).is_none());
    assert_eq!(window.map().touchpoint(&id).unwrap().pains[0].text, "Slow");
}

#[test]
fn lane_titles_and_stage_goals_are_edited_in_place() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let stage = before.stages().as_slice()[0].clone();
    let at = window.words(&Tag::Stage(stage.id.clone()), Said::Goal);
    window.double_click(at.center());
    window.key(Modifiers::COMMAND, Key::A);
    window.write("Know what to look for");
    window.key(NONE, Key::Enter);
    let goal = |window: &Window| window.map().stages().get(&stage.id).unwrap().goal.clone();
    assert_eq!(goal(&window), "Know what to look for");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.map(), before);

    let lane = window.lane_of(LaneKind::Touchpoints);
    let at = window.words(&Tag::Lane(lane.id.clone()), Said::Name);
    window.double_click(at.center());
    assert!(window.sees(NAME));
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    // An empty name falls back to the default title; the field stays empty.
    let now = window.map().lanes().get(&lane.id).unwrap().clone();
    assert_eq!(now.title(), LaneKind::Touchpoints.title());
    window.write("Contacts");
    window.key(NONE, Key::Enter);
    let now = window.map().lanes().get(&lane.id).unwrap().clone();
    assert_eq!(now.name, "Contacts");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.map(), before);
}

#[test]
fn switching_maps_keeps_typed_text_and_drops_an_empty_entry() {
    let (folder, path, mut window) = Window::with_bank_account();
    let other = folder.path().join("other.journey.ron");
    std::fs::copy(&path, &other).unwrap();
    window.harness.state_mut().open_all(&[other]);
    window.settle();
    let before = window.map().clone();
    let lane = window.lane_of(LaneKind::Pains);
    let id = before.touchpoints().next().unwrap().id.clone();
    let pains = before.touchpoint(&id).unwrap().pains.len();
    window.walk_to(&id, &lane.id);
    for (text, many) in [("", pains), ("Too loud", pains + 1)] {
        // A letter starts a new entry, Backspace empties it again.
        window.write("x");
        window.key(NONE, Key::Backspace);
        if !text.is_empty() {
            window.write(text);
        }
        window.key(Modifiers::CTRL, Key::Tab);
        window.key(Modifiers::CTRL, Key::Tab);
        assert!(!window.sees(TEXT));
        let now = &window.map().touchpoint(&id).unwrap().pains;
        assert_eq!(now.len(), many);
        window.walk_to(&id, &lane.id);
    }
}

#[test]
fn digits_are_text_in_a_lane_and_assign_owners_on_a_card() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let id = before.touchpoints().next().unwrap().id.clone();
    let effort = before
        .lanes()
        .iter()
        .find(|lane| matches!(lane.holds, Holds::Score(_)));
    let effort = effort.unwrap().id.clone();
    // A key press sends a key event and a text event.
    let press = |window: &mut Window| {
        for pressed in [true, false] {
            window.harness.event(Event::Key {
                key: Key::Num3,
                physical_key: Some(Key::Num3),
                pressed,
                repeat: false,
                modifiers: NONE,
            });
            if pressed {
                window.harness.event(Event::Text("3".to_owned()));
            }
        }
        window.settle();
    };
    window.walk_to(&id, &effort);
    press(&mut window);
    window.key(NONE, Key::Enter);
    let now = window.map().touchpoint(&id).unwrap().clone();
    assert_eq!(now.texts[&effort], "3");
    assert_eq!(now.owner, before.touchpoint(&id).unwrap().owner);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.map(), before);

    while window.document().lane.is_some() {
        window.key(NONE, Key::ArrowUp);
    }
    press(&mut window);
    let now = window.map().touchpoint(&id).unwrap();
    assert_eq!(
        now.owner,
        Some(before.departments().as_slice()[2].id.clone())
    );
}
