//! A journey map as a file for people: `.journey.ron`, text ⇄ model.
//!
//! [`read`] takes what people write by hand: any layout, comments, fields in
//! any order, ids left out. [`write()`] gives the one canonical text of a map.
//! The laws: `read(write(m)) = m`, and `write(read(t)) = t` for canonical `t`.
//! No input makes reading overflow the stack or take more than a second a
//! megabyte; see [`limit`].
//!
//! Must not know: disk, paths of files, edits, drawing.

mod build;
mod error;
mod fields;
mod ids;
mod ink;
mod known;
mod notice;
mod parse;
mod places;
pub(crate) mod read;
mod scan;
mod tokens;
mod v0;
mod v1;
mod values;
pub(crate) mod write;

pub use error::{Bracket, Position, Problem, ReadError};
pub use notice::{Notice, NoticeKind};
pub use places::{Places, locate};
pub use read::{Document, decode, read, value};
pub use scan::comments;
pub use write::write;

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// What a file may hold at most.
pub mod limit {
    /// Bytes of the file: 64 MB.
    pub const BYTES: usize = 64 * 1024 * 1024;
    /// Brackets inside each other.
    pub const DEPTH: usize = 32;
    /// Values: texts, numbers, words, lists and records together.
    pub const VALUES: usize = 4_000_000;
    /// Notices; what goes beyond is counted in the last one.
    pub const NOTICES: usize = 1_000;
}

/// Whether this text is exactly what [`write()`] gives for the map, so that
/// saving the unchanged map changes no byte.
pub fn is_canonical(text: &[u8], map: &crate::model::Map) -> bool {
    write(map).as_bytes() == text
}

#[cfg(test)]
mod tests;
