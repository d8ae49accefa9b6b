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
mod field_conversion;
mod from_wire;
mod id_assignment;
mod id_tables;
mod lexer;
pub mod limit;
mod prescan;
mod pretty_printer;
pub(crate) mod read;
mod source_map;
mod v0;
mod v1;
mod warning;
mod wire_types;
pub(crate) mod write;

pub use error::{Bracket, Position, Problem, ReadError};
pub use prescan::comments;
pub use read::{Document, decode, read, value};
pub use source_map::{SourceMap, locate};
pub use v1::VERSION;
pub use warning::{Warning, WarningKind};
pub use write::write;

/// Whether this text is exactly the canonical text of the map, so that saving
/// the unchanged map changes no byte.
pub fn is_canonical(text: &[u8], map: &crate::model::Map) -> bool {
    write(map).as_bytes() == text
}

#[cfg(test)]
mod tests;
