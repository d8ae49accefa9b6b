//! Many findings of one rule as one: a count, the first names, and the single findings as
//! its members.
//!
//! Must not know: single rules.

use super::finding::Finding;
use crate::english::{join_with_and, quoted, uncapitalize};
use crate::model::{Map, ObjectRef};
use std::collections::HashMap;

/// Number of findings of one rule that are still listed one by one.
const MAX_SINGLE: usize = 5;
/// Number of names in a summary.
const MAX_NAMES: usize = 3;

/// The number of findings that so many of one rule are summed up to.
pub(super) fn summed_up(count: usize) -> usize {
    if count > MAX_SINGLE { 1 } else { count }
}

/// Replaces the findings of each rule with many by one, in the place of the first.
pub(super) fn sum_up(map: &Map, findings: Vec<Finding>) -> Vec<Finding> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for finding in &findings {
        *counts.entry(finding.rule.id).or_default() += 1;
    }
    let mut members: HashMap<&str, Vec<Finding>> = HashMap::new();
    let mut all = Vec::with_capacity(counts.values().map(|count| summed_up(*count)).sum());
    for finding in findings {
        let rule = finding.rule;
        if counts[rule.id] <= MAX_SINGLE {
            all.push(finding);
            continue;
        }
        let members = members.entry(rule.id).or_default();
        if members.is_empty() {
            all.push(Finding::new(rule, ObjectRef::Map, String::new()));
        }
        members.push(finding);
    }
    for finding in &mut all {
        if let Some(members) = members.remove(finding.rule.id) {
            finding.message = summary(map, &members);
            finding.members = members;
        }
    }
    all
}

/// The message of many findings of one rule: `stage without owner: 12 times (“A”, “B”, “C” and
/// 9 more)`.
fn summary(map: &Map, members: &[Finding]) -> String {
    let mut names: Vec<String> = Vec::new();
    for member in members {
        let name = name(map, &member.subject);
        if names.len() < MAX_NAMES && !names.contains(&name) {
            names.push(name);
        }
    }
    let count = members.len();
    names.push(format!("{} more", count - names.len()));
    let names = join_with_and(&names);
    format!(
        "{}: {count} times ({names})",
        uncapitalize(members[0].rule.title)
    )
}

fn name(map: &Map, subject: &ObjectRef) -> String {
    let touchpoint = |id| quoted(map.touchpoint(id).map_or("", |t| &t.name));
    match subject {
        ObjectRef::Map => "the whole map".to_owned(),
        ObjectRef::Pain(of, id) => {
            let mut pains = map.touchpoint(of).into_iter().flat_map(|t| &t.pains);
            quoted(pains.find(|it| it.id == *id).map_or("", |it| &it.text))
        }
        ObjectRef::Opportunity(of, id) => {
            let mut ideas = map
                .touchpoint(of)
                .into_iter()
                .flat_map(|t| &t.opportunities);
            quoted(ideas.find(|it| it.id == *id).map_or("", |it| &it.text))
        }
        ObjectRef::Path { from, to, .. } => format!("{} → {}", touchpoint(from), touchpoint(to)),
        _ => quoted(subject.name(map)),
    }
}
