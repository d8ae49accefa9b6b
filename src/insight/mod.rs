//! Checks of a map: findings, each by a rule.
//!
//! [`check`] examines a map, edited or fresh from a file, on a given day. Rules
//! about files only (an unknown field, a duplicate id) are listed here but
//! checked by the reader.
//!
//! Must not know: files, lines of text, drawing, editing, clocks.

mod channel;
mod evidence;
mod finding;
mod fix;
mod lanes;
mod look;
mod measurement;
mod ownership;
mod pain;
mod path;
mod pictures;
mod reference;
pub mod rules;
mod shape;
mod stats;
mod story;
mod usage;

pub use evidence::{Claims, claims};
pub use finding::{Finding, NOTHING, Severity, Subject, capital, sentence};
pub use fix::{Field, Fix};
pub use measurement::{Interval, interval};
pub use pain::{Answer, answer};
pub use rules::{Family, Rule};
pub use stats::{Actions, Answered, Load, Mood, Stats};
pub use story::story;
pub use usage::{Role, Thing, Usage, Use, User, uses};

use crate::graph::Graph;
use crate::model::{Date, Map};
use look::Look;
use std::collections::HashSet;

/// The findings on a map, separated into open and accepted ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The open findings, in map order.
    pub open: Vec<Finding>,
    /// The accepted findings, in map order.
    pub accepted: Vec<Finding>,
}

/// Returns the open findings on a day, in map order: the whole map, then each
/// stage and its touchpoints, then the rest. Findings accepted in the map are
/// left out.
pub fn check(map: &Map, today: Date) -> Vec<Finding> {
    findings(map, &Graph::of(map), today).open
}

/// Returns all findings on a day, given the graph of the map.
pub fn findings(map: &Map, graph: &Graph, today: Date) -> Findings {
    let mut look = Look::new(map, graph, today);
    for check in CHECKS {
        check(&mut look);
    }
    let accepted = Accepted::of(map);
    let (accepted, open) = look.done().into_iter().partition(|it| accepted.has(it));
    Findings { open, accepted }
}

/// Counts the findings that [`check`] returns. The findings of a large map take
/// tens of megabytes: here none is kept.
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
    ownership::check,
    pain::check,
    evidence::check,
    measurement::check,
    path::check,
    channel::check,
    shape::check,
    reference::check,
    lanes::check,
    pictures::check,
];

/// The accepted findings as pairs of rule and subject.
#[derive(Default)]
struct Accepted<'m>(HashSet<(&'m str, &'m str)>);

impl<'m> Accepted<'m> {
    fn of(map: &'m Map) -> Accepted<'m> {
        let suppressions = map.suppressions().iter();
        Accepted(
            suppressions
                .map(|it| (it.rule.as_str(), it.subject.as_str()))
                .collect(),
        )
    }

    fn has(&self, finding: &Finding) -> bool {
        !self.0.is_empty() && {
            let subject = finding.subject.key();
            self.0.contains(&(finding.rule.id, subject.as_ref()))
        }
    }
}

#[cfg(test)]
mod tests;
