//! Planning of the edits that records of all lists have in common.
//!
//! Must not know: single types of records.

use super::change::{Change, Edit};
use super::list_record::{ListRecord, replace_references};
use super::plan_error::{PlanError, missing_error};
use super::record_changes::{append, move_to, remove, replace};
use crate::model::{Id as _, Map, ObjectRef, Record, Table};

/// A requested edit of a record of type `R`.
pub(super) enum RecordIntent<'a, R: Record> {
    Add(&'a R),
    Set(&'a R),
    Delete(&'a R::Id),
    /// A move to an index, counted without the record itself.
    Move(&'a R::Id, usize),
    /// The record that is deleted, and the one that takes its place.
    Merge(&'a R::Id, &'a R::Id),
}

/// A requested edit of a record of any type.
pub(super) trait PlannedEdit {
    /// The label of the step in the history.
    fn label(&self) -> String;
    /// Adds the changes.
    fn plan(&self, map: &Map, out: &mut Vec<Change>) -> Result<(), PlanError>;
}

impl<R: ListRecord> PlannedEdit for RecordIntent<'_, R>
where
    Map: Table<R, Place = usize>,
    Change: From<Edit<R, usize>>,
    for<'r> ObjectRef: From<&'r R>,
{
    fn label(&self) -> String {
        let word = R::Id::WORD;
        match self {
            RecordIntent::Add(_) => format!("Add {word}"),
            RecordIntent::Set(_) => format!("Edit {word}"),
            RecordIntent::Delete(_) => format!("Delete {word}"),
            RecordIntent::Move(..) => format!("Move {word}"),
            RecordIntent::Merge(..) => format!("Merge {word}s"),
        }
    }

    fn plan(&self, map: &Map, out: &mut Vec<Change>) -> Result<(), PlanError> {
        let find = |id| Table::<R>::get(map, id).ok_or_else(|| missing_error(id));
        match *self {
            RecordIntent::Add(record) => append(map, record, out),
            RecordIntent::Set(record) => replace(map, record, out),
            RecordIntent::Delete(id) => {
                find(id)?.before_delete(map, out)?;
                remove::<R>(map, id, out)
            }
            RecordIntent::Move(id, to) => {
                R::before_move(map, id, to, out);
                move_to::<R>(map, id, to, out)
            }
            RecordIntent::Merge(from, into) => {
                let (from, into) = (find(from)?, find(into)?);
                if from.id() == into.id() {
                    return Ok(());
                }
                replace_references(map, &from.into(), Some(&into.into()), out);
                let mut whole = into.clone();
                whole.fill_in_from(from);
                replace(map, &whole, out)?;
                remove::<R>(map, from.id(), out)
            }
        }
    }
}
