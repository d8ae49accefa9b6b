//! The picture on paper: SVG and PNG, each one walk over the display list.
//!
//! Exports hold nothing active and nothing from outside the scene.
//! Must not know: the model's records, layout, files on disk, egui.

mod defs;
mod font_subset;
mod glyph_cache;
mod images;
pub(crate) mod png;
pub(crate) mod svg;
mod tile_painter;
mod xml_writer;

pub use png::png;
pub use svg::{SvgOptions, svg, svg_text};

use crate::scene::{Group, Item, Scene};

/// How large a picture is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// So many pixels to a map unit of 1/96 inch: 1 is 96 dpi.
    Scale(f64),
    /// So many pixels across.
    Width(f64),
}

impl Default for Size {
    fn default() -> Size {
        Size::Scale(1.0)
    }
}

impl Size {
    /// Pixels to a map unit; `None` where that is not a positive number.
    fn scale(self, scene: &Scene) -> Option<f64> {
        let scale = match self {
            Size::Scale(scale) => scale,
            Size::Width(width) => width / scene.width,
        };
        (scale.is_finite() && scale > 0.0).then_some(scale)
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The sink refused.
    #[error("cannot write the picture: {0}")]
    Write(#[from] std::io::Error),
    /// More pixels than a picture can sensibly have.
    #[error(
        "a picture of {width} × {height} pixels is too large (at most 30,000 a side and \
         1.2 billion in all); make it at most {fits} pixels wide, or make an SVG"
    )]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// The widest picture of this map that is possible.
        fits: u64,
    },
    /// No pixels at all.
    #[error("the picture would have no size; give a width of at least one pixel")]
    NoSize,
    /// A bundled font could not be cut down to the letters in use.
    #[error("cannot embed the font: {0}; draw the text as outlines instead")]
    Font(String),
}

/// The items that exports draw, with their group, in painting order.
fn visible(group: &Group) -> impl Iterator<Item = &Item> {
    group.body.items.iter().filter(|item| item.zoom.holds(1.0))
}

#[cfg(test)]
mod tests;
