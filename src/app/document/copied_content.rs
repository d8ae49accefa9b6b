//! Content that was drawn for the clipboard.
//!
//! Must not know: the clipboard itself, how anything is drawn.

use egui::ColorImage;
use std::sync::Arc;

/// Content for the clipboard, with the part of the map that it shows in words.
#[derive(Clone, Debug)]
pub enum CopiedContent {
    /// A picture.
    Picture(Arc<ColorImage>, String),
    /// The text of an SVG.
    Svg(String, String),
}
