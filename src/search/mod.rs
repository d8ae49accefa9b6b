//! Search and filters over the texts of a map.
//!
//! Must not know: sessions, files, windows.

pub mod filter;
pub mod find;
mod needle;
