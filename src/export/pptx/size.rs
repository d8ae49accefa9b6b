//! Sizes of slides.
//!
//! Must not know: slides.

use std::fmt;

/// Size of the slides of a presentation, in map units of 1/96 inch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlideSize {
    width: f64,
    height: f64,
}

/// Known sizes with their use and their sides in inches: those of PowerPoint, and paper across.
const NAMES: [(&str, &str, f64, f64); 6] = [
    ("16:9", "For most screens.", 40.0 / 3.0, 7.5),
    ("16:10", "For most laptops.", 12.0, 7.5),
    ("4:3", "For old projectors.", 10.0, 7.5),
    ("a4", "To be printed.", 297.0 / 25.4, 210.0 / 25.4),
    ("a3", "To be printed large.", 420.0 / 25.4, 297.0 / 25.4),
    ("letter", "To be printed.", 11.0, 8.5),
];

/// Map units to the inch.
const INCH: f64 = 96.0;
/// Shortest and longest side in millimetres; PowerPoint has at most 56 inches.
const SIDES: std::ops::RangeInclusive<f64> = 100.0..=1_422.0;

impl Default for SlideSize {
    fn default() -> Self {
        SlideSize {
            width: 1280.0,
            height: 720.0,
        }
    }
}

impl SlideSize {
    /// Reads a name such as `16:9` or `a4`, or sides in millimetres such as `320x180`.
    ///
    /// # Errors
    ///
    /// A sentence about the sizes that are known.
    pub fn parse(text: &str) -> Result<SlideSize, String> {
        let name = text.trim().to_ascii_lowercase();
        if let Some((.., width, height)) = NAMES.iter().find(|(known, ..)| *known == name) {
            let (width, height) = (width * INCH, height * INCH);
            return Ok(SlideSize { width, height });
        }
        let side = |text: &str| {
            let side = text.trim().parse::<f64>().ok()?;
            SIDES.contains(&side).then_some(side / 25.4 * INCH)
        };
        let sides = name.trim_end_matches("mm").split_once(['x', '×']);
        let sides = sides.and_then(|(width, height)| side(width).zip(side(height)));
        let (width, height) = sides.ok_or_else(|| {
            let names = NAMES.map(|(name, ..)| name).join(", ");
            format!("use {names}, or sides in millimetres such as 320x180 (100 to 1422)")
        })?;
        Ok(SlideSize { width, height })
    }

    /// The names of the known sizes, each with its use in a sentence.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        NAMES.iter().map(|(name, usage, ..)| (*name, *usage))
    }

    /// Width and height in map units.
    pub(super) fn in_map_units(self) -> (f64, f64) {
        (self.width, self.height)
    }
}

impl fmt::Display for SlideSize {
    /// Writes the size as [`SlideSize::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = SlideSize::names().map(|(name, _)| name);
        match names.find(|name| SlideSize::parse(name).as_ref() == Ok(self)) {
            Some(name) => f.write_str(name),
            None => {
                let [width, height] = [self.width, self.height].map(|it| it / INCH * 25.4);
                write!(f, "{width:.1}x{height:.1}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_by_name_and_by_sides() {
        assert_eq!(SlideSize::parse("16:9"), Ok(SlideSize::default()));
        let own = SlideSize::parse("254 x 190.5mm").unwrap();
        assert_eq!(Ok(own), SlideSize::parse("4:3"));
        for text in ["16:10", "a3", "320x180"] {
            let size = SlideSize::parse(text).unwrap();
            assert_eq!(SlideSize::parse(&size.to_string()), Ok(size));
        }
        for wrong in ["", "a9", "10x10", "9000x300", "x", "nanx300"] {
            assert!(
                SlideSize::parse(wrong).unwrap_err().contains("16:9"),
                "{wrong}"
            );
        }
    }
}
