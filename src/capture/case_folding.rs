//! Text folding for comparison and search: case, accents and the number of spaces
//! are ignored.
//!
//! Must not know: what is compared or searched.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Folds a text for comparing names: removes case, accents, compatibility forms
/// and repeated white space.
///
/// ```
/// assert_eq!(touchline::capture::fold_text("  Café  CRÈME "), "cafe creme");
/// ```
pub fn fold_text(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            push_folded(c, &mut folded);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn push_folded(c: char, out: &mut String) {
    for_each_folded(c, |c| {
        // Characters such as “¨” decompose into a space and a mark.
        if c != ' ' {
            out.push(c);
        }
    });
}

/// Calls `take` with each folded character of `c`: none for an accent, two for
/// “ß”, a space for any white space.
pub(crate) fn for_each_folded(c: char, mut take: impl FnMut(char)) {
    const NORMALIZER: DecomposingNormalizerBorrowed<'static> =
        DecomposingNormalizerBorrowed::new_nfkd();
    if c.is_ascii() {
        take(if c.is_ascii_whitespace() {
            ' '
        } else {
            c.to_ascii_lowercase()
        });
        return;
    }
    for c in NORMALIZER.normalize_iter(std::iter::once(c)) {
        for c in c.to_lowercase() {
            let mut letter = [0; 4];
            let folded = match c {
                'ß' => "ss",
                'æ' => "ae",
                'œ' => "oe",
                'ø' => "o",
                'ł' => "l",
                'đ' => "d",
                'ħ' => "h",
                'ı' => "i",
                'ς' => "σ",
                '‘' | '’' => "'",
                '“' | '”' => "\"",
                '‐' | '‑' => "-",
                c if is_mark(c) || is_ignorable(c) => "",
                c if c.is_whitespace() => " ",
                c => &*c.encode_utf8(&mut letter),
            };
            folded.chars().for_each(&mut take);
        }
    }
}

/// Whether the character is a Hebrew or Arabic vowel mark, or only controls line breaking.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{ad}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether the character is a combining mark of Latin, Greek or Cyrillic. Marks
/// of other scripts distinguish words and stay.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Returns the length in bytes of the prefix of `text` that folds to exactly `folded`.
pub(super) fn folded_prefix_length(text: &str, folded: &str) -> Option<usize> {
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
