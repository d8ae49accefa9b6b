//! Connections between the routes of all stages: targets in other stages, routes above the cards
//! with their levels, and stacking of labels above cards.
//!
//! Must not know: how routes are drawn.

use super::route_labels::{RelativeTarget, RoutePlan, StageRoutes};
use crate::graph::{LinkTarget, StageExit};
use crate::layout::LayoutInputs;
use crate::layout::handoffs::{self, OwnerPair};
use crate::layout::paths::{MAX_LEVELS, SpanLevels};
use crate::layout::stage::StageLayout;
use crate::model::Touchpoint;
use rustc_hash::{FxHashMap, FxHashSet};

/// Connects the routes of all stages: targets in other stages, routes above the cards with their
/// levels, and stacking of labels above cards. Does little work for unchanged stages. Returns the
/// number of levels.
pub(in crate::layout) fn connect_stages(
    shown: &mut LayoutInputs<'_>,
    stages: &mut [StageLayout],
    versions: &mut u64,
) -> usize {
    let map = shown.map;
    let mut fresh = || {
        *versions += 1;
        *versions
    };
    let exits = StageExit::all(stages.iter().map(|stage| &stage.flow));
    let (mut targets, mut owners, mut folds) = (Vec::new(), Vec::new(), Vec::new());
    let folded: Vec<bool> = stages.iter().map(StageLayout::is_folded).collect();
    let mut lists: Vec<&[Touchpoint]> = Vec::new();
    if shown.shared.shows_handoffs() {
        lists.extend(map.touchpoint_lists().map(|(_, list)| list.as_slice()));
    }
    // If no stage moved, touchpoints of unchanged stages keep their index.
    let kept: Vec<bool> = stages
        .iter()
        .enumerate()
        .map(|(k, s)| s.previous_index == Some(k) && !s.band_changed)
        .collect();
    for (k, stage) in stages.iter_mut().enumerate() {
        let seen = |at: (usize, usize)| (at.0 as isize - k as isize, at.1);
        let known = stage.routes.targets.as_ref().filter(|_| kept[k]);
        let known = |i: usize| {
            let target = (*known?.get(i)?)?;
            kept.get(stage_index(k, target))
                .is_some_and(|kept| *kept)
                .then_some(target)
        };
        targets.clear();
        let outward = stage
            .outgoing_legs
            .iter()
            .map(|leg| &stage.flow.edges[*leg].to);
        targets.extend(outward.enumerate().map(|(i, to)| match to {
            LinkTarget::SameStage(step) => Some((0, *step)),
            LinkTarget::OtherStage(_) if known(i).is_some() => known(i),
            other => exits[k].target(map, other).map(seen),
        }));
        owners.clear();
        if shown.shared.shows_handoffs() {
            let touchpoint = |to: RelativeTarget| lists.get(stage_index(k, to))?.get(to.1);
            let owner = |to: &Option<RelativeTarget>| {
                let touchpoint = to.and_then(touchpoint);
                touchpoint.and_then(|it| handoffs::owner(map, it))
            };
            owners.extend(targets.iter().map(owner));
        }
        folds.clear();
        let is_folded = |to: &Option<RelativeTarget>| {
            to.is_some_and(|to| folded.get(stage_index(k, to)).is_some_and(|folded| *folded))
        };
        folds.extend(targets.iter().map(is_folded));
        let known = &stage.routes;
        if known.targets.as_ref() != Some(&targets)
            || known.owners != owners
            || known.folds != folds
        {
            let touchpoints = map.touchpoints_in(&stage.id);
            let steps = &stage.grid.steps;
            let ends = (targets.clone(), owners.clone(), folds.clone());
            let own = (&stage.flow, &steps[..], stage.is_folded());
            stage.routes = StageRoutes::of(shown, own, touchpoints, ends);
            stage.routes.update_summary(steps, fresh());
        }
    }
    for k in 0..stages.len() {
        let mut turned = false;
        for at in 0..stages[k].routes.outgoing.len() {
            let w = stages[k].routes.outgoing[at];
            let over = runs_above_between_stages(stages, k, &stages[k].routes.all[w]);
            turned |= std::mem::replace(&mut stages[k].routes.all[w].is_above, over) != over;
        }
        if turned {
            let stage = &mut stages[k];
            stage.routes.update_summary(&stage.grid.steps, fresh());
        }
    }
    let levels = assign_levels(stages, &mut fresh);
    stack_labels(stages, &mut fresh);
    levels
}

/// Assigns every loop the lowest level that is free over its whole width, shorter loops first, so
/// that they run closer to the cards. Returns the number of levels.
fn assign_levels(stages: &mut [StageLayout], fresh: &mut impl FnMut() -> u64) -> usize {
    let mut loops = Vec::new();
    let mut owners = Vec::new();
    for (k, stage) in stages.iter().enumerate() {
        for w in &stage.routes.above {
            let way = &stage.routes.all[*w];
            let (a, b) = (
                map_column(stage, way.from),
                map_column(&stages[stage_index(k, way.to)], way.to.1),
            );
            loops.push((a.max(b) - a.min(b), a.min(b), owners.len()));
            owners.push((k, *w));
        }
    }
    loops.sort_unstable();
    let mut levels = SpanLevels::new(MAX_LEVELS);
    let mut level_of = vec![0; owners.len()];
    for (span, left, owner) in loops {
        level_of[owner] = levels.add(left, left + span);
    }
    let mut ends: FxHashMap<usize, Vec<(usize, usize)>> = FxHashMap::default();
    for ((k, w), level) in owners.into_iter().zip(level_of) {
        let ways = &mut stages[k].routes;
        let way = &mut ways.all[w];
        if way.level != level {
            way.level = level;
            ways.version = fresh();
        }
        let to = way.to;
        if to.0 != 0 {
            ends.entry(stage_index(k, to))
                .or_default()
                .push((to.1, level));
        }
    }
    for (k, stage) in stages.iter_mut().enumerate() {
        let ends = ends.remove(&k).unwrap_or_default();
        if stage.routes.incoming_loops != ends {
            stage.routes.incoming_loops = ends;
            stage.routes.version = fresh();
        }
    }
    levels.count()
}

/// Assigns to every stage the labels above its cards, and to every route the height of the labels
/// between its own and the card.
fn stack_labels(stages: &mut [StageLayout], fresh: &mut impl FnMut() -> u64) {
    let mut said = labeled_handoffs(stages);
    let mut all = Vec::new();
    let folded: Vec<bool> = stages.iter().map(StageLayout::is_folded).collect();
    for (k, stage) in stages.iter_mut().enumerate() {
        let mut turned = false;
        for w in &stage.routes.outgoing {
            let way = &mut stage.routes.all[*w];
            let Some(label) = &mut way.label else {
                continue;
            };
            let card = (stage_index(k, way.to), way.to.1);
            let echo = |hands| !way.is_above && !said.insert((card, hands));
            turned |= label.set_suppressed(way.owners.is_some_and(echo));
            if !way.is_above {
                // The touchpoints of a folded stage share a card.
                let step = if folded[card.0] { 0 } else { card.1 };
                all.push((card.0, step, k, *w, label.height()));
            }
        }
        if turned {
            stage.routes.version = fresh();
        }
    }
    // By card, and for each card in the order of the routes.
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
        let way = &mut stages[k].routes.all[w];
        if way.label_offset != *sum {
            way.label_offset = *sum;
            stages[k].routes.version = fresh();
        }
        *sum += height;
    }
    for (j, stage) in stages.iter_mut().enumerate() {
        let calls = calls.remove(&j).unwrap_or_default();
        if stage.routes.incoming_labels != calls {
            stage.routes.incoming_labels = calls;
            stage.routes.update_summary(&stage.grid.steps, fresh());
        }
    }
}

/// Handoffs that stages label themselves above their cards.
fn labeled_handoffs(stages: &[StageLayout]) -> FxHashSet<((usize, usize), OwnerPair)> {
    let mut said = FxHashSet::default();
    // Not needed if no route has a handoff; visiting all routes is slow.
    let asks = |stage: &StageLayout| {
        let ways = &stage.routes;
        ways.outgoing.iter().any(|w| ways.all[*w].owners.is_some())
    };
    if !stages.iter().any(asks) {
        return said;
    }
    for (k, stage) in stages.iter().enumerate() {
        let own = stage.routes.all.iter().filter(|way| way.to.0 == 0);
        let own = own.filter(|way| !way.is_above && way.label.is_some());
        said.extend(own.filter_map(|way| Some(((k, way.to.1), way.owners?))));
    }
    said
}

/// The stage of a relative target.
pub(super) fn stage_index(stage: usize, seen: RelativeTarget) -> usize {
    stage.saturating_add_signed(seen.0)
}

/// Column of a step, counted from the first of the map.
fn map_column(stage: &StageLayout, step: usize) -> usize {
    stage.first_column + stage.grid.steps[step].column
}

/// Whether a route out of a stage runs above the cards.
fn runs_above_between_stages(stages: &[StageLayout], k: usize, way: &RoutePlan) -> bool {
    let to = &stages[stage_index(k, way.to)].grid.steps[way.to.1];
    let both_main = stages[k].grid.steps[way.from].row == 0 && to.row == 0;
    way.to.0 < 0 || (both_main && !is_row_free(stages, k, way, 0))
}

/// Whether a row has no card between the two ends of a forward route.
pub(super) fn is_row_free(stages: &[StageLayout], k: usize, way: &RoutePlan, row: usize) -> bool {
    let j = stage_index(k, way.to);
    let (first, last) = (&stages[k].grid, &stages[j].grid);
    let (a, b) = (first.steps[way.from].column, last.steps[way.to.1].column);
    if j == k {
        return (a + 1..b).all(|c| !first.is_occupied(c, row));
    }
    (a + 1..stages[k].columns).all(|c| !first.is_occupied(c, row))
        && (k + 1..j).all(|s| !stages[s].grid.is_row_occupied(row))
        && (0..b).all(|c| !last.is_occupied(c, row))
}
