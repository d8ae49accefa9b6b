//! Where the layers stand from left to right, and what is in the gutters between
//! them: lanes for lines that rise to the arcs above, room for lines to swing,
//! lanes for lines that come down, and the words of lines that arrive.

use super::layered_graph::{Class, Course, Net};
use super::line_breaking;
use super::ports::Ports;
use crate::layout::text_block::Block;
use crate::theme::{Sizes, size};

/// From one lane to the next.
const LANE: f32 = 9.0;
/// The straight piece at which a line leaves a card.
const STUB: f32 = 6.0;
/// The straight piece at which a line arrives, with its arrow.
const TAIL: f32 = 20.0;
/// Room for lines to swing, from level to steep.
const SWING: (f32, f32) = (20.0, 96.0);
/// Level room where the flow is folded.
const FOLD: f32 = 36.0;
/// How much swing a line needs for each map unit up or down.
const STEEP: f32 = 0.13;

/// What lies left of a layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Gutter {
    /// Its left edge, the right edge of the cards before.
    pub x: f64,
    rises: usize,
    falls: usize,
    swing: f32,
    /// Room in which the flow is folded.
    fold: f32,
    words: f32,
}

impl Gutter {
    fn width(&self) -> f32 {
        let lanes = (self.rises + self.falls) as f32 * LANE;
        STUB + lanes + self.swing + self.fold + self.words.max(TAIL)
    }

    /// Where the rising line on a lane stands.
    fn rise(&self, lane: usize) -> f64 {
        self.x + f64::from(STUB + (lane as f32 + 0.5) * LANE)
    }

    /// From where to where lines swing.
    pub fn swing(&self) -> (f64, f64) {
        let from = STUB + self.rises as f32 * LANE;
        (
            self.x + f64::from(from),
            self.x + f64::from(from + self.swing),
        )
    }

    fn fall(&self, lane: usize) -> f64 {
        self.swing().1 + f64::from(self.fold + (lane as f32 + 0.5) * LANE)
    }

    /// Where words begin.
    pub fn words(&self) -> f64 {
        self.swing().1 + f64::from(self.fold + self.falls as f32 * LANE)
    }

    /// Where the flow is folded, if it is: all lines run level there.
    pub fn cut(&self) -> f64 {
        self.swing().1 + f64::from(self.fold / 2.0)
    }
}

/// The layers from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The left edge of each layer.
    pub x: Vec<f64>,
    /// What lies left of each layer, and at last what lies right of all.
    pub gutters: Vec<Gutter>,
    /// The layers before which the flow is folded.
    pub folds: Vec<usize>,
    /// Where each line that runs above the cards rises and where it comes down.
    pub over: Vec<(f64, f64)>,
}

impl Columns {
    /// The layers of a net from the left margin on; strips of it are about so high.
    pub fn of(
        net: &Net,
        ports: &Ports,
        y: &[f32],
        words: &[Option<Block>],
        height: f64,
        sizes: &Sizes,
    ) -> Columns {
        let mut gutters = vec![Gutter::default(); net.layers.len() + 1];
        let mut lanes = vec![(0, 0); net.lines.len()];
        let mut tops = vec![(0_usize, 0_usize); net.cards()];
        for at in by_span(net) {
            let line = &net.lines[at];
            let (from, to) = (net.items[line.from], net.items[line.to]);
            match &line.course {
                Course::Over => {
                    let rises = match from.class {
                        Class::Main => &mut tops[line.from].0,
                        _ => &mut gutters[from.layer + 1].rises,
                    };
                    lanes[at].0 = *rises;
                    *rises += 1;
                    let falls = match to.class {
                        Class::Main => &mut tops[line.to].1,
                        _ => &mut gutters[to.layer].falls,
                    };
                    lanes[at].1 = *falls;
                    *falls += 1;
                }
                Course::Through(hops) if hops.len() == 1 => {
                    if let Some(block) = &words[at] {
                        let room = &mut gutters[to.layer].words;
                        *room = room.max(block.width() + 8.0);
                    }
                }
                Course::Through(_) => {}
            }
        }
        for (gutter, hops) in gutters.iter_mut().skip(1).zip(&net.gutters) {
            gutter.swing = SWING.0;
            for hop in hops {
                let (begin, end) = ports.hops[*hop];
                let hop = net.hops[*hop];
                let rise = (y[hop.to] + end - y[hop.from] - begin).abs();
                gutter.swing = gutter.swing.max(SWING.0 + rise * STEEP).min(SWING.1);
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
        columns.fold(line_breaking::folds(net, &columns, height));
        for (line, lane) in net.lines.iter().zip(lanes) {
            let (from, to) = (net.items[line.from], net.items[line.to]);
            let up = match from.class {
                Class::Main => {
                    let right = columns.x[from.layer] + f64::from(sizes.card);
                    right - along_top(lane.0, tops[line.from].0, sizes)
                }
                _ => {
                    let gutter = &columns.gutters[from.layer + 1];
                    gutter.rise(gutter.rises.saturating_sub(lane.0 + 1))
                }
            };
            let down = match to.class {
                Class::Main => columns.x[to.layer] + along_top(lane.1, tops[line.to].1, sizes),
                _ => columns.gutters[to.layer].fall(lane.1),
            };
            columns.over.push((up, down));
        }
        columns
    }

    /// Makes room where the flow is folded.
    fn fold(&mut self, folds: Vec<usize>) {
        let mut by = 0.0;
        for (layer, gutter) in self.gutters.iter_mut().enumerate() {
            gutter.x += by;
            if folds.binary_search(&layer).is_ok() {
                gutter.fold = FOLD;
                by += f64::from(FOLD);
            }
            if let Some(x) = self.x.get_mut(layer) {
                *x += by;
            }
        }
        self.folds = folds;
    }

    /// Where strips end, from left to right.
    pub fn cuts(&self) -> Vec<f64> {
        let cut = |layer: &usize| self.gutters[*layer].cut();
        self.folds.iter().map(cut).collect()
    }

    /// The right end of all.
    pub fn right(&self) -> f64 {
        let last = self.gutters.last();
        last.map_or(0.0, |gutter| gutter.x + f64::from(gutter.width()))
    }
}

/// All lines, those that run above the cards in an order in which they need not
/// cross each other where they rise and come down: those that lead on first, the
/// shortest before, then those that lead back, the longest before.
fn by_span(net: &Net) -> Vec<usize> {
    let mut lines: Vec<usize> = (0..net.lines.len()).collect();
    lines.sort_by_key(|at| {
        let line = &net.lines[*at];
        let (from, to) = (net.items[line.from].layer, net.items[line.to].layer);
        match from < to {
            true => (0, to - from),
            false => (1, usize::MAX - (from - to)),
        }
    });
    lines
}

/// How far from the corner of a card one of several lines meets its top.
fn along_top(at: usize, count: usize, sizes: &Sizes) -> f64 {
    let room = sizes.card / 2.0 - 32.0;
    let each = (room / count.max(1) as f32).min(15.0);
    f64::from(24.0 + at as f32 * each)
}
