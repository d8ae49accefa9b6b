//! Ports of edges at cards, and the vertical extents of cards, edges and labels.
//!
//! Must not know: x coordinates, how edges are drawn.

use super::layered_graph::{Class, Course, Net};
use super::y_coordinates::{Reach, Runs};
use crate::layout::text_block::Block;
use crate::theme::Sizes;

/// Minimum distance between two edges that arrive at a card.
const ARRIVALS: f32 = 14.0;
/// Gap between edges that leave a card.
const DEPARTURES: f32 = 3.0;
/// Gap between an edge and the label above it.
pub(super) const OVER_LINE: f32 = 4.0;

/// Ports of edges, as heights relative to the center line of the card; 0 at bends.
pub(super) struct Ports {
    /// Heights at which each segment begins and ends.
    pub hops: Vec<(f32, f32)>,
    /// The same for each edge above the cards, except for ends on the main line, which are at the
    /// top of the card.
    pub over: Vec<(f32, f32)>,
    /// Vertical extent of each node.
    pub reach: Vec<Reach>,
    /// Top (above its center line) and height of each card.
    pub cards: Vec<(f32, f32)>,
}

/// An end of a line at a card.
#[derive(Clone, Copy)]
enum End {
    Hop(usize),
    Over(usize),
}

/// Minimum distance of the center line of a card from its top.
pub(super) fn port(sizes: &Sizes) -> f32 {
    least(sizes) / 2.0
}

/// Minimum height of a card.
pub(super) fn least(sizes: &Sizes) -> f32 {
    (sizes.card_height * 0.66).round()
}

impl Ports {
    /// The ports of an ordered graph, given the heights needed by cards, stroke widths and labels.
    pub fn of(
        net: &Net,
        runs: &Runs,
        needs: &[f32],
        widths: &[f32],
        words: &[Option<Block>],
        sizes: &Sizes,
    ) -> Ports {
        let mut place = vec![0; net.items.len()];
        for layer in &net.layers {
            for (at, item) in layer.iter().enumerate() {
                place[*item] = at + 1;
            }
        }
        // Ends at each card with their order from top to bottom.
        let mut leaving: Vec<Vec<(usize, End)>> = vec![Vec::new(); net.cards()];
        let mut coming = leaving.clone();
        for (at, line) in net.lines.iter().enumerate() {
            if matches!(line.course, Course::Over) {
                for (ends, card) in [(&mut leaving, line.from), (&mut coming, line.to)] {
                    if net.items[card].class != Class::Main {
                        ends[card].push((0, End::Over(at)));
                    }
                }
            }
        }
        for (at, hop) in net.hops.iter().enumerate() {
            if let Some(ends) = leaving.get_mut(hop.from) {
                ends.push((place[hop.to], End::Hop(at)));
            }
            if let Some(ends) = coming.get_mut(hop.to) {
                ends.push((place[hop.from], End::Hop(at)));
            }
        }
        let mut ports = Ports {
            hops: vec![(0.0, 0.0); net.hops.len()],
            over: vec![(0.0, 0.0); net.lines.len()],
            reach: Vec::with_capacity(net.items.len()),
            cards: Vec::with_capacity(net.cards()),
        };
        let line = |end: End| match end {
            End::Hop(hop) => net.hops[hop].line,
            End::Over(line) => line,
        };
        let width = |end: End| widths[line(end)];
        // Labels are at the end of edges without bends.
        let said = |end: End| match (end, &net.lines[line(end)].course) {
            (End::Hop(_), Course::Through(hops)) if hops.len() == 1 => {
                words[line(end)].as_ref().map_or(0.0, room)
            }
            _ => 0.0,
        };
        for card in 0..net.cards() {
            let (mut top, mut bottom) = (port(sizes), 0.0_f32);
            let mut above = top;
            let apart = |a: End, b: End| {
                let lines = (width(a) + width(b)) / 2.0;
                (lines + 6.0 + said(b)).max(ARRIVALS)
            };
            for (end, y) in spread(&mut coming[card], runs, apart) {
                top = top.max(12.0 - y);
                bottom = bottom.max(y + 12.0);
                above = above.max(said(end) - y + width(end) / 2.0);
                match end {
                    End::Hop(hop) => ports.hops[hop].1 = y,
                    End::Over(line) => ports.over[line].1 = y,
                }
            }
            let apart = |a: End, b: End| (width(a) + width(b)) / 2.0 + DEPARTURES;
            for (end, y) in spread(&mut leaving[card], runs, apart) {
                top = top.max(12.0 - y);
                bottom = bottom.max(y + 12.0);
                match end {
                    End::Hop(hop) => ports.hops[hop].0 = y,
                    End::Over(line) => ports.over[line].0 = y,
                }
            }
            let height = needs[card].max(top + bottom);
            ports.cards.push((top, height));
            ports.reach.push(Reach {
                above: above.max(top),
                below: height - top,
            });
        }
        for (bend, item) in net.items.iter().enumerate().skip(net.cards()) {
            let line = item.line.unwrap_or_default();
            let half = widths[line] / 2.0;
            let words = words[line].as_ref();
            let words = words.filter(|_| net.first_bend(line) == Some(bend));
            ports.reach.push(Reach {
                above: half + words.map_or(0.0, room),
                below: half,
            });
        }
        ports
    }
}

/// Height of a label above an edge.
fn room(words: &Block) -> f32 {
    words.height() + OVER_LINE
}

/// The ends from top to bottom with their heights; the level one, else the first, is at 0.
fn spread(
    ends: &mut [(usize, End)],
    runs: &Runs,
    apart: impl Fn(End, End) -> f32,
) -> Vec<(End, f32)> {
    ends.sort_by_key(|(order, _)| *order);
    let mut y = 0.0;
    let mut placed: Vec<(End, f32)> = Vec::with_capacity(ends.len());
    for (_, end) in ends.iter() {
        if let Some((last, _)) = placed.last() {
            y += apart(*last, *end);
        }
        placed.push((*end, y));
    }
    let level = placed
        .iter()
        .find(|(end, _)| matches!(end, End::Hop(hop) if runs.level[*hop]));
    let zero = level.map_or(0.0, |(_, y)| *y);
    for (_, y) in &mut placed {
        *y -= zero;
    }
    placed
}
