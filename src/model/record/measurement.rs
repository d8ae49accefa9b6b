//! Measurements and the counts of their answers.
//!
//! Must not know: the metrics that may be measured, drawing.

use crate::model::decimal::Decimal;
use crate::model::value::Date;
use serde::{Deserialize, Serialize};

/// A measured or planned value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Measurement {
    /// The metric: `NPS`, `CSAT`, `CES` or a custom one.
    pub metric: String,
    /// The value in the metric's own unit; `None` if it is not measured yet.
    pub value: Option<Decimal>,
    /// The unit if the metric's name does not imply it ("%", "min").
    pub unit: String,
    /// The number of answers.
    pub n: Option<u32>,
    /// The standard deviation of the answers, in the unit of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sd: Option<Decimal>,
    /// The numbers of answers by kind, as [`Answers`] reads them; empty if they are unknown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<u32>,
    /// The value aimed at, in the same unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Decimal>,
    /// The date.
    #[serde(with = "crate::model::value::date")]
    pub date: Option<Date>,
}

/// The numbers of answers by kind, told apart by how many numbers there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers<'c> {
    /// The answers that count, and those that do not: `120 of 150` is `[120, 30]`.
    Share([u32; 2]),
    /// Promoters (9 and 10 of 10), passives (7 and 8) and detractors (0 to 6) of a Net Promoter
    /// Score (Reichheld, The one number you need to grow, Harvard Business Review, December 2003).
    Nps([u32; 3]),
    /// The answers on a scale from 1, the lowest first.
    Scale(&'c [u32]),
}

/// The largest number of steps of a scale whose answers are counted.
pub const MAX_SCALE_STEPS: usize = 10;

impl Answers<'_> {
    /// Reads counts: two are a share, three a Net Promoter Score, four to ten a scale. `None` for
    /// any other number of them, and without any answer.
    pub fn of(counts: &[u32]) -> Option<Answers<'_>> {
        let answers = match *counts {
            [with, without] => Answers::Share([with, without]),
            [promoters, passives, detractors] => Answers::Nps([promoters, passives, detractors]),
            ref scale if (4..=MAX_SCALE_STEPS).contains(&scale.len()) => Answers::Scale(scale),
            _ => return None,
        };
        (counts.iter().any(|count| *count > 0) && answers.n().is_some()).then_some(answers)
    }

    fn counts(&self) -> &[u32] {
        match self {
            Answers::Share(counts) => counts,
            Answers::Nps(counts) => counts,
            Answers::Scale(counts) => counts,
        }
    }

    /// The number of answers; `None` beyond 4,294,967,295.
    pub fn n(&self) -> Option<u32> {
        let counts = self.counts().iter();
        counts.copied().try_fold(0_u32, u32::checked_add)
    }

    /// The value: the share in per cent, the Net Promoter Score, or the mean on the scale.
    pub fn value(&self) -> f64 {
        let n: f64 = self.counts().iter().copied().map(f64::from).sum();
        match self {
            Answers::Share([with, _]) => 100.0 * f64::from(*with) / n,
            Answers::Nps([promoters, _, detractors]) => {
                100.0 * (f64::from(*promoters) - f64::from(*detractors)) / n
            }
            Answers::Scale(counts) => {
                let sum: f64 = (1..)
                    .zip(*counts)
                    .map(|(step, count)| f64::from(step) * f64::from(*count))
                    .sum();
                sum / n
            }
        }
    }

    /// The sample standard deviation on a scale; `None` for shares and Net Promoter Scores, whose
    /// counts determine it, and for a single answer.
    pub fn sd(&self) -> Option<f64> {
        let Answers::Scale(counts) = self else {
            return None;
        };
        let (mean, n) = (self.value(), f64::from(self.n()?));
        let squares = (1..)
            .zip(*counts)
            .map(|(step, count)| (f64::from(step) - mean).powi(2) * f64::from(*count));
        (n > 1.0).then(|| (squares.sum::<f64>() / (n - 1.0)).sqrt())
    }

    /// The unit of the value: `%`, none, `of 5`.
    pub fn unit(&self) -> String {
        match self {
            Answers::Share(_) => "%".to_owned(),
            Answers::Nps(_) => String::new(),
            Answers::Scale(counts) => format!("of {}", counts.len()),
        }
    }
}

impl Measurement {
    /// The answers by kind; `None` if they are unknown.
    pub fn answers(&self) -> Option<Answers<'_>> {
        Answers::of(&self.counts)
    }

    /// Takes counts, and the value, the number of answers and the unit that follow from
    /// them. Returns false, with nothing changed, for counts that say nothing.
    pub fn set_counts(&mut self, counts: Vec<u32>) -> bool {
        let Some(answers) = Answers::of(&counts) else {
            return false;
        };
        (self.n, self.unit) = (answers.n(), answers.unit());
        self.value = Decimal::from_value(rounded(answers.value()));
        self.sd = None;
        self.counts = counts;
        true
    }

    /// Whether value and number of answers are those of the counts, where these are known.
    pub fn agrees_with_counts(&self) -> bool {
        self.answers().is_none_or(|answers| {
            let value = self
                .value
                .is_none_or(|value| (value.value() - answers.value()).abs() <= 0.5);
            value && (self.n.is_none() || self.n == answers.n())
        })
    }

    /// Whether the measurement is empty.
    pub fn is_empty(&self) -> bool {
        *self == Measurement::default()
    }
}

/// Rounds a computed value to a tenth of a point, or a hundredth of a step of a scale.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
