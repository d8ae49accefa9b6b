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

/// Maximum height of an image relative to the available width.
const MAX_HEIGHT_RATIO: f32 = 0.78;
/// Maximum magnification of an image with few pixels.
const MAX_UPSCALE: f32 = 3.0;
/// Gap between a figure and the text below it.
const FIGURE_GAP: f32 = 5.0;

/// Length of a bar.
const BAR_LENGTH: f32 = 150.0;

impl Figure {
    /// Places the figure; returns the top of what follows.
    pub(super) fn place(&mut self, left: f32, top: f32, width: f32) -> f32 {
        let placed = match self {
            Figure::Image(shown, rect) => {
                let (w, h) = match shown {
                    Some((_, head)) => fit_image(*head, width),
                    None => (width, width * 0.3),
                };
                *rect = Rect::new(left, top + 1.0, w, h);
                top + 1.0 + h
            }
            Figure::Bar(_, rect) => {
                *rect = Rect::new(left, top + 3.0, width.min(BAR_LENGTH), 9.0);
                top + 12.0
            }
        };
        placed + FIGURE_GAP
    }
}

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
