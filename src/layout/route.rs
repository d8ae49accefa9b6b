//! Ways between cards: straight on, down to a branch and up again, loops above.
//!
//! Lines run in the gutters between columns, in the gaps between rows and in
//! the band above the cards, so they never cross a card.

use super::block::{Block, Ink, Run};
use super::{Shown, Stage};
use crate::geom::{Point, pt};
use crate::graph::Link;
use crate::model::{PathKind, Record, TouchpointId};
use crate::text::Measure;
use crate::theme::size;
use rustc_hash::FxHashSet;

/// A drawn way, relative to the stage it starts in and the lane.
#[derive(Clone, Debug)]
pub struct Route {
    /// The touchpoint it leaves.
    pub from: usize,
    /// The touchpoint it leads to.
    pub to: usize,
    /// The id of the touchpoint it leads to.
    pub target: TouchpointId,
    /// What kind of way it is.
    pub kind: PathKind,
    /// Corner points; the last one is the tip of the arrow.
    pub points: Vec<Point>,
    /// Who takes it and how many.
    pub label: Option<RouteLabel>,
}

/// The words at a way.
#[derive(Clone, Debug)]
pub struct RouteLabel {
    /// Its lines.
    pub runs: Vec<Run>,
}

/// Rows and bands of the touchpoint lane.
pub(super) struct Grid {
    /// Which level above the cards a link runs on, by index in the flow; `None`: below.
    level_of: Vec<Option<usize>>,
    /// Labels of links, by index in the flow.
    labels: Vec<Option<Block>>,
    tops: Vec<f32>,
    heights: Vec<f32>,
    occupied: FxHashSet<(usize, usize)>,
    band_bottom: f32,
}

/// From one loop level to the next.
const LEVEL: f32 = 26.0;
/// The least gap between rows.
const ROW_GAP: f32 = 34.0;
/// Corner radius of lines.
pub const BEND: f32 = 9.0;

impl Grid {
    pub(super) fn new(shown: &Shown<'_>, heights: &[f32], measure: &mut dyn Measure) -> Grid {
        let column = |step: usize| {
            let place = &shown.steps[step];
            shown.stages[place.stage].first_column + place.column
        };
        let occupied: FxHashSet<(usize, usize)> = (0..shown.steps.len())
            .map(|i| (column(i), shown.steps[i].row))
            .collect();

        let links = &shown.flow.links;
        let labels: Vec<Option<Block>> = links.iter().map(|l| label(shown, l, measure)).collect();

        // Shorter loops run nearer to the cards.
        let mut over: Vec<(usize, usize, usize)> = links
            .iter()
            .enumerate()
            .filter(|(_, l)| goes_over(shown, l, &occupied, &column))
            .map(|(i, l)| {
                let (a, b) = (column(l.from), column(l.to));
                (a.min(b), a.max(b), i)
            })
            .collect();
        over.sort_by_key(|(left, right, link)| (right - left, *left, *link));
        let mut level_of = vec![None; links.len()];
        let mut levels: Vec<Vec<(usize, usize)>> = Vec::new();
        for (left, right, link) in over {
            let free = levels
                .iter()
                .position(|spans| spans.iter().all(|(l, r)| right < *l || *r < left));
            let level = free.unwrap_or(levels.len());
            if level == levels.len() {
                levels.push(Vec::new());
            }
            levels[level].push((left, right));
            level_of[link] = Some(level);
        }

        let mut label_room = vec![0.0_f32; heights.len()];
        for (i, link) in links.iter().enumerate() {
            if level_of[i].is_none()
                && let Some(block) = &labels[i]
            {
                let row = shown.steps[link.to].row;
                let others = stacked_above(links, &labels, &level_of, i);
                label_room[row] = label_room[row].max(others + block.height());
            }
        }

        let band_bottom = size::LANE_PAD
            + levels.len() as f32 * LEVEL
            + if levels.is_empty() { 0.0 } else { 12.0 };
        let mut tops = Vec::with_capacity(heights.len());
        let mut y = band_bottom;
        for (row, height) in heights.iter().enumerate() {
            let room = label_room[row];
            y += match (row, room > 0.0) {
                (0, false) => 0.0,
                (0, true) => room + 8.0,
                (_, false) => ROW_GAP,
                (_, true) => ROW_GAP.max(room + 22.0),
            };
            tops.push(y);
            y += height;
        }
        Grid {
            level_of,
            labels,
            tops,
            heights: heights.to_vec(),
            occupied,
            band_bottom,
        }
    }

    pub(super) fn row_top(&self, row: usize) -> f32 {
        self.tops[row]
    }

    pub(super) fn bottom(&self) -> f32 {
        match (self.tops.last(), self.heights.last()) {
            (Some(top), Some(height)) => top + height,
            _ => self.band_bottom + ROW_GAP,
        }
    }

    fn middle(&self, row: usize) -> f32 {
        // All rows are entered and left at the height of the name.
        self.tops[row] + self.heights[row].min(112.0) / 2.0
    }

    /// All ways, a vector a stage.
    pub(super) fn routes(&self, shown: &Shown<'_>) -> Vec<Vec<Route>> {
        let all: Vec<Vec<Point>> = shown
            .flow
            .links
            .iter()
            .enumerate()
            .map(|(index, link)| self.points(shown, index, link))
            .collect();
        let risers = Risers::of(shown, &all);
        let mut routes = vec![Vec::new(); shown.stages.len()];
        for (index, (link, points)) in shown.flow.links.iter().zip(all).enumerate() {
            let stage = shown.steps[link.from].stage;
            let label = self.labels[index].as_ref().map(|block| {
                let mut runs = Vec::new();
                let (x, bottom) = self.label_place(shown, index, link, &points, block, &risers);
                block.place(x, bottom - block.height(), &mut runs);
                RouteLabel { runs }
            });
            routes[stage].push(Route {
                from: link.from,
                to: link.to,
                target: shown.touchpoints[link.to].id().clone(),
                kind: link.kind,
                points,
                label,
            });
        }
        routes
    }

    /// Left edge and bottom of the words at a way, relative to its stage.
    fn label_place(
        &self,
        shown: &Shown<'_>,
        index: usize,
        link: &Link,
        points: &[Point],
        block: &Block,
        risers: &Risers,
    ) -> (f32, f32) {
        if self.level_of[index].is_some() {
            let xs = points.iter().map(|p| p.x);
            let (left, right) = (
                xs.clone().fold(f32::MAX, f32::min),
                xs.fold(f32::MIN, f32::max),
            );
            let top = points.iter().map(|p| p.y).fold(f32::MAX, f32::min);
            let bottom = top - 3.0;
            let origin = shown.stages[shown.steps[link.from].stage].x;
            let middle = (left + right - block.width()) / 2.0;
            // Along the line where no other way rises through the words; the middle first.
            let place = (0..24)
                .map(|step| middle + [16.0, -16.0][step % 2] * step.div_ceil(2) as f32)
                .find(|x| {
                    let from = origin + f64::from(*x) - 4.0;
                    let to = from + f64::from(block.width()) + 8.0;
                    risers.none_between(from, to, bottom)
                });
            return (place.unwrap_or(middle), bottom);
        }
        let (card, from) = (
            self.card_x(shown, link.to, link.from),
            self.tops[shown.steps[link.to].row],
        );
        let above = stacked_above(&shown.flow.links, &self.labels, &self.level_of, index);
        (card + LABEL_INSET, from - 6.0 - above)
    }

    /// Left edge of a card relative to the stage of another touchpoint.
    fn card_x(&self, shown: &Shown<'_>, step: usize, seen_from: usize) -> f32 {
        let place = &shown.steps[step];
        let origin = shown.stages[shown.steps[seen_from].stage].x;
        (shown.stages[place.stage].x - origin) as f32 + Stage::card_x(place.column)
    }

    fn points(&self, shown: &Shown<'_>, index: usize, link: &Link) -> Vec<Point> {
        let (a, b) = (&shown.steps[link.from], &shown.steps[link.to]);
        let (ax, bx) = (
            self.card_x(shown, link.from, link.from),
            self.card_x(shown, link.to, link.from),
        );
        let (right_a, left_b) = (ax + size::CARD, bx);
        let (ya, yb) = (self.middle(a.row), self.middle(b.row));
        let (out, into) = (right_a + size::GUTTER * 0.34, left_b - size::GUTTER * 0.4);
        if let Some(level) = self.level_of[index] {
            let y = self.band_bottom - 12.0 - level as f32 * LEVEL;
            let mut points = if a.row == 0 {
                let x = ax + size::CARD - 42.0;
                vec![pt(x, self.tops[0]), pt(x, y)]
            } else {
                vec![pt(right_a, ya), pt(out, ya), pt(out, y)]
            };
            if b.row == 0 {
                let x = bx + size::CARD - 20.0;
                points.extend([pt(x, y), pt(x, self.tops[0])]);
            } else {
                points.extend([pt(into, y), pt(into, yb), pt(left_b, yb)]);
            }
            return points;
        }
        let column = |step: usize| {
            let place = &shown.steps[step];
            shown.stages[place.stage].first_column + place.column
        };
        let (ca, cb) = (column(link.from), column(link.to));
        if ca == cb {
            let bottom_a = self.tops[a.row] + self.heights[a.row];
            let x = ax + 18.0;
            if b.row == a.row + 1 {
                return vec![pt(x, bottom_a), pt(x, self.tops[b.row])];
            }
            let gutter = ax - 12.0;
            let low = bottom_a - 14.0;
            return vec![pt(ax, low), pt(gutter, low), pt(gutter, yb), pt(left_b, yb)];
        }
        if a.row == b.row && self.free(a.row, ca, cb) {
            return vec![pt(right_a, ya), pt(left_b, yb)];
        }
        if self.free(b.row, ca, cb) {
            return vec![pt(right_a, ya), pt(out, ya), pt(out, yb), pt(left_b, yb)];
        }
        if self.free(a.row, ca, cb) {
            return vec![pt(right_a, ya), pt(into, ya), pt(into, yb), pt(left_b, yb)];
        }
        // Both rows are taken on the way: through the gap above the lower row.
        let gap = self.tops[a.row.max(b.row)] - 12.0;
        vec![
            pt(right_a, ya),
            pt(out, ya),
            pt(out, gap),
            pt(into, gap),
            pt(into, yb),
            pt(left_b, yb),
        ]
    }

    fn free(&self, row: usize, from: usize, to: usize) -> bool {
        (from.min(to) + 1..from.max(to)).all(|c| !self.occupied.contains(&(c, row)))
    }
}

/// The upright parts of ways, from left to right: x on the map, upper and lower end.
struct Risers(Vec<(f64, f32, f32)>);

impl Risers {
    fn of(shown: &Shown<'_>, ways: &[Vec<Point>]) -> Risers {
        let mut risers = Vec::new();
        for (link, points) in shown.flow.links.iter().zip(ways) {
            let origin = shown.stages[shown.steps[link.from].stage].x;
            for line in points.windows(2) {
                if line[0].x == line[1].x {
                    let (a, b) = (line[0].y, line[1].y);
                    risers.push((origin + f64::from(line[0].x), a.min(b), a.max(b)));
                }
            }
        }
        risers.sort_by(|a, b| a.0.total_cmp(&b.0));
        Risers(risers)
    }

    /// Whether no way rises above `y` between two places on the map.
    fn none_between(&self, from: f64, to: f64, y: f32) -> bool {
        let first = self.0.partition_point(|r| r.0 < from);
        self.0[first..]
            .iter()
            .take_while(|r| r.0 <= to)
            .all(|r| r.1 > y)
    }
}

/// Where labels start, from the left edge of the card they stand above.
const LABEL_INSET: f32 = 26.0;

/// Whether a way runs above the cards: loops, and leaps along the main line.
fn goes_over(
    shown: &Shown<'_>,
    link: &Link,
    occupied: &FxHashSet<(usize, usize)>,
    column: &impl Fn(usize) -> usize,
) -> bool {
    let (a, b) = (column(link.from), column(link.to));
    if b < a || (b == a && shown.steps[link.to].row <= shown.steps[link.from].row) {
        return true;
    }
    let both_main = shown.steps[link.from].row == 0 && shown.steps[link.to].row == 0;
    both_main && (a + 1..b).any(|c| occupied.contains(&(c, 0)))
}

/// Height of the labels of earlier links that stand above the same card.
fn stacked_above(
    links: &[Link],
    labels: &[Option<Block>],
    level_of: &[Option<usize>],
    index: usize,
) -> f32 {
    let to = links[index].to;
    // Links to one card come from near by: looking a little way back is enough.
    links[..index]
        .iter()
        .enumerate()
        .rev()
        .take(64)
        .filter(|(i, l)| l.to == to && level_of[*i].is_none())
        .filter_map(|(i, _)| labels[i].as_ref())
        .map(Block::height)
        .sum()
}

fn label(shown: &Shown<'_>, link: &Link, measure: &mut dyn Measure) -> Option<Block> {
    let path = link
        .written
        .map(|i| &shown.touchpoints[link.from].paths[i])?;
    let words = match (path.label.as_str(), path.share) {
        ("", None) => return None,
        ("", Some(share)) => share.to_string(),
        (label, None) => label.to_owned(),
        (label, Some(share)) => format!("{label} · {share}"),
    };
    let ink = if link.kind == PathKind::Failure {
        Ink::Bad
    } else {
        Ink::Soft
    };
    let room = if link.is_backward() {
        f32::INFINITY
    } else {
        size::CARD - LABEL_INSET
    };
    Some(Block::new(&words, size::SMALL, ink, room, measure))
}
