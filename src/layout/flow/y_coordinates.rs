//! Y coordinates of the layered graph.
//!
//! Segments that do not cross are made level where possible, those of the main line first, then
//! those between two bends (after Brandes and Köpf, 2002). Nodes on one level are a *run*; every
//! run is placed as high as the runs above it permit. Runs do not cross, so that the order of runs
//! has no cycle.
//! Must not know: x coordinates.

use super::layered_graph::{LayerNode, LayeredGraph, VerticalBand};
use std::collections::BTreeMap;

/// The runs of a graph.
pub(super) struct AlignedRuns {
    /// Whether each segment is level.
    pub level: Vec<bool>,
    /// The run of each node.
    run: Vec<usize>,
    count: usize,
}

/// Extent above and below a center line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct VerticalExtent {
    pub above: f32,
    pub below: f32,
}

/// Y coordinates; the main line is at 0, down is positive.
pub(super) struct YCoordinates {
    /// Center line of each node.
    pub y: Vec<f32>,
    /// Top of the unreachable part, if there is one.
    pub unreachable_y: Option<f32>,
}

/// Gap between two cards, and between an edge and anything else.
const CARD_GAP: f32 = 26.0;
const EDGE_GAP: f32 = 11.0;
/// Room for the heading above the unreachable part.
const UNREACHABLE_GAP: f32 = 64.0;

/// Finds the level segments and the runs they form.
pub(super) fn align_segments(net: &LayeredGraph) -> AlignedRuns {
    let place = net.positions();
    let mut level = vec![false; net.segments.len()];
    let mut run = vec![usize::MAX; net.nodes.len()];
    let mut count = 0;
    let mut fresh = |run: &mut usize| {
        if *run == usize::MAX {
            *run = count;
            count += 1;
        }
    };
    for (layer, gutter) in net.layers.iter().zip(&net.gutters) {
        for item in layer {
            fresh(&mut run[*item]);
        }
        let mut hops: Vec<usize> = gutter.clone();
        hops.sort_by_key(|hop| {
            let hop = net.segments[*hop];
            let (from, to) = (net.nodes[hop.from], net.nodes[hop.to]);
            let bends = usize::from(from.edge.is_some()) + usize::from(to.edge.is_some());
            let main = from.band == VerticalBand::Main && to.band == VerticalBand::Main;
            (!main, 2 - bends, place[hop.from], place[hop.to])
        });
        // Segments made level so far, by position; they do not cross.
        let mut chosen: BTreeMap<usize, usize> = BTreeMap::new();
        for at in hops {
            let hop = net.segments[at];
            if net.nodes[hop.from].band != net.nodes[hop.to].band {
                continue;
            }
            let (from, to) = (place[hop.from], place[hop.to]);
            let above = chosen.range(..=from).next_back();
            let below = chosen.range(from..).next();
            let free = above.is_none_or(|(a, b)| *a < from && *b < to)
                && below.is_none_or(|(a, b)| *a > from && *b > to);
            if free {
                chosen.insert(from, to);
                level[at] = true;
                run[hop.to] = run[hop.from];
            }
        }
    }
    AlignedRuns { level, run, count }
}

/// Places the runs; `main` is the minimum extent of the main line downward.
pub(super) fn assign_y(
    net: &LayeredGraph,
    runs: &mut AlignedRuns,
    reach: &[VerticalExtent],
    main: f32,
) -> YCoordinates {
    let mut y = vec![0.0; net.nodes.len()];
    let beside = |item: &LayerNode| item.band != VerticalBand::Unreachable;
    stack_runs(net, runs, reach, &beside, main + CARD_GAP, &mut y);
    let bottom = (0..net.nodes.len()).filter(|item| beside(&net.nodes[*item]));
    let bottom = bottom.map(|item| y[item] + reach[item].below);
    let floor = bottom.fold(0.0, f32::max) + UNREACHABLE_GAP;
    let apart = |item: &LayerNode| item.band == VerticalBand::Unreachable;
    stack_runs(net, runs, reach, &apart, floor, &mut y);
    let any = net.nodes.iter().any(apart);
    YCoordinates {
        y,
        unreachable_y: any.then_some(floor),
    }
}

/// Stacks the runs of the nodes accepted by `takes`, all but the main line below `floor`.
fn stack_runs(
    net: &LayeredGraph,
    runs: &mut AlignedRuns,
    reach: &[VerticalExtent],
    takes: &dyn Fn(&LayerNode) -> bool,
    floor: f32,
    y: &mut [f32],
) {
    // A second pass is needed only if the order of runs has a cycle.
    for _ in 0..2 {
        let mut below: Vec<Vec<(usize, f32)>> = vec![Vec::new(); runs.count];
        let mut waits = vec![0_usize; runs.count];
        let mut top = vec![0.0_f32; runs.count];
        let mut fixed = vec![false; runs.count];
        let mut taken = vec![false; runs.count];
        for layer in &net.layers {
            let mut above: Option<usize> = None;
            for &item in layer.iter().filter(|item| takes(&net.nodes[**item])) {
                let run = runs.run[item];
                taken[run] = true;
                fixed[run] |= net.nodes[item].band == VerticalBand::Main;
                if net.nodes[item].band != VerticalBand::Main {
                    top[run] = top[run].max(floor + reach[item].above);
                }
                if let Some(above) = above {
                    let cards = net.nodes[above].edge.is_none() && net.nodes[item].edge.is_none();
                    let air = if cards { CARD_GAP } else { EDGE_GAP };
                    let apart = reach[above].below + air + reach[item].above;
                    below[runs.run[above]].push((run, apart));
                    waits[run] += 1;
                }
                above = Some(item);
            }
        }
        let mut ready: Vec<usize> = (0..runs.count)
            .filter(|run| taken[*run] && waits[*run] == 0)
            .collect();
        let mut done = 0;
        while let Some(run) = ready.pop() {
            done += 1;
            for &(next, apart) in &below[run] {
                if !fixed[next] {
                    top[next] = top[next].max(top[run] + apart);
                }
                waits[next] -= 1;
                if waits[next] == 0 {
                    ready.push(next);
                }
            }
        }
        let mine = || net.nodes.iter().enumerate().filter(|(_, node)| takes(node));
        for (item, _) in mine() {
            y[item] = top[runs.run[item]];
        }
        if done == taken.iter().filter(|taken| **taken).count() {
            return;
        }
        for (item, _) in mine() {
            let run = &mut runs.run[item];
            if waits[*run] > 0 {
                *run = runs.count;
                runs.count += 1;
            }
        }
        runs.level.fill(false);
    }
}
