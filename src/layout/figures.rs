//! Images, bars and links in lanes.
//!
//! Must not know: how anything is drawn.

use super::cell_content::Draft;
use super::text_block::Ink;
use super::text_cells::Mark;
use crate::geom::Rect;
use crate::model::{
    Decimal, Head, Holds, Id, Image, ImageId, Lane, LaneKind, Link, Map, Said, Scale, Touchpoint,
};
use crate::theme::{Icon, size};
use std::borrow::Cow;
use std::sync::Arc;

/// A figure above the text of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// An image; `None` for an empty box if it cannot be shown.
    Picture(Option<(Arc<[u8]>, Head)>, Rect),
    /// A bar filled from the left to this share, 0 … 1.
    Bar(f32, Rect),
}

/// A figure before it is placed.
pub(super) enum Wanted {
    Picture(Option<(Arc<[u8]>, Head)>),
    Bar(f32),
}

/// Maximum height of an image relative to the available width.
const TALLEST: f32 = 0.78;
/// Maximum magnification of an image with few pixels.
const LARGEST: f32 = 3.0;
/// Gap between a figure and the text below it.
const BELOW: f32 = 5.0;

impl Wanted {
    /// Places the figure; returns it with the top of what follows.
    pub(super) fn place(self, left: f32, top: f32, width: f32) -> (Figure, f32) {
        match self {
            Wanted::Picture(shown) => {
                let (w, h) = match &shown {
                    Some((_, head)) => within(*head, width),
                    None => (width, width * 0.3),
                };
                let rect = Rect::new(left, top + 1.0, w, h);
                (Figure::Picture(shown, rect), top + 1.0 + h + BELOW)
            }
            Wanted::Bar(share) => {
                let rect = Rect::new(left, top + 3.0, width.min(BAR), 9.0);
                (Figure::Bar(share, rect), top + 12.0 + BELOW)
            }
        }
    }
}

/// Length of a bar.
const BAR: f32 = 150.0;

/// Size at which an image is drawn in the available width.
fn within(head: Head, width: f32) -> (f32, f32) {
    let (w, h) = (head.width as f32, head.height as f32);
    let scale = (width / w).min(width * TALLEST / h).min(LARGEST);
    ((w * scale).max(2.0), (h * scale).max(2.0))
}

/// Whether a lane that is not hidden is shown: a storyboard only if there is an image.
pub fn has_room(map: &Map, lane: &Lane) -> bool {
    lane.kind != LaneKind::Storyboard
        || (!map.images().is_empty() && map.touchpoints().any(|t| !t.pictures.is_empty()))
}

/// Version of the data that a lane shows besides its touchpoints; a change causes a new layout.
pub(super) fn version(map: &Map, lane: &Lane) -> u64 {
    match (lane.kind, lane.holds) {
        (LaneKind::Storyboard, _) | (LaneKind::Custom, Holds::Picture) => map.images().stamp(),
        (LaneKind::Custom, Holds::Text) => 0,
        // The kind of content and the scale are fields of the lane.
        (LaneKind::Custom, _) => map.lanes().stamp(),
        _ => 0,
    }
}

/// The images of a touchpoint with their captions.
pub(super) fn storyboard<'a>(map: &'a Map, touchpoint: &'a Touchpoint) -> Vec<Draft<'a>> {
    let pictures = touchpoint.pictures.iter().enumerate();
    pictures.map(|(at, id)| picture(map, id, at)).collect()
}

/// The content of a custom lane for a touchpoint.
pub(super) fn own<'a>(map: &'a Map, touchpoint: &'a Touchpoint, lane: &Lane) -> Vec<Draft<'a>> {
    let Some(text) = touchpoint.texts.get(&lane.id).filter(|t| !t.is_empty()) else {
        return Vec::new();
    };
    let said = Some(Said::Own);
    let plain = || vec![Draft::new(None).said(said, text.as_str(), size::BODY, Ink::Normal)];
    match lane.holds {
        Holds::Text => plain(),
        Holds::List => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                Draft::new(Some(Mark::Bullet)).said(said, line.trim(), size::BODY, Ink::Normal)
            })
            .collect(),
        Holds::Score(scale) => match Decimal::parse(text) {
            Some(value) => vec![score(value, scale)],
            None => plain(),
        },
        Holds::Picture => vec![picture(map, &ImageId::from_text(text), 0)],
        Holds::Link => match Link::parse(text) {
            Some(link) => {
                let mark = Mark::Icon(Icon::Web, Ink::Accent);
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
                    Draft::new(Some(mark))
                        .said(said, title, size::BODY, Ink::Accent)
                        .said(said, domain, size::SMALL, Ink::Soft),
                ]
            }
            None => plain(),
        },
    }
}

/// The image at this index in its list, with its caption.
fn picture<'a>(map: &'a Map, id: &ImageId, at: usize) -> Draft<'a> {
    let image = map.images().get(id);
    let said = image.and_then(|_| Said::place(at)).map(Said::Caption);
    let name = match image {
        Some(image) => Cow::Borrowed(image.name.as_str()),
        None => Cow::Owned(format!("No picture “{id}”")),
    };
    Draft::new(None)
        .figure(Wanted::Picture(image.and_then(shown)))
        .said(said, name, size::SMALL, Ink::Soft)
}

/// The bytes and head needed to draw an image; `None` if it cannot be drawn.
pub(super) fn shown(image: &Image) -> Option<(Arc<[u8]>, Head)> {
    let head = image.head()?;
    image.bytes().map(|bytes| (bytes.clone(), head))
}

fn score<'a>(value: Decimal, scale: Scale) -> Draft<'a> {
    let text = if scale.from == Decimal::whole(0) || scale.from == Decimal::whole(1) {
        format!("{value} of {}", scale.to)
    } else {
        value.to_string()
    };
    Draft::new(None)
        .figure(Wanted::Bar(scale.share(value)))
        .said(Some(Said::Own), text, size::SMALL_STRONG, Ink::Normal)
}
