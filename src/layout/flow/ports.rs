//! Ports of edges at cards, and the vertical extents of cards, edges and labels.
//!
//! Must not know: x coordinates, how edges are drawn.

use super::layered_graph::{EdgeRoute, LayeredGraph, VerticalBand};
use super::y_coordinates::{AlignedRuns, VerticalExtent};
use crate::layout::text_block::TextBlock;
use crate::theme::Sizes;

/// Minimum distance between two edges that arrive at a card.
const ARRIVAL_GAP: f32 = 14.0;
/// Gap between edges that leave a card.
const DEPARTURE_GAP: f32 = 3.0;
/// Gap between an edge and the label above it.
pub(super) const LABEL_GAP: f32 = 4.0;

/// Ports of edges, as heights relative to the center line of the card; 0 at bends.
pub(super) struct Ports {
    /// Heights at which each segment begins and ends.
    pub segments: Vec<(f32, f32)>,
    /// The same for each edge above the cards, except for ends on the main line, which are at the
    /// top of the card.
    pub arcs: Vec<(f32, f32)>,
    /// Vertical extent of each node.
    pub extents: Vec<VerticalExtent>,
    /// Top (above its center line) and height of each card.
    pub cards: Vec<(f32, f32)>,
}

/// An end of a line at a card.
#[derive(Clone, Copy)]
enum EdgeEnd {
    Segment(usize),
    Arc(usize),
}

/// Minimum distance of the center line of a card from its top.
pub(super) fn min_port_offset(sizes: &Sizes) -> f32 {
    min_card_height(sizes) / 2.0
}

/// Minimum height of a card.
pub(super) fn min_card_height(sizes: &Sizes) -> f32 {
    (sizes.card_height * 0.66).round()
}

impl Ports {
    /// The ports of an ordered graph, given the heights needed by cards, stroke widths and labels.
    pub fn of(
        net: &LayeredGraph,
        runs: &AlignedRuns,
        needs: &[f32],
        widths: &[f32],
        words: &[Option<TextBlock>],
        sizes: &Sizes,
    ) -> Ports {
        let place = net.positions();
        // Ends at each card with their order from top to bottom.
        let mut leaving: Vec<Vec<(usize, EdgeEnd)>> = vec![Vec::new(); net.card_count()];
        let mut coming = leaving.clone();
        for (at, line) in net.edges.iter().enumerate() {
            if matches!(line.route, EdgeRoute::AboveCards) {
                for (ends, card) in [(&mut leaving, line.from), (&mut coming, line.to)] {
                    if net.nodes[card].band != VerticalBand::Main {
                        ends[card].push((0, EdgeEnd::Arc(at)));
                    }
                }
            }
        }
        for (at, hop) in net.segments.iter().enumerate() {
            if let Some(ends) = leaving.get_mut(hop.from) {
                ends.push((place[hop.to] + 1, EdgeEnd::Segment(at)));
            }
            if let Some(ends) = coming.get_mut(hop.to) {
                ends.push((place[hop.from] + 1, EdgeEnd::Segment(at)));
            }
        }
        let mut ports = Ports {
            segments: vec![(0.0, 0.0); net.segments.len()],
            arcs: vec![(0.0, 0.0); net.edges.len()],
            extents: Vec::with_capacity(net.nodes.len()),
            cards: Vec::with_capacity(net.card_count()),
        };
        let line = |end: EdgeEnd| match end {
            EdgeEnd::Segment(hop) => net.segments[hop].edge,
            EdgeEnd::Arc(line) => line,
        };
        let width = |end: EdgeEnd| widths[line(end)];
        // Labels are at the end of edges without bends.
        let said = |end: EdgeEnd| match (end, &net.edges[line(end)].route) {
            (EdgeEnd::Segment(_), EdgeRoute::ThroughLayers(hops)) if hops.len() == 1 => {
                words[line(end)].as_ref().map_or(0.0, label_height)
            }
            _ => 0.0,
        };
        for card in 0..net.card_count() {
            let (mut top, mut bottom) = (min_port_offset(sizes), 0.0_f32);
            let mut above = top;
            let arriving = |a: EdgeEnd, b: EdgeEnd| {
                let lines = (width(a) + width(b)) / 2.0;
                (lines + 6.0 + said(b)).max(ARRIVAL_GAP)
            };
            let departing = |a: EdgeEnd, b: EdgeEnd| (width(a) + width(b)) / 2.0 + DEPARTURE_GAP;
            let arrivals = stack_ends(&mut coming[card], runs, arriving);
            let departures = stack_ends(&mut leaving[card], runs, departing);
            for (_, y) in arrivals.iter().chain(&departures) {
                top = top.max(12.0 - y);
                bottom = bottom.max(y + 12.0);
            }
            for (end, y) in arrivals {
                above = above.max(said(end) - y + width(end) / 2.0);
                ports.heights(end).1 = y;
            }
            for (end, y) in departures {
                ports.heights(end).0 = y;
            }
            let height = needs[card].max(top + bottom);
            ports.cards.push((top, height));
            ports.extents.push(VerticalExtent {
                above: above.max(top),
                below: height - top,
            });
        }
        for (bend, item) in net.nodes.iter().enumerate().skip(net.card_count()) {
            let line = item.edge.unwrap_or_default();
            let half = widths[line] / 2.0;
            let words = words[line].as_ref();
            let words = words.filter(|_| net.first_bend(line) == Some(bend));
            ports.extents.push(VerticalExtent {
                above: half + words.map_or(0.0, label_height),
                below: half,
            });
        }
        ports
    }

    fn heights(&mut self, end: EdgeEnd) -> &mut (f32, f32) {
        match end {
            EdgeEnd::Segment(hop) => &mut self.segments[hop],
            EdgeEnd::Arc(line) => &mut self.arcs[line],
        }
    }
}

/// Height of a label above an edge.
fn label_height(words: &TextBlock) -> f32 {
    words.height() + LABEL_GAP
}

/// The ends from top to bottom with their heights; the level one, else the first, is at 0.
fn stack_ends(
    ends: &mut [(usize, EdgeEnd)],
    runs: &AlignedRuns,
    apart: impl Fn(EdgeEnd, EdgeEnd) -> f32,
) -> Vec<(EdgeEnd, f32)> {
    ends.sort_by_key(|(order, _)| *order);
    let mut y = 0.0;
    let mut placed: Vec<(EdgeEnd, f32)> = Vec::with_capacity(ends.len());
    for (_, end) in ends.iter() {
        if let Some((last, _)) = placed.last() {
            y += apart(*last, *end);
        }
        placed.push((*end, y));
    }
    let level = placed
        .iter()
        .find(|(end, _)| matches!(end, EdgeEnd::Segment(hop) if runs.level[*hop]));
    let zero = level.map_or(0.0, |(_, y)| *y);
    for (_, y) in &mut placed {
        *y -= zero;
    }
    placed
}
