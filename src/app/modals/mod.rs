//! What lies over everything, one at a time: questions, palette, help, sheets.
//! While it is there it has the keyboard; what had it before gets it back.
//!
//! Must not know: what a sheet says.

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

/// What lies over everything and takes the keyboard.
pub enum Over {
    /// A question about work at stake, or an error.
    Question(Question),
    /// Our own path prompt.
    Prompt(PathPrompt),
    /// Commands and search.
    Palette(Palette),
    /// The help page.
    Help(Help),
    /// The preferences.
    Settings(Settings),
    /// All keys.
    Keys(CheatSheet),
    /// A list that is about to be pasted.
    List(Box<ListSheet>),
    /// Maps that a crash left.
    Rescue(RescueSheet),
}

impl App {
    /// Shows it, and gives the focus back when it has gone.
    pub(super) fn show_over(&mut self, ctx: &Context) {
        // Taken out while it is shown, so that it can reach the rest of the program.
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
        // What was shown may have put something else in its place.
        if self.over.is_none() {
            self.over = stays;
        }
        if self.over.is_none() && self.focused.is_some() {
            // A field of the sheet may have asked for the focus once more.
            ctx.memory_mut(|memory| {
                if let Some(gone) = memory.focused() {
                    memory.surrender_focus(gone);
                }
            });
            self.returning = true;
            ctx.request_repaint();
        }
    }

    /// Gives the focus back to what had it before something lay over the map.
    fn give_focus_back(&mut self, ctx: &Context) {
        let now = ctx.memory(|memory| memory.focused());
        // In the frame before, a sheet still kept the focus from what is below it.
        let returning = std::mem::take(&mut self.returning);
        match self.focused {
            Some(focused) if returning && now.is_none() => {
                ctx.memory_mut(|memory| memory.request_focus(focused));
            }
            _ => self.focused = now,
        }
    }
}
