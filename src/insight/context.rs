//! Shared context of all checks: the map, its graph, and the collected findings.
//!
//! Must not know: single rules.

use super::finding::Finding;
use super::rule::Rule;
use crate::graph::Graph;
use crate::model::{
    Date, DepartmentId, EnvironmentKind, Field, FieldRef, Map, ObjectRef, Stage, Touchpoint,
};
use std::collections::HashSet;

/// Minimum number of touchpoints of a complete journey. In smaller maps missing
/// lows, feelings, measurements and evidence are not reported.
pub(super) const MIN_JOURNEY: usize = 5;

/// The accepted findings as pairs of rule and subject.
#[derive(Default)]
pub(crate) struct Accepted<'m>(HashSet<(&'m str, &'m str)>);

impl<'m> Accepted<'m> {
    pub fn of(map: &'m Map) -> Accepted<'m> {
        let suppressions = map.suppressions().iter();
        Accepted(
            suppressions
                .map(|it| (it.rule.as_str(), it.subject.as_str()))
                .collect(),
        )
    }

    pub(crate) fn contains(&self, finding: &Finding) -> bool {
        !self.0.is_empty() && {
            let subject = finding.subject.key();
            self.0.contains(&(finding.rule.id, subject.as_ref()))
        }
    }
}

/// The input and output of all checks.
pub(crate) struct CheckContext<'m> {
    pub map: &'m Map,
    pub graph: &'m Graph,
    /// The date of the check.
    pub today: Date,
    /// The touchpoints by position.
    pub touchpoints: Vec<&'m Touchpoint>,
    /// For each touchpoint the index of its stage and its index in the stage.
    locations: Vec<(usize, usize)>,
    /// For each stage the position of its first touchpoint.
    first_positions: Vec<usize>,
    findings: Vec<(FindingOrder, Finding)>,
    /// The accepted findings and the number of others, if findings are only counted.
    count_only: Option<(Accepted<'m>, usize)>,
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

impl<'m> CheckContext<'m> {
    pub fn new(map: &'m Map, graph: &'m Graph, today: Date) -> CheckContext<'m> {
        let mut look = CheckContext {
            map,
            graph,
            today,
            touchpoints: Vec::with_capacity(map.touchpoint_count()),
            locations: Vec::with_capacity(map.touchpoint_count()),
            first_positions: Vec::with_capacity(map.stages().len()),
            findings: Vec::new(),
            count_only: None,
        };
        for (s, stage) in map.stages().iter().enumerate() {
            look.first_positions.push(look.touchpoints.len());
            for (t, touchpoint) in map.touchpoints_in(&stage.id).iter().enumerate() {
                look.touchpoints.push(touchpoint);
                look.locations.push((s, t));
            }
        }
        look
    }

    /// Whether the map is large enough to count as a complete journey.
    pub fn is_journey(&self) -> bool {
        self.touchpoints.len() >= MIN_JOURNEY
    }

    /// The stages with their index and the position of their first touchpoint.
    pub fn stages(&self) -> impl Iterator<Item = (usize, &'m Stage, usize)> + use<'m> {
        let firsts = self.first_positions.clone();
        let stages = self.map.stages().iter().enumerate();
        stages.map(move |(s, stage)| (s, stage, firsts[s]))
    }

    /// Whether a touchpoint happens among people: it is no contact with the
    /// organisation, so it cannot be measured, moved to another channel or
    /// staffed.
    pub fn is_social(&self, position: usize) -> bool {
        let environment = self.touchpoints[position].environment.as_ref();
        let environment = environment.and_then(|id| self.map.environments().get(id));
        environment.is_some_and(|e| e.kind == EnvironmentKind::Social)
    }

    /// Whether two touchpoints belong to the same stage.
    pub fn same_stage(&self, a: usize, b: usize) -> bool {
        self.locations[a].0 == self.locations[b].0
    }

    /// The name of a department.
    pub fn department_name(&self, id: &DepartmentId) -> &'m str {
        let department = self.map.departments().get(id);
        department.map_or("a department that is not in the map", |d| d.name.as_str())
    }

    /// Adds a finding about the map as a whole, at a field of it.
    pub fn add_for_map(
        &mut self,
        rule: &'static Rule,
        field: Field,
        message: String,
    ) -> &mut Finding {
        let finding = Finding::new(rule, ObjectRef::Map, ObjectRef::Map.field(field), message);
        self.push(FindingOrder::Map, finding)
    }

    /// Adds a finding about a record listed before the stages.
    pub fn add_before_stages(&mut self, at: usize, finding: Finding) -> &mut Finding {
        self.push(FindingOrder::BeforeStages(at), finding)
    }

    /// Adds a finding about a stage.
    pub fn add_for_stage(
        &mut self,
        s: usize,
        rule: &'static Rule,
        message: String,
    ) -> &mut Finding {
        let subject = ObjectRef::Stage(self.map.stages().as_slice()[s].id.clone());
        let finding = Finding::new(rule, subject.clone(), subject, message);
        self.push(FindingOrder::Step(s, 0), finding)
    }

    /// Adds a finding about a touchpoint.
    pub fn add_for_touchpoint(
        &mut self,
        position: usize,
        rule: &'static Rule,
        message: String,
    ) -> &mut Finding {
        let subject = ObjectRef::Touchpoint(self.touchpoints[position].id.clone());
        self.add_inside_touchpoint(position, rule, subject.clone(), subject, message)
    }

    /// Adds a finding about a touchpoint or a part of it.
    pub fn add_inside_touchpoint(
        &mut self,
        position: usize,
        rule: &'static Rule,
        subject: ObjectRef,
        location: impl Into<FieldRef>,
        message: String,
    ) -> &mut Finding {
        let (s, t) = self.locations[position];
        let finding = Finding::new(rule, subject, location, message);
        self.push(FindingOrder::Step(s, t + 1), finding)
    }

    /// Adds a finding about a record listed after the stages.
    pub fn add_after_stages(&mut self, finding: Finding) -> &mut Finding {
        self.push(FindingOrder::AfterStages, finding)
    }

    fn push(&mut self, order: FindingOrder, finding: Finding) -> &mut Finding {
        self.flush_count();
        let at = self.findings.len();
        self.findings.push((order, finding));
        &mut self.findings[at].1
    }

    /// Switches to counting: findings are no longer kept, and accepted ones are
    /// not counted.
    pub fn count_only_open(&mut self, accepted: Accepted<'m>) {
        self.count_only = Some((accepted, 0));
    }

    /// Returns the number of counted findings.
    pub fn into_count(mut self) -> usize {
        self.flush_count();
        self.count_only.map_or(0, |(_, count)| count)
    }

    /// Counts and drops the collected findings.
    fn flush_count(&mut self) {
        if let Some((accepted, count)) = &mut self.count_only {
            let found = self.findings.drain(..);
            *count += found.filter(|(_, it)| !accepted.contains(it)).count();
        }
    }

    /// Returns all findings in map order.
    pub fn into_findings(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|(order, _)| *order);
        self.findings
            .into_iter()
            .map(|(_, finding)| finding)
            .collect()
    }
}
