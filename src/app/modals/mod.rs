//! Modals, one at a time. A modal has the keyboard; the focus returns to the former
//! widget when it closes.
//!
//! Must not know: effects of answers.

pub(crate) mod command_palette;
pub(crate) mod compare;
mod dialog;
pub(crate) mod export;
pub(crate) mod gap_actions;
pub(crate) mod help;
mod help_texts;
pub(crate) mod paste_list;
pub(crate) mod path_prompt;
pub(crate) mod preferences;
pub(crate) mod question;
pub(crate) mod recovery;
pub(crate) mod unsaved;

use crate::app::document::question::Question;
pub(crate) use dialog::show_progress;
use egui::{Context, Id};

/// The open modal.
pub enum Modal {
    /// A question about a map and its file, or a failure.
    Question(Box<Question>),
    Unsaved(unsaved::UnsavedDialog),
    PathPrompt(path_prompt::PathPrompt),
    CommandPalette(command_palette::CommandPalette),
    Compare,
    Futures,
    GapActions(gap_actions::GapActionsDialog),
    Help,
    Preferences,
    Export(Box<export::ExportDialog>),
    Shortcuts,
    PasteList(Box<paste_list::PasteListDialog>),
    Recovery(recovery::RecoveryDialog),
}

impl Modal {
    /// Whether it reports an error or asks about work; messages wait meanwhile.
    pub fn is_urgent(&self) -> bool {
        matches!(
            self,
            Modal::Question(_) | Modal::Unsaved(_) | Modal::Recovery(_)
        )
    }
}

/// The modal in front, and the focus below it.
#[derive(Default)]
pub struct Modals {
    /// The modal in front.
    pub modal: Option<Modal>,
    /// Widget that had the focus before the modal opened, and gets it back.
    focus_to_restore: Option<Id>,
    restoring_focus: bool,
}

impl Modals {
    /// Gives the focus back after a modal has closed. For frames without a modal.
    pub fn restore_focus(&mut self, ctx: &Context) {
        let now = ctx.memory(|memory| memory.focused());
        // In the last frame the modal still blocked the focus of widgets below.
        let returning = std::mem::take(&mut self.restoring_focus);
        match self.focus_to_restore {
            Some(focused) if returning && now.is_none() => {
                ctx.memory_mut(|memory| memory.request_focus(focused));
            }
            _ => self.focus_to_restore = now,
        }
    }

    /// Takes the focus from a modal that has closed in this frame, unless another one is
    /// open.
    pub fn release_focus(&mut self, ctx: &Context) {
        if self.modal.is_none() && self.focus_to_restore.is_some() {
            // A field of the modal may have requested the focus once more.
            ctx.memory_mut(|memory| {
                if let Some(gone) = memory.focused() {
                    memory.surrender_focus(gone);
                }
            });
            self.restoring_focus = true;
            ctx.request_repaint();
        }
    }
}
