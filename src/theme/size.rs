//! Distances and type sizes in map units, the same in every theme. Those of the comfortable
//! density; see [`Density`](super::Density) for others.
//!
//! Must not know: colours, layout.

use crate::text::{Face, Style};

/// Corner radius of cards.
pub const RADIUS: f32 = 9.0;
/// Width of a card.
pub const CARD: f32 = 204.0;
/// Gap between two cards of a row, used by arrows.
pub const GUTTER: f32 = 40.0;
/// Width of the owner's stripe at the left edge of a card.
pub const STRIPE: f32 = 8.0;
/// Padding on both sides within a stage.
pub const STAGE_PAD: f32 = 6.0;
/// Margin around the drawn map.
pub const MARGIN: f32 = 32.0;

/// Distance from one baseline to the next, as a multiple of the type size.
pub const LEADING: f32 = 1.28;

/// The title of the map.
pub const TITLE: Style = bold(34.0);
/// The scenario under it.
pub const LEAD: Style = regular(16.0);
/// Names of stages.
pub const STAGE: Style = bold(20.0);
/// Names on cards.
pub const NAME: Style = bold(16.5);
/// Titles of lanes.
pub const LANE: Style = bold(14.0);
/// Running text in lanes.
pub const BODY: Style = regular(13.5);
/// Quotes.
pub const QUOTE: Style = italic(13.5);
/// Emphasized text in the size of running text.
pub const STRONG: Style = bold(13.5);
/// Secondary text.
pub const SMALL: Style = regular(12.0);
/// Emphasized secondary text.
pub const SMALL_STRONG: Style = bold(12.0);

const fn regular(size: f32) -> Style {
    let face = Face::Regular;
    Style { face, size }
}

/// The bold face at a size.
pub const fn bold(size: f32) -> Style {
    let face = Face::Bold;
    Style { face, size }
}

const fn italic(size: f32) -> Style {
    let face = Face::Italic;
    Style { face, size }
}
