//! Chips: touchpoints with little more than their names.
//!
//! Must not know: where chips are placed, colours.

use crate::geom::{Rect, pt};
use crate::layout::card::{Badge, badge_labels};
use crate::layout::flow::score_label;
use crate::layout::text_block;
use crate::layout::text_block::{TextBlock, TextRole, TextRun, fit_largest};
use crate::model::{Field, Score, Touchpoint, TouchpointId};
use crate::text::{Face, Measure, Style};
use crate::theme::{Icon, Sizes, size};
use std::sync::Arc;

/// Width of the owner's stripe at the left edge.
pub const CHIP_STRIPE: f32 = 6.0;
/// Names on chips.
const NAME: Style = Style {
    face: Face::Bold,
    size: 13.5,
};

/// A touchpoint in the cell of its owner.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The touchpoint.
    pub id: TouchpointId,
    /// The number, as in the journey.
    pub number: Arc<str>,
    /// Position and size.
    pub rect: Rect,
    /// Number and name.
    pub runs: Vec<TextRun>,
    /// Moment of truth and pains, without labels.
    pub badges: Vec<Badge>,
    /// The worst feeling, if there is any.
    pub face: Option<(Score, Icon, Rect)>,
    /// The name alone, enlarged for overview zoom.
    pub far: Vec<TextRun>,
}

/// Width of a chip.
pub(super) fn width(sizes: &Sizes) -> f32 {
    (sizes.card * 0.9).round()
}

impl Chip {
    /// A chip at (0, 0) with the height it needs.
    pub fn new(
        touchpoint: &Touchpoint,
        number: Arc<str>,
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> Chip {
        let left = CHIP_STRIPE + 7.0 * sizes.spacing.max(0.8);
        let inner = width(sizes) - left - 7.0;
        let (name, ink) = match touchpoint.name.as_str() {
            "" => ("Unnamed", TextRole::Soft),
            name => (name, TextRole::Normal),
        };
        let mut runs = Vec::new();
        let block = TextBlock::new(name, sizes.text(NAME), ink, inner, measure);
        let mut y = block.place(left, 5.0 * sizes.spacing, &mut runs);
        text_block::set_text_field(&mut runs, Field::Name);
        y += 2.0;
        let small = TextBlock::new(
            &number,
            sizes.text(size::SMALL),
            TextRole::Soft,
            inner,
            measure,
        );
        small.place(left, y, &mut runs);

        // From right to left, the most important first.
        let mut right = width(sizes) - 7.0;
        let mut take = |runs: &mut Vec<TextRun>,
                        word: Option<(String, TextRole)>,
                        measure: &mut dyn Measure| {
            if let Some((word, ink)) = word {
                let style = sizes.text(size::SMALL_STRONG);
                let block = TextBlock::new(&word, style, ink, inner, measure);
                block.place(right - block.width(), y, runs);
                right -= block.width() + 2.0;
            }
            right -= sizes.icon;
            let rect = Rect::new(right, y + 0.5, sizes.icon, sizes.icon);
            right -= 6.0;
            rect
        };
        let worst = touchpoint.feelings.iter().filter_map(|f| f.score).min();
        let face = worst.map(|score| {
            let rect = take(&mut runs, None, measure);
            (score, score_label(score).0, rect)
        });
        let mut badges = Vec::new();
        for (icon, ink, _) in badge_labels(touchpoint) {
            let word = match ink {
                TextRole::Pain if touchpoint.pains.len() > 1 => {
                    Some((touchpoint.pains.len().to_string(), ink))
                }
                TextRole::Pain | TextRole::Moment => None,
                _ => continue,
            };
            let mut words = Vec::new();
            let rect = take(&mut words, word, measure);
            badges.push(Badge {
                icon,
                role: ink,
                rect,
                runs: words,
            });
        }
        let bottom = small.height().max(sizes.icon + 1.0);
        let rect = Rect::new(0.0, 0.0, width(sizes), y + bottom + 5.0 * sizes.spacing);
        let mut far = Vec::new();
        let room = (rect.width() - CHIP_STRIPE - 12.0, rect.height() - 2.0);
        let far_sizes = [32.0, 27.0, 23.0, 19.0].map(|far| far * sizes.type_scale);
        let block = fit_largest(name, &far_sizes, room, ink, measure);
        let top = (rect.height() - block.height()) / 2.0;
        block.place(CHIP_STRIPE + 6.0, top, &mut far);
        text_block::set_text_field(&mut far, Field::Name);
        Chip {
            id: touchpoint.id.clone(),
            number,
            rect,
            runs,
            badges,
            face,
            far,
        }
    }

    /// Translates the chip.
    pub(super) fn shift(&mut self, dx: f32, dy: f32) {
        let by = pt(dx, dy);
        self.rect = self.rect.translate(by);
        let words = self.badges.iter_mut().flat_map(|badge| &mut badge.runs);
        for run in self.runs.iter_mut().chain(&mut self.far).chain(words) {
            run.at = run.at + by;
        }
        for badge in &mut self.badges {
            badge.rect = badge.rect.translate(by);
        }
        if let Some((_, _, rect)) = &mut self.face {
            *rect = rect.translate(by);
        }
    }
}
