//! The command table, the actions of the window, shortcuts, and when each command is available.
//!
//! Must not know: widgets, the window, how a command is carried out.

pub mod action;
mod enablement;
pub(crate) mod held_value;
pub(crate) mod no_effect;
pub(crate) mod pressed;
mod shortcut;
pub mod table;
pub use action::Selection;
pub use enablement::{CommandState, is_in_owner_row};
