//! Means of the values that were entered for a month or a week.
//!
//! Must not know: words for people.

use super::score::ScoreSeries;
use crate::model::{Date, Measurement};
use std::collections::BTreeMap;

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A calendar month.
    Month,
    /// A week from Monday to Sunday (ISO 8601).
    Week,
}

impl Period {
    /// The name of the period that a day is in: `2026-03`, `2026-W09`.
    pub fn name(self, date: Date) -> String {
        match self {
            Period::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Period::Week => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
        }
    }
}

/// The mean of the values of one metric that were entered for a period, over the whole map.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodMean {
    /// The metric as the newest measurement writes it, with its unit.
    pub metric: String,
    /// The name of the period.
    pub period: String,
    /// The mean, weighted by the numbers of answers if all of them are known.
    pub mean: f64,
    /// The number of values.
    pub values: usize,
    /// The number of answers, if all of them are known.
    pub answers: Option<u64>,
}

/// A metric with its title and its measurements by period.
type PeriodValues<'m> = (&'m str, String, BTreeMap<String, Vec<&'m Measurement>>);

/// Computes the means of all metrics by period: metrics in the order of the map, periods in
/// order of time.
pub fn period_means(series: &[ScoreSeries<'_>], period: Period) -> Vec<PeriodMean> {
    let mut metrics: Vec<PeriodValues<'_>> = Vec::new();
    for score in series {
        let name = score.series.name.as_str();
        let at = metrics.iter().position(|(known, ..)| *known == name);
        let at = at.unwrap_or_else(|| {
            let newest = score.newest();
            let words = [newest.metric.trim(), newest.unit.trim()];
            metrics.push((name, words.join(" ").trim().to_owned(), BTreeMap::new()));
            metrics.len() - 1
        });
        for (_, measurement) in &score.series.taken {
            if let Some(date) = measurement.date {
                metrics[at]
                    .2
                    .entry(period.name(date))
                    .or_default()
                    .push(measurement);
            }
        }
    }
    let means = metrics.into_iter().flat_map(|(_, metric, periods)| {
        periods
            .into_iter()
            .map(move |(period, taken)| mean(&metric, period, &taken))
    });
    means.collect()
}

fn mean(metric: &str, period: String, taken: &[&Measurement]) -> PeriodMean {
    let answers = taken
        .iter()
        .map(|it| it.n.filter(|n| *n > 0).map(u64::from));
    let answers: Option<u64> = answers.sum();
    let weight = |it: &Measurement| match answers {
        Some(_) => it.n.map_or(1.0, f64::from),
        None => 1.0,
    };
    let value = |it: &Measurement| it.value.map_or(0.0, |value| value.value());
    let weights: f64 = taken.iter().map(|it| weight(it)).sum();
    let sum: f64 = taken.iter().map(|it| weight(it) * value(it)).sum();
    PeriodMean {
        metric: metric.to_owned(),
        period,
        mean: sum / weights,
        values: taken.len(),
        answers,
    }
}
