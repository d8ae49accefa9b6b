//! Removal of images when the last reference to them goes, in the same step.
//!
//! The cost is proportional to the change: the whole map is searched only if a
//! change removed a reference.
//!
//! Must not know: intents.

use super::change::{Change, ChangeSet, Edit};
use crate::model::{
    Id as _, Image, ImageId, Lane, LaneContentKind, Map, ObjectRef, PictureLanes, Referrer, Table,
};
use std::collections::BTreeSet;

/// The images to which changes removed a reference; `map` is the map before or
/// after the changes.
pub(super) fn released_images(map: &Map, changes: &ChangeSet) -> BTreeSet<ImageId> {
    let mut gone = BTreeSet::new();
    // An image may be inserted and released within the same changes.
    let inserted = |change: &Change| match change {
        Change::Image(edit) if matches!(**edit, Edit::Insert { .. }) => Some(edit.id().clone()),
        _ => None,
    };
    let come: BTreeSet<ImageId> = changes.0.iter().filter_map(inserted).collect();
    if map.images().is_empty() && come.is_empty() {
        return gone;
    }
    let mut lanes = map.picture_lanes();
    for change in &changes.0 {
        if let Change::Lane(edit) = change {
            let holds = |lane: &Lane| lane.holds == LaneContentKind::Picture;
            let (before, after) = match edit.as_ref() {
                Edit::Replace { before, after } => (holds(before), holds(after)),
                Edit::Insert { record, .. } => (false, holds(record)),
                Edit::Remove { record, .. } => (holds(record), false),
                Edit::Move { .. } => (false, false),
            };
            if before || after {
                lanes.insert(edit.id().clone());
            }
            if before && !after {
                // A lane that no longer contains images releases all of them.
                let texts = map.touchpoints().filter_map(|t| t.texts.get(edit.id()));
                gone.extend(texts.map(|text| ImageId::from_text(text)));
            }
        }
    }
    for change in &changes.0 {
        match change {
            Change::Touchpoint(edit) => collect_released(edit, &lanes, &mut gone),
            Change::Persona(edit) => collect_released(edit, &lanes, &mut gone),
            _ => {}
        }
    }
    gone.retain(|id| map.images().contains(id) || come.contains(id));
    gone
}

/// Removes those of the released images that nothing refers to; `map` is the map
/// after the changes.
pub(super) fn remove_unreferenced(
    map: &mut Map,
    let_go: &BTreeSet<ImageId>,
    changes: &mut ChangeSet,
) {
    let shown = map.shown_images();
    for id in let_go.iter().filter(|id| !shown.contains(*id)) {
        if let Some((at, record)) = Table::<Image>::remove(map, id) {
            changes.0.push(Edit::Remove { at, record }.into());
        }
    }
}

/// Collects the images that a record referred to before a change and not after it.
fn collect_released<R: Referrer, P>(
    edit: &Edit<R, P>,
    lanes: &PictureLanes,
    let_go: &mut BTreeSet<ImageId>,
) {
    let images = |record: &R| {
        let mut images = Vec::new();
        record.for_each_reference(lanes, &mut |_, to| {
            if let ObjectRef::Image(id) = to {
                images.push(id);
            }
        });
        images
    };
    match edit {
        Edit::Remove { record, .. } => let_go.extend(images(record)),
        Edit::Replace { before, after } => {
            let kept = images(after);
            let gone = images(before).into_iter();
            let_go.extend(gone.filter(|id| !kept.contains(id)));
        }
        Edit::Insert { .. } | Edit::Move { .. } => {}
    }
}
