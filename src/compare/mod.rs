//! Comparison of two maps: the records that are the same, the differences, and sentences
//! about them.
//!
//! Must not know: files, windows, drawing.

mod matching;

pub use matching::{Corrections, MatchedBy, Matching, Objects};
