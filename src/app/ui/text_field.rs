//! A field for a text of a map, which may be longer than what is laid out of it.
//!
//! Must not know: fields of records.

use crate::model::MAX_TEXT_CHARS;
use crate::text::shown_start;
use egui::{IdSalt, Response, TextBuffer, TextEdit, Ui};

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
    let field = ui.add(edit.id(id).char_limit(MAX_TEXT_CHARS));
    if is_edited {
        show_limit(ui, text);
    }
    field
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
