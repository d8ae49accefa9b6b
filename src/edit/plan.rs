//! Planning: turns an intent into changes.
//!
//! Planning never changes the given map. An intent without effect gives an empty
//! set. Edits that all records of lists have in common are planned in
//! `record_intent`.

use super::change::{Change, ChangeSet, Edit};
use super::image_gc;
use super::intent::Intent;
use super::list_record::{remove_paths_to, remove_touchpoint};
use super::plan_error::{PlanError, missing_error};
use super::record_changes::{append, edit_touchpoint, insert, remove, replace, require};
use crate::model::{Map, Path, Stage, Suppression, Touchpoint};

/// Plans an intent against a map.
///
/// # Errors
/// A [`PlanError`] if the intent refers to a missing record or is not allowed.
pub fn plan(map: &Map, intent: &Intent) -> Result<ChangeSet, PlanError> {
    if let Intent::Batch { .. } = intent {
        // Each intent is planned against the map that results from those before it.
        return plan_and_apply(&mut map.clone(), intent);
    }
    let mut changes = plan_uncleaned(map, intent)?;
    let let_go = image_gc::released_images(map, &changes);
    if !let_go.is_empty() {
        let mut after = map.clone();
        let applied = changes.apply(&mut after);
        debug_assert!(applied.is_ok(), "a planned change did not fit: {applied:?}");
        image_gc::remove_unreferenced(&mut after, &let_go, &mut changes);
    }
    Ok(changes)
}

fn plan_uncleaned(map: &Map, intent: &Intent) -> Result<ChangeSet, PlanError> {
    let mut changes = Vec::new();
    match intent {
        Intent::SetHeader(header) => {
            if map.header() != header.as_ref() {
                changes.push(Change::Header(
                    Box::new(map.header().clone()),
                    header.clone(),
                ));
            }
        }

        Intent::AddStage { at, stage } => {
            let at = (*at).min(map.stages().len());
            insert(map, at, stage.as_ref(), &mut changes)?;
        }

        Intent::AddTouchpoint {
            stage,
            at,
            touchpoint,
        } => {
            require::<Stage>(map, stage)?;
            let at = (*at).min(map.touchpoints_in(stage).len());
            insert(map, (stage.clone(), at), touchpoint.as_ref(), &mut changes)?;
        }
        Intent::SetTouchpoint(touchpoint) => replace(map, touchpoint.as_ref(), &mut changes)?,
        Intent::MoveTouchpoint { id, stage, to } => {
            require::<Stage>(map, stage)?;
            let from = map.location_of(id).ok_or_else(|| missing_error(id))?;
            let others = map.touchpoints_in(stage).len() - usize::from(from.0 == *stage);
            let to = (stage.clone(), (*to).min(others));
            if from != to {
                changes.push(
                    Edit::<Touchpoint, _>::Move {
                        id: id.clone(),
                        from,
                        to,
                    }
                    .into(),
                );
            }
        }
        Intent::DeleteTouchpoint(id) => {
            require::<Touchpoint>(map, id)?;
            remove_paths_to(map, std::slice::from_ref(id), &mut changes);
            remove_touchpoint(map, id, &mut changes);
        }

        Intent::Connect { from, path } => {
            require::<Touchpoint>(map, &path.to)?;
            if *from == path.to {
                return Err(PlanError::PathToItself);
            }
            edit_touchpoint(map, from, &mut changes, |t| {
                let known = t
                    .paths
                    .iter_mut()
                    .find(|p| p.to == path.to && p.kind == path.kind);
                match known {
                    Some(known) => *known = path.clone(),
                    None => t.paths.push(path.clone()),
                }
            })?;
        }
        Intent::Disconnect { from, to, kind } => {
            edit_touchpoint(map, from, &mut changes, |t| {
                let is_it = |p: &Path| p.to == *to && p.kind == *kind;
                if t.paths.iter().any(is_it) {
                    t.paths.retain(|p| !is_it(p));
                } else {
                    t.ends = true;
                }
            })?;
        }

        Intent::Suppress(suppression) => append(map, suppression.as_ref(), &mut changes)?,
        Intent::Unsuppress(id) => remove::<Suppression>(map, id, &mut changes)?,

        Intent::Batch { .. } => return plan_and_apply_uncleaned(&mut map.clone(), intent),
        other => {
            if let Some(edit) = other.record_intent() {
                edit.plan(map, &mut changes)?;
            }
        }
    }
    Ok(ChangeSet(changes))
}

/// Plans an intent and applies it; returns the changes. Unlike [`plan`] followed
/// by applying, this needs no copy of the map for batches.
///
/// # Errors
/// The same as for [`plan`]; the map is then unchanged.
pub fn plan_and_apply(map: &mut Map, intent: &Intent) -> Result<ChangeSet, PlanError> {
    let mut all = plan_and_apply_uncleaned(map, intent)?;
    let let_go = image_gc::released_images(map, &all);
    if !let_go.is_empty() {
        image_gc::remove_unreferenced(map, &let_go, &mut all);
    }
    Ok(all)
}

fn plan_and_apply_uncleaned(map: &mut Map, intent: &Intent) -> Result<ChangeSet, PlanError> {
    let mut all = ChangeSet::default();
    let Intent::Batch { intents, .. } = intent else {
        all = plan_uncleaned(map, intent)?;
        if let Err(misfit) = all.apply(map) {
            debug_assert!(false, "a planned change did not fit: {misfit}");
            all = ChangeSet::default();
        }
        return Ok(all);
    };
    for intent in intents {
        match plan_and_apply_uncleaned(map, intent) {
            Ok(changes) => all.squash(changes),
            Err(refusal) => {
                let undone = all.inverse().apply(map);
                debug_assert!(
                    undone.is_ok(),
                    "what was done could not be undone: {undone:?}"
                );
                return Err(refusal);
            }
        }
    }
    Ok(all)
}
