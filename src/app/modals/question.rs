//! Dialog with a question about a map and its file, or with a failure.
//!
//! Must not know: how answers are carried out.

use super::dialog::{Choice, Dialog, bullets};
use crate::app::document::question::{FileAnswer, Question};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use egui::{Context, Key, Label, Modifiers};

/// Shows a question and returns the answer once there is one. The last choice is that of
/// Escape too.
pub fn show(ctx: &Context, question: &Question) -> Option<FileAnswer> {
    let theirs = question.theirs.as_deref();
    let choices = question.choices.iter().enumerate().map(|(at, choice)| {
        let (label, answer) = *choice;
        match (at, answer) {
            (0, FileAnswer::TryAgain) => Choice::primary(label, answer).tip("Enter or Ctrl+S"),
            (0, _) => Choice::primary(label, answer),
            (_, FileAnswer::Dismiss) if theirs.is_some() => Choice::new(label, answer).tip(
                "The file stays as it is, and you are asked again before anything is saved there.",
            ),
            (_, FileAnswer::TryAgain) => Choice::new(label, answer).tip("Ctrl+S"),
            _ => Choice::new(label, answer),
        }
    });
    let dialog = Dialog {
        name: &question.title,
        title: &question.title,
        width: match theirs {
            Some(theirs) if theirs.read_error.is_none() => 624.0,
            _ => 480.0,
        },
        choices: &choices.collect::<Vec<_>>(),
        dismissed: question.choices.last()?.1,
    };
    // Who presses it in a message about saving means that the map is to be saved.
    let saves = |(_, answer): &&(_, FileAnswer)| {
        use FileAnswer::{Restore, Save, TryAgain};
        matches!(answer, Save | TryAgain | Restore)
    };
    if let Some((_, answer)) = question.choices.iter().find(saves)
        && ctx.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::S))
    {
        return Some(*answer);
    }
    dialog.show(ctx, |ui| {
        ui.add(Label::new(&question.text).wrap().selectable(true));
        if !question.lines.is_empty() {
            ui.add_space(UNIT);
            bullets(ui, &question.lines);
        }
        if !question.note.is_empty() {
            ui.add_space(UNIT);
            ui.add(Label::new(style::weak_text(question.note)).wrap());
        }
        None
    })
}
