//! Lines of right-to-left text for widgets of egui, which draws words from left to right.
//!
//! Must not know: maps.

use crate::text::in_word_order;
use egui::Galley;

/// Returns the rows of a laid out text, each with its words in the order in which they are read,
/// as lines.
pub(super) fn rows_in_word_order(galley: &Galley, text: &str) -> String {
    let mut chars = text.chars();
    let mut lines = Vec::with_capacity(galley.rows.len());
    for (at, row) in galley.rows.iter().enumerate() {
        let is_cut = galley.elided && at + 1 == galley.rows.len();
        let count = row.glyphs.len() - usize::from(is_cut);
        let mut line: String = chars.by_ref().take(count).collect();
        if row.ends_with_newline {
            chars.next();
        }
        line.truncate(line.trim_end().len());
        if is_cut {
            line.push('…');
        }
        lines.push(in_word_order(&line).into_owned());
    }
    lines.join("\n")
}
