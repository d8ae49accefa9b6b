//! A field for a text of a map, which may be longer than what is laid out of it.
//!
//! Must not know: fields of records.

use crate::folding::is_hidden;
use crate::model::MAX_TEXT_CHARS;
use crate::text::{displayable, shown_start};
use egui::text::LayoutJob;
use egui::{Galley, IdSalt, Response, TextBuffer, TextEdit, TextStyle, Ui};
use std::sync::Arc;

/// Maximum number of characters of a text that is searched for, and of a path.
pub const MAX_QUERY_CHARS: usize = 4_000;

/// Shows a field for a text; `edit` makes it. Of a long text only the start is laid out until the
/// field has the keyboard, since that takes a kilobyte a character. More than [`MAX_TEXT_CHARS`]
/// characters are not taken, and a line below says so.
pub fn show_text_field(
    ui: &mut Ui,
    salt: &str,
    text: &mut String,
    edit: impl for<'t> FnOnce(&'t mut dyn TextBuffer) -> TextEdit<'t>,
) -> Response {
    let id = ui.make_persistent_id(IdSalt::new(salt));
    let hides = text.contains(is_hidden);
    let is_edited = ui.memory(|memory| memory.has_focus(id));
    let start = shown_start(text).filter(|_| !is_edited);
    let mut start = start.as_deref();
    let shown: &mut dyn TextBuffer = match &mut start {
        Some(start) => start,
        None => text,
    };
    // The start alone cannot be edited, and looks as if it could.
    let background = ui.visuals().text_edit_bg_color();
    let edit = edit(shown).background_color(background);
    let mut boxes = boxes_layouter;
    let edit = if hides {
        edit.layouter(&mut boxes)
    } else {
        edit
    };
    let field = ui.add(edit.id(id).char_limit(MAX_TEXT_CHARS));
    if is_edited {
        show_limit(ui, text);
    }
    field
}

/// Lays out a text with a box in place of each character that cannot be seen. A box is one
/// character too, so the caret keeps its place.
fn boxes_layouter(ui: &Ui, text: &dyn TextBuffer, width: f32) -> Arc<Galley> {
    let font = TextStyle::Body.resolve(ui.style());
    let tint = ui.visuals().widgets.inactive.text_color();
    let lines: Vec<_> = text.as_str().split('\n').map(displayable).collect();
    let text = lines.join("\n");
    let job = if lines.len() > 1 {
        LayoutJob::simple(text, font, tint, width)
    } else {
        LayoutJob::simple_singleline(text, font, tint)
    };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Says that a text is as long as it can be.
pub fn show_limit(ui: &mut Ui, text: &str) {
    if is_full(text) {
        ui.weak(format!(
            "A text can have {MAX_TEXT_CHARS} characters; more is not taken."
        ));
    }
}

fn is_full(text: &str) -> bool {
    text.len() >= MAX_TEXT_CHARS && text.chars().nth(MAX_TEXT_CHARS - 1).is_some()
}
