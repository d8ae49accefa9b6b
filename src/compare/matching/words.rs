//! The words of a name that tell it from others, and how alike two names are.
//!
//! Must not know: records.

use crate::folding::fold_text;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash as _, Hasher as _};

/// Words of fewer characters say little ("the", "zu"), unless there are no others.
const SHORT: usize = 4;

/// Characters of a word that count, so that its endings do not.
const STEM: usize = 5;

/// Folds a name without a leading number: `4a. Pays`, `(4) Pays` and `Step 4: Pays` are `pays`.
pub(super) fn unnumbered(name: &str) -> String {
    let folded = fold_text(name);
    let mut rest = folded.as_str();
    for word in ["step ", "stage ", "phase ", "schritt ", "etape "] {
        let after = rest.strip_prefix(word).map(str::trim_start);
        rest = after
            .filter(|after| after.starts_with(|c: char| c.is_ascii_digit()))
            .unwrap_or(rest);
    }
    let number = rest.trim_start_matches(['(', '[', '#']);
    let digits = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if digits.len() == number.len() {
        return folded;
    }
    // A letter directly behind the number, as in "4a.": without a sign it may be a unit.
    let is_sign = |c: char| matches!(c, '.' | ')' | ']' | ':' | '-' | '–' | '—');
    let letter = digits.strip_prefix(|c: char| c.is_ascii_lowercase());
    let tail = letter
        .filter(|tail| tail.starts_with(is_sign))
        .unwrap_or(digits);
    let ends = |c: char| is_sign(c) || c.is_whitespace();
    match tail.trim_start_matches(ends) {
        "" => folded,
        name if name.len() == tail.len() => folded,
        name => name.to_owned(),
    }
}

/// The words of a text as numbers, without repetition, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words(Vec<u32>);

impl Words {
    /// The words of a folded text.
    pub fn of(folded: &str) -> Words {
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let is_long = |word: &&str| !word.is_ascii() || word.len() >= SHORT;
        let any_long = words.iter().any(is_long);
        let mut found = FxHashSet::default();
        for word in words.iter().filter(|word| !any_long || is_long(word)) {
            if word.chars().any(is_unspaced) {
                let letters: Vec<char> = word.chars().collect();
                let pairs = letters.windows(2).map(<[char]>::to_vec);
                let single = (letters.len() == 1).then_some(letters.clone());
                found.extend(pairs.chain(single).map(|pair| number_of(&pair)));
            } else {
                let stem: Vec<char> = word.chars().take(STEM).collect();
                found.insert(number_of(&stem));
            }
        }
        let mut found: Vec<u32> = found.into_iter().collect();
        found.sort_unstable();
        Words(found)
    }

    /// The words in ascending order.
    pub fn numbers(&self) -> &[u32] {
        &self.0
    }

    /// The share of words that two texts have in common, 0 … 100 (Dice's coefficient).
    pub fn likeness(&self, other: &Words) -> u32 {
        let all = self.0.len() + other.0.len();
        if self.0.is_empty() || other.0.is_empty() {
            return 0;
        }
        let common = self.0.iter().filter(|it| other.0.binary_search(it).is_ok());
        (200 * common.count() / all) as u32
    }
}

/// Whether a script writes words without spaces: Chinese, Japanese, Thai and others.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2ffff}')
}

fn number_of(letters: &[char]) -> u32 {
    let mut hasher = FxHasher::default();
    letters.hash(&mut hasher);
    (hasher.finish() >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_numbers_do_not_belong_to_a_name() {
        for name in [
            "4a. Pays the bill",
            "4. Pays the bill",
            "(4) Pays the bill",
            "4.2 Pays the  BILL",
            "Step 4: Pays the bill",
            "#4 - Pays the bill",
            "4b) Pays the bill",
        ] {
            assert_eq!(unnumbered(name), "pays the bill", "{name}");
        }
        for name in [
            "24h hotline",
            "3D model",
            "4",
            "Step by step",
            "2nd call",
            "",
        ] {
            assert_eq!(unnumbered(name), fold_text(name), "{name}");
        }
    }

    #[test]
    fn names_are_alike_by_their_longer_words_without_endings() {
        let alike = |a: &str, b: &str| Words::of(&fold_text(a)).likeness(&Words::of(&fold_text(b)));
        assert_eq!(alike("Compares the offers", "Compare offers"), 100);
        assert_eq!(alike("Pays", "Waits"), 0);
        assert_eq!(alike("", ""), 0);
        assert_eq!(alike("To do", "to be"), 50);
        assert!(alike("見積もりを比較する", "見積もりの比較") >= 55);
        let (one, other) = ("Vergleicht Angebote online", "Angebote vergleichen");
        assert_eq!(alike(one, other), 80);
    }
}
