//! Extraction of a self-contained part of a map: touchpoints or stages with all
//! records that they refer to.
//!
//! Must not know: the clipboard, text.

use super::ref_visitor::{RefVisitor, References};
use crate::model::{
    Id, IndexedList, LaneContentKind, LaneId, LaneKind, Map, PersonaId, Record, Stage, StageId,
    Table, Touchpoint, TouchpointId,
};
use rustc_hash::{FxHashMap, FxHashSet};

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
        let mut needs = Requirements {
            picture_lanes: picture_lanes(map),
            ..Requirements::default()
        };
        for touchpoint in chosen.iter().flat_map(|(_, touchpoints)| touchpoints) {
            needs.touchpoints.insert(touchpoint.id.clone());
        }
        for (stage, touchpoints) in &mut chosen {
            stage.visit_references(&mut needs);
            for touchpoint in touchpoints {
                touchpoint.visit_references(&mut needs);
            }
        }
        if chosen.is_empty() {
            return None;
        }
        if needs.first_persona
            && let Some(first) = map.personas().as_slice().first()
        {
            needs.id(&mut first.id.clone());
        }
        let mut part = Map::with_title(map.header().title.clone());
        // Records that refer to others come before those.
        copy_needed(map.actions(), &mut needs, &mut part);
        copy_needed(map.departments(), &mut needs, &mut part);
        copy_needed(map.channels(), &mut needs, &mut part);
        copy_needed(map.environments(), &mut needs, &mut part);
        copy_needed(map.personas(), &mut needs, &mut part);
        copy_needed(map.images(), &mut needs, &mut part);
        copy_needed(map.lanes(), &mut needs, &mut part);
        for (stage, touchpoints) in chosen {
            let home = (stage.id.clone(), usize::MAX);
            Table::<Stage>::insert(&mut part, &usize::MAX, stage);
            for touchpoint in touchpoints {
                Table::<Touchpoint>::insert(&mut part, &home, touchpoint);
            }
        }
        Some(Fragment { kind, map: part })
    }

    /// The kind of records it inserts.
    pub fn kind(&self) -> FragmentKind {
        self.kind
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
            chosen
                .map(|(s, list)| (s.clone(), list.as_slice().to_vec()))
                .collect()
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

/// The custom lanes that contain image ids.
pub(super) fn picture_lanes(map: &Map) -> FxHashSet<LaneId> {
    map.lanes()
        .iter()
        .filter(|l| l.kind == LaneKind::Custom && l.holds == LaneContentKind::Picture)
        .map(|l| l.id.clone())
        .collect()
}

/// Copies the records of a list that are referred to; the part has those that every map has.
fn copy_needed<R: Record + References>(
    all: &IndexedList<R>,
    needs: &mut Requirements,
    part: &mut Map,
) where
    Map: Table<R, Place = usize>,
{
    for record in all {
        let ids = needs.ids.get(R::Id::WORD);
        if ids.is_some_and(|ids| ids.contains(record.id().as_str())) {
            let mut record = record.clone();
            record.visit_references(needs);
            part.insert(&usize::MAX, record);
        }
    }
}

/// The records that copied records refer to.
#[derive(Default)]
struct Requirements {
    /// Ids by the word for their kind.
    ids: FxHashMap<&'static str, FxHashSet<String>>,
    /// Whether a feeling without a persona refers to the first one.
    first_persona: bool,
    picture_lanes: FxHashSet<LaneId>,
    /// The copied touchpoints; paths to others are dropped.
    touchpoints: FxHashSet<TouchpointId>,
}

impl RefVisitor for Requirements {
    fn id<I: Id>(&mut self, id: &mut I) {
        self.ids.entry(I::WORD).or_default().insert(id.to_string());
    }
    fn persona(&mut self, id: &mut Option<PersonaId>) {
        match id {
            Some(id) => self.id(id),
            None => self.first_persona = true,
        }
    }
    fn holds_pictures(&self, lane: &LaneId) -> bool {
        self.picture_lanes.contains(lane)
    }
    fn path(&mut self, to: &mut TouchpointId) -> bool {
        self.touchpoints.contains(to)
    }
}
