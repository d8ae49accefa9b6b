//! Handoffs as arcs beside the row headers: from the row that hands over to the row that takes
//! over, on separate tracks, so that no arc crosses another's number.
//!
//! Ends keep a distance from the borders between rows, and numbers are placed exactly there, so
//! that nothing crosses them.
//! Must not know: colours, the scene.

use super::counts::HandoffCount;
use crate::geom::{Path, Point, Rect, pt};
use crate::layout::paths::SpanLevels;
use crate::layout::text_block::{TextContext, TextRole, TextRun};
use crate::theme::size;
use std::collections::BTreeMap;

/// An arc for the handoffs from one row to another.
#[derive(Clone, Debug)]
pub struct HandoffArc {
    /// The row that hands over.
    pub from: usize,
    /// The row that takes over.
    pub to: usize,
    /// Number of handoffs.
    pub count: usize,
    /// Sum of the weights; 1 is all customers at that point.
    pub weight: f64,
    /// The line, in two pieces with room for the number between them.
    pub lines: [Path; 2],
    /// The arrowhead.
    pub head: Path,
    /// Stroke width.
    pub width: f32,
    /// The number.
    pub runs: Vec<TextRun>,
    /// Pointer area around the number.
    pub area: Rect,
}

/// Maximum number of tracks; a wider strip would push the stages out of view.
const MAX_TRACKS: usize = 11;
/// Distance of ends from the borders between rows.
const ROW_EDGE_MARGIN: f32 = 26.0;
/// Length of an arrowhead.
const HEAD: f32 = 10.0;

/// The arcs before the heights of rows are known.
#[derive(Debug, Default)]
pub(super) struct ArcPlan {
    /// The arcs to draw.
    arcs: Vec<PlannedArc>,
    /// Number of handoffs without room for an arc, by row.
    pub hidden: Vec<usize>,
    /// Distance between two tracks.
    pitch: f32,
    /// Width of the strip of arcs.
    pub width: f32,
    /// Minimum height of each row.
    pub needs: Vec<f32>,
}

#[derive(Clone, Debug)]
struct PlannedArc {
    ends: (usize, usize),
    passing: HandoffCount,
    track: usize,
    width: f32,
}

impl PlannedArc {
    /// Upper and lower row.
    fn span(&self) -> (usize, usize) {
        (self.ends.0.min(self.ends.1), self.ends.0.max(self.ends.1))
    }
}

impl ArcPlan {
    pub fn of(
        passings: &BTreeMap<(usize, usize), HandoffCount>,
        rows: usize,
        text: &mut TextContext<'_>,
    ) -> ArcPlan {
        let style = text.sizes.text(size::SMALL_STRONG);
        let most = passings.values().map(|p| p.count).max().unwrap_or(0);
        let mut arcs: Vec<PlannedArc> = passings
            .iter()
            .map(|(ends, passing)| PlannedArc {
                ends: *ends,
                passing: passing.clone(),
                track: 0,
                width: 1.4 + 2.6 * (passing.count as f32 / most.max(1) as f32).sqrt(),
            })
            .collect();
        // The strongest first; of equal ones the shorter, which need less room.
        arcs.sort_by(|a, b| {
            let length = |arc: &PlannedArc| arc.span().1 - arc.span().0;
            let strength = b.passing.count.cmp(&a.passing.count);
            strength
                .then(length(a).cmp(&length(b)))
                .then(a.ends.cmp(&b.ends))
        });
        let mut hidden = vec![0; rows];
        let mut kept: Vec<PlannedArc> = Vec::new();
        let mut crowd = vec![0_usize; rows];
        for arc in arcs {
            let (top, bottom) = arc.span();
            // Intervals need as many tracks as overlap at any point.
            let meet = &mut crowd[top..bottom];
            if meet.iter().any(|count| *count >= MAX_TRACKS) {
                hidden[arc.ends.0] += arc.passing.count;
                hidden[arc.ends.1] += arc.passing.count;
                continue;
            }
            meet.iter_mut().for_each(|count| *count += 1);
            kept.push(arc);
        }
        assign_tracks(&mut kept);
        let numbers = kept.iter().map(|arc| arc.passing.count.to_string());
        let widths = numbers.map(|number| text.measure.width(&number, style));
        let pitch = (widths.fold(0.0, f32::max) + 9.0).max(20.0);
        let count = kept.iter().map(|arc| arc.track + 1).max().unwrap_or(0);
        let width = match count {
            0 => 14.0,
            count => 26.0 + count as f32 * pitch + 8.0,
        };
        let mut plan = ArcPlan {
            arcs: kept,
            hidden,
            pitch,
            width,
            needs: Vec::new(),
        };
        let needs = (0..rows).map(|row| match plan.ends(row) {
            ends if ends.is_empty() => 0.0,
            ends => {
                let room: f32 = ends.iter().map(|(_, width)| width + 9.0).sum();
                room + 2.0 * ROW_EDGE_MARGIN
            }
        });
        plan.needs = needs.collect();
        plan
    }

    /// The arcs that end in a row from top to bottom, in an order without crossings, with their
    /// widths.
    fn ends(&self, row: usize) -> Vec<(usize, f32)> {
        let mut ends: Vec<(isize, usize, f32)> = Vec::new();
        for (at, arc) in self.arcs.iter().enumerate() {
            let track = arc.track as isize;
            let (top, bottom) = arc.span();
            // Arcs upward come first, the outer ones below the inner ones; arcs downward the other
            // way round.
            let order = if bottom == row {
                track
            } else if top == row {
                isize::MAX - track
            } else {
                continue;
            };
            ends.push((order, at, arc.width.max(HEAD - 3.0)));
        }
        ends.sort_by_key(|end| (end.0, end.1));
        ends.into_iter().map(|(_, at, width)| (at, width)).collect()
    }

    /// Draws the arcs, given top and height of each row; x is relative to the left edge of the
    /// strip.
    pub fn draw(&self, rows: &[(f32, f32)], text: &mut TextContext<'_>) -> Vec<HandoffArc> {
        let mut ports = vec![(0.0, 0.0); self.arcs.len()];
        for (row, (y, height)) in rows.iter().enumerate() {
            let ends = self.ends(row);
            let room = height - 2.0 * ROW_EDGE_MARGIN;
            let each = room / ends.len().max(1) as f32;
            // Close together in the middle of the row if there is room to spare.
            let pitch = each.min(22.0);
            let mut at =
                y + ROW_EDGE_MARGIN + (room - pitch * ends.len() as f32) / 2.0 + pitch / 2.0;
            for (arc, _) in ends {
                let port = &mut ports[arc];
                if self.arcs[arc].ends.0 == row {
                    port.0 = at;
                } else {
                    port.1 = at;
                }
                at += pitch;
            }
        }
        let arcs = self.arcs.iter().zip(ports);
        arcs.map(|(arc, (from, to))| {
            let x = 26.0 + (arc.track as f32 + 0.5) * self.pitch;
            let (top, bottom) = arc.span();
            // The number is on the border of two rows, in the middle of the arc.
            let seam = rows[(top + bottom).div_ceil(2)].0;
            let words = arc.passing.count.to_string();
            let style = size::SMALL_STRONG;
            let block = text.block(&words, style, TextRole::Soft, f32::INFINITY);
            let half = block.height() / 2.0;
            let mut runs = Vec::new();
            block.place(x - block.width() / 2.0, seam - half, &mut runs);
            let area = Rect {
                min: pt(x - self.pitch / 2.0, seam - half - 2.0),
                max: pt(x + self.pitch / 2.0, seam + half + 2.0),
            };
            let way = if to > from { half } else { -half };
            let start = pt(6.0, from);
            let tip = pt(4.0, to);
            let lines = [
                [start, pt(x, from), pt(x, seam - way)],
                [pt(x, seam + way), pt(x, to), pt(tip.x + HEAD * 0.8, to)],
            ];
            let lines = lines.map(|line: [Point; 3]| Path::rounded(&line, 14.0));
            let half = (HEAD * 0.5).max(arc.width * 0.5 + 2.5);
            let head = Path::polygon(&[
                tip,
                pt(tip.x + HEAD, to - half),
                pt(tip.x + HEAD, to + half),
            ]);
            HandoffArc {
                from: arc.ends.0,
                to: arc.ends.1,
                count: arc.passing.count,
                weight: arc.passing.weight,
                lines,
                head,
                width: arc.width,
                runs,
                area,
            }
        })
        .collect()
    }
}

/// Assigns tracks so that arcs on one track do not overlap, short arcs inside.
fn assign_tracks(arcs: &mut [PlannedArc]) {
    let mut order: Vec<&mut PlannedArc> = arcs.iter_mut().collect();
    order.sort_by_key(|arc| {
        let (top, bottom) = arc.span();
        (bottom - top, top, arc.ends)
    });
    let mut tracks = SpanLevels::new(usize::MAX);
    for arc in order {
        let (top, bottom) = arc.span();
        // An arc may begin in the row in which another one ends.
        (arc.track, _) = tracks.add(top, bottom - 1);
    }
}
