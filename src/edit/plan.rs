//! Planning: turns an intent into changes.
//!
//! Planning never changes the given map. An intent without effect gives an empty
//! set. Changes to single records are in `single`, the clean-up after deletions
//! in `cascade`.

use super::cascade::{
    delete_stage, remove_department_refs, remove_paths_to, remove_touchpoint, replace_changed,
};
use super::change::{Change, ChangeSet, Edit};
use super::image_gc;
use super::intent::{Intent, PlanError};
use super::merge_records;
use super::record_changes::{
    append, edit_touchpoint, insert, missing_error, move_to, remove, replace, require,
};
use crate::model::{
    Action, Channel, Department, Environment, Id as _, Image, Lane, LaneKind, Map, Note, Path,
    Persona, PersonaId, Stage, Suppression, Touchpoint,
};

/// Plans an intent against a map.
///
/// # Errors
/// A [`PlanError`] if the intent refers to a missing record or is not allowed.
pub fn plan(map: &Map, intent: &Intent) -> Result<ChangeSet, PlanError> {
    if let Intent::Together { .. } = intent {
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
        Intent::SetStage(stage) => replace(map, stage.as_ref(), &mut changes)?,
        Intent::MoveStage { id, to } => move_to::<Stage>(map, id, *to, &mut changes)?,
        Intent::DeleteStage(id) => return delete_stage(map, id),

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

        Intent::AddPersona(persona) => append(map, persona.as_ref(), &mut changes)?,
        Intent::SetPersona(persona) => replace(map, persona.as_ref(), &mut changes)?,
        Intent::DeletePersona(id) => {
            // Feelings without a persona belong to the first one: they must not
            // pass to the next.
            let theirs = is_first(map, id) && map.personas().len() > 1;
            replace_changed(map, &mut changes, |t: &mut Touchpoint| {
                t.feelings.retain(|f| match &f.persona {
                    Some(persona) => persona != id,
                    None => !theirs,
                });
            });
            remove::<Persona>(map, id, &mut changes)?;
        }
        Intent::MovePersona { id, to } => {
            let first = map.personas().iter().next().map(|p| p.id.clone());
            // If another persona becomes first, feelings without a persona are
            // assigned to the former first one.
            let last = map.personas().len().saturating_sub(1);
            if is_first(map, id) != (last.min(*to) == 0) {
                replace_changed(map, &mut changes, |t: &mut Touchpoint| {
                    let nobodys = t.feelings.iter_mut().filter(|f| f.persona.is_none());
                    nobodys.for_each(|f| f.persona.clone_from(&first));
                });
            }
            move_to::<Persona>(map, id, *to, &mut changes)?;
        }

        Intent::AddDepartment(department) => append(map, department.as_ref(), &mut changes)?,
        Intent::SetDepartment(department) => replace(map, department.as_ref(), &mut changes)?,
        Intent::DeleteDepartment(id) => {
            remove_department_refs(map, id, &mut changes);
            remove::<Department>(map, id, &mut changes)?;
        }
        Intent::MoveDepartment { id, to } => move_to::<Department>(map, id, *to, &mut changes)?,
        Intent::MergeDepartments { from, into } => {
            merge_records::merge_departments(map, from, into, &mut changes)?;
        }

        Intent::AddChannel(channel) => append(map, channel.as_ref(), &mut changes)?,
        Intent::SetChannel(channel) => replace(map, channel.as_ref(), &mut changes)?,
        Intent::DeleteChannel(id) => {
            replace_changed(map, &mut changes, |t: &mut Touchpoint| {
                t.channel.take_if(|c| c == id);
            });
            remove::<Channel>(map, id, &mut changes)?;
        }
        Intent::MoveChannel { id, to } => move_to::<Channel>(map, id, *to, &mut changes)?,
        Intent::MergeChannels { from, into } => {
            merge_records::merge_channels(map, from, into, &mut changes)?;
        }

        Intent::AddEnvironment(environment) => append(map, environment.as_ref(), &mut changes)?,
        Intent::SetEnvironment(environment) => replace(map, environment.as_ref(), &mut changes)?,
        Intent::DeleteEnvironment(id) => {
            replace_changed(map, &mut changes, |t: &mut Touchpoint| {
                t.environment.take_if(|e| e == id);
            });
            remove::<Environment>(map, id, &mut changes)?;
        }
        Intent::MoveEnvironment { id, to } => move_to::<Environment>(map, id, *to, &mut changes)?,
        Intent::MergeEnvironments { from, into } => {
            merge_records::merge_environments(map, from, into, &mut changes)?;
        }

        Intent::AddAction(action) => append(map, action.as_ref(), &mut changes)?,
        Intent::SetAction(action) => replace(map, action.as_ref(), &mut changes)?,
        Intent::DeleteAction(id) => {
            replace_changed(map, &mut changes, |t: &mut Touchpoint| {
                for pain in &mut t.pains {
                    pain.actions.retain(|a| a != id);
                }
                for opportunity in &mut t.opportunities {
                    opportunity.actions.retain(|a| a != id);
                }
            });
            remove::<Action>(map, id, &mut changes)?;
        }

        Intent::AddLane(lane) => append(map, lane.as_ref(), &mut changes)?,
        Intent::SetLane(lane) => replace(map, lane.as_ref(), &mut changes)?,
        Intent::MoveLane { id, to } => move_to::<Lane>(map, id, *to, &mut changes)?,
        Intent::DeleteLane(id) => {
            if map
                .lanes()
                .get(id)
                .is_some_and(|l| l.kind != LaneKind::Custom)
            {
                return Err(PlanError::StandardLane);
            }
            replace_changed(map, &mut changes, |t: &mut Touchpoint| {
                t.texts.remove(id);
            });
            remove::<Lane>(map, id, &mut changes)?;
        }

        Intent::AddNote(note) => append(map, note.as_ref(), &mut changes)?,
        Intent::SetNote(note) => replace(map, note.as_ref(), &mut changes)?,
        Intent::DeleteNote(id) => remove::<Note>(map, id, &mut changes)?,

        Intent::Suppress(suppression) => append(map, suppression.as_ref(), &mut changes)?,
        Intent::Unsuppress(id) => remove::<Suppression>(map, id, &mut changes)?,

        Intent::AddImage(image) => append(map, image.as_ref(), &mut changes)?,
        Intent::SetImage(image) => replace(map, image.as_ref(), &mut changes)?,
        Intent::DeleteImage(id) => {
            let lanes = image_gc::picture_lanes(map);
            replace_changed(map, &mut changes, |t: &mut Touchpoint| {
                t.pictures.retain(|p| p != id);
                t.texts
                    .retain(|lane, text| text != id.as_str() || !lanes.contains(lane));
            });
            replace_changed(map, &mut changes, |p: &mut Persona| {
                p.picture.take_if(|p| p == id);
            });
            remove::<Image>(map, id, &mut changes)?;
        }

        Intent::Together { .. } => return plan_and_apply_uncleaned(&mut map.clone(), intent),
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
    let Intent::Together { intents, .. } = intent else {
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

fn is_first(map: &Map, id: &PersonaId) -> bool {
    map.personas().position(id) == Some(0)
}
