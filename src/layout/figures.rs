//! Images, bars and links in lanes.
//!
//! Must not know: how anything is drawn.

use crate::geom::Rect;
use crate::model::{Image, ImageHeader, Lane, LaneContentKind, LaneKind, Map};
use std::sync::Arc;

/// A figure above the text of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// An image; `None` for an empty box if it cannot be shown.
    Image(Option<(Arc<[u8]>, ImageHeader)>, Rect),
    /// A bar filled from the left to this share, 0 … 1.
    Bar(f32, Rect),
}

/// A figure before it is placed.
pub(super) enum FigureRequest {
    Image(Option<(Arc<[u8]>, ImageHeader)>),
    Bar(f32),
}

/// Maximum height of an image relative to the available width.
const MAX_HEIGHT_RATIO: f32 = 0.78;
/// Maximum magnification of an image with few pixels.
const MAX_UPSCALE: f32 = 3.0;
/// Gap between a figure and the text below it.
const FIGURE_GAP: f32 = 5.0;

impl FigureRequest {
    /// Places the figure; returns it with the top of what follows.
    pub(super) fn place(self, left: f32, top: f32, width: f32) -> (Figure, f32) {
        match self {
            FigureRequest::Image(shown) => {
                let (w, h) = match &shown {
                    Some((_, head)) => fit_image(*head, width),
                    None => (width, width * 0.3),
                };
                let rect = Rect::new(left, top + 1.0, w, h);
                (Figure::Image(shown, rect), top + 1.0 + h + FIGURE_GAP)
            }
            FigureRequest::Bar(share) => {
                let rect = Rect::new(left, top + 3.0, width.min(BAR_LENGTH), 9.0);
                (Figure::Bar(share, rect), top + 12.0 + FIGURE_GAP)
            }
        }
    }
}

/// Length of a bar.
const BAR_LENGTH: f32 = 150.0;

/// Size at which an image is drawn in the available width.
fn fit_image(head: ImageHeader, width: f32) -> (f32, f32) {
    let (w, h) = (head.width as f32, head.height as f32);
    let scale = (width / w)
        .min(width * MAX_HEIGHT_RATIO / h)
        .min(MAX_UPSCALE);
    ((w * scale).max(2.0), (h * scale).max(2.0))
}

/// Whether a lane that is not hidden is shown: a storyboard only if there is an image.
pub fn is_worth_showing(map: &Map, lane: &Lane) -> bool {
    lane.kind != LaneKind::Storyboard
        || (!map.images().is_empty() && map.touchpoints().any(|t| !t.pictures.is_empty()))
}

/// Version of the data that a lane shows besides its touchpoints; a change causes a new layout.
pub(super) fn content_version(map: &Map, lane: &Lane) -> u64 {
    match (lane.kind, lane.holds) {
        (LaneKind::Storyboard, _) | (LaneKind::Custom, LaneContentKind::Picture) => {
            map.images().stamp()
        }
        (LaneKind::Custom, LaneContentKind::Text) => 0,
        // The kind of content and the scale are fields of the lane.
        (LaneKind::Custom, _) => map.lanes().stamp(),
        _ => 0,
    }
}

/// The bytes and head needed to draw an image; `None` if it cannot be drawn.
pub(super) fn image_source(image: &Image) -> Option<(Arc<[u8]>, ImageHeader)> {
    let head = image.header()?;
    image.bytes().map(|bytes| (bytes.clone(), head))
}
