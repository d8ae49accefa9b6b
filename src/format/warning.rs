//! Warnings about a file that opened all the same.
//!
//! Must not know: the text of the file.

use super::error::Position;
use super::v1::VERSION;
use std::fmt;

/// Something in a file that its author should know about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Position of the value in question.
    pub at: Option<Position>,
    /// The id of the record it belongs to, as in the opened map; empty for the
    /// map itself.
    pub subject: String,
    /// The mistake.
    pub kind: WarningKind,
}

/// Mistake that a warning is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// A field that the format does not have. Its content is not in the map.
    UnknownField {
        /// The name of the field.
        field: String,
    },
    /// A reference to something that is not in the map. It is kept as it is.
    Dangling {
        /// The field that refers.
        field: &'static str,
        /// The kind of record it should refer to.
        word: &'static str,
        /// The id it names.
        id: String,
    },
    /// An id that an earlier record has already.
    DuplicateId {
        /// The kind of record.
        word: &'static str,
        /// The id both state.
        id: String,
        /// The id that the later one has in the opened map.
        given: String,
        /// Position of the first one.
        first: Option<Position>,
    },
    /// A key that its `{…}` has already; the later text is the one in the map.
    DuplicateKey {
        /// The field.
        field: &'static str,
        /// The key.
        key: String,
    },
    /// The same finding accepted twice; the first reason is the one in the map.
    DuplicateSuppression,
    /// A number with more decimals than are kept.
    Rounded {
        /// The field.
        field: &'static str,
        /// The number in the file.
        stated: String,
        /// The number in the map.
        kept: String,
    },
    /// The file was written in an older format; saving writes the present one.
    Older {
        /// The version it states.
        from: u64,
    },
    /// Number of further warnings, which are not listed.
    More(usize),
}

impl fmt::Display for WarningKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WarningKind::UnknownField { field } => write!(
                f,
                "the field “{field}” is not known here; saving the map drops it"
            ),
            WarningKind::Dangling { field, word, id } => {
                write!(
                    f,
                    "“{field}” refers to {word} “{id}”, which is not in the map"
                )
            }
            WarningKind::DuplicateId {
                word,
                id,
                given,
                first,
            } => {
                write!(f, "a second {word} has the id “{id}”")?;
                if let Some(first) = first {
                    write!(f, ", first used in line {}", first.line)?;
                }
                write!(f, "; here it is called “{given}”")
            }
            WarningKind::DuplicateKey { field, key } => write!(
                f,
                "“{field}” has the key “{key}” twice; the later text counts"
            ),
            WarningKind::DuplicateSuppression => {
                f.write_str("this finding is accepted twice; the first reason counts")
            }
            WarningKind::Rounded {
                field,
                stated,
                kept,
            } => write!(f, "“{field}” is {stated} and is kept as {kept}"),
            WarningKind::Older { from } => write!(
                f,
                "this file has format {from}; saving writes format {}",
                VERSION
            ),
            WarningKind::More(count) => {
                write!(f, "{count} more notices of this kind are not listed")
            }
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "{at}: {}", self.kind),
            None => write!(f, "{}", self.kind),
        }
    }
}
