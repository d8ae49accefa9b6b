//! Deletion of records together with their content and the references to them, so
//! that no edit leaves a dangling reference.
//!
//! Must not know: intents.

use super::change::{Change, ChangeSet, Edit};
use super::intent::PlanError;
use super::record_changes::{remove, require};
use crate::model::{
    Action, DepartmentId, Map, Persona, Record, Stage, StageId, Table, Touchpoint, TouchpointId,
};

/// Deletes a stage with its touchpoints.
pub(super) fn delete_stage(map: &Map, id: &StageId) -> Result<ChangeSet, PlanError> {
    require::<Stage>(map, id)?;
    let mut changes = Vec::new();
    let gone: Vec<TouchpointId> = map
        .touchpoints_in(id)
        .iter()
        .map(|t| t.id.clone())
        .collect();
    remove_paths_to(map, &gone, &mut changes);
    // Last first, so that the remaining positions stay valid.
    for touchpoint in gone.iter().rev() {
        remove_touchpoint(map, touchpoint, &mut changes);
    }
    remove::<Stage>(map, id, &mut changes)?;
    Ok(ChangeSet(changes))
}

/// Removes a touchpoint with everything it contains.
pub(super) fn remove_touchpoint(map: &Map, id: &TouchpointId, out: &mut Vec<Change>) {
    if let (Some(at), Some(record)) = (map.location_of(id), map.touchpoint(id)) {
        let record = record.clone();
        out.push(Edit::Remove { at, record }.into());
    }
}

/// Iteration over all records of one type that may contain references.
pub(super) trait MapRecords: Record + 'static {
    fn iter(map: &Map) -> impl Iterator<Item = &Self>;
}

impl MapRecords for Touchpoint {
    fn iter(map: &Map) -> impl Iterator<Item = &Touchpoint> {
        map.touchpoints()
    }
}

impl MapRecords for Stage {
    fn iter(map: &Map) -> impl Iterator<Item = &Stage> {
        map.stages().iter()
    }
}

impl MapRecords for Persona {
    fn iter(map: &Map) -> impl Iterator<Item = &Persona> {
        map.personas().iter()
    }
}

impl MapRecords for Action {
    fn iter(map: &Map) -> impl Iterator<Item = &Action> {
        map.actions().iter()
    }
}

/// Adds a replacement for each record that `edit` changes.
pub(super) fn replace_changed<R: MapRecords, P>(
    map: &Map,
    out: &mut Vec<Change>,
    edit: impl Fn(&mut R),
) where
    Change: From<Edit<R, P>>,
    Map: Table<R, Place = P>,
{
    for before in R::iter(map) {
        let mut after = before.clone();
        edit(&mut after);
        if *before != after {
            let before = before.clone();
            out.push(Edit::Replace { before, after }.into());
        }
    }
}

/// Removes all references to a department.
pub(super) fn remove_department_refs(map: &Map, id: &DepartmentId, out: &mut Vec<Change>) {
    replace_changed(map, out, |stage: &mut Stage| {
        stage.owner.take_if(|d| d == id);
        stage.supporters.retain(|d| d != id);
    });
    replace_changed(map, out, |touchpoint: &mut Touchpoint| {
        touchpoint.owner.take_if(|d| d == id);
        touchpoint.supporters.retain(|d| d != id);
        for item in &mut touchpoint.backstage {
            item.department.take_if(|d| d == id);
        }
    });
    replace_changed(map, out, |action: &mut Action| {
        action.owner.take_if(|d| d == id);
    });
}

/// Removes the paths to deleted touchpoints from all remaining touchpoints.
pub(super) fn remove_paths_to(map: &Map, gone: &[TouchpointId], out: &mut Vec<Change>) {
    for before in map.touchpoints() {
        let leads_there = before.paths.iter().any(|p| gone.contains(&p.to));
        if leads_there && !gone.contains(&before.id) {
            let mut after = before.clone();
            after.paths.retain(|p| !gone.contains(&p.to));
            let before = before.clone();
            out.push(Edit::Replace { before, after }.into());
        }
    }
}
