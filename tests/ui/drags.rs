//! Dragging: several cards, past the edges of the view, lanes and stages in their
//! lists, and marquees that extend the selection.

use super::Window;
use super::tools::ids;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Rect, vec2};
use egui_kittest::kittest::{By, Queryable};
use touchline::model::{LaneId, Map};

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    pub(super) fn canvas(&self) -> Rect {
        let map = self.harness.get_by_role_and_label(Role::Canvas, "Map");
        map.rect()
    }

    /// Leftmost control with a name that contains this text.
    fn leftmost(&self, name: &str) -> Rect {
        let by = By::new().role(Role::Button).label_contains(name);
        let rects = self.harness.query_all(by).map(|node| node.rect());
        let here = rects.filter(|rect| rect.left() >= 0.0);
        here.min_by(|a, b| a.left().total_cmp(&b.left())).unwrap()
    }

    pub(super) fn double_click_in_one_frame(&mut self, at: egui::Pos2) {
        self.hover(at, NONE);
        for pressed in [true, false, true, false] {
            // All in one frame, so that no time passes.
            let events = &mut self.harness.input_mut().events;
            events.push(Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: NONE,
            });
        }
        self.run_until_idle();
    }
}

#[test]
fn all_selected_cards_are_dragged_together() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    window.click_card(&all[0], NONE);
    window.click_card(&all[1], Modifiers::SHIFT);
    let (from, to) = (window.card(&all[0]), window.card(&all[2]));
    let target = to.center() + vec2(to.width() * 0.4, 0.0);
    window.hold(from.center(), target, NONE);
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
    window.button(target, false, NONE);
    window.run_until_idle();
    assert_eq!(window.map_clone(), before);
    assert_eq!(window.document().selection.touchpoints(), &all[..2]);

    window.drag_and_drop(from.center(), target, NONE);
    let after = ids(&window.map_clone());
    assert_eq!(after[..3], [all[2].clone(), all[0].clone(), all[1].clone()]);
    assert_eq!(window.document().selection.touchpoints(), &all[..2]);
    window.assert_undo_restores(&before);
}

#[test]
fn card_dragged_to_the_edge_scrolls_the_map() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    let camera = window.document().camera;
    let from = window.card(&all[0]).center();
    let edge = window.canvas().right_center() - vec2(6.0, 0.0);
    let edge = egui::pos2(edge.x, from.y);
    window.hold(from, edge, NONE);
    window.harness.run_steps(12);
    let further = window.document().camera;
    assert!(further.x > camera.x + 100.0, "{further:?} after {camera:?}");
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
    window.button(edge, false, NONE);
    window.run_until_idle();
    assert_eq!(window.map_clone(), before);

    // Back at the other edge: the card is dropped where no card was in view.
    let id = all
        .iter()
        .find(|id| {
            let name = &before.touchpoint(id).unwrap().name;
            let rect = window.leftmost_button(name);
            window.canvas().shrink(60.0).contains_rect(rect)
        })
        .unwrap()
        .clone();
    let from = window.card(&id).center();
    let free = window.canvas().left() + window.document().covered.0;
    let edge = egui::pos2(free + 6.0, from.y);
    window.hold(from, edge, NONE);
    window.harness.run_steps(40);
    assert!(window.document().camera.x < further.x - 100.0);
    window.button(edge, false, NONE);
    window.run_until_idle();
    window.assert_undo_restores(&before);
}

#[test]
fn marquee_with_control_extends_the_selection() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    window.click_card(&all[2], NONE);
    let (first, second) = (window.card(&all[0]), window.card(&all[1]));
    let from = first.left_bottom() + vec2(20.0, -4.0);
    let to = second.left_bottom() + vec2(30.0, -30.0);
    window.drag_and_drop(from, to, Modifiers::SHIFT | Modifiers::COMMAND);
    assert_eq!(window.document().selection.touchpoints(), &all[..3]);
    assert_eq!(window.map_clone(), before);
}

fn lanes(map: &Map) -> Vec<LaneId> {
    map.lanes().iter().map(|lane| lane.id.clone()).collect()
}

#[test]
fn lanes_are_dragged_into_another_order() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::L);
    let before = window.map_clone();
    let all = lanes(&before);
    let titles: Vec<String> = before
        .lanes()
        .iter()
        .map(|l| l.title().to_owned())
        .collect();
    let grip = |window: &Window, at: usize| window.leftmost_button(&format!("Drag {}", titles[at]));
    let from = grip(&window, 0).center();
    let to = grip(&window, 2).center() + vec2(0.0, 4.0);
    window.hold(from, to, NONE);
    window.key(NONE, Key::Escape);
    window.button(to, false, NONE);
    window.run_until_idle();
    assert_eq!(
        window.map_clone(),
        before,
        "Escape cancels the drag of the lane"
    );

    window.drag_and_drop(from, to, NONE);
    let after = lanes(&window.map_clone());
    assert_eq!(after[..3], [all[1].clone(), all[2].clone(), all[0].clone()]);
    window.assert_undo_restores(&before);
}

#[test]
fn stages_are_dragged_in_the_outline() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::B);
    let before = window.map_clone();
    let stages = before.stages().as_slice();
    let from = window.leftmost(&stages[0].name);
    let to = window.leftmost(&stages[1].name);
    let below = egui::pos2(from.center().x, to.top() + 40.0);
    window.hold(from.center(), below, NONE);
    window.key(NONE, Key::Escape);
    window.button(below, false, NONE);
    window.run_until_idle();
    assert_eq!(window.map_clone(), before);
    window.drag_and_drop(from.center(), below, NONE);
    assert_eq!(window.map_clone().stages().as_slice()[1].id, stages[0].id);
    window.assert_undo_restores(&before);
}

#[test]
fn escape_cancels_the_drag_of_a_face() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let touchpoint = before.touchpoints().next().unwrap();
    let score = touchpoint.feelings[0].score.unwrap();
    let who = &before.personas().as_slice()[0].name;
    window.key(NONE, Key::PageDown);
    let face = window.leftmost_button(&format!("{who} feels {score} at {}", touchpoint.name));
    let to = face.center() - vec2(0.0, 25.0);
    window.hold(face.center(), to, NONE);
    assert_ne!(window.map_clone(), before);
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
    window.button(to, false, NONE);
    window.run_until_idle();
    assert_eq!(window.map_clone(), before);
    assert_eq!(window.document().session.history().done().len(), 0);
}

#[test]
fn double_click_edits_the_name_in_place() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let id = ids(&before)[0].clone();
    let stage = before.stages().as_slice()[0].clone();
    let card = window.card(&id).center();
    window.double_click_in_one_frame(card);
    assert!(window.shows_label("Name on the map"));
    window.event(Event::Text("Asks around".to_owned()));
    window.key(NONE, Key::Enter);
    assert_eq!(window.touchpoint(&id.to_string()).name, "Asks around");
    window.assert_undo_restores(&before);

    // The middle of the stage header is its goal, which is edited in place too.
    let band = window.leftmost_button(&stage.name).left_top() + vec2(50.0, 18.0);
    window.double_click_in_one_frame(band);
    window.key(Modifiers::COMMAND, Key::A);
    window.event(Event::Text("Wakes up".to_owned()));
    window.key(NONE, Key::Enter);
    let name = |map: &Map| map.stages().get(&stage.id).unwrap().name.clone();
    assert_eq!(name(&window.map_clone()), "Wakes up");
    window.assert_undo_restores(&before);
}

#[test]
fn stage_name_is_edited_in_place_by_keys() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let stage = before.stages().as_slice()[0].clone();
    let band = window.leftmost_button(&stage.name).center();
    let name = |map: &Map| map.stages().get(&stage.id).unwrap().name.clone();
    window.pointer_click(band, NONE);
    window.key(NONE, Key::Enter);
    window.event(Event::Text("A".to_owned()));
    window.run_until_idle();
    window.event(Event::Text("wakes".to_owned()));
    window.run_until_idle();
    assert_eq!(name(&window.map_clone()), "Awakes");
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
    window.key(NONE, Key::F2);
    window.event(Event::Text("Awake".to_owned()));
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    assert_eq!(name(&window.map_clone()), "Awake");
    window.assert_undo_restores(&before);
}

#[test]
fn escape_cancels_a_drag_for_any_frame_timing() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let id = ids(&before)[1].clone();
    let from = window.card(&id).center();
    let (to, aside) = (from + vec2(288.0, 10.0), from + vec2(20.0, 20.0));
    let escape = |pressed| Event::Key {
        key: Key::Escape,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: NONE,
    };
    let button = |pos, button, pressed| Event::PointerButton {
        pos,
        button,
        pressed,
        modifiers: NONE,
    };
    let events = [
        escape(true),
        button(to, PointerButton::Primary, false),
        Event::PointerMoved(aside),
        button(aside, PointerButton::Secondary, true),
        button(aside, PointerButton::Secondary, false),
        escape(false),
    ];
    // All distributions of these events over frames.
    for frames in 0..1 << (events.len() - 1) {
        window.hold(from, to, NONE);
        assert_ne!(window.map_clone(), before, "the drag changes the map");
        for (i, event) in events.iter().enumerate() {
            window.harness.event(event.clone());
            if frames >> i & 1 == 1 {
                window.harness.step();
            }
        }
        window.run_until_idle();
        assert!(window.map_clone() == before, "frames {frames:b}");
        assert_eq!(window.document().session.history().done().len(), 0);
        window.key(NONE, Key::Escape);
        window.run_until_idle();
    }
}

/// Label of the last step, which is undone.
fn take_back(window: &mut Window) -> String {
    let step = window.document().session.history().done().last();
    let label = step.expect("a step was made").label.clone();
    window.key(Modifiers::COMMAND, Key::Z);
    label
}

#[test]
fn drags_and_keys_have_the_same_label_in_the_history() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map_clone();
    let all = ids(&before);
    let mut compare = |drag: &mut dyn FnMut(&mut Window), key: &mut dyn FnMut(&mut Window)| {
        drag(&mut window);
        let dragged = take_back(&mut window);
        key(&mut window);
        assert_eq!(take_back(&mut window), dragged);
        assert!(window.map_clone() == before);
        dragged
    };
    let card = compare(
        &mut |window| {
            let (from, to) = (window.card(&all[0]), window.card(&all[1]));
            let target = to.center() + vec2(to.width() * 0.3, 0.0);
            window.drag_and_drop(from.center(), target, NONE);
        },
        &mut |window| {
            window.click_card(&all[0], NONE);
            window.key(Modifiers::ALT, Key::ArrowRight);
        },
    );
    let name = &before.touchpoint(&all[0]).unwrap().name;
    assert_eq!(card, format!("Move touchpoint “{name}”"));
    let cards = compare(
        &mut |window| {
            window.click_card(&all[0], NONE);
            window.click_card(&all[1], Modifiers::SHIFT);
            let (from, to) = (window.card(&all[0]), window.card(&all[2]));
            let target = to.center() + vec2(to.width() * 0.4, 0.0);
            window.drag_and_drop(from.center(), target, NONE);
        },
        &mut |window| window.key(Modifiers::ALT, Key::ArrowRight),
    );
    assert_eq!(cards, "Move 2 touchpoints");
    let feeling = compare(
        &mut |window| {
            window.click_card(&all[0], NONE);
            window.key(NONE, Key::PageDown);
            let first = before.touchpoint(&all[0]).unwrap();
            let (who, score) = (before.personas().as_slice(), first.feelings[0].score);
            let (who, score) = (&who[0].name, score.unwrap());
            let face = format!("{who} feels {score} at {}", first.name);
            let at = window.leftmost_button(&face).center();
            window.drag_and_drop(at, at + vec2(0.0, 20.0), NONE);
        },
        &mut |window| window.key(NONE, Key::Minus),
    );
    assert!(feeling.contains("feeling"), "{feeling}");
    for _ in 0..4 {
        window.key(Modifiers::COMMAND, Key::Minus);
    }
    let stages = before.stages().as_slice();
    let from = window.leftmost_button(&stages[0].name).center();
    let to = window.leftmost_button(&stages[1].name).right_center();
    window.drag_and_drop(from, to - vec2(8.0, 0.0), NONE);
    let dragged = take_back(&mut window);
    window.pointer_click(from, NONE);
    window.key(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(take_back(&mut window), dragged);
    assert_eq!(dragged, format!("Move stage “{}”", stages[0].name));
}
