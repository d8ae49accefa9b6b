//! The journey as an absorbing Markov chain: customers move along links with their shares until
//! they leave (Kemeny and Snell, Finite Markov Chains, 1960, chapter 3).
//!
//! Systems of equations are solved loop by loop, by the method of Gauss and Seidel within a loop, so
//! that cost follows the number of links.
//!
//! Must not know: feelings, owners.

use super::journey_graph::Graph;
use petgraph::algo::kosaraju_scc;
use std::ops::Range;

/// Share below which nobody is left.
const NOBODY: f64 = 1e-9;
/// Change of a share below which a system counts as solved.
const SOLVED: f64 = 1e-13;
/// Maximum number of passes over a loop; a loop that 999 of 1,000 customers repeat needs 30,000.
const MAX_PASSES: usize = 60_000;

/// The moves of customers between touchpoints. All lists are by position.
#[derive(Clone, Debug)]
pub struct AbsorbingChain {
    /// The moves from each touchpoint: target and share of those there.
    moves: Vec<Vec<(usize, f64)>>,
    /// The moves to each touchpoint: source and share of those at the source.
    arriving: Vec<Vec<(usize, f64)>>,
    /// Share of those at each touchpoint who leave the journey there.
    leaving: Vec<f64>,
    /// Touchpoints in an order in which moves lead to the same or a later block.
    order: Vec<usize>,
    /// The place of each touchpoint in `order`.
    place: Vec<usize>,
    /// The block of each touchpoint, a range of `order`: itself alone, or a loop.
    block_of: Vec<Range<usize>>,
    /// Whether nobody who gets to the touchpoint ever leaves the journey.
    is_trap: Vec<bool>,
}

impl Graph {
    /// Returns the moves of customers by [`Graph::weight`], in time proportional to the links.
    pub fn absorbing_chain(&self) -> AbsorbingChain {
        let count = self.len();
        let mut moves: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
        let mut arriving: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
        let mut leaving = vec![0.0; count];
        for from in 0..count {
            let mut staying = 0.0;
            for link in self.links_from(from) {
                let (to, share) = (self.flow().links[link].to, self.weight(link));
                if share > 0.0 {
                    moves[from].push((to, share));
                    arriving[to].push((from, share));
                    staying += share;
                }
            }
            // The rest after rounding is nobody.
            let rest = 1.0 - staying;
            leaving[from] = if rest > NOBODY { rest } else { 0.0 };
        }
        let mut chain = AbsorbingChain {
            moves,
            arriving,
            leaving,
            order: Vec::with_capacity(count),
            place: vec![0; count],
            block_of: vec![0..0; count],
            is_trap: vec![false; count],
        };
        // The algorithm of Kosaraju returns blocks after those that they lead to.
        let mut blocks = kosaraju_scc(&self.network);
        blocks.reverse();
        for block in blocks {
            let mut block: Vec<usize> = block.into_iter().map(|node| node.index()).collect();
            block.sort_unstable();
            chain.add_block(&block);
        }
        chain
    }
}

impl AbsorbingChain {
    fn add_block(&mut self, block: &[usize]) {
        let start = self.order.len();
        let range = start..start + block.len();
        for at in block {
            self.place[*at] = self.order.len();
            self.order.push(*at);
            self.block_of[*at] = range.clone();
        }
        let out = block.iter().map(|at| {
            let moves = self.moves[*at].iter();
            let outside = moves.filter(|(to, _)| self.block_of[*to] != range);
            self.leaving[*at] + outside.map(|(_, share)| share).sum::<f64>()
        });
        if out.sum::<f64>() <= NOBODY {
            for at in block {
                self.is_trap[*at] = true;
            }
        }
    }

    /// The moves from a touchpoint: target and share of those there.
    pub fn moves(&self, at: usize) -> &[(usize, f64)] {
        &self.moves[at]
    }

    /// The share of those at a touchpoint who leave the journey there, 0 … 1.
    pub fn leaving(&self, at: usize) -> f64 {
        self.leaving[at]
    }

    /// Whether nobody who gets to a touchpoint ever leaves the journey.
    pub fn is_trap(&self, at: usize) -> bool {
        self.is_trap[at]
    }

    /// The number of touchpoints of the loop that a touchpoint is in; 1 outside of loops.
    pub fn loop_len(&self, at: usize) -> usize {
        self.block_of[at].len()
    }

    /// The expected number of visits of a customer to each touchpoint, given the shares of
    /// customers who start there. Where nobody ever leaves, arriving counts alone.
    pub fn visits(&self, starts: &[(usize, f64)]) -> Vec<f64> {
        let mut inflow = vec![0.0; self.moves.len()];
        for (at, share) in starts {
            inflow[*at] += share;
        }
        let mut visits = vec![0.0; self.moves.len()];
        for block in self.blocks() {
            let within = self.block_visits(&block, |at| inflow[at]);
            for (at, share) in self.order[block.clone()].iter().zip(within) {
                visits[*at] = share;
                for (to, part) in self.moves[*at]
                    .iter()
                    .filter(|(to, _)| !self.is_in(&block, *to))
                {
                    inflow[*to] += share * part;
                }
            }
        }
        visits
    }

    /// The expected number of visits of a customer who is at a touchpoint, this one included.
    pub fn visits_of_itself(&self, at: usize) -> f64 {
        let block = &self.block_of[at];
        let within = self.block_visits(block, |it| if it == at { 1.0 } else { 0.0 });
        within[self.place[at] - block.start]
    }

    /// Solves v = inflow + v·Q in a block, in its order.
    fn block_visits(&self, block: &Range<usize>, inflow: impl Fn(usize) -> f64) -> Vec<f64> {
        let places = &self.order[block.clone()];
        if self.is_trap[places[0]] {
            return places.iter().map(|at| inflow(*at)).collect();
        }
        let mut visits = vec![0.0; places.len()];
        solve(places, |index, at| {
            let (mut sum, mut own) = (inflow(at), 0.0);
            for (from, share) in self.arriving[at]
                .iter()
                .filter(|(from, _)| self.is_in(block, *from))
            {
                if *from == at {
                    own += share;
                } else {
                    sum += visits[self.place[*from] - block.start] * share;
                }
            }
            let value = sum / (1.0 - own);
            value - std::mem::replace(&mut visits[index], value)
        });
        visits
    }

    /// The probability for a customer at each touchpoint to leave the journey at one of those for
    /// which `is_goal` holds.
    pub fn arrival(&self, is_goal: impl Fn(usize) -> bool) -> Vec<f64> {
        let mut arrival: Vec<f64> = vec![0.0; self.moves.len()];
        let blocks: Vec<Range<usize>> = self.blocks().collect();
        for block in blocks.into_iter().rev() {
            let places = &self.order[block];
            if self.is_trap[places[0]] {
                continue;
            }
            solve(places, |_, at| {
                let mut sum = if is_goal(at) { self.leaving[at] } else { 0.0 };
                let mut own = 0.0;
                for (to, share) in &self.moves[at] {
                    if *to == at {
                        own += share;
                    } else {
                        sum += arrival[*to] * share;
                    }
                }
                let value = sum / (1.0 - own);
                value - std::mem::replace(&mut arrival[at], value)
            });
        }
        arrival
    }

    /// The blocks, none of which is empty, as ranges of `order`.
    fn blocks(&self) -> impl Iterator<Item = Range<usize>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let block = self.block_of[*self.order.get(next)?].clone();
            next = block.end;
            Some(block)
        })
    }

    fn is_in(&self, block: &Range<usize>, at: usize) -> bool {
        block.contains(&self.place[at])
    }
}

/// Improves the values of a block one by one until none changes. `improve` takes the index in the
/// block and the position, and returns the change.
fn solve(block: &[usize], mut improve: impl FnMut(usize, usize) -> f64) {
    for _ in 0..MAX_PASSES {
        let changes = block.iter().enumerate();
        let changes = changes.map(|(index, at)| improve(index, *at).abs());
        if changes.fold(0.0, f64::max) < SOLVED || block.len() == 1 {
            return;
        }
    }
}
