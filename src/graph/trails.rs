//! Enumeration of routes, with loops for customers who have to go back.

use super::journey_graph::Graph;
use rustc_hash::FxHashSet;

/// A route: positions of touchpoints, from start to target.
pub type JourneyRoute = Vec<usize>;

/// Loop edges, as source and target.
pub(super) type LoopEdges = FxHashSet<(usize, usize)>;

impl Graph {
    /// Enumerates the routes between two touchpoints that take no loop edge more
    /// than once, the usual one first. A route ends at its first arrival.
    ///
    /// There may be a great many: they are found lazily, and no step is taken
    /// from which the target is no longer reachable.
    pub fn trails(&self, from: usize, to: usize) -> impl Iterator<Item = JourneyRoute> {
        let mut direct = vec![false; self.len()];
        if let Some(target) = direct.get_mut(to) {
            *target = true;
        }
        // Without loops positions only grow: one pass from the end is enough.
        for at in (0..to.min(self.len())).rev() {
            let mut next = self.successors[at].iter();
            direct[at] = next.any(|next| *next > at && direct[*next]);
        }
        JourneyRoutes::new(from, to, move |at, taken, choices| {
            choices.extend(self.successors(at).iter().filter(|next| {
                let edge = (at, **next);
                !taken.contains(&edge) && self.can_arrive(edge, taken, &direct)
            }));
        })
    }

    /// Whether a target is reachable after an edge with the loops not yet taken, given
    /// from which touchpoints it is reachable without loops.
    fn can_arrive(&self, edge: (usize, usize), taken: &LoopEdges, direct: &[bool]) -> bool {
        let mut seen = FxHashSet::from_iter([edge.1]);
        let mut open = vec![edge.1];
        while let Some(at) = open.pop() {
            if direct[at] {
                return true;
            }
            for &to in &self.successors[at] {
                let free = to > at || (at, to) != edge && !taken.contains(&(at, to));
                if free && seen.insert(to) {
                    open.push(to);
                }
            }
        }
        false
    }
}

/// An iterator over routes, depth first; see [`Graph::trails`] and
/// [`super::DirectRoutes::routes`].
pub(super) struct JourneyRoutes<F> {
    to: usize,
    route: JourneyRoute,
    /// The steps not yet tried, those at the start first; the next one last.
    choices: Vec<usize>,
    /// The index of the first choice at the start and after each step of the route.
    first_choices: Vec<usize>,
    /// The loop edges on the route.
    taken: LoopEdges,
    /// Adds the possible steps after a touchpoint, given the loop edges on the route before.
    next_steps: F,
}

impl<F: Fn(usize, &LoopEdges, &mut Vec<usize>)> JourneyRoutes<F> {
    pub(super) fn new(from: usize, to: usize, next_steps: F) -> JourneyRoutes<F> {
        JourneyRoutes {
            to,
            route: Vec::new(),
            choices: vec![from],
            first_choices: vec![0],
            taken: LoopEdges::default(),
            next_steps,
        }
    }

    fn step(&mut self, to: usize) {
        if let Some(&from) = self.route.last().filter(|from| to <= **from) {
            self.taken.insert((from, to));
        }
        self.route.push(to);
    }

    fn step_back(&mut self) {
        if let Some(to) = self.route.pop()
            && let Some(&from) = self.route.last()
        {
            self.taken.remove(&(from, to));
        }
    }
}

impl<F: Fn(usize, &LoopEdges, &mut Vec<usize>)> Iterator for JourneyRoutes<F> {
    type Item = JourneyRoute;

    fn next(&mut self) -> Option<JourneyRoute> {
        loop {
            let first = *self.first_choices.last()?;
            if self.choices.len() == first {
                self.first_choices.pop();
                self.step_back();
                continue;
            }
            let at = self.choices.pop()?;
            self.step(at);
            if at == self.to {
                let found = self.route.clone();
                self.step_back();
                return Some(found);
            }
            let first = self.choices.len();
            (self.next_steps)(at, &self.taken, &mut self.choices);
            self.choices[first..].reverse();
            self.first_choices.push(first);
        }
    }
}
