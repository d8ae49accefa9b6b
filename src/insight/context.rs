//! Shared context of all checks: the map, its graph, and the collected findings.
//!
//! Must not know: single rules.

use super::acceptance::Accepted;
use super::finding::Finding;
use super::rule::Rule;
use crate::english::quoted;
use crate::folding::fold_text;
use crate::graph::{Graph, locate};
use crate::model::{
    Channel, Date, DepartmentId, EnvironmentKind, Map, ObjectRef, SuppressionId, Touchpoint,
};
use std::collections::{HashMap, HashSet};

/// Minimum number of touchpoints of a complete journey. In smaller maps missing
/// lows, feelings, measurements and evidence are not reported.
pub(super) const MIN_JOURNEY: usize = 5;
/// Words in the icon or name of a channel that is spoken over a distance.
const REMOTE_WORDS: [&str; 6] = ["phone", "telefon", "call", "hotline", "helpline", "video"];

/// The input and output of all checks.
pub(crate) struct CheckContext<'m> {
    pub map: &'m Map,
    pub graph: &'m Graph,
    /// The date of the check.
    pub today: Date,
    /// The touchpoints by position.
    pub touchpoints: Vec<&'m Touchpoint>,
    findings: Vec<(FindingOrder, Finding)>,
    /// The accepted findings of the map.
    accepted: Accepted<'m>,
    /// The acceptances of findings that were counted, and the number of open ones by rule, if
    /// findings are only counted.
    count_only: Option<(HashSet<&'m SuppressionId>, HashMap<&'static str, usize>)>,
}

/// The sort key of a finding: the map, then personas and other lists, then each
/// stage with its touchpoints, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FindingOrder {
    Map,
    BeforeStages(usize),
    Step(usize, usize),
    AfterStages,
}

impl FindingOrder {
    fn of(object: &ObjectRef, map: &Map) -> FindingOrder {
        let before = match object {
            ObjectRef::Map => return FindingOrder::Map,
            ObjectRef::Persona(id) => map.personas().position(id),
            ObjectRef::Department(id) => map.departments().position(id),
            ObjectRef::Channel(id) => map.channels().position(id),
            ObjectRef::Environment(id) => map.environments().position(id),
            ObjectRef::Stage(id) => {
                let stage = map.stages().position(id);
                return stage.map_or(FindingOrder::AfterStages, |s| FindingOrder::Step(s, 0));
            }
            part => {
                let place = part.touchpoint().and_then(|id| locate(map, id));
                let order = place.map(|(s, t)| FindingOrder::Step(s, t + 1));
                return order.unwrap_or(FindingOrder::AfterStages);
            }
        };
        before.map_or(FindingOrder::AfterStages, FindingOrder::BeforeStages)
    }
}

impl<'m> CheckContext<'m> {
    pub fn new(map: &'m Map, graph: &'m Graph, today: Date) -> CheckContext<'m> {
        CheckContext {
            map,
            graph,
            today,
            touchpoints: map.touchpoints().collect(),
            findings: Vec::new(),
            accepted: Accepted::of(map),
            count_only: None,
        }
    }

    /// Whether the map is large enough to count as a complete journey.
    pub fn is_journey(&self) -> bool {
        self.touchpoints.len() >= MIN_JOURNEY
    }

    /// Whether anything on the map says how somebody feels.
    pub fn has_feelings(&self) -> bool {
        let mut feelings = self.touchpoints.iter().flat_map(|t| &t.feelings);
        feelings.any(|feeling| !feeling.is_blank())
    }

    /// The channel of a touchpoint.
    pub fn channel(&self, position: usize) -> Option<&'m Channel> {
        let id = self.touchpoints[position].channel.as_ref()?;
        self.map.channels().get(id)
    }

    /// Whether the touchpoint at a position happens among people; see [`Map::is_social`].
    pub fn is_social(&self, position: usize) -> bool {
        self.map.is_social(self.touchpoints[position])
    }

    /// Whether people or things have to be at a place for a touchpoint: it is in a physical
    /// environment, and its channel is neither digital nor spoken over a distance.
    pub fn is_physical(&self, position: usize) -> bool {
        let environment = self.touchpoints[position].environment.as_ref();
        let environment = environment.and_then(|id| self.map.environments().get(id));
        let is_remote = |channel: &Channel| {
            let icon = channel.icon.as_deref().unwrap_or_default();
            let words = fold_text(&format!("{icon} {}", channel.name));
            channel.digital || REMOTE_WORDS.iter().any(|word| words.contains(word))
        };
        environment.is_some_and(|e| e.kind == EnvironmentKind::Physical)
            && !self.channel(position).is_some_and(is_remote)
    }

    /// The quoted name of the touchpoint at a position.
    pub fn quoted(&self, position: usize) -> String {
        quoted(&self.touchpoints[position].name)
    }

    /// The name of a department.
    pub fn department_name(&self, id: &DepartmentId) -> &'m str {
        let department = self.map.departments().get(id);
        department.map_or("a department that is not in the map", |d| d.name.as_str())
    }

    /// Adds a finding about an object.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        subject: impl Into<ObjectRef>,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.flush_count();
        let finding = Finding::new(rule, subject.into(), message.into());
        let order = FindingOrder::of(&finding.subject, self.map);
        let at = self.findings.len();
        self.findings.push((order, finding));
        &mut self.findings[at].1
    }

    /// Switches to counting: findings are no longer kept, and accepted ones are
    /// not counted.
    pub fn count_only_open(&mut self) {
        self.count_only = Some(Default::default());
    }

    /// Returns the acceptances that accept a finding so far.
    pub fn used_acceptances(&mut self) -> HashSet<&'m SuppressionId> {
        self.flush_count();
        let mut used = match &self.count_only {
            Some((used, _)) => used.clone(),
            None => HashSet::new(),
        };
        let kept = self.findings.iter();
        used.extend(kept.filter_map(|(_, it)| Some(&self.accepted.of_finding(it)?.id)));
        used
    }

    /// Adds findings that reading the file made.
    pub fn extend(&mut self, read: Vec<Finding>) {
        let map = self.map;
        let order = |finding: Finding| (FindingOrder::of(&finding.subject, map), finding);
        self.findings.extend(read.into_iter().map(order));
    }

    /// Returns the number of counted findings of each rule that has any.
    pub fn into_counts(mut self) -> impl Iterator<Item = usize> {
        self.flush_count();
        let counts = self.count_only.map(|(_, counts)| counts);
        counts.unwrap_or_default().into_values()
    }

    /// Counts and drops the collected findings.
    fn flush_count(&mut self) {
        if let Some((used, counts)) = &mut self.count_only {
            for (_, finding) in self.findings.drain(..) {
                match self.accepted.of_finding(&finding) {
                    Some(accepted) => drop(used.insert(&accepted.id)),
                    None => *counts.entry(finding.rule.id).or_default() += 1,
                }
            }
        }
    }

    /// Returns all findings in map order: the accepted and the open ones.
    pub fn into_findings(mut self) -> (Vec<Finding>, Vec<Finding>) {
        self.findings.sort_by_key(|(order, _)| *order);
        let in_order = self.findings.into_iter().map(|(_, finding)| finding);
        in_order.partition(|finding| self.accepted.of_finding(finding).is_some())
    }
}
