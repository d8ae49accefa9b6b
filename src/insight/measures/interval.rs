//! Confidence intervals of measured values.
//!
//! Must not know: series, rules.

use super::metric::{MetricScale, scale};
use crate::model::Measurement;

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_964;

/// A 95 % confidence interval, in the unit of the metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfidenceInterval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
    /// The scale of the metric.
    pub scale: MetricScale,
}

impl ConfidenceInterval {
    /// Whether this is the widest interval that the value allows, because the spread of the
    /// answers is unknown: the true one lies within.
    pub fn is_bound(&self) -> bool {
        !self.scale.is_proportion
    }
}

/// The 95 % confidence interval of a measured value; `None` if the number of
/// answers or the scale is unknown.
///
/// For a proportion the score interval of Wilson (Probable inference, the law of succession,
/// and statistical inference, 1927). A mean on a bounded scale varies at most as much as a
/// proportion: its variance is at most (high − mean)(mean − low) (Bhatia and Davis, A better
/// bound on the variance, 2000). NPS is a difference of two shares with the variance
/// p + d − (p − d)², at most 1 − NPS²: that of a proportion, reached if nobody is passive.
/// For both the interval is the widest possible.
pub fn confidence_interval(measurement: &Measurement) -> Option<ConfidenceInterval> {
    let scale = scale(measurement)?;
    let value = measurement.value?.value();
    let n = f64::from(measurement.n.filter(|n| *n > 0 && scale.contains(value))?);
    let p = scale.fraction(value);
    let spread = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / spread;
    let half = Z / spread * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let width = scale.high - scale.low;
    Some(ConfidenceInterval {
        low: scale.low + width * (middle - half).max(0.0),
        high: scale.low + width * (middle + half).min(1.0),
        scale,
    })
}

/// Whether chance alone explains a fall between two proportions, given with their numbers of
/// answers: zero lies in the 95 % interval of the difference (Wald; Agresti, Categorical Data
/// Analysis, 2013, section 2.2). For means and NPS this is the widest interval.
pub(super) fn may_be_chance(was: (f64, u32), is: (f64, u32)) -> bool {
    let variance = |(p, n): (f64, u32)| p * (1.0 - p) / f64::from(n);
    was.0 - is.0 <= Z * (variance(was) + variance(is)).sqrt()
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
            date: None,
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
        assert!(!half.is_bound());
        let all = confidence_interval(&measured("Finished", 100.0, "%", 3)).unwrap();
        assert!((all.low - 43.85).abs() < 0.01 && all.high == 100.0);
    }

    #[test]
    fn intervals_of_means_and_nps_are_bounds() {
        for measurement in [
            measured("CSAT", 3.8, "of 5", 69),
            measured("NPS", 12.0, "", 340),
        ] {
            assert!(confidence_interval(&measurement).unwrap().is_bound());
        }
    }
}
