//! The font files in use, bundled and installed, numbered in order of first use.
//!
//! Must not know: shaping.

use super::Face;
use parley::FontData;
use parley::fontique::Blob;
use std::sync::Arc;

/// A font in use: an index that is valid within one typesetter. The bundled
/// faces come first, in the order of [`Face::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FontKey(pub(super) u16);

impl From<Face> for FontKey {
    fn from(face: Face) -> FontKey {
        FontKey(face.index() as u16)
    }
}

impl FontKey {
    /// The bundled face of this key; `None` for a system font.
    pub fn face(self) -> Option<Face> {
        Face::ALL.get(usize::from(self.0)).copied()
    }

    /// The index itself, used in names.
    pub fn number(self) -> u16 {
        self.0
    }
}

/// A font file and the instance in use.
#[derive(Clone)]
pub(super) struct Font {
    pub(super) data: Blob<u8>,
    pub(super) index: u32,
    /// Normalised variation coordinates, F2Dot14; empty for the default instance.
    pub(super) coords: Box<[i16]>,
}

/// All fonts in use.
pub(super) struct Fonts(Vec<Font>);

impl Fonts {
    /// The bundled faces.
    pub(super) fn new() -> Fonts {
        let bundled = |face: Face| Font {
            data: Blob::new(Arc::new(face.bytes())),
            index: 0,
            coords: Box::default(),
        };
        Fonts(Face::ALL.into_iter().map(bundled).collect())
    }

    /// Key of a font; a font not seen before gets a new key.
    pub(super) fn key(&mut self, font: &FontData, coords: &[i16]) -> FontKey {
        let same = |f: &Font| {
            f.data.id() == font.data.id() && f.index == font.index && *f.coords == *coords
        };
        if let Some(at) = self.0.iter().position(same) {
            return FontKey(at as u16);
        }
        // Beyond 65,535 fonts the last key is shared by all further fonts.
        if self.0.len() < usize::from(u16::MAX) {
            self.0.push(Font {
                data: font.data.clone(),
                index: font.index,
                coords: coords.into(),
            });
        }
        FontKey((self.0.len() - 1) as u16)
    }

    pub(super) fn get(&self, key: FontKey) -> Option<&Font> {
        self.0.get(usize::from(key.0))
    }
}
