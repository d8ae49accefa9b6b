//! Keys on keyboard layouts other than the US one: a key stands for what it types.

use super::Window;
use egui::{Event, Key, Modifiers};
use touchline::model::{Map, TouchpointId};

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;

/// A map with a persona, seven departments and four touchpoints.
const MAP: &str = r#"(title: "T", personas: [(id: "p", name: "Pia"), (id: "q", name: "Quin")],
    departments: [(id: "d1", name: "Eins"), (id: "d2", name: "Zwei"), (id: "d3", name: "Drei"),
        (id: "d4", name: "Vier"), (id: "d5", name: "Fuenf"), (id: "d6", name: "Sechs"),
        (id: "d7", name: "Sieben")],
    stages: [(id: "s", name: "S", touchpoints: [(id: "a", name: "Alpha"), (id: "b", name: "Bravo"),
        (id: "c", name: "Charlie"), (id: "d", name: "Delta")])])"#;

/// A key as a layout has it: place, and the signs alone, with Shift and with AltGr.
/// An empty sign is a dead key.
type LayoutKey = (Key, &'static str, &'static str, &'static str);

const FRENCH: &[LayoutKey] = &[
    (Key::Num1, "&", "1", "¹"),
    (Key::Num2, "é", "2", "~"),
    (Key::Num3, "\"", "3", "#"),
    (Key::Num4, "'", "4", "{"),
    (Key::Num5, "(", "5", "["),
    (Key::Num6, "-", "6", "|"),
    (Key::Num7, "è", "7", "`"),
    (Key::Minus, ")", "°", "]"),
    (Key::Comma, ";", ".", "×"),
];
const CZECH: &[LayoutKey] = &[
    (Key::Num1, "+", "1", "~"),
    (Key::Num2, "ě", "2", ""),
    (Key::Num3, "š", "3", "^"),
    (Key::Num4, "č", "4", ""),
    (Key::Num5, "ř", "5", ""),
    (Key::Num6, "ž", "6", ""),
    (Key::Num7, "ý", "7", "`"),
    (Key::Minus, "=", "%", "-"),
    (Key::Equals, "", "", ""),
];
const GERMAN: &[LayoutKey] = &[
    (Key::Num1, "1", "!", "¹"),
    (Key::Num2, "2", "\"", "²"),
    (Key::Num3, "3", "§", "³"),
    (Key::Num4, "4", "$", "¼"),
    (Key::Num5, "5", "%", "½"),
    (Key::Num6, "6", "&", "¬"),
    (Key::Num7, "7", "/", "{"),
    (Key::Minus, "ß", "?", "\\"),
    (Key::Equals, "", "", ""),
    (Key::Semicolon, "ö", "Ö", ""),
];
const POLISH: &[LayoutKey] = &[
    (Key::A, "a", "A", "ą"),
    (Key::S, "s", "S", "ś"),
    (Key::Num1, "1", "!", "≠"),
    (Key::Num2, "2", "@", "²"),
];
const RUSSIAN: &[LayoutKey] = &[
    (Key::S, "ы", "Ы", ""),
    (Key::T, "е", "Е", ""),
    (Key::Num2, "2", "\"", ""),
    (Key::Period, "ю", "Ю", ""),
];

impl Window {
    /// Presses a key as egui reports it, in one frame: named by its sign, else by its place.
    fn press_layout_key(&mut self, place: Key, text: &str, held: Modifiers, alt_gr: bool) {
        let events = &mut self.harness.input_mut().events;
        let mut add = |key, place, pressed, modifiers| {
            events.push(Event::Key {
                key,
                physical_key: Some(place),
                pressed,
                repeat: false,
                modifiers,
            });
            if pressed && !text.is_empty() && key != Key::AltRight && !held.ctrl {
                events.push(Event::Text(text.to_owned()));
            }
        };
        if alt_gr {
            add(Key::AltRight, Key::AltRight, true, NONE);
        }
        let key = Key::from_name(text).unwrap_or(place);
        add(key, place, true, held);
        add(key, place, false, held);
        if alt_gr {
            add(Key::AltRight, Key::AltRight, false, NONE);
        }
        self.harness.step();
        self.run_until_idle();
    }
}

/// A window with the map and its first card selected.
fn window() -> (tempfile::TempDir, Window, TouchpointId) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keyboard.journey.ron");
    touchline::storage::write(&path, MAP.as_bytes()).unwrap();
    let mut window = Window::open(&[path], Vec::new());
    let id: TouchpointId = "a".into();
    window.click_card(&id, NONE);
    (folder, window, id)
}

/// The owner and the scores of the first touchpoint; nothing else may differ.
fn result(window: &Window, before: &Map) -> (Option<String>, Vec<i8>) {
    let mut after = window.map_clone().touchpoint(&"a".into()).unwrap().clone();
    let owner = after.owner.take().map(|id| id.to_string());
    let scores = after.feelings.drain(..).filter_map(|f| f.score);
    let scores = scores.map(|score| score.tenths()).collect();
    assert_eq!(Some(&after), before.touchpoint(&"a".into()));
    assert!(after.name == "Alpha" && !window.shows_label(super::typing::NAME));
    (owner, scores)
}

#[test]
fn a_letter_or_a_sign_of_the_digit_row_is_not_its_digit() {
    let (_folder, mut window, _) = window();
    let before = window.map_clone();
    for layout in [FRENCH, CZECH, GERMAN, POLISH, RUSSIAN] {
        for &(place, plain, shift, alt_gr) in layout {
            let presses = [
                (plain, NONE, false),
                (shift, SHIFT, false),
                (alt_gr, NONE, true),
            ];
            for (text, held, alt_gr) in presses {
                window.click_card(&"a".into(), NONE);
                window.press_layout_key(place, text, held, alt_gr);
                let digit = text.parse::<usize>().ok();
                let at = Key::ALL.iter().position(|key| *key == place);
                let one = Key::ALL.iter().position(|key| *key == Key::Num1);
                let number = at.unwrap().wrapping_sub(one.unwrap()) + 1;
                let in_row = (1..=7).contains(&number);
                let letter = text.chars().any(char::is_alphabetic);
                let owner = match text {
                    _ if digit.is_some() => digit,
                    "+" | "-" | "=" | "?" | "," | "." => None,
                    _ if letter || alt_gr || held.shift || !in_row => None,
                    _ => Some(number),
                };
                let scores = match text {
                    "+" | "=" => vec![5],
                    "-" => vec![-5],
                    "?" | "." => Vec::new(),
                    // The neutral feeling of the persona with this number.
                    _ if held.shift && digit.is_none() && !letter && number <= 2 => vec![0],
                    _ => Vec::new(),
                };
                let expected = (owner.map(|at| format!("d{at}")), scores);
                let what = format!("{place:?} {text:?} {held:?} AltGr {alt_gr}");
                assert_eq!(result(&window, &before), expected, "{what}");
                while window.document().session.history().done().len() > 0 {
                    window.key(Modifiers::COMMAND, Key::Z);
                }
                for _ in 0..2 {
                    window.key(NONE, Key::Escape);
                }
                assert_eq!(window.map_clone(), before, "{what}");
            }
        }
    }
}

#[test]
fn control_and_the_sign_of_a_digit_key_zoom() {
    let (_folder, mut window, _) = window();
    let before = window.document().camera.zoom;
    window.press_layout_key(Key::Num6, "-", Modifiers::COMMAND | Modifiers::CTRL, false);
    assert!(window.document().camera.zoom < before);
}

#[test]
fn views_are_chosen_by_place_where_shift_gives_another_sign() {
    let (_folder, mut window, _) = window();
    let held = Modifiers::COMMAND | Modifiers::CTRL | SHIFT;
    for (place, text, view) in [
        (Key::Num2, "@", touchline::render::View::Flow),
        (Key::Num1, "!", touchline::render::View::Journey),
        (Key::Num3, "§", touchline::render::View::Ownership),
    ] {
        window.press_layout_key(place, text, held, false);
        assert_eq!(window.document().view, view, "{text}");
    }
}
