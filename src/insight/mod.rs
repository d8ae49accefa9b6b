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
mod measures;
mod report;
mod rule;
mod stats;
mod usage;

pub use acceptance::Accepted;
pub use checks as rules;
pub use checks::evidence::{Claims, count_claims};
pub use checks::pain::{Resolution, resolution};
pub use finding::{Finding, FindingKey, Findings, Fix, NO_FINDINGS};
pub use measures::{ConfidenceInterval, MetricScale, confidence_interval};
pub use report::narrative;
pub use rule::{Rule, RuleFamily, Severity};
pub use stats::{ActionCounts, DepartmentStats, PersonaCurve, ResolutionCounts, Stats};
pub use usage::{Reference, ReferenceCounts, ReferenceRole, references_to};

use crate::graph::Graph;
use crate::model::{Date, Map};
use context::CheckContext;

/// Returns the open findings on a day, in map order: the whole map, then each
/// stage and its touchpoints, then the rest. Findings accepted in the map are
/// left out.
pub fn check(map: &Map, today: Date) -> Vec<Finding> {
    findings(map, &Graph::of(map), today).open
}

/// Returns all findings on a day, given the graph of the map.
pub fn findings(map: &Map, graph: &Graph, today: Date) -> Findings {
    let mut cx = CheckContext::new(map, graph, today);
    check_all(&mut cx);
    let accepted = Accepted::of(map);
    let findings = cx.into_findings().into_iter();
    let (accepted, open) = findings.partition(|finding| accepted.of_finding(finding).is_some());
    Findings { open, accepted }
}

/// Counts the findings that [`check`] returns. The findings of a large map take
/// tens of megabytes: here none is kept.
pub fn count(map: &Map, today: Date) -> usize {
    let graph = Graph::of(map);
    let mut cx = CheckContext::new(map, &graph, today);
    cx.count_only_open(Accepted::of(map));
    check_all(&mut cx);
    cx.into_count()
}

fn check_all(cx: &mut CheckContext<'_>) {
    checks::ownership::check(cx);
    checks::pain::check(cx);
    checks::evidence::check(cx);
    checks::measurement::check(cx);
    checks::path::check(cx);
    checks::channel::check(cx);
    checks::structure::check(cx);
    checks::accepted::check(cx);
}

#[cfg(test)]
mod tests;
