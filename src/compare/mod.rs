//! Two versions of a map: the records that are the same, the differences, sentences about
//! them, and one map of both.
//!
//! Must not know: files, windows, drawing.

mod combined;
mod comparison;
mod difference;
mod fields;
pub mod future;
mod items;
mod listed;
mod matching;
pub mod merge;
mod moves;
mod plain;
#[cfg(test)]
mod proptests;
mod records;
mod sections;
mod sentences;
mod telling;
mod transfer;
mod values;
mod wording;

pub use combined::{CombinedMap, RecordPairs};
pub use comparison::Comparison;
pub use difference::{
    Difference, DifferenceKind, DifferenceSection, FieldChange, Place, ValueKind,
};
pub use matching::{Corrections, MatchedBy, Matching, Objects};
pub use plain::to_plain_text;
pub use sentences::SentenceWriter;
pub use telling::{to_markdown, to_text};
pub use transfer::{Transfer, transfer};
