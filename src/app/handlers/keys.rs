//! The keys of a frame, which go to the first part that takes them: what is in front of
//! the map, a gesture, a text field, the command table.
//!
//! Must not know: which keys a command has.

use super::search::handle_find_keys;
use crate::app::app::App;
use crate::app::command::CommandState;
use crate::app::command::pressed::pressed_commands;
use crate::app::input::KeyQueue;
use crate::app::modals::Modal;
use egui::{Context, Event, Key, Modifiers};

impl App {
    /// Handles the keys of this frame.
    pub(crate) fn handle_keys(&mut self, ctx: &Context) {
        self.prepare_pasted_text(ctx);
        if self.front_takes_keys(ctx) {
            return;
        }
        // While dragging in a panel only Escape is handled, by the dragged widget.
        // Popups are read from memory, since those of this frame are not shown yet.
        if ctx.dragged_id().is_some() || egui::Popup::is_any_open(ctx) {
            return;
        }
        if self.part_takes_key(ctx) {
            return;
        }
        // egui has unfocused the field already, so this Escape was meant for the field.
        if KeyQueue::with(ctx, |queue| queue.text_had_focus()) {
            ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        }
        self.handle_clipboard_events(ctx);
        let now = CommandState {
            // Undo applies to the text of the capture line first.
            text_is_undone: self.capture_bar.has_text(ctx),
            ..self.workspace.command_state(&self.screen)
        };
        let inline_edit = &self.interaction.inline_edit;
        inline_edit.type_to_edit(ctx, &now, &mut self.actions);
        let on_map = self.chrome.regions.map_has_keyboard(ctx);
        let pressed = pressed_commands(ctx, &now, on_map);
        if pressed.is_empty() {
            self.note_unused_key(ctx);
        }
        for (id, nth) in pressed {
            KeyQueue::with(ctx, |queue| queue.note_command(id));
            self.run_numbered_command(id, nth);
        }
    }

    /// Offers the keys to the parts in front that take all keys, such as a modal; returns
    /// whether there is one.
    fn front_takes_keys(&mut self, ctx: &Context) -> bool {
        let help = matches!(self.modals.modal, Some(Modal::Help));
        if self.workspace.task.is_some() || (self.modals.modal.is_some() && !help) {
            return true;
        }
        if self.screen.presentation().is_some() {
            self.handle_presentation_keys(ctx);
            return true;
        }
        if self.interaction.connect_from.is_some() {
            if ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
                self.interaction.connect_from = None;
                return true;
            }
            // The end of a path can be chosen by typing its name.
            if ctx.input(|i| i.events.iter().any(|e| matches!(e, Event::Text(_)))) {
                self.choose_connect_target();
                return true;
            }
        }
        help
    }

    /// Offers the keys to the parts of the window, such as a gesture; returns whether one
    /// has taken a key that no other may get.
    pub(super) fn part_takes_key(&mut self, ctx: &Context) -> bool {
        let interaction = &mut self.interaction;
        if let Some(document) = self.workspace.front_mut() {
            let tools = &mut interaction.tools;
            if tools.handle_keys(ctx, document, &mut self.actions) {
                return true;
            }
            interaction.inline_edit.handle_keys(ctx, document);
        }
        self.handle_capture_keys(ctx);
        let document = self.workspace.front_mut();
        let document = document.filter(|_| !self.screen.is_home());
        let typing = KeyQueue::with(ctx, |queue| queue.text_had_focus());
        document.is_some_and(|document| handle_find_keys(ctx, document, &mut self.actions, typing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::selection::Selection;
    use crate::app::platform::file_dialog::SystemFileDialogs;
    use crate::model::{Map, ObjectRef};
    use crate::settings::AppDirs;
    use crate::text::Typesetter;
    use egui_kittest::Harness;

    /// A window with an empty map.
    fn window() -> Harness<'static, App> {
        let dialogs = Box::<SystemFileDialogs>::default();
        let mut app = App::new(&[], dialogs, Typesetter::bundled(), &AppDirs::none());
        app.workspace.open_untitled(Map::default());
        let mut harness = Harness::builder()
            .with_context_setup(App::prepare)
            .build_ui_state(|ui, app: &mut App| app.show(ui), app);
        harness.run_steps(3);
        harness
    }

    /// Whether the find bar is open after its shortcut.
    fn finds(harness: &mut Harness<'_, App>) -> bool {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
        harness.run_steps(3);
        let document = harness.state().document();
        document.is_some_and(|document| document.highlighting.search.is_some())
    }

    #[test]
    fn keys_reach_the_commands_if_no_part_takes_them() {
        assert!(finds(&mut window()));
    }

    #[test]
    fn a_modal_keeps_keys_from_the_commands() {
        let mut harness = window();
        harness.state_mut().modals.modal = Some(Modal::Shortcuts);
        assert!(!finds(&mut harness));
    }

    #[test]
    fn escape_leaves_connect_mode_and_keeps_the_selection() {
        let mut harness = window();
        let app = harness.state_mut();
        let touchpoint = ObjectRef::Touchpoint("a".into());
        app.workspace.documents[0].selection = Selection::One(touchpoint.clone());
        app.interaction.connect_from = Some("a".into());
        harness.key_press(Key::Escape);
        harness.run_steps(3);
        let app = harness.state();
        assert_eq!(app.interaction.connect_from, None);
        assert_eq!(app.workspace.documents[0].selection, touchpoint.into());
    }
}
