//! The rows of cards, the course of each route from card to card, and the positions of labels.
//!
//! Must not know: colours, the scene.

use super::DrawnRoute;
use super::connect::is_row_free;
use super::loops::{fall_x, rise_x};
use super::route_labels::{LABEL_INSET, RoutePlan, raise_to, stage_index};
use crate::geom::{Point, pt};
use crate::layout::LayoutInputs;
use crate::layout::handoffs::{HandoffMark, OwnerPair};
use crate::layout::stage::StageLayout;
use crate::model::Record;
use crate::theme::{Density, Sizes, size};

/// Adds the cache key of the cards and routes of a stage, except for the rows.
pub(in crate::layout) fn part_key(stages: &[StageLayout], k: usize, out: &mut Vec<u64>) {
    let stage = &stages[k];
    let ways = &stage.routes;
    out.extend([stage.version, ways.version]);
    for w in &ways.outgoing {
        let to = &stages[stage_index(k, ways.all[*w].to)];
        out.extend([to.version, (to.x - stage.x).to_bits()]);
    }
}

/// The routes out of a stage.
pub(in crate::layout) fn routes(
    shown: &LayoutInputs<'_>,
    stages: &[StageLayout],
    k: usize,
    rows: &CardRows,
) -> Vec<DrawnRoute> {
    let ways = &stages[k].routes;
    let mut routes = Vec::with_capacity(ways.all.len());
    for way in &ways.all {
        let to = &stages[stage_index(k, way.to)];
        let Some(target) = shown.map.touchpoints_in(&to.id).get(way.to.1) else {
            continue;
        };
        let points = route_points(stages, k, way, rows);
        let mut label = Vec::new();
        if let Some(words) = way.label.as_ref().filter(|words| !words.is_empty()) {
            if way.is_above {
                let top = points.iter().map(|p| p.y).fold(f32::MAX, f32::min);
                if let Some(x) = way.label_x {
                    words.place_along(x, top - 3.0, &mut label);
                }
            } else {
                let called = match way.to.0 {
                    0 => ways.incoming_label_height(way.to.1),
                    _ => 0.0,
                };
                let step = &to.grid.steps[way.to.1];
                let card = (to.x - stages[k].x) as f32 + shown.text.sizes.card_x(step.column);
                let bottom = rows.tops[step.row] - 6.0 - (way.label_offset + called);
                words.place_above(card + LABEL_INSET, bottom, &mut label);
            }
        }
        let row = stages[k].grid.steps[way.from].row;
        let seam = way
            .owners
            .map(|hands| handoff_mark(hands, &points, way.is_above, row, rows));
        routes.push(DrawnRoute {
            from: way.from,
            target: target.id().clone(),
            kind: way.kind,
            points,
            label,
            handoff: seam,
        });
    }
    routes
}

fn route_points(stages: &[StageLayout], k: usize, way: &RoutePlan, rows: &CardRows) -> Vec<Point> {
    let (here, there) = (&stages[k], &stages[stage_index(k, way.to)]);
    let (a, b) = (&here.grid.steps[way.from], &there.grid.steps[way.to.1]);
    let sizes = rows.sizes();
    let (ax, right_a) = here.card_span(a, sizes);
    let dx = (there.x - here.x) as f32;
    let (left_b, right_b) = there.card_span(b, sizes);
    let (left_b, right_b) = (left_b + dx, right_b + dx);
    let (ya, yb) = (rows.middle(a.row), rows.middle(b.row));
    let (out, into) = (right_a + sizes.gutter * 0.34, left_b - sizes.gutter * 0.4);
    if way.is_above {
        let y = rows.level(way.level);
        let x = rise_x(a, right_a, sizes);
        let mut points = if a.row == 0 {
            vec![pt(x, rows.tops[0]), pt(x, y)]
        } else {
            vec![pt(right_a, ya), pt(x, ya), pt(x, y)]
        };
        let x = fall_x(b, (left_b, right_b), sizes);
        if b.row == 0 {
            points.extend([pt(x, y), pt(x, rows.tops[0])]);
        } else {
            points.extend([pt(x, y), pt(x, yb), pt(left_b, yb)]);
        }
        return points;
    }
    if way.to.0 == 0 && a.column == b.column {
        let bottom_a = rows.tops[a.row] + rows.heights[a.row];
        let x = ax + 18.0;
        if b.row == a.row + 1 {
            return vec![pt(x, bottom_a), pt(x, rows.tops[b.row])];
        }
        let gutter = ax - sizes.gutter * 0.3;
        let low = bottom_a - 14.0;
        return vec![pt(ax, low), pt(gutter, low), pt(gutter, yb), pt(left_b, yb)];
    }
    if a.row == b.row && is_row_free(stages, k, way, a.row) {
        return vec![pt(right_a, ya), pt(left_b, yb)];
    }
    if is_row_free(stages, k, way, b.row) {
        return vec![pt(right_a, ya), pt(out, ya), pt(out, yb), pt(left_b, yb)];
    }
    if is_row_free(stages, k, way, a.row) {
        return vec![pt(right_a, ya), pt(into, ya), pt(into, yb), pt(left_b, yb)];
    }
    // Both rows are occupied: through the gap above the lower row.
    let gap = rows.tops[a.row.max(b.row)] - 12.0;
    vec![
        pt(right_a, ya),
        pt(out, ya),
        pt(out, gap),
        pt(into, gap),
        pt(into, yb),
        pt(left_b, yb),
    ]
}

/// The handoff mark across a route: as high as the cards between two cards side by side, else short
/// and horizontal on a vertical piece of the route.
fn handoff_mark(
    hands: OwnerPair,
    points: &[Point],
    over: bool,
    row: usize,
    rows: &CardRows,
) -> HandoffMark {
    let sizes = rows.sizes();
    let [start, .., tip] = points else {
        let nowhere = (pt(0.0, 0.0), pt(0.0, 0.0));
        return HandoffMark::new(hands, nowhere, false);
    };
    if start.y == tip.y && points.len() == 2 {
        let gap = (sizes.gutter + 2.0 * size::STAGE_PAD).min(tip.x - start.x);
        let x = tip.x - gap / 2.0;
        let (top, bottom) = (rows.top(row), rows.top(row) + rows.height(row));
        return HandoffMark::new(hands, (pt(x, top + 2.0), pt(x, bottom - 2.0)), false);
    }
    let upright = points.windows(2).filter(|line| line[0].x == line[1].x);
    let length = |line: &&[Point]| (line[1].y - line[0].y).abs();
    let line = if over {
        upright.clone().next()
    } else {
        let longest = |a: &&[Point], b: &&[Point]| length(a).total_cmp(&length(b));
        upright.clone().max_by(longest)
    };
    let (a, b) = line.map_or((*start, *tip), |line| (line[0], line[1]));
    let down = if b.y < a.y { -1.0 } else { 1.0 };
    // Loops cross it where they leave their card, a straight route downward before its arrowhead.
    let y = match (over, points.len()) {
        (true, _) => a.y + down * MARK_OFFSET.min((b.y - a.y).abs() / 2.0),
        (false, 2) => a.y + down * MARK_OFFSET,
        (false, _) => (a.y + b.y) / 2.0,
    };
    let half = sizes.gutter * 0.26;
    HandoffMark::new(hands, (pt(a.x - half, y), pt(a.x + half, y)), b.y < a.y)
}

/// Distance from a card of the short handoff mark of a route that leaves its upper or lower edge.
const MARK_OFFSET: f32 = 8.5;

/// The rows of cards and the gaps between them, shared by all stages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::layout) struct CardRows {
    pub(super) tops: Vec<f32>,
    pub(super) heights: Vec<f32>,
    pub(super) band_bottom: f32,
    pub(super) density: Density,
}

impl CardRows {
    /// Top and height of the first row; that of an empty map before any layout.
    pub fn first(&self) -> (f32, f32) {
        let sizes = self.density.sizes();
        let first = self.tops.first().zip(self.heights.first());
        first.map_or((sizes.lane_pad, sizes.card_height), |(top, height)| {
            (*top, *height)
        })
    }

    /// The rows needed by all stages together, below this many levels of loops.
    pub fn of(stages: &[StageLayout], levels: usize, density: Density) -> CardRows {
        let sizes = density.sizes();
        let mut heights = vec![sizes.card_height];
        let mut rooms = Vec::new();
        for (k, stage) in stages.iter().enumerate() {
            for (row, need) in stage.needs.iter().enumerate() {
                if row == heights.len() {
                    heights.push(sizes.card_height);
                }
                heights[row] = heights[row].max(*need);
            }
            for (row, room) in stage.routes.label_heights.iter().enumerate() {
                raise_to(&mut rooms, row, *room);
            }
            for w in &stage.routes.outgoing {
                let way = &stage.routes.all[*w];
                if let (false, Some(label)) = (way.is_above, &way.label) {
                    let to = &stages[stage_index(k, way.to)].grid.steps[way.to.1];
                    raise_to(&mut rooms, to.row, way.label_offset + label.height());
                }
            }
        }
        let above = if levels == 0 { 0.0 } else { 12.0 };
        let band_bottom = sizes.lane_pad + levels as f32 * sizes.loop_level + above;
        let mut tops = Vec::with_capacity(heights.len());
        let mut y = band_bottom;
        for (row, height) in heights.iter().enumerate() {
            let room = rooms.get(row).copied().unwrap_or(0.0);
            y += match (row, room > 0.0) {
                (0, false) => 0.0,
                (0, true) => room + 8.0,
                (_, false) => sizes.row_gap,
                (_, true) => sizes.row_gap.max(room + 22.0),
            };
            tops.push(y);
            y += height;
        }
        CardRows {
            tops,
            heights,
            band_bottom,
            density,
        }
    }

    pub(super) fn sizes(&self) -> &'static Sizes {
        self.density.sizes()
    }

    /// Top of the cards of a row.
    pub fn top(&self, row: usize) -> f32 {
        self.tops[row]
    }

    /// Height of the cards of a row.
    pub fn height(&self, row: usize) -> f32 {
        self.heights[row]
    }

    /// Height of the lane.
    pub fn lane_height(&self) -> f32 {
        let bottom = match (self.tops.last(), self.heights.last()) {
            (Some(top), Some(height)) => top + height,
            _ => self.band_bottom + self.sizes().row_gap,
        };
        bottom + self.sizes().lane_pad + 4.0
    }

    pub(super) fn middle(&self, row: usize) -> f32 {
        // Routes enter and leave cards of all rows at the height of the name.
        self.tops[row] + self.heights[row].min(self.sizes().card_height) / 2.0
    }

    pub(super) fn level(&self, level: usize) -> f32 {
        self.band_bottom - 12.0 - level as f32 * self.sizes().loop_level
    }
}
