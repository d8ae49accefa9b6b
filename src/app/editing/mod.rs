//! Edits of a map as intents, made from the map and the selection. Pure functions.
//!
//! Must not know: widgets, the window, sessions, files.

pub(crate) mod assign;
pub(crate) mod change_text;
pub(crate) mod feelings;
pub(crate) mod images;
pub(crate) mod lead_through;
pub(crate) mod structure;
