//! Keyboard input before anybody handles it: the queue of keys, the keyboard layout, and the
//! clipboard.
//!
//! Must not know: what keys mean.

mod clipboard;
mod layout;
mod queue;

pub(crate) use clipboard::Clipboard;
pub(crate) use queue::KeyQueue;
