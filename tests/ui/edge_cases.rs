//! Maps with unusual texts: long, empty, of other scripts, with invisible characters.
//! The window shows all of them.

use crate::Window;
use crate::preferences_and_focus::{select, selection_of_each_kind};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use touchline::model::MAX_TEXT_CHARS;

fn unusual_texts() -> Vec<String> {
    let words = [
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung",
        "",
        "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{1F44D}\u{1F3FD} \u{1F1FA}\u{1F1E6}",
        "الرحلة كما هي اليوم 123 مرحبا",
        "מסע הלקוח (abc) שלום",
        "顧客はお店で注文をして、雨の中で待っています。",
        "a\u{0}b\u{7}c\u{1b}[31m\u{202e}evil\u{202c}\u{2066}x\u{feff}\u{200b}",
        "tab\there\nand\r\nmany\n\n\nlines",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    ];
    let mut texts: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    texts.push("Wort ".repeat(60));
    texts.push("x".repeat(300));
    texts.push("Eine Notiz, die nicht aufhört. ".repeat(323));
    texts
}

/// A map with this text in every field.
fn map_of(text: &str) -> String {
    let said = {
        let mut said = String::from("\"");
        for c in text.chars() {
            match c {
                '"' | '\\' => said.extend(['\\', c]),
                c if c.is_control() => said.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
                c => said.push(c),
            }
        }
        said + "\""
    };
    let map = r#"(format: 1, title: %, scenario: %,
        personas: [(id: "p", name: %, role: %, quote: %, goals: [%])],
        departments: [(id: "d", name: %)],
        channels: [(id: "c", name: %)],
        environments: [(id: "e", name: %)],
        stages: [
            (id: "s", name: %, goal: %, owner: "d", touchpoints: [
                (id: "a", name: %, description: %, owner: "d", channel: "c", environment: "e",
                 notes: %, feelings: [(persona: "p", score: -1.5, emotion: %, quote: %, thought: %)],
                 pains: [(id: "x", text: %, severity: 3)],
                 paths: [(to: "b", kind: failure, label: %)]),
                (id: "b", name: %),
            ]),
            (id: "t", name: %),
        ])"#;
    map.replace('%', &said)
}

/// Controls that extend past the right edge of the window.
fn overflowing_controls(window: &Window) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![window.harness.root()];
    while let Some(node) = left.pop() {
        let it = node.accesskit_node();
        let control = matches!(
            it.role(),
            Role::TextInput | Role::MultilineTextInput | Role::ComboBox | Role::CheckBox
        );
        if control && node.rect().max.x > 1281.0 {
            found.push(format!(
                "{:?} {:?} {:?}",
                it.role(),
                it.label(),
                node.rect()
            ));
        }
        left.extend(node.children());
    }
    found
}

#[test]
fn unusual_texts_are_shown_without_overflow() {
    for text in unusual_texts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("odd.journey.ron");
        touchline::storage::write(&path, map_of(&text).as_bytes()).unwrap();
        let start: String = text.chars().take(20).collect();
        let read = touchline::format::read(map_of(&text).as_bytes());
        let read = read.unwrap_or_else(|error| panic!("{start:?}: {error}"));
        assert_eq!(read.map.touchpoint_count(), 2);
        let mut window = Window::open(&[], Vec::new());
        // The bundled fonts lack some characters; the program draws boxes, or asks the
        // system.
        let policy = egui::MissingGlyphPolicy::Tofu;
        window.harness.ctx.set_missing_glyph_policy(policy);
        let app = window.harness.state_mut();
        app.open_all(std::slice::from_ref(&path));
        window.run_until_idle();
        assert_eq!(window.document().session.map().touchpoint_count(), 2);
        window.key(Modifiers::COMMAND, Key::B);
        for selection in selection_of_each_kind(&window) {
            select(&mut window, selection.clone());
            assert_eq!(
                overflowing_controls(&window),
                [""; 0],
                "{start:?} {selection:?}"
            );
        }
        for page in ["Lanes", "Outline"] {
            window
                .harness
                .get_all_by_label(page)
                .next()
                .unwrap()
                .click();
            window.run_until_idle();
            assert_eq!(overflowing_controls(&window), [""; 0], "{start:?} {page}");
        }
        window.key(Modifiers::COMMAND, Key::K);
        window.key(Modifiers::NONE, Key::Escape);
        window.key(Modifiers::COMMAND, Key::Num0);
        window.key(Modifiers::NONE, Key::F5);
        window.key(Modifiers::NONE, Key::ArrowRight);
        window.key(Modifiers::NONE, Key::Escape);
        window.key(Modifiers::COMMAND, Key::N);
        assert_eq!(window.document().title(), "Untitled map");
    }
}

#[test]
fn missing_typefaces_are_said_once_with_a_package() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.journey.ron");
    touchline::storage::write(&path, map_of("顧客").as_bytes()).unwrap();
    let mut window = Window::open(&[], Vec::new());
    let policy = egui::MissingGlyphPolicy::Tofu;
    window.harness.ctx.set_missing_glyph_policy(policy);
    window.harness.state_mut().open_all(&[path]);
    window.run_until_idle();
    let said: Vec<&str> = window.harness.state().messages();
    let about: Vec<&&str> = said.iter().filter(|it| it.contains("typeface")).collect();
    assert_eq!(about.len(), 1, "{said:?}");
    assert!(about[0].contains("has Chinese") && about[0].contains("fonts-noto-cjk"));
}

/// A map whose scenario has this many characters, in a window.
fn window_with_scenario(length: usize) -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.journey.ron");
    let map = format!(
        "(title: \"T\", scenario: \"{}\", stages: [])",
        "x".repeat(length)
    );
    touchline::storage::write(&path, map.as_bytes()).unwrap();
    (folder, Window::open(&[path], Vec::new()))
}

fn field_value(window: &Window, label: &str) -> String {
    let field = window.harness.get_by_label(label);
    field.accesskit_node().value().unwrap_or_default()
}

const LIMIT: &str = "A text can have 100000 characters; more is not taken.";

#[test]
fn long_texts_are_shown_in_part_until_they_are_edited() {
    let (_folder, mut window) = window_with_scenario(50_000);
    assert_eq!(field_value(&window, "Scenario"), "x".repeat(2_000) + "…");
    window.harness.get_by_label("Scenario").focus();
    window.run_until_idle();
    assert_eq!(field_value(&window, "Scenario").len(), 50_000);
    window.key(Modifiers::COMMAND, Key::End);
    window.harness.get_by_label("Scenario").type_text("y");
    window.run_until_idle();
    let scenario = &window.document().session.map().header().scenario;
    assert_eq!(*scenario, "x".repeat(50_000) + "y");
    assert!(!window.shows_label(LIMIT));
}

#[test]
fn text_beyond_the_limit_is_not_taken_and_that_is_said() {
    let (_folder, mut window) = window_with_scenario(10);
    window.harness.get_by_label("Scenario").focus();
    window.run_until_idle();
    window.key(Modifiers::COMMAND, Key::End);
    window
        .harness
        .event(Event::Paste("z".repeat(MAX_TEXT_CHARS)));
    window.run_until_idle();
    let scenario = &window.document().session.map().header().scenario;
    assert_eq!(scenario.len(), MAX_TEXT_CHARS);
    assert!(window.shows_label(LIMIT));
}

#[test]
fn a_line_that_is_too_long_is_pasted_in_part_after_a_preview() {
    let (_folder, mut window) = window_with_scenario(10);
    window.harness.event(Event::Paste("word ".repeat(400_000)));
    window.run_until_idle();
    assert!(window.shows_label("Paste 1 touchpoint"));
    assert!(
        window.shows_label(
            "At most 10000 characters of a text are taken: one text is cut off there."
        )
    );
    window.press("Add 1 touchpoint");
    let map = window.document().session.map();
    assert!(map.touchpoints().all(|t| t.name.len() <= 10_000));
}

/// Words of right-to-left text are drawn as they are read, except while a field is edited; assistive
/// tools always get the text itself.
#[test]
fn right_to_left_words_are_drawn_in_their_order() {
    const TITLE: &str = "מסע הלקוח שלום";
    const DRAWN: &str = "שלום הלקוח מסע";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.journey.ron");
    let text = format!("(title: \"{TITLE}\", stages: [(name: \"{TITLE}\")])");
    touchline::storage::write(&path, text.as_bytes()).unwrap();
    let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
    window.key(Modifiers::COMMAND, Key::B);
    let drawn = |window: &Window, wanted: &str| {
        let shapes = window.harness.output().shapes.iter();
        let texts = shapes.filter(|clipped| match &clipped.shape {
            egui::Shape::Text(shape) => shape.galley.text() == wanted,
            _ => false,
        });
        texts.count()
    };
    // The fields of the bar and the inspector, and the stage in the outline.
    assert_eq!((drawn(&window, DRAWN), drawn(&window, TITLE)), (3, 0));
    let field = window.harness.get_by_label("Title");
    assert_eq!(field.accesskit_node().value().as_deref(), Some(TITLE));
    field.focus();
    window.run_until_idle();
    assert_eq!((drawn(&window, DRAWN), drawn(&window, TITLE)), (2, 1));
    window.key(Modifiers::COMMAND, Key::End);
    window.harness.event(Event::Text(" x".to_owned()));
    window.run_until_idle();
    let title = &window.document().session.map().header().title;
    assert_eq!(*title, format!("{TITLE} x"));
}
