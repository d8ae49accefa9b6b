//! What was wrong in a file that opened all the same.

use super::error::Position;
use std::fmt;

/// Something in a file that its author should know about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where the value in question stands.
    pub at: Option<Position>,
    /// The id of the record it belongs to, as in the opened map; empty for the
    /// map itself.
    pub subject: String,
    /// What it is.
    pub kind: NoticeKind,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// A field that the format does not have. Its content is not in the map.
    UnknownField {
        /// The name of the field.
        field: String,
    },
    /// A reference to something that is not in the map. It is kept as it is.
    Dangling {
        /// The field that refers.
        field: &'static str,
        /// The kind of thing it should refer to.
        word: &'static str,
        /// The id it names.
        id: String,
    },
    /// An id that an earlier record has already.
    DuplicateId {
        /// The kind of thing.
        word: &'static str,
        /// The id both state.
        id: String,
        /// The id that the later one has in the opened map.
        given: String,
        /// Where the first one stands.
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
        /// What the file says.
        stated: String,
        /// What the map says.
        kept: String,
    },
    /// The file was written in an older format; saving writes the present one.
    Older {
        /// The version it states.
        from: u64,
    },
    /// So many more notices that are not listed.
    More(usize),
}

impl fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoticeKind::UnknownField { field } => write!(
                f,
                "the field “{field}” is not known here; saving the map drops it"
            ),
            NoticeKind::Dangling { field, word, id } => {
                write!(
                    f,
                    "“{field}” refers to {word} “{id}”, which is not in the map"
                )
            }
            NoticeKind::DuplicateId {
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
            NoticeKind::DuplicateKey { field, key } => write!(
                f,
                "“{field}” has the key “{key}” twice; the later text counts"
            ),
            NoticeKind::DuplicateSuppression => {
                f.write_str("this finding is accepted twice; the first reason counts")
            }
            NoticeKind::Rounded {
                field,
                stated,
                kept,
            } => write!(f, "“{field}” is {stated} and is kept as {kept}"),
            NoticeKind::Older { from } => write!(
                f,
                "this file has format {from}; saving writes format {}",
                super::VERSION
            ),
            NoticeKind::More(count) => {
                write!(f, "{count} more notices of this kind are not listed")
            }
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "{at}: {}", self.kind),
            None => write!(f, "{}", self.kind),
        }
    }
}
