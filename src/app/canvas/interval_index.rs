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

/// Builds the index from the start, the end and the number of each interval.
impl FromIterator<(f64, f64, u32)> for IntervalIndex {
    fn from_iter<T: IntoIterator<Item = (f64, f64, u32)>>(intervals: T) -> Self {
        let mut sorted: Vec<_> = intervals.into_iter().collect();
        // The stable sort benefits from long presorted runs.
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut furthest = f64::NEG_INFINITY;
        IntervalIndex {
            starts: sorted
                .iter()
                .map(|(start, _, number)| (*start, *number))
                .collect(),
            max_ends: sorted
                .iter()
                .map(|(_, end, _)| {
                    furthest = furthest.max(*end);
                    furthest
                })
                .collect(),
        }
    }
}

impl IntervalIndex {
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
            intervals in prop::collection::vec((0.0..100.0_f64, 0.0..30.0_f64), 0..60),
            from in -10.0..110.0_f64,
            width in 0.0..40.0_f64,
        ) {
            let index: IntervalIndex = (0..)
                .zip(&intervals)
                .map(|(number, (start, width))| (*start, start + width, number))
                .collect();
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
        let index: IntervalIndex = intervals.collect();
        let mut found = Vec::new();
        index.query(500.0, 502.2, &mut found);
        assert_eq!(found, vec![500, 501, 502]);
    }
}
