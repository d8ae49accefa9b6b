//! The effect of actions that are done: expected beside measured.
//!
//! Must not know: words for people.

use super::score::{ScoreChange, ScoreVerdict};
use crate::insight::measures::{MeasurementSeries, is_same_metric, series_of};
use crate::model::{
    Action, ActionStatus, Date, Map, Measurement, ObjectRef, Record as _, Touchpoint,
};

/// The effect of an action on a metric of one record.
#[derive(Clone, Debug)]
pub struct ActionEffect<'m> {
    /// The action.
    pub action: &'m Action,
    /// The record that is measured: a touchpoint that the action serves, or the whole journey.
    pub object: ObjectRef,
    /// The expected change, in the unit of the metric.
    pub expected: f64,
    /// The change from the last value before the action was done to the newest one after it;
    /// `None` while there are no two such values.
    pub change: Option<ScoreChange<'m>>,
    /// The conclusion.
    pub verdict: EffectVerdict,
}

/// The conclusion about an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectVerdict {
    /// The change is as large as expected, or larger.
    Reached,
    /// The change is smaller than expected, and chance does not explain it.
    Short,
    /// It became worse, and chance does not explain it.
    Worse,
    /// Smaller than expected, which chance may explain.
    CannotBeTold,
    /// There is no value before it, or none after it.
    Unmeasured,
}

impl EffectVerdict {
    /// The conclusion in words.
    pub fn word(self) -> &'static str {
        match self {
            EffectVerdict::Reached => "reached",
            EffectVerdict::Short => "less than expected",
            EffectVerdict::Worse => "worse",
            EffectVerdict::CannotBeTold => "cannot be told",
            EffectVerdict::Unmeasured => "not measured",
        }
    }
}

/// Whether an action answers a pain point or an opportunity of a touchpoint.
pub(in crate::insight) fn serves(action: &Action, touchpoint: &Touchpoint) -> bool {
    let pains = touchpoint.pains.iter().flat_map(|it| &it.actions);
    let ideas = touchpoint.opportunities.iter().flat_map(|it| &it.actions);
    pains.chain(ideas).any(|id| *id == action.id)
}

/// Returns the effects of all actions that are done on a known day and name what they were to
/// move. Where no touchpoint that an action serves is measured by its metric, the whole journey
/// counts.
pub fn action_effects(map: &Map) -> Vec<ActionEffect<'_>> {
    let mut effects = Vec::new();
    for action in map.actions() {
        let (Some(lift), Some(done)) = (&action.lift, action.done_on) else {
            continue;
        };
        let metric = lift.metric.trim();
        if action.status != ActionStatus::Done || matches!(metric, "" | "feeling") {
            continue;
        }
        let served = map.touchpoints().filter(|it| serves(action, it));
        let mut places: Vec<(ObjectRef, Option<MeasurementSeries<'_>>)> = served
            .map(|it| (it.object(), series_named(&it.measurements, metric)))
            .filter(|(_, series)| series.is_some())
            .collect();
        if places.is_empty() {
            let whole = series_named(&map.header().measurements, metric);
            places.push((ObjectRef::Map, whole));
        }
        for (object, series) in places {
            let change = series.and_then(|series| around(&series, done));
            let expected = lift.by.value();
            effects.push(ActionEffect {
                action,
                object,
                expected,
                verdict: verdict(change.as_ref(), expected),
                change,
            });
        }
    }
    effects
}

fn series_named<'m>(
    measurements: &'m [Measurement],
    metric: &str,
) -> Option<MeasurementSeries<'m>> {
    let mut all = series_of(measurements).into_iter();
    all.find(|series| is_same_metric(&series.newest().1.metric, metric))
}

/// The change from the last value up to a day to the newest one after it.
fn around<'m>(series: &MeasurementSeries<'m>, day: Date) -> Option<ScoreChange<'m>> {
    let (_, after) = series.newest();
    after.date.filter(|date| *date > day)?;
    let mut before = series.taken.iter().rev().map(|(_, it)| *it);
    let before = before.find(|it| it.date.is_some_and(|date| date <= day))?;
    ScoreChange::between(before, after)
}

fn verdict(change: Option<&ScoreChange<'_>>, expected: f64) -> EffectVerdict {
    let Some(change) = change else {
        return EffectVerdict::Unmeasured;
    };
    let sign = if expected < 0.0 { -1.0 } else { 1.0 };
    // Sums of decimals are not exact.
    let short = change.by * sign < expected.abs() - 1e-9;
    let may_reach = change.difference.is_none_or(|it| {
        let best = if sign < 0.0 { -it.low } else { it.high };
        best >= expected.abs()
    });
    match change.verdict {
        ScoreVerdict::Worse => EffectVerdict::Worse,
        _ if !short => EffectVerdict::Reached,
        _ if may_reach => EffectVerdict::CannotBeTold,
        _ => EffectVerdict::Short,
    }
}
