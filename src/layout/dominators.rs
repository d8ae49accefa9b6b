//! The cards that every customer passes, and the marks on them.
//!
//! Present only with [`super::LayoutOptions::handoffs`].
//! Must not know: the course of routes, colours.

use super::route::RelativeTarget;
use super::stage::StageLayout;
use crate::geom::{Rect, pt};
use crate::graph::{Graph, StageFlow};
use crate::model::Map;
use crate::theme::Sizes;

/// Size of the mark on a card that every customer passes, added to that of an icon.
pub(super) const DOMINATOR_MARK_EXTRA: f32 = 5.0;

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
        let graph = Graph::of(map);
        let ends = graph.first_contact().zip(graph.last_contact());
        let all = ends.and_then(|(first, last)| graph.dominators(first, last));
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
