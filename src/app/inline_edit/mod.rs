//! Inline editing of texts on the map: addresses of the texts, the field over a text,
//! and the ways to begin an edit.
//!
//! Must not know: sessions (handlers begin and end an edit).

mod editor;
mod field;
mod geometry;
pub(crate) mod lane_cells;
mod tab_order;
pub(crate) mod target;
mod type_to_edit;

pub(crate) use editor::{EditEnd, InlineEdit, InlineEditor};
pub use tab_order::TabStop;
pub use target::clear_cell;
