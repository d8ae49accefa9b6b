//! One pass over the tokens of a text before it is read: brackets, quotes,
//! comments, limits, the stated version, and the parts that no value needs.
//!
//! Works with a stack of its own, so that no nesting can overflow the program's.
//! Must not know: fields other than `format`.

use super::VERSION;
use super::error::{Position, Problem, ReadError};
use super::lexer::{Lexer, SyntaxError, Token, TokenKind};
use super::limit;
use std::borrow::Cow;
use std::ops::Range;

/// Result of the pass over a whole text.
#[derive(Debug, Default)]
pub(super) struct Prescan {
    /// The number behind `format:` in the outermost record.
    pub version: Option<StatedVersion>,
    /// Start of the first text that runs over a line break: where an earlier
    /// closing quote is missing, this is where it should have been.
    pub first_long_text: Option<usize>,
    /// Attributes such as `#![enable(implicit_some)]`.
    attributes: Vec<Range<usize>>,
    /// Names directly before the bracket of a record, except `Some`.
    names: Vec<Range<usize>>,
    /// Brackets directly inside those of a name: `Name((…))`.
    doubled: Vec<Range<usize>>,
}

/// A format version as a file states it.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatedVersion {
    pub number: u64,
    pub at: usize,
    /// Whether it stands before the first list or record.
    pub leads: bool,
}

impl Prescan {
    /// The text without attributes and names of records, which some programs write.
    pub fn without_names<'a>(&self, text: &'a str) -> Cow<'a, str> {
        blanked(text, self.attributes.iter().chain(&self.names))
    }

    /// The text without attributes, and with single brackets for `Name((…))`.
    pub fn without_doubled_brackets<'a>(&self, text: &'a str) -> Cow<'a, str> {
        blanked(text, self.attributes.iter().chain(&self.doubled))
    }
}

/// Replaces parts of a text by spaces, so that all positions stay as they are.
fn blanked<'a, 'r>(text: &'a str, parts: impl Iterator<Item = &'r Range<usize>>) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    for part in parts {
        let spaces = " ".repeat(part.len());
        text.to_mut().replace_range(part.clone(), &spaces);
    }
    text
}

/// Checks brackets, quotes, comments, limits and the version.
///
/// # Errors
/// If one of them is wrong, or the version is newer than this program.
pub(super) fn prescan(text: &str) -> Result<Prescan, ReadError> {
    let mut found = Prescan::default();
    scan(text, &mut found).map_err(|error| {
        // Where quotes do not pair up, everything after the missing one is
        // inside out; the text that runs over a line break is the likely place.
        let is_quote_lost = matches!(
            error.problem,
            Problem::UnclosedText
                | Problem::UnclosedBracket { .. }
                | Problem::WrongBracket { .. }
                | Problem::StrayBracket(_)
        );
        let (at, problem) = match found.first_long_text {
            Some(start) if is_quote_lost => (start, Problem::UnclosedText),
            _ => (error.at, error.problem),
        };
        ReadError::at(text, at, problem)
    })?;
    Ok(found)
}

/// An open bracket.
struct OpenBracket {
    bracket: char,
    start: usize,
    is_doubled: bool,
    /// Whether it is the value of the field `data`, which holds a picture.
    is_data: bool,
}

/// The bracket that closes this one.
fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

fn scan(text: &str, found: &mut Prescan) -> Result<(), SyntaxError> {
    let error = |at, problem| Err(SyntaxError { at, problem });
    let mut lexer = Lexer::new(text);
    let mut open: Vec<OpenBracket> = Vec::new();
    let mut values = 0_usize;
    // Before the outermost value, and before the first one in it.
    let (mut is_before, mut leads) = (true, true);
    let mut attribute = None;
    let mut before: [Option<Token>; 2] = [None, None];
    while let Some(token) = lexer.next()? {
        let slice = |token: Token| &text[token.start..token.end];
        match token.kind {
            TokenKind::Open => {
                if open.len() == limit::DEPTH {
                    return error(token.start, Problem::TooDeep(limit::DEPTH));
                }
                let mut is_doubled = false;
                let is_data = is_data(text, before);
                match before {
                    [Some(hash), Some(bang)]
                        if is_before && slice(hash) == "#" && slice(bang) == "!" =>
                    {
                        attribute = Some(hash.start);
                    }
                    [_, Some(name)] if is_name(text, name, token) && slice(name) != "Some" => {
                        found.names.push(name.start..name.end);
                    }
                    [Some(name), Some(outer)] => {
                        is_doubled = slice(token) == "(" && is_name(text, name, outer);
                    }
                    _ => {}
                }
                is_before &= attribute.is_some();
                leads &= open.is_empty();
                open.push(OpenBracket {
                    bracket: char::from(lexer.bytes[token.start]),
                    start: token.start,
                    is_doubled,
                    is_data,
                });
                values += 1;
            }
            TokenKind::Close => {
                let found_here = char::from(lexer.bytes[token.start]);
                let Some(opening) = open.pop() else {
                    return error(token.start, Problem::StrayBracket(found_here));
                };
                let expected = closing(opening.bracket);
                if expected != found_here {
                    let problem = Problem::WrongBracket {
                        expected,
                        opened: Position::of(text, opening.start),
                        found: found_here,
                    };
                    return error(token.start, problem);
                }
                if opening.is_doubled {
                    found.doubled.push(opening.start..opening.start + 1);
                    found.doubled.push(token.start..token.end);
                }
                if open.is_empty()
                    && let Some(start) = attribute.take()
                {
                    found.attributes.push(start..token.end);
                    leads = true;
                }
            }
            TokenKind::Comma => values += 1,
            TokenKind::Word if open.len() == 1 && found.version.is_none() => {
                if let [Some(name), Some(colon)] = before
                    && colon.kind == TokenKind::Colon
                    && slice(name) == "format"
                    && let Ok(number) = slice(token).parse()
                {
                    let at = token.start;
                    found.version = Some(StatedVersion { number, at, leads });
                    // First of all: the meaning of the rest depends on it.
                    if number > u64::from(VERSION) {
                        return error(at, Problem::newer(number));
                    }
                }
            }
            TokenKind::Text => {
                if token.end - token.start > limit::TEXT
                    && !open.last().is_some_and(|bracket| bracket.is_data)
                    && !is_data(text, before)
                {
                    let (characters, most) = (character_count(slice(token)), limit::TEXT);
                    if characters > most {
                        let problem = Problem::TextTooLong { characters, most };
                        return error(token.start, problem);
                    }
                }
                if found.first_long_text.is_none()
                    && lexer.bytes[token.start] == b'"'
                    && memchr::memchr(b'\n', &lexer.bytes[token.start..token.end]).is_some()
                {
                    found.first_long_text = Some(token.start);
                }
            }
            TokenKind::Other if is_conflict_mark(text, token.start) => {
                return error(token.start, Problem::ConflictMarks);
            }
            TokenKind::Other | TokenKind::Word | TokenKind::Colon => {}
        }
        if values > limit::VALUES {
            return error(token.start, Problem::TooMany(limit::VALUES));
        }
        before = [before[1], Some(token)];
    }
    match open.pop() {
        Some(last) => {
            let (open, close) = (last.bracket, closing(last.bracket));
            error(last.start, Problem::UnclosedBracket { open, close })
        }
        None => Ok(()),
    }
}

/// Whether the two tokens before a value are `data:`.
fn is_data(text: &str, before: [Option<Token>; 2]) -> bool {
    let [Some(name), Some(colon)] = before else {
        return false;
    };
    colon.kind == TokenKind::Colon && &text[name.start..name.end] == "data"
}

/// Characters of a text in quotes, an escape counted as one. Prefixes and hashes of raw texts are
/// not told from their content.
fn character_count(quoted: &str) -> usize {
    let mut chars = quoted.chars();
    let mut count = 0_usize;
    while let Some(c) = chars.next() {
        count += 1;
        if c == '\\' && chars.next() == Some('u') {
            chars.find(|c| *c == '}');
        }
    }
    count.saturating_sub(2)
}

/// Whether a word stands directly before a round bracket.
fn is_name(text: &str, word: Token, bracket: Token) -> bool {
    word.kind == TokenKind::Word
        && word.end == bracket.start
        && text[bracket.start..].starts_with('(')
        && text[word.start..].starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn is_conflict_mark(text: &str, at: usize) -> bool {
    let begins_line = at == 0 || text.as_bytes()[at - 1] == b'\n';
    begins_line
        && ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
            .iter()
            .any(|mark| text[at..].starts_with(mark))
}

/// Counts the comments of a text and finds the first one. Writing a map does
/// not keep them.
pub fn comments(text: &str) -> (usize, Option<Position>) {
    let mut lexer = Lexer::new(text);
    while let Ok(Some(_)) = lexer.next() {}
    let first = (lexer.comments > 0).then(|| Position::of(text, lexer.first_comment));
    (lexer.comments, first)
}
