//! Removal of images when the last reference to them goes, in the same step.
//!
//! The cost is proportional to the change: the whole map is searched only if a
//! change removed a reference.
//!
//! Must not know: intents.

use super::change::{Change, ChangeSet, Edit};
use crate::model::{
    Id, Image, ImageId, Lane, LaneContentKind, LaneId, LaneKind, Map, Persona, Record, Table,
    Touchpoint,
};
use std::collections::BTreeSet;

/// The custom lanes that contain images.
pub(super) fn picture_lanes(map: &Map) -> BTreeSet<LaneId> {
    let holds =
        |lane: &&Lane| lane.kind == LaneKind::Custom && lane.holds == LaneContentKind::Picture;
    map.lanes()
        .iter()
        .filter(holds)
        .map(|l| l.id.clone())
        .collect()
}

/// The images to which changes removed a reference; `map` is the map before or
/// after the changes.
pub(super) fn released_images(map: &Map, changes: &ChangeSet) -> BTreeSet<ImageId> {
    let mut gone = BTreeSet::new();
    // An image may be inserted and released within the same changes.
    let comes = |change: &Change| match change {
        Change::Image(edit) => {
            matches!(edit.as_ref(), Edit::Insert { .. }).then(|| edit.id().clone())
        }
        _ => None,
    };
    let come: BTreeSet<ImageId> = changes.0.iter().filter_map(comes).collect();
    if map.images().is_empty() && come.is_empty() {
        return gone;
    }
    let mut lanes = picture_lanes(map);
    for change in &changes.0 {
        if let Change::Lane(edit) = change {
            let (before, after) = match edit.as_ref() {
                Edit::Replace { before, after } => (Some(before), Some(after)),
                Edit::Insert { record, .. } => (None, Some(record)),
                Edit::Remove { record, .. } => (Some(record), None),
                Edit::Move { .. } => (None, None),
            };
            let holds =
                |lane: Option<&Lane>| lane.is_some_and(|l| l.holds == LaneContentKind::Picture);
            if holds(before) || holds(after) {
                lanes.insert(edit.id().clone());
            }
            if holds(before) && !holds(after) {
                // A lane that no longer contains images releases all of them.
                let texts = map.touchpoints().filter_map(|t| t.texts.get(edit.id()));
                gone.extend(texts.map(|text| ImageId::from_text(text)));
            }
        }
    }
    for change in &changes.0 {
        match change {
            Change::Touchpoint(edit) => {
                collect_released(edit, |t| touchpoint_images(t, &lanes), &mut gone)
            }
            Change::Persona(edit) => collect_released(edit, persona_images, &mut gone),
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
    let lanes = picture_lanes(map);
    let shown: BTreeSet<ImageId> = map
        .touchpoints()
        .flat_map(|t| touchpoint_images(t, &lanes))
        .chain(map.personas().iter().flat_map(persona_images))
        .collect();
    for id in let_go.difference(&shown) {
        if let Some((at, record)) = Table::<Image>::remove(map, id) {
            changes.0.push(Edit::Remove { at, record }.into());
        }
    }
}

/// Collects the images that a record referred to before a change and not after it.
fn collect_released<R: Record, P>(
    edit: &Edit<R, P>,
    shows: impl Fn(&R) -> Vec<ImageId>,
    let_go: &mut BTreeSet<ImageId>,
) {
    match edit {
        Edit::Remove { record, .. } => let_go.extend(shows(record)),
        Edit::Replace { before, after } => {
            let kept = shows(after);
            let_go.extend(shows(before).into_iter().filter(|id| !kept.contains(id)));
        }
        Edit::Insert { .. } | Edit::Move { .. } => {}
    }
}

fn touchpoint_images(touchpoint: &Touchpoint, lanes: &BTreeSet<LaneId>) -> Vec<ImageId> {
    let texts = touchpoint.texts.iter();
    let in_lanes = texts.filter(|(lane, _)| lanes.contains(lane));
    let in_lanes = in_lanes.map(|(_, text)| ImageId::from_text(text));
    touchpoint
        .pictures
        .iter()
        .cloned()
        .chain(in_lanes)
        .collect()
}

fn persona_images(persona: &Persona) -> Vec<ImageId> {
    persona.picture.iter().cloned().collect()
}
