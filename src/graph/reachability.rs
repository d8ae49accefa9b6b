//! Reachability, dominators and cycles.

use super::journey_graph::Graph;
use petgraph::algo::{dominators::simple_fast, kosaraju_scc};
use petgraph::graph::NodeIndex;

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
}
