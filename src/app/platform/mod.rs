//! What the window asks of the system: dialogs, screens, motion settings, signals, requirements,
//! the scale factor.
//!
//! Must not know: maps, documents.

pub mod file_dialog;
pub(crate) mod monitors;
mod reduced_motion;
pub(crate) mod requirements;
pub(crate) mod scale_factor;
pub(crate) mod shutdown;
pub(crate) mod window_state;

use crate::task::{Progress, Task};
use egui::Context;

/// Starts work on a thread with this name; its end draws a new frame.
pub(crate) fn spawn_task<T: Send + 'static>(
    ctx: &Context,
    name: &str,
    work: impl FnOnce(&Progress) -> T + Send + 'static,
) -> Task<T> {
    let ctx = ctx.clone();
    Task::spawn(name, move || ctx.request_repaint(), work)
}
