//! State of the speaker's window.
//!
//! Must not know: its content.

use egui::{Context, Rect};

/// State of the window.
pub(super) struct SpeakerWindow {
    /// Whether the window is shown.
    pub is_open: bool,
    /// The screen on which it opens; `None` for any.
    pub place: Option<Rect>,
    /// Time at which the clock starts.
    pub started: f64,
}

impl SpeakerWindow {
    /// A closed window whose clock starts now.
    pub fn new(ctx: &Context) -> SpeakerWindow {
        SpeakerWindow {
            is_open: false,
            place: None,
            started: ctx.time(),
        }
    }

    /// Opens or closes the window.
    pub fn toggle(&mut self) {
        self.is_open = !self.is_open;
    }
}
