//! Extraction of a self-contained part of a map: touchpoints or stages with all
//! records that they refer to.
//!
//! Must not know: the clipboard, text.

use crate::model::{
    IndexedList, LaneKind, Map, ObjectRef, Record, Referrer as _, Stage, StageId, Table,
    Touchpoint, TouchpointId,
};
use rustc_hash::FxHashSet;

/// The records to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopySelection {
    /// These touchpoints, regardless of their stage.
    Touchpoints(Vec<TouchpointId>),
    /// These stages with all their touchpoints.
    Stages(Vec<StageId>),
}

/// The kind of records that a fragment inserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FragmentKind {
    /// Touchpoints, into an existing stage.
    Touchpoints,
    /// Whole stages.
    Stages,
}

/// A part of a map: touchpoints or stages, the paths among them, and the
/// departments, channels, environments, personas, actions, custom lanes and
/// images that they refer to. References to the rest of the map are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    pub(crate) kind: FragmentKind,
    pub(crate) map: Map,
}

impl Fragment {
    /// Extracts records from a map, in map order. `None` if the map contains none of them.
    pub fn extract(map: &Map, copied: &CopySelection) -> Option<Fragment> {
        let kind = match copied {
            CopySelection::Touchpoints(_) => FragmentKind::Touchpoints,
            CopySelection::Stages(_) => FragmentKind::Stages,
        };
        let mut chosen = copied_records(map, copied);
        if chosen.is_empty() {
            return None;
        }
        let lanes = map.picture_lanes();
        let touchpoints = || chosen.iter().flat_map(|(_, touchpoints)| touchpoints);
        let copied: FxHashSet<TouchpointId> = touchpoints().map(|t| t.id.clone()).collect();
        let mut feelings = touchpoints().flat_map(|t| &t.feelings);
        let by_default = feelings.any(|feeling| feeling.persona.is_none());
        let first = map.personas().iter().next().filter(|_| by_default);
        let mut needs: FxHashSet<ObjectRef> = first.map(ObjectRef::from).into_iter().collect();
        let mut need = |_, to| {
            needs.insert(to);
        };
        for (stage, touchpoints) in &mut chosen {
            stage.for_each_reference(&lanes, &mut need);
            for touchpoint in touchpoints {
                touchpoint.for_each_reference(&lanes, &mut need);
                touchpoint.paths.retain(|path| copied.contains(&path.to));
            }
        }
        let mut part = Map::with_title(map.header().title.clone());
        copy_needed(map.actions(), &needs, &mut part);
        copy_needed(map.personas(), &needs, &mut part);
        let mut need = |_, to| {
            needs.insert(to);
        };
        for action in part.actions() {
            action.for_each_reference(&lanes, &mut need);
        }
        for persona in part.personas() {
            persona.for_each_reference(&lanes, &mut need);
        }
        copy_needed(map.departments(), &needs, &mut part);
        copy_needed(map.channels(), &needs, &mut part);
        copy_needed(map.environments(), &needs, &mut part);
        copy_needed(map.images(), &needs, &mut part);
        let own_lanes = map.lanes().iter();
        let own_lanes = own_lanes.filter(|lane| lane.kind == LaneKind::Custom);
        copy_needed(own_lanes, &needs, &mut part);
        for (stage, touchpoints) in chosen {
            let home = (stage.id.clone(), usize::MAX);
            insert_at_end::<Stage>(&mut part, stage);
            for touchpoint in touchpoints {
                Table::<Touchpoint>::insert(&mut part, &home, touchpoint);
            }
        }
        Some(Fragment { kind, map: part })
    }

    /// The fragment as a map of its own.
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// A summary in words: "touchpoint", "3 touchpoints", "2 stages".
    pub fn summary(&self) -> String {
        let (word, count) = match self.kind {
            FragmentKind::Touchpoints => ("touchpoint", self.map.touchpoint_count()),
            FragmentKind::Stages => ("stage", self.map.stages().len()),
        };
        match count {
            1 => word.to_owned(),
            _ => format!("{count} {word}s"),
        }
    }
}

/// The copied touchpoints grouped by stage, with the stages.
fn copied_records(map: &Map, copied: &CopySelection) -> Vec<(Stage, Vec<Touchpoint>)> {
    match copied {
        CopySelection::Stages(ids) => {
            let ids: FxHashSet<&StageId> = ids.iter().collect();
            let chosen = map.touchpoint_lists().filter(|(s, _)| ids.contains(&s.id));
            let copy = |(s, list): (&Stage, &IndexedList<_>)| (s.clone(), list.as_slice().to_vec());
            chosen.map(copy).collect()
        }
        CopySelection::Touchpoints(ids) => {
            let ids: FxHashSet<&TouchpointId> = ids.iter().collect();
            let take = |(stage, list): (&Stage, &IndexedList<Touchpoint>)| {
                let taken = list.iter().filter(|t| ids.contains(&t.id));
                let taken: Vec<Touchpoint> = taken.cloned().collect();
                // The stage is kept only for its name; it is not copied itself.
                let stage = Stage::new(stage.id.clone(), stage.name.clone());
                (!taken.is_empty()).then_some((stage, taken))
            };
            map.touchpoint_lists().filter_map(take).collect()
        }
    }
}

/// Copies the needed ones of these records to the end of their list.
fn copy_needed<'m, R: Record + 'm>(
    records: impl IntoIterator<Item = &'m R>,
    needs: &FxHashSet<ObjectRef>,
    part: &mut Map,
) where
    Map: Table<R, Place = usize>,
{
    for record in records {
        if needs.contains(&record.into()) {
            insert_at_end(part, record.clone());
        }
    }
}

fn insert_at_end<R: Record>(map: &mut Map, record: R)
where
    Map: Table<R, Place = usize>,
{
    let done = map.insert(&usize::MAX, record);
    debug_assert!(done, "ids are unique in the map they come from");
}
