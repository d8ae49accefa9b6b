//! What every check is given to look at, and where it leaves its findings.

use super::Accepted;
use super::finding::{Finding, Subject};
use super::rules::Rule;
use crate::graph::Graph;
use crate::model::{Date, DepartmentId, EnvironmentKind, Map, Stage, Touchpoint};

/// A map this large is a journey, not a first sketch; from here on what is
/// missing as a whole (lows, feelings, measurements, evidence) is worth saying.
pub(super) const JOURNEY: usize = 5;

/// A map on the table.
pub(crate) struct Look<'m> {
    pub map: &'m Map,
    pub graph: &'m Graph,
    /// The day on which the map is looked at.
    pub today: Date,
    /// The touchpoints by position.
    pub touchpoints: Vec<&'m Touchpoint>,
    /// For each touchpoint the place of its stage and its place in it.
    spots: Vec<(usize, usize)>,
    /// For each stage the position of its first touchpoint.
    firsts: Vec<usize>,
    found: Vec<(Order, Finding)>,
    /// Where findings are counted only: what does not count, and how many do.
    tally: Option<(Accepted<'m>, usize)>,
}

/// Where a finding stands among all: what is about the map, then personas and
/// the like, then stage by stage the stage and its touchpoints, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Map,
    Before(usize),
    Step(usize, usize),
    After,
}

impl<'m> Look<'m> {
    pub fn new(map: &'m Map, graph: &'m Graph, today: Date) -> Look<'m> {
        let mut look = Look {
            map,
            graph,
            today,
            touchpoints: Vec::with_capacity(map.touchpoint_count()),
            spots: Vec::with_capacity(map.touchpoint_count()),
            firsts: Vec::with_capacity(map.stages().len()),
            found: Vec::new(),
            tally: None,
        };
        for (s, stage) in map.stages().iter().enumerate() {
            look.firsts.push(look.touchpoints.len());
            for (t, touchpoint) in map.touchpoints_in(&stage.id).iter().enumerate() {
                look.touchpoints.push(touchpoint);
                look.spots.push((s, t));
            }
        }
        look
    }

    /// Whether the map is more than a first sketch.
    pub fn is_journey(&self) -> bool {
        self.touchpoints.len() >= JOURNEY
    }

    /// The stages with their place, and the position of the first touchpoint of each.
    pub fn stages(&self) -> impl Iterator<Item = (usize, &'m Stage, usize)> + use<'m> {
        let firsts = self.firsts.clone();
        let stages = self.map.stages().iter().enumerate();
        stages.map(move |(s, stage)| (s, stage, firsts[s]))
    }

    /// Whether a touchpoint happens among people: no contact with the organisation,
    /// so it cannot be measured, moved to another channel or staffed.
    pub fn is_social(&self, position: usize) -> bool {
        let environment = self.touchpoints[position].environment.as_ref();
        let environment = environment.and_then(|id| self.map.environments().get(id));
        environment.is_some_and(|e| e.kind == EnvironmentKind::Social)
    }

    /// Whether two touchpoints are of one stage.
    pub fn same_stage(&self, a: usize, b: usize) -> bool {
        self.spots[a].0 == self.spots[b].0
    }

    /// `stages[2].touchpoints[1]`.
    pub fn place(&self, position: usize) -> String {
        let (s, t) = self.spots[position];
        format!("stages[{s}].touchpoints[{t}]")
    }

    /// What people call a department.
    pub fn department(&self, id: &DepartmentId) -> &'m str {
        let department = self.map.departments().get(id);
        department.map_or("a department that is not in the map", |d| d.name.as_str())
    }

    /// Leaves a finding about the map as a whole, at a place in it.
    pub fn map_finding(
        &mut self,
        rule: &'static Rule,
        place: &str,
        message: String,
    ) -> &mut Finding {
        let finding = Finding::new(rule, Subject::Map, place.to_owned(), message);
        self.push(Order::Map, finding)
    }

    /// Leaves a finding about something that is listed before the stages.
    pub fn before(&mut self, at: usize, finding: Finding) -> &mut Finding {
        self.push(Order::Before(at), finding)
    }

    /// Leaves a finding about a stage.
    pub fn stage(&mut self, s: usize, rule: &'static Rule, message: String) -> &mut Finding {
        let subject = Subject::Stage(self.map.stages().as_slice()[s].id.clone());
        let finding = Finding::new(rule, subject, format!("stages[{s}]"), message);
        self.push(Order::Step(s, 0), finding)
    }

    /// Leaves a finding about a touchpoint.
    pub fn touchpoint(
        &mut self,
        position: usize,
        rule: &'static Rule,
        message: String,
    ) -> &mut Finding {
        let subject = Subject::Touchpoint(self.touchpoints[position].id.clone());
        self.at(position, rule, subject, "", message)
    }

    /// Leaves a finding about something of a touchpoint; `inside` is where in it.
    pub fn at(
        &mut self,
        position: usize,
        rule: &'static Rule,
        subject: Subject,
        inside: &str,
        message: String,
    ) -> &mut Finding {
        let place = format!("{}{inside}", self.place(position));
        let (s, t) = self.spots[position];
        let finding = Finding::new(rule, subject, place, message);
        self.push(Order::Step(s, t + 1), finding)
    }

    /// Leaves a finding about something that is listed after the stages.
    pub fn after(&mut self, finding: Finding) -> &mut Finding {
        self.push(Order::After, finding)
    }

    fn push(&mut self, order: Order, finding: Finding) -> &mut Finding {
        self.settle();
        let at = self.found.len();
        self.found.push((order, finding));
        &mut self.found[at].1
    }

    /// From now on findings are counted and not kept; those that are accepted do not count.
    pub fn count_all_but(&mut self, accepted: Accepted<'m>) {
        self.tally = Some((accepted, 0));
    }

    /// How many were counted.
    pub fn counted(mut self) -> usize {
        self.settle();
        self.tally.map_or(0, |(_, count)| count)
    }

    /// Counts what is found and lets go of it.
    fn settle(&mut self) {
        if let Some((accepted, count)) = &mut self.tally {
            let found = self.found.drain(..);
            *count += found.filter(|(_, it)| !accepted.has(it)).count();
        }
    }

    /// All that was found, in the order of the map.
    pub fn done(mut self) -> Vec<Finding> {
        self.found.sort_by_key(|(order, _)| *order);
        self.found.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// A name as it stands in a sentence.
pub(super) fn quoted(name: &str) -> String {
    match name.trim() {
        "" => "“(no name)”".to_owned(),
        name => format!("“{name}”"),
    }
}

/// `A, B and C`.
pub(super) fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}
