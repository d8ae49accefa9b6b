//! Pictures go when the last thing that shows them goes, in the same step.
//!
//! Work in proportion to the change: what shows a picture is looked for all over
//! the map only where a change stopped showing one.

use super::change::{Change, ChangeSet, Edit};
use crate::model::{
    Holds, Id, Image, ImageId, Lane, LaneId, LaneKind, Map, Persona, Record, Table, Touchpoint,
};
use std::collections::BTreeSet;

/// The lanes that hold pictures.
pub(super) fn lanes(map: &Map) -> BTreeSet<LaneId> {
    let holds = |lane: &&Lane| lane.kind == LaneKind::Custom && lane.holds == Holds::Picture;
    map.lanes()
        .iter()
        .filter(holds)
        .map(|l| l.id.clone())
        .collect()
}

/// Adds the removal of pictures that were shown and are not any more.
pub(super) fn tidy(map: &Map, changes: &mut ChangeSet) {
    if map.images().is_empty() {
        return;
    }
    let lanes = lanes(map);
    let mut let_go: BTreeSet<ImageId> = BTreeSet::new();
    for change in &changes.0 {
        match change {
            Change::Touchpoint(edit) => released(edit, |t| of_touchpoint(t, &lanes), &mut let_go),
            Change::Persona(edit) => released(edit, of_persona, &mut let_go),
            Change::Lane(edit) => {
                // A lane that stops holding pictures lets go of all of them.
                let after = match edit.as_ref() {
                    Edit::Replace { after, .. } => after.holds == Holds::Picture,
                    Edit::Move { .. } | Edit::Insert { .. } => true,
                    Edit::Remove { .. } => false,
                };
                if lanes.contains(edit.id()) && !after {
                    let texts = map.touchpoints().filter_map(|t| t.texts.get(edit.id()));
                    let_go.extend(texts.map(|text| ImageId::from_text(text)));
                }
            }
            _ => {}
        }
    }
    let_go.retain(|id| map.images().contains(id));
    if let_go.is_empty() {
        return;
    }
    let mut after = map.clone();
    let applied = changes.apply(&mut after);
    debug_assert!(applied.is_ok(), "a planned change did not fit: {applied:?}");
    let lanes = self::lanes(&after);
    let shown: BTreeSet<ImageId> = after
        .touchpoints()
        .flat_map(|t| of_touchpoint(t, &lanes))
        .chain(after.personas().iter().flat_map(of_persona))
        .collect();
    for id in let_go.difference(&shown) {
        let (Some(at), Some(record)) = (after.images().position(id), after.images().get(id)) else {
            continue;
        };
        let record = record.clone();
        changes.0.push(Edit::Remove { at, record }.into());
        Table::<Image>::remove(&mut after, id);
    }
}

/// What a record showed before a change and does not show after it.
fn released<R: Record, P>(
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

fn of_touchpoint(touchpoint: &Touchpoint, lanes: &BTreeSet<LaneId>) -> Vec<ImageId> {
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

fn of_persona(persona: &Persona) -> Vec<ImageId> {
    persona.picture.iter().cloned().collect()
}
