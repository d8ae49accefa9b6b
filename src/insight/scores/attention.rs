//! Reasons to look at a metric, and the moments that should be measured.
//!
//! Must not know: words for people.

use super::score::{AttentionReason, KeyMoment, ScoreSeries, ScoreVerdict};
use crate::graph::Graph;
use crate::model::{Date, Map, Touchpoint};
use std::collections::BTreeSet;

/// The key moment of each touchpoint, if it is one.
pub(super) fn key_moments(
    map: &Map,
    graph: &Graph,
    names: &[&Touchpoint],
) -> Vec<Option<KeyMoment>> {
    let (first, last) = (graph.first_contact(), graph.last_contact());
    let social = |touchpoint: &Touchpoint| map.is_social(touchpoint);
    let moments = names.iter().enumerate().map(|(at, touchpoint)| {
        if social(touchpoint) {
            None
        } else if Some(at) == first {
            Some(KeyMoment::First)
        } else if Some(at) == last {
            Some(KeyMoment::Last)
        } else {
            touchpoint
                .moment_of_truth
                .then_some(KeyMoment::MomentOfTruth)
        }
    });
    moments.collect()
}

/// The reasons to look at a metric, the gravest first.
pub(super) fn reasons(score: &ScoreSeries<'_>, moment: Option<KeyMoment>) -> Vec<AttentionReason> {
    let mut reasons = Vec::new();
    if score
        .recent
        .is_some_and(|it| it.verdict == ScoreVerdict::Worse)
    {
        reasons.push(AttentionReason::Worse);
    }
    let value = score.newest().value.map(|value| value.value());
    if let (Some(target), Some(value), Some(true)) = (score.target, value, score.is_higher_better())
        && value < target.value()
    {
        reasons.push(AttentionReason::BelowTarget {
            by: target.value() - value,
            is_certain: score.interval().is_some_and(|it| it.high < target.value()),
        });
    }
    if let Some(moment) = moment
        && score.satisfaction().is_some_and(|it| it < 0.5)
    {
        reasons.push(AttentionReason::LowAt(moment));
    }
    reasons.sort_by_key(|reason| reason.rank());
    reasons
}

/// Fewest months of the last twelve in which a metric should be measured.
const MIN_MONTHS: usize = 4;

/// Whether a metric was measured in fewer than four months of the last twelve.
pub(super) fn is_seldom(score: &ScoreSeries<'_>, today: Date) -> bool {
    let year = today
        .checked_sub(jiff::Span::new().years(1))
        .unwrap_or(Date::MIN);
    let dates = score.series.taken.iter().filter_map(|(_, it)| it.date);
    let recent = dates.filter(|date| *date > year && *date <= today);
    let months: BTreeSet<(i16, i8)> = recent.map(|date| (date.year(), date.month())).collect();
    months.len() < MIN_MONTHS
}
