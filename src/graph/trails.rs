//! Enumeration of routes with loops, for customers who have to go back.

use super::journey_graph::Graph;
use super::routes::Way;
use rustc_hash::FxHashSet;

impl Graph {
    /// Enumerates the routes between two touchpoints that take no loop edge more
    /// than once, the usual one first. A route ends at its first arrival.
    ///
    /// There may be a great many: they are found lazily, and no step is taken
    /// from which the target is no longer reachable.
    pub fn wanderings(&self, from: usize, to: usize) -> Wanderings<'_> {
        let mut ahead = vec![false; self.len()];
        if let Some(goal) = ahead.get_mut(to) {
            *goal = true;
        }
        // Without loops positions only grow: one pass from the end is enough.
        for at in (0..to.min(self.len())).rev() {
            ahead[at] = self.next[at].iter().any(|next| *next > at && ahead[*next]);
        }
        let mut wanderings = Wanderings {
            graph: self,
            to,
            ahead,
            way: Vec::new(),
            choices: Vec::new(),
            taken: FxHashSet::default(),
            fresh: true,
        };
        if from < self.len() && to < self.len() && wanderings.arrives(from) {
            wanderings.step(from);
        }
        wanderings
    }
}

/// An iterator over routes with loops; see [`Graph::wanderings`].
#[derive(Clone, Debug)]
pub struct Wanderings<'g> {
    graph: &'g Graph,
    to: usize,
    /// For each touchpoint whether the target is reachable without loops.
    ahead: Vec<bool>,
    way: Way,
    choices: Vec<Vec<usize>>,
    /// Loop edges on the current route, as source and target.
    taken: FxHashSet<(usize, usize)>,
    fresh: bool,
}

impl Wanderings<'_> {
    /// Whether the target is still reachable with the unused loops.
    fn arrives(&self, at: usize) -> bool {
        if self.ahead[at] {
            return true;
        }
        let mut seen = FxHashSet::from_iter([at]);
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            if self.ahead[at] {
                return true;
            }
            for &to in &self.graph.next[at] {
                let free = to > at || !self.taken.contains(&(at, to));
                if free && seen.insert(to) {
                    open.push(to);
                }
            }
        }
        false
    }

    fn step(&mut self, at: usize) {
        self.way.push(at);
        let mut ahead = match at == self.to {
            true => Vec::new(),
            false => self.graph.next[at].clone(),
        };
        ahead.reverse();
        self.choices.push(ahead);
    }

    fn step_back(&mut self) {
        self.choices.pop();
        let left = self.way.pop();
        if let (Some(at), Some(left)) = (self.way.last(), left) {
            self.taken.remove(&(*at, left));
        }
    }
}

impl Iterator for Wanderings<'_> {
    type Item = Way;

    fn next(&mut self) -> Option<Way> {
        if !std::mem::replace(&mut self.fresh, false) {
            self.step_back();
        }
        loop {
            let at = *self.way.last()?;
            if at == self.to {
                return Some(self.way.clone());
            }
            match self.choices.last_mut()?.pop() {
                None => self.step_back(),
                Some(to) => {
                    let is_loop = to <= at;
                    if is_loop && !self.taken.insert((at, to)) {
                        continue;
                    }
                    if self.arrives(to) {
                        self.step(to);
                    } else if is_loop {
                        self.taken.remove(&(at, to));
                    }
                }
            }
        }
    }
}
