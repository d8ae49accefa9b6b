//! Enumeration of routes with loops, for customers who have to go back.

use super::journey_graph::Graph;
use super::routes::JourneyRoute;
use rustc_hash::FxHashSet;

impl Graph {
    /// Enumerates the routes between two touchpoints that take no loop edge more
    /// than once, the usual one first. A route ends at its first arrival.
    ///
    /// There may be a great many: they are found lazily, and no step is taken
    /// from which the target is no longer reachable.
    pub fn trails(&self, from: usize, to: usize) -> Trails<'_> {
        let mut ahead = vec![false; self.len()];
        if let Some(goal) = ahead.get_mut(to) {
            *goal = true;
        }
        // Without loops positions only grow: one pass from the end is enough.
        for at in (0..to.min(self.len())).rev() {
            ahead[at] = self.successors[at]
                .iter()
                .any(|next| *next > at && ahead[*next]);
        }
        let mut wanderings = Trails {
            graph: self,
            to,
            reaches_directly: ahead,
            route: Vec::new(),
            choices: Vec::new(),
            taken_loops: FxHashSet::default(),
            before_first: true,
        };
        if from < self.len() && to < self.len() && wanderings.can_arrive(from) {
            wanderings.step(from);
        }
        wanderings
    }
}

/// An iterator over routes with loops; see [`Graph::trails`].
#[derive(Clone, Debug)]
pub struct Trails<'g> {
    graph: &'g Graph,
    to: usize,
    /// For each touchpoint whether the target is reachable without loops.
    reaches_directly: Vec<bool>,
    route: JourneyRoute,
    choices: Vec<Vec<usize>>,
    /// Loop edges on the current route, as source and target.
    taken_loops: FxHashSet<(usize, usize)>,
    before_first: bool,
}

impl Trails<'_> {
    /// Whether the target is still reachable with the unused loops.
    fn can_arrive(&self, at: usize) -> bool {
        if self.reaches_directly[at] {
            return true;
        }
        let mut seen = FxHashSet::from_iter([at]);
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            if self.reaches_directly[at] {
                return true;
            }
            for &to in &self.graph.successors[at] {
                let free = to > at || !self.taken_loops.contains(&(at, to));
                if free && seen.insert(to) {
                    open.push(to);
                }
            }
        }
        false
    }

    fn step(&mut self, at: usize) {
        self.route.push(at);
        let mut ahead = if at == self.to {
            Vec::new()
        } else {
            self.graph.successors[at].clone()
        };
        ahead.reverse();
        self.choices.push(ahead);
    }

    fn step_back(&mut self) {
        self.choices.pop();
        let left = self.route.pop();
        if let (Some(at), Some(left)) = (self.route.last(), left) {
            self.taken_loops.remove(&(*at, left));
        }
    }
}

impl Iterator for Trails<'_> {
    type Item = JourneyRoute;

    fn next(&mut self) -> Option<JourneyRoute> {
        if !std::mem::replace(&mut self.before_first, false) {
            self.step_back();
        }
        loop {
            let at = *self.route.last()?;
            if at == self.to {
                return Some(self.route.clone());
            }
            match self.choices.last_mut()?.pop() {
                None => self.step_back(),
                Some(to) => {
                    let is_loop = to <= at;
                    if is_loop && !self.taken_loops.insert((at, to)) {
                        continue;
                    }
                    if self.can_arrive(to) {
                        self.step(to);
                    } else if is_loop {
                        self.taken_loops.remove(&(at, to));
                    }
                }
            }
        }
    }
}
