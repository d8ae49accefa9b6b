//! What the checks notice about a map: findings, each of a rule.
//!
//! [`check`] looks at a map as it is, edited or fresh from a file, on a given
//! day. What only a file can have (an unknown field, an id used twice) has its
//! rules here too, but is noticed by whoever read the file.
//!
//! Must not know: files, lines of text, drawing, editing, clocks.

pub(crate) mod checks;
mod context;
mod finding;
mod fix;
mod report;
pub mod rules;
mod stats;
mod usage;

pub use checks::evidence::{Claims, claims};
pub use checks::measurement::{Interval, interval};
pub use checks::pain::{Answer, answer};
pub use finding::{Finding, NOTHING, Severity, Subject, capital, sentence};
pub use fix::{Field, Fix};
pub use report::story;
pub use rules::{Family, Rule};
pub use stats::{Actions, Answered, Load, Mood, Stats};
pub use usage::{Role, Thing, Usage, Use, User, uses};

use crate::graph::Graph;
use crate::model::{Date, Map};
use context::Look;
use std::collections::HashSet;

/// What was found, and what of it the team lives with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is open, in the order of the map.
    pub open: Vec<Finding>,
    /// What the map's suppressions accept, in the order of the map.
    pub accepted: Vec<Finding>,
}

/// Everything open that the rules notice on a day, in the order of the map: what
/// is about the whole, then each stage and its touchpoints, then the rest. What
/// the map's suppressions accept is left out.
pub fn check(map: &Map, today: Date) -> Vec<Finding> {
    findings(map, &Graph::of(map), today).open
}

/// Everything that the rules notice on a day, given the graph of the map.
pub fn findings(map: &Map, graph: &Graph, today: Date) -> Findings {
    let mut look = Look::new(map, graph, today);
    for check in CHECKS {
        check(&mut look);
    }
    let accepted = Accepted::of(map);
    let (accepted, open) = look.done().into_iter().partition(|it| accepted.has(it));
    Findings { open, accepted }
}

/// How many findings [`check`] returns. Of a large map they take tens of megabytes:
/// here none is kept.
pub fn count(map: &Map, today: Date) -> usize {
    let graph = Graph::of(map);
    let mut look = Look::new(map, &graph, today);
    look.count_all_but(Accepted::of(map));
    for check in CHECKS {
        check(&mut look);
    }
    look.counted()
}

/// All checks, family by family.
const CHECKS: [fn(&mut Look<'_>); 10] = [
    checks::ownership::check,
    checks::pain::check,
    checks::evidence::check,
    checks::measurement::check,
    checks::path::check,
    checks::channel::check,
    checks::structure::check,
    checks::references::check,
    checks::lanes::check,
    checks::images::check,
];

/// What the team lives with: rules and subjects.
#[derive(Default)]
pub(crate) struct Accepted<'m>(HashSet<(&'m str, &'m str)>);

impl<'m> Accepted<'m> {
    fn of(map: &'m Map) -> Accepted<'m> {
        let suppressions = map.suppressions().iter();
        Accepted(
            suppressions
                .map(|it| (it.rule.as_str(), it.subject.as_str()))
                .collect(),
        )
    }

    pub(crate) fn has(&self, finding: &Finding) -> bool {
        !self.0.is_empty() && {
            let subject = finding.subject.key();
            self.0.contains(&(finding.rule.id, subject.as_ref()))
        }
    }
}

#[cfg(test)]
mod tests;
