//! Names that are the same in another spelling, in lists, in the palette and on paste.

use crate::Window;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::ObjectRef;

const NONE: Modifiers = Modifiers::NONE;

const MAP: &str = r#"(title: "T", departments: [(id: "x1", name: "Büro"), (id: "x2", name: "Straße")],
    stages: [(name: "S", touchpoints: [(id: "a", name: "Prüft"), (id: "b", name: "Zahlt")])])"#;

fn window(map: &str) -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.journey.ron");
    touchline::storage::write(&path, map.as_bytes()).unwrap();
    let window = Window::open(&[path], Vec::new());
    (folder, window)
}

#[test]
fn the_owner_list_finds_a_name_and_does_not_offer_it_anew() {
    for (typed, owner) in [("buro", "x1"), ("BU\u{308}RO ", "x1"), ("STRASSE", "x2")] {
        let (_folder, mut window) = window(MAP);
        window.press("Prüft");
        window.harness.get_by_label("Owner").click();
        window.run_until_idle();
        let search = window.harness.get_by_label("Owner: search");
        search.type_text(typed);
        window.run_until_idle();
        let offers = window.harness.query_all_by_label_contains("Add department");
        assert_eq!(offers.count(), 0, "{typed}");
        window.key(NONE, Key::Enter);
        assert_eq!(window.touchpoint("a").owner, Some(owner.into()), "{typed}");
    }
}

#[test]
fn the_palette_finds_a_name_without_its_accents() {
    let (_folder, mut window) = window(MAP);
    window.key(Modifiers::COMMAND, Key::K);
    window.harness.get_by_label("Search").type_text("pruft");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    let selected = Selection::One(ObjectRef::Touchpoint("a".into()));
    assert_eq!(window.document().selection, selected);
}

const LINES: &str = "Ruft an\r\nZahlt\u{1b}\r\n\r\nWartet\r\n";

impl Window {
    fn paste_text(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.to_owned()));
        self.run_until_idle();
    }
}

#[test]
fn lines_pasted_into_a_name_become_one_without_what_cannot_be_seen() {
    let begin: [fn(&mut Window); 2] = [
        |window| window.harness.get_by_label("Name").focus(),
        |window| window.key(NONE, Key::F2),
    ];
    for begin in begin {
        let (_folder, mut window) = window(MAP);
        window.press("Prüft");
        begin(&mut window);
        window.run_until_idle();
        window.key(Modifiers::COMMAND, Key::A);
        window.paste_text(LINES);
        window.key(NONE, Key::Enter);
        assert_eq!(window.touchpoint("a").name, "Ruft an Zahlt Wartet");
        let left_out = "1 character that cannot be seen was left out.";
        assert!(window.harness.state().messages().contains(&left_out));
    }
}

#[test]
fn lines_pasted_into_notes_stay_lines() {
    let (_folder, mut window) = window(MAP);
    window.press("Prüft");
    window.harness.get_by_label("Notes").focus();
    window.run_until_idle();
    window.paste_text(LINES);
    assert_eq!(window.touchpoint("a").notes, "Ruft an\nZahlt\n\nWartet");
}
