//! Counts of touchpoints, stages and pain points by mark, cached per stage.
//!
//! Must not know: how counts are shown.

use super::cached::Cached;
use crate::model::{Map, Touchpoint};
use crate::session::Session;

/// Counts by mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkCounts {
    /// Touchpoints without an owner.
    pub unowned_touchpoints: usize,
    /// Stages without an owner.
    pub unowned_stages: usize,
    /// Touchpoints with pain points.
    pub touchpoints_with_pain: usize,
    /// Pain points.
    pub pains: usize,
}

impl MarkCounts {
    fn of(map: &Map, touchpoints: &[Touchpoint]) -> MarkCounts {
        let mut counts = MarkCounts::default();
        for touchpoint in touchpoints {
            counts.unowned_touchpoints += usize::from(map.lacks_owner(touchpoint));
            counts.touchpoints_with_pain += usize::from(!touchpoint.pains.is_empty());
            counts.pains += touchpoint.pains.len();
        }
        counts
    }

    /// Touchpoints and stages without an owner.
    pub fn unowned(&self) -> usize {
        self.unowned_touchpoints + self.unowned_stages
    }
}

/// Counts of a map by mark, cached by revision.
#[derive(Default)]
pub struct CountCache {
    total: Cached<u64, MarkCounts>,
    /// Counts of each stage, with the stamps of its touchpoints and of the environments.
    stages: Vec<([u64; 2], MarkCounts)>,
}

impl CountCache {
    /// Counts by mark.
    pub fn counts(&mut self, session: &Session) -> MarkCounts {
        let (map, stages) = (session.map(), &mut self.stages);
        self.total.get(session.revision(), || {
            let mut counts = MarkCounts {
                unowned_stages: map.stages().iter().filter(|s| s.owner.is_none()).count(),
                ..MarkCounts::default()
            };
            stages.resize_with(map.stages().len(), Default::default);
            for ((_, list), (known, counted)) in map.touchpoint_lists().zip(stages) {
                // Equal stamps mean equal touchpoints, whichever stage was counted.
                let stamps = [list.stamp(), map.environments().stamp()];
                if *known != stamps {
                    (*known, *counted) = (stamps, MarkCounts::of(map, list.as_slice()));
                }
                counts.unowned_touchpoints += counted.unowned_touchpoints;
                counts.touchpoints_with_pain += counted.touchpoints_with_pain;
                counts.pains += counted.pains;
            }
            counts
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::Document;
    use crate::edit::proptests::{intent, rolls};
    use crate::graph::Graph;
    use crate::insight::{Stats, check};
    use crate::layout::ownership::{Owner, ownership};
    use crate::model::arbitrary;
    use crate::scene::{Highlight, Marks};
    use crate::search::filter::facet_counts;
    use crate::text::Typesetter;
    use crate::theme::Density;
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn every_part_of_the_program_counts_the_same_unowned_touchpoints(map in arbitrary::map()) {
            let unowned = Document::new(0, Session::untitled(map.clone())).counts().unowned_touchpoints;
            let today = "2026-06-01".parse().unwrap();
            let found = check(&map, today);
            let found = found.iter().map(|finding| finding.rule.id);
            let found = found.filter(|rule| ["unowned-touchpoint", "moment-unowned"].contains(rule));
            prop_assert!(!map.suppressions().is_empty() || found.count() == unowned);
            prop_assert_eq!(Stats::of(&map, &Graph::of(&map), today).unowned, unowned);
            let lit = Highlight::from(Marks::UNOWNED);
            let lit = map.touchpoints().filter(|it| lit.contains_touchpoint(&map, it));
            prop_assert_eq!(lit.count(), unowned);
            let facets = facet_counts(&map);
            let facet = facets.iter().find(|it| it.label == "No owner");
            prop_assert_eq!(facet.map_or(0, |it| it.count), unowned);
            let matrix = ownership(&map, Density::default(), &mut Typesetter::bundled());
            let row = matrix.rows.iter().find(|row| row.owner == Some(Owner::Nobody));
            prop_assert_eq!(row.map_or(0, |row| row.totals.workload.touchpoints), unowned);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn cached_counts_equal_fresh_counts(
            map in arbitrary::map(),
            edits in rolls(12),
        ) {
            let mut document = Document::new(0, Session::untitled(map));
            for roll in edits {
                if let Some(intent) = intent(document.session.map(), roll) {
                    // A refusal is no change.
                    let _ = document.session.apply(&intent);
                }
                let map = document.session.map().clone();
                let afresh = Document::new(1, Session::untitled(map)).counts();
                prop_assert_eq!(document.counts(), afresh);
            }
        }
    }
}
