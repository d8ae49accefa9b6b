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
use super::workspace::files::Question;
use super::workspace::recovery::RescueSheet;
use command_palette::Palette;
use egui::Context;
use help::Help;
pub use paste_list::ListSheet;
use preferences::Settings;
use shortcuts::CheatSheet;

/// The open modal.
pub enum Over {
    /// A question about unsaved work, or an error.
    Question(Question),
    /// Path prompt.
    Prompt(PathPrompt),
    /// Command palette.
    Palette(Palette),
    /// Help page.
    Help(Help),
    /// Preferences.
    Settings(Settings),
    /// List of shortcuts.
    Keys(CheatSheet),
    /// Preview of a pasted list.
    List(Box<ListSheet>),
    /// Maps that can be recovered.
    Rescue(RescueSheet),
}

impl App {
    /// Shows the open modal; when it closes, the focus is restored.
    pub(super) fn show_over(&mut self, ctx: &Context) {
        // Taken out so that it can use the rest of the app.
        let Some(over) = self.over.take() else {
            self.give_focus_back(ctx);
            return;
        };
        let stays = match over {
            Over::Question(question) => self.show_question(ctx, question).map(Over::Question),
            Over::Prompt(mut prompt) => match prompt.show(ctx) {
                None => Some(Over::Prompt(prompt)),
                Some(answer) => {
                    self.answered(ctx, answer);
                    None
                }
            },
            Over::Palette(mut palette) => {
                let stays = self.show_palette(ctx, &mut palette);
                stays.then_some(Over::Palette(palette))
            }
            Over::List(mut sheet) => {
                let stays = self.show_list(ctx, &mut sheet);
                stays.then_some(Over::List(sheet))
            }
            Over::Rescue(mut sheet) => {
                let stays = self.show_rescue(ctx, &mut sheet);
                stays.then_some(Over::Rescue(sheet))
            }
            Over::Help(mut help) => help.show(ctx, self.theme()).then_some(Over::Help(help)),
            Over::Keys(mut sheet) => sheet.show(ctx).then_some(Over::Keys(sheet)),
            Over::Settings(mut sheet) => {
                let theme = self.theme_name();
                let still = self.surroundings.reduced_motion;
                let stays = sheet.show(ctx, &mut self.preferences, theme, still);
                stays.then_some(Over::Settings(sheet))
            }
        };
        // The modal may have opened another one.
        if self.over.is_none() {
            self.over = stays;
        }
        if self.over.is_none() && self.focused.is_some() {
            // A field of the modal may have requested the focus once more.
            ctx.memory_mut(|memory| {
                if let Some(gone) = memory.focused() {
                    memory.surrender_focus(gone);
                }
            });
            self.returning = true;
            ctx.request_repaint();
        }
    }

    /// Restores the focus of the widget that had it before the modal opened.
    fn give_focus_back(&mut self, ctx: &Context) {
        let now = ctx.memory(|memory| memory.focused());
        // In the last frame the modal still blocked the focus of widgets below.
        let returning = std::mem::take(&mut self.returning);
        match self.focused {
            Some(focused) if returning && now.is_none() => {
                ctx.memory_mut(|memory| memory.request_focus(focused));
            }
            _ => self.focused = now,
        }
    }
}
