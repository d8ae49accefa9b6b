//! Shows the open modal and carries its answer out.
//!
//! Must not know: contents of modals.

use crate::app::app::App;
use crate::app::modals::paste_list::PasteListAnswer;
use crate::app::modals::recovery::RecoveryAnswer;
use crate::app::modals::unsaved::UnsavedAnswer;
use crate::app::modals::{self, Modal};
use crate::english::sentence;
use egui::Context;

impl App {
    /// Shows the open modal; when it closes, the focus is restored.
    pub(crate) fn show_modal(&mut self, ctx: &Context) {
        // Taken out so that answers can use the rest of the app.
        let Some(mut modal) = self.modals.modal.take() else {
            self.modals.restore_focus(ctx);
            return;
        };
        let stays = self.show_modal_and_answer(ctx, &mut modal);
        // The answer may have opened another modal.
        if stays && self.modals.modal.is_none() {
            self.modals.modal = Some(modal);
        }
        self.modals.release_focus(ctx);
    }

    /// Returns whether the modal stays open.
    fn show_modal_and_answer(&mut self, ctx: &Context, modal: &mut Modal) -> bool {
        let theme = self.theme();
        match modal {
            Modal::Help => return modals::help::show(ctx, theme),
            Modal::Shortcuts => return modals::shortcuts::show(ctx),
            Modal::Preferences => {
                let (theme, still) = (self.appearance().theme, self.settings.system.reduced_motion);
                let preferences = &mut self.settings.preferences;
                return modals::preferences::show(ctx, preferences, theme, still);
            }
            Modal::Question(question) => match modals::question::show(ctx, question) {
                None => return true,
                Some(answer) => self.workspace.answer(ctx, question, answer),
            },
            Modal::Unsaved(dialog) => match dialog.show(ctx) {
                None => return true,
                Some(UnsavedAnswer::Cancel) => {}
                Some(UnsavedAnswer::Close(discarded)) => {
                    self.workspace
                        .close_discarding(ctx, dialog.scope, discarded);
                }
            },
            Modal::PathPrompt(prompt) => match prompt.show(ctx) {
                None => return true,
                Some(response) => self.workspace.handle_file_response(ctx, response),
            },
            Modal::CommandPalette(palette) => {
                match palette.show(ctx, self.document(), &self.command_state()) {
                    None => return true,
                    Some(action) => self.actions.extend(action),
                }
            }
            Modal::PasteList(dialog) => {
                let document = self.document().filter(|_| !self.screen.is_home());
                match dialog.show(ctx, theme, document) {
                    None => return true,
                    Some(PasteListAnswer::Insert(list)) => self.insert_list(&list),
                    Some(PasteListAnswer::Cancel) => {}
                }
            }
            Modal::Recovery(dialog) => {
                let failed = match dialog.show(ctx) {
                    None => return true,
                    Some(RecoveryAnswer::Later) => return false,
                    Some(RecoveryAnswer::Recover(map)) => {
                        self.workspace.recover(ctx, map);
                        None
                    }
                    Some(RecoveryAnswer::Archive(map)) => {
                        let archived = map.archive();
                        if archived.is_ok() {
                            let kept = "Kept for later. “Recover maps…” lists it again.";
                            self.ui.toasts.push(kept);
                        }
                        archived.err()
                    }
                    Some(RecoveryAnswer::Delete(map)) => map.delete().err(),
                };
                if let Some(error) = failed {
                    self.ui.toasts.push(sentence(&error.to_string()));
                }
                return !dialog.is_empty();
            }
        }
        false
    }
}
