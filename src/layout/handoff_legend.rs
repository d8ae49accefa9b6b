//! Legend of handoff marks and of the cards that every customer passes.
//!
//! Must not know: colours, the scene.

use super::dominators::DOMINATOR_MARK_EXTRA;
use super::handoffs::{HandoffMark, HandoffOwner as Owner, OwnerPair, UNOWNED_WIDTH};
use super::stage::StageLayout;
use super::text_block::{TextBlock, TextRole, TextRun};
use crate::geom::{Rect, pt};
use crate::text::Measure;
use crate::theme::{Sizes, size};

/// A legend entry.
#[derive(Clone, Debug)]
pub struct HandoffLegendEntry {
    /// The sample that is explained.
    pub sample: HandoffSample,
    /// The explanation with the number of occurrences.
    pub runs: Vec<TextRun>,
}

/// Sample of a legend entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HandoffSample {
    /// A handoff mark.
    Handoff(HandoffMark),
    /// The mark of a card that every customer passes, in this square.
    Dominator(Rect),
    /// No sample.
    Nothing,
}

/// The legend of handoff marks and marked cards with the number of each, below a header of this
/// height, and the bottom of it.
pub(super) fn handoff_legend(
    (width, height): (f32, f32),
    passed: Option<usize>,
    stages: &[StageLayout],
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> (Vec<HandoffLegendEntry>, f32) {
    let mut kinds = [
        ("Handoff between owners", 0, None),
        ("Handoff from or to nobody", 0, None),
        ("Handoff from or to an unknown owner", 0, None),
    ];
    for hands in stages.iter().flat_map(|stage| stage.routes.owner_pairs()) {
        let kind = match hands {
            (Owner::Nobody, _) | (_, Owner::Nobody) => 1,
            (Owner::Unknown, _) | (_, Owner::Unknown) => 2,
            (Owner::Department(_), Owner::Department(_)) => 0,
        };
        let (_, count, first) = &mut kinds[kind];
        *count += 1;
        first.get_or_insert(hands);
    }
    let upright = |hands: OwnerPair| {
        let line = (pt(UNOWNED_WIDTH + 1.0, -9.0), pt(UNOWNED_WIDTH + 1.0, 9.0));
        HandoffSample::Handoff(HandoffMark::new(hands, line, false))
    };
    let mut entries = Vec::new();
    for (words, count, first) in kinds {
        if let Some(hands) = first {
            entries.push((upright(hands), format!("{words} {count}")));
        }
    }
    if entries.is_empty() {
        entries.push((
            HandoffSample::Nothing,
            "No handoffs between owners".to_owned(),
        ));
    }
    let side = sizes.icon + DOMINATOR_MARK_EXTRA;
    let any = stages.iter().any(|stage| !stage.steps().is_empty());
    match passed {
        Some(count) => {
            let square = Rect::centered_square(pt(side / 2.0, 0.0), side);
            let words = format!("Every customer passes {count}");
            entries.push((HandoffSample::Dominator(square), words));
        }
        None if any => {
            let words = "No way from the first contact to the last".to_owned();
            entries.push((HandoffSample::Nothing, words));
        }
        None => {}
    }
    let (left, style) = (size::MARGIN, sizes.text(size::SMALL));
    let mut legend = Vec::new();
    let (mut x, mut y) = (left, height - 2.0);
    for (sample, words) in entries {
        let beside = match sample {
            HandoffSample::Nothing => 0.0,
            HandoffSample::Handoff(_) | HandoffSample::Dominator(_) => side + 6.0,
        };
        let room = (width - 2.0 * left - beside).max(80.0);
        let block = TextBlock::new(&words, style, TextRole::Normal, room, measure);
        let whole = beside + block.width();
        if x > left && x + whole > width - left {
            (x, y) = (left, y + 26.0);
        }
        let middle = pt(x, y + style.size * size::LEADING / 2.0);
        let mut runs = Vec::new();
        block.place(x + beside, y, &mut runs);
        legend.push(HandoffLegendEntry {
            sample: match sample {
                HandoffSample::Handoff(seam) => HandoffSample::Handoff(seam.shift(middle)),
                HandoffSample::Dominator(square) => {
                    HandoffSample::Dominator(square.translate(middle))
                }
                HandoffSample::Nothing => HandoffSample::Nothing,
            },
            runs,
        });
        x += whole + 24.0;
    }
    (legend, y + 36.0)
}
