//! Places for hyphens in words that are wider than a line.
//!
//! A map has no language, and its texts may have several: the language is that of the text around
//! the word, so that the same text is broken in the same way everywhere.
//! Must not know: fonts, widths.

use hypher::Lang;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;
use whatlang::Detector;

/// The languages that are told apart, with those of the patterns.
const LANGUAGES: [(whatlang::Lang, Lang); 16] = [
    (whatlang::Lang::Ces, Lang::Czech),
    (whatlang::Lang::Dan, Lang::Danish),
    (whatlang::Lang::Nld, Lang::Dutch),
    (whatlang::Lang::Eng, Lang::English),
    (whatlang::Lang::Fin, Lang::Finnish),
    (whatlang::Lang::Fra, Lang::French),
    (whatlang::Lang::Deu, Lang::German),
    (whatlang::Lang::Ell, Lang::Greek),
    (whatlang::Lang::Ita, Lang::Italian),
    (whatlang::Lang::Nob, Lang::Norwegian),
    (whatlang::Lang::Pol, Lang::Polish),
    (whatlang::Lang::Por, Lang::Portuguese),
    (whatlang::Lang::Rus, Lang::Russian),
    (whatlang::Lang::Spa, Lang::Spanish),
    (whatlang::Lang::Swe, Lang::Swedish),
    (whatlang::Lang::Ukr, Lang::Ukrainian),
];

/// Confidence below which a text in Latin letters counts as German. Few letters tell little, and
/// hardly any other language has words as long; its patterns suit the related languages too.
const MIN_CONFIDENCE: f64 = 0.15;

/// Minimum number of letters on either side of a hyphen.
const MIN_LETTERS: usize = 3;

/// Number of letters of the shortest word with a hyphen, and of the longest.
const WORD_LETTERS: std::ops::RangeInclusive<usize> = 8..=100;

/// Length in bytes of the text of which the language is detected.
const SAMPLE: usize = 400;

/// Number of texts at which the known languages are forgotten.
const MAX_TEXTS: usize = 4_096;

/// The line as drawn, with a hyphen at its end or without.
pub(super) fn drawn(line: &str, hyphen: bool) -> Cow<'_, str> {
    if hyphen {
        format!("{line}-").into()
    } else {
        line.into()
    }
}

/// Finds places for hyphens; remembers the language of texts.
#[derive(Default)]
pub(super) struct Hyphenator(FxHashMap<Box<str>, Option<Lang>>);

impl Hyphenator {
    /// Offsets in `word`, a word of `text`, before which it may be broken with a hyphen. None in
    /// what is no plain word (an address, a number), or has soft hyphens of its own.
    pub(super) fn places(&mut self, text: &str, word: &str) -> Vec<usize> {
        let is_outer = |c: char| !c.is_alphanumeric();
        let start = word.len() - word.trim_start_matches(is_outer).len();
        let core = word.trim_matches(is_outer);
        let is_plain = |c: char| c.is_alphabetic() || matches!(c, '-' | '’' | '\'');
        if !WORD_LETTERS.contains(&core.chars().count()) || !core.chars().all(is_plain) {
            return Vec::new();
        }
        let Some(language) = self.language(text) else {
            return Vec::new();
        };
        let (left, right) = language.bounds();
        let (left, right) = (left.max(MIN_LETTERS), right.max(MIN_LETTERS));
        let mut at = start;
        let mut places = Vec::new();
        for part in core.split_inclusive(['-', '’', '\'']) {
            let letters = part.trim_end_matches(['-', '’', '\'']);
            let mut end = at;
            for syllable in hypher::hyphenate_bounded(letters, language, left, right) {
                end += syllable.len();
                if end < at + letters.len() {
                    places.push(end);
                }
            }
            at += part.len();
        }
        places
    }

    fn language(&mut self, text: &str) -> Option<Lang> {
        let text = &text[..text.floor_char_boundary(SAMPLE)];
        if let Some(known) = self.0.get(text) {
            return *known;
        }
        if self.0.len() >= MAX_TEXTS {
            self.0.clear();
        }
        let found = detect(text);
        self.0.insert(text.into(), found);
        found
    }
}

/// The language of a text; `None` if there are no patterns for its script.
fn detect(text: &str) -> Option<Lang> {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::with_allowlist(LANGUAGES.map(|(known, _)| known).to_vec()));
    let found = DETECTOR.detect(text)?;
    let latin = found.script() == whatlang::Script::Latin;
    if latin && found.confidence() < MIN_CONFIDENCE {
        return Some(Lang::German);
    }
    let known = LANGUAGES.iter().find(|(known, _)| *known == found.lang());
    known.map(|(_, language)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hyphenated(text: &str, word: &str) -> String {
        let mut places = Hyphenator::default().places(text, word);
        places.reverse();
        let mut out = word.to_owned();
        for at in places {
            out.insert(at, '|');
        }
        out
    }

    #[test]
    fn words_are_broken_by_the_rules_of_their_language() {
        for (text, expected) in [
            (
                "Lebensversicherungsgesellschaft",
                "Lebens|ver|si|che|rungs|ge|sell|schaft",
            ),
            (
                "Kontoeröffnungsunterlagen",
                "Kon|to|er|öff|nungs|un|ter|la|gen",
            ),
            (
                "„Einkommensteuererklärung“,",
                "„Ein|kom|men|steu|er|erklä|rung“,",
            ),
            ("Kundnöjdhetsundersökning", "Kund|nöjd|hets|un|der|sök|ning"),
            (
                "Asiakastyytyväisyyskysely",
                "Asi|a|kas|tyy|ty|väi|syys|ky|sely",
            ),
            ("удовлетворённость", "удо|вле|тво|рён|ность"),
        ] {
            assert_eq!(hyphenated(text, text), expected);
        }
        // The language of a single word is known less well than that of the text around it.
        for (text, word, expected) in [
            (
                "The misunderstandings of the people",
                "misunderstandings",
                "mis|un|der|stand|ings",
            ),
            (
                "De verzekeraar vraagt naar de arbeidsongeschiktheidsverzekering",
                "arbeidsongeschiktheidsverzekering",
                "arbeids|on|ge|schikt|heids|ver|ze|ke|ring",
            ),
        ] {
            assert_eq!(hyphenated(text, word), expected);
        }
    }

    #[test]
    fn what_is_no_plain_word_has_no_places() {
        for word in [
            "https://example.org/a-long-address",
            "someone@example-organisation.org",
            "Terminvereinbarung2026",
            "Donau\u{ad}dampfschiff",
            "kurz",
            "日本語日本語日本語日本語",
            "",
        ] {
            assert_eq!(hyphenated(word, word), word);
        }
    }
}
