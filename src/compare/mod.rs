//! Two versions of a map: what differs, and one map of both.
//!
//! Must not know: files, windows, drawing.

pub mod merge;
