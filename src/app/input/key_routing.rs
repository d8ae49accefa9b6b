//! Routes the keys of a frame: to a modal, a gesture, a text field or the command
//! table, in this order.
//!
//! Must not know: which keys a command has.

use crate::app::app::App;
use crate::app::command::table::pressed_commands;
use crate::app::modals::Modal;
use crate::app::modals::command_palette::CommandPalette;
use egui::Context;

impl App {
    /// Handles the keys of this frame.
    pub(crate) fn handle_keys(&mut self, ctx: &Context) {
        self.queue_keys(ctx);
        if self.workspace.is_busy() {
            return;
        }
        let help = matches!(self.modals.modal, Some(Modal::Help));
        if self.modals.modal.is_some() && !help {
            return;
        }
        if self.screen.presentation.is_some() {
            self.handle_presentation_keys(ctx);
            return;
        }
        if self.interaction.connect_from.is_some()
            && ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            self.interaction.connect_from = None;
            return;
        }
        // The end of a path can be chosen by typing its name.
        let types = |event: &egui::Event| matches!(event, egui::Event::Text(_));
        if self.interaction.connect_from.is_some() && ctx.input(|i| i.events.iter().any(types)) {
            self.modals.modal = Some(Modal::CommandPalette(CommandPalette::new(
                self.interaction.connect_from.clone(),
            )));
            return;
        }
        // While dragging in a panel only Escape is handled, by the dragged widget.
        if ctx.dragged_id().is_some() {
            return;
        }
        // Read from memory, since popups of this frame are not shown yet.
        if egui::Popup::is_any_open(ctx) || help {
            return;
        }
        if self.handle_tool_keys(ctx) {
            return;
        }
        self.handle_inline_edit_keys(ctx);
        self.handle_capture_keys(ctx);
        if self.handle_find_keys(ctx, self.input.text_had_focus) {
            return;
        }
        // egui has unfocused the field already, so this Escape was meant for the field.
        if self.input.text_had_focus {
            ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        }
        self.handle_clipboard_events(ctx);
        self.type_to_edit(ctx);
        let mut now = self.command_state();
        if self.capture_bar.has_text(ctx) {
            // Undo applies to the text of the capture line first.
            (now.can_undo, now.can_redo) = (false, false);
        }
        let walking = self.chrome.regions.map_has_keyboard(ctx);
        for (id, nth) in pressed_commands(ctx, &now, walking) {
            self.input.key_queue.note_command(id);
            self.run_shortcut(id, nth);
        }
    }
}
