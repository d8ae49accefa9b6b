//! Character classes of the grammar: sigils, quotes, and the beginning of text.

use crate::model::Score;

/// Whether the character is white space between words. Non-breaking spaces
/// (before French `?` and `!`) are text.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Trims white space.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The ASCII form of a sigil; Asian keyboards type full-width forms.
pub(super) fn sigil_of(c: char) -> Option<char> {
    Some(match c {
        '@' | '%' | '#' | '!' | '+' | '*' | '?' | '>' | '~' | '&' => c,
        '＠' => '@',
        '％' => '%',
        '＃' => '#',
        '！' => '!',
        '＋' => '+',
        '＊' => '*',
        '？' => '?',
        '＞' => '>',
        '～' => '~',
        '＆' => '&',
        _ => return None,
    })
}

/// The characters that close a quote opened by this one.
pub(super) fn closing_quotes(open: char) -> Option<&'static [char]> {
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

/// Whether the text of a token may begin with this character, directly behind its sigil.
pub(super) fn can_start_text(c: char) -> bool {
    let odd = c.is_ascii_punctuation() && !matches!(c, '\\' | '(' | '[' | '{' | '\'' | '$' | '"');
    !odd && !is_blank(c) && sigil_of(c).is_none()
}

/// Whether a backslash at the beginning of a word escapes this character.
pub(super) fn is_escapable(c: char) -> bool {
    c.is_ascii_punctuation()
        || c.is_ascii_digit()
        || sigil_of(c).is_some()
        || closing_quotes(c).is_some()
        || is_minus(c)
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–')
}

/// Parses a whole word as a score; returns whether it has a sign. At most one
/// decimal; of unsigned numbers only zero is a score.
pub(super) fn parse_score(word: &str) -> Option<(Score, bool)> {
    let first = word.chars().next()?;
    let sign = match sigil_of(first) {
        _ if is_minus(first) => Some(-1),
        Some('+') => Some(1),
        _ => None,
    };
    let digits = &word[sign.map_or(0, |_| first.len_utf8())..];
    let (whole, tenth) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
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

/// The first word of a text.
pub(super) fn first_word(text: &str) -> &str {
    &text[..text.find(is_blank).unwrap_or(text.len())]
}

/// Removes the backslashes that escape the first character of a word.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut begins = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let hides = begins && c == '\\' && chars.peek().is_some_and(|next| is_escapable(*next));
        begins = is_blank(c);
        plain.extend(if hides { chars.next() } else { Some(c) });
    }
    plain
}

/// Parses a quote behind its opening character: the text, and the length in bytes
/// including the closing character. An unclosed quote extends to the end.
pub(super) fn parse_quoted(text: &str, closers: &[char]) -> (String, usize) {
    let mut plain = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if closers.contains(&c) {
            return (trim(&plain).to_owned(), at + c.len_utf8());
        }
        let is_hidden = |next: char| c == '\\' && (next == '\\' || closers.contains(&next));
        let hidden = chars.next_if(|(_, next)| is_hidden(*next));
        plain.push(hidden.map_or(c, |(_, next)| next));
    }
    (trim(&plain).to_owned(), text.len())
}
