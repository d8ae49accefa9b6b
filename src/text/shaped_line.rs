//! What shaping gives: glyphs on a line, and the fonts they may come from.

use super::fonts::FontKey;
use parley::fontique::Blob;

/// A glyph on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Which font.
    pub font: FontKey,
    /// Which glyph of it.
    pub id: u32,
    /// Right of the line's left end, in ems.
    pub x: f32,
    /// Below the baseline, in ems.
    pub y: f32,
}

/// One shaped line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shaped {
    /// The glyphs that show something, from left to right within each word.
    pub glyphs: Vec<Glyph>,
    /// In ems.
    pub width: f32,
}

impl Shaped {
    /// Whether the bundled faces hold every glyph of the line.
    pub fn is_bundled(&self) -> bool {
        self.glyphs
            .iter()
            .all(|glyph| glyph.font.face().is_some() && glyph.id != 0)
    }
}

/// A font of the system that holds characters the bundled faces lack.
#[derive(Clone, Debug)]
pub struct FallbackFace {
    /// Its full name, made unique.
    pub name: String,
    /// Which face of the file.
    pub index: u32,
    pub(super) data: Blob<u8>,
}

impl FallbackFace {
    /// The whole font file or collection.
    pub fn bytes(&self) -> &[u8] {
        self.data.as_ref()
    }
}
