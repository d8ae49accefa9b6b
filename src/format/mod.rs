//! Journey maps as files for people: `.journey.ron`, text ⇄ model.
//!
//! [`read`] takes files written by hand: any layout, comments, fields in any
//! order, ids left out. [`write()`] gives the one canonical text of a map.
//! The laws: `read(write(m)) = m`, and `write(read(t)) = t` for canonical `t`.
//! No input makes reading overflow the stack or take more than a second a
//! megabyte; see [`limit`]. The `ron` crate reads; limits, positions and
//! sentences are ours.
//!
//! Must not know: disk, paths of files, edits, drawing.

mod de;
mod error;
mod fields;
mod ids;
mod lexer;
pub(crate) mod map_records;
mod pending_warnings;
mod prescan;
mod printer;
pub(crate) mod read;
mod source_map;
mod v0;
mod v1;
mod warning;

pub use error::{Position, Problem, ReadError};
pub use map_records::{is_canonical, write};
pub use prescan::comments;
pub use read::{Document, check_limits, decode, read, value};
pub use source_map::{SourceMap, locate};
pub use warning::{Warning, WarningKind};

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// Limits of a file.
pub mod limit {
    /// Bytes of the file: 64 MB.
    pub const BYTES: usize = 64 * 1024 * 1024;
    /// Brackets inside each other.
    pub const DEPTH: usize = 32;
    /// Values: texts, numbers, words, lists and records together.
    pub const VALUES: usize = 1_500_000;
    /// Touchpoints; with the values, this keeps a map below a gigabyte of memory.
    pub const TOUCHPOINTS: usize = 100_000;
    /// Characters of a text; the data of a picture may have more.
    pub const TEXT: usize = crate::model::MAX_TEXT_CHARS;
    /// Warnings; any more are only counted, in the last one.
    pub const WARNINGS: usize = 1_000;
}

#[cfg(test)]
mod tests;
