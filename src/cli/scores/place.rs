//! Places and numbers of scores for other programs.
//!
//! Must not know: formats.

use crate::insight::{ScoreSeries, Scores};
use crate::model::Map;

/// Rounds to thousandths.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Id, name and stage of the touchpoint of a series; empty for the whole journey.
pub(super) fn place(
    map: &Map,
    scores: &Scores<'_>,
    score: &ScoreSeries<'_>,
) -> (String, String, String) {
    let Some(touchpoint) = score.touchpoint.and_then(|at| scores.touchpoint(at)) else {
        return Default::default();
    };
    let stage = map
        .stage_of(&touchpoint.id)
        .and_then(|id| map.stages().get(id));
    let stage = stage.map(|stage| stage.name.trim().to_owned());
    let name = touchpoint.name.trim().to_owned();
    (touchpoint.id.to_string(), name, stage.unwrap_or_default())
}
