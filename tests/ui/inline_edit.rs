//! Inline editing of titles, captions, measurements and feelings.

use super::Window;
use super::typing::{NAME, TEXT, says};
use egui::accesskit::Role;
use egui::{Key, Modifiers, pos2};
use touchline::app::command::action::Selection;
use touchline::model::{Holds, LaneKind, Map, Record, Said, Touchpoint, TouchpointId};
use touchline::scene::Tag;

const NONE: Modifiers = Modifiers::NONE;

/// An editable text: its object, its field address, and the label of its editor.
struct Written {
    tag: Tag,
    said: Said,
    field: &'static str,
}

impl Window {
    fn select(&mut self, selection: Selection) {
        let document = self.harness.state_mut().document_mut().unwrap();
        document.select(selection, true);
        self.settle();
    }

    /// Replaces a text after a double click; reverts it with Escape, then with undo.
    fn rewrites(&mut self, it: &Written, text: &str, read: impl Fn(&Map) -> String) {
        let before = self.now();
        let at = self.words(&it.tag, it.said).center();
        self.double_click(at);
        assert!(self.sees(it.field), "{:?} {:?}", it.tag, it.said);
        self.key(Modifiers::COMMAND, Key::A);
        self.write(text);
        assert_eq!(read(&self.now()), text);
        self.key(NONE, Key::Escape);
        assert!(!self.sees(it.field));
        assert_eq!(self.now(), before);

        self.double_click(at);
        self.key(Modifiers::COMMAND, Key::A);
        self.write(text);
        self.key(NONE, Key::Enter);
        assert!(!self.sees(it.field));
        assert_eq!(read(&self.now()), text);
        self.undoes_to(&before);
    }
}

#[test]
fn title_and_scenario_are_edited_in_place() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let title = Written {
        tag: Tag::Map,
        said: Said::Name,
        field: NAME,
    };
    window.rewrites(&title, "An account in ten minutes", |map| {
        map.header().title.clone()
    });
    let scenario = Written {
        tag: Tag::Map,
        said: Said::Scenario,
        field: TEXT,
    };
    window.rewrites(&scenario, "In the branch", |map| {
        map.header().scenario.clone()
    });

    // Without a selection F2 edits the title from anywhere on the map; Tab continues.
    let before = window.now();
    window.key(NONE, Key::End);
    let document = window.harness.state_mut().document_mut().unwrap();
    document.select(Selection::Nothing, false);
    window.settle();
    window.key(NONE, Key::F2);
    assert!(window.sees(NAME));
    window.write("Account");
    window.key(NONE, Key::Tab);
    assert!(window.sees(TEXT));
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    let header = window.now().header().clone();
    assert_eq!((&*header.title, &*header.scenario), ("Account", ""));
    // An empty text can be edited again, although there is no text to click on.
    window.key(NONE, Key::F2);
    window.key(NONE, Key::Tab);
    window.write("Anew");
    window.key(Modifiers::SHIFT, Key::Tab);
    assert!(window.sees(NAME));
    window.key(NONE, Key::Enter);
    assert_eq!(window.now().header().scenario, "Anew");
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.now(), before);
    // The same in the flow view.
    window.click(Role::Button, "Flow");
    window.key(NONE, Key::F2);
    window.write("Flows");
    window.key(NONE, Key::Enter);
    assert_eq!(window.now().header().title, "Flows");
    window.undoes_to(&before);
}

#[test]
fn persona_texts_are_edited_in_place() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let persona = window.now().personas().as_slice()[0].clone();
    for (said, field) in [
        (Said::Name, NAME),
        (Said::Role, TEXT),
        (Said::Quote(0), TEXT),
        (Said::Wants, TEXT),
    ] {
        let it = Written {
            tag: Tag::Persona(persona.id.clone()),
            said,
            field,
        };
        window.rewrites(&it, "Somebody else", |map| {
            let persona = map.personas().get(&persona.id).unwrap();
            persona.says(said).unwrap().to_owned()
        });
    }
    let selected = &window.document().selection;
    assert_eq!(*selected, Selection::Persona(persona.id.clone()));

    // An emptied goal is removed, and the next one takes its place.
    let before = window.now();
    let tag = Tag::Persona(persona.id.clone());
    let at = window.words(&tag, Said::Wants).center();
    window.double_click(at);
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    let goals = window
        .now()
        .personas()
        .get(&persona.id)
        .unwrap()
        .goals
        .clone();
    assert_eq!(goals, persona.goals[1..]);
    window.undoes_to(&before);
}

#[test]
fn persona_and_lane_names_are_edited_in_place_by_key() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.now();
    let persona = before.personas().as_slice()[0].id.clone();
    let lane = window.lane_of(LaneKind::Pains);
    window.select(Selection::Persona(persona.clone()));
    window.key(NONE, Key::F2);
    assert!(window.sees(NAME));
    window.write("Somebody else");
    window.key(NONE, Key::Enter);
    let name = window.now().personas().get(&persona).unwrap().name.clone();
    assert_eq!(name, "Somebody else");
    window.undoes_to(&before);

    window.select(Selection::Lane(lane.id.clone()));
    window.key(NONE, Key::F2);
    assert!(window.sees(NAME));
    window.write("What hurts");
    window.key(NONE, Key::Enter);
    let title = window
        .now()
        .lanes()
        .get(&lane.id)
        .unwrap()
        .title()
        .to_owned();
    assert_eq!(title, "What hurts");
    window.undoes_to(&before);

    // Objects that are not drawn are renamed in the inspector only.
    let mut hidden = lane.clone();
    hidden.hidden = true;
    window.edits(&touchline::edit::Intent::SetLane(Box::new(hidden)));
    window.select(Selection::Lane(lane.id));
    window.key(NONE, Key::F2);
    assert!(!window.sees(NAME));
    window.click(Role::Button, "Flow");
    window.select(Selection::Persona(persona));
    window.key(NONE, Key::F2);
    assert!(!window.sees(NAME));
}

#[test]
fn second_image_without_caption_gets_its_own() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.now();
    let lane = window.lane_of(LaneKind::Storyboard);
    let id = says(&before, &lane);
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
    window.edits(&touchline::edit::Intent::SetImage(Box::new(second.clone())));
    window.edits(&touchline::edit::Intent::SetTouchpoint(Box::new(
        touchpoint,
    )));
    window.walk_to(&id, &lane.id);
    let before = window.now();
    let tag = Tag::Cell(lane.id.clone(), id.clone());
    // The second image begins below the caption of the first.
    let words = window.words(&tag, Said::Caption(0));
    window.double_click(pos2(words.center().x, words.bottom() + 24.0));
    assert!(window.sees(TEXT));
    window.write("At the counter");
    window.key(NONE, Key::Enter);
    let now = window.now();
    let name = |map: &Map, id| map.images().get(id).unwrap().name().to_owned();
    assert_eq!(name(&now, &second.id), "At the counter");
    assert_eq!(name(&now, &first), name(&before, &first));
    window.undoes_to(&before);
}

#[test]
fn map_measurements_are_edited_as_one_line() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.now();
    let line = Written {
        tag: Tag::Map,
        said: Said::Measured,
        field: TEXT,
    };
    window.rewrites(&line, "NPS 20 · Calls –", |map| map.header().measured());
    let mut header = before.header().clone();
    let (n, date) = (header.measurements[1].n, header.measurements[1].date);
    header.set_measured("NPS 20 · Stars 4 of 5 · Calls");
    let second = &header.measurements[1];
    assert_eq!(
        (second.n, second.date),
        (n, date),
        "sample size and date are kept"
    );
    assert_eq!(header.measured(), "NPS 20 · Stars 4 of 5 · Calls 41 %");
}

#[test]
fn measurement_is_edited_as_metric_value_and_unit() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.now();
    let lane = window.lane_of(LaneKind::Measurements);
    let id = says(&before, &lane);
    window.walk_to(&id, &lane.id);
    let it = Written {
        tag: Tag::Cell(lane.id.clone(), id.clone()),
        said: Said::Measurement(0),
        field: TEXT,
    };
    let first = |map: &Map| map.touchpoint(&id).unwrap().measurements[0].clone();
    window.rewrites(&it, "Solved at once 71.5 %", |map| first(map).words());

    // Sample size and date of a measurement are kept when it is edited.
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.write("CES 2");
    window.write(".5 of 7");
    window.key(NONE, Key::Enter);
    let (was, now) = (first(&before), first(&window.now()));
    assert_eq!((&*now.metric, &*now.unit), ("CES", "of 7"));
    assert_eq!((now.n, now.date), (was.n, was.date));
    window.undoes_to(&before);

    // In an empty cell a letter starts a new measurement.
    let silent = |t: &&Touchpoint| t.measurements.is_empty();
    let other = before.touchpoints().find(silent).unwrap().id.clone();
    window.walk_to(&other, &lane.id);
    for letter in ["N", "P", "S", " ", "4", "0"] {
        window.write(letter);
    }
    window.key(NONE, Key::Enter);
    let measured = window
        .now()
        .touchpoint(&other)
        .unwrap()
        .measurements
        .clone();
    assert_eq!(measured.len(), 1);
    assert_eq!(
        (&*measured[0].metric, measured[0].words()),
        ("NPS", "NPS 40".to_owned())
    );
    // A dash marks a planned measurement without a value.
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.write("NPS –");
    window.key(NONE, Key::Enter);
    let planned = window.now().touchpoint(&other).unwrap().clone();
    assert_eq!(planned.measurements[0].value, None);
    assert!(!planned.is_measured());
    window.key(Modifiers::COMMAND, Key::Z);
    // An emptied measurement is removed.
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    let measured = window.now().touchpoint(&other).unwrap().measurements.len();
    assert_eq!(measured, 0);
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.now(), before);
}

#[test]
fn captions_are_edited_below_images() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.now();
    let lane = window.lane_of(LaneKind::Storyboard);
    let id = says(&before, &lane);
    let image = before.touchpoint(&id).unwrap().pictures[0].clone();
    window.walk_to(&id, &lane.id);
    let it = Written {
        tag: Tag::Cell(lane.id.clone(), id.clone()),
        said: Said::Caption(0),
        field: TEXT,
    };
    let name = |map: &Map| map.images().get(&image).unwrap().name().to_owned();
    window.rewrites(&it, "At the kitchen table", name);
    // The same by keys; an image without a caption can get one again.
    window.key(NONE, Key::Enter);
    window.key(Modifiers::COMMAND, Key::A);
    window.key(NONE, Key::Delete);
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window.now()), "");
    window.key(NONE, Key::F2);
    window.write("Again");
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window.now()), "Again");
    window.key(Modifiers::COMMAND, Key::Z);
    window.undoes_to(&before);

    // Images in a custom lane have captions as well.
    let own = window.add_lane("Screens", Holds::Picture);
    let mut touchpoint = before.touchpoint(&id).unwrap().clone();
    touchpoint.texts.insert(own.clone(), image.to_string());
    window.edits(&touchline::edit::Intent::SetTouchpoint(Box::new(
        touchpoint,
    )));
    window.walk_to(&id, &own);
    window.key(NONE, Key::F2);
    window.key(Modifiers::COMMAND, Key::A);
    window.write("The form");
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window.now()), "The form");
}

#[test]
fn emotion_is_edited_beside_its_face() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.now();
    let lane = window.lane_of(LaneKind::Feelings);
    let id = says(&before, &lane);
    let persona = before.personas().as_slice()[0].id.clone();
    window.walk_to(&id, &lane.id);
    let it = Written {
        tag: Tag::Face(id.clone(), Some(persona)),
        said: Said::Emotion(0),
        field: TEXT,
    };
    let named = |map: &Map, id: &TouchpointId| {
        let feelings = &map.touchpoint(id).unwrap().feelings;
        (feelings[0].emotion.clone(), feelings[0].score)
    };
    window.rewrites(&it, "Torn both ways", |map| named(map, &id).0);

    // In the lane letters edit the emotion; plus and minus still change the score.
    window.key(NONE, Key::Minus);
    assert_ne!(named(&window.now(), &id).1, named(&before, &id).1);
    window.undoes_to(&before);
    window.key(NONE, Key::Enter);
    window.key(Modifiers::COMMAND, Key::A);
    window.write("Calm");
    window.key(NONE, Key::Enter);
    assert_eq!(named(&window.now(), &id).0, "Calm");
    window.undoes_to(&before);

    // Without a feeling, typing an emotion adds a neutral feeling.
    window.key(NONE, Key::Insert);
    window.key(NONE, Key::Enter);
    let Selection::Touchpoint(new) = window.document().selection.clone() else {
        panic!("a new card is selected");
    };
    let before = window.now();
    window.walk_to(&new, &lane.id);
    window.write("b");
    window.write("ored");
    window.key(NONE, Key::Enter);
    let (emotion, score) = named(&window.now(), &new);
    assert_eq!((&*emotion, score.map(|s| s.tenths())), ("bored", Some(0)));
    window.undoes_to(&before);
}

#[test]
fn double_click_places_the_caret_and_a_second_one_selects_the_word() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.now();
    let card = before.touchpoints().next().unwrap().clone();
    let tag = Tag::Card(card.id.clone());
    let name = |window: &Window| window.touchpoint(&card.id.to_string()).name.clone();
    let words = window.words(&tag, Said::Name);
    let first_line = words.top() + 6.0;

    window.double_click(pos2(words.left() + 1.0, first_line));
    window.write("X");
    assert_eq!(name(&window), format!("X{}", card.name));
    window.key(NONE, Key::Escape);
    assert_eq!(window.now(), before);

    // The field uses the font of the map, so a point in the middle of a line is the
    // same position in the text.
    let at = pos2(words.left() + words.width() * 0.5, first_line);
    window.double_click(at);
    window.write("|");
    let said = name(&window);
    let place = said.find('|').unwrap();
    assert!(place > 2 && place + 3 < said.len(), "{said}");
    window.key(NONE, Key::Escape);

    window.double_click(at);
    window.settle();
    window.double_click(pos2(words.left() + 4.0, first_line));
    window.write("Begs");
    let rest = card.name.split_once(' ').unwrap().1;
    assert_eq!(name(&window), format!("Begs {rest}"));
    window.key(NONE, Key::Escape);
    assert_eq!(window.now(), before);
}
