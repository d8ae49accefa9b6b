//! What the window asks of the system: dialogs, screens, motion settings, signals, requirements.
//!
//! Must not know: maps, documents.

pub mod file_dialog;
mod reduced_motion;
pub(crate) mod requirements;
pub(crate) mod shutdown;
pub(crate) mod window_state;
