//! Case and accent folding for search, using the same rules as the comparison of
//! names, with a mapping back to the original text.
//!
//! Must not know: maps.

use crate::folding::push_folded;
use memchr::memmem::Finder;
use std::ops::Range;

/// A search text, prepared once for searching many texts.
pub struct Needle {
    finder: Finder<'static>,
    folded: Folded,
}

/// A folded text and the origin of each of its bytes.
#[derive(Default)]
struct Folded {
    text: String,
    /// For each byte of `text`, the offset of the original character. Empty where the
    /// offsets are equal, as in ASCII text without repeated blanks.
    origins: Vec<usize>,
}

impl Needle {
    /// Prepares a search text; `None` if it is empty after folding.
    pub fn new(text: &str) -> Option<Needle> {
        let mut folded = Folded::default();
        folded.fill(text.trim());
        if folded.text.is_empty() {
            return None;
        }
        let finder = Finder::new(folded.text.as_bytes()).into_owned();
        Some(Needle { finder, folded })
    }

    /// Calls `found` with each occurrence in a text: byte ranges of whole
    /// characters including their accents, without overlaps.
    pub fn find_in(&mut self, text: &str, mut found: impl FnMut(Range<usize>)) {
        self.folded.fill(text);
        let length = self.finder.needle().len();
        let mut free = 0;
        for at in self.finder.find_iter(self.folded.text.as_bytes()) {
            let range = self.folded.origin(at..at + length, text.len());
            if range.start >= free {
                free = range.end;
                found(range);
            }
        }
    }
}

impl Folded {
    fn fill(&mut self, text: &str) {
        self.text.clear();
        self.origins.clear();
        if text.is_ascii() {
            text.chars().for_each(|c| push_folded(c, &mut self.text));
            if self.text.len() == text.len() {
                return;
            }
            self.text.clear();
        }
        for (at, c) in text.char_indices() {
            push_folded(c, &mut self.text);
            self.origins.resize(self.text.len(), at);
        }
    }

    /// Returns the bytes of the original that a range of folded bytes comes from.
    fn origin(&self, range: Range<usize>, length: usize) -> Range<usize> {
        if self.origins.is_empty() {
            return range;
        }
        let start = self.origins.get(range.start).copied().unwrap_or(length);
        let last = self.origins.get(range.end.saturating_sub(1)).copied();
        // A character that folds to nothing, such as an accent, belongs to the
        // letter before it.
        let after = self.origins.get(range.end..).unwrap_or_default();
        let end = after.iter().find(|from| Some(**from) != last).copied();
        start..end.unwrap_or(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'t>(needle: &str, text: &'t str) -> Vec<&'t str> {
        let mut found = Vec::new();
        if let Some(mut needle) = Needle::new(needle) {
            needle.find_in(text, |range| found.push(&text[range]));
        }
        found
    }

    #[test]
    fn case_accents_and_width_do_not_matter() {
        assert_eq!(
            found("emile", "Émile, E\u{301}MILE"),
            ["Émile", "E\u{301}MILE"]
        );
        assert_eq!(found("STRASSE", "In der Straße"), ["Straße"]);
        assert_eq!(found("lodz", "Łódź"), ["Łódź"]);
        assert_eq!(found("atm", "ＡＴＭ"), ["ＡＴＭ"]);
        assert_eq!(found("istanbul", "İstanbul"), ["İstanbul"]);
        assert_eq!(found("ΟΔΟΣ", "οδός"), ["οδός"]);
        assert_eq!(found("don't", "Don’t know"), ["Don’t"]);
        assert_eq!(found("銀行", "新しい銀行へ"), ["銀行"]);
    }

    #[test]
    fn line_breaks_are_spaces_and_hits_do_not_overlap() {
        assert_eq!(found(" the offer ", "Reads the\noffer"), ["the\noffer"]);
        assert_eq!(found("aa", "aaaaa"), ["aa", "aa"]);
        assert_eq!(found("s", "ß"), ["ß"]);
        assert!(found("  ", "a b").is_empty());
        assert!(found("\u{301}", "é").is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn every_text_is_found_in_itself(text in "\\PC{1,12}", around in "\\PC{0,6}") {
            prop_assume!(Needle::new(&text).is_some());
            let whole = format!("{around}{text}{around}");
            prop_assert!(!found(&text, &whole).is_empty());
            // Ranges end at character boundaries, else the slicing above had
            // panicked.
            prop_assert!(!found(&text.to_uppercase(), &whole).is_empty() || text.to_uppercase().to_lowercase() != text.to_lowercase());
        }

        #[test]
        fn hits_are_ordered_and_do_not_overlap(text in "[aAáß\u{301}s \n]{0,40}", needle in "[aás ]{1,3}") {
            let mut last = 0;
            if let Some(mut needle) = Needle::new(&needle) {
                needle.find_in(&text, |range| {
                    assert!(range.start >= last && range.end > range.start);
                    last = range.end;
                });
            }
        }
    }
}
