//! Planning of the edits that records of all lists have in common.
//!
//! Must not know: single types of records.

use super::change::{Change, Edit};
use super::list_record::ListRecord;
use super::plan_error::PlanError;
use super::planner::Planner;
use crate::model::{Id as _, Map, Record, Table};

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
    fn plan(&self, planner: &mut Planner<'_>) -> Result<(), PlanError>;
}

impl<R: ListRecord> PlannedEdit for RecordIntent<'_, R>
where
    Map: Table<R, Place = usize>,
    Change: From<Edit<R, usize>>,
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

    fn plan(&self, planner: &mut Planner<'_>) -> Result<(), PlanError> {
        match *self {
            RecordIntent::Add(record) => planner.append(record),
            RecordIntent::Set(record) => planner.replace(record),
            RecordIntent::Delete(id) => {
                planner.find::<R>(id)?.before_delete(planner)?;
                planner.remove::<R, _>(id)
            }
            RecordIntent::Move(id, to) => {
                R::before_move(planner, id, to);
                let last = Table::<R>::count(planner.map).saturating_sub(1);
                planner.move_to::<R, _>(id, to.min(last))
            }
            RecordIntent::Merge(from, into) => {
                let (from, into) = (planner.find::<R>(from)?, planner.find::<R>(into)?);
                if from.id() == into.id() {
                    return Ok(());
                }
                planner.replace_references(&from.object(), Some(&into.object()));
                let mut whole = into.clone();
                whole.fill_in_from(from);
                planner.replace(&whole)?;
                planner.remove::<R, _>(from.id())
            }
        }
    }
}
