//! Words, the pieces they are shaped in, and line break opportunities (UAX #14).
//!
//! Must not know: fonts, shaping.

use unicode_linebreak::{BreakClass, break_property, linebreaks};
use unicode_segmentation::GraphemeCursor;

/// Length in bytes of the longest piece shaped at once; keeps a word of a million characters from
/// costing more than a text of that length.
pub(super) const CHUNK: usize = 256;

/// Properties of a word that wrapping needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Word {
    /// Width in ems.
    pub(super) width: f32,
    /// Whether the end of the word never prevents a break at the following blank.
    pub(super) breaks_after: bool,
    /// Whether the start of the word never prevents a break at the preceding blank.
    pub(super) breaks_before: bool,
    /// Whether a line may break inside the word.
    pub(super) has_inner_break: bool,
}

impl Word {
    /// Classifies a word; its width is not measured.
    pub(super) fn classify(word: &str) -> Word {
        let class = |c: char| break_property(u32::from(c));
        let start = word.chars().next().map(class);
        let end = word.chars().next_back().map(class);
        Word {
            width: 0.0,
            breaks_after: !matches!(
                end,
                None | Some(
                    BreakClass::OpenPunctuation
                        | BreakClass::Quotation
                        | BreakClass::BeforeAndAfter
                        | BreakClass::CombiningMark
                        | BreakClass::ZeroWidthJoiner
                        | BreakClass::ZeroWidthSpace
                )
            ),
            breaks_before: matches!(
                start,
                Some(
                    BreakClass::Alphabetic
                        | BreakClass::Numeric
                        | BreakClass::HebrewLetter
                        | BreakClass::Ideographic
                )
            ),
            has_inner_break: linebreaks(word).any(|(at, _)| at < word.len()),
        }
    }
}

/// Whether a line may break at the white space between the two words.
pub(super) fn may_break_between(before: &str, after: &str) -> bool {
    // The rules examine preceding combining marks at most; eight characters hold any real cluster.
    let tail = before
        .char_indices()
        .rev()
        .nth(7)
        .map_or(before, |(at, _)| &before[at..]);
    let mut pair = String::with_capacity(tail.len() + 5);
    pair.push_str(tail);
    pair.push(' ');
    let at = pair.len();
    pair.extend(after.chars().next());
    linebreaks(&pair).any(|(offset, _)| offset == at)
}

/// Whether the byte is a blank that separates words.
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// The words of a line with their byte offsets, without the blanks between them.
pub(super) fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split(['\t', ' ']).filter_map(move |word| {
        let start = at;
        at += word.len() + 1;
        (!word.is_empty()).then_some((start, word))
    })
}

/// The pieces that a word is shaped in: split between ideographs (which do not kern), and at
/// [`CHUNK`] bytes. Splitting the rest of a word after a piece gives the same further pieces.
pub(super) fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let head = &rest[..floor_grapheme(rest, CHUNK)];
        let mut cut = head.len();
        // Ideographs, emoji and Hangul start at U+1100.
        if head.as_bytes().iter().any(|b| *b >= 0xe1) {
            let splits = |at: usize| {
                let before = head[..at].chars().next_back();
                // A soft hyphen is drawn only at the end of a word.
                before != Some('\u{ad}')
                    && (before.is_some_and(is_ideographic)
                        || head[at..].starts_with(is_ideographic))
            };
            let mut breaks = linebreaks(head).map(|(at, _)| at);
            cut = breaks.find(|at| splits(*at)).unwrap_or(cut);
        }
        let piece;
        (piece, rest) = rest.split_at(cut);
        (!piece.is_empty()).then_some(piece)
    })
}

fn is_ideographic(c: char) -> bool {
    matches!(
        break_property(u32::from(c)),
        BreakClass::Ideographic
            | BreakClass::ConditionalJapaneseStarter
            | BreakClass::NonStarter
            | BreakClass::HangulLvSyllable
            | BreakClass::HangulLvtSyllable
            | BreakClass::HangulLJamo
            | BreakClass::HangulVJamo
            | BreakClass::HangulTJamo
            | BreakClass::EmojiBase
            | BreakClass::EmojiModifier
            | BreakClass::RegionalIndicator
    )
}

/// The last grapheme cluster boundary at or before `limit` bytes, but at least one character, so
/// that callers make progress even in an endless cluster.
pub(super) fn floor_grapheme(text: &str, limit: usize) -> usize {
    if text.len() <= limit {
        return text.len();
    }
    let at = text.floor_char_boundary(limit);
    let boundary = GraphemeCursor::new(at, text.len(), true);
    let found = match boundary.clone().is_boundary(text, 0) {
        Ok(true) => at,
        _ => boundary
            .clone()
            .prev_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(0),
    };
    if found > 0 {
        return found;
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    at.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_to_the_word() {
        let long = "x".repeat(1000);
        for word in [
            "日本語、テキスト",
            "well-known",
            "👩‍👩‍👧🇩🇪🇫🇷",
            "안녕",
            &long,
            "e\u{301}",
        ] {
            let joined: String = pieces(word).collect();
            assert_eq!(joined, word);
            assert!(pieces(word).all(|p| p.len() <= CHUNK));
        }
        let flags: Vec<&str> = pieces("🇩🇪🇫🇷").collect();
        assert_eq!(flags, ["🇩🇪", "🇫🇷"]);
        assert_eq!(pieces("日本、").collect::<Vec<_>>(), ["日", "本、"]);
    }

    #[test]
    fn no_break_before_closing_marks() {
        assert!(!may_break_between("bonjour", "!"));
        assert!(!may_break_between("(", "a"));
        assert!(may_break_between("a", "b"));
        assert!(may_break_between("a", "“b"));
    }

    #[test]
    fn words_have_their_offsets() {
        let found: Vec<_> = words("  a\tbc ").collect();
        assert_eq!(found, [(2, "a"), (4, "bc")]);
    }
}
