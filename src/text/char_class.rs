//! Properties of single characters for shaping and wrapping, and texts as they are shown.
//!
//! Must not know: fonts, words.

use crate::folding::is_hidden;
use std::borrow::Cow;
use std::path::Path;

/// Replacement for characters that must not take effect or cannot be drawn: controls, bidirectional
/// overrides, noncharacters.
pub const REPLACEMENT: char = '\u{25AF}';

/// The line as it is drawn: controls, bidirectional embeddings, overrides and isolates, and
/// noncharacters become a visible box, a tab becomes a space, a soft hyphen at the end of a word
/// becomes a hyphen. All backends draw this text, so that a label can neither hide text nor reorder
/// its surroundings.
pub fn displayable(line: &str) -> Cow<'_, str> {
    // Without an early exit, so that the compiler compares several bytes at once.
    let plain = |all: bool, b: &u8| all & (0x20..0x7f).contains(b);
    if line.as_bytes().iter().fold(true, plain) {
        return Cow::Borrowed(line);
    }
    if !line.chars().any(|c| is_replaced(c) || c == '\u{ad}') {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\t' => ' ',
            '\u{ad}' if matches!(chars.peek(), None | Some(' ' | '\t')) => '-',
            c if is_replaced(c) => REPLACEMENT,
            c => c,
        });
    }
    Cow::Owned(out)
}

/// Number of characters of a text that the window lays out at first.
const SHOWN_CHARS: usize = 2_000;

/// Returns the start of a text that is too long to be laid out as a whole, with an ellipsis.
pub fn shown_start(text: &str) -> Option<String> {
    if text.len() <= SHOWN_CHARS {
        return None;
    }
    let (end, _) = text.char_indices().nth(SHOWN_CHARS)?;
    Some(format!("{}…", &text[..end]))
}

/// Returns a text as labels show it: invisible characters (line breaks, control characters, marks
/// that change the text direction) become visible ones, and a long text ends in an ellipsis.
pub fn visible_text(text: impl Into<String>) -> String {
    let text = text.into();
    let text = shown_start(&text).unwrap_or(text);
    displayable(&text).into_owned()
}

/// The text on one line of plain text: controls, line breaks and marks that change the direction
/// become escapes as in the file of a map (`\n`, `\u{1b}`). A terminal obeys them, and a line break
/// would forge a line.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_escaped(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether plain text has an escape for the character.
pub fn is_escaped(c: char) -> bool {
    is_replaced(c) || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// File name without folders, for display.
pub fn display_file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    visible_text(name.to_string_lossy())
}

/// Whether a single line shows a replacement for the character.
fn is_replaced(c: char) -> bool {
    c == '\n' || c == '\t' || is_hidden(c)
}

/// Whether a character is trimmed at the end of a line: all white space but no-break spaces.
pub(super) fn is_trimmed(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// The text without trailing white space.
pub(super) fn trim_line_end(text: &str) -> &str {
    text.trim_end_matches(is_trimmed)
}

/// Whether the order of the characters on the line can differ from that in the text.
pub(super) fn needs_bidi(text: &str) -> bool {
    // Lead bytes of everything below U+0590 are smaller.
    text.as_bytes().iter().any(|b| *b >= 0xd6) && text.chars().any(is_right_to_left_char)
}

/// Whether the line as a whole runs from right to left: its first letter does
/// (UAX #9, P2 and P3).
pub fn is_right_to_left(line: &str) -> bool {
    needs_bidi(line)
        && line
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(is_right_to_left_char)
}

pub(super) fn is_right_to_left_char(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0590..=0x08ff
            | 0x200f
            | 0xfb1d..=0xfdff
            | 0xfe70..=0xfefe
            | 0x10800..=0x10fff
            | 0x1e800..=0x1efff
    )
}

/// Byte length of the hard line break at the start of `text`; 0 if there is none. Hard breaks are
/// LF, CR, CR LF, VT, FF, NEL, U+2028 and U+2029 (UAX #14, LB4 and LB5).
pub(super) fn hard_break_len(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] => 2,
        [0x0a..=0x0d, ..] => 1,
        [0xc2, 0x85, ..] => 2,
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_overrides_become_boxes() {
        assert_eq!(displayable("a\u{202e}b\u{0}"), "a\u{25AF}b\u{25AF}");
        assert_eq!(displayable("a\tb"), "a b");
        assert_eq!(displayable("Donau\u{ad}"), "Donau-");
        assert!(matches!(displayable("Größe"), Cow::Borrowed(_)));
    }

    #[test]
    fn labels_show_the_start_of_long_texts() {
        assert_eq!(visible_text("ü".repeat(2_000)), "ü".repeat(2_000));
        assert_eq!(visible_text("ü".repeat(2_001)), "ü".repeat(2_000) + "…");
    }

    #[test]
    fn plain_text_has_escapes_for_what_a_terminal_obeys() {
        assert_eq!(escaped("a\nb\r\u{1b}[2J"), "a\\nb\\r\\u{1b}[2J");
        assert_eq!(escaped("\u{9b}\u{7f}\u{200f}"), "\\u{9b}\\u{7f}\\u{200f}");
        assert!(matches!(
            escaped("Größe \u{1f469}\u{200d}\u{1f4bb}"),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn no_break_spaces_are_not_trimmed() {
        assert_eq!(trim_line_end("a \u{a0}\t\u{3000}"), "a \u{a0}");
    }
}
