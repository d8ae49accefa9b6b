//! An index of intervals for range queries along x.
//!
//! Must not know: the indexed objects.

/// Intervals along x, sorted by their start: start, largest end of all intervals up to
/// this one, and number.
#[derive(Clone, Debug, Default)]
pub(super) struct IntervalIndex(Vec<(f64, f64, u32)>);

impl IntervalIndex {
    /// Builds the index from the start, the end and the number of each interval.
    pub(super) fn new(mut intervals: Vec<(f64, f64, u32)>) -> IntervalIndex {
        // The stable sort benefits from long presorted runs.
        intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut furthest = f64::NEG_INFINITY;
        for (_, end, _) in &mut intervals {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        IntervalIndex(intervals)
    }

    /// Adds the numbers of a superset of the intervals that share a point with the
    /// range; exact for the intervals that start within it.
    pub(super) fn query(&self, from: f64, to: f64, out: &mut Vec<u32>) {
        let first = self.0.partition_point(|(_, reach, _)| *reach < from);
        let last = self.0.partition_point(|(start, _, _)| *start <= to);
        if let Some(found) = self.0.get(first..last) {
            out.extend(found.iter().map(|(_, _, number)| *number));
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
            intervals in prop::collection::vec((0.0..100.0_f64, 0.0..30.0_f64), 0..60),
            from in -10.0..110.0_f64,
            width in 0.0..40.0_f64,
        ) {
            let numbered = (0..).zip(&intervals);
            let spans = numbered.map(|(number, (start, width))| (*start, start + width, number));
            let index = IntervalIndex::new(spans.collect());
            let mut found = Vec::new();
            index.query(from, from + width, &mut found);
            for (i, (a, w)) in intervals.iter().enumerate() {
                let meets = *a <= from + width && *a + *w >= from;
                prop_assert!(!meets || found.contains(&(i as u32)));
                prop_assert!(*a <= from + width || !found.contains(&(i as u32)));
            }
        }
    }

    #[test]
    fn query_skips_distant_intervals() {
        let intervals = (0..1000).map(|at| (f64::from(at), f64::from(at) + 0.5, at));
        let index = IntervalIndex::new(intervals.collect());
        let mut found = Vec::new();
        index.query(500.0, 502.2, &mut found);
        assert_eq!(found, vec![500, 501, 502]);
    }
}
