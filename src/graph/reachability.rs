//! What can be reached, what nobody can avoid, and what goes in circles.

use super::journey_graph::{Edge, Graph};
use petgraph::algo::{dominators::simple_fast, kosaraju_scc};
use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeFiltered;

fn leads_on(edge: EdgeReference<'_, Edge>) -> bool {
    matches!(edge.weight(), Edge::LeadsTo(_))
}

impl Graph {
    /// For each touchpoint whether a customer at `from` can come to it. One is
    /// where one is. Breadth-first search: time in proportion to the links.
    pub fn reached_from(&self, from: usize) -> Vec<bool> {
        spread(self.len(), from, |at| &self.next[at])
    }

    /// For each touchpoint whether a customer there can come to `to`.
    pub fn reaching(&self, to: usize) -> Vec<bool> {
        spread(self.len(), to, |at| &self.former[at])
    }

    /// The touchpoints that everybody passes who gets from one to the other,
    /// both included, in the order in which they are passed; `None` where there
    /// is no way.
    ///
    /// These are the dominators of `to` seen from `from`, found by the algorithm
    /// of Cooper, Harvey and Kennedy (“A simple, fast dominance algorithm”, 2001).
    pub fn unavoidable(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        if from >= self.len() || to >= self.len() {
            return None;
        }
        let journey = EdgeFiltered::from_fn(&self.network, leads_on);
        let tree = simple_fast(&journey, NodeIndex::new(from));
        let chain = tree.dominators(NodeIndex::new(to))?;
        let mut chain: Vec<usize> = chain.map(NodeIndex::index).collect();
        chain.reverse();
        Some(chain)
    }

    /// Where customers can go in circles: every largest set of touchpoints in
    /// which each leads to each other, in order, and touchpoints that lead to
    /// themselves.
    ///
    /// These are the strongly connected parts, by the algorithm of Kosaraju
    /// (Sharir, “A strong-connectivity algorithm”, 1981), which needs no recursion.
    pub fn circles(&self) -> Vec<Vec<usize>> {
        let journey = EdgeFiltered::from_fn(&self.network, leads_on);
        let mut circles: Vec<Vec<usize>> = kosaraju_scc(&journey)
            .into_iter()
            .map(|part| part.into_iter().map(NodeIndex::index).collect())
            .filter(|part: &Vec<usize>| {
                part.len() > 1 || part.iter().any(|at| self.next(*at).contains(at))
            })
            .collect();
        for circle in &mut circles {
            circle.sort_unstable();
        }
        circles.sort_unstable();
        circles
    }
}

fn spread<'a>(count: usize, start: usize, next: impl Fn(usize) -> &'a Vec<usize>) -> Vec<bool> {
    let mut seen = vec![false; count];
    let Some(first) = seen.get_mut(start) else {
        return seen;
    };
    *first = true;
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for &to in next(at) {
            if !std::mem::replace(&mut seen[to], true) {
                open.push(to);
            }
        }
    }
    seen
}
