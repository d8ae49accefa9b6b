//! Row breaks of the flow: it continues in rows below each other, as text does in lines, to fit the
//! aspect ratio of a screen or a poster.
//!
//! Stages stay whole; one that is too long for a row has rows of its own and is split into equal
//! parts. Therefore an edit in one stage moves no break in another.
//! Must not know: how edges are drawn.

use super::layered_graph::LayeredGraph;
use crate::geom::{Path, Point, Segment, pt};

/// Minimum width of a row, and the factor between attempts.
const ROW_WIDTH: (f64, f64) = (2_000.0, 1.5);
/// Minimum ratio of width to height of the whole flow.
const MIN_ASPECT_RATIO: f64 = 1.6;
/// Length of a stage relative to a row above which it is split.
const SLACK: f64 = 1.2;

/// Layers that begin a new row, for rows of about this height; `gutters` are the left edges of the
/// gutters.
pub(super) fn row_breaks(net: &LayeredGraph, gutters: &[f64], height: f64) -> Vec<usize> {
    let mut room = ROW_WIDTH.0;
    loop {
        let folds = breaks_for_width(net, gutters, room);
        let strips = (folds.len() + 1) as f64;
        if folds.is_empty() || strips * height <= room / MIN_ASPECT_RATIO {
            return folds;
        }
        room *= ROW_WIDTH.1;
    }
}

fn breaks_for_width(net: &LayeredGraph, gutters: &[f64], room: f64) -> Vec<usize> {
    let mut folds = Vec::new();
    // First layer of the row, and whether it accepts no further stage.
    let (mut start, mut full) = (0, false);
    let span = |from: usize, to: usize| gutters[to] - gutters[from];
    for stage in &net.stages {
        if stage.start > start && (full || span(start, stage.end) > room) {
            folds.push(stage.start);
            start = stage.start;
        }
        let whole = span(start, stage.end);
        full = whole > room * SLACK;
        if full {
            let parts = ((whole / room).ceil() as usize).clamp(1, stage.len().max(1));
            folds.extend((1..parts).map(|part| stage.start + stage.len() * part / parts));
            start = folds.last().copied().unwrap_or(start);
        }
    }
    folds
}

/// Pieces of an edge by row, in its direction: index of the row and path. `cuts` are the ends of
/// the rows, from left to right.
pub(super) fn split_at_breaks(path: &Path, cuts: &[f32]) -> Vec<(usize, Path)> {
    let strip = |x: f32| cuts.partition_point(|cut| *cut < x);
    let mut pieces: Vec<(usize, Path)> = Vec::new();
    let mut here = pt(0.0, 0.0);
    for segment in &path.0 {
        let to = match *segment {
            Segment::Move(to) => {
                pieces.push((strip(to.x), Path::start(to)));
                here = to;
                continue;
            }
            Segment::Line(to) | Segment::Cubic(_, _, to) => to,
            Segment::Close => continue,
        };
        if let Segment::Line(_) = segment {
            cross_breaks(&mut pieces, (here, to), strip(to.x), cuts);
        }
        if let Some((_, piece)) = pieces.last_mut() {
            piece.0.push(*segment);
        }
        here = to;
    }
    pieces
}

/// Ends the last piece and begins others until the edge is in the row of its end. Edges are level
/// at row ends, without bends.
fn cross_breaks(
    pieces: &mut Vec<(usize, Path)>,
    (from, to): (Point, Point),
    end: usize,
    cuts: &[f32],
) {
    while let Some((strip, piece)) = pieces.last_mut() {
        let (cut, next) = match (*strip).cmp(&end) {
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Less => (*strip, *strip + 1),
            std::cmp::Ordering::Greater => (*strip - 1, *strip - 1),
        };
        let Some(x) = cuts.get(cut) else { return };
        let share = (x - from.x) / (to.x - from.x);
        let at = pt(*x, from.y + (to.y - from.y) * share);
        piece.0.push(Segment::Line(at));
        pieces.push((next, Path::start(at)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_continues_at_the_row_break() {
        let line = Path::start(pt(0.0, 5.0))
            .line(pt(25.0, 5.0))
            .line(pt(25.0, 9.0));
        let there = [
            (0, Path::start(pt(0.0, 5.0)).line(pt(10.0, 5.0))),
            (1, Path::start(pt(10.0, 5.0)).line(pt(20.0, 5.0))),
            (
                2,
                Path::start(pt(20.0, 5.0))
                    .line(pt(25.0, 5.0))
                    .line(pt(25.0, 9.0)),
            ),
        ];
        assert_eq!(split_at_breaks(&line, &[10.0, 20.0]), there);
        let line = Path::start(pt(25.0, 5.0)).line(pt(3.0, 5.0));
        let back: Vec<usize> = split_at_breaks(&line, &[10.0, 20.0])
            .iter()
            .map(|p| p.0)
            .collect();
        assert_eq!(back, [2, 1, 0]);
        assert_eq!(split_at_breaks(&line, &[]), [(0, line.clone())]);
    }
}
