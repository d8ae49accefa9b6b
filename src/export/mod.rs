//! Export of a scene as SVG and PNG, each one pass over the display list.
//!
//! Exports contain nothing active and nothing from outside the scene.
//! Must not know: the model's records, layout, files on disk, egui.

mod defs;
mod font_subset;
mod glyph_cache;
pub(crate) mod png;
pub(crate) mod raster;
pub(crate) mod svg;
mod tile_painter;
mod xml_writer;

pub use png::png;
pub use svg::svg;

use crate::scene::{Group, Scene, SceneItem};

/// Size of an exported image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// Pixels per map unit of 1/96 inch: 1 is 96 dpi.
    Scale(f64),
    /// Width in pixels.
    Width(f64),
}

impl Size {
    /// Pixels per map unit; `None` if that is not a positive number.
    fn scale(self, scene: &Scene) -> Option<f64> {
        let scale = match self {
            Size::Scale(scale) => scale,
            Size::Width(width) => width / scene.width,
        };
        (scale.is_finite() && scale > 0.0).then_some(scale)
    }
}

/// Failure of an export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Writing to the sink failed.
    #[error("cannot write the picture: {0}")]
    Write(#[from] std::io::Error),
    /// More pixels than are supported.
    #[error(
        "a picture of {width} × {height} pixels is too large (at most 30,000 a side and \
         1.2 billion in all); make it at most {fits} pixels wide, or make an SVG"
    )]
    TooLarge {
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
        /// Maximum width in pixels for this scene.
        fits: u64,
    },
    /// A size of no pixels.
    #[error("the picture would have no size; give a width of at least one pixel")]
    NoSize,
    /// A bundled font could not be reduced to the characters in use.
    #[error("cannot embed the font: {0}; draw the text as outlines instead")]
    Font(String),
}

/// The items of a group that exports draw, in painting order.
fn exported_items(group: &Group) -> impl Iterator<Item = &SceneItem> {
    group
        .content
        .items
        .iter()
        .filter(|item| item.zoom.contains(1.0))
}

#[cfg(test)]
mod tests;
