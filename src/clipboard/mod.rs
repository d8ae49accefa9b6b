//! What goes in and out of a map other than its own file: what is copied and
//! pasted.
//!
//! A [`Fragment`] is a part of a map that can stand alone. As text it is a
//! small journey map in our own format with a plain list above it; pasting it
//! is one [`crate::edit::Intent`].
//!
//! Must not know: the clipboard, disk, windows, drawing.

mod clipboard_text;
mod fragment;
mod paste;
#[cfg(test)]
mod proptests;
mod ref_visitor;

pub use clipboard_text::{LIMIT, Unreadable, looks_like_a_map};
pub use fragment::{Copied, Fragment, Kind};
pub use paste::{Pasted, Place};
