//! The typesetter as the canvas wants it: fonts by number.
//!
//! Must not know: textures, the map.

use super::canvas::{Bitmap, Glyph, GlyphSource};
use crate::geom::Path;
use crate::text::{Face, FontKey, Typesetter};

/// A typesetter with its fonts numbered in order of appearance.
#[derive(Default)]
pub struct Glyphs {
    /// Measures, wraps and shapes.
    pub typesetter: Typesetter,
    fonts: Vec<FontKey>,
}

impl Glyphs {
    /// With the bundled faces only: the same result on every machine.
    pub fn bundled() -> Glyphs {
        Glyphs {
            typesetter: Typesetter::bundled(),
            fonts: Vec::new(),
        }
    }

    fn number(&mut self, key: FontKey) -> u16 {
        let at = self.fonts.iter().position(|known| *known == key);
        let at = at.unwrap_or_else(|| {
            self.fonts.push(key);
            self.fonts.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }
}

impl GlyphSource for Glyphs {
    fn glyphs(&mut self, text: &str, face: Face, out: &mut Vec<Glyph>) {
        let shaped = self.typesetter.shape(text, face);
        for glyph in &shaped.glyphs {
            out.push(Glyph {
                font: self.number(glyph.font),
                id: glyph.id,
                x: glyph.x,
                y: glyph.y,
            });
        }
    }

    fn outline(&mut self, font: u16, id: u32) -> Option<Path> {
        let key = *self.fonts.get(usize::from(font))?;
        let outline = self.typesetter.outline(key, id)?;
        Some(Path::clone(&outline))
    }

    fn picture(&mut self, font: u16, id: u32, px: f32) -> Option<Bitmap> {
        let key = *self.fonts.get(usize::from(font))?;
        if !self.typesetter.has_bitmaps(key) {
            return None;
        }
        let bitmap = self.typesetter.bitmap(key, id, px)?;
        Some(Bitmap {
            width: bitmap.width,
            height: bitmap.height,
            rgba: bitmap.rgba.clone(),
            rect: bitmap.rect,
        })
    }
}
