//! Routes the keys of a frame: to a modal, a gesture, a text field or the command
//! table, in this order.
//!
//! Must not know: which keys a command has.

use crate::app::app::App;
use crate::app::command::table::pressed;
use crate::app::modals::Over;
use crate::app::modals::command_palette::Palette;
use egui::Context;

impl App {
    /// Handles the keys of this frame.
    pub(crate) fn keyboard(&mut self, ctx: &Context) {
        self.take_turns(ctx);
        if self.work.is_some() {
            return;
        }
        let help = matches!(self.over, Some(Over::Help(_)));
        if self.over.is_some() && !help {
            return;
        }
        if self.present.is_some() {
            self.presentation_keys(ctx);
            return;
        }
        if self.connecting.is_some()
            && ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            self.connecting = None;
            return;
        }
        // The end of a path can be chosen by typing its name.
        let types = |event: &egui::Event| matches!(event, egui::Event::Text(_));
        if self.connecting.is_some() && ctx.input(|i| i.events.iter().any(types)) {
            self.over = Some(Over::Palette(Palette::new(self.connecting.clone())));
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
        if self.gesture_keys(ctx) {
            return;
        }
        self.editor_keys(ctx);
        self.capture_keys(ctx);
        if self.find_keys(ctx, self.typing) {
            return;
        }
        // egui has unfocused the field already, so this Escape was meant for the field.
        if self.typing {
            ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        }
        self.take_from_clipboard(ctx);
        self.begin_by_typing(ctx);
        let mut now = self.situation();
        if self.capture.has_text(ctx) {
            // Undo applies to the text of the capture line first.
            (now.can_undo, now.can_redo) = (false, false);
        }
        let walking = self.regions.walking(ctx);
        for (id, nth) in pressed(ctx, &now, walking) {
            self.strokes.ran(id);
            self.key_pressed(id, nth);
        }
    }
}
