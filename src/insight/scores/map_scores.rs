//! All scores of a map on a day.
//!
//! Must not know: words for people.

use super::ranking::RankedScore;
use super::score::{KeyMoment, ScoreSeries, ScoreVerdict};
use super::{attention, ranking};
use crate::graph::Graph;
use crate::insight::impact::Impact;
use crate::insight::measures::series_of;
use crate::model::{Date, Map, ObjectRef, Touchpoint};

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
    pub(super) map: &'m Map,
    names: Vec<&'m Touchpoint>,
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
                // Counts of events and times are no questions to customers.
                let asked = score.scale.is_some();
                score.is_seldom = asked && passed && attention::is_seldom(&score, today);
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
