//! Text shaping and wrapping without a window: the same result on screen and in exports.
//!
//! Lengths are in map units, or in ems while the type size is unknown.
//! Must not know: the model, scenes, egui.

mod cache;
mod char_class;
mod fixed_width;
mod fonts;
mod glyph;
mod hyphenation;
mod language;
mod missing;
mod segmentation;
mod shaper;
mod typesetter;
mod word_metrics;
mod word_order;
mod wrap;

#[cfg(test)]
mod tests;

pub use char_class::{
    REPLACEMENT, display_file_name, displayable, escaped, is_escaped, is_right_to_left,
    shown_start, visible_text,
};
pub use fixed_width::FixedWidth;
pub use fonts::{FAMILY, FallbackFace, FontFile, FontKey, Glyph, ShapedLine, TextGlyph};
pub use glyph::Bitmap;
pub use language::{MainLanguage, language, languages};
pub use typesetter::Typesetter;
pub use word_order::{has_word_order, in_word_order};

use std::borrow::Cow;
use std::ops::Range;

/// Height of a capital of the bundled faces, in ems (`OS/2.sCapHeight` of Fira Sans).
pub const CAP_HEIGHT: f32 = 0.689;

/// A bundled face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// Fira Sans Regular.
    Regular,
    /// Fira Sans Italic.
    Italic,
    /// Fira Sans Bold.
    Bold,
}

/// A face at a size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// Em size in map units.
    pub size: f32,
}

/// One line of a wrapped text.
#[derive(Clone, Debug, PartialEq)]
pub struct WrappedLine {
    /// Byte range in the text, without trailing white space.
    pub range: Range<usize>,
    /// Width in map units.
    pub width: f32,
    /// Whether the line ends in a hyphen that is not in the text.
    pub hyphen: bool,
}

/// Continuation of a text behind the end of a line, so that lines can be put together again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// The text ends.
    #[default]
    Text,
    /// The text has a line feed here.
    LineFeed,
    /// White space was left out at the break.
    Space,
    /// The next line goes on directly.
    Word,
    /// The line ends in a hyphen that is not in the text.
    Hyphen,
}

impl LineEnd {
    /// The end of a line of a wrapped text, given the next line.
    pub fn between(text: &str, line: &WrappedLine, next: &WrappedLine) -> LineEnd {
        let gap = text.get(line.range.end..next.range.start).unwrap_or(" ");
        match gap {
            _ if line.hyphen => LineEnd::Hyphen,
            gap if gap.contains(['\n', '\u{85}', '\u{2028}', '\u{2029}']) => LineEnd::LineFeed,
            "" => LineEnd::Word,
            _ => LineEnd::Space,
        }
    }
}

impl WrappedLine {
    /// The line as drawn.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        hyphenation::drawn(&text[self.range.clone()], self.hyphen)
    }
}

/// Text measurement for layout; injected so that layout is testable without fonts.
pub trait Measure {
    /// Width of one unbroken line in map units.
    fn width(&mut self, text: &str, style: Style) -> f32;
    /// Breaks a text into lines of at most `max` map units. Line feeds break; a word wider than
    /// `max` is hyphenated, or else broken between grapheme clusters. An empty text has no line.
    fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<WrappedLine>;
}

/// A width in ems of the style; infinite if the style has no size.
fn ems(width: f32, style: Style) -> f32 {
    if style.size > 0.0 {
        width / style.size
    } else {
        f32::INFINITY
    }
}

/// Converts broken lines from ems to map units.
fn lines(broken: impl IntoIterator<Item = wrap::BrokenLine>, style: Style) -> Vec<WrappedLine> {
    let line = |line: wrap::BrokenLine| WrappedLine {
        range: line.range,
        width: line.width * style.size,
        hyphen: line.hyphen,
    };
    broken.into_iter().map(line).collect()
}
