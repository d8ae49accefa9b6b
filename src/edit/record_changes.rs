//! Builds a change to one record, checking that it applies to the map.
//!
//! Must not know: intents, references to the record.

use super::change::{Change, Edit};
use super::plan_error::{PlanError, missing_error};
use crate::model::{Id, Map, Record, Table, Touchpoint, TouchpointId};

/// Returns an error if the record does not exist.
pub(super) fn require<R: Record>(map: &Map, id: &R::Id) -> Result<(), PlanError>
where
    Map: Table<R>,
{
    match Table::<R>::get(map, id) {
        Some(_) => Ok(()),
        None => Err(missing_error(id)),
    }
}

/// Inserts a record at an existing position.
pub(super) fn insert<R: Record, P>(
    map: &Map,
    at: P,
    record: &R,
    out: &mut Vec<Change>,
) -> Result<(), PlanError>
where
    Map: Table<R, Place = P>,
    Change: From<Edit<R, P>>,
{
    if Table::<R>::get(map, record.id()).is_some() {
        return Err(PlanError::IdTaken {
            word: R::Id::WORD,
            id: record.id().to_string(),
        });
    }
    let record = record.clone();
    out.push(Edit::Insert { at, record }.into());
    Ok(())
}

/// Appends a record to its list.
pub(super) fn append<R: Record>(
    map: &Map,
    record: &R,
    out: &mut Vec<Change>,
) -> Result<(), PlanError>
where
    Map: Table<R, Place = usize>,
    Change: From<Edit<R, usize>>,
{
    insert(map, Table::<R>::count(map), record, out)
}

/// Replaces the record with the same id, if they differ.
pub(super) fn replace<R: Record, P>(
    map: &Map,
    after: &R,
    out: &mut Vec<Change>,
) -> Result<(), PlanError>
where
    Map: Table<R, Place = P>,
    Change: From<Edit<R, P>>,
{
    let before = Table::<R>::get(map, after.id()).ok_or_else(|| missing_error(after.id()))?;
    if before != after {
        let (before, after) = (before.clone(), after.clone());
        out.push(Edit::Replace { before, after }.into());
    }
    Ok(())
}

/// Removes a record, but not the references to it.
pub(super) fn remove<R: Record>(
    map: &Map,
    id: &R::Id,
    out: &mut Vec<Change>,
) -> Result<(), PlanError>
where
    Map: Table<R, Place = usize>,
    Change: From<Edit<R, usize>>,
{
    let (Some(at), Some(record)) = (Table::<R>::location(map, id), Table::<R>::get(map, id)) else {
        return Err(missing_error(id));
    };
    let record = record.clone();
    out.push(Edit::Remove { at, record }.into());
    Ok(())
}

/// Moves a record within its list; clamped to the end.
pub(super) fn move_to<R: Record>(
    map: &Map,
    id: &R::Id,
    to: usize,
    out: &mut Vec<Change>,
) -> Result<(), PlanError>
where
    Map: Table<R, Place = usize>,
    Change: From<Edit<R, usize>>,
{
    let from = Table::<R>::location(map, id).ok_or_else(|| missing_error(id))?;
    let to = to.min(Table::<R>::count(map).saturating_sub(1));
    if from != to {
        let id = id.clone();
        out.push(Edit::<R, usize>::Move { id, from, to }.into());
    }
    Ok(())
}

/// Replaces a touchpoint by an edited copy.
pub(super) fn edit_touchpoint(
    map: &Map,
    id: &TouchpointId,
    out: &mut Vec<Change>,
    edit: impl FnOnce(&mut Touchpoint),
) -> Result<(), PlanError> {
    let mut after = map.touchpoint(id).ok_or_else(|| missing_error(id))?.clone();
    edit(&mut after);
    replace(map, &after, out)
}
