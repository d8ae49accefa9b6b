//! Errors of reading a text, as sentences for people, and positions in a text.
//!
//! Must not know: RON beyond its brackets.

use super::VERSION;
use std::fmt;

/// Line and column in a text, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl Position {
    /// Position of a byte; past the end means the end.
    pub(super) fn of(text: &str, offset: usize) -> Position {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line_start = before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        Position {
            line: before.iter().filter(|b| **b == b'\n').count() + 1,
            column: characters(&before[line_start..]) + 1,
        }
    }
}

/// Counts the characters that start in these bytes of valid UTF-8.
pub(super) fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count()
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Reason why a text cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No byte but white space.
    #[error("the file is empty; the smallest map is (title: \"T\", stages: [])")]
    Empty,
    /// Nothing but zero bytes, as after a power cut.
    #[error("the file is filled with zero bytes, as after a power cut; what it held is gone")]
    ZeroFilled,
    /// Bytes that are no UTF-8.
    #[error("the file is not UTF-8 text: it looks like {0}; save it again as UTF-8")]
    NotUtf8(&'static str),
    /// Bytes that are no text in any encoding.
    #[error("this is a picture or other data, not a journey map")]
    NotText,
    /// A zero byte inside the text.
    #[error("there is a zero byte in the text, so the file is damaged or no text at all")]
    ZeroByte,
    /// Marks that git leaves where two versions did not merge.
    #[error("git left both versions of a conflict here; keep one of them and delete the marks")]
    ConflictMarks,
    /// The stand-in that git-lfs leaves when the file itself was not fetched.
    #[error("this is only a git-lfs pointer; fetch the map itself with `git lfs pull`")]
    LfsPointer,
    /// A web page, XML or SVG.
    #[error("this is a web page or XML, not a journey map")]
    Markup,
    /// JSON.
    #[error("this is JSON, not a journey map; a map starts with a round bracket")]
    Json,
    /// More bytes than [`super::limit::BYTES`].
    #[error("the file has {megabytes} MB; at most {most} MB are read")]
    TooBig {
        /// Its size.
        megabytes: usize,
        /// The limit.
        most: usize,
    },
    /// More brackets inside each other than [`super::limit::DEPTH`].
    #[error("brackets are nested more than {0} deep here")]
    TooDeep(usize),
    /// More values than [`super::limit::VALUES`].
    #[error("the file holds more than {0} values")]
    TooMany(usize),
    /// More touchpoints than [`super::limit::TOUCHPOINTS`].
    #[error("the map has more than {0} touchpoints; split it")]
    TooManyTouchpoints(usize),
    /// A text with more characters than [`super::limit::TEXT`].
    #[error("this text has {characters} characters; at most {most} are read: split it")]
    TextTooLong {
        /// Its length.
        characters: usize,
        /// The limit.
        most: usize,
    },
    /// Written by a newer Touchline.
    #[error("this file needs Touchline's format {found}; this program reads up to {newest}")]
    Newer {
        /// The version the file states.
        found: u64,
        /// The newest version that is read.
        newest: u32,
    },
    /// A text without closing quotes.
    #[error("the text that begins here has no closing quotes")]
    UnclosedText,
    /// A `/*` without `*/`.
    #[error("the comment that begins here is not closed with */")]
    UnclosedComment,
    /// A bracket that is never closed.
    #[error("the bracket {open} that opens here is never closed with {close}")]
    UnclosedBracket {
        /// The bracket.
        open: char,
        /// The one that would close it.
        close: char,
    },
    /// A bracket closed by one of another kind.
    #[error("expected {expected} to close the bracket opened at {opened}, found {found}")]
    WrongBracket {
        /// The bracket that would close the open one.
        expected: char,
        /// Position of the opening bracket.
        opened: Position,
        /// The bracket here.
        found: char,
    },
    /// A closing bracket where none is open.
    #[error("there is no open bracket that this {0} could close")]
    StrayBracket(char),
    /// Something else than was expected.
    #[error("{0}")]
    Expected(String),
}

impl Problem {
    /// The problem of a file with a newer version than this program reads.
    pub(super) fn newer(found: impl Into<u64>) -> Problem {
        Problem::Newer {
            found: found.into(),
            newest: VERSION,
        }
    }
}

/// Reason and position of a text that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", prefix(*at))]
pub struct ReadError {
    /// Position; `None` where the whole file is meant.
    pub at: Option<Position>,
    /// The reason.
    pub problem: Problem,
}

impl ReadError {
    /// An error about the whole file.
    pub(super) fn of_file(problem: Problem) -> ReadError {
        ReadError { at: None, problem }
    }

    /// An error at a byte of the text.
    pub(super) fn at(text: &str, offset: usize, problem: Problem) -> ReadError {
        ReadError {
            at: Some(Position::of(text, offset)),
            problem,
        }
    }
}

/// The beginning of a message about this position.
pub(super) fn prefix(at: Option<Position>) -> String {
    at.map_or(String::new(), |at| format!("{at}: "))
}
