//! Levels of the edges that run above the cards, and positions of their labels.
//!
//! Must not know: how edges are drawn.

use super::layered_graph::{EdgeRoute, LayeredGraph};
use super::x_coordinates::Columns;
use crate::layout::paths::{MAX_LEVELS, SpanLevels};
use crate::layout::text_block::TextBlock;
use crate::theme::size;
use rustc_hash::FxHashMap;

/// An edge above the cards.
#[derive(Clone, Debug)]
pub(super) struct OverheadArc {
    /// Level, counted upward from the cards.
    pub level: usize,
    /// Left end of the label; `None` on a level shared with others, over whose labels it would lie.
    pub label_x: Option<f64>,
    /// Whether an edge of a higher level crosses the label.
    pub is_crossed: bool,
}

/// Gap at both sides of an arc's label.
const AIR: f64 = 8.0;

/// Assigns every arc the lowest level that is free over its whole width, shorter ones first, so
/// that they run closer to the cards. Returns the arc of each edge that has one.
pub(super) fn assign_arc_levels(
    net: &LayeredGraph,
    columns: &Columns,
    words: &[Option<TextBlock>],
) -> Vec<Option<OverheadArc>> {
    let cuts = columns.break_xs();
    let mut spans: Vec<(f64, f64, usize)> = Vec::new();
    // Room for labels, by edge.
    let mut rooms: FxHashMap<usize, (f64, f64)> = FxHashMap::default();
    for (at, line) in net.edges.iter().enumerate() {
        if !matches!(line.route, EdgeRoute::AboveCards) {
            continue;
        }
        let (up, down) = columns.arc_xs[at];
        let (left, right) = (up.min(down) - AIR, up.max(down) + AIR);
        let room = words[at]
            .as_ref()
            .map_or(0.0, |w| f64::from(w.width()) + 4.0 * AIR);
        let (start, mut from, mut to) = widest_span(left, right, &cuts);
        let lack = room - (to - from);
        if lack > 0.0 {
            from = (from - lack / 2.0).max(start);
            to = to.max(from + room);
        }
        spans.push((left.min(from), right.max(to), at));
        rooms.insert(at, (from, to));
    }
    spans.sort_by(|a, b| {
        let width = |s: &(f64, f64, usize)| s.1 - s.0;
        let by_width = width(a).total_cmp(&width(b));
        by_width.then(a.0.total_cmp(&b.0)).then(a.2.cmp(&b.2))
    });
    let mut levels = SpanLevels::new(MAX_LEVELS);
    let arcs = spans.into_iter().map(|(left, right, line)| {
        let (level, shares_level) = levels.add(left, right);
        (left, right, line, level, shares_level)
    });
    let arcs: Vec<_> = arcs.collect();
    let mut uprights: Vec<(f64, usize)> = Vec::new();
    for (_, _, line, level, _) in &arcs {
        let (up, down) = columns.arc_xs[*line];
        uprights.extend([(up, *level), (down, *level)]);
    }
    uprights.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Whether no edge rises above the level between two positions.
    let clear = |level: usize, from: f64, to: f64| {
        let first = uprights.partition_point(|upright| upright.0 < from);
        let near = uprights[first..]
            .iter()
            .take_while(|upright| upright.0 <= to);
        near.into_iter().all(|upright| upright.1 <= level)
    };
    let mut placed = vec![None; net.edges.len()];
    for (left, right, line, level, shares_level) in arcs {
        let (left, right) = rooms.get(&line).copied().unwrap_or((left, right));
        let width = words[line].as_ref().map_or(0.0, |w| f64::from(w.width()));
        let middle = (left + right - width) / 2.0;
        let most = (right - left - width) / 2.0 - AIR;
        let step = 16.0;
        let tries = (0..64)
            .map(|n: i32| f64::from((n + 1) / 2) * if n % 2 == 0 { step } else { -step })
            .take_while(|by| by.abs() <= most.max(0.0));
        let found = tries
            .map(|by| middle + by)
            .find(|x| clear(level, x - 4.0, x + width + 4.0));
        placed[line] = Some(OverheadArc {
            level,
            label_x: (!shares_level).then(|| found.unwrap_or(middle)),
            is_crossed: found.is_none(),
        });
    }
    placed
}

/// The widest part of a span within one row, preceded by the left limit of labels in that row.
fn widest_span(left: f64, right: f64, cuts: &[f64]) -> (f64, f64, f64) {
    let first = cuts.partition_point(|cut| *cut <= left);
    let before = first.checked_sub(1).and_then(|at| cuts.get(at));
    let mut begin = before.copied().unwrap_or(f64::from(size::MARGIN));
    let inside = cuts.iter().skip(first).take_while(|cut| **cut < right);
    let mut widest = (begin, left, left);
    let mut from = left;
    for to in inside.copied().chain([right]) {
        if to - from > widest.2 - widest.1 {
            widest = (begin, from, to);
        }
        (begin, from) = (to, to);
    }
    widest
}
