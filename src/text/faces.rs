//! The faces that come with the program: Fira Sans, SIL Open Font Licence 1.1.

use super::Face;

/// The family name under which the bundled faces are known to shaping, to the
/// window and to exported files; unlike any installed family, so that an
/// installed version of another age is never mistaken for the bundled one.
pub const FAMILY: &str = "Touchline Sans";

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Regular.ttf");
static ITALIC: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Italic.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Bold.ttf");

impl Face {
    /// All bundled faces, in the order of their font keys.
    pub const ALL: [Face; 3] = [Face::Regular, Face::Italic, Face::Bold];

    /// The height of the tallest letters above the baseline, in ems
    /// (`hhea.ascender`; the same in all three faces).
    pub const ASCENT: f32 = 0.935;

    /// The depth of letters below the baseline, in ems (`hhea.descender`).
    pub const DESCENT: f32 = 0.265;

    /// The height of capital letters, in ems (`OS/2.sCapHeight`;
    /// a little more in the bold face).
    pub const CAP_HEIGHT: f32 = 0.689;

    /// The height of small letters without ascender, in ems (`OS/2.sxHeight`; a little more in the
    /// bold face).
    pub const X_HEIGHT: f32 = 0.527;

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

    /// Whether it is the slanted face.
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

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::MetadataProvider;
    use skrifa::instance::{LocationRef, Size};

    #[test]
    fn metrics_are_those_of_the_files() {
        for face in Face::ALL {
            let font = skrifa::FontRef::new(face.bytes()).unwrap();
            let metrics = font.metrics(Size::new(1.0), LocationRef::default());
            let near = |a: f32, b: f32| assert!((a - b).abs() < 0.01, "{face:?}: {a} {b}");
            near(metrics.ascent, Face::ASCENT);
            near(-metrics.descent, Face::DESCENT);
            near(metrics.cap_height.unwrap(), Face::CAP_HEIGHT);
            near(metrics.x_height.unwrap(), Face::X_HEIGHT);
        }
    }
}
