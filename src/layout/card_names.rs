//! Distances on a card, and the names used on many cards.
//!
//! Must not know: touchpoints, colours.

use super::text_block::{TextBlock, TextRole};
use crate::model::Map;
use crate::text::Measure;
use crate::theme::{Sizes, size};

/// Names used on many cards and pills, broken into lines once.
#[derive(Debug)]
pub(super) struct NameBlocks {
    pub(super) owners: Vec<TextBlock>,
    pub(super) no_owner: TextBlock,
    pub(super) unknown_owner: TextBlock,
    pub(super) channels: Vec<TextBlock>,
    pub(super) environments: Vec<TextBlock>,
}

impl NameBlocks {
    pub fn of(map: &Map, sizes: &Sizes, measure: &mut dyn Measure) -> NameBlocks {
        let (strong, small) = (sizes.text(size::SMALL_STRONG), sizes.text(size::SMALL));
        let inner = CardMetrics::of(sizes).width;
        // Leaves room beside the owner for a number such as "1234b".
        let beside_number = inner - 44.0 * sizes.type_scale;
        let mut owner = |name: &str, ink| TextBlock::new(name, strong, ink, beside_number, measure);
        let owners = map.departments().iter();
        let owners = owners
            .map(|d| owner(d.short_name(), TextRole::Soft))
            .collect();
        let no_owner = owner("No owner", TextRole::Unowned);
        let unknown_owner = owner("Unknown owner", TextRole::Unowned);
        let beside_icon = inner - sizes.icon - 5.0;
        let mut place =
            |name: &str| TextBlock::new(name, small, TextRole::Soft, beside_icon, measure);
        NameBlocks {
            owners,
            no_owner,
            unknown_owner,
            channels: map.channels().iter().map(|c| place(&c.name)).collect(),
            environments: map.environments().iter().map(|e| place(&e.name)).collect(),
        }
    }
}

/// Distances on a card.
pub(super) struct CardMetrics {
    /// Left edge of the text.
    pub(super) left: f32,
    /// Width of the text.
    pub(super) width: f32,
    /// Top of the first line.
    pub(super) top: f32,
    /// Padding at the right edge.
    pub(super) right: f32,
    /// Height of a row of badges.
    pub(super) badges: f32,
}

impl CardMetrics {
    pub(super) fn of(sizes: &Sizes) -> CardMetrics {
        let (left, right) = (STRIPE + 11.0 * sizes.spacing, 10.0 * sizes.spacing);
        CardMetrics {
            left,
            width: sizes.card - left - right,
            top: 9.0 * sizes.spacing,
            right,
            badges: sizes.icon + 5.0 * sizes.spacing,
        }
    }
}

/// Width of the owner's stripe at the left edge.
pub const STRIPE: f32 = 8.0;
