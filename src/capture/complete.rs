//! Name completion at the caret of a capture line.

use super::case_folding::fold_text;
use super::parse::{is_name_kind, parse};
use super::print::name_in_line;
use super::sigils::{is_blank, sigil_of};
use super::tokens::{LineToken, TokenKind};
use super::vocabulary::{NameKind, Vocabulary};
use std::ops::Range;

/// Maximum number of completions.
const MAX_OFFERS: usize = 8;

/// Completions available at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The kind of token being completed.
    pub kind: TokenKind,
    /// The byte range that a completion replaces.
    pub span: Range<usize>,
    /// The matching names, best first; never empty.
    pub items: Vec<CompletionItem>,
}

/// A matching name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionItem {
    /// The name.
    pub name: String,
    /// The replacement text, including the sigil and a trailing space.
    pub text: String,
}

/// Returns the completions for the name being typed before the caret (a byte
/// offset). `None` if no name is being typed, no name matches, or the only match
/// is already complete.
pub fn complete(line: &str, caret: usize, names: &Vocabulary) -> Option<Completion> {
    let before = line.get(..caret)?;
    let (kind, start, typed) =
        unfinished_name(before, names).or_else(|| unfinished_emotion(before, names))?;
    let which = NameKind::of(kind)?;
    let mut wanted = fold_text(typed);
    if typed.ends_with(is_blank) && !wanted.is_empty() {
        wanted.push(' ');
    }
    let mut fitting: Vec<(bool, &str)> = Vec::new();
    let within = format!(" {wanted}");
    for (name, folded) in names.all(which) {
        let is_prefix = folded.starts_with(&wanted);
        let fits = is_prefix || folded.contains(&within);
        if fits && !fitting.iter().any(|(_, known)| *known == name) {
            fitting.push((is_prefix, name));
        }
    }
    fitting.sort_by_key(|(is_prefix, _)| !is_prefix);
    fitting.truncate(MAX_OFFERS);
    if let [(_, only)] = fitting[..]
        && fold_text(only) == wanted
    {
        return None;
    }
    let after = &line[caret..];
    let end = caret + after.find(is_blank).unwrap_or(after.len());
    let blank = if line[end..].starts_with(is_blank) {
        ""
    } else {
        " "
    };
    let offer = |(_, name): (bool, &str)| {
        let text = name_in_line(kind, name, names)?;
        Some(CompletionItem {
            name: name.to_owned(),
            text: format!("{text}{blank}"),
        })
    };
    let offers: Vec<CompletionItem> = fitting.into_iter().filter_map(offer).collect();
    (!offers.is_empty()).then_some(Completion {
        kind,
        span: start..end,
        items: offers,
    })
}

/// The name whose sigil is the last one before the caret: kind, start, and typed text.
fn unfinished_name<'a>(before: &'a str, names: &Vocabulary) -> Option<(TokenKind, usize, &'a str)> {
    let start = before
        .char_indices()
        .rev()
        .find(|(at, c)| {
            matches!(sigil_of(*c), Some('@' | '%' | '#' | '>' | '&'))
                && before[..*at].chars().next_back().is_none_or(is_blank)
        })
        .map(|(at, _)| at)?;
    let sign = before[start..].chars().next()?;
    let typed = &before[start + sign.len_utf8()..];
    // A lone sigil parses as text: parse with a letter behind it.
    let letter = if typed.is_empty() { "x" } else { "" };
    let tokens = parse(&format!("{before}{letter}"), names).tokens;
    let at = tokens.iter().position(|token| token.span.start == start)?;
    let kind = tokens[at].kind;
    let goes_on = |rest: &[LineToken]| rest.iter().all(|token| token.kind == TokenKind::Name);
    let typed = typed.strip_prefix(['"', '“', '„']).unwrap_or(typed);
    (is_name_kind(kind) && goes_on(&tokens[at + 1..])).then_some((kind, start, typed))
}

/// The emotion being typed.
fn unfinished_emotion<'a>(
    before: &'a str,
    names: &Vocabulary,
) -> Option<(TokenKind, usize, &'a str)> {
    let tokens = parse(before, names).tokens;
    let last = tokens
        .last()
        .filter(|last| last.kind == TokenKind::Emotion)?;
    // Keep the sigil.
    let written = before[last.span.start..].chars().next();
    let sigil = written.filter(|c| sigil_of(*c) == Some('~'));
    let start = last.span.start + sigil.map_or(0, char::len_utf8);
    Some((TokenKind::Emotion, start, &before[start..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vocabulary {
        let mut names = Vocabulary::default();
        for channel in ["Phone", "Mobile app", "Post", "Café", "Chat #2"] {
            names.add(NameKind::Channels, channel);
        }
        names.add(NameKind::Departments, "Sales");
        names.add(NameKind::Departments, "Contact centre");
        names.add(NameKind::Emotions, "frustrated");
        names
    }

    fn offers(line: &str) -> Vec<String> {
        let line = line.replace('|', "");
        let caret = line.len();
        let found = complete(&line, caret, &names());
        found.map_or(Vec::new(), |c| {
            c.items.into_iter().map(|o| o.text).collect()
        })
    }

    #[test]
    fn prefixes_of_names_and_of_their_words_match() {
        assert_eq!(offers("Pays @p"), ["@Phone ", "@Post "]);
        assert_eq!(offers("Pays @a"), ["@Mobile app "]);
        assert_eq!(offers("Pays @CAF"), ["@Café "]);
        assert_eq!(offers("Pays #contact c"), ["#Contact centre "]);
        assert_eq!(offers("Pays @ch"), ["@Chat #2 "]);
        assert_eq!(offers("Pays @").len(), 5);
        assert_eq!(offers("@ph"), ["@Phone "]);
        assert_eq!(offers("Pays -1 fr"), ["frustrated "]);
        assert_eq!(offers("Pays ~fr"), ["frustrated "]);
    }

    #[test]
    fn no_completion_for_unknown_or_complete_names() {
        for line in [
            "",
            "Pays",
            "Pays @phone",
            "Pays @Phone ",
            "Pays @xyz",
            "Pays @phone the p",
            "Pays @post @p",
            "mail a@p",
            "Pays -1 ",
        ] {
            assert!(offers(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_completion_replaces_the_rest_of_the_word() {
        let found = complete("Pays @phx now", 8, &names()).unwrap();
        assert_eq!((found.span, found.items[0].text.as_str()), (5..9, "@Phone"));
    }
}
