//! Finds what lies in a range of x without looking at everything.
//!
//! Must not know: what lies there.

/// Intervals along x, sorted by their start.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    /// Start and number of each interval, by start.
    starts: Vec<(f64, u32)>,
    /// The furthest end of all intervals up to here.
    reach: Vec<f64>,
}

impl Strip {
    /// From the start and end of each interval; its number is its place.
    pub(super) fn new(intervals: impl Iterator<Item = (f64, f64)>) -> Strip {
        let mut all: Vec<(f64, f64, u32)> = intervals
            .enumerate()
            .map(|(number, (from, to))| (from, to, number as u32))
            .collect();
        // A stable sort: it makes use of the long runs that come in order.
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut furthest = f64::NEG_INFINITY;
        let mut strip = Strip::default();
        for (from, to, number) in all {
            furthest = furthest.max(to);
            strip.starts.push((from, number));
            strip.reach.push(furthest);
        }
        strip
    }

    /// Adds the numbers of a superset of the intervals that share a point with
    /// the range; those that start within it are exact.
    pub(super) fn query(&self, from: f64, to: f64, out: &mut Vec<u32>) {
        let first = self.reach.partition_point(|reach| *reach < from);
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
        fn nothing_that_meets_the_range_is_missed(
            intervals in prop::collection::vec((0.0..100.0_f64, 0.0..30.0_f64), 0..60),
            from in -10.0..110.0_f64,
            width in 0.0..40.0_f64,
        ) {
            let intervals: Vec<(f64, f64)> = intervals.into_iter().map(|(a, w)| (a, a + w)).collect();
            let strip = Strip::new(intervals.iter().copied());
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
    fn far_away_is_not_looked_at() {
        let strip = Strip::new((0..1000).map(|i| (f64::from(i), f64::from(i) + 0.5)));
        let mut found = Vec::new();
        strip.query(500.0, 502.2, &mut found);
        assert_eq!(found, vec![500, 501, 502]);
    }
}
