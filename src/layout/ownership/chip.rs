//! Chips: touchpoints with little more than their names.
//!
//! Must not know: where chips are placed, colours.

use crate::geom::{Point, Rect};
use crate::layout::card::{Badge, Card, badge_labels, shown_name};
use crate::layout::flow::score_label;
use crate::layout::text_block::{TextContext, TextRole};
use crate::model::{Field, Score, Touchpoint, TouchpointId};
use crate::theme::{Icon, Sizes, size};
use std::sync::Arc;

/// Width of the owner's stripe at the left edge.
pub const CHIP_STRIPE: f32 = 6.0;

/// A touchpoint in the cell of its owner.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The touchpoint.
    pub id: TouchpointId,
    /// The number, as in the journey.
    pub number: Arc<str>,
    /// Name and number; the badges are the moment of truth and pains, without labels.
    pub card: Card,
    /// The worst feeling, if there is any.
    pub face: Option<(Score, Icon, Rect)>,
}

/// Width of a chip.
pub(super) fn width(sizes: &Sizes) -> f32 {
    (sizes.card * 0.9).round()
}

impl Chip {
    /// A chip at (0, 0) with the height it needs.
    pub(super) fn new(
        touchpoint: &Touchpoint,
        number: Arc<str>,
        text: &mut TextContext<'_>,
    ) -> Chip {
        let sizes = text.sizes;
        let left = CHIP_STRIPE + 7.0 * sizes.spacing.max(0.8);
        let inner = width(sizes) - left - 7.0;
        let (name, role) = shown_name(touchpoint);
        let mut card = Card::default();
        let block = text.block(name, size::bold(13.5), role, inner);
        let top = 5.0 * sizes.spacing;
        let y = block.place_field(Some(Field::Name), left, top, &mut card.runs) + 2.0;
        let small = text.block(&number, size::SMALL, TextRole::Soft, inner);
        small.place(left, y, &mut card.runs);

        // From right to left, the most important first.
        let mut right = width(sizes) - 7.0;
        // Place of an icon, and left end of the label of this width at its right.
        let mut take = |label: f32| {
            let left = right - label;
            right -= if label > 0.0 { label + 2.0 } else { 0.0 };
            right -= sizes.icon;
            let rect = Rect::new(right, y + 0.5, sizes.icon, sizes.icon);
            right -= 6.0;
            (rect, left)
        };
        let worst = touchpoint.feelings.iter().filter_map(|f| f.score).min();
        let face = worst.map(|score| (score, score_label(score).0, take(0.0).0));
        for (icon, role, _) in badge_labels(touchpoint) {
            let count = match role {
                TextRole::Pain if touchpoint.pains.len() > 1 => touchpoint.pains.len().to_string(),
                TextRole::Pain | TextRole::Moment => String::new(),
                _ => continue,
            };
            let block = text.block(&count, size::SMALL_STRONG, role, inner);
            let (rect, left) = take(block.width());
            let mut runs = Vec::new();
            block.place(left, y, &mut runs);
            card.badges.push(Badge {
                icon,
                role,
                rect,
                runs,
            });
        }
        let bottom = small.height().max(sizes.icon + 1.0);
        card.rect = Rect::new(0.0, 0.0, width(sizes), y + bottom + 5.0 * sizes.spacing);
        let room = (
            card.rect.width() - CHIP_STRIPE - 12.0,
            card.rect.height() - 2.0,
        );
        let corner = (CHIP_STRIPE + 6.0, None);
        let far_sizes = [32.0, 27.0, 23.0, 19.0];
        card.add_overview_name((name, role), &far_sizes, corner, room, text);
        Chip {
            id: touchpoint.id.clone(),
            number,
            card,
            face,
        }
    }

    /// Translates the chip.
    pub(super) fn shift(&mut self, by: Point) {
        self.card.shift(by, 0.0);
        if let Some((_, _, rect)) = &mut self.face {
            *rect = rect.translate(by);
        }
    }
}
