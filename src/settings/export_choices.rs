//! The choices for the last exported file, offered again for the next one.
//!
//! Must not know: formats and papers, which are words here.

use crate::theme::ThemeName;
use serde::{Deserialize, Serialize};

/// Choices for an exported file, in the words of the command line; empty for the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportChoices {
    /// Ending of the file, which is its format.
    pub format: String,
    /// Kind of pages of a PDF: map, poster, tiles or handout.
    pub pages: String,
    /// Paper of a poster.
    pub paper: String,
    /// Paper of tiles and handouts.
    pub sheet: String,
    /// Overlap of tiles in millimetres.
    pub overlap: Option<u8>,
    /// Width of a PNG in pixels; 0 for a scale.
    pub png_width: u32,
    /// Scale of a PNG in percent; 0 for the usual one.
    pub png_scale: u32,
    /// Paper of an SVG or PNG; empty for none.
    pub picture_paper: String,
    /// Whether the text of an SVG is drawn as outlines.
    pub outlines: bool,
    /// Whether slides are pictures.
    pub slide_pictures: bool,
    /// Size of slides.
    pub slide: String,
    /// Typeface of slides.
    pub slide_font: String,
    /// The theme, if it is not that of the window.
    pub theme: Option<ThemeName>,
}
