//! The order of the focus: Tab reaches every control once and comes back, F6 each region.

use super::Window;
use egui::{Id, Key, LayerId, Modifiers, Rect, vec2};
use std::collections::HashSet;
use touchline::app::command::table::CommandId;

const NONE: Modifiers = Modifiers::NONE;

impl Window {
    fn focused(&self) -> Option<Id> {
        self.harness.ctx.memory(|memory| memory.focused())
    }

    /// Presses a key until the focus is where it was before, and returns the widgets that
    /// had it, in order.
    fn focus_round(&mut self, held: Modifiers) -> Vec<Id> {
        let mut visited: Vec<Id> = Vec::new();
        for _ in 0..600 {
            self.harness.key_press_modifiers(held, Key::Tab);
            self.harness.run_steps(3);
            let Some(now) = self.focused() else {
                continue;
            };
            if visited.first() == Some(&now) {
                return visited;
            }
            visited.push(now);
        }
        panic!(
            "the focus does not come back after {} widgets",
            visited.len()
        );
    }

    /// The focusable widgets of the window, in the order in which they are shown.
    fn focusable(&self) -> Vec<(Id, Rect)> {
        self.harness.ctx.viewport(|viewport| {
            let widgets = viewport.prev_pass.widgets.get_layer(LayerId::background());
            let found = widgets.filter(|widget| widget.enabled && widget.sense.is_focusable());
            found.map(|widget| (widget.id, widget.rect)).collect()
        })
    }
}

#[test]
fn tab_reaches_every_control_once_and_shift_tab_goes_back() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::B);
    for (width, height) in [(1280.0, 720.0), (640.0, 420.0)] {
        window.harness.set_size(vec2(width, height));
        window.run_until_idle();
        let forth = window.focus_round(NONE);
        let all = window.focusable();
        let seen: HashSet<Id> = forth.iter().copied().collect();
        assert_eq!(seen.len(), forth.len(), "no control twice");
        let missing: Vec<_> = all.iter().filter(|(id, _)| !seen.contains(id)).collect();
        assert!(missing.is_empty(), "{width}: not reached: {missing:?}");
        // The toolbar from left to right.
        let bar = all.iter().take_while(|(_, rect)| rect.center().y < 50.0);
        let lefts: Vec<f32> = bar.map(|(_, rect)| rect.left()).collect();
        assert!(lefts.len() > 6 && lefts.is_sorted(), "{width}: {lefts:?}");
        let mut back = window.focus_round(Modifiers::SHIFT);
        back.reverse();
        let at = back.iter().position(|id| *id == forth[0]).expect("reached");
        back.rotate_left(at);
        assert_eq!(back, forth, "{width}: Shift+Tab is the same way back");
    }
}

#[test]
fn f6_reaches_each_region_at_the_first_press() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::B);
    for view in [
        CommandId::ViewJourney,
        CommandId::ViewFlow,
        CommandId::ViewOwnership,
        CommandId::ViewFindings,
        CommandId::ViewScores,
    ] {
        for page in [CommandId::Lanes, CommandId::Entities, CommandId::History] {
            for id in [view, page] {
                window.harness.state_mut().queue_command(id);
                window.harness.step();
                window.run_until_idle();
            }
            for (key, held) in [(Key::F6, NONE), (Key::F6, Modifiers::SHIFT)] {
                let mut places = Vec::new();
                let mut ids = Vec::new();
                for _ in 0..10 {
                    window.key(held, key);
                    let id = window.focused().expect("a region has the focus");
                    let place = window.harness.ctx.read_response(id).unwrap().rect;
                    places.push(place);
                    ids.push(id);
                }
                // Five regions (four without zoom controls), each once in a round.
                let count = if view == CommandId::ViewFindings {
                    4
                } else {
                    5
                };
                let round: HashSet<Id> = ids[..count].iter().copied().collect();
                assert_eq!(round.len(), count, "{view:?} {page:?}: {places:?}");
                assert_eq!(ids[0], ids[count], "{view:?} {page:?}: {places:?}");
            }
        }
    }
}
