//! Ways between cards: straight on, down to a branch and up again, loops above.
//!
//! Lines run in the gutters between columns, in the gaps between rows and in
//! the band above the cards, so they never cross a card.

use super::Shown;
use super::block::{Block, Ink, Run};
use super::place::Step;
use super::seam::{self, Hands, Owner, RISERS, Seam, Words};
use super::stage::Stage;
use crate::geom::{Point, pt};
use crate::graph::{self, Leg, StageFlow, To};
use crate::model::{PathKind, Record, Touchpoint, TouchpointId};
use crate::text::Measure;
use crate::theme::{Density, Sizes, size};
use rustc_hash::FxHashMap;

/// A drawn way, relative to the stage it starts in and the lane.
#[derive(Clone, Debug)]
pub struct Route {
    /// The touchpoint it leaves, by place in its stage.
    pub from: usize,
    /// The touchpoint it leads to.
    pub target: TouchpointId,
    /// What kind of way it is.
    pub kind: PathKind,
    /// Corner points; the last one is the tip of the arrow.
    pub points: Vec<Point>,
    /// Who takes it and how many.
    pub label: Option<RouteLabel>,
    /// The handoff that it is, where those are shown.
    pub seam: Option<Seam>,
}

/// The words at a way.
#[derive(Clone, Debug)]
pub struct RouteLabel {
    /// Its lines.
    pub runs: Vec<Run>,
}

/// A touchpoint seen from a stage: how many stages further on, and its place there.
pub(super) type Seen = (isize, usize);

/// A way out of a stage's touchpoint, before it is drawn.
#[derive(Clone, Debug)]
struct Way {
    from: usize,
    to: Seen,
    kind: PathKind,
    /// Who hands over to whom, where it is a handoff and those are shown.
    hands: Option<Hands>,
    label: Option<Words>,
    /// Whether it runs above the cards, and on which level then.
    over: bool,
    level: usize,
    /// Height of the words of earlier ways that stand above the same card.
    stack: f32,
}

/// All ways out of a stage.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    all: Vec<Way>,
    /// Where the legs lead that leave the stage; `None` before the first look.
    targets: Option<Vec<Option<Seen>>>,
    /// Who owns what those lead to, where seams are shown.
    owners: Vec<Owner>,
    /// Which of all ways leave the stage.
    crossing: Vec<usize>,
    /// Which of all ways run above the cards.
    over: Vec<usize>,
    /// Words of ways from other stages above cards of this one: place and height.
    calls: Vec<(usize, f32)>,
    /// Loops from other stages that end in this one: place and level.
    ends: Vec<(usize, usize)>,
    /// Room that words above the cards of each row need.
    rooms: Vec<f32>,
    /// Another number for every other course of the ways.
    version: u64,
}

/// Corner radius of lines.
pub const BEND: f32 = 9.0;
/// Where labels start, from the left edge of the card they stand above.
const LABEL_INSET: f32 = 26.0;

impl Ways {
    /// The ways of a stage whose legs out of it lead to these targets.
    fn of(
        shown: &Shown<'_>,
        (flow, steps): (&StageFlow, &[Step]),
        touchpoints: &[Touchpoint],
        (targets, owners): (Vec<Option<Seen>>, Vec<Owner>),
        measure: &mut dyn Measure,
    ) -> Ways {
        let mut ways = Ways::default();
        let mut outward = targets.iter();
        let mut others = owners.iter();
        let mut stacks: FxHashMap<usize, f32> = FxHashMap::default();
        for leg in &flow.legs {
            let here = |step: usize| seam::owner(shown.map, &touchpoints[step]);
            let (to, owner) = match leg.to {
                To::Here(step) if shown.common.seams => (Some((0, step)), here(step)),
                To::Here(step) => (Some((0, step)), None),
                To::There(_) | To::Onward => {
                    let owner = others.next().copied().flatten();
                    (outward.next().copied().flatten(), owner)
                }
            };
            let Some(to) = to else { continue };
            let hands = match shown.common.seams {
                true => Some((here(leg.from), owner)).filter(|(from, to)| from != to),
                false => None,
            };
            let backward = to <= (0, leg.from);
            let label = label(
                shown,
                &touchpoints[leg.from],
                (leg, hands),
                backward,
                measure,
            );
            let mut way = Way {
                from: leg.from,
                to,
                kind: leg.kind,
                hands,
                label,
                over: false,
                level: 0,
                stack: 0.0,
            };
            if to.0 == 0 {
                way.over = goes_over(&steps[leg.from], &steps[to.1]);
                if let (false, Some(label)) = (way.over, &way.label) {
                    let stack = stacks.entry(to.1).or_default();
                    way.stack = *stack;
                    *stack += label.height();
                }
            } else {
                ways.crossing.push(ways.all.len());
            }
            ways.all.push(way);
        }
        ways.targets = Some(targets);
        ways.owners = owners;
        ways
    }

    /// Who hands over to whom, way by way, where that is shown.
    pub fn hands(&self) -> impl Iterator<Item = Hands> {
        self.all.iter().filter_map(|way| way.hands)
    }

    /// Where those lead that leave the stage, once they were looked at.
    pub fn targets(&self) -> Option<&[Option<Seen>]> {
        self.targets.as_deref()
    }

    /// Whatever is drawn of them is drawn anew.
    pub fn renew(&mut self, version: u64) {
        self.version = version;
    }

    /// Sums up what the ways say one by one; a new version.
    fn settle(&mut self, steps: &[Step], version: u64) {
        self.version = version;
        self.over = (0..self.all.len()).filter(|w| self.all[*w].over).collect();
        self.rooms.clear();
        for way in self.all.iter().filter(|way| way.to.0 == 0 && !way.over) {
            if let Some(label) = &way.label {
                let room = way.stack + self.called(way.to.1) + label.height();
                raise(&mut self.rooms, steps[way.to.1].row, room);
            }
        }
    }

    /// Height of the words of other stages' ways above a card.
    fn called(&self, step: usize) -> f32 {
        let here = self.calls.iter().filter(|call| call.0 == step);
        here.map(|call| call.1).sum()
    }
}

/// Raises the value of a row to at least this one.
fn raise(rows: &mut Vec<f32>, row: usize, value: f32) {
    if rows.len() <= row {
        rows.resize(row + 1, 0.0);
    }
    rows[row] = rows[row].max(value);
}

/// Joins the stages by their ways: where those lead that leave a stage, which
/// run above the cards and how high, and whose words stand above whose. Does
/// little for stages that are as they were.
pub(super) fn connect(
    shown: &Shown<'_>,
    stages: &mut [Stage],
    versions: &mut u64,
    measure: &mut dyn Measure,
) -> usize {
    let map = shown.map;
    let mut fresh = || {
        *versions += 1;
        *versions
    };
    let mains: Vec<Option<usize>> = stages.iter().map(|s| s.flow.first_main).collect();
    let onward = graph::onward(mains.into_iter());
    let (mut targets, mut owners) = (Vec::new(), Vec::new());
    let lists: Vec<&[Touchpoint]> = match shown.common.seams {
        true => map.lists().map(|(_, list)| list.as_slice()).collect(),
        false => Vec::new(),
    };
    // Where no stage moved, touchpoints of stages that did not change stand where they stood.
    let kept: Vec<bool> = stages
        .iter()
        .enumerate()
        .map(|(k, s)| s.was == Some(k) && !s.band_fresh)
        .collect();
    for (k, stage) in stages.iter_mut().enumerate() {
        let seen = |at: (usize, usize)| (at.0 as isize - k as isize, at.1);
        let known = stage.ways.targets.as_ref().filter(|_| kept[k]);
        let known = |i: usize| {
            let target = (*known?.get(i)?)?;
            kept.get(at(k, target))
                .is_some_and(|kept| *kept)
                .then_some(target)
        };
        targets.clear();
        let outward = stage.outward.iter().map(|leg| &stage.flow.legs[*leg].to);
        targets.extend(outward.enumerate().map(|(i, to)| match to {
            To::Here(step) => Some((0, *step)),
            To::There(id) => known(i).or_else(|| graph::locate(map, id).map(seen)),
            To::Onward => onward[k].map(seen),
        }));
        owners.clear();
        if shown.common.seams {
            let owner = |to: &Option<Seen>| {
                let to = (*to)?;
                seam::owner(map, lists.get(at(k, to))?.get(to.1)?)
            };
            owners.extend(targets.iter().map(owner));
        }
        if stage.ways.targets.as_ref() != Some(&targets) || stage.ways.owners != owners {
            let touchpoints = map.touchpoints_in(&stage.id);
            let steps = &stage.grid.steps;
            stage.ways = Ways::of(
                shown,
                (&stage.flow, steps),
                touchpoints,
                (targets.clone(), owners.clone()),
                measure,
            );
            stage.ways.settle(steps, fresh());
        }
    }
    for k in 0..stages.len() {
        let mut turned = false;
        for at in 0..stages[k].ways.crossing.len() {
            let w = stages[k].ways.crossing[at];
            let over = leaps(stages, k, &stages[k].ways.all[w]);
            turned |= std::mem::replace(&mut stages[k].ways.all[w].over, over) != over;
        }
        if turned {
            let stage = &mut stages[k];
            stage.ways.settle(&stage.grid.steps, fresh());
        }
    }
    let levels = level(stages, &mut fresh);
    call(stages, &mut fresh);
    levels
}

/// Gives every loop the lowest level that is free over its whole width, shorter
/// loops first, so that they run nearer to the cards. The number of levels.
fn level(stages: &mut [Stage], fresh: &mut impl FnMut() -> u64) -> usize {
    let mut loops = Vec::new();
    let mut owners = Vec::new();
    for (k, stage) in stages.iter().enumerate() {
        for w in &stage.ways.over {
            let way = &stage.ways.all[*w];
            let (a, b) = (
                column(stage, way.from),
                column(&stages[at(k, way.to)], way.to.1),
            );
            loops.push((a.max(b) - a.min(b), a.min(b), owners.len()));
            owners.push((k, *w));
        }
    }
    loops.sort_unstable();
    // The spans of each level, from left to right; they do not touch.
    let mut levels: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut level_of = vec![0; owners.len()];
    for (span, left, owner) in loops {
        let right = left + span;
        let place = |spans: &Vec<(usize, usize)>| spans.partition_point(|s| s.1 < left);
        let free = levels.iter().position(|spans| {
            let next = spans.get(place(spans));
            next.is_none_or(|next| right < next.0)
        });
        let level = free.unwrap_or(levels.len());
        if level == levels.len() {
            levels.push(Vec::new());
        }
        let at = place(&levels[level]);
        levels[level].insert(at, (left, right));
        level_of[owner] = level;
    }
    let mut ends: FxHashMap<usize, Vec<(usize, usize)>> = FxHashMap::default();
    for ((k, w), level) in owners.into_iter().zip(level_of) {
        let ways = &mut stages[k].ways;
        let way = &mut ways.all[w];
        if way.level != level {
            way.level = level;
            ways.version = fresh();
        }
        let to = way.to;
        if to.0 != 0 {
            ends.entry(at(k, to)).or_default().push((to.1, level));
        }
    }
    for (k, stage) in stages.iter_mut().enumerate() {
        let ends = ends.remove(&k).unwrap_or_default();
        if stage.ways.ends != ends {
            stage.ways.ends = ends;
            stage.ways.version = fresh();
        }
    }
    levels.len()
}

/// Tells every stage whose words stand above its cards, and every way how much
/// stands between its words and the card.
fn call(stages: &mut [Stage], fresh: &mut impl FnMut() -> u64) {
    let mut all = Vec::new();
    for (k, stage) in stages.iter().enumerate() {
        for w in &stage.ways.crossing {
            let way = &stage.ways.all[*w];
            if let (false, Some(label)) = (way.over, &way.label) {
                all.push((at(k, way.to), way.to.1, k, *w, label.height()));
            }
        }
    }
    // By card, and there in the order of the ways.
    all.sort_by_key(|call| (call.0, call.1));
    let mut calls: FxHashMap<usize, Vec<(usize, f32)>> = FxHashMap::default();
    for (j, step, k, w, height) in all {
        let calls = calls.entry(j).or_default();
        if calls.last().is_none_or(|call| call.0 != step) {
            calls.push((step, 0.0));
        }
        let Some((_, sum)) = calls.last_mut() else {
            continue;
        };
        let way = &mut stages[k].ways.all[w];
        if way.stack != *sum {
            way.stack = *sum;
            stages[k].ways.version = fresh();
        }
        *sum += height;
    }
    for (j, stage) in stages.iter_mut().enumerate() {
        let calls = calls.remove(&j).unwrap_or_default();
        if stage.ways.calls != calls {
            stage.ways.calls = calls;
            stage.ways.settle(&stage.grid.steps, fresh());
        }
    }
}

/// The stage of what is seen from another one.
fn at(stage: usize, seen: Seen) -> usize {
    stage.saturating_add_signed(seen.0)
}

/// A step's column, counted from the first of the map.
fn column(stage: &Stage, step: usize) -> usize {
    stage.first_column + stage.grid.steps[step].column
}

/// Whether a way within a stage runs above the cards: loops, and leaps along the main line.
fn goes_over(from: &Step, to: &Step) -> bool {
    let (a, b) = (from.column, to.column);
    if b < a || (b == a && to.row <= from.row) {
        return true;
    }
    // The columns between hold main steps.
    from.row == 0 && to.row == 0 && b > a + 1
}

/// Whether a way out of a stage runs above the cards.
fn leaps(stages: &[Stage], k: usize, way: &Way) -> bool {
    let to = &stages[at(k, way.to)].grid.steps[way.to.1];
    let both_main = stages[k].grid.steps[way.from].row == 0 && to.row == 0;
    way.to.0 < 0 || (both_main && !free(stages, k, way, 0))
}

/// Whether no card of a row stands between the two ends of a way that leads on.
fn free(stages: &[Stage], k: usize, way: &Way, row: usize) -> bool {
    let j = at(k, way.to);
    let (first, last) = (&stages[k].grid, &stages[j].grid);
    let (a, b) = (first.steps[way.from].column, last.steps[way.to.1].column);
    if j == k {
        return (a + 1..b).all(|c| !first.occupied(c, row));
    }
    (a + 1..stages[k].columns).all(|c| !first.occupied(c, row))
        && (k + 1..j).all(|s| !stages[s].grid.occupied_row(row))
        && (0..b).all(|c| !last.occupied(c, row))
}

/// The rows of cards with what lies between them, the same for all stages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows {
    tops: Vec<f32>,
    heights: Vec<f32>,
    band_bottom: f32,
    density: Density,
}

impl Rows {
    /// The rows that all stages together need, below so many levels of loops.
    pub fn of(stages: &[Stage], levels: usize, density: Density) -> Rows {
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
            for (row, room) in stage.ways.rooms.iter().enumerate() {
                raise(&mut rooms, row, *room);
            }
            for w in &stage.ways.crossing {
                let way = &stage.ways.all[*w];
                if let (false, Some(label)) = (way.over, &way.label) {
                    let to = &stages[at(k, way.to)].grid.steps[way.to.1];
                    raise(&mut rooms, to.row, way.stack + label.height());
                }
            }
        }
        let above = if levels == 0 { 0.0 } else { 12.0 };
        let band_bottom = sizes.lane_pad + levels as f32 * sizes.level + above;
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
        Rows {
            tops,
            heights,
            band_bottom,
            density,
        }
    }

    fn sizes(&self) -> &'static Sizes {
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

    fn middle(&self, row: usize) -> f32 {
        // All rows are entered and left at the height of the name.
        self.tops[row] + self.heights[row].min(self.sizes().card_height) / 2.0
    }

    fn level(&self, level: usize) -> f32 {
        self.band_bottom - 12.0 - level as f32 * self.sizes().level
    }
}

/// What the cards and ways of a stage hang on beside the rows, in numbers.
pub(super) fn key(stages: &[Stage], k: usize, out: &mut Vec<u64>) {
    let stage = &stages[k];
    let ways = &stage.ways;
    out.extend([stage.version, stage.numbered, ways.version]);
    for w in &ways.crossing {
        let to = &stages[at(k, ways.all[*w].to)];
        out.extend([to.version, (to.x - stage.x).to_bits()]);
    }
    let looks_around = |w: &usize| ways.all[*w].label.is_some();
    if ways.over.iter().any(looks_around) {
        let near = |k: Option<usize>| k.and_then(|k| stages.get(k)).map_or(0, |s| s.ways.version);
        out.extend([near(k.checked_sub(1)), near(Some(k + 1))]);
    }
}

/// The ways out of a stage.
pub(super) fn routes(shown: &Shown<'_>, stages: &[Stage], k: usize, rows: &Rows) -> Vec<Route> {
    let risers = Risers::around(stages, k, rows);
    let ways = &stages[k].ways;
    let mut routes = Vec::with_capacity(ways.all.len());
    for way in &ways.all {
        let to = &stages[at(k, way.to)];
        let Some(target) = shown.map.touchpoints_in(&to.id).get(way.to.1) else {
            continue;
        };
        let points = points(stages, k, way, rows);
        let label = way.label.as_ref().map(|words| {
            let mut runs = Vec::new();
            if way.over {
                let (x, bottom) = along(&points, words.along(), &risers);
                words.place_along(x, bottom, &mut runs);
            } else {
                let called = match way.to.0 {
                    0 => ways.called(way.to.1),
                    _ => 0.0,
                };
                let step = &to.grid.steps[way.to.1];
                let card = (to.x - stages[k].x) as f32 + shown.sizes.card_x(step.column);
                let bottom = rows.tops[step.row] - 6.0 - (way.stack + called);
                words.place_above(card + LABEL_INSET, bottom, &mut runs);
            }
            RouteLabel { runs }
        });
        let row = stages[k].grid.steps[way.from].row;
        let seam = way
            .hands
            .map(|hands| seam(hands, &points, way.over, row, rows));
        routes.push(Route {
            from: way.from,
            target: target.id().clone(),
            kind: way.kind,
            points,
            label,
            seam,
        });
    }
    routes
}

/// Left edge and bottom of the words at a loop: along its line, where no other
/// loop rises through them; the middle first.
fn along(points: &[Point], width: f32, risers: &Risers) -> (f32, f32) {
    let xs = points.iter().map(|p| p.x);
    let (left, right) = (
        xs.clone().fold(f32::MAX, f32::min),
        xs.fold(f32::MIN, f32::max),
    );
    let top = points.iter().map(|p| p.y).fold(f32::MAX, f32::min);
    let bottom = top - 3.0;
    let middle = (left + right - width) / 2.0;
    let place = (0..24)
        .map(|step| middle + [16.0, -16.0][step % 2] * step.div_ceil(2) as f32)
        .find(|x| risers.none_between(x - 4.0, x + width + 4.0, bottom));
    (place.unwrap_or(middle), bottom)
}

fn points(stages: &[Stage], k: usize, way: &Way, rows: &Rows) -> Vec<Point> {
    let (here, there) = (&stages[k], &stages[at(k, way.to)]);
    let (a, b) = (&here.grid.steps[way.from], &there.grid.steps[way.to.1]);
    let sizes = rows.sizes();
    let ax = sizes.card_x(a.column);
    let bx = (there.x - here.x) as f32 + sizes.card_x(b.column);
    let (right_a, left_b) = (ax + sizes.card, bx);
    let (ya, yb) = (rows.middle(a.row), rows.middle(b.row));
    let (out, into) = (right_a + sizes.gutter * 0.34, left_b - sizes.gutter * 0.4);
    if way.over {
        let y = rows.level(way.level);
        let x = rise(a, ax, sizes);
        let mut points = if a.row == 0 {
            vec![pt(x, rows.tops[0]), pt(x, y)]
        } else {
            vec![pt(right_a, ya), pt(x, ya), pt(x, y)]
        };
        let x = fall(b, bx, sizes);
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
    if a.row == b.row && free(stages, k, way, a.row) {
        return vec![pt(right_a, ya), pt(left_b, yb)];
    }
    if free(stages, k, way, b.row) {
        return vec![pt(right_a, ya), pt(out, ya), pt(out, yb), pt(left_b, yb)];
    }
    if free(stages, k, way, a.row) {
        return vec![pt(right_a, ya), pt(into, ya), pt(into, yb), pt(left_b, yb)];
    }
    // Both rows are taken on the way: through the gap above the lower row.
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

/// The seam across a way: as high as the cards between two that stand side by side,
/// else short and level, where the way runs upright.
fn seam(hands: Hands, points: &[Point], over: bool, row: usize, rows: &Rows) -> Seam {
    let sizes = rows.sizes();
    let [start, .., tip] = points else {
        let nowhere = (pt(0.0, 0.0), pt(0.0, 0.0));
        return Seam::new(hands, nowhere, false);
    };
    if start.y == tip.y && points.len() == 2 {
        let gap = (sizes.gutter + 2.0 * size::STAGE_PAD).min(tip.x - start.x);
        let x = tip.x - gap / 2.0;
        let (top, bottom) = (rows.top(row), rows.top(row) + rows.height(row));
        return Seam::new(hands, (pt(x, top + 2.0), pt(x, bottom - 2.0)), false);
    }
    let upright = points.windows(2).filter(|line| line[0].x == line[1].x);
    let length = |line: &&[Point]| (line[1].y - line[0].y).abs();
    let line = match over {
        true => upright.clone().next(),
        false => upright
            .clone()
            .max_by(|a, b| length(a).total_cmp(&length(b))),
    };
    let (a, b) = line.map_or((*start, *tip), |line| (line[0], line[1]));
    let down = if b.y < a.y { -1.0 } else { 1.0 };
    // Loops cross it where they leave their card, a way straight down before its head.
    let y = match (over, points.len()) {
        (true, _) => a.y + down * GAP_ABOVE.min((b.y - a.y).abs() / 2.0),
        (false, 2) => a.y + down * GAP_ABOVE,
        (false, _) => (a.y + b.y) / 2.0,
    };
    let half = sizes.gutter * 0.26;
    Seam::new(hands, (pt(a.x - half, y), pt(a.x + half, y)), b.y < a.y)
}

/// How far from a card the short seam of a way is that leaves its upper or lower edge.
const GAP_ABOVE: f32 = 8.5;

/// Where a loop rises from a card with this left edge.
fn rise(step: &Step, card: f32, sizes: &Sizes) -> f32 {
    match step.row {
        0 => card + sizes.card - 42.0,
        _ => card + sizes.card + sizes.gutter * 0.34,
    }
}

/// Where a loop comes down to a card with this left edge.
fn fall(step: &Step, card: f32, sizes: &Sizes) -> f32 {
    match step.row {
        0 => card + sizes.card - 20.0,
        _ => card - sizes.gutter * 0.4,
    }
}

/// The upright parts of the loops that begin or end in a stage or next to it:
/// x relative to the stage, upper end. Other ways stay below all words at loops.
struct Risers(Vec<(f32, f32)>);

impl Risers {
    fn around(stages: &[Stage], k: usize, rows: &Rows) -> Risers {
        let sizes = rows.sizes();
        let mut risers = Vec::new();
        let near = k.saturating_sub(1)..(k + 2).min(stages.len());
        for stage in &stages[near] {
            let dx = (stage.x - stages[k].x) as f32;
            let step = |step: usize| {
                let step = &stage.grid.steps[step];
                (step, dx + sizes.card_x(step.column))
            };
            for w in &stage.ways.over {
                let way = &stage.ways.all[*w];
                let y = rows.level(way.level);
                let (from, x) = step(way.from);
                risers.push((rise(from, x, sizes), y));
                if way.to.0 == 0 {
                    let (to, x) = step(way.to.1);
                    risers.push((fall(to, x, sizes), y));
                }
            }
            for (place, level) in &stage.ways.ends {
                let (to, x) = step(*place);
                risers.push((fall(to, x, sizes), rows.level(*level)));
            }
        }
        Risers(risers)
    }

    /// Whether no way rises above `y` between two places.
    fn none_between(&self, from: f32, to: f32, y: f32) -> bool {
        let between = |riser: &&(f32, f32)| riser.0 >= from && riser.0 <= to;
        self.0.iter().filter(between).all(|riser| riser.1 > y)
    }
}

fn label(
    shown: &Shown<'_>,
    touchpoint: &Touchpoint,
    (leg, hands): (&Leg, Option<Hands>),
    backward: bool,
    measure: &mut dyn Measure,
) -> Option<Words> {
    let sizes = shown.sizes;
    // Where not everything is said, stitches speak for themselves.
    let said = shown.common.seams && sizes.full;
    let room = match (backward, said) {
        (true, _) => f32::INFINITY,
        (false, false) => sizes.card - LABEL_INSET,
        (false, true) => sizes.card - LABEL_INSET - RISERS,
    };
    let path = leg.written.map(|at| &touchpoint.paths[at]);
    let own = path.and_then(|path| {
        let words = match (path.label.as_str(), path.share) {
            ("", None) => return None,
            ("", Some(share)) => share.to_string(),
            (label, None) => label.to_owned(),
            (label, Some(share)) => format!("{label} · {share}"),
        };
        let ink = if leg.kind == PathKind::Failure {
            Ink::Bad
        } else {
            Ink::Soft
        };
        let style = sizes.text(size::SMALL);
        Some(Block::new(&words, style, ink, room, measure))
    });
    let seam = hands.filter(|_| said);
    let seam = seam.map(|hands| shown.hands(hands, room, measure));
    Words::new(own, seam)
}
