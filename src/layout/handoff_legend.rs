//! Legend of handoff marks and of the cards that every customer passes.
//!
//! Must not know: colours, the scene.

use super::dominators::DOMINATOR_MARK_EXTRA;
use super::handoffs::{HandoffMark, HandoffOwner as Owner, UNOWNED_WIDTH};
use super::legend::{LegendBuilder, LegendEntry, LegendSample};
use super::stage::StageLayout;
use super::text_block::{TextContext, TextRole};
use crate::geom::{Rect, pt};
use crate::theme::size;

/// The legend of handoff marks and marked cards with the number of each, below a header of this
/// height, and the bottom of it.
pub(super) fn handoff_legend(
    (width, height): (f32, f32),
    passed: Option<usize>,
    stages: &[StageLayout],
    text: &mut TextContext<'_>,
) -> (Vec<LegendEntry>, f32) {
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
    let line = (pt(UNOWNED_WIDTH + 1.0, -9.0), pt(UNOWNED_WIDTH + 1.0, 9.0));
    let mut samples = Vec::new();
    for (words, count, first) in kinds {
        if let Some(hands) = first {
            let mark = HandoffMark::new(hands, line, false);
            samples.push((LegendSample::Handoff(mark), format!("{words} {count}")));
        }
    }
    if samples.is_empty() {
        let words = "No handoffs between owners".to_owned();
        samples.push((LegendSample::None, words));
    }
    let side = text.sizes.icon + DOMINATOR_MARK_EXTRA;
    if let Some(count) = passed {
        let square = Rect::centered_square(pt(side / 2.0, 0.0), side);
        let words = format!("Every customer passes {count}");
        samples.push((LegendSample::Dominator(square), words));
    } else if stages.iter().any(|stage| !stage.steps().is_empty()) {
        let words = "No way from the first contact to the last".to_owned();
        samples.push((LegendSample::None, words));
    }
    let (left, style) = (size::MARGIN, text.sizes.text(size::SMALL));
    let mut legend = LegendBuilder::new((left, height - 2.0), width - 2.0 * left, 1.0);
    legend.gaps = (26.0, 24.0);
    for (sample, words) in samples {
        let wide = if sample == LegendSample::None {
            0.0
        } else {
            side
        };
        let words = (&*words, style, TextRole::Normal);
        legend.add(sample, (wide, 0.0), words, text.measure);
    }
    for entry in &mut legend.entries {
        let middle = style.size * size::LEADING / 2.0;
        let by = pt(entry.rect.min.x, entry.rect.min.y + middle);
        match &mut entry.sample {
            LegendSample::Handoff(mark) => *mark = mark.shift(by),
            LegendSample::Dominator(square) => *square = square.translate(by),
            _ => {}
        }
    }
    (legend.entries, legend.y + 36.0)
}
