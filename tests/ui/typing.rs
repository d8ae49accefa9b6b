//! Inline editing of texts in cards and lanes.

use super::Window;
use egui::{Event, ImeEvent, Key, Modifiers, Pos2, Rect};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::edit::{History, Intent, UndoStep};
use touchline::model::{
    Field, Id, Lane, LaneContentKind, LaneId, LaneKind, Map, ObjectRef, Touchpoint, TouchpointId,
};

const NONE: Modifiers = Modifiers::NONE;
pub(super) const NAME: &str = "Name on the map";
pub(super) const TEXT: &str = "Text on the map";

/// Done and undone steps of a history.
fn history_steps(history: &History) -> (Vec<UndoStep>, Vec<UndoStep>) {
    let done = history.done().cloned().collect();
    (done, history.undone().cloned().collect())
}

impl Window {
    pub(super) fn type_into_field(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.run_until_idle();
    }

    fn compose(&mut self, text: &str) {
        let event = ImeEvent::Preedit {
            text: text.to_owned(),
            active_range_chars: None,
        };
        self.harness.event(Event::Ime(event));
        self.run_until_idle();
    }

    /// Composes with an input method and checks that the composition is not interrupted
    /// while the field appears.
    fn compose_without_interruption(&mut self, text: &str) {
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

    pub(super) fn apply_intent(&mut self, intent: &Intent) {
        let document = self.harness.state_mut().document_mut().unwrap();
        document.session.apply(intent).unwrap();
        self.run_until_idle();
    }

    /// Adds a custom lane at the end.
    pub(super) fn add_lane(&mut self, name: &str, holds: LaneContentKind) -> LaneId {
        let lane = Lane::custom(LaneId::from_text(name), name, holds);
        let id = lane.id.clone();
        self.apply_intent(&Intent::AddLane(Box::new(lane)));
        id
    }

    /// Moves the lane cursor to a lane below a card with arrow keys.
    pub(super) fn move_to_lane(&mut self, id: &TouchpointId, lane: &LaneId) {
        let document = self.harness.state_mut().document_mut().unwrap();
        document.select(ObjectRef::Touchpoint(id.clone()), true);
        self.run_until_idle();
        for _ in 0..20 {
            if self.document().cursor_lane.as_ref() == Some(lane) {
                break;
            }
            self.key(NONE, Key::ArrowDown);
        }
        assert_eq!(self.document().cursor_lane.as_ref(), Some(lane));
    }

    /// Rectangle of a text on screen.
    pub(super) fn text_rect(&mut self, object: &ObjectRef, said: Field) -> Rect {
        let document = self.harness.state_mut().document_mut().unwrap();
        let look = Default::default();
        let mut typesetter = touchline::text::Typesetter::bundled();
        let scene = document
            .rendered_journey(look, &mut typesetter)
            .scene
            .clone();
        document
            .canvas
            .text_geometry(&scene, &object.clone().field(said))
            .unwrap()
            .rect
    }

    pub(super) fn double_click(&mut self, at: Pos2) {
        self.harness.event(Event::PointerMoved(at));
        self.run_until_idle();
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
        self.run_until_idle();
    }
}

/// First touchpoint with content in a lane.
pub(super) fn touchpoint_with_text(map: &Map, lane: &Lane) -> TouchpointId {
    let said = |t: &&Touchpoint| !t.text_fields(lane).is_empty();
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
        history_steps(window.document().session.history()),
    );
    assert_eq!(steps.1.len(), 1);
    for begin in [Key::F2, Key::Enter] {
        window.key(NONE, begin);
        window.type_into_field("Someth");
        window.type_into_field("ing else");
        assert_ne!(*window.map(), map);
        window.key(NONE, Key::Escape);
        assert!(!window.shows_label(NAME));
        assert_eq!(*window.map(), map);
        assert_eq!(history_steps(window.document().session.history()), steps);
    }
    // Typing and deleting leaves no step either.
    window.key(NONE, Key::F2);
    window.key(NONE, Key::End);
    window.type_into_field("x");
    window.key(NONE, Key::Backspace);
    window.key(NONE, Key::Enter);
    assert_eq!(history_steps(window.document().session.history()), steps);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(
        history_steps(window.document().session.history()).1.len(),
        0
    );
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
        let id = touchpoint_with_text(&before, &lane);
        let said = before.touchpoint(&id).unwrap().text_fields(&lane)[0];
        window.move_to_lane(&id, &lane.id);
        let tag = ObjectRef::Cell(id.clone(), lane.id.clone());
        let at = window.text_rect(&tag, said);
        window.double_click(at.center());
        assert!(window.shows_label(TEXT), "{kind:?}");
        window.key(Modifiers::COMMAND, Key::A);
        window.type_into_field("Something quite different, and long enough for many lines");
        let now = window.map().touchpoint(&id).unwrap();
        let text = "Something quite different, and long enough for many lines";
        assert_eq!(now.text_in(&lane.id, said).as_deref(), Some(text));
        // The field is at the text, and the cell grew with it.
        let field = window.harness.get_by_label(TEXT).rect();
        let words = window.text_rect(&tag, said);
        assert!(field.expand(1.0).contains(words.min), "{field:?} {words:?}");
        assert!(words.height() > at.height() || words.height() > 30.0);
        window.key(NONE, Key::Escape);
        assert_eq!(*window.map(), before);
        assert_eq!(window.document().session.history().done().len(), 0);

        window.key(NONE, Key::F2);
        window.key(Modifiers::COMMAND, Key::A);
        window.type_into_field("Short");
        window.key(NONE, Key::Enter);
        assert!(!window.shows_label(TEXT));
        let now = window.map().touchpoint(&id).unwrap();
        assert_eq!(now.text_in(&lane.id, said).as_deref(), Some("Short"));
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
    window.move_to_lane(&id, &lane.id);
    let title = format!(
        "{} at {}",
        lane.title(),
        before.touchpoint(&id).unwrap().name
    );
    let by = egui_kittest::kittest::By::new().label_contains(&title);
    let room = window.harness.get(by).rect();
    window.double_click(room.center());
    assert!(window.shows_label(TEXT));
    assert_eq!(window.map().touchpoint(&id).unwrap().pains.len(), 1);
    window.key(NONE, Key::Enter);
    assert_eq!(*window.map(), before);
    assert_eq!(window.document().session.history().done().len(), 0);

    // A letter starts an entry; another one starts the next.
    for text in ["Nobody answers", "Too loud"] {
        window.type_into_field(&text[..1]);
        window.type_into_field(&text[1..]);
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
    window.move_to_lane(&ids[0], &lane.id);
    window.key(NONE, Key::ArrowRight);
    assert_eq!(window.document().cursor_lane.as_ref(), Some(&lane.id));
    window.key(NONE, Key::ArrowLeft);
    window.key(NONE, Key::F2);
    let mut said = Vec::new();
    for text in ["One", "Two", "Three"] {
        window.key(Modifiers::COMMAND, Key::A);
        window.type_into_field(text);
        window.key(NONE, Key::Tab);
    }
    window.key(NONE, Key::Escape);
    for id in &ids {
        let touchpoint = window.map().touchpoint(id).unwrap();
        let sayings = touchpoint.text_fields(&lane).into_iter();
        let texts = sayings.filter_map(|it| touchpoint.text_in(&lane.id, it));
        said.extend(texts.map(std::borrow::Cow::into_owned));
    }
    assert_eq!(said[..3], ["One", "Two", "Three"]);
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(*window.map(), before);
    // Arrow up leads through the lanes back to the card.
    for _ in 0..20 {
        if window.document().cursor_lane.is_none() {
            break;
        }
        window.key(NONE, Key::ArrowUp);
    }
    assert_eq!(window.document().cursor_lane, None);
    assert!(matches!(
        window.document().selection,
        Selection::One(ObjectRef::Touchpoint(_))
    ));
}

#[test]
fn custom_lanes_are_edited_by_their_content_type() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let id = window.map().touchpoints().next().unwrap().id.clone();
    let lists = window.add_lane("Steps", LaneContentKind::List);
    window.move_to_lane(&id, &lists);
    window.type_into_field("one");
    window.key(NONE, Key::Enter);
    window.type_into_field("two");
    assert!(
        window.shows_label(TEXT),
        "Enter begins the next line of a list"
    );
    window.key(Modifiers::COMMAND, Key::Enter);
    assert!(!window.shows_label(TEXT));
    let text =
        |window: &Window, lane: &LaneId| window.map().touchpoint(&id).unwrap().texts[lane].clone();
    assert_eq!(text(&window, &lists), "one\ntwo");

    let link = window.add_lane("See", LaneContentKind::Link);
    window.move_to_lane(&id, &link);
    assert!(window.document().selected_link().is_none());
    window.type_into_field("Terms <https://example.org/terms>");
    window.key(NONE, Key::Enter);
    assert!(window.document().selected_link().is_some());
    let tag = ObjectRef::Cell(id.clone(), link.clone());
    let at = window.text_rect(&tag, Field::CustomLane).center();
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
    window.run_until_idle();
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into_field("file:///etc/passwd");
    window.key(NONE, Key::Enter);
    assert_eq!(text(&window, &link), "file:///etc/passwd");
    assert!(window.document().selected_link().is_none());
}

#[test]
fn input_method_starts_inline_editing_and_continues_in_the_field() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let id = before.touchpoints().next().unwrap().id.clone();
    window.click_card(&id, NONE);
    // On a card keys are commands, so no input method may take them.
    assert!(window.harness.output().platform_output.ime.is_none());
    let lane = window.lane_of(LaneKind::Pains);
    let pains = before.touchpoint(&id).unwrap().pains.len();
    window.move_to_lane(&id, &lane.id);
    // The window requests an input method although no field has the focus.
    assert!(window.harness.output().platform_output.ime.is_some());
    window.compose("");
    assert!(!window.shows_label(TEXT));
    window.compose_without_interruption("λ");
    assert!(window.shows_label(TEXT));
    window.compose("λόγ");
    window
        .harness
        .event(Event::Ime(ImeEvent::Commit("λόγος".to_owned())));
    window.run_until_idle();
    let said = |window: &Window| {
        window.map().touchpoint(&id).unwrap().pains[pains]
            .text
            .clone()
    };
    assert_eq!(said(&window), "λόγος");
    window.key(NONE, Key::Escape);
    assert_eq!(*window.map(), before);

    // The same if the cell must be scrolled into view first.
    for _ in 0..12 {
        window.key(Modifiers::SHIFT, Key::ArrowDown);
    }
    window.compose_without_interruption("λ");
    window.run_until_idle();
    assert!(window.shows_label(TEXT));
    window.key(NONE, Key::Escape);
    assert_eq!(*window.map(), before);

    window
        .harness
        .event(Event::Ime(ImeEvent::Commit("πόνος".to_owned())));
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    let now = &window.map().touchpoint(&id).unwrap().pains;
    assert_eq!(now.len(), pains + 1);
    assert_eq!(now[pains].text, "πόνος");
}

#[test]
fn an_empty_lane_shows_an_example() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::COMMAND, Key::N);
    window.key(NONE, Key::Insert);
    window.key(NONE, Key::Enter);
    let how = || egui_kittest::kittest::By::new().label_contains("double click");
    assert_eq!(window.harness.query_all(how()).count(), 1, "said once");
    window.key(NONE, Key::PageDown);
    let by = || egui_kittest::kittest::By::new().label_contains("Has to say everything twice");
    assert!(window.harness.query(by()).is_some());
    let id = window.map().touchpoints().next().unwrap().id.clone();
    let lane = window.lane_of(LaneKind::Pains);
    window.move_to_lane(&id, &lane.id);
    window.type_into_field("Slow");
    window.key(NONE, Key::Enter);
    assert!(window.harness.query(by()).is_none());
    assert_eq!(window.map().touchpoint(&id).unwrap().pains[0].text, "Slow");
}

#[test]
fn lane_titles_and_stage_goals_are_edited_in_place() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let stage = before.stages().as_slice()[0].clone();
    let at = window.text_rect(&ObjectRef::Stage(stage.id.clone()), Field::StageGoal);
    window.double_click(at.center());
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into_field("Know what to look for");
    window.key(NONE, Key::Enter);
    let goal = |window: &Window| window.map().stages().get(&stage.id).unwrap().goal.clone();
    assert_eq!(goal(&window), "Know what to look for");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.map(), before);

    let lane = window.lane_of(LaneKind::Touchpoints);
    let at = window.text_rect(&ObjectRef::Lane(lane.id.clone()), Field::Name);
    window.double_click(at.center());
    assert!(window.shows_label(NAME));
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    // An empty name falls back to the default title; the field stays empty.
    let now = window.map().lanes().get(&lane.id).unwrap().clone();
    assert_eq!(now.title(), LaneKind::Touchpoints.title());
    window.type_into_field("Contacts");
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
    window.run_until_idle();
    let before = window.map().clone();
    let lane = window.lane_of(LaneKind::Pains);
    let id = before.touchpoints().next().unwrap().id.clone();
    let pains = before.touchpoint(&id).unwrap().pains.len();
    window.move_to_lane(&id, &lane.id);
    for (text, many) in [("", pains), ("Too loud", pains + 1)] {
        // A letter starts a new entry, Backspace empties it again.
        window.type_into_field("x");
        window.key(NONE, Key::Backspace);
        if !text.is_empty() {
            window.type_into_field(text);
        }
        window.key(Modifiers::CTRL, Key::Tab);
        window.key(Modifiers::CTRL, Key::Tab);
        assert!(!window.shows_label(TEXT));
        let now = &window.map().touchpoint(&id).unwrap().pains;
        assert_eq!(now.len(), many);
        window.move_to_lane(&id, &lane.id);
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
        .find(|lane| matches!(lane.holds, LaneContentKind::Score(_)));
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
        window.run_until_idle();
    };
    window.move_to_lane(&id, &effort);
    press(&mut window);
    window.key(NONE, Key::Enter);
    let now = window.map().touchpoint(&id).unwrap().clone();
    assert_eq!(now.texts[&effort], "3");
    assert_eq!(now.owner, before.touchpoint(&id).unwrap().owner);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.map(), before);

    while window.document().cursor_lane.is_some() {
        window.key(NONE, Key::ArrowUp);
    }
    press(&mut window);
    let now = window.map().touchpoint(&id).unwrap();
    assert_eq!(
        now.owner,
        Some(before.departments().as_slice()[2].id.clone())
    );
}
