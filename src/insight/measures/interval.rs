//! Confidence intervals of measured values.
//!
//! Must not know: series, rules.

use super::metric::{MetricScale, scale};
use crate::model::{Answers, Decimal, Measurement};

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_964;

/// Number of answers from which on the standard deviation is used.
const MIN_ANSWERS: f64 = 4.0;

/// A 95 % confidence interval, in the unit of the metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfidenceInterval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
    /// The scale of the metric.
    pub scale: MetricScale,
    /// Whether this is the widest interval that the value allows, because the spread of the
    /// answers is unknown: the true one lies within.
    pub is_bound: bool,
}

/// Whether a value is a mean on a known scale, or NPS, so that its interval depends on the spread
/// of the answers.
pub fn is_mean(measurement: &Measurement) -> bool {
    scale(measurement).is_some_and(|scale| !scale.is_proportion)
}

/// The 95 % confidence interval of a measured value; `None` if the number of
/// answers or the scale is unknown.
///
/// For a mean with a known standard deviation that of Student (The probable error of a mean,
/// Biometrika 6, 1908), within the scale. For a proportion the score interval of Wilson (Probable
/// inference, the law of succession, and statistical inference, 1927). A mean on a bounded scale
/// varies at most as much as a proportion: its variance is at most (high − mean)(mean − low)
/// (Bhatia and Davis, A better bound on the variance, 2000). NPS is a difference of two shares with
/// the variance p + d − (p − d)², at most 1 − NPS²: that of a proportion, reached if nobody is
/// passive. For both the interval is then the widest possible.
///
/// Where the counts of NPS are known, the adjusted interval of Wald: three answers are added, three
/// quarters each to promoters and detractors (Rocks, Interval estimation for the Net Promoter
/// Score, The American Statistician 70, 2016). Counts on a scale give the standard deviation.
pub fn confidence_interval(measurement: &Measurement) -> Option<ConfidenceInterval> {
    let scale = scale(measurement)?;
    let value = measurement.value?.value();
    let n = f64::from(measurement.n.filter(|n| *n > 0 && scale.contains(value))?);
    let p = scale.fraction(value);
    let deviation = deviation(measurement, scale);
    let nps = nps_variance(measurement);
    let (low, high) = match deviation {
        _ if let Some((value, variance)) = nps => {
            let half = Z * variance.sqrt() / 2.0;
            let middle = scale.fraction(100.0 * value);
            (middle - half, middle + half)
        }
        Some(deviation) => {
            let half = student_quantile(n - 1.0) * deviation / n.sqrt();
            (p - half, p + half)
        }
        None => {
            let spread = 1.0 + Z * Z / n;
            let middle = (p + Z * Z / (2.0 * n)) / spread;
            let half = Z / spread * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
            (middle - half, middle + half)
        }
    };
    let width = scale.high - scale.low;
    Some(ConfidenceInterval {
        low: scale.low + width * low.max(0.0),
        high: scale.low + width * high.min(1.0),
        scale,
        is_bound: !scale.is_proportion && deviation.is_none() && nps.is_none(),
    })
}

/// The standard deviation of the answers as a fraction of the scale; `None` where it is unknown or
/// impossible, or where the value alone determines it.
fn deviation(measurement: &Measurement, scale: MetricScale) -> Option<f64> {
    let counted = measurement.answers().and_then(|answers| answers.sd());
    let stated = || measurement.sd.map(Decimal::value);
    let deviation = counted.or_else(stated)? / (scale.high - scale.low);
    let known = !scale.is_proportion
        && f64::from(measurement.n?) >= MIN_ANSWERS
        && is_possible_deviation(measurement, scale);
    known.then_some(deviation)
}

/// The adjusted Net Promoter Score, −1 … 1, and its variance, after Rocks; `None` without counts.
fn nps_variance(measurement: &Measurement) -> Option<(f64, f64)> {
    let Some(Answers::Nps([promoters, passives, detractors])) = measurement.answers() else {
        return None;
    };
    let n = f64::from(promoters) + f64::from(passives) + f64::from(detractors) + 3.0;
    let promoters = (f64::from(promoters) + 0.75) / n;
    let detractors = (f64::from(detractors) + 0.75) / n;
    let value = promoters - detractors;
    Some((value, (promoters + detractors - value * value) / n))
}

/// Whether answers on the scale can have this mean and this standard deviation: Bhatia and Davis
/// for a sample, whose deviation is taken with n − 1.
pub(in crate::insight) fn is_possible_deviation(
    measurement: &Measurement,
    scale: MetricScale,
) -> bool {
    let (Some(value), Some(sd)) = (measurement.value, measurement.sd) else {
        return true;
    };
    let (value, sd) = (value.value(), sd.value());
    let n = measurement.n.map_or(f64::INFINITY, f64::from);
    let sample = if n.is_finite() {
        n / (n - 1.0).max(1.0)
    } else {
        2.0
    };
    // Both numbers are rounded, each by up to a tenth in reports.
    let rounding = 0.1 * (scale.high - scale.low);
    let most = sample * (scale.high - value) * (value - scale.low);
    sd >= 0.0 && (!scale.contains(value) || sd <= most.max(0.0).sqrt() + rounding)
}

/// The 97.5 % quantile of Student's distribution, for at least three degrees of freedom to one
/// per cent (Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.7.5).
fn student_quantile(freedom: f64) -> f64 {
    let z = Z;
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + first / freedom + second / freedom.powi(2) + third / freedom.powi(3)
}

/// A difference of two measured values with its 95 % confidence interval, in their unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The later value less the earlier one.
    pub by: f64,
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
    /// Whether one of the intervals that this rests on is a bound; see
    /// [`ConfidenceInterval::is_bound`].
    pub is_bound: bool,
}

impl Difference {
    /// Whether chance alone explains the difference: zero lies in the interval.
    pub fn may_be_chance(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

/// The difference between two measurements of one metric on one scale; `None` if an interval
/// of one of them is unknown.
///
/// The bounds are recovered from the two intervals, which for shares is method 10 of Newcombe
/// (Interval estimation for the difference between independent proportions, Statistics in Medicine
/// 17, 1998; Zou and Donner, Construction of confidence limits about effect measures, Statistics in
/// Medicine 27, 2008).
pub fn difference(was: &Measurement, is: &Measurement) -> Option<Difference> {
    let (before, after) = (confidence_interval(was)?, confidence_interval(is)?);
    if before.scale != after.scale {
        return None;
    }
    let (was, is) = (was.value?.value(), is.value?.value());
    let by = is - was;
    let distance = |one: f64, other: f64| (one * one + other * other).sqrt();
    Some(Difference {
        by,
        low: by - distance(is - after.low, before.high - was),
        high: by + distance(after.high - is, was - before.low),
        is_bound: before.is_bound || after.is_bound,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Decimal;

    fn measured(metric: &str, value: f64, unit: &str, n: u32) -> Measurement {
        Measurement {
            metric: metric.to_owned(),
            value: Decimal::from_value(value),
            unit: unit.to_owned(),
            n: Some(n),
            ..Measurement::default()
        }
    }

    #[test]
    fn planned_measurements_and_impossible_values_have_no_interval() {
        let planned = Measurement {
            value: None,
            ..measured("NPS", 0.0, "", 30)
        };
        assert_eq!(confidence_interval(&planned), None);
        assert_eq!(confidence_interval(&measured("NPS", 140.0, "", 30)), None);
        assert_eq!(confidence_interval(&measured("NPS", 40.0, "", 0)), None);
    }

    /// The standard textbook example of Wilson's interval: 10 of 20.
    #[test]
    fn the_interval_is_wilsons() {
        let half = confidence_interval(&measured("Finished", 50.0, "%", 20)).unwrap();
        assert!((half.low - 29.93).abs() < 0.01 && (half.high - 70.07).abs() < 0.01);
        assert!(!half.is_bound);
        let all = confidence_interval(&measured("Finished", 100.0, "%", 3)).unwrap();
        assert!((all.low - 43.85).abs() < 0.01 && all.high == 100.0);
    }

    /// The examples of Rocks: 24, 56 and 20 of 100 give ± 12.8 points, 10, 6 and 4 of 20 ± 32.
    #[test]
    fn counts_of_nps_give_the_adjusted_interval_of_wald() {
        for (counts, wanted) in [([24, 56, 20], 12.8), ([10, 6, 4], 31.8)] {
            let mut nps = measured("NPS", 0.0, "", 0);
            assert!(nps.set_counts(counts.to_vec()));
            let interval = confidence_interval(&nps).unwrap();
            let half = (interval.high - interval.low) / 2.0;
            assert!((half - wanted).abs() < 0.05, "{half}");
            assert!(!interval.is_bound);
        }
    }

    /// An example of Newcombe (table II, method 10): 56 of 70 less 48 of 80 is 0.0524 to 0.3339.
    #[test]
    fn a_difference_of_shares_is_newcombes() {
        let [was, is] = [[48, 32], [56, 14]].map(|counts| {
            let mut share = measured("Solved", 0.0, "%", 0);
            share.set_counts(counts.to_vec());
            share
        });
        let difference = difference(&was, &is).unwrap();
        assert!((difference.low - 5.24).abs() < 0.01, "{difference:?}");
        assert!((difference.high - 33.39).abs() < 0.01, "{difference:?}");
        assert!(!difference.may_be_chance());
    }

    #[test]
    fn counts_on_a_scale_give_the_spread() {
        let mut counted = measured("CSAT", 0.0, "", 0);
        counted.set_counts(vec![1, 2, 5, 8, 4]);
        let stated = Measurement {
            sd: Decimal::from_value(1.095),
            ..measured("CSAT", 3.6, "of 5", 20)
        };
        let [counted, stated] = [counted, stated].map(|it| confidence_interval(&it).unwrap());
        assert!(!counted.is_bound && (counted.low - stated.low).abs() < 0.001);
    }

    #[test]
    fn intervals_of_means_and_nps_are_bounds() {
        for measurement in [
            measured("CSAT", 3.8, "of 5", 69),
            measured("NPS", 12.0, "", 340),
        ] {
            assert!(confidence_interval(&measurement).unwrap().is_bound);
        }
    }

    /// Published values of the 97.5 % quantile.
    #[test]
    fn students_quantiles_are_known() {
        for (freedom, wanted) in [(3.0, 3.182), (9.0, 2.262), (29.0, 2.045), (1000.0, 1.962)] {
            let found = student_quantile(freedom);
            assert!((found / wanted - 1.0).abs() < 0.01, "{freedom}: {found}");
        }
    }

    #[test]
    fn a_known_deviation_gives_the_interval_of_the_mean() {
        let known = Measurement {
            sd: Decimal::from_value(0.9),
            ..measured("CSAT", 3.8, "of 5", 69)
        };
        let interval = confidence_interval(&known).unwrap();
        // 3.8 ± 1.995 · 0.9 / √69
        assert!((interval.low - 3.584).abs() < 0.001 && (interval.high - 4.016).abs() < 0.001);
        assert!(!interval.is_bound);
        let bound = confidence_interval(&measured("CSAT", 3.8, "of 5", 69)).unwrap();
        assert!(bound.low < interval.low && bound.high > interval.high);
        // An impossible deviation is not used, and a proportion needs none.
        for (metric, unit, sd) in [
            ("CSAT", "of 5", 3.0),
            ("CSAT", "of 5", -1.0),
            ("Done", "%", 9.0),
        ] {
            let measurement = Measurement {
                sd: Decimal::from_value(sd),
                ..measured(metric, 3.8, unit, 69)
            };
            let without = confidence_interval(&measured(metric, 3.8, unit, 69));
            assert_eq!(confidence_interval(&measurement), without, "{metric} {sd}");
        }
    }
}
