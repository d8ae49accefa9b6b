//! Reachability, dominators, cycles, and branch points: touchpoints where routes part, and
//! where they rejoin.

use super::journey_graph::Graph;
use super::traffic::Traffic;
use petgraph::algo::{dominators::simple_fast, kosaraju_scc};
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
    /// Share of all customers who take it, 0 … 1; see [`Graph::traffic`].
    pub traffic: f64,
    /// The usual steps on it, until the branches rejoin or the journey ends;
    /// empty for a branch that leads straight to the rejoin.
    pub route: Vec<usize>,
}

impl Graph {
    /// Returns for each touchpoint whether it is reachable from `from`, which
    /// reaches itself. In time proportional to the links.
    pub fn reachable_from(&self, from: usize) -> Vec<bool> {
        let loops = self.fewest_loops_from(from);
        loops.iter().map(Option::is_some).collect()
    }

    /// Returns for each touchpoint whether `to` is reachable from it.
    pub fn can_reach(&self, to: usize) -> Vec<bool> {
        let loops = self.fewest_loops_to(to);
        loops.iter().map(Option::is_some).collect()
    }

    /// The touchpoints on every route between two touchpoints, both included, in
    /// the order of passing; `None` if there is no route.
    ///
    /// These are the dominators of `to` for the entry `from`, computed by the
    /// algorithm of Cooper, Harvey and Kennedy (“A simple, fast dominance
    /// algorithm”, 2001).
    pub fn dominators(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        if from >= self.len() || to >= self.len() {
            return None;
        }
        let tree = simple_fast(&self.network, NodeIndex::new(from));
        let chain = tree.dominators(NodeIndex::new(to))?;
        let mut chain: Vec<usize> = chain.map(NodeIndex::index).collect();
        chain.reverse();
        Some(chain)
    }

    /// Returns the cycles of the flow: every maximal set of mutually reachable
    /// touchpoints, in order, and touchpoints that lead to themselves.
    ///
    /// These are the strongly connected components, by the algorithm of Kosaraju
    /// (Sharir, “A strong-connectivity algorithm”, 1981), which needs no
    /// recursion.
    pub fn cycles(&self) -> Vec<Vec<usize>> {
        let mut circles: Vec<Vec<usize>> = kosaraju_scc(&self.network)
            .into_iter()
            .map(|part| part.into_iter().map(NodeIndex::index).collect())
            .filter(|part: &Vec<usize>| {
                part.len() > 1 || part.iter().any(|at| self.successors(*at).contains(at))
            })
            .collect();
        for circle in &mut circles {
            circle.sort_unstable();
        }
        circles.sort_unstable();
        circles
    }

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
        let traffic = self.traffic();
        (0..self.len())
            .filter(|at| forward(*at).nth(1).is_some())
            .map(|at| {
                let meet = tree.immediate_dominator(NodeIndex::new(at));
                let rejoin = meet.filter(|meet| *meet != left).map(NodeIndex::index);
                let branches = forward(at).map(|to| self.branch(at, to, rejoin, &traffic));
                BranchPoint {
                    position: at,
                    rejoin,
                    branches: branches.collect(),
                }
            })
            .collect()
    }

    fn branch(&self, at: usize, first: usize, rejoin: Option<usize>, traffic: &Traffic) -> Branch {
        let links = self.links_from(at);
        let here = links.filter(|link| self.flow().links[*link].to == first);
        let weight = here.clone().map(|link| self.weight(link)).sum();
        let traffic = here.map(|link| traffic.links[link]).sum();
        let mut way = Vec::new();
        let mut step = Some(first).filter(|step| Some(*step) != rejoin);
        while let Some(now) = step {
            way.push(now);
            let ahead = self.successors(now).iter().copied().find(|to| *to > now);
            step = ahead.filter(|to| Some(*to) != rejoin);
        }
        Branch {
            weight,
            traffic,
            route: way,
        }
    }
}
