//! Dialog about a conflict: a map and its file have both changed.
//!
//! Must not know: how files are watched or written.

use super::dialog::{Choice, Dialog, bullets};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::english::sentence;
use crate::session::TheirVersion;
use egui::{Context, Label};

/// Conflict dialog.
pub struct ConflictDialog {
    /// Key of the map.
    pub document: u64,
    /// File name.
    pub file: String,
    /// Version in the file.
    pub theirs: Box<TheirVersion>,
}

/// Answer to the dialog.
#[derive(Clone, Copy)]
pub enum ConflictAnswer {
    /// Leave map and file as they are.
    Later,
    /// Save the map to another file.
    SaveAs,
    /// Replace the map by the version in the file.
    Theirs,
    /// Keep the map, and a copy of the version in the file.
    Mine,
}

impl ConflictDialog {
    /// Shows the dialog and returns the answer once there is one.
    pub fn show(&self, ctx: &Context) -> Option<ConflictAnswer> {
        let later =
            "The file stays as it is, and you are asked again before anything is saved there.";
        let theirs = &self.theirs;
        let dialog = Dialog {
            name: "both",
            title: &format!("{} was changed here and by somebody else", self.file),
            width: 624.0,
            choices: &[
                Choice::primary("Save mine under another name…", ConflictAnswer::SaveAs),
                Choice::new("Take theirs", ConflictAnswer::Theirs)
                    .enabled(theirs.read_error.is_none()),
                Choice::new("Keep mine, theirs beside it", ConflictAnswer::Mine),
                Choice::new("Decide later", ConflictAnswer::Later).tip(later),
            ],
            dismissed: ConflictAnswer::Later,
        };
        dialog.show(ctx, |ui| {
            match &theirs.read_error {
                Some(error) => {
                    let words = format!(
                        "What is in the file now cannot be read as a map. {}",
                        sentence(error)
                    );
                    ui.add(Label::new(words).wrap());
                }
                None => {
                    ui.label("Taking theirs would change, compared with what you have here:");
                    ui.add_space(UNIT);
                    bullets(ui, &theirs.differences);
                }
            }
            ui.add_space(UNIT);
            let words = "Nothing is lost either way: theirs can be kept beside yours, and taking theirs can be undone.";
            ui.add(Label::new(style::weak_text(words)).wrap());
            None
        })
    }
}
