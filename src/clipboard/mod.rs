//! Copy and paste of parts of a map.
//!
//! A [`Fragment`] is a part of a map that can stand alone. As text it is a small
//! journey map in the native format with a plain list above it; pasting it is one
//! [`crate::edit::Intent`].
//!
//! Must not know: the clipboard, disk, windows, drawing.

mod clipboard_text;
mod fragment;
mod paste;
#[cfg(test)]
mod proptests;

pub use clipboard_text::{FragmentError, MAX_TEXT_BYTES, looks_like_map};
pub use fragment::{CopySelection, Fragment, FragmentKind};
pub use paste::{PasteTarget, Pasted};
