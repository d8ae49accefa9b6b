//! Text fields that show a box in place of each character that cannot be seen.
//!
//! Must not know: the kinds of texts.

use crate::folding::is_hidden;
use crate::text::displayable;
use egui::text::LayoutJob;
use egui::{TextBuffer, TextEdit, TextStyle, Ui};

/// Calls `show` with a text field of one line.
pub(crate) fn visible_line<R>(text: &mut String, show: impl FnOnce(TextEdit<'_>) -> R) -> R {
    visible_field(text, false, show)
}

/// Calls `show` with a text field of several lines.
pub(crate) fn visible_lines<R>(text: &mut String, show: impl FnOnce(TextEdit<'_>) -> R) -> R {
    visible_field(text, true, show)
}

fn visible_field<R>(text: &mut String, has_lines: bool, show: impl FnOnce(TextEdit<'_>) -> R) -> R {
    let hides = text.contains(is_hidden);
    // A box is one character, as what it stands for, so the caret keeps its place.
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
        let font = TextStyle::Body.resolve(ui.style());
        let tint = ui.visuals().widgets.inactive.text_color();
        let job = if has_lines {
            let lines: Vec<_> = text.as_str().split('\n').map(displayable).collect();
            LayoutJob::simple(lines.join("\n"), font, tint, width)
        } else {
            LayoutJob::simple_singleline(displayable(text.as_str()).into_owned(), font, tint)
        };
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let edit = if has_lines {
        TextEdit::multiline(text)
    } else {
        TextEdit::singleline(text)
    };
    show(if hides {
        edit.layouter(&mut layouter)
    } else {
        edit
    })
}
