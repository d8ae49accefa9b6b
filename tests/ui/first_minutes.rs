//! The first minutes: the start screen, a new map that is empty, and the places on the canvas
//! where something can be added.

use super::Window;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use touchline::app::platform::file_dialog::FileResponse;
use touchline::model::{Field, LaneKind, ObjectRef};
use touchline::settings::{AppDirs, RecentMaps};

const NONE: Modifiers = Modifiers::NONE;

/// A new map in a window.
fn new_map() -> Window {
    let mut window = Window::open(&[], Vec::new());
    window.press("New map");
    window
}

impl Window {
    pub(super) fn place(&self, label: &str) -> Rect {
        let node = self.harness.get_by_role_and_label(Role::Button, label);
        node.rect()
    }

    fn shows_button_containing(&self, label: &str) -> bool {
        let by = By::new().role(Role::Button).label_contains(label);
        self.harness.query_all(by).next().is_some()
    }

    /// Clicks with the mouse in the middle of a button, which may appear on hover only.
    fn click_place(&mut self, label: &str) {
        let at = self.place(label).center();
        self.click_at(at);
    }

    fn click_at(&mut self, at: egui::Pos2) {
        self.hover(at, NONE);
        self.button(at, true, NONE);
        self.button(at, false, NONE);
        self.run_until_idle();
    }
}

#[test]
fn templates_lists_and_dropping_are_seen_without_scrolling() {
    let folder = tempfile::tempdir().unwrap();
    let home = AppDirs::in_folder(folder.path().join("home"));
    for recent in [0, 8] {
        let mut known = RecentMaps::load(&home);
        for nth in 0..recent {
            let path = folder.path().join(format!("map {nth}.journey.ron"));
            std::fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
            known.add(&path);
        }
        let window = Window::with_app_dirs(&home);
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 720.0));
        for label in [
            "New map",
            "Paste a list…",
            "Blank",
            "Purchase",
            "Onboarding",
            "Support",
            "Patient",
            "Citizen",
        ] {
            assert!(
                screen.contains_rect(window.place(label)),
                "{label}, {recent}"
            );
        }
        let hint = window.harness.get_by_label("or drop a map here").rect();
        assert!(screen.contains_rect(hint));
    }
}

#[test]
fn blank_is_blank() {
    let mut window = Window::open(&[], Vec::new());
    window.press("Blank");
    assert_eq!(window.document().title(), "Untitled map");
    assert_eq!(window.outline(), [""; 0]);
}

#[test]
fn an_untouched_map_is_empty_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.journey.ron");
    let answers = vec![FileResponse::Paths(vec![path.clone()])];
    let mut window = Window::open(&[], answers);
    window.press("New map");
    assert_eq!(window.outline(), [""; 0]);
    for label in ["No owner 0", "Findings", "Add stage", "Add touchpoint"] {
        assert!(window.shows_label(label), "{label}");
    }
    window.key(Modifiers::COMMAND, Key::S);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        !text.contains("stages") && !text.contains("First"),
        "{text}"
    );
}

#[test]
fn the_first_real_thing_takes_the_place_of_the_outlines() {
    // A captured stage, a captured line, a pasted list, a click on each outline, and keys.
    let outlines = ["Add touchpoint", "Add touchpoint to Discover"];
    type Begin = fn(&mut Window);
    let ways: [(Begin, &[&str]); 7] = [
        (
            |window| {
                window.key(NONE, Key::A);
                window.type_into_field(">Discover");
                window.key(NONE, Key::Enter);
            },
            &["Discover: "],
        ),
        (
            |window| {
                window.key(NONE, Key::A);
                window.type_into_field("Asks >Discover");
                window.key(NONE, Key::Enter);
            },
            &["Discover: Asks"],
        ),
        (
            |window| {
                window.paste("Discover:\n- Asks\n- Pays\n");
                window.key(NONE, Key::Enter);
            },
            &["Discover: Asks, Pays"],
        ),
        (
            |window| {
                window.click_place("Add stage");
                window.type_into_field("Discover");
                window.key(NONE, Key::Enter);
            },
            &["Discover: "],
        ),
        (
            |window| {
                window.click_place("Add touchpoint");
                window.type_into_field("Asks");
                window.key(NONE, Key::Enter);
            },
            &["First stage: Asks"],
        ),
        (
            |window| {
                let at = window.place("Add touchpoint").right_center() + vec2(80.0, 0.0);
                window.double_click(at);
                window.type_into_field("Asks");
                window.key(NONE, Key::Enter);
            },
            &["First stage: Asks"],
        ),
        (
            |window| {
                window.key(NONE, Key::Insert);
                window.type_into_field("Asks");
                window.key(NONE, Key::Enter);
            },
            &["First stage: Asks"],
        ),
    ];
    for (begin, expected) in ways {
        let mut window = new_map();
        begin(&mut window);
        assert_eq!(window.outline(), expected);
        let has_cards = window.map().touchpoint_count() > 0;
        assert!(!window.shows_label(outlines[0]));
        assert_eq!(window.shows_label(outlines[1]), !has_cards, "{expected:?}");
    }
}

#[test]
fn a_plus_adds_where_the_next_thing_comes() {
    let mut window = new_map();
    window.click_place("Add stage");
    window.type_into_field("Discover");
    // A click on the next plus ends the name before.
    window.click_place("Add touchpoint to Discover");
    window.type_into_field("Asks");
    window.click_place("Add touchpoint after Asks");
    window.type_into_field("Pays");
    window.click_place("Add stage");
    window.type_into_field("Use");
    window.key(NONE, Key::Enter);
    assert_eq!(window.outline(), ["Discover: Asks, Pays", "Use: "]);
    // Behind a card at the pointer that is not selected.
    let asks = window.map().touchpoints().next().unwrap().id.clone();
    window.key(NONE, Key::Escape);
    window.hover(window.card(&asks).center(), NONE);
    window.click_place("Add touchpoint after Asks");
    window.type_into_field("Thinks");
    window.key(NONE, Key::Enter);
    assert_eq!(window.outline(), ["Discover: Asks, Thinks, Pays", "Use: "]);

    // In the lanes below the selected card.
    window.click_place("Add to Motivations: Thinks");
    window.type_into_field("Wants it cheap");
    window.key(NONE, Key::Enter);
    window.key(NONE, Key::PageDown);
    for pain in ["Slow", "Dear"] {
        window.click_place("Add to Pain points: Thinks");
        window.type_into_field(pain);
        window.key(NONE, Key::Enter);
    }
    let thinks = window.map().touchpoints().nth(1).unwrap();
    let pains: Vec<&str> = thinks.pains.iter().map(|pain| pain.text.as_str()).collect();
    assert_eq!(pains, ["Slow", "Dear"]);
    assert_eq!(thinks.feelings[0].motivation, "Wants it cheap");
}

#[test]
fn a_feeling_comes_at_the_height_of_the_pointer() {
    let mut window = new_map();
    window.click_place("Add touchpoint");
    window.type_into_field("Asks");
    window.key(NONE, Key::Enter);
    let label = "Add feeling of the customer at Asks";
    let neutral = window.place(label).center();
    window.hover(neutral - vec2(0.0, 40.0), NONE);
    let at = window.place(label).center();
    assert!(at.y < neutral.y - 20.0, "{at} {neutral}");
    window.click_place(label);
    window.type_into_field("glad");
    window.key(NONE, Key::Enter);
    let feeling = &window.map().touchpoints().next().unwrap().feelings[0];
    let score = feeling.score.map(|score| score.tenths());
    assert!(score.is_some_and(|score| score > 0 && score % 5 == 0));
    assert_eq!(feeling.emotion, "glad");
    assert!(!window.shows_button_containing("Add feeling of the customer at"));
}

#[test]
fn a_double_click_on_empty_ground_adds_what_belongs_there() {
    let mut window = new_map();
    window.key(NONE, Key::A);
    window.type_into_field("Asks >Discover");
    window.key(NONE, Key::Enter);
    window.key(NONE, Key::Escape);
    let asks = window.map().touchpoints().next().unwrap().id.clone();
    let card = window.card(&asks);
    window.double_click(card.right_center() + vec2(60.0, 0.0));
    window.type_into_field("Pays");
    window.key(NONE, Key::Enter);
    assert_eq!(window.outline(), ["Discover: Asks, Pays"]);
    let stage = window.leftmost_button("Discover");
    window.double_click(stage.right_center() + vec2(60.0, 0.0));
    window.type_into_field("Use");
    window.key(NONE, Key::Enter);
    assert_eq!(window.outline(), ["Discover: Asks, Pays", "Use: "]);
    // In a lane, the text of its cell.
    let lane = window.lane_of(LaneKind::Thoughts);
    let title = window.text_rect(&ObjectRef::Lane(lane.id), Field::Name);
    window.double_click(pos2(window.card(&asks).center().x, title.center().y));
    window.type_into_field("Hm");
    window.key(NONE, Key::Enter);
    let first = window.map().touchpoints().next().unwrap();
    assert_eq!(first.feelings[0].quote, "Hm");
    window.undo();
}

#[test]
fn tab_reaches_the_outlines_and_enter_adds() {
    let mut window = new_map();
    let mut seen = Vec::new();
    for _ in 0..40 {
        window.key(NONE, Key::Tab);
        let nodes = window.harness.query_all(By::new().role(Role::Button));
        let focused = nodes.filter(|node| node.accesskit_node().is_focused());
        let labels = focused.filter_map(|node| node.accesskit_node().label());
        seen.extend(labels);
        if seen.last().is_some_and(|label| label == "Add touchpoint") {
            break;
        }
    }
    assert!(seen.iter().any(|label| label == "Add stage"), "{seen:?}");
    window.key(NONE, Key::Enter);
    window.type_into_field("Asks");
    window.key(NONE, Key::Enter);
    assert_eq!(window.outline(), ["First stage: Asks"]);
    let asks = window.map().touchpoints().next().unwrap().id.clone();
    assert_eq!(
        window.document().selection,
        ObjectRef::Touchpoint(asks).into()
    );
}
