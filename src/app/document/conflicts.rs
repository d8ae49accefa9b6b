//! Conflicts of a merge: which ones belong to the selection, which comes next, and how one is settled.
//!
//! Must not know: windows, how maps are merged.

use crate::app::document::selection::Selection;
use crate::compare::merge;
use crate::edit::Intent;
use crate::english::capitalize;
use crate::insight::{choice_label, conflict_text};
use crate::model::{Conflict, ConflictChoice, Map, ObjectRef};

/// Returns the object whose form shows a conflict: the record, or the map for a record that has no form.
pub(crate) fn conflict_home(conflict: &Conflict) -> ObjectRef {
    match conflict.subject() {
        object @ (ObjectRef::Touchpoint(_)
        | ObjectRef::Stage(_)
        | ObjectRef::Lane(_)
        | ObjectRef::Persona(_)
        | ObjectRef::Department(_)
        | ObjectRef::Channel(_)
        | ObjectRef::Environment(_)) => object,
        _ => ObjectRef::Map,
    }
}

/// Returns the conflicts in the form of the selection, in the order of the file.
pub(crate) fn conflicts_of<'m>(
    map: &'m Map,
    selection: &Selection,
) -> impl Iterator<Item = &'m Conflict> {
    let object = match selection {
        Selection::Nothing => Some(ObjectRef::Map),
        // A path, pain point or other part is shown in the form of its touchpoint.
        Selection::One(object) => Some(match object.touchpoint() {
            Some(id) => ObjectRef::Touchpoint(id.clone()),
            None => object.clone(),
        }),
        Selection::Touchpoints(_) => None,
    };
    let all = map.conflicts().iter();
    all.filter(move |conflict| object.as_ref() == Some(&conflict_home(conflict)))
}

/// Returns the object of the first conflict behind those of the selection, in the order of the file
/// and from its beginning again.
pub(crate) fn next_conflict(map: &Map, selection: &Selection) -> Option<ObjectRef> {
    let all = map.conflicts().as_slice();
    let here = conflicts_of(map, selection).last();
    let after = here.and_then(|here| map.conflicts().position(&here.id));
    let start = after.map_or(0, |at| at + 1);
    let next = all.iter().cycle().skip(start).take(all.len());
    next.map(conflict_home).next()
}

/// Returns the edit that settles a conflict.
///
/// # Errors
/// A sentence without a full stop if it cannot be settled in this way.
pub(crate) fn settle_conflict(
    map: &Map,
    conflict: &Conflict,
    choice: ConflictChoice,
) -> Result<Intent, String> {
    let (words, heading) = (
        choice_label(map, conflict, choice),
        conflict_text(map, conflict).heading(),
    );
    let label = format!("{words}: {heading}");
    let settled = merge::settle(map, &conflict.id, choice, label);
    settled.map_err(|error| capitalize(&error.to_string()))
}

/// The number of conflicts that are left, in words.
pub(crate) fn conflicts_left(map: &Map) -> String {
    match map.conflicts().len() {
        0 => "Everything is decided".to_owned(),
        1 => "1 left to decide".to_owned(),
        n => format!("{n} left to decide"),
    }
}
