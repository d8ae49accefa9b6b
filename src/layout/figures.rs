//! Images, bars and links in lanes.
//!
//! Must not know: how anything is drawn.

use super::cell_content::CellEntry;
use super::text_block::TextRole;
use super::text_cells::EntryMark;
use crate::geom::Rect;
use crate::model::{
    Decimal, Field, Id, Image, ImageHeader, ImageId, Lane, LaneContentKind, LaneKind, Link, Map,
    Scale, Touchpoint,
};
use crate::theme::{Icon, size};
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

/// The images of a touchpoint with their captions.
pub(super) fn storyboard_entries<'a>(
    map: &'a Map,
    touchpoint: &'a Touchpoint,
) -> Vec<CellEntry<'a>> {
    let pictures = touchpoint.pictures.iter().enumerate();
    pictures.map(|(at, id)| image_entry(map, id, at)).collect()
}

/// The content of a custom lane for a touchpoint.
pub(super) fn custom_entries<'a>(
    map: &'a Map,
    touchpoint: &'a Touchpoint,
    lane: &Lane,
) -> Vec<CellEntry<'a>> {
    let Some(text) = touchpoint.texts.get(&lane.id).filter(|t| !t.is_empty()) else {
        return Vec::new();
    };
    let said = Field::CustomLane;
    let plain =
        || vec![CellEntry::new(None).field(said, text.as_str(), size::BODY, TextRole::Normal)];
    match lane.holds {
        LaneContentKind::Text => plain(),
        LaneContentKind::List => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                CellEntry::new(Some(EntryMark::Bullet)).field(
                    said,
                    line.trim(),
                    size::BODY,
                    TextRole::Normal,
                )
            })
            .collect(),
        LaneContentKind::Score(scale) => match Decimal::parse(text) {
            Some(value) => vec![score_entry(value, scale)],
            None => plain(),
        },
        LaneContentKind::Picture => vec![image_entry(map, &ImageId::from_text(text), 0)],
        LaneContentKind::Link => match Link::parse(text) {
            Some(link) => {
                let mark = EntryMark::Icon(Icon::Web, TextRole::Accent);
                let domain = if link.title == link.address {
                    ""
                } else {
                    link.domain
                };
                let title = if domain.is_empty() {
                    link.domain
                } else {
                    link.title
                };
                vec![
                    CellEntry::new(Some(mark))
                        .field(said, title, size::BODY, TextRole::Accent)
                        .field(said, domain, size::SMALL, TextRole::Soft),
                ]
            }
            None => plain(),
        },
    }
}

/// The image at this index in its list, with its caption.
fn image_entry<'a>(map: &'a Map, id: &ImageId, at: usize) -> CellEntry<'a> {
    let image = map.images().get(id);
    let entry = CellEntry::new(None).figure(FigureRequest::Image(image.and_then(image_source)));
    let Some(image) = image else {
        let name = format!("No picture “{id}”");
        return entry.part(name, size::SMALL, TextRole::Soft);
    };
    let caption = Field::Caption(Field::index(at));
    entry.field(caption, &image.name, size::SMALL, TextRole::Soft)
}

/// The bytes and head needed to draw an image; `None` if it cannot be drawn.
pub(super) fn image_source(image: &Image) -> Option<(Arc<[u8]>, ImageHeader)> {
    let head = image.header()?;
    image.bytes().map(|bytes| (bytes.clone(), head))
}

fn score_entry<'a>(value: Decimal, scale: Scale) -> CellEntry<'a> {
    let text = if scale.from == Decimal::whole(0) || scale.from == Decimal::whole(1) {
        format!("{value} of {}", scale.to)
    } else {
        value.to_string()
    };
    CellEntry::new(None)
        .figure(FigureRequest::Bar(scale.fraction(value)))
        .field(
            Field::CustomLane,
            text,
            size::SMALL_STRONG,
            TextRole::Normal,
        )
}
