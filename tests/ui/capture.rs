//! Capture bar and pasted lists: typing, preview, entry, undo.

use super::{FIRST, Window};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{By, Queryable};
use touchline::app::command::action::Selection;
use touchline::model::{Level, ObjectRef, Record};

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    /// A new map, and the capture bar open.
    fn capturing() -> Window {
        let mut window = Window::open(&[], Vec::new());
        window.key(Modifiers::COMMAND, Key::N);
        window.key(NONE, Key::A);
        window
    }

    /// Types into the focused widget.
    fn type_focused(&mut self, text: &str) {
        self.event(Event::Text(text.to_owned()));
        self.run_until_idle();
    }

    /// Types a line and presses Enter.
    fn enter_line(&mut self, text: &str) {
        self.type_focused(text);
        self.key(NONE, Key::Enter);
    }

    /// Text of the capture line.
    fn capture_text(&self) -> String {
        let node = self.harness.get_by_label("Capture line");
        node.value().unwrap_or_default()
    }

    /// The map as `Stage: touchpoint, touchpoint`.
    pub(super) fn outline(&self) -> Vec<String> {
        let map = self.map();
        let stages = map.stages().iter().map(|stage| {
            let names: Vec<&str> = map
                .touchpoints_in(&stage.id)
                .iter()
                .map(Record::name)
                .collect();
            format!("{}: {}", stage.name, names.join(", "))
        });
        stages.collect()
    }

    fn shows_label_containing(&self, text: &str) -> bool {
        let mut found = self.harness.query_all(By::new().label_contains(text));
        found.next().is_some()
    }
}

#[test]
fn captured_lines_add_touchpoints_in_sequence() {
    let mut window = Window::capturing();
    window.enter_line("Pays the deposit @Phone #Sales -2 frustrated !!Long queue ?");
    let touchpoint = window.map().touchpoints().last().unwrap();
    assert_eq!(touchpoint.name, "Pays the deposit");
    assert_eq!(touchpoint.feelings[0].emotion, "frustrated");
    assert_eq!(touchpoint.pains[0].severity, Level::Medium);
    assert!(touchpoint.is_assumption());
    assert_eq!(window.capture_text(), "");

    window.type_focused("Gets a receipt @phone #sales");
    assert!(window.shows_label_containing(
        "Touchpoint “Gets a receipt” in stage First stage, by Phone, owned by Sales"
    ));
    window.key(NONE, Key::Enter);
    window.enter_line(">Use");
    window.enter_line("Logs in");
    window.key(Modifiers::SHIFT, Key::Tab);
    window.enter_line("Waits");
    window.key(NONE, Key::Tab);
    window.enter_line("Logs out");
    // After the last stage Tab does nothing.
    window.key(NONE, Key::Tab);
    window.enter_line("Returns");
    assert_eq!(
        window.outline(),
        [
            "First stage: Pays the deposit, Gets a receipt, Waits",
            "Use: Logs in, Logs out, Returns",
        ]
    );
    assert_eq!(
        (
            window.map().channels().len(),
            window.map().departments().len()
        ),
        (1, 1)
    );
}

#[test]
fn captured_lines_carry_the_feelings_of_several_personas() {
    let mut window = Window::capturing();
    window.enter_line("Asks -1 unsure &Tom +1 calm &\"Ann B.\"");
    let names = |window: &Window| -> Vec<String> {
        let personas = window.map().personas().iter();
        personas.map(|persona| persona.name.clone()).collect()
    };
    assert_eq!(names(&window), ["Tom", "Ann B."]);
    window.type_focused("Pays &t");
    window.key(NONE, Key::Tab);
    assert_eq!(window.capture_text(), "Pays &Tom ");
    window.type_focused("-0.5 \"Well\" &Eve ~bored");
    assert!(window.shows_label_containing(
        "persona Tom feels −0.5, says “Well”, persona Eve (new persona) feels bored"
    ));
    window.key(NONE, Key::Enter);
    assert_eq!(names(&window), ["Tom", "Ann B.", "Eve"]);
    let last = window.map().touchpoints().last().unwrap();
    let scores: Vec<_> = last
        .feelings
        .iter()
        .map(|f| f.score.map(|s| s.tenths()))
        .collect();
    assert_eq!(scores, [Some(-5), None]);
    // What no persona is named for is the feeling of the chosen one.
    window.key(NONE, Key::Escape);
    window.key(NONE, Key::F);
    window.key(NONE, Key::A);
    window.enter_line("Leaves +1");
    let last = window.map().touchpoints().last().unwrap();
    let chosen = window.map().personas().as_slice()[1].id.clone();
    assert_eq!(last.feelings[0].persona, Some(chosen));
}

#[test]
fn each_captured_line_is_one_undo_step() {
    let mut window = Window::capturing();
    let before = window.map().clone();
    window.enter_line("Asks @phone #Sales >Search");
    window.enter_line("Pays");
    window.undo();
    assert_eq!(window.outline(), ["Search: Asks"]);
    window.undo();
    assert_eq!(*window.map(), before);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(window.map().touchpoint_count(), 1);
    // While the line has text, undo applies to its text.
    window.type_focused("Waits");
    window.undo();
    assert_eq!(window.map().touchpoint_count(), 1);
}

#[test]
fn captured_lines_go_after_the_selection() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press(FIRST);
    window.key(Modifiers::COMMAND, Key::Enter);
    window.enter_line("Second");
    window.enter_line("Third");
    let names: Vec<&str> = window
        .map()
        .touchpoints()
        .take(3)
        .map(Record::name)
        .collect();
    assert_eq!(names, [FIRST, "Second", "Third"]);
    let Selection::One(ObjectRef::Touchpoint(id)) = &window.document().selection else {
        panic!("the captured touchpoint is not selected");
    };
    assert_eq!(window.map().touchpoint(id).unwrap().name, "Third");
}

#[test]
fn escape_closes_the_capture_bar_and_keeps_its_text() {
    let mut window = Window::capturing();
    window.type_focused("Half a line");
    window.key(NONE, Key::Escape);
    assert!(!window.shows_label("Capture line"));
    assert_eq!(window.map().touchpoint_count(), 0);
    window.press("Capture");
    assert_eq!(window.capture_text(), "Half a line");
    window.key(NONE, Key::Enter);
    assert_eq!(window.outline(), ["First stage: Half a line"]);
}

#[test]
fn arrow_up_recalls_earlier_lines() {
    let mut window = Window::capturing();
    window.enter_line("One @phone");
    window.enter_line("Two");
    window.type_focused("Thr");
    window.key(NONE, Key::ArrowUp);
    window.key(NONE, Key::ArrowUp);
    assert_eq!(window.capture_text(), "One @phone");
    window.key(NONE, Key::ArrowDown);
    assert_eq!(window.capture_text(), "Two");
    window.key(NONE, Key::ArrowDown);
    assert_eq!(window.capture_text(), "Thr");
}

#[test]
fn tab_completes_names_and_arrows_select_completions() {
    let mut window = Window::capturing();
    window.enter_line("One @\"Mobile app\" #Sales");
    window.enter_line("Two @Mail");
    window.type_focused("Three @m");
    assert!(window.shows_label("Mobile app") && window.shows_label("Mail"));
    window.key(NONE, Key::Tab);
    assert_eq!(window.capture_text(), "Three @Mobile app ");
    assert!(!window.shows_label("Channels"));
    window.type_focused("#s");
    // Enter accepts the line unless an arrow key selected a completion.
    window.key(NONE, Key::ArrowDown);
    window.key(NONE, Key::Enter);
    assert_eq!(window.capture_text(), "Three @Mobile app #Sales ");
    window.key(NONE, Key::Enter);
    let three = window.map().touchpoints().last().unwrap();
    assert!(three.channel.is_some() && three.owner.is_some());

    window.type_focused("Four @m");
    window.key(NONE, Key::Escape);
    assert!(window.shows_label("Capture line") && !window.shows_label("Channels"));
    window.key(NONE, Key::Enter);
    assert_eq!(window.map().channels().len(), 3);
}

#[test]
fn keys_of_one_frame_keep_their_order() {
    let mut window = Window::capturing();
    for line in ["One @ph", "Two", "Three"] {
        window.harness.event(Event::Text(line.to_owned()));
        for pressed in [true, false] {
            window.harness.event(Event::Key {
                key: Key::Enter,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: NONE,
            });
        }
    }
    window.harness.event(Event::Text("Fo".to_owned()));
    window.run_until_idle();
    assert_eq!(window.outline(), ["First stage: One, Two, Three"]);
    assert_eq!(window.capture_text(), "Fo");
}

#[test]
fn pasted_lines_are_previewed_before_they_are_added() {
    let mut window = Window::capturing();
    let before = window.map().clone();
    let list = "# Search\n- Sees an ad @Web\n- Asks a friend +Tell more\nBuy:\n- Pays -1\n";
    window.paste(list);
    assert!(window.shows_label("Paste 3 touchpoints"));
    assert!(window.shows_label_containing("by Web (new channel)"));
    window.key(NONE, Key::Escape);
    assert_eq!(*window.map(), before);

    window.key(NONE, Key::Escape);
    window.paste(list);
    window.key(NONE, Key::Enter);
    assert_eq!(
        window.outline(),
        ["Search: Sees an ad, Asks a friend", "Buy: Pays"]
    );
    window.undo();
    assert_eq!(*window.map(), before);
}

#[test]
fn pasted_spreadsheet_reports_rescaled_and_unused_columns() {
    let mut window = Window::open(&[], Vec::new());
    window.paste("Phase\tStep\tRating (1-5)\tBudget\nBuy\tPays\t5\t20\n\tWaits\t2\t\n");
    assert!(window.shows_label("“Rating (1-5)” is rescaled from 1 … 5 to −2 … +2."));
    assert!(window.shows_label("“Budget” is kept in the notes."));
    window.press("Add 2 touchpoints");
    assert_eq!(window.outline(), ["Buy: Pays, Waits"]);
    let pays = window.map().touchpoints().next().unwrap();
    assert_eq!(pays.notes, "Budget: 20");
    assert_eq!(pays.feelings[0].score.map(|s| s.tenths()), Some(20));
}

#[test]
fn list_can_be_typed_on_the_home_screen() {
    let mut window = Window::open(&[], Vec::new());
    window.press("Paste a list…");
    window.type_focused("Search:");
    window.key(NONE, Key::Enter);
    window.type_focused("Sees an ad");
    window.press("Add 1 touchpoint");
    assert_eq!(window.outline(), ["Search: Sees an ad"]);
}

#[test]
fn one_line_from_the_clipboard_goes_into_the_capture_line() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::COMMAND, Key::N);
    window.paste("Pays the deposit @phone\n");
    assert_eq!(window.capture_text(), "Pays the deposit @phone");
    window.key(NONE, Key::Enter);
    assert_eq!(window.map().touchpoint_count(), 1);
}

#[test]
fn toasts_do_not_cover_the_capture_line() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let id = window.map().touchpoints().next().unwrap().id.clone();
    window.click_card(&id, NONE);
    window.key(Modifiers::COMMAND, Key::Enter);
    window.key(NONE, Key::Escape);
    window.harness.event(Event::Copy);
    window.harness.step();
    window
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    for _ in 0..6 {
        window.harness.step();
    }
    let line = window.harness.get_by_label("Capture line").rect();
    let said = window.harness.get_by_label_contains("Copied").rect();
    assert!(said.bottom() < line.top(), "{said} {line}");
}
