//! Keyboard input before anybody handles it: the queue of keys and the keyboard layout.
//!
//! Must not know: what keys mean.

mod layout;
mod queue;

pub(crate) use queue::KeyQueue;
