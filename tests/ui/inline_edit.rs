//! Inline editing of titles, captions, measurements and feelings.

use super::Window;
use super::typing::{NAME, TEXT, touchpoint_with_text};
use egui::accesskit::Role;
use egui::{Key, Modifiers, pos2};
use touchline::app::command::action::Selection;
use touchline::model::{
    Field, LaneContentKind, LaneKind, Map, ObjectRef, Record, Touchpoint, TouchpointId,
};

const NONE: Modifiers = Modifiers::NONE;

/// An editable text: its object, its field address, and the label of its editor.
struct InlineEditCase {
    tag: ObjectRef,
    text_field: Field,
    field: &'static str,
}

impl Window {
    fn select(&mut self, selection: impl Into<Selection>) {
        let document = self.harness.state_mut().document_mut().unwrap();
        document.select(selection, true);
        self.run_until_idle();
    }

    /// Replaces a text after a double click; reverts it with Escape, then with undo.
    fn assert_rewritable(
        &mut self,
        it: &InlineEditCase,
        text: &str,
        read: impl Fn(&Map) -> String,
    ) {
        let before = self.map_clone();
        let at = self.text_rect(&it.tag, it.text_field).center();
        self.double_click(at);
        assert!(
            self.shows_label(it.field),
            "{:?} {:?}",
            it.tag,
            it.text_field
        );
        self.key(Modifiers::COMMAND, Key::A);
        self.type_into_field(text);
        assert_eq!(read(&self.map_clone()), text);
        self.key(NONE, Key::Escape);
        assert!(!self.shows_label(it.field));
        assert_eq!(self.map_clone(), before);

        self.double_click(at);
        self.key(Modifiers::COMMAND, Key::A);
        self.type_into_field(text);
        self.key(NONE, Key::Enter);
        assert!(!self.shows_label(it.field));
        assert_eq!(read(&self.map_clone()), text);
        self.assert_undo_restores(&before);
    }
}

#[test]
fn title_and_scenario_are_edited_in_place() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let title = InlineEditCase {
        tag: ObjectRef::Map,
        text_field: Field::Title,
        field: NAME,
    };
    window.assert_rewritable(&title, "An account in ten minutes", |map| {
        map.header().title.clone()
    });
    let scenario = InlineEditCase {
        tag: ObjectRef::Map,
        text_field: Field::Scenario,
        field: TEXT,
    };
    window.assert_rewritable(&scenario, "In the branch", |map| {
        map.header().scenario.clone()
    });

    // Without a selection F2 edits the title from anywhere on the map; Tab continues.
    let before = window.map_clone();
    window.key(NONE, Key::End);
    let document = window.harness.state_mut().document_mut().unwrap();
    document.select(Selection::Nothing, false);
    window.run_until_idle();
    window.key(NONE, Key::F2);
    assert!(window.shows_label(NAME));
    window.type_into_field("Account");
    window.key(NONE, Key::Tab);
    assert!(window.shows_label(TEXT));
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    let header = window.map_clone().header().clone();
    assert_eq!((&*header.title, &*header.scenario), ("Account", ""));
    // An empty text can be edited again, although there is no text to click on.
    window.key(NONE, Key::F2);
    window.key(NONE, Key::Tab);
    window.type_into_field("Anew");
    window.key(Modifiers::SHIFT, Key::Tab);
    assert!(window.shows_label(NAME));
    window.key(NONE, Key::Enter);
    assert_eq!(window.map_clone().header().scenario, "Anew");
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.map_clone(), before);
    // The same in the flow view.
    window.click(Role::Button, "Flow");
    window.key(NONE, Key::F2);
    window.type_into_field("Flows");
    window.key(NONE, Key::Enter);
    assert_eq!(window.map_clone().header().title, "Flows");
    window.assert_undo_restores(&before);
}

#[test]
fn persona_texts_are_edited_in_place() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let persona = window.map_clone().personas().as_slice()[0].clone();
    for (said, field) in [
        (Field::Name, NAME),
        (Field::Role, TEXT),
        (Field::PersonaQuote, TEXT),
        (Field::PersonaGoal(0), TEXT),
    ] {
        let it = InlineEditCase {
            tag: ObjectRef::Persona(persona.id.clone()),
            text_field: said,
            field,
        };
        window.assert_rewritable(&it, "Somebody else", |map| {
            let field = ObjectRef::Persona(persona.id.clone()).field(said);
            field.text(map).unwrap().into_owned()
        });
    }
    let selected = &window.document().selection;
    assert_eq!(
        *selected,
        Selection::One(ObjectRef::Persona(persona.id.clone()))
    );

    // An emptied goal is removed, and the next one takes its place.
    let before = window.map_clone();
    let tag = ObjectRef::Persona(persona.id.clone());
    let at = window.text_rect(&tag, Field::PersonaGoal(0)).center();
    window.double_click(at);
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    let goals = window
        .map_clone()
        .personas()
        .get(&persona.id)
        .unwrap()
        .goals
        .clone();
    assert_eq!(goals, persona.goals[1..]);
    window.assert_undo_restores(&before);
}

#[test]
fn persona_and_lane_names_are_edited_in_place_by_key() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let persona = before.personas().as_slice()[0].id.clone();
    let lane = window.lane_of(LaneKind::Pains);
    window.select(ObjectRef::Persona(persona.clone()));
    window.key(NONE, Key::F2);
    assert!(window.shows_label(NAME));
    window.type_into_field("Somebody else");
    window.key(NONE, Key::Enter);
    let name = window
        .map_clone()
        .personas()
        .get(&persona)
        .unwrap()
        .name
        .clone();
    assert_eq!(name, "Somebody else");
    window.assert_undo_restores(&before);

    window.select(ObjectRef::Lane(lane.id.clone()));
    window.key(NONE, Key::F2);
    assert!(window.shows_label(NAME));
    window.type_into_field("What hurts");
    window.key(NONE, Key::Enter);
    let title = window
        .map_clone()
        .lanes()
        .get(&lane.id)
        .unwrap()
        .title()
        .to_owned();
    assert_eq!(title, "What hurts");
    window.assert_undo_restores(&before);

    // Objects that are not drawn are renamed in the inspector only.
    let mut hidden = lane.clone();
    hidden.hidden = true;
    window.apply_intent(&touchline::edit::Intent::SetLane(Box::new(hidden)));
    window.select(ObjectRef::Lane(lane.id));
    window.key(NONE, Key::F2);
    assert!(!window.shows_label(NAME));
    window.click(Role::Button, "Flow");
    window.select(ObjectRef::Persona(persona));
    window.key(NONE, Key::F2);
    assert!(!window.shows_label(NAME));
}

#[test]
fn second_image_without_caption_gets_its_own() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let lane = window.lane_of(LaneKind::Storyboard);
    let id = touchpoint_with_text(&before, &lane);
    let mut touchpoint = before.touchpoint(&id).unwrap().clone();
    let first = touchpoint.pictures[0].clone();
    let mut second = before
        .images()
        .iter()
        .find(|it| it.id != first)
        .unwrap()
        .clone();
    second.name.clear();
    touchpoint.pictures = vec![first.clone(), second.id.clone()];
    window.apply_intent(&touchline::edit::Intent::SetImage(Box::new(second.clone())));
    window.apply_intent(&touchline::edit::Intent::SetTouchpoint(Box::new(
        touchpoint,
    )));
    window.move_to_lane(&id, &lane.id);
    let before = window.map_clone();
    let tag = ObjectRef::Cell(id.clone(), lane.id.clone());
    // The second image begins below the caption of the first.
    let words = window.text_rect(&tag, Field::Caption(0));
    window.double_click(pos2(words.center().x, words.bottom() + 24.0));
    assert!(window.shows_label(TEXT));
    window.type_into_field("At the counter");
    window.key(NONE, Key::Enter);
    let now = window.map_clone();
    let name = |map: &Map, id| map.images().get(id).unwrap().name().to_owned();
    assert_eq!(name(&now, &second.id), "At the counter");
    assert_eq!(name(&now, &first), name(&before, &first));
    window.assert_undo_restores(&before);
}

#[test]
fn map_measurements_are_edited_as_one_line() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let line = InlineEditCase {
        tag: ObjectRef::Map,
        text_field: Field::Measurements,
        field: TEXT,
    };
    window.assert_rewritable(&line, "NPS 20 · Calls –", |map| {
        map.header().measurement_line()
    });
    let mut header = before.header().clone();
    let (n, date) = (header.measurements[1].n, header.measurements[1].date);
    header.set_measurement_line("NPS 20 · Stars 4 of 5 · Calls");
    let second = &header.measurements[1];
    assert_eq!(
        (second.n, second.date),
        (n, date),
        "sample size and date are kept"
    );
    assert_eq!(
        header.measurement_line(),
        "NPS 20 · Stars 4 of 5 · Calls 41 %"
    );
}

#[test]
fn measurement_is_edited_as_metric_value_and_unit() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let lane = window.lane_of(LaneKind::Measurements);
    let id = touchpoint_with_text(&before, &lane);
    window.move_to_lane(&id, &lane.id);
    let it = InlineEditCase {
        tag: ObjectRef::Cell(id.clone(), lane.id.clone()),
        text_field: Field::Measurement(0),
        field: TEXT,
    };
    let first = |map: &Map| map.touchpoint(&id).unwrap().measurements[0].clone();
    window.assert_rewritable(&it, "Solved at once 71.5 %", |map| first(map).to_text());

    // Sample size and date of a measurement are kept when it is edited.
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into_field("CES 2");
    window.type_into_field(".5 of 7");
    window.key(NONE, Key::Enter);
    let (was, now) = (first(&before), first(&window.map_clone()));
    assert_eq!((&*now.metric, &*now.unit), ("CES", "of 7"));
    assert_eq!((now.n, now.date), (was.n, was.date));
    window.assert_undo_restores(&before);

    // In an empty cell a letter starts a new measurement.
    let silent = |t: &&Touchpoint| t.measurements.is_empty();
    let other = before.touchpoints().find(silent).unwrap().id.clone();
    window.move_to_lane(&other, &lane.id);
    for letter in ["N", "P", "S", " ", "4", "0"] {
        window.type_into_field(letter);
    }
    window.key(NONE, Key::Enter);
    let measured = window
        .map_clone()
        .touchpoint(&other)
        .unwrap()
        .measurements
        .clone();
    assert_eq!(measured.len(), 1);
    assert_eq!(
        (&*measured[0].metric, measured[0].to_text()),
        ("NPS", "NPS 40".to_owned())
    );
    // A dash marks a planned measurement without a value.
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into_field("NPS –");
    window.key(NONE, Key::Enter);
    let planned = window.map_clone().touchpoint(&other).unwrap().clone();
    assert_eq!(planned.measurements[0].value, None);
    assert!(!planned.is_measured());
    window.key(Modifiers::COMMAND, Key::Z);
    // An emptied measurement is removed.
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    let measured = window
        .map_clone()
        .touchpoint(&other)
        .unwrap()
        .measurements
        .len();
    assert_eq!(measured, 0);
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.map_clone(), before);
}

#[test]
fn captions_are_edited_below_images() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let lane = window.lane_of(LaneKind::Storyboard);
    let id = touchpoint_with_text(&before, &lane);
    let image = before.touchpoint(&id).unwrap().pictures[0].clone();
    window.move_to_lane(&id, &lane.id);
    let it = InlineEditCase {
        tag: ObjectRef::Cell(id.clone(), lane.id.clone()),
        text_field: Field::Caption(0),
        field: TEXT,
    };
    let name = |map: &Map| map.images().get(&image).unwrap().name().to_owned();
    window.assert_rewritable(&it, "At the kitchen table", name);
    // The same by keys; an image without a caption can get one again.
    window.key(NONE, Key::Enter);
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window.map_clone()), "");
    window.key(NONE, Key::F2);
    window.type_into_field("Again");
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window.map_clone()), "Again");
    window.key(Modifiers::COMMAND, Key::Z);
    window.assert_undo_restores(&before);

    // Images in a custom lane have captions as well.
    let own = window.add_lane("Screens", LaneContentKind::Picture);
    let mut touchpoint = before.touchpoint(&id).unwrap().clone();
    touchpoint.texts.insert(own.clone(), image.to_string());
    window.apply_intent(&touchline::edit::Intent::SetTouchpoint(Box::new(
        touchpoint,
    )));
    window.move_to_lane(&id, &own);
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into_field("The form");
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window.map_clone()), "The form");
}

#[test]
fn emotion_is_edited_beside_its_face() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let lane = window.lane_of(LaneKind::Feelings);
    let id = touchpoint_with_text(&before, &lane);
    let persona = before.personas().as_slice()[0].id.clone();
    window.move_to_lane(&id, &lane.id);
    let it = InlineEditCase {
        tag: ObjectRef::Feeling(id.clone(), Some(persona)),
        text_field: Field::Emotion(0),
        field: TEXT,
    };
    let named = |map: &Map, id: &TouchpointId| {
        let feelings = &map.touchpoint(id).unwrap().feelings;
        (feelings[0].emotion.clone(), feelings[0].score)
    };
    window.assert_rewritable(&it, "Torn both ways", |map| named(map, &id).0);

    // In the lane letters edit the emotion; plus and minus still change the score.
    window.key(NONE, Key::Minus);
    assert_ne!(named(&window.map_clone(), &id).1, named(&before, &id).1);
    window.assert_undo_restores(&before);
    window.key(NONE, Key::Enter);
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into_field("Calm");
    window.key(NONE, Key::Enter);
    assert_eq!(named(&window.map_clone(), &id).0, "Calm");
    window.assert_undo_restores(&before);

    // Without a feeling, typing an emotion adds a neutral feeling.
    window.key(NONE, Key::Insert);
    window.key(NONE, Key::Enter);
    let Selection::One(ObjectRef::Touchpoint(new)) = window.document().selection.clone() else {
        panic!("a new card is selected");
    };
    let before = window.map_clone();
    window.move_to_lane(&new, &lane.id);
    window.type_into_field("b");
    window.type_into_field("ored");
    window.key(NONE, Key::Enter);
    let (emotion, score) = named(&window.map_clone(), &new);
    assert_eq!((&*emotion, score.map(|s| s.tenths())), ("bored", Some(0)));
    window.assert_undo_restores(&before);
}

#[test]
fn double_click_places_the_caret_and_a_second_one_selects_the_word() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let card = before.touchpoints().next().unwrap().clone();
    let tag = ObjectRef::Touchpoint(card.id.clone());
    let name = |window: &Window| window.touchpoint(&card.id.to_string()).name.clone();
    let words = window.text_rect(&tag, Field::Name);
    let first_line = words.top() + 6.0;

    window.double_click(pos2(words.left() + 1.0, first_line));
    window.type_into_field("X");
    assert_eq!(name(&window), format!("X{}", card.name));
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);

    // The field uses the font of the map, so a point in the middle of a line is the
    // same position in the text.
    let at = pos2(words.left() + words.width() * 0.5, first_line);
    window.double_click(at);
    window.type_into_field("|");
    let said = name(&window);
    let place = said.find('|').unwrap();
    assert!(place > 2 && place + 3 < said.len(), "{said}");
    window.key(NONE, Key::Escape);

    window.double_click(at);
    window.run_until_idle();
    window.double_click(pos2(words.left() + 4.0, first_line));
    window.type_into_field("Begs");
    let rest = card.name.split_once(' ').unwrap().1;
    assert_eq!(name(&window), format!("Begs {rest}"));
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
}

#[test]
fn measurement_that_can_be_read_in_two_ways_changes_nothing() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let lane = window.lane_of(LaneKind::Measurements);
    let id = touchpoint_with_text(&before, &lane);
    window.move_to_lane(&id, &lane.id);
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into_field("Calls 1,0");
    assert_ne!(window.map_clone(), before);
    window.type_into_field("00");
    assert_eq!(window.map_clone(), before);
    assert!(
        window.shows_label(
            "The number can be read in two ways: write 1000 for a thousand, 1 for one"
        )
    );
    window.key(NONE, Key::Enter);
    assert_eq!(window.map_clone(), before);
    let messages = window.harness.state().messages();
    assert!(
        messages
            .iter()
            .any(|m| m.starts_with("“Calls 1,000” was not taken."))
    );
}
