//! Where lines meet cards, and how much room cards, lines and words take.

use super::layered_graph::{Class, Course, Net};
use super::y_coordinates::{Reach, Runs};
use crate::layout::text_block::Block;
use crate::theme::Sizes;

/// Least distance between two lines that arrive at a card.
const ARRIVALS: f32 = 14.0;
/// Air between lines that leave a card.
const DEPARTURES: f32 = 3.0;
/// Air between a line and the words above it.
pub(super) const OVER_LINE: f32 = 4.0;

/// Where lines meet cards, as heights from the line of the card; 0 at bends.
pub(super) struct Ports {
    /// For each hop where it begins and where it ends.
    pub hops: Vec<(f32, f32)>,
    /// The same for each line that runs above the cards; not for ends on the
    /// main line, which are at the top of the card.
    pub over: Vec<(f32, f32)>,
    /// For each item the room it takes.
    pub reach: Vec<Reach>,
    /// For each card its top (above its line) and its height.
    pub cards: Vec<(f32, f32)>,
}

/// An end of a line at a card.
#[derive(Clone, Copy)]
enum End {
    Hop(usize),
    Over(usize),
}

/// How far the line of a card is from its top, at least.
pub(super) fn port(sizes: &Sizes) -> f32 {
    least(sizes) / 2.0
}

/// The least height of a card.
pub(super) fn least(sizes: &Sizes) -> f32 {
    (sizes.card_height * 0.66).round()
}

impl Ports {
    /// The ports of a net in order, given what cards need for their words, how
    /// wide lines are and what is said at them.
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
        // The ends at each card with their order from top to bottom.
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
        // Words stand where a line arrives that has no bend.
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

/// The height that words take above a line.
fn room(words: &Block) -> f32 {
    words.height() + OVER_LINE
}

/// The ends from top to bottom with their heights; the one that is level, else
/// the first, is at 0.
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
