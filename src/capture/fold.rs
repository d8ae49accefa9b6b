//! Texts as people compare them: case, accents and the width of blanks do not count.

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
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    const NORMALIZER: DecomposingNormalizerBorrowed<'static> =
        DecomposingNormalizerBorrowed::new_nfkd();
    for c in NORMALIZER.normalize_iter(c.to_lowercase()) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            c if is_mark(c) || c.is_whitespace() => {}
            c => out.extend(c.to_lowercase()),
        }
    }
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
