//! Comparison of two maps: the records that are the same, the differences, and sentences
//! about them.
//!
//! Must not know: files, windows, drawing.

mod combined;
mod comparison;
mod difference;
mod fields;
mod matching;
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
