//! Planning: turns an intent into changes.
//!
//! An intent without effect gives an empty set. Edits that all records of lists have in
//! common are planned in `list_record`.

use super::change::{Change, ChangeSet};
use super::image_gc;
use super::intent::Intent;
use super::normal_form::NormalForm as _;
use super::orphaned_comments;
use super::orphaned_conflicts;
use super::plan_error::PlanError;
use super::planner::{Planner, check_texts};
use crate::model::{Map, ObjectRef, Path, Stage, Suppression, Touchpoint};

/// Plans an intent against a map, which stays unchanged.
///
/// # Errors
/// A [`PlanError`] if the intent refers to a missing record or is not allowed.
pub fn plan(map: &Map, intent: &Intent) -> Result<ChangeSet, PlanError> {
    plan_and_apply(&mut map.clone(), intent)
}

/// Plans an intent and applies it; returns the changes.
///
/// # Errors
/// The same as for [`plan`]; the map is then unchanged.
pub fn plan_and_apply(map: &mut Map, intent: &Intent) -> Result<ChangeSet, PlanError> {
    let before = matches!(intent, Intent::Batch { .. }).then(|| map.clone());
    let mut all = plan_and_apply_uncleaned(map, intent)?;
    // Intents of a batch may cancel out.
    if let Some(before) = before.filter(|before| before == map) {
        *map = before;
        return Ok(ChangeSet::default());
    }
    let let_go = image_gc::released_images(map, &all);
    if !let_go.is_empty() {
        image_gc::remove_unreferenced(map, &let_go, &mut all);
    }
    orphaned_comments::rehome(map, &mut all);
    orphaned_conflicts::remove(map, &mut all);
    Ok(all)
}

fn plan_and_apply_uncleaned(map: &mut Map, intent: &Intent) -> Result<ChangeSet, PlanError> {
    let Intent::Batch { intents, .. } = intent else {
        let mut planner = Planner::new(map);
        plan_single(&mut planner, intent)?;
        let changes = ChangeSet(planner.changes);
        if let Err(misfit) = changes.apply(map) {
            debug_assert!(false, "a planned change did not fit: {misfit}");
            return Ok(ChangeSet::default());
        }
        return Ok(changes);
    };
    let mut all = ChangeSet::default();
    // Each intent is planned against the map that results from those before it.
    for intent in intents {
        match plan_and_apply_uncleaned(map, intent) {
            Ok(changes) => all.squash(changes),
            Err(refusal) => {
                let undone = all.inverse().apply(map);
                debug_assert!(undone.is_ok(), "no way back: {undone:?}");
                return Err(refusal);
            }
        }
    }
    Ok(all)
}

/// Plans an intent that is not a batch.
fn plan_single(planner: &mut Planner<'_>, intent: &Intent) -> Result<(), PlanError> {
    let map = planner.map;
    match intent {
        Intent::SetHeader(after) => {
            let mut after = after.clone();
            after.normalize();
            if *map.header() != *after {
                check_texts(after.as_ref())?;
                let before = Box::new(map.header().clone());
                let change = Change::Header(before, after);
                planner.changes.push(change);
            }
            Ok(())
        }
        Intent::AddStage { at, stage } => {
            planner.insert((*at).min(map.stages().len()), stage.as_ref())
        }
        Intent::AddTouchpoint {
            stage,
            at,
            touchpoint,
        } => {
            planner.find::<Stage>(stage)?;
            let at = (*at).min(map.touchpoints_in(stage).len());
            planner.insert((stage.clone(), at), touchpoint.as_ref())
        }
        Intent::MoveTouchpoint { id, stage, to } => {
            planner.find::<Stage>(stage)?;
            let is_here = map.stage_of(id) == Some(stage);
            let others = map.touchpoints_in(stage).len() - usize::from(is_here);
            planner.move_to::<Touchpoint>(id, (stage.clone(), (*to).min(others)))
        }
        Intent::DeleteTouchpoint(id) => {
            planner.find::<Touchpoint>(id)?;
            planner.remove_paths_to(std::slice::from_ref(id));
            let gone = ObjectRef::Touchpoint(id.clone());
            planner.remove_from_saved_views(|object| *object == gone);
            planner.remove::<Touchpoint>(id)
        }
        Intent::Connect { from, path } => {
            planner.find::<Touchpoint>(&path.to)?;
            if *from == path.to {
                return Err(PlanError::PathToItself);
            }
            planner.edit_touchpoint(from, |t| {
                let mut known = t.paths.iter_mut();
                match known.find(|p| p.to == path.to && p.kind == path.kind) {
                    Some(known) => *known = path.clone(),
                    None => t.paths.push(path.clone()),
                }
            })
        }
        Intent::Disconnect { from, to, kind } => planner.edit_touchpoint(from, |t| {
            let is_other = |p: &Path| p.to != *to || p.kind != *kind;
            t.ends |= t.paths.iter().all(is_other);
            t.paths.retain(is_other);
        }),
        Intent::Suppress(suppression) => planner.append(suppression.as_ref()),
        Intent::Unsuppress(id) => planner.remove::<Suppression>(id),
        other => other.plan_in_list(planner),
    }
}
