//! A text measurer without fonts.
//!
//! Must not know: shaping.

use super::hyphenation::Hyphenator;
use super::segmentation::Word;
use super::wrap::{WordMetrics, line_width, wrap};
use super::{Measure, Style, WrappedLine};

/// A measurer in which every character is half an em wide, for layout tests with predictable
/// widths.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedWidth;

/// Width of a character in ems.
const CHAR_WIDTH: f32 = 0.5;

impl WordMetrics for FixedWidth {
    fn blank(&self) -> f32 {
        CHAR_WIDTH
    }

    fn word(&mut self, word: &str) -> Word {
        Word {
            width: word.chars().count() as f32 * CHAR_WIDTH,
            ..Word::classify(word)
        }
    }

    fn hyphens(&mut self, text: &str, word: &str) -> Vec<usize> {
        Hyphenator::default().places(text, word)
    }

    fn clusters(&mut self, piece: &str, out: &mut Vec<(usize, f32)>) {
        out.clear();
        let ends = piece.char_indices().map(|(at, c)| at + c.len_utf8());
        out.extend(
            ends.enumerate()
                .map(|(i, end)| (end, (i + 1) as f32 * CHAR_WIDTH)),
        );
    }
}

impl Measure for FixedWidth {
    fn width(&mut self, text: &str, style: Style) -> f32 {
        line_width(self, text) * style.size
    }

    fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<WrappedLine> {
        let mut broken = Vec::new();
        wrap(self, text, super::ems(max, style), &mut broken);
        super::lines(broken, style)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Face;

    fn wrapped(text: &str, chars: f32) -> Vec<String> {
        let style = Style {
            face: Face::Regular,
            size: 2.0,
        };
        let lines = FixedWidth.wrap(text, style, chars);
        for line in &lines {
            let width = FixedWidth.width(&line.text(text), style);
            assert!((line.width - width).abs() < 1e-3, "{line:?} {width}");
        }
        let lines = lines.iter().map(|line| line.text(text).into_owned());
        lines.collect()
    }

    #[test]
    fn fills_lines() {
        assert_eq!(wrapped("one two three", 7.0), ["one two", "three"]);
        assert_eq!(wrapped("one two three", 6.0), ["one", "two", "three"]);
        assert_eq!(wrapped("", 6.0), [""; 0]);
        assert_eq!(wrapped("  a  ", 6.0), ["  a"]);
        assert_eq!(wrapped("   ", 6.0), [""]);
    }

    #[test]
    fn hard_breaks_start_new_lines() {
        assert_eq!(wrapped("a\nb\r\nc\u{2028}d", 99.0), ["a", "b", "c", "d"]);
        assert_eq!(wrapped("a\n\nb\n", 99.0), ["a", "", "b"]);
        assert_eq!(wrapped("\n", 99.0), [""]);
    }

    #[test]
    fn breaks_inside_words_only_where_needed() {
        assert_eq!(
            wrapped("a well-known fact", 8.0),
            ["a well-", "known", "fact"]
        );
        assert_eq!(wrapped("well-known", 99.0), ["well-known"]);
        assert_eq!(wrapped("abcdefgh", 3.0), ["abc", "def", "gh"]);
        assert_eq!(wrapped("x abcdefgh", 3.0), ["x", "abc", "def", "gh"]);
        assert_eq!(wrapped("日本語です", 2.0), ["日本", "語で", "す"]);
    }

    #[test]
    fn words_wider_than_a_line_are_hyphenated() {
        assert_eq!(
            wrapped("Die Lebensversicherungsgesellschaft", 16.0),
            ["Die", "Lebensversiche-", "rungsgesell-", "schaft"]
        );
        assert_eq!(
            wrapped("Kfz-Haftpflichtversicherung", 14.0),
            ["Kfz-", "Haftpflicht-", "versicherung"]
        );
        // The places that the author has chosen.
        assert_eq!(
            wrapped("Donau\u{ad}dampfschiff", 12.0),
            ["Donau\u{ad}", "dampfschiff"]
        );
        assert_eq!(
            wrapped("www.example.org/beschwerde", 14.0),
            ["www.example.or", "g/beschwerde"]
        );
    }

    #[test]
    fn punctuation_stays_with_its_word() {
        assert_eq!(wrapped("aa bonjour !", 11.0), ["aa", "bonjour !"]);
        assert_eq!(wrapped("aaa ( b )", 6.0), ["aaa", "( b )"]);
    }

    #[test]
    fn wrapping_terminates_without_room() {
        assert_eq!(wrapped("abc", 0.0), ["a", "b", "c"]);
        assert_eq!(wrapped("abc", -5.0), ["a", "b", "c"]);
        assert_eq!(wrapped("abc", f32::NAN), ["abc"]);
        assert_eq!(wrapped("e\u{301}e\u{301}", 0.0), ["e\u{301}", "e\u{301}"]);
    }
}
