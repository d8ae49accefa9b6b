//! Enumeration of routes, with loops for customers who have to go back.

use super::journey_graph::Graph;
use rustc_hash::FxHashSet;
use std::cell::Cell;
use std::rc::Rc;

/// A route: positions of touchpoints, from start to target.
pub type JourneyRoute = Vec<usize>;

/// Loop edges, as source and target.
pub(super) type LoopEdges = FxHashSet<(usize, usize)>;

/// Number of steps that a search for trails tries at most: about a tenth of a second.
const MAX_TRIES: usize = 5_000_000;

/// Bounds a search for trails, and tells whether it ended early.
#[derive(Debug, Default)]
pub struct TrailSearch {
    tries: Cell<usize>,
    /// Whether a step was left out only because a trail of more loops takes it.
    has_more_loops: Cell<bool>,
}

impl TrailSearch {
    /// Whether the search was given up before all trails were found.
    pub fn is_cut(&self) -> bool {
        self.tries.get() > MAX_TRIES
    }

    /// Counts steps to be tried; returns whether there are too many.
    fn try_more(&self, steps: usize) -> bool {
        self.tries.set(self.tries.get() + steps);
        self.is_cut()
    }
}

impl Graph {
    /// Enumerates the routes between two touchpoints that take no loop edge more than once, those
    /// with the fewest loops first, and of these the usual one first. A route ends at its first
    /// arrival.
    ///
    /// There may be a great many: they are found lazily. Where loops block each other, most tries
    /// may lead nowhere, so `search` ends an enumeration that takes too long.
    pub fn trails<'g>(
        &'g self,
        from: usize,
        to: usize,
        search: &'g TrailSearch,
    ) -> impl Iterator<Item = JourneyRoute> + 'g {
        let fewest = Rc::new(self.fewest_loops_to(to));
        let ahead: Rc<[bool]> = self.leads_to_loop(&fewest).into();
        let first = fewest.get(from).copied().flatten();
        let mut next = first;
        let counts = std::iter::from_fn(move || {
            let count = next?;
            let is_first = first == Some(count);
            let has_more = search.has_more_loops.replace(false) && from != to;
            next = (!search.is_cut() && (is_first || has_more)).then_some(count + 1);
            next.is_some().then_some(count)
        });
        counts.flat_map(move |count| {
            let (fewest, ahead) = (Rc::clone(&fewest), Rc::clone(&ahead));
            JourneyRoutes::new(from, to, move |at, taken, choices| {
                let successors = &self.successors[at];
                if search.try_more(successors.len()) {
                    return;
                }
                choices.extend(successors.iter().filter(|&&next| {
                    let is_loop = next <= at;
                    if is_loop && taken.contains(&(at, next)) {
                        return false;
                    }
                    let Some(needed) = fewest[next] else {
                        return false;
                    };
                    let used = taken.len() as u32 + u32::from(is_loop);
                    if used + needed > count {
                        search.has_more_loops.set(true);
                        return false;
                    }
                    // All loops of this count must be taken before the end.
                    used == count || (next != to && ahead[next])
                }));
            })
        })
    }

    /// Whether a loop from which the target is reachable lies ahead of each touchpoint, given the
    /// minimum number of loops to the target.
    fn leads_to_loop(&self, fewest: &[Option<u32>]) -> Vec<bool> {
        let mut leads = vec![false; self.len()];
        let closes_loop = |at: usize| {
            let mut next = self.successors[at].iter();
            next.any(|next| *next <= at && fewest[*next].is_some())
        };
        let mut open: Vec<usize> = (0..self.len()).filter(|at| closes_loop(*at)).collect();
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut leads[at], true) {
                open.extend(&self.predecessors[at]);
            }
        }
        leads
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
