//! What the checks notice about a map: findings, each of a rule.
//!
//! [`check`] looks at a map as it is, edited or fresh from a file, on a given
//! day. What only a file can have (an unknown field, an id used twice) has its
//! rules here too, but is noticed by whoever read the file.
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
pub use finding::{Finding, NOTHING, Severity, Subject};
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
    ownership::check(&mut look);
    pain::check(&mut look);
    evidence::check(&mut look);
    measurement::check(&mut look);
    path::check(&mut look);
    channel::check(&mut look);
    shape::check(&mut look);
    reference::check(&mut look);
    lanes::check(&mut look);
    pictures::check(&mut look);
    let found = look.done();
    if map.suppressions().is_empty() {
        return Findings {
            open: found,
            accepted: Vec::new(),
        };
    }
    let accepted: HashSet<(&str, &str)> = map
        .suppressions()
        .iter()
        .map(|s| (s.rule.as_str(), s.subject.as_str()))
        .collect();
    let (accepted, open) = found
        .into_iter()
        .partition(|f| accepted.contains(&(f.rule.id, f.subject.key().as_ref())));
    Findings { open, accepted }
}

#[cfg(test)]
mod tests;
