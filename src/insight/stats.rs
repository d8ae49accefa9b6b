//! Statistics of a map.

use super::checks::evidence::Claims;
use super::checks::pain::{Answer, answer};
use super::claims;
use crate::graph::{Curve, Graph, Silos, Time};
use crate::model::{
    ActionId, ActionStatus, Date, DepartmentId, Level, Map, Measurement, PathKind, PersonaId,
};

/// The emotion curve of a persona along the usual route.
#[derive(Clone, Debug, PartialEq)]
pub struct Mood {
    /// The persona; `None` is the customer of a map without personas.
    pub persona: Option<PersonaId>,
    /// The curve; `None` if no step has a score.
    pub curve: Option<Curve>,
}

/// The responsibilities of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The department.
    pub department: DepartmentId,
    /// Number of owned stages.
    pub stages: usize,
    /// Number of owned touchpoints.
    pub touchpoints: usize,
    /// Number of supported touchpoints.
    pub supports: usize,
    /// Number of pain points on owned touchpoints.
    pub pains: usize,
    /// Number of links from owned touchpoints to those of others.
    pub hands_over: usize,
    /// Number of links from touchpoints of others to owned ones.
    pub takes_over: usize,
}

/// Number of pains or opportunities, by resolution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// All of them.
    pub all: usize,
    /// Those of the highest severity or value.
    pub high: usize,
    /// Those answered by an action that is planned or under way.
    pub open: usize,
    /// Those answered by an action that is done.
    pub done: usize,
}

impl Answered {
    fn count(&mut self, map: &Map, level: Level, actions: &[ActionId]) {
        self.all += 1;
        self.high += usize::from(level == Level::High);
        match answer(map, actions) {
            Answer::Nothing | Answer::Dropped => {}
            Answer::Open => self.open += 1,
            Answer::Done => self.done += 1,
        }
    }
}

/// Number of actions, by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// Agreed, not begun.
    pub planned: usize,
    /// Under way.
    pub started: usize,
    /// Done.
    pub done: usize,
    /// Given up.
    pub dropped: usize,
    /// Planned or under way, and due before today.
    pub overdue: usize,
}

/// Statistics of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// Number of stages.
    pub stages: usize,
    /// Number of touchpoints.
    pub touchpoints: usize,
    /// Number of touchpoints on side branches.
    pub beside: usize,
    /// Number of links that lead back.
    pub loops: usize,
    /// Number of links to a failure.
    pub failures: usize,
    /// Number of touchpoints without an owner.
    pub unowned: usize,
    /// Number of stages without an owner.
    pub unowned_stages: usize,
    /// Number of moments of truth.
    pub moments: usize,
    /// The responsibilities of each department, in the order of the map.
    pub loads: Vec<Load>,
    /// The handoff matrix.
    pub silos: Silos,
    /// Number of links between different owners, including no owner.
    pub handoffs: usize,
    /// The usual route through the journey.
    pub usual: Vec<usize>,
    /// Number of direct routes from the first to the last contact.
    pub ways: u64,
    /// Durations of the shortest and the longest direct route; `None` without a route.
    pub times: Option<(Time, Time)>,
    /// The touchpoints on every route from the first to the last contact.
    pub unavoidable: Vec<usize>,
    /// The emotion curve of each persona along the usual route.
    pub moods: Vec<Mood>,
    /// Pain points.
    pub pains: Answered,
    /// Opportunities.
    pub opportunities: Answered,
    /// Number of opportunities that would delight.
    pub delights: usize,
    /// Actions.
    pub actions: Actions,
    /// Number of touchpoints with a measurement.
    pub measured: usize,
    /// Number of measurements, including those of the whole journey.
    pub measurements: usize,
    /// Claims and their evidence.
    pub claims: Claims,
}

impl Stats {
    /// Computes the statistics of a map on a day, given its graph.
    pub fn of(map: &Map, graph: &Graph, today: Date) -> Stats {
        let flow = graph.flow();
        let usual = graph.usual();
        let ends = graph.first_contact().zip(graph.last_contact());
        let direct = ends.and_then(|(first, last)| graph.direct(first, last));
        let unavoidable = ends.and_then(|(first, last)| graph.unavoidable(first, last));
        let times = direct.as_ref().map(|direct| {
            let time = |way: Vec<usize>| graph.time(&way);
            (time(direct.shortest()), time(direct.longest()))
        });
        let mut pains = Answered::default();
        let mut opportunities = Answered::default();
        for touchpoint in map.touchpoints() {
            for pain in &touchpoint.pains {
                pains.count(map, pain.severity, &pain.actions);
            }
            for it in &touchpoint.opportunities {
                opportunities.count(map, it.value, &it.actions);
            }
        }
        let measured = || map.touchpoints().map(|t| taken(&t.measurements));
        Stats {
            stages: map.stages().len(),
            touchpoints: graph.len(),
            beside: flow.side_of.iter().flatten().count(),
            loops: flow.links.iter().filter(|l| l.is_backward()).count(),
            failures: flow
                .links
                .iter()
                .filter(|l| l.kind == PathKind::Failure)
                .count(),
            unowned: map.touchpoints().filter(|t| t.owner.is_none()).count(),
            unowned_stages: map.stages().iter().filter(|s| s.owner.is_none()).count(),
            moments: map.touchpoints().filter(|t| t.moment_of_truth).count(),
            loads: loads(map, graph),
            silos: graph.silos(map.departments().iter().map(|d| &d.id)),
            handoffs: graph.handoffs().len(),
            ways: direct.map_or(0, |direct| direct.count()),
            times,
            unavoidable: unavoidable.unwrap_or_default(),
            moods: moods(map, graph, &usual),
            usual,
            pains,
            opportunities,
            delights: map
                .touchpoints()
                .flat_map(|t| &t.opportunities)
                .filter(|o| o.delight)
                .count(),
            actions: actions(map, today),
            measured: measured().filter(|count| *count > 0).count(),
            measurements: measured().sum::<usize>() + taken(&map.header().measurements),
            claims: claims(map),
        }
    }
}

/// Counts the measurements with a value.
fn taken(measurements: &[Measurement]) -> usize {
    measurements.iter().filter(|it| it.value.is_some()).count()
}

fn moods(map: &Map, graph: &Graph, way: &[usize]) -> Vec<Mood> {
    let mood = |persona: Option<&PersonaId>| Mood {
        persona: persona.cloned(),
        curve: graph.curve(&graph.scores(persona), way),
    };
    match map.personas().is_empty() {
        true => vec![mood(None)],
        false => map.personas().iter().map(|p| mood(Some(&p.id))).collect(),
    }
}

fn actions(map: &Map, today: Date) -> Actions {
    let mut actions = Actions::default();
    for action in map.actions() {
        let open = match action.status {
            ActionStatus::Planned => &mut actions.planned,
            ActionStatus::Started => &mut actions.started,
            ActionStatus::Done => {
                actions.done += 1;
                continue;
            }
            ActionStatus::Dropped => {
                actions.dropped += 1;
                continue;
            }
        };
        *open += 1;
        actions.overdue += usize::from(action.due.is_some_and(|due| due < today));
    }
    actions
}

fn loads(map: &Map, graph: &Graph) -> Vec<Load> {
    let mut loads: Vec<Load> = map
        .departments()
        .iter()
        .map(|it| Load {
            department: it.id.clone(),
            stages: 0,
            touchpoints: 0,
            supports: 0,
            pains: 0,
            hands_over: 0,
            takes_over: 0,
        })
        .collect();
    let place = |id: &DepartmentId| map.departments().position(id);
    for owner in map.stages().iter().filter_map(|s| s.owner.as_ref()) {
        if let Some(at) = place(owner) {
            loads[at].stages += 1;
        }
    }
    for touchpoint in map.touchpoints() {
        if let Some(at) = touchpoint.owner.as_ref().and_then(place) {
            loads[at].touchpoints += 1;
            loads[at].pains += touchpoint.pains.len();
        }
        for at in touchpoint.supporters.iter().filter_map(place) {
            loads[at].supports += 1;
        }
    }
    for handoff in graph.handoffs() {
        if let Some(at) = handoff.from.as_ref().and_then(place) {
            loads[at].hands_over += 1;
        }
        if let Some(at) = handoff.to.as_ref().and_then(place) {
            loads[at].takes_over += 1;
        }
    }
    loads
}
