//! A metric of one record over time, its changes, and the reasons to look at it.
//!
//! Must not know: maps, words for people.

use crate::insight::measures::{
    ConfidenceInterval, Difference, MeasurementSeries, MetricScale, confidence_interval,
    difference, scale,
};
use crate::model::{Date, Decimal, Measurement, ObjectRef};

/// A metric of one record over time.
#[derive(Clone, Debug)]
pub struct ScoreSeries<'m> {
    /// The position of the touchpoint; `None` for the whole journey.
    pub touchpoint: Option<usize>,
    /// The record.
    pub object: ObjectRef,
    /// The measurements by date.
    pub series: MeasurementSeries<'m>,
    /// The scale of the newest value, if it is known.
    pub scale: Option<MetricScale>,
    /// The value aimed at: the newest one stated.
    pub target: Option<Decimal>,
    /// The change from the first to the newest date.
    pub overall: Option<ScoreChange<'m>>,
    /// The change within the period: from the last date before it, or else the first one in it.
    pub recent: Option<ScoreChange<'m>>,
    /// The reasons to look at it, the gravest first.
    pub attention: Vec<AttentionReason>,
    /// Whether most customers pass here and it was measured in fewer than four months of the
    /// last twelve.
    pub is_seldom: bool,
}

/// A change between two dates of one metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreChange<'m> {
    /// The earlier measurement.
    pub from: &'m Measurement,
    /// The later measurement.
    pub to: &'m Measurement,
    /// The difference of the values.
    pub by: f64,
    /// The difference with its interval; `None` if a number of answers or the scale is unknown.
    pub difference: Option<Difference>,
    /// The conclusion.
    pub verdict: ScoreVerdict,
}

/// The conclusion from two values of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreVerdict {
    /// Better: chance does not explain the rise.
    Better,
    /// Worse: chance does not explain the fall.
    Worse,
    /// Higher, of a metric that may be good either way.
    Higher,
    /// Lower, of a metric that may be good either way.
    Lower,
    /// The same value.
    Unchanged,
    /// Chance may explain the difference, or the number of answers is unknown.
    CannotBeTold,
}

impl ScoreVerdict {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            ScoreVerdict::Better => "better",
            ScoreVerdict::Worse => "worse",
            ScoreVerdict::Higher => "higher",
            ScoreVerdict::Lower => "lower",
            ScoreVerdict::Unchanged => "unchanged",
            ScoreVerdict::CannotBeTold => "cannot be told",
        }
    }
}

/// A moment that shapes what customers remember or do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMoment {
    /// The first contact.
    First,
    /// The last contact.
    Last,
    /// A moment of truth.
    MomentOfTruth,
}

impl KeyMoment {
    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            KeyMoment::First => "first contact",
            KeyMoment::Last => "last contact",
            KeyMoment::MomentOfTruth => "moment of truth",
        }
    }
}

/// A reason to look at a metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AttentionReason {
    /// It became worse in the period.
    Worse,
    /// It is below its target.
    BelowTarget {
        /// The target less the value.
        by: f64,
        /// Whether the whole interval lies below the target.
        is_certain: bool,
    },
    /// It lies in the lower half of its scale at a key moment.
    LowAt(KeyMoment),
}

impl AttentionReason {
    /// The rank, the gravest first.
    pub(super) fn rank(self) -> u8 {
        match self {
            AttentionReason::Worse => 0,
            AttentionReason::BelowTarget {
                is_certain: true, ..
            } => 1,
            AttentionReason::LowAt(_) => 2,
            AttentionReason::BelowTarget { .. } => 3,
        }
    }
}

impl<'m> ScoreSeries<'m> {
    pub(super) fn of(
        series: MeasurementSeries<'m>,
        touchpoint: Option<usize>,
        object: ObjectRef,
        since: Date,
    ) -> ScoreSeries<'m> {
        let (_, newest) = series.newest();
        let dated = || {
            series
                .taken
                .iter()
                .map(|(_, it)| *it)
                .filter(|it| it.date.is_some())
        };
        let earlier = || dated().filter(|it| it.date < newest.date);
        let overall = earlier()
            .next()
            .and_then(|from| ScoreChange::between(from, newest));
        let is_recent = newest.date.is_some_and(|date| date >= since);
        let before = earlier().rfind(|it| it.date < Some(since));
        let from = before.or_else(|| earlier().next()).filter(|_| is_recent);
        let recent = from.and_then(|from| ScoreChange::between(from, newest));
        ScoreSeries {
            touchpoint,
            object,
            scale: scale(newest),
            target: series.taken.iter().rev().find_map(|(_, it)| it.target),
            overall,
            recent,
            attention: Vec::new(),
            is_seldom: false,
            series,
        }
    }

    /// The newest measurement.
    pub fn newest(&self) -> &'m Measurement {
        self.series.newest().1
    }

    /// The interval of the newest value.
    pub fn interval(&self) -> Option<ConfidenceInterval> {
        confidence_interval(self.newest())
    }

    /// Whether a higher value is better; `None` where it is unknown.
    pub fn is_higher_better(&self) -> Option<bool> {
        self.series.is_higher_better()
    }

    /// The newest value as a share of its scale, 0 … 1, if a higher one is better.
    pub fn satisfaction(&self) -> Option<f64> {
        let scale = self
            .scale
            .filter(|_| self.is_higher_better() == Some(true))?;
        let value = self.newest().value?.value();
        scale.contains(value).then(|| scale.fraction(value))
    }

    /// The recent change as a share of the scale, whichever its sign.
    pub(super) fn recent_share(&self) -> f64 {
        let width = self.scale.map_or(1.0, |scale| scale.high - scale.low);
        self.recent.map_or(0.0, |change| change.by.abs() / width)
    }
}

impl<'m> ScoreChange<'m> {
    /// Compares two measurements of a series; `None` if one has no value.
    pub fn between(from: &'m Measurement, to: &'m Measurement) -> Option<ScoreChange<'m>> {
        let by = to.value?.value() - from.value?.value();
        let difference = difference(from, to);
        let verdict = match difference {
            _ if by == 0.0 => ScoreVerdict::Unchanged,
            None => ScoreVerdict::CannotBeTold,
            Some(difference) if difference.may_be_chance() => ScoreVerdict::CannotBeTold,
            Some(_) => match (MeasurementSeries::is_better_higher(to), by > 0.0) {
                (None, true) => ScoreVerdict::Higher,
                (None, false) => ScoreVerdict::Lower,
                (Some(higher), rise) if higher == rise => ScoreVerdict::Better,
                (Some(_), _) => ScoreVerdict::Worse,
            },
        };
        Some(ScoreChange {
            from,
            to,
            by,
            difference,
            verdict,
        })
    }
}
