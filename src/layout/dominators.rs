//! The cards that every customer passes, the marks on them, and the legend of these and of handoff
//! marks.
//!
//! Present only with [`super::LayoutOptions::handoffs`].
//! Must not know: the course of routes, colours.

use super::handoffs::{HandoffMark, HandoffOwner as Owner, UNOWNED_WIDTH};
use super::legend::{LegendBuilder, LegendEntry, LegendSample};
use super::route::RelativeTarget;
use super::stage::StageLayout;
use super::text_block::{TextContext, TextRole};
use crate::geom::{Rect, pt};
use crate::graph::{Graph, StageFlow};
use crate::model::Map;
use crate::theme::{Sizes, size};

/// Size of the mark on a card that every customer passes, added to that of an icon.
const DOMINATOR_MARK_EXTRA: f32 = 5.0;

/// The cards that every customer passes, cached while the flow of the journey stays the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Dominators {
    /// The flow of the journey, by stage.
    flow_keys: Vec<StageFlowKey>,
    /// The cards that every customer passes, by stage.
    cards: Vec<Vec<usize>>,
    /// Number of these cards; `None` if no path leads from the first contact to the last.
    count: Option<usize>,
}

/// The flow within a stage and the targets outside of it.
type StageFlowKey = (StageFlow, Option<Vec<Option<RelativeTarget>>>);

impl Dominators {
    /// Updates the cards that every customer passes if the flow changed, and assigns them to the
    /// stages. Returns their number.
    pub fn update(
        &mut self,
        map: &Map,
        stages: &mut [StageLayout],
        mut fresh: impl FnMut() -> u64,
    ) -> Option<usize> {
        let same = |(course, stage): (&StageFlowKey, &StageLayout)| {
            course.0 == stage.flow && course.1.as_deref() == stage.routes.targets()
        };
        let known = self.flow_keys.len() == stages.len();
        if !known || !self.flow_keys.iter().zip(stages.iter()).all(same) {
            *self = Dominators::of(map, stages);
        }
        for (stage, cards) in stages.iter_mut().zip(&self.cards) {
            if stage.dominators != *cards {
                stage.dominators.clone_from(cards);
                stage.routes.set_version(fresh());
            }
        }
        self.count
    }

    fn of(map: &Map, stages: &[StageLayout]) -> Dominators {
        let all = Graph::of(map).passed_by_all();
        let count = all.as_ref().map(Vec::len);
        let mut all = all.unwrap_or_default();
        all.sort_unstable();
        let cards = stages.iter().map(|stage| {
            let (start, end) = (stage.first_step, stage.first_step + stage.steps().len());
            let first = all.partition_point(|at| *at < start);
            let last = all.partition_point(|at| *at < end);
            all[first..last].iter().map(|at| at - start).collect()
        });
        Dominators {
            cards: cards.collect(),
            flow_keys: stages
                .iter()
                .map(|stage| {
                    (
                        stage.flow.clone(),
                        stage.routes.targets().map(<[_]>::to_vec),
                    )
                })
                .collect(),
            count,
        }
    }
}

/// Place of the mark on a card that every customer passes.
pub(super) fn dominator_mark(card: Rect, sizes: &Sizes) -> Rect {
    let side = sizes.icon + DOMINATOR_MARK_EXTRA;
    Rect::centered_square(pt(card.max.x - side, card.max.y + 3.0), side)
}

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
        ("Handoff without owner", 0, None),
        ("Handoff with unknown owner", 0, None),
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
        let words = format!("Unavoidable steps {count}");
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
