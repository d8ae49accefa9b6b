//! Checks of a map: findings, each by a rule.
//!
//! [`check`] examines a map, edited or fresh from a file, on a given day. Rules
//! about files only (an unknown field, a duplicate id) are listed here but
//! checked by the reader.
//!
//! Must not know: files, lines of text, drawing, editing, clocks.

mod acceptance;
pub mod checks;
mod context;
mod finding;
mod impact;
mod measures;
mod report;
mod rule;
mod scores;
mod stats;
mod summary;
mod usage;

pub use acceptance::Accepted;
pub use checks as rules;
pub use checks::conflict::{ConflictText, choice_label, choices, conflict_text};
pub use checks::evidence::{Claims, count_claims};
pub use checks::pain::{Resolution, resolution};
pub use finding::{Finding, FindingKey, Findings, Fix, NO_FINDINGS};
pub use impact::{FeelingImpact, Impact, LossImpact, RememberedFeeling};
pub use measures::{
    ConfidenceInterval, Difference, Fall, MeasurementSeries, MetricScale, SurveyScale,
    confidence_interval, difference, is_mean, is_same_series, survey_scale,
};
pub(crate) use report::escape_markdown;
pub use report::{SpeakerNotes, narrative, outline, speaker_notes};
pub use rule::{Rule, RuleFamily, Severity};
pub use scores::{
    ActionEffect, AttentionReason, EffectVerdict, KeyMoment, Period, PeriodMean, RankedScore,
    ScoreChange, ScoreSeries, ScoreVerdict, Scores, action_effects, change_reason, change_text,
    figure, period_means, signed, source_text, value_text,
};
pub use stats::{ActionCounts, DepartmentStats, PersonaCurve, ResolutionCounts, Stats};
pub use usage::{Reference, ReferenceCounts, ReferenceRole, references_to};

use crate::graph::Graph;
use crate::model::{Date, Map};
use context::CheckContext;
use summary::{sum_up, summed_up};

/// Returns the open findings of a map on a day, each by itself; see [`findings`].
pub fn check(map: &Map, today: Date) -> Vec<Finding> {
    let all = findings(map, &Graph::of(map), today, Vec::new()).open;
    let singles =
        all.into_iter()
            .flat_map(|mut finding| match std::mem::take(&mut finding.members) {
                members if members.is_empty() => vec![finding],
                members => members,
            });
    singles.collect()
}

/// Returns all findings on a day, given the graph of the map and what was found by reading
/// its file, in map order: the whole map, then each stage and its touchpoints, then the
/// rest. The only source of findings for the window and all commands.
pub fn findings(map: &Map, graph: &Graph, today: Date, read: Vec<Finding>) -> Findings {
    let mut cx = CheckContext::new(map, graph, today);
    cx.extend(read);
    check_all(&mut cx);
    let (accepted, open) = cx.into_findings();
    Findings {
        open: sum_up(map, open),
        accepted,
    }
}

/// Counts the open findings that [`findings`] returns. The findings of a large map take
/// tens of megabytes: here none is kept.
pub fn count(map: &Map, today: Date, read: Vec<Finding>) -> usize {
    let graph = Graph::of(map);
    let mut cx = CheckContext::new(map, &graph, today);
    cx.count_only_open();
    cx.extend(read);
    check_all(&mut cx);
    cx.into_counts().map(summed_up).sum()
}

fn check_all(cx: &mut CheckContext<'_>) {
    checks::ownership::check(cx);
    checks::pain::check(cx);
    checks::feelings::check(cx);
    checks::evidence::check(cx);
    checks::measurement::check(cx);
    checks::path::check(cx);
    checks::channel::check(cx);
    checks::completeness::check(cx);
    checks::structure::check(cx);
    checks::conflict::check(cx);
    // Last: it looks at which findings there are.
    checks::accepted::check(cx);
}

#[cfg(test)]
mod tests;
