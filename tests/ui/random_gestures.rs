//! Random sequences of pointer and key input: the map stays consistent, undoes to the
//! start and redoes to the end. These are short sequences through the whole window;
//! `src/app/gesture/laws.rs` runs a thousand gestures without painting.

use super::Window;
use super::typing::{NAME, TEXT};
use egui::{Event, Key, Modifiers, Rect, pos2};
use proptest::collection::vec;
use proptest::prelude::*;
use touchline::model::Map;

const NONE: Modifiers = Modifiers::NONE;

/// A user action; positions are fractions of the canvas size.
#[derive(Clone, Debug)]
enum UserAction {
    Click(f32, f32, u8),
    DoubleClick(f32, f32),
    Drag((f32, f32), (f32, f32), bool, bool),
    Keys(u8, u8),
    Write(String),
}

/// Keys that change the map or the selection.
const KEYS: [Key; 13] = [
    Key::ArrowRight,
    Key::ArrowLeft,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Insert,
    Key::Delete,
    Key::Enter,
    Key::Escape,
    Key::Tab,
    Key::Plus,
    Key::Minus,
    Key::Num1,
    Key::Num2,
];
const HELD: [Modifiers; 3] = [Modifiers::NONE, Modifiers::ALT, Modifiers::SHIFT];

fn user_action() -> impl Strategy<Value = UserAction> {
    let at = || (0.0_f32..1.0, 0.0_f32..0.9);
    prop_oneof![
        2 => (at(), 0_u8..3).prop_map(|((x, y), held)| UserAction::Click(x, y, held)),
        3 => at().prop_map(|(x, y)| UserAction::DoubleClick(x, y)),
        4 => (at(), at(), any::<bool>(), proptest::bool::weighted(0.75))
            .prop_map(|(a, b, band, drop)| UserAction::Drag(a, b, band, drop)),
        4 => (0..KEYS.len() as u8, 0..HELD.len() as u8).prop_map(|(key, held)| UserAction::Keys(key, held)),
        1 => "[a-z]{1,6}".prop_map(UserAction::Write),
    ]
}

fn inside(canvas: Rect, (x, y): (f32, f32)) -> egui::Pos2 {
    pos2(
        canvas.left() + x * canvas.width(),
        canvas.top() + y * canvas.height(),
    )
}

impl Window {
    fn perform(&mut self, deed: UserAction) {
        let canvas = self.canvas().shrink(2.0);
        match deed {
            UserAction::Click(x, y, held) => {
                let held = [NONE, Modifiers::SHIFT, Modifiers::COMMAND][usize::from(held)];
                self.pointer_click(inside(canvas, (x, y)), held);
            }
            UserAction::DoubleClick(x, y) => self.double_click(inside(canvas, (x, y))),
            UserAction::Drag(from, to, band, drop) => {
                let (from, to) = (inside(canvas, from), inside(canvas, to));
                let held = if band { Modifiers::SHIFT } else { NONE };
                let before = self.map_clone();
                // During inline editing Escape reverts the edit.
                let writing = self.shows_label(NAME) || self.shows_label(TEXT);
                self.hold(from, to, held);
                if !drop {
                    self.key(NONE, Key::Escape);
                    let same = writing || self.map_clone() == before;
                    assert!(same, "Escape restores the former map");
                }
                self.button(to, false, held);
                self.run_until_idle();
            }
            UserAction::Keys(key, held) => {
                self.key(HELD[usize::from(held)], KEYS[usize::from(key)])
            }
            UserAction::Write(text) => {
                self.event(Event::Text(text));
                self.run_until_idle();
            }
        }
    }

    /// Ends inline editing and closes open choices.
    fn end_editing(&mut self) {
        for _ in 0..4 {
            self.key(NONE, Key::Escape);
        }
    }

    fn steps(&self) -> usize {
        self.document().session.history().done().len()
    }
}

fn assert_consistent(map: &Map) {
    for touchpoint in map.touchpoints() {
        assert!(map.stage_of(&touchpoint.id).is_some());
        for path in &touchpoint.paths {
            assert!(map.touchpoint(&path.to).is_some() && path.to != touchpoint.id);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]
    #[test]
    fn random_input_undoes_to_the_start_and_redoes_to_the_end(
        deeds in vec(user_action(), 4..14),
    ) {
        let (_folder, _path, mut window) = Window::with_bank_account();
        let start = window.map_clone();
        for deed in deeds {
            window.perform(deed);
            assert_consistent(&window.map_clone());
        }
        window.end_editing();
        let (end, steps) = (window.map_clone(), window.steps());
        for _ in 0..steps {
            window.key(Modifiers::COMMAND, Key::Z);
        }
        prop_assert_eq!(&window.map_clone(), &start);
        prop_assert_eq!(window.steps(), 0);
        for _ in 0..steps {
            window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        }
        prop_assert_eq!(&window.map_clone(), &end);
    }
}
