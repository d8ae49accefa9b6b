//! Connections between the routes of all stages: targets in other stages, routes above the cards
//! with their levels, and stacking of labels above cards.
//!
//! Must not know: how routes are drawn.

use super::loops::{assign_levels, map_column};
use super::route_labels::{RelativeTarget, RoutePlan, StageRoutes, route_label, stage_index};
use crate::graph::{LinkTarget, StageExit};
use crate::layout::LayoutInputs;
use crate::layout::handoffs::{self, OwnerPair};
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
            let stage = &mut stages[k];
            let way = &mut stage.routes.all[w];
            if std::mem::replace(&mut way.is_above, over) == over {
                continue;
            }
            turned = true;
            // The paths of a bundle are counted in one line.
            let is_bundled = stage.folded.is_some() || folded[stage_index(k, way.to)];
            let touchpoint = map.touchpoints_in(&stage.id).get(way.from);
            if let Some(touchpoint) = touchpoint.filter(|_| way.label.is_some() && !is_bundled) {
                let leg = (&stage.flow.edges[way.edge], way.owners);
                let is_one_line = over || way.to.0 < 0;
                let label = route_label(shown, touchpoint, leg, (is_one_line, false));
                way.label = label.map(Box::new);
            }
        }
        if turned {
            let stage = &mut stages[k];
            stage.routes.update_summary(&stage.grid.steps, fresh());
        }
    }
    let levels = assign_levels(stages, shown.text.sizes, &mut fresh);
    stack_labels(stages, &mut fresh);
    levels
}

/// Assigns to every stage the labels above its cards, and to every route the height of the labels
/// between its own and the card.
fn stack_labels(stages: &mut [StageLayout], fresh: &mut impl FnMut() -> u64) {
    let mut said = labeled_handoffs(stages);
    let mut all = Vec::new();
    let folded: Vec<bool> = stages.iter().map(StageLayout::is_folded).collect();
    for k in 0..stages.len() {
        let mut turned = false;
        for at in 0..stages[k].routes.outgoing.len() {
            let w = stages[k].routes.outgoing[at];
            let beside = joins_neighbors(stages, k, &stages[k].routes.all[w]);
            let way = &mut stages[k].routes.all[w];
            let Some(label) = &mut way.label else {
                continue;
            };
            let card = (stage_index(k, way.to), way.to.1);
            let echo = |hands| !way.is_above && (beside || !said.insert((card, hands)));
            turned |= label.set_suppressed(way.owners.is_some_and(echo));
            if !way.is_above {
                // The touchpoints of a folded stage share a card.
                let step = if folded[card.0] { 0 } else { card.1 };
                all.push((card.0, step, k, w, label.height()));
            }
        }
        if turned {
            stages[k].routes.version = fresh();
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
        let own = own.filter(|way| !way.is_above && way.says_handoff());
        said.extend(own.filter_map(|way| Some(((k, way.to.1), way.owners?))));
    }
    said
}

/// Whether a route leads to a card in the next column of another stage: both cards name their
/// owners on either side of the handoff mark. The card of a folded stage names none.
fn joins_neighbors(stages: &[StageLayout], k: usize, way: &RoutePlan) -> bool {
    let (from, to) = (&stages[k], &stages[stage_index(k, way.to)]);
    !from.is_folded()
        && !to.is_folded()
        && map_column(from, way.from).abs_diff(map_column(to, way.to.1)) <= 1
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
