//! The changes of one record, each against the map: what must be there is, what
//! must not be there is not, and the place is one that the list has.
//!
//! Must not know: wishes, what else refers to the record.

use super::change::{Change, Edit};
use super::intent::Refusal;
use crate::model::{Id, Map, Record, Table, Touchpoint, TouchpointId};

/// The refusal of a wish about something that is not there.
pub(super) fn missing<I: Id>(id: &I) -> Refusal {
    Refusal::Missing {
        word: I::WORD,
        id: id.to_string(),
    }
}

/// Refuses where there is no such record.
pub(super) fn must_exist<R: Record>(map: &Map, id: &R::Id) -> Result<(), Refusal>
where
    Map: Table<R>,
{
    match Table::<R>::get(map, id) {
        Some(_) => Ok(()),
        None => Err(missing(id)),
    }
}

/// Adds a record at a place that there is.
pub(super) fn insert<R: Record, P>(
    map: &Map,
    at: P,
    record: &R,
    out: &mut Vec<Change>,
) -> Result<(), Refusal>
where
    Map: Table<R, Place = P>,
    Change: From<Edit<R, P>>,
{
    if Table::<R>::get(map, record.id()).is_some() {
        return Err(Refusal::Taken {
            word: R::Id::WORD,
            id: record.id().to_string(),
        });
    }
    let record = record.clone();
    out.push(Edit::Insert { at, record }.into());
    Ok(())
}

/// Adds a record at the end of its list.
pub(super) fn append<R: Record>(map: &Map, record: &R, out: &mut Vec<Change>) -> Result<(), Refusal>
where
    Map: Table<R, Place = usize>,
    Change: From<Edit<R, usize>>,
{
    insert(map, Table::<R>::count(map), record, out)
}

/// Puts a record in the place of the one with its id, where they differ.
pub(super) fn replace<R: Record, P>(
    map: &Map,
    after: &R,
    out: &mut Vec<Change>,
) -> Result<(), Refusal>
where
    Map: Table<R, Place = P>,
    Change: From<Edit<R, P>>,
{
    let before = Table::<R>::get(map, after.id()).ok_or_else(|| missing(after.id()))?;
    if before != after {
        let (before, after) = (before.clone(), after.clone());
        out.push(Edit::Replace { before, after }.into());
    }
    Ok(())
}

/// Takes a record away, and nothing of what refers to it.
pub(super) fn remove<R: Record>(map: &Map, id: &R::Id, out: &mut Vec<Change>) -> Result<(), Refusal>
where
    Map: Table<R, Place = usize>,
    Change: From<Edit<R, usize>>,
{
    let (Some(at), Some(record)) = (Table::<R>::place(map, id), Table::<R>::get(map, id)) else {
        return Err(missing(id));
    };
    let record = record.clone();
    out.push(Edit::Remove { at, record }.into());
    Ok(())
}

/// Moves a record within its list, at most to the end.
pub(super) fn move_to<R: Record>(
    map: &Map,
    id: &R::Id,
    to: usize,
    out: &mut Vec<Change>,
) -> Result<(), Refusal>
where
    Map: Table<R, Place = usize>,
    Change: From<Edit<R, usize>>,
{
    let from = Table::<R>::place(map, id).ok_or_else(|| missing(id))?;
    let to = to.min(Table::<R>::count(map).saturating_sub(1));
    if from != to {
        let id = id.clone();
        out.push(Edit::<R, usize>::Move { id, from, to }.into());
    }
    Ok(())
}

/// Edits a copy of a touchpoint and puts it in its place.
pub(super) fn edit_touchpoint(
    map: &Map,
    id: &TouchpointId,
    out: &mut Vec<Change>,
    edit: impl FnOnce(&mut Touchpoint),
) -> Result<(), Refusal> {
    let mut after = map.touchpoint(id).ok_or_else(|| missing(id))?.clone();
    edit(&mut after);
    replace(map, &after, out)
}
