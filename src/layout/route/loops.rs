//! Loops: their levels above the cards, and the positions of their labels.
//!
//! Must not know: heights, colours, the scene.

use super::route_labels::{RoutePlan, stage_index};
use crate::layout::grid::GridStep;
use crate::layout::paths::{MAX_LEVELS, SpanLevels};
use crate::layout::stage::StageLayout;
use crate::theme::Sizes;

/// Space at both sides of a label.
const LABEL_AIR: f64 = 4.0;

/// Number of times that loops are distributed to levels, each time with the room for the labels
/// that met before.
const MAX_ROUNDS: usize = 4;

/// A loop with x in map units.
struct Loop {
    /// Number of columns between its ends, and the first of them: shorter loops run closer to the
    /// cards.
    columns: (usize, usize),
    stage: usize,
    route: usize,
    /// Left and right end of its cards, and of what is kept free for its label.
    span: (f64, f64),
    /// The positions at which it rises and comes down.
    risers: (f64, f64),
    /// Width of the label; 0 without one.
    label_width: f64,
    level: usize,
    /// Left edge of the label; `None` without one, and where it would lie over others.
    label_x: Option<f64>,
}

/// Assigns every loop a level, and its label a position along its line, where no other loop rises
/// through it and it meets no other label. Returns the number of levels.
pub(super) fn assign_levels(
    stages: &mut [StageLayout],
    sizes: &Sizes,
    fresh: &mut impl FnMut() -> u64,
) -> usize {
    let mut loops = Vec::new();
    for (k, stage) in stages.iter().enumerate() {
        let above = stage.routes.above.iter();
        loops.extend(above.map(|w| Loop::new(stages, k, *w, sizes)));
    }
    let last = stages.last();
    let edges = (
        stages.first().map_or(0.0, |stage| stage.x),
        last.map_or(0.0, |stage| stage.x + f64::from(stage.band.width)),
    );
    loops.sort_unstable_by_key(|it| (it.columns, it.stage, it.route));
    let mut count = 0;
    for round in 1..=MAX_ROUNDS {
        count = distribute(&mut loops);
        place_labels(&mut loops, edges);
        if !separate_labels(&mut loops, round == MAX_ROUNDS) {
            break;
        }
    }
    for it in loops {
        let x = stages[it.stage].x;
        let label_x = it.label_x.map(|label_x| (label_x - x) as f32);
        let routes = &mut stages[it.stage].routes;
        let route = &mut routes.all[it.route];
        if (route.level, route.label_x) != (it.level, label_x) {
            (route.level, route.label_x) = (it.level, label_x);
            routes.version = fresh();
        }
    }
    count
}

impl Loop {
    fn new(stages: &[StageLayout], k: usize, w: usize, sizes: &Sizes) -> Loop {
        let here = &stages[k];
        let way: &RoutePlan = &here.routes.all[w];
        let there = &stages[stage_index(k, way.to)];
        let (from, to) = (&here.grid.steps[way.from], &there.grid.steps[way.to.1]);
        let (a, b) = (map_column(here, way.from), map_column(there, way.to.1));
        let (from_card, to_card) = (here.card_span(from, sizes), there.card_span(to, sizes));
        let rise = here.x + f64::from(rise_x(from, from_card.1, sizes));
        let fall = there.x + f64::from(fall_x(to, to_card, sizes));
        let left = |stage: &StageLayout, card: (f32, f32)| stage.x + f64::from(card.0);
        let right = |stage: &StageLayout, card: (f32, f32)| stage.x + f64::from(card.1);
        let label = way.label.as_ref().filter(|label| !label.is_empty());
        Loop {
            columns: (a.abs_diff(b), a.min(b)),
            stage: k,
            route: w,
            span: (
                left(here, from_card).min(left(there, to_card)),
                right(here, from_card).max(right(there, to_card)),
            ),
            risers: (rise, fall),
            label_width: label.map_or(0.0, |label| f64::from(label.line_width())),
            level: 0,
            label_x: None,
        }
    }

    /// Left and right end of the label with the space beside it.
    fn label_span(&self) -> Option<(f64, f64)> {
        let x = self.label_x?;
        Some((x - LABEL_AIR, x + self.label_width + LABEL_AIR))
    }
}

/// Assigns every loop the lowest level that is free over its whole span, and its label a position
/// of no meaning if the loop has that level for itself. Returns the number of levels.
fn distribute(loops: &mut [Loop]) -> usize {
    let mut levels = SpanLevels::new(MAX_LEVELS);
    for it in loops {
        let (level, is_shared) = levels.add(it.span.0, it.span.1);
        it.level = level;
        it.label_x = (it.label_width > 0.0 && !is_shared).then_some(0.0);
    }
    levels.count()
}

/// Places the labels: as near to the middle of their lines as possible, inside the map.
fn place_labels(loops: &mut [Loop], (left, right): (f64, f64)) {
    let both = |it: &Loop| [(it.risers.0, it.level), (it.risers.1, it.level)];
    let mut risers: Vec<(f64, usize)> = loops.iter().flat_map(both).collect();
    risers.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Whether no loop of a higher level rises between two positions.
    let is_free = |level: usize, (from, to): (f64, f64)| {
        let first = risers.partition_point(|riser| riser.0 < from);
        let mut near = risers.iter().skip(first).take_while(|riser| riser.0 <= to);
        near.all(|riser| riser.1 <= level)
    };
    for it in loops.iter_mut().filter(|it| it.label_x.is_some()) {
        let width = it.label_width;
        let last = (right - width).max(left);
        let middle = (it.risers.0 + it.risers.1 - width) / 2.0;
        let middle = middle.clamp(left, last);
        let found = (0..24)
            .map(|step| middle + [16.0, -16.0][step % 2] * step.div_ceil(2) as f64)
            .filter(|x| (left..=last).contains(x))
            .find(|x| is_free(it.level, (x - LABEL_AIR, x + width + LABEL_AIR)));
        it.label_x = Some(found.unwrap_or(middle));
    }
}

/// Widens the spans of loops on one level whose labels meet; `at_last` leaves one of the labels out
/// instead. Returns whether any met.
fn separate_labels(loops: &mut [Loop], at_last: bool) -> bool {
    let mut order: Vec<usize> = (0..loops.len())
        .filter(|at| loops[*at].label_x.is_some())
        .collect();
    order.sort_by(|a, b| {
        let key = |it: &Loop| (it.level, it.label_x.unwrap_or_default());
        let (a, b) = (key(&loops[*a]), key(&loops[*b]));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let mut any = false;
    let mut former: Option<usize> = None;
    for at in order {
        let meets = former.filter(|former| {
            let (a, b) = (&loops[*former], &loops[at]);
            let ends = a.label_span().zip(b.label_span());
            a.level == b.level && ends.is_some_and(|(a, b)| a.1 > b.0)
        });
        let Some(other) = meets else {
            former = Some(at);
            continue;
        };
        any = true;
        if at_last {
            loops[at].label_x = None;
            continue;
        }
        for at in [other, at] {
            if let Some((from, to)) = loops[at].label_span() {
                let span = &mut loops[at].span;
                *span = (span.0.min(from), span.1.max(to));
            }
        }
        former = Some(at);
    }
    any
}

/// Column of a step, counted from the first of the map.
pub(super) fn map_column(stage: &StageLayout, step: usize) -> usize {
    stage.first_column + stage.grid.steps[step].column
}

/// X at which a loop rises from a card with this right edge.
pub(super) fn rise_x(step: &GridStep, right: f32, sizes: &Sizes) -> f32 {
    match step.row {
        0 => right - 42.0,
        _ => right + sizes.gutter * 0.34,
    }
}

/// X at which a loop comes down to a card with these edges.
pub(super) fn fall_x(step: &GridStep, (left, right): (f32, f32), sizes: &Sizes) -> f32 {
    match step.row {
        0 => right - 20.0,
        _ => left - sizes.gutter * 0.4,
    }
}
