//! One quick pass over a text before it is parsed: brackets, quotes, comments,
//! limits and the stated version.
//!
//! Works with a stack of its own, so that no nesting can overflow the program's.

use super::error::{Bracket, Position, Problem, ReadError};
use super::limit;
use super::tokens::{Fault, Kind, Token, Tokens};

/// What the pass found out.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The number behind `format:` in the outermost record, and where it stands.
    pub version: Option<(u64, usize)>,
    /// The first text that runs over a line break: where an earlier closing
    /// quote is missing, this is where it should have been.
    pub first_long_text: Option<usize>,
}

/// The version that a text states before its first list or record, and where.
/// Looks at the beginning only.
pub(super) fn stated(text: &str) -> Option<(u64, usize)> {
    let mut tokens = Tokens::new(text);
    let mut inside = false;
    let mut before: [Option<Token>; 2] = [None, None];
    while let Ok(Some(token)) = tokens.next() {
        let slice = |token: Token| &text[token.start..token.end];
        match token.kind {
            // Attributes stand before the map.
            Kind::Open if slice(token) == "[" && !inside => {
                let mut depth = 1;
                while depth > 0 {
                    match tokens.next().ok()??.kind {
                        Kind::Open => depth += 1,
                        Kind::Close => depth -= 1,
                        _ => {}
                    }
                }
            }
            Kind::Open if !inside => inside = true,
            Kind::Open | Kind::Close => return None,
            Kind::Word => {
                if let [Some(name), Some(colon)] = before
                    && (name.kind, colon.kind) == (Kind::Word, Kind::Colon)
                    && slice(name) == "format"
                {
                    return slice(token).parse().ok().map(|found| (found, token.start));
                }
            }
            _ => {}
        }
        before = [before[1], Some(token)];
    }
    None
}

/// Checks brackets, quotes, comments and limits.
pub(super) fn outline(text: &str) -> Result<Outline, ReadError> {
    let mut outline = Outline::default();
    walk(text, &mut outline).map_err(|fault| {
        // Where quotes do not pair up, everything after the missing one is
        // inside out; the text that runs over a line break is the likely place.
        let lost_quote = matches!(
            fault.problem,
            Problem::UnclosedText
                | Problem::UnclosedBracket(_)
                | Problem::WrongBracket { .. }
                | Problem::StrayBracket(_)
        );
        match outline.first_long_text {
            Some(start) if lost_quote => ReadError {
                at: Some(Position::of(text, start)),
                problem: Problem::UnclosedText,
            },
            _ => ReadError {
                at: Some(Position::of(text, fault.at)),
                problem: fault.problem,
            },
        }
    })?;
    Ok(outline)
}

fn walk(text: &str, outline: &mut Outline) -> Result<(), Fault> {
    let fault = |at, problem| Err(Fault { at, problem });
    let mut tokens = Tokens::new(text);
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut values = 0_usize;
    let mut before: [Option<Token>; 2] = [None, None];
    while let Some(token) = tokens.next()? {
        match token.kind {
            Kind::Open => {
                if open.len() == limit::DEPTH {
                    return fault(token.start, Problem::TooDeep(limit::DEPTH));
                }
                open.push((tokens.bytes[token.start], token.start));
                values += 1;
            }
            Kind::Close => {
                let found = Bracket::of(tokens.bytes[token.start]);
                let Some((byte, start)) = open.pop() else {
                    return fault(token.start, Problem::StrayBracket(found));
                };
                let expected = Bracket::of(byte);
                if expected != found {
                    let opened = Position::of(text, start);
                    let problem = Problem::WrongBracket {
                        open: expected,
                        opened,
                        found,
                    };
                    return fault(token.start, problem);
                }
            }
            Kind::Comma => values += 1,
            Kind::Word if open.len() == 1 && outline.version.is_none() => {
                if let [Some(name), Some(colon)] = before
                    && colon.kind == Kind::Colon
                    && &text[name.start..name.end] == "format"
                    && let Ok(version) = text[token.start..token.end].parse()
                {
                    outline.version = Some((version, token.start));
                }
            }
            Kind::Text => {
                if outline.first_long_text.is_none()
                    && tokens.bytes[token.start] == b'"'
                    && tokens.bytes[token.start..token.end].contains(&b'\n')
                {
                    outline.first_long_text = Some(token.start);
                }
            }
            Kind::Other if is_conflict_mark(text, token.start) => {
                return fault(token.start, Problem::ConflictMarks);
            }
            Kind::Other | Kind::Word | Kind::Colon | Kind::End => {}
        }
        if values > limit::VALUES {
            return fault(token.start, Problem::TooMany(limit::VALUES));
        }
        before = [before[1], Some(token)];
    }
    match open.pop() {
        Some((byte, start)) => fault(start, Problem::UnclosedBracket(Bracket::of(byte))),
        None => Ok(()),
    }
}

fn is_conflict_mark(text: &str, at: usize) -> bool {
    let line_begins = at == 0 || text.as_bytes()[at - 1] == b'\n';
    line_begins
        && ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
            .iter()
            .any(|mark| text[at..].starts_with(mark))
}

/// How many comments a text has, and where the first one is. Writing a map
/// does not keep them.
pub fn comments(text: &str) -> (usize, Option<Position>) {
    let mut tokens = Tokens::new(text);
    while let Ok(Some(_)) = tokens.next() {}
    let first = (tokens.comments > 0).then(|| Position::of(text, tokens.first_comment));
    (tokens.comments, first)
}
