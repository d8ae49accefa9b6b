//! Conflicts of a merge about deleted records: they go in the same step, since there is nothing left
//! to decide.
//!
//! The cost is proportional to the number of conflicts.
//!
//! Must not know: intents, merging.

use super::change::{ChangeSet, Edit};
use crate::model::{Conflict, Map, Table};

/// Removes the conflicts whose record was in the map before these changes and is not any more.
pub(super) fn remove(map: &mut Map, changes: &mut ChangeSet) {
    let is_there = |conflict: &Conflict| conflict.subject().is_in(map);
    if map.conflicts().iter().all(is_there) {
        return;
    }
    let mut before = map.clone();
    let undone = changes.inverse().apply(&mut before);
    debug_assert!(undone.is_ok(), "no way back: {undone:?}");
    for conflict in map.conflicts().clone().iter() {
        let subject = conflict.subject();
        if subject.is_in(map) || !subject.is_in(&before) {
            continue;
        }
        let Some(at) = map.conflicts().position(&conflict.id) else {
            continue;
        };
        Table::<Conflict>::remove(map, &conflict.id);
        let record = conflict.clone();
        changes.0.push(Edit::Remove { at, record }.into());
    }
}
