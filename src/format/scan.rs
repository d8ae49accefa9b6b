//! One quick pass over a text before it is parsed: brackets, quotes, comments,
//! limits and the stated version. And the way back from a place in the content
//! to a place in the text.
//!
//! Knows the tokens of RON, not what they mean. Works with a stack of its own,
//! so that no nesting can overflow the program's.

use super::error::{Bracket, Position, Problem, ReadError};
use super::limit;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    Comma,
    Colon,
    /// A word or a number.
    Word,
    /// A text in quotes, raw or not.
    Text,
    Other,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

struct Fault {
    at: usize,
    problem: Problem,
}

struct Tokens<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// How many comments were skipped, and where the first one starts.
    comments: usize,
    first_comment: usize,
}

/// White space to RON beyond ASCII.
fn is_wide_space(c: char) -> bool {
    matches!(
        c,
        '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Tokens<'a> {
        Tokens {
            text,
            bytes: text.as_bytes(),
            at: 0,
            comments: 0,
            first_comment: 0,
        }
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn next(&mut self) -> Result<Option<Token>, Fault> {
        loop {
            let Some(&byte) = self.bytes.get(self.at) else {
                return Ok(None);
            };
            let start = self.at;
            let kind = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => {
                    self.at += 1;
                    continue;
                }
                b'/' => {
                    self.at += 1;
                    match self.peek() {
                        b'/' => self.skip_line(),
                        b'*' => self.skip_block(start)?,
                        _ => return Ok(Some(self.token(Kind::Other, start))),
                    }
                    if self.comments == 0 {
                        self.first_comment = start;
                    }
                    self.comments += 1;
                    continue;
                }
                b'"' => {
                    self.at += 1;
                    self.skip_text(start)?;
                    Kind::Text
                }
                b'\'' => {
                    self.skip_character();
                    Kind::Other
                }
                b'(' | b'[' | b'{' => {
                    self.at += 1;
                    Kind::Open
                }
                b')' | b']' | b'}' => {
                    self.at += 1;
                    Kind::Close
                }
                b',' => {
                    self.at += 1;
                    Kind::Comma
                }
                b':' => {
                    self.at += 1;
                    Kind::Colon
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'+' | b'-' | b'.' | 0x80.. => {
                    self.skip_word();
                    if self.at == start {
                        // Wide white space.
                        self.at += self.text[start..].chars().next().map_or(1, char::len_utf8);
                        continue;
                    }
                    self.after_word(start)?
                }
                _ => {
                    self.at += 1;
                    Kind::Other
                }
            };
            return Ok(Some(self.token(kind, start)));
        }
    }

    fn token(&self, kind: Kind, start: usize) -> Token {
        Token {
            kind,
            start,
            end: self.at,
        }
    }

    fn skip_line(&mut self) {
        self.at += self.bytes[self.at..]
            .iter()
            .position(|b| *b == b'\n')
            .unwrap_or(self.bytes.len() - self.at);
    }

    fn skip_block(&mut self, start: usize) -> Result<(), Fault> {
        self.at += 1;
        let mut level = 1_usize;
        while level > 0 {
            match self.bytes[self.at..] {
                [b'/', b'*', ..] => {
                    level += 1;
                    self.at += 2;
                }
                [b'*', b'/', ..] => {
                    level -= 1;
                    self.at += 2;
                }
                [_, ..] => self.at += 1,
                [] => {
                    return Err(Fault {
                        at: start,
                        problem: Problem::UnclosedComment,
                    });
                }
            }
        }
        Ok(())
    }

    fn skip_text(&mut self, start: usize) -> Result<(), Fault> {
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.at = (self.at + 2).min(self.bytes.len()),
                Some(_) => self.at += 1,
                None => {
                    return Err(Fault {
                        at: start,
                        problem: Problem::UnclosedText,
                    });
                }
            }
        }
    }

    fn skip_raw_text(&mut self, start: usize, hashes: usize) -> Result<(), Fault> {
        loop {
            let Some(quote) = self.bytes[self.at..].iter().position(|b| *b == b'"') else {
                return Err(Fault {
                    at: start,
                    problem: Problem::UnclosedText,
                });
            };
            self.at += quote + 1;
            let closing = self.bytes[self.at..]
                .iter()
                .take(hashes)
                .take_while(|b| **b == b'#')
                .count();
            self.at += closing;
            if closing == hashes {
                return Ok(());
            }
        }
    }

    /// A character in single quotes, or the lone quote where it is none.
    fn skip_character(&mut self) {
        let rest = &self.text[self.at + 1..];
        let inner = if rest.starts_with('\\') {
            rest.get(2..)
                .and_then(|r| r.bytes().take(12).position(|b| b == b'\''))
                .map(|p| p + 2)
        } else {
            rest.chars()
                .next()
                .map(char::len_utf8)
                .filter(|length| rest[*length..].starts_with('\''))
        };
        self.at += inner.map_or(1, |length| length + 2);
    }

    fn skip_word(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'+' | b'-' | b'.' => {
                    self.at += 1;
                }
                0x80.. => match self.text[self.at..].chars().next() {
                    Some(c) if !is_wide_space(c) => self.at += c.len_utf8(),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// `r"…"`, `r#"…"#`, `b"…"`, `br"…"` are texts; `r#word` is a word.
    fn after_word(&mut self, start: usize) -> Result<Kind, Fault> {
        let word = &self.bytes[start..self.at];
        match (word, self.peek()) {
            (b"b", b'"') => {
                self.at += 1;
                self.skip_text(start)?;
                Ok(Kind::Text)
            }
            (b"r" | b"br", b'"' | b'#') => {
                let hashes = self.bytes[self.at..]
                    .iter()
                    .take_while(|b| **b == b'#')
                    .count();
                if self.bytes.get(self.at + hashes) == Some(&b'"') {
                    self.at += hashes + 1;
                    self.skip_raw_text(start, hashes)?;
                    Ok(Kind::Text)
                } else {
                    if hashes == 1 {
                        self.at += 1;
                        self.skip_word();
                    }
                    Ok(Kind::Word)
                }
            }
            _ => Ok(Kind::Word),
        }
    }
}

/// What the pass found out.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The number behind `format:` in the outermost record, and where it stands.
    pub version: Option<(u64, usize)>,
    /// The first text that runs over a line break: where an earlier closing
    /// quote is missing, this is where it should have been.
    pub first_long_text: Option<usize>,
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
            Kind::Other | Kind::Word | Kind::Colon => {}
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

/// One step from a record or list to something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A field of a record.
    Field(String),
    /// An item of a list, or an entry of a `{…}`, from 0.
    Index(usize),
}

#[derive(Debug)]
struct Node {
    key: Option<(usize, usize)>,
    start: usize,
    end: usize,
    inside: Vec<Node>,
}

/// Where everything stands in a text. Costs a pass and memory for each value:
/// made only when there is something to report.
pub struct Places<'a> {
    text: &'a str,
    root: Option<Node>,
    line_starts: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Goes through the whole text, or as far as its brackets and quotes are whole.
    pub fn of(text: &'a str) -> Places<'a> {
        let mut line_starts = vec![0];
        line_starts.extend(
            text.bytes()
                .enumerate()
                .filter(|(_, b)| *b == b'\n')
                .map(|(at, _)| at + 1),
        );
        Places {
            text,
            root: tree(text),
            line_starts,
        }
    }

    /// The line and column of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let column = Position::of(&self.text[start..], offset - start).column;
        Position { line, column }
    }

    /// Like [`locate`].
    pub fn locate(&self, path: &str) -> Option<Position> {
        self.find(&steps(path))
    }

    /// Where the value at the end of a path begins; where the path goes on
    /// beyond what the text holds, the innermost thing it holds.
    pub(super) fn find(&self, path: &[Step]) -> Option<Position> {
        let mut node = self.root.as_ref()?;
        for step in path {
            let next = match step {
                Step::Index(index) => node.inside.get(*index),
                Step::Field(name) => node.inside.iter().find(|n| {
                    n.key.is_some_and(|(start, end)| {
                        let key = &self.text[start..end];
                        let key = key.strip_prefix("r#").unwrap_or(key);
                        key.trim_matches('"') == name
                    })
                }),
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        let key_names_it = matches!(path.last(), Some(Step::Index(_)));
        let start = match node.key {
            Some((key, _)) if key_names_it => key,
            _ => node.start,
        };
        Some(self.position(start))
    }

    /// The values that cover a byte or end there, the innermost last: the name
    /// of the field each stands in, where it has one, and where it starts.
    pub(super) fn around(&self, offset: usize) -> Vec<(Option<&'a str>, usize)> {
        let mut chain = Vec::new();
        let mut next = self.root.as_ref();
        while let Some(node) = next {
            let name = node.key.map(|(start, end)| &self.text[start..end]);
            chain.push((name, node.start));
            let place = node.inside.partition_point(|n| n.start <= offset);
            next = place
                .checked_sub(1)
                .map(|at| &node.inside[at])
                .filter(|n| offset <= n.end);
        }
        chain
    }
}

fn tree(text: &str) -> Option<Node> {
    struct Frame {
        node: Node,
        key: Option<(usize, usize)>,
        value: Option<Node>,
    }
    impl Frame {
        fn finish_value(&mut self) {
            let key = self.key.take();
            if let Some(mut value) = self.value.take() {
                value.key = key;
                self.node.inside.push(value);
            }
        }
    }
    let frame = |start| Frame {
        node: Node {
            key: None,
            start,
            end: start,
            inside: Vec::new(),
        },
        key: None,
        value: None,
    };
    let mut stack = vec![frame(0)];
    let mut tokens = Tokens::new(text);
    while let Ok(Some(token)) = tokens.next() {
        let depth = stack.len();
        let Some(top) = stack.last_mut() else { break };
        match token.kind {
            Kind::Open if depth > limit::DEPTH => break,
            Kind::Open => stack.push(frame(token.start)),
            Kind::Close if depth > 1 => {
                if let Some(mut done) = stack.pop() {
                    done.finish_value();
                    done.node.end = token.end;
                    if let Some(top) = stack.last_mut() {
                        top.value = Some(done.node);
                    }
                }
            }
            Kind::Close => break,
            Kind::Comma => top.finish_value(),
            Kind::Colon => top.key = top.value.take().map(|v| (v.start, v.end)),
            Kind::Word | Kind::Text | Kind::Other => match &mut top.value {
                Some(value) => value.end = token.end,
                None => {
                    top.value = Some(Node {
                        key: None,
                        start: token.start,
                        end: token.end,
                        inside: Vec::new(),
                    });
                }
            },
        }
    }
    // What is left open by a broken text ends with it.
    while let Some(mut done) = stack.pop() {
        done.finish_value();
        done.node.end = text.len();
        match stack.last_mut() {
            Some(top) => top.value = Some(done.node),
            None => return done.node.inside.into_iter().find(|n| !n.inside.is_empty()),
        }
    }
    None
}

/// A path as people write it: `stages[2].touchpoints[1].owner`.
fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split(['.', '[']).filter(|part| !part.is_empty()) {
        steps.push(match part.strip_suffix(']').map(str::parse) {
            Some(Ok(index)) => Step::Index(index),
            _ => Step::Field(part.to_owned()),
        });
    }
    steps
}

/// The line and column of the value at the end of a path such as
/// `stages[2].touchpoints[1].owner`, counted from 0; an entry of a `{…}` goes by
/// its key. Where the path leads beyond what the text
/// holds, of the innermost thing it holds. `None` for a text that holds nothing.
///
/// Goes through the whole text; for many paths use [`Places`].
pub fn locate(text: &str, path: &str) -> Option<Position> {
    Places::of(text).locate(path)
}

/// How many comments a text has, and where the first one is. Writing a map
/// does not keep them.
pub fn comments(text: &str) -> (usize, Option<Position>) {
    let mut tokens = Tokens::new(text);
    while let Ok(Some(_)) = tokens.next() {}
    let first = (tokens.comments > 0).then(|| Position::of(text, tokens.first_comment));
    (tokens.comments, first)
}
