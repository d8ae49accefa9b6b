//! Modals, one at a time. A modal has the keyboard; the focus returns to the former
//! widget when it closes.
//!
//! Must not know: what a modal shows.

pub(crate) mod command_palette;
pub(crate) mod help;
pub(crate) mod paste_list;
pub(crate) mod preferences;
pub(crate) mod shortcuts;

use super::app::App;
use super::platform::file_dialog::PathPrompt;
use super::workspace::files::Dialog;
use super::workspace::recovery::RecoveryModal;
use command_palette::CommandPalette;
use egui::Context;
use help::Help;
pub use paste_list::PasteListDialog;
use preferences::PreferencesModal;
use shortcuts::ShortcutsModal;

/// The open modal.
pub enum Modal {
    /// A question about unsaved work, or an error.
    Dialog(Dialog),
    /// Path prompt.
    PathPrompt(PathPrompt),
    /// Command palette.
    CommandPalette(CommandPalette),
    /// Help page.
    Help(Help),
    /// Preferences.
    Preferences(PreferencesModal),
    /// List of shortcuts.
    Shortcuts(ShortcutsModal),
    /// Preview of a pasted list.
    PasteList(Box<PasteListDialog>),
    /// Maps that can be recovered.
    Recovery(RecoveryModal),
}

impl App {
    /// Shows the open modal; when it closes, the focus is restored.
    pub(super) fn show_modal(&mut self, ctx: &Context) {
        // Taken out so that it can use the rest of the app.
        let Some(over) = self.modals.modal.take() else {
            self.restore_focus(ctx);
            return;
        };
        let stays = match over {
            Modal::Dialog(question) => self.show_dialog(ctx, question).map(Modal::Dialog),
            Modal::PathPrompt(mut prompt) => match prompt.show(ctx) {
                None => Some(Modal::PathPrompt(prompt)),
                Some(answer) => {
                    self.handle_file_response(ctx, answer);
                    None
                }
            },
            Modal::CommandPalette(mut palette) => {
                let stays = self.show_command_palette(ctx, &mut palette);
                stays.then_some(Modal::CommandPalette(palette))
            }
            Modal::PasteList(mut sheet) => {
                let stays = self.show_paste_list(ctx, &mut sheet);
                stays.then_some(Modal::PasteList(sheet))
            }
            Modal::Recovery(mut sheet) => {
                let stays = self.show_recovery(ctx, &mut sheet);
                stays.then_some(Modal::Recovery(sheet))
            }
            Modal::Help(mut help) => help.show(ctx, self.theme()).then_some(Modal::Help(help)),
            Modal::Shortcuts(mut sheet) => sheet.show(ctx).then_some(Modal::Shortcuts(sheet)),
            Modal::Preferences(mut sheet) => {
                let theme = self.theme_name();
                let still = self.settings.system.reduced_motion;
                let stays = sheet.show(ctx, &mut self.settings.preferences, theme, still);
                stays.then_some(Modal::Preferences(sheet))
            }
        };
        // The modal may have opened another one.
        if self.modals.modal.is_none() {
            self.modals.modal = stays;
        }
        if self.modals.modal.is_none() && self.modals.focus_to_restore.is_some() {
            // A field of the modal may have requested the focus once more.
            ctx.memory_mut(|memory| {
                if let Some(gone) = memory.focused() {
                    memory.surrender_focus(gone);
                }
            });
            self.modals.restoring_focus = true;
            ctx.request_repaint();
        }
    }

    /// Restores the focus of the widget that had it before the modal opened.
    fn restore_focus(&mut self, ctx: &Context) {
        let now = ctx.memory(|memory| memory.focused());
        // In the last frame the modal still blocked the focus of widgets below.
        let returning = std::mem::take(&mut self.modals.restoring_focus);
        match self.modals.focus_to_restore {
            Some(focused) if returning && now.is_none() => {
                ctx.memory_mut(|memory| memory.request_focus(focused));
            }
            _ => self.modals.focus_to_restore = now,
        }
    }
}
