//! X coordinates of the layers and content of the gutters between them: lanes for edges that rise
//! to arcs, room for bends, lanes for edges that come down, and labels of incoming edges.
//!
//! Must not know: how edges are drawn.

use super::layered_graph::{EdgeRoute, LayeredGraph, VerticalBand};
use super::line_breaking;
use super::ports::Ports;
use crate::layout::text_block::TextBlock;
use crate::theme::{Sizes, size};

/// Distance between two lanes.
const LANE: f32 = 9.0;
/// Length of the straight piece at the start of an edge.
const STUB: f32 = 6.0;
/// Length of the straight piece at the end of an edge, with its arrowhead.
const TAIL: f32 = 20.0;
/// Width of the bends, from level to steep.
const BEND_WIDTH: (f32, f32) = (20.0, 96.0);
/// Width of the level piece at a row break.
const BREAK_WIDTH: f32 = 36.0;
/// Bend width per map unit of vertical distance.
const BEND_PER_RISE: f32 = 0.13;

/// The gutter at the left of a layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Gutter {
    /// Left edge, which is the right edge of the cards before.
    pub x: f64,
    rises: usize,
    falls: usize,
    bend_width: f32,
    /// Room for a row break.
    fold: f32,
    label_width: f32,
}

impl Gutter {
    fn width(&self) -> f32 {
        let lanes = (self.rises + self.falls) as f32 * LANE;
        STUB + lanes + self.bend_width + self.fold + self.label_width.max(TAIL)
    }

    /// X of the rising edge on a lane.
    fn rise_x(&self, lane: usize) -> f64 {
        self.x + f64::from(STUB + (lane as f32 + 0.5) * LANE)
    }

    /// Left and right end of the bends.
    pub fn bend_span(&self) -> (f64, f64) {
        let from = STUB + self.rises as f32 * LANE;
        (
            self.x + f64::from(from),
            self.x + f64::from(from + self.bend_width),
        )
    }

    fn fall_x(&self, lane: usize) -> f64 {
        self.bend_span().1 + f64::from(self.fold + (lane as f32 + 0.5) * LANE)
    }

    /// Left end of labels.
    pub fn label_x(&self) -> f64 {
        self.bend_span().1 + f64::from(self.fold + self.falls as f32 * LANE)
    }

    /// Position of the row break, if there is one: all edges are level there.
    pub fn break_x(&self) -> f64 {
        self.bend_span().1 + f64::from(self.fold / 2.0)
    }
}

/// The layers from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Left edge of each layer.
    pub x: Vec<f64>,
    /// The gutter at the left of each layer, and finally the one at the right of all.
    pub gutters: Vec<Gutter>,
    /// Layers that begin a new row.
    pub breaks: Vec<usize>,
    /// Positions at which each edge above the cards rises and comes down.
    pub arc_xs: Vec<(f64, f64)>,
}

impl Columns {
    /// Places the layers of a graph from the left margin on; its rows have about this height.
    pub fn of(
        net: &LayeredGraph,
        ports: &Ports,
        y: &[f32],
        words: &[Option<TextBlock>],
        height: f64,
        sizes: &Sizes,
    ) -> Columns {
        let mut gutters = vec![Gutter::default(); net.layers.len() + 1];
        let mut lanes = vec![(0, 0); net.edges.len()];
        let mut tops = vec![(0_usize, 0_usize); net.card_count()];
        for at in edges_by_span(net) {
            let line = &net.edges[at];
            let (from, to) = (net.nodes[line.from], net.nodes[line.to]);
            match &line.route {
                EdgeRoute::AboveCards => {
                    let rises = match from.band {
                        VerticalBand::Main => &mut tops[line.from].0,
                        _ => &mut gutters[from.layer + 1].rises,
                    };
                    lanes[at].0 = *rises;
                    *rises += 1;
                    let falls = match to.band {
                        VerticalBand::Main => &mut tops[line.to].1,
                        _ => &mut gutters[to.layer].falls,
                    };
                    lanes[at].1 = *falls;
                    *falls += 1;
                }
                EdgeRoute::ThroughLayers(hops) if hops.len() == 1 => {
                    if let Some(block) = &words[at] {
                        let room = &mut gutters[to.layer].label_width;
                        *room = room.max(block.width() + 8.0);
                    }
                }
                EdgeRoute::ThroughLayers(_) => {}
            }
        }
        for (gutter, hops) in gutters.iter_mut().skip(1).zip(&net.gutters) {
            gutter.bend_width = BEND_WIDTH.0;
            for hop in hops {
                let (begin, end) = ports.segments[*hop];
                let hop = net.segments[*hop];
                let rise = (y[hop.to] + end - y[hop.from] - begin).abs();
                gutter.bend_width = gutter
                    .bend_width
                    .max(BEND_WIDTH.0 + rise * BEND_PER_RISE)
                    .min(BEND_WIDTH.1);
            }
        }
        let mut columns = Columns::default();
        let mut x = f64::from(size::MARGIN) - f64::from(STUB);
        for gutter in &mut gutters {
            gutter.x = x;
            x += f64::from(gutter.width());
            columns.x.push(x);
            x += f64::from(sizes.card);
        }
        columns.x.pop();
        columns.gutters = gutters;
        let edges: Vec<f64> = columns.gutters.iter().map(|gutter| gutter.x).collect();
        columns.apply_breaks(line_breaking::row_breaks(net, &edges, height));
        for (line, lane) in net.edges.iter().zip(lanes) {
            let (from, to) = (net.nodes[line.from], net.nodes[line.to]);
            let up = match from.band {
                VerticalBand::Main => {
                    let right = columns.x[from.layer] + f64::from(sizes.card);
                    right - port_offset(lane.0, tops[line.from].0, sizes)
                }
                _ => {
                    let gutter = &columns.gutters[from.layer + 1];
                    gutter.rise_x(gutter.rises.saturating_sub(lane.0 + 1))
                }
            };
            let down = match to.band {
                VerticalBand::Main => {
                    columns.x[to.layer] + port_offset(lane.1, tops[line.to].1, sizes)
                }
                _ => columns.gutters[to.layer].fall_x(lane.1),
            };
            columns.arc_xs.push((up, down));
        }
        columns
    }

    /// Makes room for row breaks.
    fn apply_breaks(&mut self, folds: Vec<usize>) {
        let mut by = 0.0;
        for (layer, gutter) in self.gutters.iter_mut().enumerate() {
            gutter.x += by;
            if folds.binary_search(&layer).is_ok() {
                gutter.fold = BREAK_WIDTH;
                by += f64::from(BREAK_WIDTH);
            }
            if let Some(x) = self.x.get_mut(layer) {
                *x += by;
            }
        }
        self.breaks = folds;
    }

    /// Ends of the rows, from left to right.
    pub fn break_xs(&self) -> Vec<f64> {
        let cut = |layer: &usize| self.gutters[*layer].break_x();
        self.breaks.iter().map(cut).collect()
    }

    /// Right end of all layers.
    pub fn right(&self) -> f64 {
        let last = self.gutters.last();
        last.map_or(0.0, |gutter| gutter.x + f64::from(gutter.width()))
    }
}

/// All edges, those above the cards in an order that avoids crossings where they rise and come
/// down: forward edges first, by increasing length, then back edges, by decreasing length.
fn edges_by_span(net: &LayeredGraph) -> Vec<usize> {
    let mut lines: Vec<usize> = (0..net.edges.len()).collect();
    lines.sort_by_key(|at| {
        let line = &net.edges[*at];
        let (from, to) = (net.nodes[line.from].layer, net.nodes[line.to].layer);
        if from < to {
            (0, to - from)
        } else {
            (1, usize::MAX - (from - to))
        }
    });
    lines
}

/// Distance from the corner of a card at which one of several edges meets its top.
fn port_offset(at: usize, count: usize, sizes: &Sizes) -> f64 {
    let room = sizes.card / 2.0 - 32.0;
    let each = (room / count.max(1) as f32).min(15.0);
    f64::from(24.0 + at as f32 * each)
}
