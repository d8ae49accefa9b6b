//! An index of intervals for range queries along x.
//!
//! Must not know: the indexed objects.

/// Intervals along x, sorted by their start.
#[derive(Clone, Debug, Default)]
pub(super) struct IntervalIndex {
    /// Start and number of each interval, sorted by start.
    starts: Vec<(f64, u32)>,
    /// Largest end of all intervals up to this index.
    max_ends: Vec<f64>,
}

impl IntervalIndex {
    /// Rebuilds the index for `count` intervals, given the start and end of each. If
    /// the count is unchanged, sorting starts from the previous order, which is nearly
    /// right after an edit.
    pub(super) fn rebuild(&mut self, count: usize, interval: impl Fn(usize) -> (f64, f64)) {
        if self.starts.len() == count {
            for (start, number) in &mut self.starts {
                *start = interval(*number as usize).0;
            }
        } else {
            self.starts.clear();
            let numbers = 0..count as u32;
            self.starts
                .extend(numbers.map(|number| (interval(number as usize).0, number)));
        }
        // The stable sort benefits from long presorted runs.
        self.starts
            .sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut furthest = f64::NEG_INFINITY;
        self.max_ends.clear();
        self.max_ends.extend(self.starts.iter().map(|(_, number)| {
            furthest = furthest.max(interval(*number as usize).1);
            furthest
        }));
    }

    /// Adds the numbers of a superset of the intervals that share a point with the
    /// range; exact for the intervals that start within it.
    pub(super) fn query(&self, from: f64, to: f64, out: &mut Vec<u32>) {
        let first = self.max_ends.partition_point(|reach| *reach < from);
        let last = self.starts.partition_point(|(start, _)| *start <= to);
        if let Some(found) = self.starts.get(first..last) {
            out.extend(found.iter().map(|(_, number)| *number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn query_finds_all_intersecting_intervals(
            before in prop::collection::vec((0.0..100.0_f64, 0.0..30.0_f64), 0..60),
            intervals in prop::collection::vec((0.0..100.0_f64, 0.0..30.0_f64), 0..60),
            as_many in any::<bool>(),
            from in -10.0..110.0_f64,
            width in 0.0..40.0_f64,
        ) {
            let spans = |list: Vec<(f64, f64)>| -> Vec<(f64, f64)> {
                list.into_iter().map(|(a, w)| (a, a + w)).collect()
            };
            let (mut before, intervals) = (spans(before), spans(intervals));
            if as_many {
                before.resize(intervals.len(), (50.0, 60.0));
            }
            let mut strip = IntervalIndex::default();
            strip.rebuild(before.len(), |at| before[at]);
            strip.rebuild(intervals.len(), |at| intervals[at]);
            let mut found = Vec::new();
            strip.query(from, from + width, &mut found);
            for (i, (a, b)) in intervals.iter().enumerate() {
                let meets = *a <= from + width && *b >= from;
                prop_assert!(!meets || found.contains(&(i as u32)));
                prop_assert!(*a <= from + width || !found.contains(&(i as u32)));
            }
        }
    }

    #[test]
    fn query_skips_distant_intervals() {
        let mut strip = IntervalIndex::default();
        strip.rebuild(1000, |at| (at as f64, at as f64 + 0.5));
        let mut found = Vec::new();
        strip.query(500.0, 502.2, &mut found);
        assert_eq!(found, vec![500, 501, 502]);
    }
}
