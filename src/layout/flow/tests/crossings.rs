//! The crossing reduction compared with all orders, for small layers.

use super::{links, map};
use crate::graph::Graph;
use crate::layout::flow::crossing_reduction;
use crate::layout::flow::layered_graph::{LayeredGraph, VerticalBand};
use crate::model::Map;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

/// Number of segments that cross in the flow of a map.
pub(super) fn crossings_of(map: &Map) -> usize {
    let mut net = LayeredGraph::of(map, &Graph::of(map));
    crossing_reduction::order_layers(&mut net);
    crossing_reduction::crossings(&net)
}

/// Number of segments between two layers that cross in these orders, counted pair by pair.
fn crossed(net: &LayeredGraph, layer: usize, before: &[usize], after: &[usize]) -> usize {
    let place = |order: &[usize], item: usize| order.iter().position(|other| *other == item);
    let ends: Vec<_> = net.gutters[layer]
        .iter()
        .map(|hop| &net.segments[*hop])
        .map(|hop| (place(before, hop.from), place(after, hop.to)))
        .collect();
    let mut count = 0;
    for (i, a) in ends.iter().enumerate() {
        let crosses = |b: &&(Option<usize>, Option<usize>)| {
            (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1)
        };
        count += ends[..i].iter().filter(crosses).count();
    }
    count
}

/// Fewest crossings of any order of the layers with the main line on top, found by trying all;
/// `None` if there are too many.
fn fewest(net: &LayeredGraph) -> Option<usize> {
    fn orders(items: &[usize]) -> Vec<Vec<usize>> {
        let Some((first, rest)) = items.split_first() else {
            return vec![Vec::new()];
        };
        let mut all = Vec::new();
        for order in orders(rest) {
            for at in 0..=order.len() {
                let mut order = order.clone();
                order.insert(at, *first);
                all.push(order);
            }
        }
        all
    }
    // Layer by layer: the fewest crossings so far for each order of the last layer.
    let mut best: Option<Vec<(Vec<usize>, usize)>> = None;
    for layer in 0..net.layers.len() {
        if net.layers[layer].len() > 4 {
            return None;
        }
        let classed = |order: &Vec<usize>| {
            let classes: Vec<VerticalBand> =
                order.iter().map(|item| net.nodes[*item].band).collect();
            classes.is_sorted()
        };
        let all: Vec<Vec<usize>> = orders(&net.layers[layer])
            .into_iter()
            .filter(classed)
            .collect();
        let mut next = Vec::new();
        for order in all {
            let sum = match &best {
                None => 0,
                Some(best) => {
                    let mut sums = Vec::new();
                    for (before, sum) in best {
                        sums.push(sum + crossed(net, layer - 1, before, &order));
                    }
                    sums.into_iter().min()?
                }
            };
            next.push((order, sum));
        }
        best = Some(next);
    }
    best?.into_iter().map(|(_, sum)| sum).min()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    /// Crossings are minimal where layers are small.
    #[test]
    fn crossings_are_minimal_in_small_layers(links in links(11), split in 1..7_usize) {
        let map = map(&[split, 8 - split], &links, 0);
        let mut net = LayeredGraph::of(&map, &Graph::of(&map));
        crossing_reduction::order_layers(&mut net);
        let ours = crossing_reduction::crossings(&net);
        if let Some(fewest) = fewest(&net) {
            prop_assert_eq!(ours, fewest);
        }
    }
}
