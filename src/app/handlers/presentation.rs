//! Starts and ends presentations, and leads keys to them.
//!
//! Must not know: routes, how anything is drawn.

use crate::app::app::{App, Screen};
use crate::app::command::pressed::pressed_commands;
use crate::app::input::KeyQueue;
use crate::app::platform::monitors::Monitor;
use crate::app::presentation::{Presentation, is_allowed};
use egui::Context;

impl App {
    /// Starts a presentation at the overview, or at the selection.
    pub(super) fn start_presentation(&mut self, ctx: &Context, at_selection: bool) {
        if let Some(document) = self.workspace.front_mut() {
            let selected = document.selection.object().cloned();
            let selected = selected.or_else(|| document.primary_object());
            let at = selected.filter(|_| at_selection);
            let presentation = Presentation::start(ctx, document, at.as_ref());
            self.screen = Screen::Presentation(Box::new(presentation));
            self.interaction.connect_from = None;
            self.capture_bar.open = false;
        }
    }

    /// Ends the presentation.
    pub(crate) fn end_presentation(&mut self, ctx: &Context) {
        if let (Screen::Presentation(presentation), Some(document)) =
            (&mut self.screen, self.workspace.front_mut())
        {
            presentation.stop_presenting(ctx, document);
        }
        if self.screen.presentation().is_some() {
            self.screen = Screen::Editor;
        }
    }

    /// Handles the keys of a presentation: a text field takes them first, then the presentation,
    /// then the commands that run meanwhile.
    pub(super) fn handle_presentation_keys(&mut self, ctx: &Context) {
        if self.part_takes_key(ctx) {
            return;
        }
        let was_typing = KeyQueue::with(ctx, |queue| queue.text_had_focus());
        if !was_typing && !ctx.text_edit_focused() && !egui::Popup::is_any_open(ctx) {
            let toasts = &mut self.ui.toasts;
            if let (Screen::Presentation(presentation), Some(document)) =
                (&mut self.screen, self.workspace.front_mut())
                && !presentation.handle_keys(ctx, document, toasts)
            {
                return self.end_presentation(ctx);
            }
        }
        self.handle_clipboard_events(ctx);
        let now = crate::app::command::CommandState {
            text_is_undone: self.capture_bar.has_text(ctx),
            ..self.workspace.command_state(&self.screen)
        };
        let pressed = pressed_commands(ctx, &now, false);
        for (id, nth) in pressed.into_iter().filter(|(id, _)| is_allowed(*id)) {
            KeyQueue::with(ctx, |queue| queue.note_command(id));
            self.run_numbered_command(id, nth);
        }
    }

    /// Tells a presentation which screens there are.
    pub(crate) fn update_monitors(&mut self, ctx: &Context, frame: &eframe::Frame) {
        if let Screen::Presentation(presentation) = &mut self.screen {
            let preferred = &self.settings.preferences.presentation_screen;
            let monitors = Monitor::list(ctx, frame);
            let message = presentation.update_monitors(ctx, monitors, preferred);
            self.ui.toasts.extend(message);
        }
    }
}
