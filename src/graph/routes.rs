//! Routes between two touchpoints: enumeration, and the best, worst, shortest and
//! longest without enumeration.
//!
//! A link that leads back in the list (or to itself) is a loop. *Direct* routes
//! take as few loops as possible, in nearly every map none. They pass no
//! touchpoint twice and form a directed acyclic graph: each touchpoint is reached
//! after one fixed number of loops. So the extremes are exact and take time
//! proportional to the links, while with loops the longest route would be a hard
//! problem.

use super::journey_graph::Graph;
use super::trails::{JourneyRoute, JourneyRoutes};
use crate::model::Score;
use std::collections::VecDeque;

/// The duration of a route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RouteTime {
    /// The sum of the known durations, in minutes.
    pub minutes: u64,
    /// The number of steps without a duration.
    pub unknown: usize,
}

/// All direct routes between two touchpoints.
#[derive(Clone, Debug)]
pub struct DirectRoutes<'g> {
    graph: &'g Graph,
    from: usize,
    to: usize,
    /// The number of loops taken before each touchpoint; `None` off the direct routes.
    loops_before: Vec<Option<u32>>,
    /// The touchpoints on direct routes in topological order.
    order: Vec<usize>,
}

impl Graph {
    /// Sums up the duration of a route.
    pub fn route_time(&self, way: &[usize]) -> RouteTime {
        let mut time = RouteTime::default();
        for step in way.iter().filter_map(|at| self.steps.get(*at)) {
            match step.minutes {
                Some(minutes) => time.minutes += u64::from(minutes),
                None => time.unknown += 1,
            }
        }
        time
    }

    /// The usual route through the journey: the first direct route from the first
    /// to the last contact, or the main line if there is none.
    pub fn usual_route(&self) -> JourneyRoute {
        let ends = self.first_contact().zip(self.last_contact());
        let direct = ends.and_then(|(first, last)| self.direct_routes(first, last));
        let usual = direct.as_ref().and_then(|direct| direct.routes().next());
        usual.unwrap_or_else(|| {
            let sides = self.flow().branch_of.iter().enumerate();
            let main = sides.filter(|(_, side)| side.is_none());
            main.map(|(at, _)| at).collect()
        })
    }

    /// The direct routes between two touchpoints; `None` if there is no route.
    pub fn direct_routes(&self, from: usize, to: usize) -> Option<DirectRoutes<'_>> {
        let there = self.fewest_loops_from(from);
        let back = self.fewest_loops_to(to);
        let loops = there.get(to).copied()??;
        let on_route = |(there, back): (&Option<u32>, &Option<u32>)| {
            there.filter(|n| back.is_some_and(|m| n + m == loops))
        };
        let loops_before: Vec<Option<u32>> = there.iter().zip(&back).map(on_route).collect();
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.retain(|at| loops_before[*at].is_some());
        order.sort_by_key(|at| (loops_before[*at], *at));
        Some(DirectRoutes {
            graph: self,
            from,
            to,
            loops_before,
            order,
        })
    }

    /// The minimum number of loops from a touchpoint to each.
    pub(super) fn fewest_loops_from(&self, from: usize) -> Vec<Option<u32>> {
        fewest_loops(&self.successors, from, |at, next| next <= at)
    }

    /// The minimum number of loops to a touchpoint from each.
    pub(super) fn fewest_loops_to(&self, to: usize) -> Vec<Option<u32>> {
        fewest_loops(&self.predecessors, to, |at, next| at <= next)
    }
}

/// The minimum number of loops to reach each touchpoint: a 0-1 breadth-first
/// search in which only loops cost one.
fn fewest_loops(
    links: &[Vec<usize>],
    start: usize,
    is_loop: fn(usize, usize) -> bool,
) -> Vec<Option<u32>> {
    let mut fewest = vec![None; links.len()];
    let mut open = VecDeque::from([(start, 0)]);
    while let Some((at, loops)) = open.pop_front() {
        let Some(known @ None) = fewest.get_mut(at) else {
            continue;
        };
        *known = Some(loops);
        for &to in &links[at] {
            if is_loop(at, to) {
                open.push_back((to, loops + 1));
            } else {
                open.push_front((to, loops));
            }
        }
    }
    fewest
}

impl<'g> DirectRoutes<'g> {
    /// Whether a touchpoint is on some direct route.
    pub fn contains(&self, position: usize) -> bool {
        self.loops_before.get(position).is_some_and(Option::is_some)
    }

    /// The successors of a touchpoint on direct routes, the usual one first.
    fn successors(&self, at: usize) -> impl Iterator<Item = usize> + use<'_, 'g> {
        let level = self.loops_before[at];
        self.graph.successors[at].iter().copied().filter(move |to| {
            let cost = u32::from(*to <= at);
            at != self.to && level.is_some() && self.loops_before[*to] == level.map(|n| n + cost)
        })
    }

    /// The number of direct routes; saturates at the maximum.
    pub fn count(&self) -> u64 {
        let mut count = vec![0_u64; self.loops_before.len()];
        for &at in self.order.iter().rev() {
            let own = u64::from(at == self.to);
            let ahead = self.successors(at).map(|to| count[to]);
            count[at] = ahead.fold(own, u64::saturating_add);
        }
        count[self.from]
    }

    /// Iterates over the direct routes, the usual one first. Lazy: finding the
    /// next route takes time proportional to its length.
    pub fn routes(&self) -> impl Iterator<Item = JourneyRoute> {
        JourneyRoutes::new(self.from, self.to, |at, _, choices| {
            choices.extend(self.successors(at));
        })
    }

    /// The route with the largest sum of weights of its steps, compared
    /// lexicographically; the first of equal ones.
    pub fn heaviest(&self, weigh: impl Fn(usize) -> (i64, i64)) -> JourneyRoute {
        let mut best: Vec<((i64, i64), usize)> = vec![((0, 0), self.to); self.loops_before.len()];
        for &at in self.order.iter().rev() {
            let own = weigh(at);
            let ahead = self.successors(at).map(|to| (best[to].0, to));
            let most = ahead.reduce(|a, b| if b.0 > a.0 { b } else { a });
            let (sum, to) = most.unwrap_or(((0, 0), self.to));
            best[at] = ((own.0 + sum.0, own.1 + sum.1), to);
        }
        let mut way = vec![self.from];
        let mut at = self.from;
        while at != self.to {
            at = best[at].1;
            way.push(at);
        }
        way
    }

    fn minutes(&self, at: usize) -> i64 {
        self.graph.steps[at].minutes.map_or(0, i64::from)
    }

    /// The route with the shortest duration; of equal ones the one with fewer
    /// steps. Steps without a duration count as zero.
    pub fn shortest(&self) -> JourneyRoute {
        self.heaviest(|at| (-self.minutes(at), -1))
    }

    /// The route with the longest duration; of equal ones the one with more steps.
    pub fn longest(&self) -> JourneyRoute {
        self.heaviest(|at| (self.minutes(at), 1))
    }

    /// The route with the highest mean of the given [`Graph::scores`]; a mean
    /// does not favour longer routes. `None` if no route has a score.
    ///
    /// A mean is not a sum over steps; it is maximized by a sequence of sums,
    /// each relative to the best mean so far (Dinkelbach, “On nonlinear
    /// fractional programming”, 1967). Exact: all numbers are integers.
    pub fn best(&self, scores: &[Option<Score>]) -> Option<JourneyRoute> {
        self.extreme_mean(scores, 1)
    }

    /// The route with the lowest mean score; see [`DirectRoutes::best`].
    pub fn worst(&self, scores: &[Option<Score>]) -> Option<JourneyRoute> {
        self.extreme_mean(scores, -1)
    }

    fn extreme_mean(&self, scores: &[Option<Score>], sign: i64) -> Option<JourneyRoute> {
        let score = |at: usize| {
            let score = scores.get(at).copied().flatten()?;
            Some(sign * i64::from(score.tenths()))
        };
        let measure = |way: &JourneyRoute| {
            let felt: Vec<i64> = way.iter().filter_map(|at| score(*at)).collect();
            (felt.iter().sum::<i64>(), felt.len() as i64)
        };
        let mut way = self.heaviest(|at| (i64::from(score(at).is_some()), 0));
        let (mut sum, mut count) = measure(&way);
        if count == 0 {
            return None;
        }
        loop {
            let better = self.heaviest(|at| (score(at).map_or(0, |s| s * count - sum), 0));
            let (other_sum, other_count) = measure(&better);
            if other_sum * count - sum * other_count <= 0 {
                return Some(way);
            }
            (way, sum, count) = (better, other_sum, other_count);
        }
    }
}
