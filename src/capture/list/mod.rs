//! Pasted lists: text lines or a spreadsheet range as rows, with the meaning of
//! each column and remarks on data that is not imported as it stands.
//!
//! Must not know: the clipboard, windows.

mod columns;
mod parsed_list;
mod score_scale;
mod table;
#[cfg(test)]
mod tests;
mod text_list;

use super::vocabulary::Vocabulary;
pub use parsed_list::{Column, ExtraFields, ListRow, ListShape, MAX_CHARS, MAX_ROWS, ParsedList};

/// Parses a list, resolving these names.
pub fn read(text: &str, names: &Vocabulary) -> ParsedList {
    let mut names = names.clone();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if table::is_table(text) {
        table::read(text, &mut names)
    } else {
        text_list::read(text, &mut names)
    }
}

/// Whether a text is more than one capture line: several lines, or cells.
pub fn is_list(text: &str) -> bool {
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    filled.take(2).count() == 2 || table::is_table(text)
}
