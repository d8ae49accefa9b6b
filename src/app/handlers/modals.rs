//! Shows the open modal and carries its answer out.
//!
//! Must not know: contents of modals.

use crate::app::app::App;
use crate::app::command::action::UiAction;
use crate::app::modals::command_palette::PaletteAnswer;
use crate::app::modals::conflict::ConflictAnswer;
use crate::app::modals::paste_list::PasteListAnswer;
use crate::app::modals::recovery::RecoveryAnswer;
use crate::app::modals::save::SaveAnswer;
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
            Modal::Error { title, text } => return modals::show_error(ctx, title, text),
            Modal::Help => return modals::help::show(ctx, theme),
            Modal::Shortcuts => return modals::shortcuts::show(ctx),
            Modal::Preferences => {
                let (theme, still) = (self.theme_name(), self.settings.system.reduced_motion);
                return modals::preferences::show(
                    ctx,
                    &mut self.settings.preferences,
                    theme,
                    still,
                );
            }
            Modal::Unsaved(dialog) => match dialog.show(ctx) {
                None => return true,
                Some(UnsavedAnswer::Cancel) => {}
                Some(UnsavedAnswer::Close(discarded)) => {
                    self.workspace
                        .close_discarding(ctx, dialog.scope, discarded);
                }
            },
            Modal::SaveFailed(dialog) => match dialog.show(ctx) {
                None => return true,
                Some(SaveAnswer::SaveAs) => self.workspace.request_save_path(ctx, dialog.document),
                Some(SaveAnswer::Save | SaveAnswer::Dismiss) => {}
            },
            Modal::Losses(dialog) => match dialog.show(ctx) {
                None => return true,
                Some(SaveAnswer::Save) => self.workspace.start_save(ctx, dialog.document, None),
                Some(SaveAnswer::SaveAs) => self.workspace.request_save_path(ctx, dialog.document),
                Some(SaveAnswer::Dismiss) => self.workspace.cancel_close(),
            },
            Modal::Conflict(dialog) => match dialog.show(ctx) {
                None => return true,
                Some(ConflictAnswer::Later) => {}
                Some(ConflictAnswer::SaveAs) => {
                    self.workspace.request_save_path(ctx, dialog.document)
                }
                Some(ConflictAnswer::Theirs) => {
                    self.workspace
                        .accept_theirs(ctx, dialog.document, &dialog.theirs)
                }
                Some(ConflictAnswer::Mine) => {
                    self.workspace
                        .keep_mine(ctx, dialog.document, &dialog.theirs)
                }
            },
            Modal::PathPrompt(prompt) => match prompt.show(ctx) {
                None => return true,
                Some(response) => self.workspace.handle_file_response(ctx, response),
            },
            Modal::CommandPalette(palette) => {
                let commands = self.command_state();
                match palette.show(ctx, self.document(), &commands) {
                    None => return true,
                    Some(PaletteAnswer::Command(id)) => self.queue_command(id),
                    Some(PaletteAnswer::Connect(to)) => self.finish_connect(&to),
                    Some(PaletteAnswer::Select(selection)) => self.actions.push(UiAction::Select {
                        selection,
                        reveal: true,
                    }),
                    Some(PaletteAnswer::Close) => {}
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
                match dialog.show(ctx) {
                    None => return true,
                    Some(RecoveryAnswer::Later) => return false,
                    Some(RecoveryAnswer::Recover(map)) => self.workspace.recover(ctx, map),
                    Some(RecoveryAnswer::Archive(map)) => {
                        self.ui.toasts.push(match map.archive() {
                            Ok(()) => "Kept for later. “Recover maps…” lists it again.".to_owned(),
                            Err(error) => sentence(&error.to_string()),
                        })
                    }
                    Some(RecoveryAnswer::Delete(map)) => {
                        if let Err(error) = map.delete() {
                            self.ui.toasts.push(sentence(&error.to_string()));
                        }
                    }
                }
                return !dialog.is_empty();
            }
        }
        false
    }
}
