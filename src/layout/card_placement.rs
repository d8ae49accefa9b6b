//! Cards at their positions, with their numbers.
//!
//! Must not know: what is on a card, colours.

use super::card::Card;
use super::card_names::CardMetrics;
use super::grid::GridStep;
use super::route::CardRows;
use super::shared_inputs::LayoutInputs;
use super::text_block::{TextBlock, TextRole};
use crate::geom::{Rect, pt};
use crate::text::Measure;
use crate::theme::size;

impl LayoutInputs<'_> {
    /// The cards of a stage at their positions. `drafts` are cards made by [`LayoutInputs::card`].
    pub(super) fn place_cards(
        &self,
        drafts: &[Card],
        steps: &[GridStep],
        rows: &CardRows,
        measure: &mut dyn Measure,
    ) -> Vec<Card> {
        let sizes = self.sizes;
        let inside = CardMetrics::of(sizes);
        let style = sizes.text(size::SMALL_STRONG);
        let mut cards = Vec::with_capacity(steps.len());
        for (draft, step) in drafts.iter().zip(steps) {
            let number = TextBlock::new(&step.number, style, TextRole::Soft, inside.width, measure);
            let mut runs = Vec::with_capacity(draft.runs.len() + 1);
            let right = sizes.card - inside.right;
            number.place(right - number.width(), inside.top, &mut runs);
            runs.extend(draft.runs.iter().cloned());
            let mut card = Card {
                rect: draft.rect,
                runs,
                icons: draft.icons.clone(),
                badges: draft.badges.clone(),
                far: draft.far.clone(),
                assumption_line: draft.assumption_line,
                dominator_mark: None,
            };
            let (x, top, height) = (
                sizes.card_x(step.column),
                rows.top(step.row),
                rows.height(step.row),
            );
            // Badges stay at the bottom of the card, even if neighbours make it higher.
            let slack = height - card.rect.height();
            shift(&mut card, x, top, slack);
            card.rect = Rect::new(x, top, sizes.card, height);
            cards.push(card);
        }
        cards
    }
}

fn shift(card: &mut Card, dx: f32, dy: f32, slack: f32) {
    let by = |p: &mut Rect, dy: f32| *p = p.translate(pt(dx, dy));
    for run in card.runs.iter_mut().chain(&mut card.far) {
        run.at.x += dx;
        run.at.y += dy;
    }
    for (_, rect) in &mut card.icons {
        by(rect, dy);
    }
    if let Some((from, to, y)) = &mut card.assumption_line {
        *from += dx;
        *to += dx;
        *y += dy;
    }
    for badge in &mut card.badges {
        by(&mut badge.rect, dy + slack);
        for run in &mut badge.runs {
            run.at.x += dx;
            run.at.y += dy + slack;
        }
    }
}
