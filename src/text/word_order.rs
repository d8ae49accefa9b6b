//! The order in which a renderer must get the words of a line that it draws from left to right,
//! shaping each word in its own direction.
//!
//! Must not know: typefaces, widths.

use super::char_class::{is_right_to_left_char, needs_bidi};
use std::borrow::Cow;
use unicode_bidi::BidiInfo;
use unicode_segmentation::UnicodeSegmentation;

/// Returns a line with its words in the order in which they stand from left to right (UAX #9). The
/// characters of a word keep their order. The line has as many characters as before.
pub fn in_word_order(line: &str) -> Cow<'_, str> {
    if !needs_bidi(line) {
        return Cow::Borrowed(line);
    }
    let bidi = BidiInfo::new(line, None);
    let mut out = String::with_capacity(line.len());
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_reversed = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let text = line.get(run).unwrap_or_default();
            if is_reversed {
                push_reversed(text, &mut out);
            } else {
                out.push_str(text);
            }
        }
    }
    Cow::Owned(out)
}

/// Whether [`in_word_order`] can change a line.
pub fn has_word_order(line: &str) -> bool {
    needs_bidi(line)
}

/// Adds words from the last to the first; what stands between them is mirrored.
fn push_reversed(text: &str, out: &mut String) {
    let mut end = text.len();
    let mut word_end = text.len();
    for (at, cluster) in text.grapheme_indices(true).rev() {
        if !cluster.starts_with(is_right_to_left_char) {
            out.push_str(text.get(end..word_end).unwrap_or_default());
            out.extend(cluster.chars().map(mirrored));
            word_end = at;
        }
        end = at;
    }
    out.push_str(text.get(end..word_end).unwrap_or_default());
}

/// The bracket or quotation mark that opens to the other side (UAX #9, L4).
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    #[test]
    fn words_stand_as_they_are_read() {
        for (text, wanted) in [
            ("plain (text), 3", "plain (text), 3"),
            ("שלום", "שלום"),
            ("שלום עולם, זה", "זה ,עולם שלום"),
            ("רחלה ABC 123", "ABC 123 רחלה"),
            ("שלום (עולם)", "(עולם) שלום"),
            ("say שלום עולם twice", "say עולם שלום twice"),
            ("שלב 12 סוף", "סוף 12 שלב"),
        ] {
            assert_eq!(in_word_order(text), wanted, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn nothing_is_lost(line in "[a-c א-דا-ت0-9 ,.()«»\u{301}\u{200f}]{0,24}") {
            let sorted = |text: &str| {
                let mut chars: Vec<char> = text.chars().map(|c| c.min(mirrored(c))).collect();
                chars.sort_unstable();
                chars
            };
            prop_assert_eq!(sorted(&in_word_order(&line)), sorted(&line));
        }
    }
}
