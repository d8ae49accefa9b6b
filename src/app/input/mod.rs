//! Keys before they reach a widget: one a frame, to the part of the window that has the keyboard.
//!
//! Must not know: what a command does.

mod key_queue;
mod key_routing;

pub(crate) use key_routing::{Focus, Input};
