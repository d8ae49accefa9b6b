//! Dialogs about saving: a failed or slow save, and content that a save would lose.
//!
//! Must not know: how files are written.

use super::dialog::{Choice, Dialog, bullets};
use crate::app::ui::style;
use egui::{Context, Label};

/// Dialog about a map that was not saved.
pub struct SaveFailedDialog {
    /// Key of the map.
    pub document: u64,
    /// Cause.
    pub text: String,
    /// Whether the save is still in progress.
    pub waiting: bool,
}

/// Dialog about content that the first save of a file would lose.
pub struct LossesDialog {
    /// Key of the map.
    pub document: u64,
    /// Lost content, one entry a line.
    pub lines: Vec<String>,
}

/// Answer to a dialog about saving.
#[derive(Clone, Copy)]
pub enum SaveAnswer {
    /// Save to the same file.
    Save,
    /// Save to another file.
    SaveAs,
    /// Save nothing.
    Dismiss,
}

impl SaveFailedDialog {
    /// Shows the dialog and returns the answer once there is one.
    pub fn show(&self, ctx: &Context) -> Option<SaveAnswer> {
        let (title, dismiss) = if self.waiting {
            ("The map is not saved yet", "Wait")
        } else {
            ("The map could not be saved", "Go on")
        };
        let dialog = Dialog {
            name: "not saved",
            title,
            width: 480.0,
            choices: &[
                Choice::primary("Save as…", SaveAnswer::SaveAs),
                Choice::new(dismiss, SaveAnswer::Dismiss),
            ],
            dismissed: SaveAnswer::Dismiss,
        };
        dialog.show(ctx, |ui| {
            ui.add(Label::new(&self.text).wrap().selectable(true));
            None
        })
    }
}

impl LossesDialog {
    /// Shows the dialog and returns the answer once there is one.
    pub fn show(&self, ctx: &Context) -> Option<SaveAnswer> {
        let dialog = Dialog {
            name: "losses",
            title: "Not all of this file can be kept",
            width: 480.0,
            choices: &[
                Choice::primary("Save", SaveAnswer::Save),
                Choice::new("Save as…", SaveAnswer::SaveAs),
                Choice::new("Cancel", SaveAnswer::Dismiss),
            ],
            dismissed: SaveAnswer::Dismiss,
        };
        dialog.show(ctx, |ui| {
            ui.label("Saving drops:");
            bullets(ui, &self.lines);
            let words =
                "The file as it is now is kept beside the new one, with .bak behind its name.";
            ui.add(Label::new(style::weak_text(words)).wrap());
            None
        })
    }
}
