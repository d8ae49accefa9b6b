//! A map in numbers.

use super::checks::evidence::Claims;
use super::checks::pain::{Answer, answer};
use super::claims;
use crate::graph::{Curve, Graph, Silos, Time};
use crate::model::{
    ActionId, ActionStatus, Date, DepartmentId, Level, Map, Measurement, PathKind, PersonaId,
};

/// How a persona feels along the usual way.
#[derive(Clone, Debug, PartialEq)]
pub struct Mood {
    /// Who; `None` is the customer where the map names no persona.
    pub persona: Option<PersonaId>,
    /// The curve along the usual way; `None` where it has no score.
    pub curve: Option<Curve>,
}

/// What a department has on its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Which.
    pub department: DepartmentId,
    /// How many stages it owns.
    pub stages: usize,
    /// How many touchpoints it owns.
    pub touchpoints: usize,
    /// How many touchpoints it helps with.
    pub supports: usize,
    /// How many pain points there are on touchpoints it owns.
    pub pains: usize,
    /// How many links lead from its touchpoints to others'.
    pub hands_over: usize,
    /// How many links lead from others' touchpoints to its own.
    pub takes_over: usize,
}

/// How many pains or opportunities there are, and what is done about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// All.
    pub all: usize,
    /// Those of the highest severity or value.
    pub high: usize,
    /// Those that an action which is planned or under way answers.
    pub open: usize,
    /// Those that an action which is done answers.
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

/// How many actions there are in which state.
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

/// A map in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// How many stages there are.
    pub stages: usize,
    /// How many touchpoints there are.
    pub touchpoints: usize,
    /// How many of them are side branches.
    pub beside: usize,
    /// How many links lead back.
    pub loops: usize,
    /// How many links lead to a failure.
    pub failures: usize,
    /// Touchpoints that nobody owns.
    pub unowned: usize,
    /// Stages that nobody owns.
    pub unowned_stages: usize,
    /// Moments of truth.
    pub moments: usize,
    /// What each department has on its table, in the order of the map.
    pub loads: Vec<Load>,
    /// Who hands over to whom.
    pub silos: Silos,
    /// How many links have ends with different owners, nobody included.
    pub handoffs: usize,
    /// The usual way through the journey.
    pub usual: Vec<usize>,
    /// How many direct ways lead from the first to the last contact.
    pub ways: u64,
    /// How long the shortest and the longest of them take; `None` where there is none.
    pub times: Option<(Time, Time)>,
    /// What everybody passes from the first to the last contact.
    pub unavoidable: Vec<usize>,
    /// How each persona feels along the usual way.
    pub moods: Vec<Mood>,
    /// Pain points.
    pub pains: Answered,
    /// Opportunities.
    pub opportunities: Answered,
    /// Opportunities that would delight.
    pub delights: usize,
    /// Actions.
    pub actions: Actions,
    /// Touchpoints with a measurement.
    pub measured: usize,
    /// Measurements, those of the whole journey included.
    pub measurements: usize,
    /// What the claims of the map rest on.
    pub claims: Claims,
}

impl Stats {
    /// Counts a map, given its graph, on a day.
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

/// How many have a value.
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
