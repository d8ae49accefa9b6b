//! Routes the keys of a frame: to a modal, a gesture, a text field or the command
//! table, in this order.
//!
//! Must not know: which keys a command has, the parts that keys go to.

use super::key_queue::KeyQueue;
use crate::app::command::CommandState;
use crate::app::command::table::{CommandId, pressed_commands};
use egui::{Context, Key, Modifiers};

/// Parts of the window that keys go to, as the application answers for them.
pub(crate) trait Focus {
    /// Focus of the field for editing in place: `Some(true)` if it has the keyboard,
    /// `Some(false)` if it is about to get it or has just closed, else `None`.
    fn inline_field(&self, ctx: &Context) -> Option<bool>;

    /// Offers the keys to the parts in front that take all keys, such as a modal;
    /// returns whether there is one.
    fn front_takes_keys(&mut self, ctx: &Context) -> bool;

    /// Offers the keys to the parts of the window, such as a gesture; returns whether
    /// one has taken a key that no other may get. `typing` tells whether a text field
    /// had the focus.
    fn part_takes_key(&mut self, ctx: &Context, typing: bool) -> bool;

    /// Turns clipboard events and text typed on the map into actions.
    fn take_text(&mut self, ctx: &Context);

    /// State for the conditions of shortcuts.
    fn shortcut_state(&self, ctx: &Context) -> CommandState<'_>;

    /// Whether arrow keys move the selection on the map.
    fn map_has_keyboard(&self, ctx: &Context) -> bool;

    /// Runs a command by its shortcut with this index.
    fn run_shortcut(&mut self, id: CommandId, nth: usize);
}

/// Keys that wait for their frame.
#[derive(Default)]
pub(crate) struct Input {
    key_queue: KeyQueue,
    /// Whether a text field had the focus at the end of the last frame.
    pub text_had_focus: bool,
}

impl Input {
    /// Handles the keys of this frame.
    pub fn handle_keys(&mut self, ctx: &Context, focus: &mut impl Focus) {
        self.key_queue.hold_back(ctx, focus.inline_field(ctx));
        if focus.front_takes_keys(ctx) {
            return;
        }
        // While dragging in a panel only Escape is handled, by the dragged widget.
        // Popups are read from memory, since those of this frame are not shown yet.
        if ctx.dragged_id().is_some() || egui::Popup::is_any_open(ctx) {
            return;
        }
        if focus.part_takes_key(ctx, self.text_had_focus) {
            return;
        }
        // egui has unfocused the field already, so this Escape was meant for the field.
        if self.text_had_focus {
            ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        }
        focus.take_text(ctx);
        let now = focus.shortcut_state(ctx);
        let walking = focus.map_has_keyboard(ctx);
        for (id, nth) in pressed_commands(ctx, &now, walking) {
            self.key_queue.note_command(id);
            focus.run_shortcut(id, nth);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::Document;
    use crate::model::Map;
    use crate::session::Session;
    use egui::{Event, RawInput};

    /// A window that records what its parts are offered.
    #[derive(Default)]
    struct TestWindow {
        modal: bool,
        drag: bool,
        calls: Vec<&'static str>,
        commands: Vec<CommandId>,
        document: Option<Document>,
    }

    impl Focus for TestWindow {
        fn inline_field(&self, _: &Context) -> Option<bool> {
            None
        }

        fn front_takes_keys(&mut self, _: &Context) -> bool {
            self.calls.push("front");
            self.modal
        }

        fn part_takes_key(&mut self, _: &Context, _: bool) -> bool {
            self.calls.push("part");
            self.drag
        }

        fn take_text(&mut self, _: &Context) {
            self.calls.push("text");
        }

        fn shortcut_state(&self, _: &Context) -> CommandState<'_> {
            CommandState {
                document: self.document.as_ref(),
                ..CommandState::default()
            }
        }

        fn map_has_keyboard(&self, _: &Context) -> bool {
            true
        }

        fn run_shortcut(&mut self, id: CommandId, _: usize) {
            self.commands.push(id);
        }
    }

    fn press_find(mut window: TestWindow) -> TestWindow {
        window.document = Some(Document::new(0, Session::untitled(Map::default())));
        let modifiers = Modifiers::COMMAND;
        let raw = RawInput {
            events: vec![Event::Key {
                key: Key::F,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers,
            }],
            ..RawInput::default()
        };
        let ctx = Context::default();
        let mut input = Input::default();
        let mut output = ctx.run_ui(raw, |ui| input.handle_keys(ui.ctx(), &mut window));
        // Nothing is painted.
        output.textures_delta.clear();
        window
    }

    #[test]
    fn keys_reach_the_commands_if_no_part_takes_them() {
        let window = press_find(TestWindow::default());
        assert_eq!(window.calls, ["front", "part", "text"]);
        assert_eq!(window.commands, [CommandId::Find]);
    }

    #[test]
    fn a_modal_and_a_drag_keep_keys_from_the_commands() {
        let window = press_find(TestWindow {
            modal: true,
            ..TestWindow::default()
        });
        assert_eq!(window.calls, ["front"]);
        assert!(window.commands.is_empty());
        let window = press_find(TestWindow {
            drag: true,
            ..TestWindow::default()
        });
        assert_eq!(window.calls, ["front", "part"]);
        assert!(window.commands.is_empty());
    }
}
