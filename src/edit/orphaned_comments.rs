//! Comments on deleted objects: in the same step each moves to the nearest object that remains,
//! and keeps in words what it was about, so that deleting loses no remark.
//!
//! The cost is proportional to the number of comments.
//!
//! Must not know: intents.

use super::change::{ChangeSet, Edit};
use crate::english::quoted;
use crate::model::{Comment, CommentSubject, Map, ObjectRef, Record as _, Table as _};

/// Moves the comments whose object was in the map before these changes and is not any more.
pub(super) fn rehome(map: &mut Map, changes: &mut ChangeSet) {
    let is_there = |comment: &Comment| comment.about.as_ref().is_none_or(|it| it.is_in(map));
    if map.comments().iter().all(is_there) {
        return;
    }
    let mut before = map.clone();
    let undone = changes.inverse().apply(&mut before);
    debug_assert!(undone.is_ok(), "no way back: {undone:?}");
    for comment in map.comments().clone().iter() {
        let Some(after) = rehomed(comment, &before, map) else {
            continue;
        };
        map.replace(after.clone());
        let before = comment.clone();
        changes.0.push(Edit::Replace { before, after }.into());
    }
}

/// Returns a comment with another subject, if it is about an object that is in the map before and
/// not in the map after.
pub(crate) fn rehomed(comment: &Comment, before: &Map, after: &Map) -> Option<Comment> {
    let is_lost = |about: &&CommentSubject| !about.is_in(after) && about.is_in(before);
    let subject = comment.about.as_ref().filter(is_lost)?.object();
    let home = home(&subject, before, after);
    let mut rehomed = comment.clone();
    // A part that moved to another touchpoint is still there.
    let is_gone = std::mem::discriminant(&subject) != std::mem::discriminant(&home);
    if is_gone && rehomed.formerly.is_empty() {
        let name = quoted(subject.text(before));
        rehomed.formerly = format!("{} {name}", subject.noun());
    }
    rehomed.about = CommentSubject::new(&home);
    Some(rehomed)
}

/// Returns the nearest object that remains: the part where it went, its touchpoint, the stage
/// that this was in, the map.
fn home(subject: &ObjectRef, before: &Map, map: &Map) -> ObjectRef {
    let Some(touchpoint) = subject.touchpoint() else {
        return ObjectRef::Map;
    };
    let moved = map.touchpoints().find_map(|t| match subject {
        ObjectRef::Pain(_, id) if t.pains.iter().any(|pain| pain.id == *id) => {
            Some(ObjectRef::Pain(t.id.clone(), id.clone()))
        }
        ObjectRef::Opportunity(_, id) if t.opportunities.iter().any(|o| o.id == *id) => {
            Some(ObjectRef::Opportunity(t.id.clone(), id.clone()))
        }
        _ => None,
    });
    let stage = || {
        let stage = before.stage_of(touchpoint)?;
        map.stages().get(stage).map(|stage| stage.object())
    };
    moved
        .or_else(|| map.touchpoint(touchpoint).map(|t| t.object()))
        .or_else(stage)
        .unwrap_or(ObjectRef::Map)
}
