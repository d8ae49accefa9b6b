//! A field for a text of a map, which may be longer than what is laid out of it.
//!
//! Must not know: fields of records.

use super::word_order::rows_in_word_order;
use crate::folding::is_hidden;
use crate::model::MAX_TEXT_CHARS;
use crate::text::{displayable, has_word_order, in_word_order, shown_start, visible_text};
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    FontId, Galley, IdSalt, Rect, Response, TextBuffer, TextEdit, TextStyle, Ui, WidgetInfo,
};
use std::sync::Arc;

/// Maximum number of characters of a text that is searched for, and of a path.
pub const MAX_QUERY_CHARS: usize = 4_000;

/// Upper limit of the margins at both sides of the text in a field, in points.
const FIELD_MARGINS: f32 = 20.0;

/// Shows a field for a text; `edit` makes it. Of a long text only the start is laid out until the
/// field has the keyboard, since that takes a kilobyte a character. More than [`MAX_TEXT_CHARS`]
/// characters are not taken, and a line below says so.
pub fn show_text_field(
    ui: &mut Ui,
    salt: &str,
    text: &mut String,
    edit: impl for<'t> FnOnce(&'t mut dyn TextBuffer) -> TextEdit<'t>,
) -> Response {
    show_shortened(ui, salt, text, None, edit)
}

/// Shows a field as [`show_text_field`] does, which shows `short` in place of the text until it is
/// edited.
pub fn show_shortened(
    ui: &mut Ui,
    salt: &str,
    text: &mut String,
    short: Option<String>,
    edit: impl for<'t> FnOnce(&'t mut dyn TextBuffer) -> TextEdit<'t>,
) -> Response {
    let id = ui.make_persistent_id(IdSalt::new(salt));
    let hides = text.contains(is_hidden);
    let is_edited = ui.memory(|memory| memory.has_focus(id));
    let short = short.filter(|_| !is_edited);
    let stands_in = short.is_some();
    let start = short.or_else(|| shown_start(text).filter(|_| !is_edited));
    // While it is edited, caret and selection need the text in its own order.
    let former = ui.ctx().read_response(id).map(|field| field.rect);
    let ordered =
        (!is_edited).then(|| in_reading_order(ui, former, start.as_deref().unwrap_or(text)));
    let ordered = ordered.flatten();
    let is_ordered = ordered.is_some();
    let start = ordered.or(start);
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
    if is_ordered {
        // The lines were broken for the width of the frame before.
        if former.map(|rect| rect.size()) != Some(field.rect.size()) {
            ui.ctx().request_repaint();
        }
    }
    if is_ordered || stands_in {
        // Assistive tools read the text, not the order in which it is drawn.
        let enabled = field.enabled();
        field.widget_info(|| WidgetInfo::text_edit(enabled, text.as_str(), text.as_str(), ""));
    }
    field
}

/// Returns the text of a field that has right-to-left words as egui must get it to draw these as
/// they are read; `None` if there are none. `former` is where the field was in the frame before.
fn in_reading_order(ui: &Ui, former: Option<Rect>, text: &str) -> Option<String> {
    if !has_word_order(text) {
        return None;
    }
    let font = TextStyle::Body.resolve(ui.style());
    let row_height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let lines = former.filter(|rect| rect.height() >= 2.0 * row_height);
    let Some(rect) = lines else {
        return Some(in_word_order(text).into_owned());
    };
    let tint = ui.visuals().text_color();
    let galley = ui
        .painter()
        .layout(text.to_owned(), font, tint, rect.width() - FIELD_MARGINS);
    Some(rows_in_word_order(&galley, text))
}

/// The start of a text that fits a width in one line, with an ellipsis; `None` if all of it fits.
pub fn elided(ui: &Ui, text: &str, font: FontId, width: f32) -> Option<String> {
    let tint = ui.visuals().text_color();
    let mut job = LayoutJob::simple_singleline(visible_text(text), font, tint);
    job.wrap = TextWrapping::truncate_at_width(width);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let row = galley.rows.first().filter(|_| galley.elided)?;
    Some(row.text())
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
