//! Presentations: routes walked by keys and clickers, covers, lanes, and edits meanwhile.

use super::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::Appearance;
use touchline::app::command::action::Selection;
use touchline::layout::LaneBand;
use touchline::model::{LaneKind, ObjectRef, Record, StageId, TouchpointId};
use touchline::render::View;
use touchline::scene::Marks;
use touchline::text::Typesetter;

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    fn keys(&mut self, keys: &[Key]) {
        for key in keys {
            self.key(NONE, *key);
        }
    }

    /// Name of the object at which a presentation rests; empty at the overview and at titles.
    fn stop(&self) -> String {
        let document = self.document();
        let object = document.selection.object();
        object.map_or_else(String::new, |object| {
            object.name(document.session.map()).to_owned()
        })
    }

    fn is_presenting(&self) -> bool {
        !self.shows_label("Map name")
    }

    fn lanes_presented(&self) -> usize {
        let map = self.document().session.map();
        let all = map.lanes().iter().filter(|lane| !lane.hidden).count();
        let lanes = self.document().presented.lanes.as_ref();
        lanes.map_or(all, Vec::len)
    }

    fn stage(&self, at: usize) -> (StageId, String) {
        let stages = self.document().session.map().stages();
        let stage = &stages.as_slice()[at];
        (stage.id.clone(), stage.name.clone())
    }

    fn steps_of(&self, stage: &StageId) -> Vec<(TouchpointId, String)> {
        let steps = self.document().session.map().touchpoints_in(stage).iter();
        steps
            .map(|step| (step.id.clone(), step.name().to_owned()))
            .collect()
    }
}

#[test]
fn the_route_leads_from_the_whole_to_stages_and_touchpoints_and_back() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let (first, name) = window.stage(0);
    let steps = window.steps_of(&first);
    window.key(NONE, Key::F5);
    assert!(window.is_presenting());
    assert_eq!(window.stop(), "");
    let whole = window.document().camera.zoom;
    // Clickers send the page keys.
    window.key(NONE, Key::PageDown);
    assert_eq!(window.stop(), name);
    assert!(window.document().camera.zoom > whole);
    window.key(NONE, Key::Space);
    assert_eq!(window.stop(), steps[0].1);
    window.key(NONE, Key::ArrowRight);
    assert_eq!(window.stop(), steps[1].1);
    window.key(NONE, Key::PageUp);
    window.key(NONE, Key::ArrowLeft);
    assert_eq!(window.stop(), name);
    window.key(NONE, Key::ArrowDown);
    assert_eq!(window.stop(), window.stage(1).1);
    window.key(NONE, Key::ArrowUp);
    assert_eq!(window.stop(), name);
    window.key(NONE, Key::End);
    let last = window
        .document()
        .session
        .map()
        .touchpoints()
        .last()
        .unwrap()
        .name
        .clone();
    assert_eq!(window.stop(), last);
    window.key(NONE, Key::ArrowRight);
    assert_eq!(window.stop(), last);
    window.key(NONE, Key::Home);
    assert_eq!(window.stop(), "");
    window.key(NONE, Key::Escape);
    assert!(!window.is_presenting());
}

#[test]
fn no_lane_of_a_stage_is_cut() {
    for name in ["bank-account", "mortgage", "hospital-outpatient"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        std::fs::copy(format!("sample_maps/{name}.journey.ron"), &path).unwrap();
        let mut window = Window::open(&[path], Vec::new());
        window.key(NONE, Key::F5);
        for at in 0..window.document().session.map().stages().len() {
            window.key(NONE, Key::ArrowDown);
            let (_, name) = window.stage(at);
            assert_eq!(window.stop(), name);
            let height = f64::from(window.canvas().height());
            let document = window.harness.state_mut().document_mut().unwrap();
            let look = Appearance::default();
            let journey = document.rendered_journey(look, &mut Typesetter::bundled());
            let camera = document.camera;
            let bottom = |lane: &LaneBand| {
                let below = lane.y + f64::from(lane.height) - camera.y;
                below * f64::from(camera.zoom) + height / 2.0
            };
            let lanes = &journey.layout.lanes;
            assert_eq!(lanes[0].kind, LaneKind::Touchpoints);
            for lane in lanes {
                assert!(bottom(lane) <= height, "{name}: {:?}", lane.kind);
            }
            // Nothing that fits is left out: the screen is used.
            assert!(bottom(lanes.last().unwrap()) > 0.4 * height, "{name}");
        }
    }
}

#[test]
fn the_screen_is_blanked_whitened_and_hidden_by_one_key_each() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(NONE, Key::F5);
    for (key, words) in [
        (Key::B, "The screen is black"),
        (Key::Period, "The screen is black"),
        (Key::W, "The screen is white"),
        (Key::Comma, "The screen is white"),
        (Key::H, "The map is hidden"),
    ] {
        window.key(NONE, key);
        assert!(window.shows_label(words), "{words}");
        window.key(NONE, key);
        assert!(!window.shows_label(words), "{words}");
    }
    window.key(NONE, Key::H);
    assert!(window.shows_label("Opening a bank account"));
    // Escape uncovers first.
    window.key(NONE, Key::Escape);
    assert!(window.is_presenting() && !window.shows_label("The map is hidden"));
    window.key(NONE, Key::B);
    window.key(NONE, Key::Space);
    assert!(!window.shows_label("The screen is black"));
}

#[test]
fn number_keys_hide_lanes_and_v_reveals_them_one_by_one() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(NONE, Key::F5);
    let all = window.lanes_presented();
    window.key(NONE, Key::Num2);
    assert_eq!(window.lanes_presented(), all - 1);
    let title = window.document().session.map().lanes().as_slice()[1]
        .title()
        .to_owned();
    assert!(window.shows_label(&format!("“{title}” is hidden.")));
    window.key(NONE, Key::Num2);
    assert_eq!(window.lanes_presented(), all);
    window.key(NONE, Key::Num3);
    window.key(NONE, Key::Num0);
    assert_eq!(window.lanes_presented(), all);
    let mut shown = Vec::new();
    for _ in 0..3 {
        window.key(NONE, Key::V);
        shown.push(window.lanes_presented());
    }
    window.key(Modifiers::SHIFT, Key::V);
    shown.push(window.lanes_presented());
    assert_eq!(shown, [1, 2, 3, 2]);
    window.key(Modifiers::SHIFT, Key::Num1);
    assert!(!window.document().highlighting.marks.is_empty());
    window.key(NONE, Key::U);
    assert!(window.document().highlighting.marks.is_empty());
    // Nothing of this changes the map.
    window.key(NONE, Key::Escape);
    assert!(!window.document().session.is_dirty());
    assert_eq!(window.lanes_presented(), all);
}

#[test]
fn routes_are_chosen_in_a_menu_and_begin_with_a_title_and_a_count() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.keys(&[Key::F5, Key::R]);
    assert!(window.shows_label("Route"));
    window.press("7   Pain points");
    let map = window.document().session.map();
    let pains: usize = map.touchpoints().map(|step| step.pains.len()).sum();
    let first = map
        .touchpoints()
        .find(|step| !step.pains.is_empty())
        .unwrap()
        .name
        .clone();
    assert!(window.shows_label("Pain points"));
    assert!(window.shows_label(&format!("{pains} pain points")));
    window.key(NONE, Key::Space);
    assert_eq!(window.stop(), first);
    window.keys(&[Key::R, Key::ArrowUp, Key::Enter]);
    assert!(window.shows_label("No owner"));
    window.keys(&[Key::R, Key::Num3]);
    assert!(window.shows_label("The worst path"));
    // The whole map with the path highlighted, then its touchpoints.
    window.key(NONE, Key::Space);
    assert!(
        !window
            .document()
            .presented
            .selection
            .as_ref()
            .unwrap()
            .touchpoints
            .is_empty()
    );
    window.key(NONE, Key::Space);
    assert_ne!(window.stop(), "");
    window.keys(&[Key::R, Key::Escape]);
    assert!(window.is_presenting() && !window.shows_label("Route"));
}

#[test]
fn a_touchpoint_is_captured_in_the_stage_on_the_wall_and_undone() {
    let (_folder, path, mut window) = Window::with_bank_account();
    let (second, name) = window.stage(1);
    window.keys(&[Key::F5, Key::ArrowDown, Key::ArrowDown]);
    assert_eq!(window.stop(), name);
    let before = window.map_clone();
    window.key(Modifiers::COMMAND, Key::Enter);
    window
        .harness
        .get_by_label("Capture line")
        .type_text("Waits at bus stop !Cold B");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    assert!(
        window
            .steps_of(&second)
            .iter()
            .any(|(_, name)| name == "Waits at bus stop")
    );
    // Letters were text: the screen is not black; and the show goes on where it was.
    assert!(!window.shows_label("The screen is black") && window.is_presenting());
    window.key(NONE, Key::Escape);
    window.key(NONE, Key::ArrowUp);
    assert_eq!(window.stop(), window.stage(0).1);
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(window.map_clone() == before);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.key(Modifiers::COMMAND, Key::S);
    window.run_until_idle();
    let saved = std::fs::read_to_string(path).unwrap();
    assert!(saved.contains("Waits at bus stop"));
    assert!(window.is_presenting());
}

#[test]
fn cards_are_dragged_and_texts_written_on_the_wall() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.keys(&[Key::F5, Key::ArrowDown]);
    let before = window.map_clone();
    let (first, name) = window.stage(0);
    let steps = window.steps_of(&first);
    let (from, to) = (window.card(&steps[0].0), window.card(&steps[1].0));
    let end = to.right_center() + egui::vec2(10.0, 0.0);
    window.drag_and_drop(from.center(), end, NONE);
    assert_eq!(window.steps_of(&first)[1].0, steps[0].0);
    window.assert_undo_restores(&before);
    window.key(NONE, Key::Home);
    window.key(NONE, Key::ArrowDown);
    assert_eq!(window.stop(), name);
    // On a large card each text is written in place.
    window.key(NONE, Key::ArrowRight);
    let card = window.leftmost_button(&steps[0].1);
    window.pointer_click(card.left_center() + egui::vec2(20.0, 0.0), NONE);
    window.key(NONE, Key::F2);
    window
        .harness
        .get_by_label("Name on the map")
        .type_text("Asks twice");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    assert_eq!(
        window.touchpoint(&steps[0].0.to_string()).name,
        "Asks twice"
    );
    assert!(window.is_presenting());
    assert!(window.shows_label("Asks twice"));
}

#[test]
fn when_the_touchpoint_on_the_wall_is_deleted_the_show_goes_on_before_it() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.keys(&[Key::F5, Key::PageDown, Key::PageDown, Key::PageDown]);
    let steps = window.steps_of(&window.stage(0).0);
    assert_eq!(window.stop(), steps[1].1);
    window.key(NONE, Key::Delete);
    assert_eq!(window.stop(), steps[0].1);
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(NONE, Key::PageDown);
    assert_eq!(window.stop(), steps[1].1);
}

#[test]
fn the_speakers_window_shows_what_comes_and_has_the_controls() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.keys(&[Key::F5, Key::S]);
    let (first, name) = window.stage(0);
    let steps = window.steps_of(&first);
    assert!(window.shows_label(&format!("Next: {name}")));
    window.press("Next");
    assert_eq!(window.stop(), name);
    assert!(window.shows_label(&format!("Next: {}", steps[0].1)));
    window.press("Previous");
    assert_eq!(window.stop(), "");
    window.press("Black");
    assert!(window.shows_label("The screen is black"));
    window.press("Black");
    window.press("End");
    assert!(!window.is_presenting());
}

#[test]
fn spotlight_and_ink_change_no_map_and_escape_puts_them_away() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.keys(&[Key::F5, Key::ArrowDown, Key::I]);
    let steps = window.steps_of(&window.stage(0).0);
    let (from, to) = (window.card(&steps[0].0), window.card(&steps[1].0));
    window.drag_and_drop(from.center(), to.center(), NONE);
    assert!(!window.document().session.is_dirty());
    window.keys(&[Key::L, Key::Escape]);
    assert!(window.is_presenting());
    window.drag_and_drop(
        from.center(),
        to.right_center() + egui::vec2(10.0, 0.0),
        NONE,
    );
    assert!(window.document().session.is_dirty());
    window.key(NONE, Key::Escape);
    assert!(!window.is_presenting());
}

#[test]
fn a_presentation_begins_at_the_selection_and_gives_it_back() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let (_, steps) = (window.stage(2), window.steps_of(&window.stage(2).0));
    let chosen = Selection::One(ObjectRef::Touchpoint(steps[0].0.clone()));
    let document = window.harness.state_mut().document_mut().unwrap();
    document.select(chosen.clone(), true);
    window.run_until_idle();
    window.key(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.stop(), steps[0].1);
    window.key(NONE, Key::ArrowUp);
    assert_eq!(window.stop(), window.stage(2).1);
    window.key(NONE, Key::F5);
    assert!(!window.is_presenting());
    assert_eq!(window.document().selection, chosen);
}

#[test]
fn saved_views_are_a_route_and_leave_the_look_of_the_map_as_it_was() {
    let text = "(title: \"T\", saved_views: [
        (id: \"p\", name: \"Pains\", highlight: [pains], lanes: [\"touchpoints\", \"pains\"]),
        (id: \"f\", name: \"Flow\", view: flow),
    ], stages: [(id: \"s\", name: \"S\", touchpoints: [
        (id: \"a\", name: \"A\", pains: [(text: \"x\")]), (id: \"b\", name: \"B\"),
    ])])";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.journey.ron");
    touchline::storage::write(&path, text.as_bytes()).unwrap();
    let mut window = Window::open(&[path], Vec::new());
    window.keys(&[Key::F5, Key::R, Key::Num0]);
    assert_eq!(window.document().highlighting.marks, Marks::PAIN);
    assert_eq!(window.document().lanes.as_ref().map(Vec::len), Some(2));
    window.key(NONE, Key::Space);
    assert_eq!(window.document().view, View::Flow);
    assert!(window.document().highlighting.marks.is_empty());
    window.key(NONE, Key::ArrowLeft);
    assert_eq!(window.document().highlighting.marks, Marks::PAIN);
    // Another route, or the end, has the look from before.
    window.keys(&[Key::R, Key::Num1]);
    assert!(window.document().highlighting.marks.is_empty());
    window.keys(&[Key::R, Key::Num0, Key::Escape]);
    assert!(!window.is_presenting());
    assert!(window.document().highlighting.marks.is_empty());
    assert_eq!(window.document().lanes, None);
    assert_eq!(window.document().view, View::Journey);
}
