//! The panels at both sides of the map, and what they are given to read.
//!
//! Must not know: what panels show.

use super::shell::App;
use egui::Ui;

/// What the panels remember between frames.
#[derive(Default)]
pub struct Sides {
    focus_name: bool,
}

impl Sides {
    /// Puts the cursor into the name in the inspector, in the next frame.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
    }
}

impl App {
    /// Shows the panels.
    pub(super) fn show_panels(&mut self, _ui: &mut Ui) {}
}
