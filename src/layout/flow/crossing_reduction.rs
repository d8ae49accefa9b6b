//! Crossing reduction: the order in each layer from top to bottom.
//!
//! Barycentre sweeps (Sugiyama, Tagawa and Toda, 1981) that start from the order of the journey,
//! then exchanges of neighbours; if edges still cross and layers are small, every order is tried.
//! The graph is split into blocks at layers with a single node, which are common in journeys; each
//! block is ordered independently, so that an edit in one leaves all others unchanged.
//! Must not know: coordinates.

use super::layered_graph::LayeredGraph;
use std::ops::Range;

/// Number of sweeps of a block in each direction.
const SWEEPS: usize = 6;
/// Maximum number of exchange passes over a block.
const PASSES: usize = 8;

/// Maximum number of orders of a layer up to which all are tried: those of four exchangeable nodes.
const MAX_ORDERS: usize = 24;

/// Orders every layer.
pub(super) fn order_layers(net: &mut LayeredGraph) {
    let mut order = LayerOrder::of(net);
    let count = net.layers.len();
    let mut first = 0;
    while first + 1 < count {
        let alone = |layer: &usize| net.layers[*layer].len() <= 1;
        let last = (first + 1..count).find(alone).unwrap_or(count - 1);
        order.reduce_crossings(net, first, last);
        first = last;
    }
}

/// Number of segments that cross.
#[cfg(test)]
pub(super) fn crossings(net: &LayeredGraph) -> usize {
    LayerOrder::of(net).all_crossings(net, 0..net.layers.len())
}

struct LayerOrder {
    /// Position of each node in its layer.
    position: Vec<usize>,
    /// Neighbours of each node in the layer before and after.
    neighbors: [Vec<Vec<usize>>; 2],
}

const BEFORE: usize = 0;
const AFTER: usize = 1;

impl LayerOrder {
    fn of(net: &LayeredGraph) -> LayerOrder {
        let count = net.nodes.len();
        let mut order = LayerOrder {
            position: net.positions(),
            neighbors: [vec![Vec::new(); count], vec![Vec::new(); count]],
        };
        for hop in &net.segments {
            order.neighbors[BEFORE][hop.to].push(hop.from);
            order.neighbors[AFTER][hop.from].push(hop.to);
        }
        order
    }

    fn record_positions(&mut self, layer: &[usize]) {
        for (place, item) in layer.iter().enumerate() {
            self.position[*item] = place;
        }
    }

    /// Orders the layers from `first` to `last`.
    fn reduce_crossings(&mut self, net: &mut LayeredGraph, first: usize, last: usize) {
        let mut fewest = self.all_crossings(net, first..last);
        let mut best: Vec<Vec<usize>> = net.layers[first..=last].to_vec();
        for sweep in 0..2 * SWEEPS {
            if fewest == 0 {
                break;
            }
            for step in 1..=last - first {
                if sweep % 2 == 0 {
                    self.sort_by_barycenter(net, first + step, BEFORE);
                } else {
                    self.sort_by_barycenter(net, last - step, AFTER);
                }
            }
            let crossings = self.all_crossings(net, first..last);
            if crossings < fewest {
                fewest = crossings;
                best.clone_from_slice(&net.layers[first..=last]);
            }
        }
        for (layer, best) in net.layers[first..=last].iter_mut().zip(best) {
            self.record_positions(&best);
            *layer = best;
        }
        if fewest > 0 {
            let mut passes = 0;
            while passes < PASSES && self.swap_neighbors(net, first, last) {
                passes += 1;
            }
            self.search_exhaustively(net, first, last);
        }
    }

    /// Finds the orders with the fewest crossings by trying all, if there are few enough; orders
    /// without crossings are kept.
    fn search_exhaustively(&mut self, net: &mut LayeredGraph, first: usize, last: usize) {
        let now = self.all_crossings(net, first..last);
        let mut layers = Vec::new();
        for layer in &net.layers[first..=last] {
            match orders(net, layer) {
                Some(orders) if now > 0 => layers.push(orders),
                _ => return,
            }
        }
        // For each order of a layer: the fewest crossings so far, and the order of the layer before
        // with which they occur.
        let mut steps: Vec<Vec<(usize, usize)>> = vec![vec![(0, 0); layers[0].len()]];
        for (layer, pair) in (first..last).zip(layers.windows(2)) {
            let mut step = Vec::with_capacity(pair[1].len());
            for after in &pair[1] {
                self.record_positions(after);
                let mut best = (usize::MAX, 0);
                let former = steps.last().into_iter().flatten();
                for (at, ((sum, _), before)) in former.zip(&pair[0]).enumerate() {
                    self.record_positions(before);
                    let sum = sum + self.crossings(net, layer);
                    if sum < best.0 {
                        best = (sum, at);
                    }
                }
                step.push(best);
            }
            steps.push(step);
        }
        let ends = steps.last().into_iter().flatten().enumerate();
        let (mut at, fewest) = ends
            .map(|(at, (sum, _))| (at, *sum))
            .min_by_key(|(_, sum)| *sum)
            .unwrap_or((0, now));
        for (k, (orders, step)) in layers.iter().zip(&steps).enumerate().rev() {
            let layer = first + k;
            if fewest < now {
                net.layers[layer].clone_from(&orders[at]);
            }
            self.record_positions(&net.layers[layer]);
            at = step[at].1;
        }
    }

    /// Sorts a layer by the mean position of the neighbours on one side.
    fn sort_by_barycenter(&mut self, net: &mut LayeredGraph, layer: usize, side: usize) {
        let mut keyed: Vec<_> = net.layers[layer]
            .iter()
            .map(|item| {
                let joined = &self.neighbors[side][*item];
                let mean = match joined.len() {
                    0 => self.position[*item] as f64,
                    n => joined.iter().map(|i| self.position[*i]).sum::<usize>() as f64 / n as f64,
                };
                (net.nodes[*item].band, mean, *item)
            })
            .collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let sorted: Vec<usize> = keyed.into_iter().map(|(_, _, item)| item).collect();
        self.record_positions(&sorted);
        net.layers[layer] = sorted;
    }

    /// Exchanges adjacent nodes where that reduces crossings; returns whether any were exchanged.
    fn swap_neighbors(&mut self, net: &mut LayeredGraph, first: usize, last: usize) -> bool {
        let mut any = false;
        for layer in first..=last {
            for at in 1..net.layers[layer].len() {
                let (a, b) = (net.layers[layer][at - 1], net.layers[layer][at]);
                if net.nodes[a].band != net.nodes[b].band {
                    continue;
                }
                let (now, then) = (self.crossings_of_pair(a, b), self.crossings_of_pair(b, a));
                if then < now {
                    net.layers[layer].swap(at - 1, at);
                    (self.position[a], self.position[b]) = (at, at - 1);
                    any = true;
                }
            }
        }
        any
    }

    /// Number of crossings among the edges of two nodes of one layer with `a` above `b`.
    fn crossings_of_pair(&self, a: usize, b: usize) -> usize {
        let mut sum = 0;
        for joined in &self.neighbors {
            let places = |item: usize| joined[item].iter().map(|i| self.position[*i]);
            for place in places(a) {
                sum += places(b).filter(|other| *other < place).count();
            }
        }
        sum
    }

    /// Number of segments between a layer and the next that cross.
    fn crossings(&self, net: &LayeredGraph, layer: usize) -> usize {
        let ends = net.gutters[layer].iter().map(|hop| {
            let hop = &net.segments[*hop];
            (self.position[hop.from], self.position[hop.to])
        });
        let mut ends: Vec<(usize, usize)> = ends.collect();
        ends.sort_unstable();
        // The lower ends of the segments so far, from top to bottom.
        let mut passed: Vec<usize> = Vec::with_capacity(ends.len());
        let mut sum = 0;
        for (_, to) in ends {
            let at = passed.partition_point(|other| *other <= to);
            sum += passed.len() - at;
            passed.insert(at, to);
        }
        sum
    }

    /// Number of segments between these layers that cross.
    fn all_crossings(&self, net: &LayeredGraph, layers: Range<usize>) -> usize {
        layers.map(|layer| self.crossings(net, layer)).sum()
    }
}

/// Every order of a layer in which the bands stay separate, the current one first; `None` if there
/// are more than [`MAX_ORDERS`].
fn orders(net: &LayeredGraph, layer: &[usize]) -> Option<Vec<Vec<usize>>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in layer {
        let mut longer = Vec::new();
        for order in &all {
            let left = || layer.iter().filter(|item| !order.contains(item));
            let class = left().map(|item| net.nodes[*item].band).min()?;
            for item in left().filter(|item| net.nodes[**item].band == class) {
                longer.push(order.iter().chain([item]).copied().collect());
            }
        }
        all = longer;
        if all.len() > MAX_ORDERS {
            return None;
        }
    }
    Some(all)
}
