//! Statistics of a map.

use super::checks::evidence::{Claims, count_claims};
use super::checks::pain::{Resolution, resolution};
use crate::graph::{EmotionCurve, FlowLink, Graph, HandoffMatrix, RouteTime};
use crate::model::{
    ActionId, ActionStatus, Date, DepartmentId, Level, Map, Measurement, PathKind, PersonaId,
};
use std::collections::BTreeSet;

/// The emotion curve of a persona along the usual route.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonaCurve {
    /// The persona; `None` is the customer of a map without personas.
    pub persona: Option<PersonaId>,
    /// The curve; `None` if no step has a score.
    pub curve: Option<EmotionCurve>,
}

/// The responsibilities of a department.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentStats {
    /// The department.
    pub department: DepartmentId,
    /// Number of owned stages.
    pub stages: usize,
    /// Number of owned touchpoints.
    pub touchpoints: usize,
    /// Number of supported touchpoints of other owners.
    pub supports: usize,
    /// Number of pain points on owned touchpoints.
    pub pains: usize,
    /// Number of links from owned touchpoints to those of others.
    pub handoffs_out: usize,
    /// Number of links from touchpoints of others to owned ones.
    pub handoffs_in: usize,
}

/// Number of pains or opportunities, by resolution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResolutionCounts {
    /// All of them.
    pub all: usize,
    /// Those of the highest severity or value.
    pub high: usize,
    /// Those answered by an action that is planned or under way.
    pub open: usize,
    /// Those answered by an action that is done.
    pub done: usize,
}

impl ResolutionCounts {
    fn count(&mut self, map: &Map, level: Level, actions: &[ActionId]) {
        self.all += 1;
        self.high += usize::from(level == Level::High);
        match resolution(map, actions) {
            Resolution::Nothing | Resolution::Dropped => {}
            Resolution::Open => self.open += 1,
            Resolution::Done => self.done += 1,
        }
    }
}

/// Number of actions, by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActionCounts {
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
    pub branches: usize,
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
    pub departments: Vec<DepartmentStats>,
    /// The handoff matrix.
    pub handoff_matrix: HandoffMatrix,
    /// Number of links between different owners, including no owner.
    pub handoffs: usize,
    /// Number of these on the usual route.
    pub usual_handoffs: usize,
    /// The usual route through the journey.
    pub usual_route: Vec<usize>,
    /// Number of direct routes from the first to the last contact.
    pub routes: u64,
    /// Durations of the shortest and the longest direct route; `None` without a route.
    pub route_times: Option<(RouteTime, RouteTime)>,
    /// The touchpoints on every route to the last contact.
    pub dominators: Vec<usize>,
    /// The emotion curve of each persona along the usual route.
    pub curves: Vec<PersonaCurve>,
    /// Pain points.
    pub pains: ResolutionCounts,
    /// Opportunities.
    pub opportunities: ResolutionCounts,
    /// Number of opportunities that would delight.
    pub delights: usize,
    /// Actions.
    pub actions: ActionCounts,
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
        let usual = graph.usual_route();
        let ends = graph.first_contact().zip(graph.last_contact());
        let direct = ends.and_then(|(first, last)| graph.direct_routes(first, last));
        let times = direct.as_ref().map(|direct| {
            let time = |way: Vec<usize>| graph.route_time(&way);
            (time(direct.shortest()), time(direct.longest()))
        });
        let mut pains = ResolutionCounts::default();
        let mut opportunities = ResolutionCounts::default();
        for touchpoint in map.touchpoints() {
            for pain in &touchpoint.pains {
                pains.count(map, pain.severity, &pain.actions);
            }
            for it in &touchpoint.opportunities {
                opportunities.count(map, it.value, &it.actions);
            }
        }
        let measured = || map.touchpoints().map(|t| count_values(&t.measurements));
        let opportunity = map.touchpoints().flat_map(|t| &t.opportunities);
        let is_failure = |link: &&FlowLink| link.kind == PathKind::Failure;
        Stats {
            stages: map.stages().len(),
            touchpoints: graph.len(),
            branches: flow.branch_of.iter().flatten().count(),
            loops: flow.links.iter().filter(|l| l.is_backward()).count(),
            failures: flow.links.iter().filter(is_failure).count(),
            unowned: map.touchpoints().filter(|t| map.lacks_owner(t)).count(),
            unowned_stages: map.stages().iter().filter(|s| s.owner.is_none()).count(),
            moments: map.touchpoints().filter(|t| t.moment_of_truth).count(),
            departments: department_stats(map, graph),
            handoff_matrix: graph.handoff_matrix(map.departments().iter().map(|d| &d.id)),
            handoffs: graph.handoffs().len(),
            usual_handoffs: graph.handoffs_on(&usual, |_| true),
            routes: direct.map_or(0, |direct| direct.count()),
            route_times: times,
            dominators: graph.passed_by_all().unwrap_or_default(),
            curves: persona_curves(map, graph, &usual),
            usual_route: usual,
            pains,
            opportunities,
            delights: opportunity.filter(|o| o.delight).count(),
            actions: action_counts(map, today),
            measured: measured().filter(|count| *count > 0).count(),
            measurements: measured().sum::<usize>() + count_values(&map.header().measurements),
            claims: count_claims(map),
        }
    }
}

fn count_values(measurements: &[Measurement]) -> usize {
    measurements.iter().filter(|it| it.value.is_some()).count()
}

fn persona_curves(map: &Map, graph: &Graph, way: &[usize]) -> Vec<PersonaCurve> {
    let curve = |persona: Option<&PersonaId>| PersonaCurve {
        persona: persona.cloned(),
        curve: graph.curve(persona, way),
    };
    if map.personas().is_empty() {
        return vec![curve(None)];
    }
    map.personas().iter().map(|p| curve(Some(&p.id))).collect()
}

fn action_counts(map: &Map, today: Date) -> ActionCounts {
    let mut actions = ActionCounts::default();
    for action in map.actions() {
        let (count, is_open) = match action.status {
            ActionStatus::Planned => (&mut actions.planned, true),
            ActionStatus::Started => (&mut actions.started, true),
            ActionStatus::Done => (&mut actions.done, false),
            ActionStatus::Dropped => (&mut actions.dropped, false),
        };
        *count += 1;
        let is_overdue = is_open && action.due.is_some_and(|due| due < today);
        actions.overdue += usize::from(is_overdue);
    }
    actions
}

fn department_stats(map: &Map, graph: &Graph) -> Vec<DepartmentStats> {
    let departments = map.departments();
    let empty = departments.iter().map(|it| DepartmentStats {
        department: it.id.clone(),
        ..DepartmentStats::default()
    });
    let mut all: Vec<DepartmentStats> = empty.collect();
    let mut count = |id: Option<&DepartmentId>, add: &dyn Fn(&mut DepartmentStats)| {
        if let Some(at) = id.and_then(|id| departments.position(id)) {
            add(&mut all[at]);
        }
    };
    for stage in map.stages() {
        count(stage.owner.as_ref(), &|it| it.stages += 1);
    }
    for touchpoint in map.touchpoints() {
        count(touchpoint.owner.as_ref(), &|it| {
            it.touchpoints += 1;
            it.pains += touchpoint.pains.len();
        });
        let others = touchpoint.supporters.iter();
        let others: BTreeSet<_> = others
            .filter(|id| Some(*id) != touchpoint.owner.as_ref())
            .collect();
        for supporter in others {
            count(Some(supporter), &|it| it.supports += 1);
        }
    }
    for handoff in graph.handoffs() {
        count(handoff.from.as_ref(), &|it| it.handoffs_out += 1);
        count(handoff.to.as_ref(), &|it| it.handoffs_in += 1);
    }
    all
}
