//! Numbers and durations that are typed: a value is taken when its field is left, and text
//! that cannot be read changes nothing.

use crate::Window;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::model::{Decimal, Measurement};

const NONE: Modifiers = Modifiers::NONE;

const MAP: &str = r#"(title: "Q", stages: [(id: "s", name: "S", touchpoints: [
    (id: "a", name: "Asks", measurements: [(metric: "Calls", value: 1, n: 5)], paths: [(to: "b")]),
    (id: "b", name: "Pays", votes: 2, texts: {"own": "3"}),
])], lanes: [(id: "own", kind: custom, holds: score, name: "Effort")])"#;

fn window() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("values.journey.ron");
    touchline::storage::write(&path, MAP.as_bytes()).unwrap();
    let mut window = Window::open(&[path], Vec::new());
    window.press("Asks");
    (folder, window)
}

impl Window {
    fn measurement(&self) -> Measurement {
        self.touchpoint("a").measurements[0].clone()
    }

    fn minutes(&self) -> Option<u32> {
        self.touchpoint("a").duration.map(|span| span.minutes())
    }
}

/// The number of the measurement after this text was typed into its field, which was left
/// by Enter.
fn typed_number(text: &str) -> (f64, Window) {
    let (_folder, mut window) = window();
    window.fill("Measurement 1 value", text);
    // Nothing is taken while it is being typed.
    assert_eq!(
        window.measurement().value,
        Some(Decimal::whole(1)),
        "{text}"
    );
    window.key(NONE, Key::Enter);
    let value = window.measurement().value.unwrap();
    (value.value(), window)
}

#[test]
fn numbers_are_taken_when_their_field_is_left() {
    for (text, number) in [
        ("4.200,5", 4200.5),
        ("4,5", 4.5),
        ("1 000", 1000.0),
        ("-2", -2.0),
    ] {
        assert_eq!(typed_number(text).0, number, "{text}");
    }
}

#[test]
fn a_refused_number_changes_nothing() {
    for text in ["four", "4..5", "4.200,5.5", "1e3"] {
        let (number, window) = typed_number(text);
        assert_eq!(number, 1.0, "{text}");
        assert!(
            window.shows_label("Write a number, such as “4.5”"),
            "{text}"
        );
        assert_eq!(window.document().session.history().done().len(), 0);
    }
}

#[test]
fn a_number_with_two_readings_is_asked_about() {
    for (text, choice, expected) in [("1,500", "1500", 1500.0), ("1.500", "1.5", 1.5)] {
        let (number, mut window) = typed_number(text);
        assert_eq!(number, 1.0, "{text}");
        let question = format!("“{text}” can be read in two ways. Choose one:");
        assert!(window.shows_label(&question));
        window.press(choice);
        assert_eq!(window.measurement().value.unwrap().value(), expected);
        assert!(!window.shows_label(&question));
    }
}

#[test]
fn durations_are_read_as_people_type_them() {
    for (text, minutes) in [
        ("1h30", Some(90)),
        ("1.5 h", Some(90)),
        ("2 days", Some(2880)),
        ("90 minutes", Some(90)),
        ("90", None),
        ("1,000 h", None),
        ("soon", None),
    ] {
        let (_folder, mut window) = window();
        window.fill("Duration", text);
        assert_eq!(window.minutes(), None, "{text}");
        window.key(NONE, Key::Tab);
        assert_eq!(window.minutes(), minutes, "{text}");
        let hint = window
            .harness
            .query_by_label_contains("Write it as “45 min”");
        assert_eq!(hint.is_some(), minutes.is_none(), "{text}");
    }
}

#[test]
fn every_way_to_go_on_takes_the_typed_value() {
    let go_on: [fn(&mut Window); 4] = [
        |window| window.key(Modifiers::COMMAND, Key::S),
        |window| window.press("Pays"),
        |window| window.key(NONE, Key::Tab),
        |window| window.key(NONE, Key::F5),
    ];
    for (nth, go_on) in go_on.into_iter().enumerate() {
        let (folder, mut window) = window();
        window.fill("Duration", "2 days");
        go_on(&mut window);
        assert_eq!(window.minutes(), Some(2880), "{nth}");
        if nth == 0 {
            let path = folder.path().join("values.journey.ron");
            let saved = std::fs::read_to_string(path).unwrap();
            assert!(saved.contains("duration: \"2 d\""), "{saved}");
        }
    }
}

#[test]
fn escape_brings_the_value_back_and_undo_takes_one_step() {
    let (_folder, mut window) = window();
    window.fill("Duration", "2 days");
    window.key(NONE, Key::Escape);
    window.press("Pays");
    assert_eq!(window.minutes(), None);

    window.press("Asks");
    window.fill("Duration", "1h30");
    window.key(NONE, Key::Enter);
    assert_eq!(window.minutes(), Some(90));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.minutes(), None);
    window.press("Pays");
    assert_eq!(window.minutes(), None);
}

#[test]
fn counts_shares_and_scores_follow_the_same_rule() {
    let (_folder, mut window) = window();
    window.fill("Measurement 1 sample size", "1,500");
    window.key(NONE, Key::Enter);
    assert_eq!(window.measurement().n, Some(1500));
    window.fill("Measurement 1 sample size", "some");
    window.key(NONE, Key::Enter);
    assert_eq!(window.measurement().n, Some(1500));

    window.fill("Path 1 share", "45 %");
    window.key(NONE, Key::Enter);
    window.fill("Path 1 share", "450");
    window.key(NONE, Key::Enter);
    let share = window.touchpoint("a").paths[0].share.unwrap();
    assert_eq!(share.percent(), 45.0);

    window.press("Pays");
    window.fill("Votes", "12x");
    window.key(NONE, Key::Enter);
    assert_eq!(window.touchpoint("b").votes, 2);
    window.fill("Votes", "12");
    window.key(NONE, Key::Enter);
    assert_eq!(window.touchpoint("b").votes, 12);

    let effort = |window: &Window| window.touchpoint("b").texts[&"own".into()].clone();
    window.fill("Lane effort", "1,000,5");
    window.key(NONE, Key::Enter);
    assert_eq!(effort(&window), "3");
    // One thousand is off the scale.
    window.fill("Lane effort", "4,500");
    window.key(NONE, Key::Enter);
    assert_eq!(effort(&window), "4.5");
    let field = window
        .harness
        .get_by_role_and_label(Role::TextInput, "Lane effort");
    assert_eq!(field.value().as_deref(), Some("4.5"));
}
