//! What a merge left to decide, as a label and as a badge.
//!
//! Must not know: merging, colours.

use super::text_block::TextRole;
use crate::model::{Conflict, Map, ObjectRef, Record as _, Touchpoint};
use crate::theme::Icon;

/// Number of conflicts of a record in words, if it has any.
pub(super) fn conflict_label(map: &Map, object: &ObjectRef) -> Option<String> {
    let of_object = |conflict: &&Conflict| conflict.subject() == *object;
    match map.conflicts().iter().filter(of_object).count() {
        0 => None,
        n => Some(format!("{n} to decide")),
    }
}

/// The badge that counts what a merge left to decide about a touchpoint, if there is any.
pub(super) fn conflict_badge(
    map: &Map,
    touchpoint: &Touchpoint,
) -> Option<(Icon, TextRole, String)> {
    let words = conflict_label(map, &touchpoint.object())?;
    Some((Icon::Merge, TextRole::Bad, words))
}
