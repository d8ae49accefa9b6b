//! Two versions of a map: the records that are the same, the differences, sentences about
//! them, and one map of both.
//!
//! Must not know: files, windows, drawing.

mod combined;
mod comparison;
mod difference;
mod fields;
mod matching;
pub mod merge;
mod moves;
#[cfg(test)]
mod proptests;
mod records;
mod transfer;
mod values;

pub use combined::{CombinedMap, RecordPairs};
pub use comparison::Comparison;
pub use difference::{Difference, DifferenceKind, FieldChange, Place, Section, ValueKind};
pub use matching::{Corrections, MatchedBy, Matching, Objects};
pub use transfer::{Transfer, transfer};
