//! Branch points: touchpoints where routes part, and where they rejoin.

use super::journey_graph::Graph;
use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};

/// A touchpoint with more than one forward link.
#[derive(Clone, Debug, PartialEq)]
pub struct BranchPoint {
    /// Its position.
    pub position: usize,
    /// The touchpoint where all branches rejoin; `None` if some never do.
    pub rejoin: Option<usize>,
    /// The branches, the usual one first.
    pub branches: Vec<Branch>,
}

/// One way on from a branch point.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// Share of the customers at the branch point who take it, 0 … 1; see [`Graph::weight`].
    pub weight: f64,
    /// The usual steps on it, until the branches rejoin or the journey ends;
    /// empty for a branch that leads straight to the rejoin.
    pub route: Vec<usize>,
}

impl Graph {
    /// Returns every branch point, in order. Loops are ignored.
    ///
    /// Branches rejoin at the nearest touchpoint on all continuations from the
    /// branch point: its immediate postdominator, the immediate dominator in
    /// the reversed flow (Cooper, Harvey and Kennedy, 2001).
    pub fn branch_points(&self) -> Vec<BranchPoint> {
        let forward = |at: usize| {
            self.successors(at)
                .iter()
                .copied()
                .filter(move |to| *to > at)
        };
        let mut backwards = DiGraph::<(), ()>::with_capacity(self.len() + 1, self.len());
        for _ in 0..=self.len() {
            backwards.add_node(());
        }
        let left = NodeIndex::new(self.len());
        for at in 0..self.len() {
            for to in forward(at) {
                backwards.add_edge(NodeIndex::new(to), NodeIndex::new(at), ());
            }
            if self.steps[at].ends || forward(at).next().is_none() {
                backwards.add_edge(left, NodeIndex::new(at), ());
            }
        }
        let tree = simple_fast(&backwards, left);
        (0..self.len())
            .filter(|at| forward(*at).nth(1).is_some())
            .map(|at| {
                let meet = tree.immediate_dominator(NodeIndex::new(at));
                let rejoin = meet.filter(|meet| *meet != left).map(NodeIndex::index);
                let branches = forward(at).map(|to| self.branch(at, to, rejoin));
                BranchPoint {
                    position: at,
                    rejoin,
                    branches: branches.collect(),
                }
            })
            .collect()
    }

    fn branch(&self, at: usize, first: usize, rejoin: Option<usize>) -> Branch {
        let links = self.links_from(at);
        let here = links.filter(|link| self.flow().links[*link].to == first);
        let weight = here.map(|link| self.weight(link)).sum();
        let mut way = Vec::new();
        let mut step = Some(first).filter(|step| Some(*step) != rejoin);
        while let Some(now) = step {
            way.push(now);
            let ahead = self.successors(now).iter().copied().find(|to| *to > now);
            step = ahead.filter(|to| Some(*to) != rejoin);
        }
        Branch { weight, route: way }
    }
}
