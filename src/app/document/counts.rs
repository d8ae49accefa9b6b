//! Counts of touchpoints, stages and pain points by mark, cached per stage.
//!
//! Must not know: how counts are shown.

use super::cached::Cached;
use crate::model::Touchpoint;
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
    fn of(touchpoints: &[Touchpoint]) -> MarkCounts {
        let mut counts = MarkCounts::default();
        for touchpoint in touchpoints {
            counts.unowned_touchpoints += usize::from(touchpoint.owner.is_none());
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
    /// Counts of each stage, with the stamp of its touchpoints.
    stages: Vec<(u64, MarkCounts)>,
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
                if *known != list.stamp() {
                    (*known, *counted) = (list.stamp(), MarkCounts::of(list.as_slice()));
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
    use crate::model::arbitrary;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

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
