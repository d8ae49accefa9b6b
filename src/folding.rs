//! The comparison of names, the same everywhere: case, accents, composition, invisible
//! characters and the number of spaces are ignored; and the characters that nobody sees.
//!
//! Must not know: what is compared or searched.

use icu_normalizer::DecomposingNormalizerBorrowed;
use rustc_hash::FxHashMap;

/// The canonical form, in which the marks of a letter have one order.
const CANONICAL: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();

/// Letters without the form in which they are written, such as full width.
const COMPATIBLE: DecomposingNormalizerBorrowed<'static> =
    DecomposingNormalizerBorrowed::new_nfkd();

/// Values by name. An exact match comes first, otherwise the first name that is the
/// same once folded.
#[derive(Clone, Debug)]
pub struct NameIndex<T> {
    exact: FxHashMap<String, T>,
    folded: FxHashMap<String, T>,
}

impl<T: Clone> NameIndex<T> {
    /// Adds a name, unless it is blank; the first value of a name stays.
    pub fn add(&mut self, name: &str, value: T) {
        let folded = fold_text(name);
        if !folded.is_empty() {
            let exact = self.exact.entry(name.to_owned());
            exact.or_insert_with(|| value.clone());
            self.folded.entry(folded).or_insert(value);
        }
    }

    /// Returns the value of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        let exact = self.exact.get(name);
        exact.or_else(|| self.folded.get(&fold_text(name)))
    }
}

impl<T> Default for NameIndex<T> {
    fn default() -> NameIndex<T> {
        NameIndex {
            exact: FxHashMap::default(),
            folded: FxHashMap::default(),
        }
    }
}

impl<N: AsRef<str>, T: Clone> FromIterator<(N, T)> for NameIndex<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(names: I) -> NameIndex<T> {
        let mut index = NameIndex::default();
        for (name, value) in names {
            index.add(name.as_ref(), value);
        }
        index
    }
}

/// Whether two names are the same once folded.
pub fn is_same_name(one: &str, other: &str) -> bool {
    one == other || fold_text(one) == fold_text(other)
}

/// Folds a text for comparing names: removes case, accents, compatibility forms,
/// invisible characters and repeated white space.
///
/// ```
/// assert_eq!(touchline::folding::fold_text("  Café  CRÈME "), "cafe creme");
/// ```
pub fn fold_text(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let canonical = CANONICAL.normalize(text);
    canonical.chars().for_each(|c| push_folded(c, &mut folded));
    folded.trim().to_owned()
}

/// Appends a folded character: nothing for an accent, two letters for “ß”, one space for
/// any white space.
pub(crate) fn push_folded(c: char, out: &mut String) {
    if c.is_whitespace() {
        if !out.ends_with(' ') {
            out.push(' ');
        }
        return;
    }
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    let decomposed = COMPATIBLE.normalize_iter(std::iter::once(c));
    // Of several small letters of one capital, such as “σ” and “ς”, one remains.
    for c in decomposed
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
    {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ħ' => out.push('h'),
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            '‐' | '‑' => out.push('-'),
            // Characters such as “¨” decompose into a space and a mark.
            c if c == ' ' || is_mark(c) || is_ignorable(c) => {}
            c => out.push(c),
        }
    }
}

/// Whether a character is a control, or would reorder its surroundings, or is forbidden in
/// exchanged text. Lines show a box in its place, and pasted text is taken without it.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffb}')
        || (u32::from(c) & 0xfffe) == 0xfffe
}

/// Whether the character is a Hebrew or Arabic vowel mark, or only controls line breaks,
/// direction or the variant of a glyph.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{ad}'
        | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Whether the character is a combining mark of Latin, Greek or Cyrillic. Marks
/// of other scripts distinguish words and stay.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Returns the length in bytes of the prefix of `text` that folds to exactly `folded`.
pub(crate) fn folded_prefix_length(text: &str, folded: &str) -> Option<usize> {
    let mut rest = folded;
    let mut piece = String::new();
    let mut after_blank = true;
    for (at, c) in text.char_indices() {
        if rest.is_empty() && !is_mark(c) {
            return Some(at);
        }
        piece.clear();
        if c.is_whitespace() {
            if !after_blank {
                piece.push(' ');
            }
            after_blank = true;
        } else {
            push_folded(c, &mut piece);
            after_blank = false;
        }
        rest = rest.strip_prefix(piece.as_str())?;
    }
    rest.is_empty().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
    use proptest::prelude::*;

    #[test]
    fn case_and_composition_of_a_character_do_not_matter() {
        let composed = ComposingNormalizerBorrowed::new_nfc();
        let decomposed = DecomposingNormalizerBorrowed::new_nfd();
        let mut different = Vec::new();
        for c in '\0'..='\u{1ffff}' {
            let text = c.to_string();
            let folded = fold_text(&text);
            for same in [
                folded.clone(),
                composed.normalize(&text).into_owned(),
                decomposed.normalize(&text).into_owned(),
                text.to_lowercase(),
                text.to_uppercase(),
                text.to_uppercase().to_lowercase(),
            ] {
                if fold_text(&same) != folded {
                    different.push((c, same));
                }
            }
        }
        assert!(different.is_empty(), "{different:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn composition_of_a_text_does_not_matter(
            text in "[a-zA-Zäßéñ가각が\u{3099}\u{300}-\u{36f}\u{e31}-\u{e4e}\u{93c}-\u{94d}नก ]{0,12}",
        ) {
            let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&text);
            let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&text);
            prop_assert_eq!(fold_text(&composed), fold_text(&decomposed));
        }
    }

    #[test]
    fn an_exact_name_comes_before_a_folded_one() {
        let index: NameIndex<u8> = [("Büro", 1), ("BURO", 2), ("buro", 3), (" ", 4)]
            .into_iter()
            .collect();
        for (name, value) in [("Büro", 1), ("BURO", 2), ("buro", 3), ("bu\u{308}ro ", 1)] {
            assert_eq!(index.get(name), Some(&value), "{name}");
        }
        assert_eq!((index.get(" "), index.get("")), (None, None));
    }

    #[test]
    fn folding_ignores_case_accents_and_width() {
        assert_eq!(fold_text("Straße ÅRHUS\u{a0}Łódź"), "strasse arhus lodz");
        assert_eq!(fold_text("ＡＢ １"), "ab 1");
        assert_eq!(fold_text("e\u{301}"), fold_text("É"));
        assert_ne!(fold_text("が"), "");
        assert_eq!(
            folded_prefix_length("BRANCH  office now", "branch office"),
            Some(14)
        );
        assert_eq!(folded_prefix_length("cafe\u{301}!", "cafe"), Some(6));
        assert_eq!(folded_prefix_length("bran", "branch"), None);
    }
}
