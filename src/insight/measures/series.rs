//! Measurements of one metric over time.
//!
//! Must not know: rules, sentences.

use super::interval::{Difference, difference};
use super::metric::{recognize, scale, stated_range};
use crate::folding::fold_text;
use crate::model::Measurement;

/// Minimum fall that counts, as a share of the scale, whatever the number of answers.
const MIN_FALL: f64 = 0.05;

/// The measurements of one metric of one record that have a value.
#[derive(Clone, Debug)]
pub struct MeasurementSeries<'m> {
    /// The identity: the name of the metric in one spelling, and its unit.
    pub name: String,
    /// The measurements with their indices in the record, by date; those without a date come
    /// first, and equal ones in the order of the list.
    pub taken: Vec<(usize, &'m Measurement)>,
}

/// A fall at the end of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall<'m> {
    /// The measurement before the first step down.
    pub from: &'m Measurement,
    /// Number of measurements from there to the newest, both included.
    pub count: usize,
    /// Whether the numbers of answers are known, and chance may explain the fall.
    pub may_be_chance: bool,
}

/// Sorts the measurements of a record by metric, in the order of their first ones.
pub fn series_of(measurements: &[Measurement]) -> Vec<MeasurementSeries<'_>> {
    let mut all: Vec<MeasurementSeries<'_>> = Vec::new();
    let taken = measurements.iter().enumerate();
    for (at, it) in taken.filter(|(_, it)| it.value.is_some()) {
        let name = series_name(it);
        match all.iter_mut().find(|series| series.name == name) {
            Some(series) => series.taken.push((at, it)),
            None => all.push(MeasurementSeries {
                name,
                taken: vec![(at, it)],
            }),
        }
    }
    for series in &mut all {
        series.taken.sort_by_key(|(_, it)| it.date);
    }
    all
}

/// Whether two measurements are of one metric and unit, whatever their spelling.
pub fn is_same_series(one: &Measurement, other: &Measurement) -> bool {
    series_name(one) == series_name(other)
}

/// The name of the metric and its unit, so that other spellings of both are the same.
fn series_name(measurement: &Measurement) -> String {
    let name = recognize(&measurement.metric).name;
    let unit = match stated_range(&measurement.unit) {
        Some((low, high)) if low == f64::from(u8::from(high < 10.0)) => format!("of {high}"),
        Some((low, high)) => format!("{low}–{high}"),
        None => fold_text(&measurement.unit),
    };
    format!("{name} {unit}").trim().to_owned()
}

impl<'m> MeasurementSeries<'m> {
    /// The newest measurement with its index in the record.
    pub fn newest(&self) -> (usize, &'m Measurement) {
        // A series is made with its first measurement.
        self.taken[self.taken.len() - 1]
    }

    /// Whether a higher value is better; `None` where it is unknown.
    pub fn is_higher_better(&self) -> Option<bool> {
        MeasurementSeries::is_better_higher(self.newest().1)
    }

    /// Whether a higher value of a measurement is better; `None` where it is unknown.
    pub fn is_better_higher(measurement: &Measurement) -> Option<bool> {
        recognize(&measurement.metric).survey?.is_higher_better()
    }

    /// The fall that the newest measurement ends, along all measurements before it that each
    /// were no higher than the one before; so a slide in small steps is one fall. `None` for
    /// metrics of which it is unknown which way is better, and without dates.
    ///
    /// A fall counts from a twentieth of the scale on. A smaller one counts if the numbers of
    /// answers exclude chance.
    pub fn fall(&self) -> Option<Fall<'m>> {
        let (_, newest) = self.newest();
        self.is_higher_better().filter(|higher| *higher)?;
        let on = scale(newest)?;
        let fraction = |it: &Measurement| {
            let value = it.value.filter(|value| on.contains(value.value()))?;
            (scale(it) == Some(on) && it.date.is_some()).then(|| on.fraction(value.value()))
        };
        let is = fraction(newest)?;
        let mut from = (is, newest);
        let mut count = 1;
        for (_, earlier) in self.taken.iter().rev().skip(1) {
            let Some(was) = fraction(earlier) else {
                break;
            };
            // The last step must be a fall; in between the value may stay.
            if earlier.date == from.1.date || was < from.0 || (count == 1 && was == is) {
                break;
            }
            from = (was, earlier);
            count += 1;
        }
        let chance = difference(from.1, newest)
            .as_ref()
            .map(Difference::may_be_chance);
        // Fractions are not exact: 4.4 to 4.2 of 5 is a twentieth.
        let is_large = from.0 - is > MIN_FALL - 1e-9;
        (count > 1 && (is_large || chance == Some(false))).then_some(Fall {
            from: from.1,
            count,
            may_be_chance: chance == Some(true),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, Decimal};
    use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};

    fn measured(metric: &str, unit: &str, month: i8, value: f64, n: Option<u32>) -> Measurement {
        Measurement {
            metric: metric.to_owned(),
            value: Decimal::from_value(value),
            unit: unit.to_owned(),
            n,
            date: Some(Date::constant(2026, month, 1)),
            ..Measurement::default()
        }
    }

    fn csat(values: &[f64], n: Option<u32>) -> Vec<Measurement> {
        let numbered = (1..).zip(values);
        numbered
            .map(|(month, value)| measured("CSAT", "of 5", month, *value, n))
            .collect()
    }

    /// The value before the fall of the only series, and whether chance may explain it.
    fn fall(measurements: &[Measurement]) -> Option<(f64, bool)> {
        let all = series_of(measurements);
        assert_eq!(all.len(), 1);
        let fall = all[0].fall()?;
        Some((fall.from.value.unwrap().value(), fall.may_be_chance))
    }

    #[test]
    fn the_newest_is_the_last_by_date_in_any_order() {
        let [a, b, c] = [3, 1, 2].map(|month| measured("CSAT", "of 5", month, 4.0, None));
        let measurements = [a, b, c];
        let all = series_of(&measurements);
        let order: Vec<usize> = all[0].taken.iter().map(|(at, _)| *at).collect();
        assert_eq!(order, [1, 2, 0]);
    }

    #[test]
    fn spellings_of_a_metric_are_one_series() {
        let names = ["NPS", "Net Promoter Score", "net promoter score (NPS)"];
        let measurements = names.map(|name| measured(name, "", 1, 20.0, None));
        assert_eq!(series_of(&measurements).len(), 1);
        let units = ["of 5", "/5", "1–5", "out of 5"];
        let measurements = units.map(|unit| measured("Rating", unit, 1, 4.0, None));
        assert_eq!(series_of(&measurements)[0].name, "rating of 5");
    }

    #[test]
    fn a_slow_slide_is_a_fall_from_its_beginning() {
        assert_eq!(fall(&csat(&[4.4, 4.3, 4.3, 4.2], None)), Some((4.4, false)));
        assert_eq!(fall(&csat(&[4.9, 4.2, 4.4, 4.2], None)), Some((4.4, false)));
        let nps = [(1, 40.0), (2, 30.0), (3, 20.0), (4, 10.0)];
        let nps = nps.map(|(month, value)| measured("NPS", "", month, value, Some(200)));
        assert_eq!(fall(&nps), Some((40.0, false)));
    }

    #[test]
    fn a_rise_a_standstill_and_trifles_are_no_fall() {
        for values in [&[4.0, 4.4][..], &[4.4, 4.0, 4.0], &[4.4, 4.3], &[4.4]] {
            assert_eq!(fall(&csat(values, None)), None, "{values:?}");
        }
        let wait = [90.0, 20.0].map(|value| measured("Wait", "%", 1, value, None));
        assert_eq!(fall(&wait), None);
    }

    #[test]
    fn a_small_spread_shows_a_fall_that_may_be_chance_otherwise() {
        let mut measurements = csat(&[4.4, 4.2], Some(100));
        assert_eq!(fall(&measurements), Some((4.4, true)));
        for measurement in &mut measurements {
            measurement.sd = Decimal::from_value(0.6);
        }
        assert_eq!(fall(&measurements), Some((4.4, false)));
    }

    #[test]
    fn many_answers_show_a_small_fall() {
        assert_eq!(fall(&csat(&[4.4, 4.3], Some(9_000))), Some((4.4, false)));
        assert_eq!(fall(&csat(&[4.4, 4.2], Some(30))), Some((4.4, true)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn knowing_the_number_of_answers_hides_no_fall(
            tenths in proptest::collection::vec(10..=50_i32, 1..6),
            n in 1..2_000_u32,
            known in any::<bool>(),
        ) {
            let values: Vec<f64> = tenths.iter().map(|it| f64::from(*it) / 10.0).collect();
            let without = fall(&csat(&values, None));
            let with = fall(&csat(&values, known.then_some(n)));
            prop_assert!(without.is_none() || with.is_some());
        }
    }
}
