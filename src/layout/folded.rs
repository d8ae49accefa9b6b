//! A folded stage: a card that stands for all of its touchpoints.
//!
//! Must not know: where the stage is, colours, the scene.

use super::shared_inputs::LayoutInputs;
use super::text_block::{TextRole, TextRun};
use crate::geom::{Rect, pt};
use crate::model::{Score, Touchpoint};
use crate::theme::size;

/// The card of a folded stage, relative to stage and lane.
#[derive(Clone, Debug, PartialEq)]
pub struct FoldedCard {
    /// The card.
    pub rect: Rect,
    /// Number of touchpoints, and the score of the worst feeling.
    pub runs: Vec<TextRun>,
    /// The worst feeling, and the place of its face.
    pub worst: Option<(Score, Rect)>,
}

/// Padding inside the card.
const PADDING: f32 = 8.0;

impl LayoutInputs<'_> {
    /// The card of a folded stage in the first column at y 0, as high as it needs to be.
    pub(super) fn folded_card(&mut self, touchpoints: &[Touchpoint]) -> FoldedCard {
        let sizes = self.text.sizes;
        let (left, width) = (sizes.card_x(0), sizes.folded_card);
        let room = width - 2.0 * PADDING;
        let mut runs = Vec::new();
        let count = touchpoints.len().to_string();
        let noun = match touchpoints.len() {
            1 => "touchpoint",
            _ => "touchpoints",
        };
        let mut y = PADDING;
        for (words, style) in [(&*count, size::STAGE), (noun, size::SMALL)] {
            let block = self.text.block(words, style, TextRole::Normal, room);
            y = block.place(left + PADDING, y, &mut runs);
        }
        let feelings = touchpoints.iter().flat_map(|it| &it.feelings);
        let worst = feelings.filter_map(|feeling| feeling.score).min();
        let worst = worst.map(|score| {
            let block = self.text.block("Worst", size::SMALL, TextRole::Soft, room);
            y = block.place(left + PADDING, y + PADDING, &mut runs);
            let face = Rect::new(left + PADDING, y + 2.0, sizes.face, sizes.face);
            let beside = face.max.x + 6.0;
            let words = score.to_string();
            let room = left + width - PADDING - beside;
            let block = self
                .text
                .block(&words, size::STRONG, TextRole::Normal, room);
            block.place(beside, face.center().y - block.height() / 2.0, &mut runs);
            y = face.max.y;
            (score, face)
        });
        FoldedCard {
            rect: Rect::new(left, 0.0, width, y + PADDING),
            runs,
            worst,
        }
    }
}

impl FoldedCard {
    /// The card at this height of the lane, as high as its row.
    pub(super) fn placed(&self, top: f32, height: f32) -> FoldedCard {
        let by = pt(0.0, top);
        let mut card = self.clone();
        for run in &mut card.runs {
            run.at = run.at + by;
        }
        card.worst = card.worst.map(|(score, face)| (score, face.translate(by)));
        card.rect = card.rect.translate(by);
        card.rect.max.y = card.rect.min.y + height;
        card
    }
}
