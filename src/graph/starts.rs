//! Starts of the journey, and the touchpoints that customers get to from them.

use super::journey_graph::Graph;
use petgraph::algo::dominators::simple_fast;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::NodeIndex;

impl Graph {
    /// The positions at which customers enter the journey, in order: the first contact, and
    /// every touchpoint to which no path leads and that leads to one of those that the first
    /// contact leads to.
    pub fn starts(&self) -> Vec<usize> {
        self.starts_and_reachable().0
    }

    /// Returns for each touchpoint whether it is reachable from a start.
    pub fn reachable(&self) -> Vec<bool> {
        self.starts_and_reachable().1
    }

    /// The touchpoints on every route from a start to the last contact, in the order of
    /// passing; `None` if there is no route.
    pub fn passed_by_all(&self) -> Option<Vec<usize>> {
        let last = self.last_contact()?;
        let starts = self.starts();
        let [first] = starts[..] else {
            let mut network = self.network.clone();
            let entry = network.add_node(());
            for start in starts {
                network.add_edge(entry, NodeIndex::new(start), ());
            }
            let tree = simple_fast(&network, entry);
            let chain = tree.dominators(NodeIndex::new(last))?;
            let mut chain: Vec<usize> = chain.map(NodeIndex::index).collect();
            chain.retain(|at| *at < self.len());
            chain.reverse();
            return Some(chain);
        };
        self.dominators(first, last)
    }

    fn starts_and_reachable(&self) -> (Vec<usize>, Vec<bool>) {
        let Some(first) = self.first_contact() else {
            return Default::default();
        };
        let mut starts = vec![first];
        let mut reached = self.reachable_from(first);
        let mut joins = vec![false; self.len()];
        for at in (0..self.len()).filter(|at| reached[*at]) {
            spread(&self.predecessors, at, &mut joins);
        }
        // Of every loop that nothing leads into, the first touchpoint; most loops are one
        // touchpoint.
        for group in kosaraju_scc(&self.network) {
            let mut group: Vec<usize> = group.into_iter().map(NodeIndex::index).collect();
            group.sort_unstable();
            let mut before = group.iter().flat_map(|at| &self.predecessors[*at]);
            let Some(at) = group.first().copied() else {
                continue;
            };
            let is_inside = |from: &usize| group.binary_search(from).is_ok();
            if joins[at] && !reached[at] && before.all(is_inside) {
                starts.push(at);
                spread(&self.successors, at, &mut reached);
            }
        }
        starts.sort_unstable();
        (starts, reached)
    }
}

/// Marks a touchpoint and all that are reachable from it by these links.
fn spread(links: &[Vec<usize>], from: usize, marked: &mut [bool]) {
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut marked[at], true) {
            open.extend(links[at].iter().filter(|to| !marked[**to]));
        }
    }
}
