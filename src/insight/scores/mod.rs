//! Scores: every metric of a map over time, with intervals, targets and changes; the lists of a
//! monthly meeting.
//!
//! Must not know: files, windows.

mod actions;
mod attention;
mod periods;
mod ranking;
mod sentences;
#[cfg(test)]
mod tests;

use super::impact::Impact;
use super::measures::{
    ConfidenceInterval, Difference, MeasurementSeries, MetricScale, confidence_interval,
    difference, scale, series_of,
};
use crate::graph::Graph;
use crate::model::{Date, Decimal, Map, Measurement, ObjectRef, Touchpoint};
pub(super) use actions::serves;
pub use actions::{ActionEffect, EffectVerdict, action_effects};
pub use attention::{AttentionReason, KeyMoment};
pub use periods::{Period, PeriodMean, period_means};
pub use ranking::RankedScore;
pub use sentences::{change_text, figure, source_text, value_text};

/// The scores of a map on a day.
#[derive(Clone, Debug)]
pub struct Scores<'m> {
    /// The metrics of the whole journey, then those of its touchpoints in map order.
    pub series: Vec<ScoreSeries<'m>>,
    /// The key moments without a measurement.
    pub unmeasured: Vec<(usize, KeyMoment)>,
    /// Touchpoints by their satisfaction, the lowest first.
    pub touchpoints: Vec<RankedScore>,
    /// Stages by the mean satisfaction of their touchpoints, the lowest first.
    pub stages: Vec<RankedScore>,
    map: &'m Map,
    names: Vec<&'m Touchpoint>,
}

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

impl<'m> Scores<'m> {
    /// Computes the scores on a day; `days` is the length of the recent period.
    pub fn of(map: &'m Map, graph: &Graph, today: Date, days: u16) -> Scores<'m> {
        let names: Vec<&Touchpoint> = map.touchpoints().collect();
        let since = today
            .checked_sub(jiff::Span::new().days(days))
            .unwrap_or(Date::MIN);
        let whole = (None, ObjectRef::Map, map.header().measurements.as_slice());
        let touchpoints = names.iter().enumerate().map(|(at, touchpoint)| {
            let measurements = touchpoint.measurements.as_slice();
            (Some(at), ObjectRef::from(*touchpoint), measurements)
        });
        let moments = attention::key_moments(map, graph, &names);
        let visits = Impact::visits(graph);
        let mut series = Vec::new();
        for (touchpoint, object, measurements) in std::iter::once(whole).chain(touchpoints) {
            for taken in series_of(measurements) {
                let mut score = ScoreSeries::of(taken, touchpoint, object.clone(), since);
                let moment = touchpoint.and_then(|at| moments[at]);
                score.attention = attention::reasons(&score, moment);
                let passed =
                    touchpoint.is_none_or(|at| visits.get(at).is_some_and(|it| *it >= 0.5));
                score.is_seldom = passed && attention::is_seldom(&score, today);
                series.push(score);
            }
        }
        let unmeasured = moments.iter().enumerate().filter_map(|(at, moment)| {
            let missing = !names[at].is_measured() && !map.is_social(names[at]);
            moment.filter(|_| missing).map(|moment| (at, moment))
        });
        let unmeasured = unmeasured.collect();
        let touchpoints = ranking::touchpoints(&series);
        let stages = ranking::stages(map, &touchpoints);
        Scores {
            series,
            unmeasured,
            touchpoints,
            stages,
            map,
            names,
        }
    }

    /// The series that became better in the period, the largest share of the scale first.
    pub fn improved(&self) -> Vec<&ScoreSeries<'m>> {
        self.changed(ScoreVerdict::Better)
    }

    /// The series that became worse in the period, the largest share of the scale first.
    pub fn falling(&self) -> Vec<&ScoreSeries<'m>> {
        self.changed(ScoreVerdict::Worse)
    }

    fn changed(&self, verdict: ScoreVerdict) -> Vec<&ScoreSeries<'m>> {
        let recent = |it: &&ScoreSeries<'_>| it.recent.is_some_and(|it| it.verdict == verdict);
        let mut all: Vec<_> = self.series.iter().filter(recent).collect();
        all.sort_by(|a, b| b.recent_share().total_cmp(&a.recent_share()));
        all
    }

    /// The series that need attention, the gravest first.
    pub fn attention(&self) -> Vec<&ScoreSeries<'m>> {
        let mut all: Vec<_> = self
            .series
            .iter()
            .filter(|it| !it.attention.is_empty())
            .collect();
        all.sort_by_key(|it| it.attention.first().map(|reason| reason.rank()));
        all
    }

    /// The series measured too seldom for a touchpoint that most customers pass.
    pub fn seldom(&self) -> Vec<&ScoreSeries<'m>> {
        self.series.iter().filter(|it| it.is_seldom).collect()
    }

    /// The touchpoint at a position.
    pub fn touchpoint(&self, position: usize) -> Option<&'m Touchpoint> {
        self.names.get(position).copied()
    }
}

impl<'m> ScoreSeries<'m> {
    fn of(
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
        let before = earlier().filter(|it| it.date < Some(since)).last();
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
    fn recent_share(&self) -> f64 {
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
