//! Which names fit where the caret stands.

use super::case_folding::fold;
use super::parse::{is_name, parse};
use super::print::name_in_line;
use super::sigils::{is_blank, sign_of};
use super::tokens::Kind;
use super::vocabulary::{Names, Which};
use std::ops::Range;

/// So many names are offered at once.
const OFFERS: usize = 8;

/// What can be put where the caret stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is being written.
    pub kind: Kind,
    /// What an offer replaces, in bytes.
    pub span: Range<usize>,
    /// The names that fit, best first; never none.
    pub offers: Vec<Offer>,
}

/// A name that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The name.
    pub name: String,
    /// What to write for it, sign and following blank included.
    pub text: String,
}

/// The names that fit what is being written before the caret (a place in
/// bytes); `None` where no name is being written, none fits, or the only one
/// stands there already.
pub fn complete(line: &str, caret: usize, names: &Names) -> Option<Completion> {
    let before = line.get(..caret)?;
    let (kind, start, typed) = unfinished_name(before, names).or_else(|| emotion(before, names))?;
    let which = Which::of(kind)?;
    let mut wanted = fold(typed);
    if typed.ends_with(is_blank) && !wanted.is_empty() {
        wanted.push(' ');
    }
    let mut fitting: Vec<(usize, &str)> = Vec::new();
    for (name, folded) in names.all(which) {
        let rank = if folded.starts_with(&wanted) {
            0
        } else if folded.contains(&format!(" {wanted}")) {
            1
        } else {
            continue;
        };
        if !fitting.iter().any(|(_, known)| *known == name) {
            fitting.push((rank, name));
        }
    }
    fitting.sort_by_key(|(rank, _)| *rank);
    fitting.truncate(OFFERS);
    if let [(_, only)] = fitting[..]
        && fold(only) == wanted
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
    let offers: Vec<Offer> = fitting
        .into_iter()
        .filter_map(|(_, name)| {
            let text = name_in_line(kind, name, names)?;
            Some(Offer {
                name: name.to_owned(),
                text: format!("{text}{blank}"),
            })
        })
        .collect();
    (!offers.is_empty()).then_some(Completion {
        kind,
        span: start..end,
        offers,
    })
}

/// The name whose sign is the last one before the caret, and what of it was typed.
fn unfinished_name<'a>(before: &'a str, names: &Names) -> Option<(Kind, usize, &'a str)> {
    let start = before
        .char_indices()
        .rev()
        .find(|(at, c)| {
            matches!(sign_of(*c), Some('@' | '%' | '#' | '>'))
                && before[..*at].chars().next_back().is_none_or(is_blank)
        })
        .map(|(at, _)| at)?;
    let sign = before[start..].chars().next()?;
    let typed = &before[start + sign.len_utf8()..];
    let parts = parse(before, names).parts;
    if typed.is_empty() {
        // The sign alone is still text: what would it be with a letter behind it?
        let parts = parse(&format!("{before}x"), names).parts;
        let part = parts.iter().find(|p| p.span.start == start)?;
        return is_name(part.kind).then_some((part.kind, start, typed));
    }
    let at = parts.iter().position(|p| p.span.start == start)?;
    let part = parts.get(at)?;
    let goes_on = parts.iter().skip(at + 1).all(|p| p.kind == Kind::Name);
    let typed = typed.strip_prefix(['"', '“', '„']).unwrap_or(typed);
    (is_name(part.kind) && goes_on).then_some((part.kind, start, typed))
}

/// The feeling that is being named.
fn emotion<'a>(before: &'a str, names: &Names) -> Option<(Kind, usize, &'a str)> {
    let parts = parse(before, names).parts;
    let last = parts.last().filter(|last| last.kind == Kind::Emotion)?;
    let written = &before[last.span.start..];
    // Its sign stays.
    let signed = written.chars().next().filter(|c| sign_of(*c) == Some('~'));
    let start = last.span.start + signed.map_or(0, char::len_utf8);
    Some((Kind::Emotion, start, &before[start..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        for channel in ["Phone", "Mobile app", "Post", "Café", "Chat #2"] {
            names.add(Which::Channels, channel);
        }
        names.add(Which::Departments, "Sales");
        names.add(Which::Departments, "Contact centre");
        names.add(Which::Emotions, "frustrated");
        names
    }

    fn offers(line: &str) -> Vec<String> {
        let line = line.replace('|', "");
        let caret = line.len();
        let found = complete(&line, caret, &names());
        found.map_or(Vec::new(), |c| {
            c.offers.into_iter().map(|o| o.text).collect()
        })
    }

    #[test]
    fn beginnings_of_names_and_of_their_words_fit() {
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
    fn nothing_is_offered_where_nothing_fits_or_all_is_written() {
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
    fn an_offer_replaces_the_rest_of_the_word() {
        let found = complete("Pays @phx now", 8, &names()).unwrap();
        assert_eq!(
            (found.span, found.offers[0].text.as_str()),
            (5..9, "@Phone")
        );
    }
}
