//! The bundled font faces: Fira Sans, SIL Open Font Licence 1.1.
//!
//! Must not know: shaping.

use super::Face;

/// Family name of the bundled faces in shaping, in the window and in exported files. No installed
/// family has this name, so that an installed version of another age is never mistaken for the
/// bundled one.
pub const FAMILY: &str = "Touchline Sans";

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
        match self {
            Face::Regular | Face::Italic => 400,
            Face::Bold => 700,
        }
    }

    /// Whether the face is italic.
    pub fn is_italic(self) -> bool {
        self == Face::Italic
    }

    /// Index into [`Face::ALL`].
    pub fn index(self) -> usize {
        match self {
            Face::Regular => 0,
            Face::Italic => 1,
            Face::Bold => 2,
        }
    }
}
