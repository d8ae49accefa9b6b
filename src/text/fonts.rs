//! The bundled faces (Fira Sans, SIL Open Font Licence 1.1), the font files in use, numbered in
//! order of first use, and the glyphs of a line.
//!
//! Must not know: how text is shaped.

use super::Face;
use parley::FontData;
use parley::fontique::Blob;
use std::ops::Range;
use std::sync::Arc;

/// Family name of the bundled faces in shaping, in the window and in exported files. No installed
/// family has this name, so that an installed version of another age is never mistaken for the
/// bundled one.
pub const FAMILY: &str = "Touchline Sans";

// Statics, because the bytes of a literal are repeated in each unit that the compiler inlines it to.
static REGULAR: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Regular.ttf");
static ITALIC: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Italic.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Bold.ttf");

impl Face {
    /// All bundled faces, in the order of their font keys.
    pub const ALL: [Face; 3] = [Face::Regular, Face::Italic, Face::Bold];

    /// The whole font file (TrueType).
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => REGULAR,
            Face::Italic => ITALIC,
            Face::Bold => BOLD,
        }
    }

    /// The weight in the CSS scale.
    pub fn weight(self) -> u16 {
        if self == Face::Bold { 700 } else { 400 }
    }

    /// Whether the face is italic.
    pub fn is_italic(self) -> bool {
        self == Face::Italic
    }

    /// Index into [`Face::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

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

/// A glyph on a line, with the text that it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct TextGlyph {
    /// The glyph.
    pub glyph: Glyph,
    /// Range of bytes in the text of its line; the glyphs of one cluster share one range.
    pub text: Range<usize>,
}

/// The glyphs of a text from 0 on, and its width in ems.
pub(super) struct TextGlyphs {
    pub(super) glyphs: Vec<TextGlyph>,
    pub(super) width: f32,
}

/// A font file and the face in it, without variation.
#[derive(Clone)]
pub struct FontFile {
    /// The bytes.
    pub data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Index of the face in a collection.
    pub index: u32,
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
