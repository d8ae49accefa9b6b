//! Touchpoints and stages by their satisfaction.
//!
//! Must not know: words for people.

use super::score::ScoreSeries;
use crate::model::Map;

/// A touchpoint or stage in a ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankedScore {
    /// The position of the touchpoint or the index of the stage.
    pub at: usize,
    /// The mean of its newest values, each as a share of its scale, 0 … 1.
    pub satisfaction: f64,
    /// The number of values.
    pub values: usize,
}

/// Ranks touchpoints by the mean of their newest values on scales where a higher value is
/// better.
pub(super) fn touchpoints(series: &[ScoreSeries<'_>]) -> Vec<RankedScore> {
    let values = series.iter();
    let values = values.filter_map(|it| Some((it.touchpoint?, it.satisfaction()?)));
    ranked(values.collect())
}

/// Ranks stages by the mean of their ranked touchpoints.
pub(super) fn stages(map: &Map, touchpoints: &[RankedScore]) -> Vec<RankedScore> {
    let lists = map.touchpoint_lists().enumerate();
    let stage_of: Vec<usize> = lists
        .flat_map(|(stage, (_, list))| std::iter::repeat_n(stage, list.len()))
        .collect();
    let values = touchpoints
        .iter()
        .map(|it| (stage_of[it.at], it.satisfaction));
    ranked(values.collect())
}

fn ranked(mut values: Vec<(usize, f64)>) -> Vec<RankedScore> {
    values.sort_by_key(|(at, _)| *at);
    let groups = values.chunk_by(|one, other| one.0 == other.0);
    let mut ranked: Vec<RankedScore> = groups
        .map(|group| RankedScore {
            at: group[0].0,
            satisfaction: group.iter().map(|(_, value)| value).sum::<f64>() / group.len() as f64,
            values: group.len(),
        })
        .collect();
    ranked.sort_by(|a, b| a.satisfaction.total_cmp(&b.satisfaction));
    ranked
}
