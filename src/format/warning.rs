//! Warnings about a file that opened all the same.
//!
//! Must not know: the text of the file.

use super::VERSION;
use super::error::{Position, prefix};

/// Something in a file that its author should know about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{kind}", prefix(*at))]
pub struct Warning {
    /// Position of the value in question.
    pub at: Option<Position>,
    /// The id of the record it belongs to, as in the opened map; empty for the
    /// map itself.
    pub subject: String,
    /// The place within that record, which stays when other mistakes are put right: the
    /// list of the record and the field (`touchpoints.pains[1].txt`), or for a duplicate
    /// id the kind, the id and the name.
    pub place: String,
    /// The mistake.
    pub kind: WarningKind,
}

/// Mistake that a warning is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say what each field is")]
pub enum WarningKind {
    /// A field that the format does not have. Its content is not in the map.
    #[error("the field “{field}” is not known here; saving the map drops it")]
    UnknownField { field: String },
    /// A reference to something that is not in the map. It is kept as it is.
    #[error("“{field}” refers to {word} “{id}”, which is not in the map")]
    Dangling {
        field: &'static str,
        word: &'static str,
        id: String,
    },
    /// An id that an earlier record has already.
    #[error("a second {word} has the id “{id}”{}; here it is called “{given}”", first_use(*first))]
    DuplicateId {
        word: &'static str,
        id: String,
        /// The id that the later one has in the opened map.
        given: String,
        /// Position of the first one.
        first: Option<Position>,
    },
    /// A key that its `{…}` has already; the later text is the one in the map.
    #[error("“{field}” has the key “{key}” twice; the later text counts")]
    DuplicateKey { field: &'static str, key: String },
    /// The same finding accepted twice; the first reason is the one in the map.
    #[error("this finding is accepted twice; the first reason counts")]
    DuplicateSuppression,
    /// A number with more decimals than are kept.
    #[error("“{field}” is {stated} and is kept as {kept}")]
    Rounded {
        field: &'static str,
        stated: String,
        kept: String,
    },
    /// The file was written in an older format; saving writes the present one.
    #[error("this file has format {from}; saving writes format {VERSION}")]
    Older { from: u64 },
    /// Number of further warnings, which are not listed.
    #[error("{0} more notices of this kind are not listed")]
    More(usize),
}

fn first_use(first: Option<Position>) -> String {
    first.map_or(String::new(), |first| {
        format!(", first used in line {}", first.line)
    })
}
