//! Texts as people compare them: case, accents and the width of blanks do not
//! count. Whoever compares or searches texts folds them with these letters.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// A text with everything folded away that does not count when names are
/// compared: case, accents, compatibility forms, the number of blanks.
///
/// ```
/// assert_eq!(touchline::capture::fold("  Café  CRÈME "), "cafe creme");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            fold_char(c, &mut folded);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn fold_char(c: char, out: &mut String) {
    letters(c, |c| {
        // Signs such as “¨” are made of a blank.
        if c != ' ' {
            out.push(c);
        }
    });
}

/// The letters that stand for a character where texts are compared: none for an
/// accent, two for “ß”, a blank for any white space.
pub(crate) fn letters(c: char, mut take: impl FnMut(char)) {
    const NORMALIZER: DecomposingNormalizerBorrowed<'static> =
        DecomposingNormalizerBorrowed::new_nfkd();
    if c.is_ascii() {
        take(match c.is_ascii_whitespace() {
            true => ' ',
            false => c.to_ascii_lowercase(),
        });
        return;
    }
    for c in NORMALIZER.normalize_iter(std::iter::once(c)) {
        for c in c.to_lowercase() {
            let as_written = match c {
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
                c if is_mark(c) || is_silent(c) => "",
                c if c.is_whitespace() => " ",
                c => {
                    take(c);
                    continue;
                }
            };
            as_written.chars().for_each(&mut take);
        }
    }
}

/// Vowel signs of Hebrew and Arabic, and what only tells where lines may break.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{ad}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Accents and the like of Latin, Greek and Cyrillic; marks of other scripts
/// make other words and stay.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// How many bytes at the beginning of `text` are, folded, exactly `folded`.
pub(super) fn match_length(text: &str, folded: &str) -> Option<usize> {
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
            fold_char(c, &mut piece);
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
    fn names_are_compared_as_people_do() {
        assert_eq!(fold("Straße ÅRHUS\u{a0}Łódź"), "strasse arhus lodz");
        assert_eq!(fold("ＡＢ １"), "ab 1");
        assert_eq!(fold("e\u{301}"), fold("É"));
        assert_ne!(fold("が"), "");
        assert_eq!(
            match_length("BRANCH  office now", "branch office"),
            Some(14)
        );
        assert_eq!(match_length("cafe\u{301}!", "cafe"), Some(6));
        assert_eq!(match_length("bran", "branch"), None);
    }
}
