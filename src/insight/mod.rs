//! What the checks notice about a map: findings, each of a rule.
//!
//! [`check`] looks at a map as it is, edited or fresh from a file. What only a
//! file can have (an unknown field, an id used twice) has its rules here too,
//! but is noticed by whoever read the file.
//!
//! Must not know: files, lines of text, drawing, editing.

mod finding;
mod lanes;
mod ownership;
mod pain;
mod pictures;
mod reference;
pub mod rules;
mod shape;
mod usage;

pub use finding::{Finding, Severity, Subject};
pub use rules::Rule;
pub use usage::{Role, Thing, Usage, Use, User, uses};

use crate::model::{Map, Stage, Touchpoint};
use std::collections::HashSet;

/// Everything that the rules notice, in the order of the map: first what is
/// about a stage, then its touchpoints, then the rest. What the map's
/// suppressions accept is left out.
pub fn check(map: &Map) -> Vec<Finding> {
    let mut found = Vec::new();
    let known = reference::Known::of(map);
    let values = lanes::Values::of(map);
    known.personas(&mut found);
    for (s, stage) in map.stages().iter().enumerate() {
        let stage = At {
            record: stage,
            place: &|| format!("stages[{s}]"),
        };
        ownership::stage(&stage, &mut found);
        shape::stage(&stage, map, &mut found);
        known.stage(&stage, &mut found);
        for (t, touchpoint) in map.touchpoints_in(&stage.record.id).iter().enumerate() {
            let touchpoint = At {
                record: touchpoint,
                place: &|| format!("stages[{s}].touchpoints[{t}]"),
            };
            ownership::touchpoint(&touchpoint, &mut found);
            pain::touchpoint(&touchpoint, map, &mut found);
            known.touchpoint(&touchpoint, &mut found);
            values.touchpoint(&touchpoint, &mut found);
        }
    }
    known.actions(map, &mut found);
    pictures::check(map, &mut found);
    if !map.suppressions().is_empty() {
        let accepted: HashSet<(&str, &str)> = map
            .suppressions()
            .iter()
            .map(|s| (s.rule.as_str(), s.subject.as_str()))
            .collect();
        found.retain(|f| !accepted.contains(&(f.rule.id, f.subject.as_str())));
    }
    found
}

/// A record and where it stands in the map; the place is spelled out only for a finding.
struct At<'m, R> {
    record: &'m R,
    place: &'m dyn Fn() -> String,
}

impl At<'_, Stage> {
    fn finding(&self, rule: &'static Rule, message: String) -> Finding {
        let subject = Subject::Stage(self.record.id.clone());
        Finding::new(rule, subject, (self.place)(), message)
    }
}

impl At<'_, Touchpoint> {
    fn finding(&self, rule: &'static Rule, message: String) -> Finding {
        let subject = Subject::Touchpoint(self.record.id.clone());
        Finding::new(rule, subject, (self.place)(), message)
    }
}

#[cfg(test)]
mod tests;
