//! Results of shaping: glyphs on a line and the fonts they may come from.
//!
//! Must not know: how text is shaped.

use super::fonts::FontKey;
use parley::fontique::Blob;

/// A glyph on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The font.
    pub font: FontKey,
    /// Glyph index in the font.
    pub id: u32,
    /// Distance to the right from the line's left end, in ems.
    pub x: f32,
    /// Distance below the baseline, in ems.
    pub y: f32,
}

/// One shaped line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShapedLine {
    /// The visible glyphs, from left to right within each word.
    pub glyphs: Vec<Glyph>,
    /// Width in ems.
    pub width: f32,
}

impl ShapedLine {
    /// Whether the bundled faces contain every glyph of the line.
    pub fn is_bundled(&self) -> bool {
        self.glyphs
            .iter()
            .all(|glyph| glyph.font.face().is_some() && glyph.id != 0)
    }
}

/// A system font with characters that the bundled faces lack.
#[derive(Clone, Debug)]
pub struct FallbackFace {
    /// Full name, made unique.
    pub name: String,
    /// Index of the face in the file.
    pub index: u32,
    pub(super) data: Blob<u8>,
}

impl FallbackFace {
    /// The whole font file or collection.
    pub fn bytes(&self) -> &[u8] {
        self.data.as_ref()
    }
}
