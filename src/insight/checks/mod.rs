//! The rules of each family, a file a family.
//!
//! Must not know: files, lines of text, drawing, editing, clocks.

pub(crate) mod channel;
pub(crate) mod evidence;
pub(crate) mod measurement;
pub(crate) mod ownership;
pub(crate) mod pain;
pub(crate) mod path;
pub(crate) mod structure;
