//! Export of a scene as SVG, PDF, PNG and slides, each one pass over the display list, and of several as one
//! HTML page.
//!
//! Exports contain nothing active and nothing from outside the scene.
//! Must not know: the model's records, layout, files on disk, egui.

mod defs;
mod fit;
mod font_subset;
mod glyph_cache;
pub(crate) mod html;
mod paint_classes;
mod paper;
pub(crate) mod pdf;
pub(crate) mod png;
pub(crate) mod pptx;
pub(crate) mod raster;
mod round_rect;
mod row_fit;
pub(crate) mod svg;
mod svg_shapes;
mod tile_painter;
mod xml_writer;

pub use fit::FitNote;
pub use html::{
    Anchor, Block, Drawing, Mood, ObjectNumbers, Page, PageFilter, Phrase, Section, Tab,
    TabHighlight, html,
};
pub use paper::{Paper, PdfPages, Tiles};
pub use pdf::{PageScene, PdfOptions, PdfReport, PdfStandards, paper_scene, pdf, pdf_page_scenes};
pub use png::{PngScene, pixels, png, png_scene, thumbnail};
pub use pptx::{SlideContent, SlideNotes, SlideOptions, SlideSize, pptx};
pub use svg::{svg, svg_on_paper};

use crate::scene::{Group, SceneItem};

/// Resolution of a picture on paper in pixels an inch, as printers of posters want at least.
pub const PAPER_DPI: f64 = 150.0;

/// Maximum side of a PNG in pixels.
pub const MAX_SIDE: f64 = 30_000.0;

/// Size of an exported image. A long map is drawn in rows where one row would be wider than the
/// format allows, or too small to be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// Pixels per map unit of 1/96 inch: 1 is 96 dpi.
    Scale(f64),
    /// Width in pixels.
    Width(f64),
    /// Pixels per map unit, or as many as the limits of the format allow.
    Fit(f64),
    /// A sheet of paper that the map fills, with this many pixels an inch.
    Paper(Paper, f64),
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
         1.2 billion in all); make it at most {fits} pixels wide, or leave its size out, or make an \
         SVG"
    )]
    TooLarge {
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
        /// Maximum width in pixels for this scene.
        fits: u64,
    },
    /// A width in which a long map cannot be read, not even in rows.
    #[error(
        "at {width} pixels wide this map could not be read; {} or make an SVG",
        wider(*least)
    )]
    TooNarrow {
        /// Width in pixels.
        width: u64,
        /// Minimum width in pixels for this scene.
        least: u64,
    },
    /// A size of no pixels, or paper without room beside its margins.
    #[error("the picture would have no size; give a width of at least one pixel")]
    NoSize,
    /// More sheets than anybody glues together.
    #[error(
        "this poster would take {sheets} sheets; make it smaller, or use larger sheets (at most 500)"
    )]
    TooManySheets {
        /// The number of sheets.
        sheets: usize,
    },
    /// Sheets of which the overlap leaves nothing.
    #[error("the overlap leaves no room on a sheet; make it smaller, or use larger sheets")]
    NoRoomOnSheet,
    /// No PDF could be made of the scene.
    #[error("cannot make the PDF: {0}; export an SVG instead")]
    Pdf(String),
    /// A bundled font could not be reduced to the characters in use.
    #[error("cannot embed the font: {0}; draw the text as outlines instead")]
    Font(String),
}

/// Advice about a picture that must be at least this wide.
fn wider(least: u64) -> String {
    let leave_out = "leave its size out,";
    if least as f64 > MAX_SIDE {
        return leave_out.to_owned();
    }
    format!("make it at least {least} pixels wide, {leave_out}")
}

/// The items of a group that exports draw at a zoom, in painting order.
fn exported_items(group: &Group, zoom: f32) -> impl Iterator<Item = &SceneItem> {
    let items = group.content.items.iter();
    items.filter(move |item| item.zoom.contains(zoom))
}

#[cfg(test)]
mod tests;
