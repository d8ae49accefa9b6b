//! Routes as JSON.
//!
//! Must not know: arguments, windows.

use super::{RouteQuery, count_loops};
use crate::cli::output::CurveJson;
use crate::model::{PersonaId, TouchpointId};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct PathsReport<'a> {
    version: u32,
    from: Option<&'a TouchpointId>,
    to: Option<&'a TouchpointId>,
    persona: Option<&'a PersonaId>,
    ways: u64,
    cut: bool,
    shown: Vec<RouteJson<'a>>,
    forks: Vec<ForkJson<'a>>,
}

#[derive(Serialize)]
struct RouteJson<'a> {
    steps: Vec<&'a TouchpointId>,
    loops: usize,
    minutes: u64,
    unknown: usize,
    curve: Option<CurveJson>,
}

#[derive(Serialize)]
struct ForkJson<'a> {
    at: Option<&'a TouchpointId>,
    rejoin: Option<&'a TouchpointId>,
    branches: Vec<BranchJson<'a>>,
}

#[derive(Serialize)]
struct BranchJson<'a> {
    share: f64,
    of_all: f64,
    steps: Vec<&'a TouchpointId>,
}

impl RouteQuery<'_> {
    pub(super) fn report(&self, branches: bool) -> PathsReport<'_> {
        let shown = self.routes.iter().map(|way| {
            let time = self.graph.route_time(way);
            let curve = self.graph.curve(self.persona.map(|p| &p.id), way);
            RouteJson {
                steps: self.ids(way),
                loops: count_loops(way),
                minutes: time.minutes,
                unknown: time.unknown,
                curve: curve.map(|curve| CurveJson::of(&self.graph, &curve)),
            }
        });
        let forks = self.forks().into_iter().filter(|_| branches);
        let forks = forks.map(|fork| ForkJson {
            at: self.id(fork.position),
            rejoin: fork.rejoin.and_then(|at| self.id(at)),
            branches: fork
                .branches
                .iter()
                .map(|branch| BranchJson {
                    share: (branch.weight * 1000.0).round() / 1000.0,
                    of_all: (branch.traffic * 1000.0).round() / 1000.0,
                    steps: self.ids(&branch.route),
                })
                .collect(),
        });
        PathsReport {
            version: 1,
            from: self.id(self.from),
            to: self.id(self.to),
            persona: self.persona.map(|p| &p.id),
            ways: self.count,
            cut: self.is_cut,
            shown: shown.collect(),
            forks: forks.collect(),
        }
    }

    fn ids(&self, way: &[usize]) -> Vec<&TouchpointId> {
        way.iter().filter_map(|at| self.id(*at)).collect()
    }
}
