//! Scores as JSON.
//!
//! Must not know: files.

use super::place::{place, rounded};
use crate::insight::{
    RankedScore, ScoreChange, Scores, action_effects, confidence_interval, source_text,
};
use crate::model::{Date, Map, Measurement, ObjectRef};
use serde_json::{Value, json};

/// The report on a day, with the length of the recent period in days.
pub(super) fn report(map: &Map, scores: &Scores<'_>, (day, days): (Date, u16)) -> Value {
    let series = scores.series.iter().map(|score| {
        let (id, name, stage) = place(map, scores, score);
        let values = score.series.taken.iter().map(|(_, it)| value_json(it));
        json!({
            "touchpoint": score.touchpoint.map(|_| id),
            "name": name,
            "stage": stage,
            "metric": score.newest().metric.trim(),
            "unit": score.newest().unit.trim(),
            "target": score.target.map(|it| it.value()),
            "attention": scores.attention_text(score),
            "seldom": score.is_seldom,
            "recent": score.recent.as_ref().map(change_json),
            "overall": score.overall.as_ref().map(change_json),
            "values": values.collect::<Vec<_>>(),
        })
    });
    let touchpoints = scores.touchpoints.iter().filter_map(|it| {
        let touchpoint = scores.touchpoint(it.at)?;
        Some(ranked_json(it, touchpoint.id.to_string(), &touchpoint.name))
    });
    let stages = scores.stages.iter().filter_map(|it| {
        let stage = map.stages().iter().nth(it.at)?;
        Some(ranked_json(it, stage.id.to_string(), &stage.name))
    });
    let unmeasured = scores.unmeasured.iter().map(|(at, moment)| {
        json!({
            "touchpoint": scores.touchpoint(*at).map(|it| it.id.to_string()),
            "moment": moment.name(),
        })
    });
    let effects = action_effects(map);
    let effects = effects.iter().map(|it| {
        let touchpoint = match &it.object {
            ObjectRef::Touchpoint(id) => Some(id.to_string()),
            _ => None,
        };
        json!({
            "action": it.action.id.to_string(),
            "touchpoint": touchpoint,
            "metric": it.action.lift.as_ref().map(|lift| lift.metric.trim()),
            "expected": it.expected,
            "verdict": it.verdict.word(),
            "change": it.change.as_ref().map(change_json),
        })
    });
    json!({
        "version": 1,
        "date": day.to_string(),
        "days": days,
        "series": series.collect::<Vec<_>>(),
        "touchpoints": touchpoints.collect::<Vec<_>>(),
        "stages": stages.collect::<Vec<_>>(),
        "unmeasured": unmeasured.collect::<Vec<_>>(),
        "effects": effects.collect::<Vec<_>>(),
    })
}

fn value_json(it: &Measurement) -> Value {
    let interval = confidence_interval(it);
    json!({
        "date": it.date.map(|date| date.to_string()),
        "value": it.value.map(|value| value.value()),
        "n": it.n,
        "counts": it.counts,
        "low": interval.map(|it| rounded(it.low)),
        "high": interval.map(|it| rounded(it.high)),
        "bound": interval.map(|it| it.is_bound),
        "source": source_text(it, interval.as_ref()),
    })
}

fn change_json(it: &ScoreChange<'_>) -> Value {
    json!({
        "from": it.from.date.map(|date| date.to_string()),
        "to": it.to.date.map(|date| date.to_string()),
        "by": rounded(it.by),
        "low": it.difference.map(|it| rounded(it.low)),
        "high": it.difference.map(|it| rounded(it.high)),
        "bound": it.difference.map(|it| it.is_bound),
        "verdict": it.verdict.word(),
    })
}

fn ranked_json(it: &RankedScore, id: String, name: &str) -> Value {
    json!({
        "id": id,
        "name": name.trim(),
        "satisfaction": rounded(it.satisfaction),
        "values": it.values,
    })
}
