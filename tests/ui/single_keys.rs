//! Single keys: letters never change the map, other keys show what they have changed.

use super::Window;
use super::tools::ids;
use super::typing::{NAME, TEXT};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{LaneKind, ObjectRef, Score};

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    /// Presses a key that types a letter.
    fn press_letter(&mut self, letter: char) {
        let key = Key::from_name(&letter.to_string()).unwrap();
        let events = &mut self.harness.input_mut().events;
        let mut add = |pressed| {
            events.push(Event::Key {
                key,
                physical_key: Some(key),
                pressed,
                repeat: false,
                modifiers: NONE,
            });
            if pressed {
                events.push(Event::Text(letter.to_string()));
            }
        };
        add(true);
        add(false);
        self.run_until_idle();
    }

    fn select_object(&mut self, selection: impl Into<Selection>) {
        let document = self.harness.state_mut().document_mut().unwrap();
        document.select(selection, true);
        self.run_until_idle();
    }

    /// Scores of the first touchpoint by persona.
    fn first_scores(&self) -> Vec<(String, Option<Score>)> {
        let map = self.map_clone();
        let first = map.touchpoints().next().unwrap();
        let whose = |persona: &touchline::model::PersonaId| persona.to_string();
        let felt = first.feelings.iter();
        felt.map(|f| (f.persona.as_ref().map(whose).unwrap_or_default(), f.score))
            .collect()
    }
}

#[test]
fn letters_never_change_the_map_whatever_is_selected() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    let stage = before.stages().as_slice()[0].id.clone();
    let selections: [Selection; 5] = [
        Selection::Nothing,
        ObjectRef::Touchpoint(all[0].clone()).into(),
        ObjectRef::Stage(stage).into(),
        Selection::Touchpoints(all[..2].to_vec()),
        ObjectRef::Persona(before.personas().as_slice()[0].id.clone()).into(),
    ];
    for selection in selections {
        window.select_object(selection.clone());
        for letter in 'a'..='z' {
            window.press_letter(letter);
            assert!(!window.shows_label(NAME) && !window.shows_label(TEXT));
            assert!(window.map_clone() == before, "{letter} on {selection:?}");
            if window.shows_label("Capture line") {
                window.key(NONE, Key::Escape);
            }
        }
    }
}

#[test]
fn a_highlight_is_switched_off_by_its_letter_while_a_stage_is_selected() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    window.press_letter('u');
    let on = |window: &Window| window.document().highlighting.is_active();
    assert!(on(&window));
    for _ in 0..40 {
        window.key(NONE, Key::Period);
        if let Selection::One(ObjectRef::Stage(_)) = window.document().selection {
            break;
        }
    }
    assert!(matches!(
        window.document().selection,
        Selection::One(ObjectRef::Stage(_))
    ));
    window.press_letter('u');
    assert!(!on(&window));
    assert!(window.map_clone() == before);
}

#[test]
fn a_change_by_key_is_shown_beside_its_object() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let id = ids(&before)[0].clone();
    window.click_card(&id, NONE);
    let owner = before.departments().as_slice()[1].name.clone();
    let persona = before.personas().as_slice()[0].name.clone();
    let expected = [
        (Key::Num2, format!("Owner: {owner}")),
        (Key::Num2, format!("No owner, was {owner}")),
        (Key::Num0, format!("{persona} feels 0.0")),
        (Key::Plus, format!("{persona} feels +0.5")),
        (Key::Delete, format!("Delete touchpoint “{}”", super::FIRST)),
    ];
    for (key, text) in expected {
        let card = window.card(&id);
        window.key(NONE, key);
        let note = window.harness.get_by_label(&text).rect();
        assert!(card.distance_to_pos(note.center()) < 60.0, "{text}");
    }
    // Undo says so too, beside the card that is back.
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(window.shows_label(&format!("Undone: Delete touchpoint “{}”", super::FIRST)));
    for _ in 0..4 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert!(window.map_clone() == before);
}

#[test]
fn typing_in_a_lane_adds_and_never_replaces() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let id = ids(&before)[0].clone();
    let lanes: Vec<_> = before.lanes().iter().cloned().collect();
    let mut tried = 0;
    for lane in lanes
        .iter()
        .filter(|lane| lane.has_text_fields() && !lane.hidden)
    {
        if lane.shows_pictures()
            || matches!(lane.holds, touchline::model::LaneContentKind::Score(_))
        {
            continue;
        }
        window.move_to_lane(&id, &lane.id);
        for text in ["Aha", "Oho"] {
            let texts = |window: &Window| -> Vec<String> {
                let touchpoint = window.map_clone().touchpoint(&id).unwrap().clone();
                let fields = touchpoint.text_fields(lane).into_iter();
                let text = |field| touchpoint.text_in(&lane.id, field).map(|t| t.into_owned());
                fields.filter_map(text).collect()
            };
            let former = texts(&window);
            window.type_into_field(text);
            window.key(Modifiers::COMMAND, Key::Enter);
            let now = texts(&window);
            assert!(now.iter().any(|now| now.contains(text)), "{}", lane.title());
            for former in former {
                let kept = now.iter().any(|now| now.starts_with(&former));
                assert!(kept, "{former:?} in {}: {now:?}", lane.title());
            }
            tried += 1;
        }
    }
    assert!(tried > 10);
    while window.document().session.history().done().len() > 0 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert!(window.map_clone() == before);
}

#[test]
fn keys_for_feelings_reach_each_persona() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let names: Vec<String> = before.personas().iter().map(|p| p.name.clone()).collect();
    let second = before.personas().as_slice()[1].id.to_string();
    let id = ids(&before)[0].clone();
    window.click_card(&id, NONE);
    assert!(window.shows_label(&format!("Feelings: {}", names[0])));
    window.press_letter('f');
    assert!(window.map_clone() == before);
    assert!(window.shows_label(&format!("Feelings: {}", names[1])));
    window.key(NONE, Key::Num0);
    window.key(NONE, Key::Minus);
    let scores = window.first_scores();
    let score = scores.iter().find(|(whose, _)| *whose == second).unwrap().1;
    assert_eq!(score.map(Score::tenths), Some(-5));
    // The other persona feels as before.
    for (whose, felt) in &scores {
        let former = before.touchpoint(&id).unwrap();
        let former = former.feelings.iter();
        let mut former =
            former.filter(|f| f.persona.as_ref().is_some_and(|p| p.to_string() == *whose));
        if *whose != second {
            assert_eq!(former.next().and_then(|f| f.score), *felt);
        }
    }
    // A text in the lane of feelings is about the same persona.
    let lane = window.lane_of(LaneKind::Feelings);
    window.move_to_lane(&id, &lane.id);
    window.type_into_field("torn");
    window.key(NONE, Key::Enter);
    let map = window.map_clone();
    let felt = map.touchpoint(&id).unwrap().feelings.iter();
    let torn: Vec<_> = felt.filter(|f| f.emotion.ends_with("torn")).collect();
    assert_eq!(torn.len(), 1);
    assert_eq!(torn[0].persona.as_ref().unwrap().to_string(), second);
}
