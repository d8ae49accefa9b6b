//! Single characters of the grammar: which are signs, which quotes, where text may begin.

use crate::model::Score;

/// A blank between words. Blanks that do not break (before French `?` and `!`) are text.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Text without the blanks around it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The ASCII form of a sign; Asian keyboards type the wide ones.
pub(super) fn sign_of(c: char) -> Option<char> {
    Some(match c {
        '@' | '%' | '#' | '!' | '+' | '*' | '?' | '>' | '~' => c,
        '＠' => '@',
        '％' => '%',
        '＃' => '#',
        '！' => '!',
        '＋' => '+',
        '＊' => '*',
        '？' => '?',
        '＞' => '>',
        '～' => '~',
        _ => return None,
    })
}

/// What closes a quote that this character opens.
pub(super) fn closers(open: char) -> Option<&'static [char]> {
    Some(match open {
        '"' => &['"'],
        '“' => &['”'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '»' => &['«'],
        '＂' => &['＂'],
        _ => return None,
    })
}

/// Whether the text of a part may begin with this character, directly behind its sign.
pub(super) fn begins_text(c: char) -> bool {
    let odd =
        c.is_ascii_punctuation() && !matches!(c, '\\' | '(' | '[' | '{' | '\'' | '$' | '&' | '"');
    !odd && !is_blank(c) && sign_of(c).is_none()
}

/// Whether a backslash before this character, at the beginning of a word, hides it.
pub(super) fn escapable(c: char) -> bool {
    c.is_ascii_punctuation()
        || c.is_ascii_digit()
        || sign_of(c).is_some()
        || closers(c).is_some()
        || is_minus(c)
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–')
}

/// The score that a whole word is, and whether it has a sign; one decimal at
/// most, and no number without a sign but zero.
pub(super) fn score_of(word: &str) -> Option<(Score, bool)> {
    let first = word.chars().next()?;
    let (sign, digits) = if is_minus(first) {
        (Some(-1), &word[first.len_utf8()..])
    } else if sign_of(first) == Some('+') {
        (Some(1), &word[first.len_utf8()..])
    } else {
        (None, word)
    };
    let (whole, tenth) = match digits.split_once(['.', ',']) {
        Some((whole, tenth)) => (whole, tenth),
        None => (digits, "0"),
    };
    let plain = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(tenth) {
        return None;
    }
    let tenths = whole.parse::<i64>().ok()? * 10 + tenth.parse::<i64>().ok()?;
    if sign.is_none() && tenths != 0 {
        return None;
    }
    let score = Score::from_tenths(tenths * sign.unwrap_or(1))?;
    Some((score, sign.is_some()))
}

/// The word at the beginning of a text.
pub(super) fn first_word(text: &str) -> &str {
    &text[..text.find(is_blank).unwrap_or(text.len())]
}

/// Takes the backslashes away that hide the first character of a word.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut begins = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let hides = begins && c == '\\' && chars.peek().is_some_and(|next| escapable(*next));
        begins = is_blank(c);
        if !hides {
            plain.push(c);
        } else if let Some(next) = chars.next() {
            plain.push(next);
        }
    }
    plain
}

/// Reads a quote from behind its opening character: the text, and the bytes up
/// to and with the closing one; without one the quote runs to the end.
pub(super) fn quoted(text: &str, closers: &[char]) -> (String, usize) {
    let mut plain = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if closers.contains(&c) {
            return (trim(&plain).to_owned(), at + c.len_utf8());
        }
        let next = chars.peek().map(|(_, next)| *next);
        let hides = c == '\\' && next.is_some_and(|next| next == '\\' || closers.contains(&next));
        match next {
            Some(next) if hides => {
                plain.push(next);
                chars.next();
            }
            _ => plain.push(c),
        }
    }
    (trim(&plain).to_owned(), text.len())
}
