//! Extraction of a self-contained part of a map: touchpoints or stages with all
//! records that they refer to.
//!
//! Must not know: the clipboard, text.

use super::ref_visitor;
use super::ref_visitor::RefVisitor;
use crate::model::{
    Action, ActionId, Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId,
    Image, ImageId, IndexedList, Lane, LaneContentKind, LaneId, LaneKind, Map, Persona, PersonaId,
    Record, Stage, StageId, Table, Touchpoint, TouchpointId,
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
        let mut needs = Requirements {
            picture_lanes: picture_lanes(map),
            ..Requirements::default()
        };
        for (_, touchpoints) in &chosen {
            let ids = touchpoints.iter().map(|t| t.id.clone());
            needs.touchpoints.extend(ids);
        }
        for (stage, touchpoints) in &mut chosen {
            ref_visitor::visit_stage(stage, &mut needs);
            for touchpoint in touchpoints {
                ref_visitor::visit_touchpoint(touchpoint, &mut needs);
            }
        }
        if chosen.is_empty() {
            return None;
        }
        if needs.first_persona {
            let first = map.personas().iter().next();
            needs.personas.extend(first.map(|p| p.id.clone()));
        }
        let mut part = Map::with_title(map.header().title.clone());
        let actions = records_with_ids(map.actions(), &std::mem::take(&mut needs.actions));
        for mut action in actions {
            ref_visitor::visit_action(&mut action, &mut needs);
            insert_at_end::<Action>(&mut part, action);
        }
        for record in records_with_ids(map.departments(), &needs.departments) {
            insert_at_end::<Department>(&mut part, record);
        }
        for record in records_with_ids(map.channels(), &needs.channels) {
            insert_at_end::<Channel>(&mut part, record);
        }
        for record in records_with_ids(map.environments(), &needs.environments) {
            insert_at_end::<Environment>(&mut part, record);
        }
        for mut record in records_with_ids(map.personas(), &std::mem::take(&mut needs.personas)) {
            ref_visitor::visit_persona(&mut record, &mut needs);
            insert_at_end::<Persona>(&mut part, record);
        }
        for record in records_with_ids(map.images(), &needs.images) {
            insert_at_end::<Image>(&mut part, record);
        }
        for record in records_with_ids(map.lanes(), &needs.lanes) {
            if record.kind == LaneKind::Custom {
                insert_at_end::<Lane>(&mut part, record);
            }
        }
        for (stage, touchpoints) in chosen {
            let home = (stage.id.clone(), usize::MAX);
            insert_at_end::<Stage>(&mut part, stage);
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
            let stages = map.stages().iter().filter(|s| ids.contains(&s.id));
            stages
                .map(|s| (s.clone(), map.touchpoints_in(&s.id).to_vec()))
                .collect()
        }
        CopySelection::Touchpoints(ids) => {
            let ids: FxHashSet<&TouchpointId> = ids.iter().collect();
            let stages = map.stages().iter().map(|stage| {
                let inside = map.touchpoints_in(&stage.id).iter();
                let taken = inside.filter(|t| ids.contains(&t.id)).cloned().collect();
                // The stage is kept only for its name; it is not copied itself.
                (Stage::new(stage.id.clone(), stage.name.clone()), taken)
            });
            stages
                .filter(|(_, taken): &(_, Vec<_>)| !taken.is_empty())
                .collect()
        }
    }
}

/// The custom lanes that contain image ids.
pub(crate) fn picture_lanes(map: &Map) -> FxHashSet<LaneId> {
    map.lanes()
        .iter()
        .filter(|l| l.kind == LaneKind::Custom && l.holds == LaneContentKind::Picture)
        .map(|l| l.id.clone())
        .collect()
}

fn records_with_ids<R: Record>(all: &IndexedList<R>, ids: &FxHashSet<R::Id>) -> Vec<R> {
    all.iter()
        .filter(|r| ids.contains(r.id()))
        .cloned()
        .collect()
}

fn insert_at_end<R: Record>(map: &mut Map, record: R)
where
    Map: Table<R, Place = usize>,
{
    let done = map.insert(&usize::MAX, record);
    debug_assert!(done, "ids are unique in the map they come from");
}

/// The records that copied records refer to.
#[derive(Default)]
struct Requirements {
    departments: FxHashSet<DepartmentId>,
    channels: FxHashSet<ChannelId>,
    environments: FxHashSet<EnvironmentId>,
    personas: FxHashSet<PersonaId>,
    /// Whether a feeling without a persona refers to the first one.
    first_persona: bool,
    actions: FxHashSet<ActionId>,
    lanes: FxHashSet<LaneId>,
    images: FxHashSet<ImageId>,
    picture_lanes: FxHashSet<LaneId>,
    /// The copied touchpoints; paths to others are dropped.
    touchpoints: FxHashSet<TouchpointId>,
}

impl RefVisitor for Requirements {
    fn department(&mut self, id: &mut DepartmentId) {
        self.departments.insert(id.clone());
    }
    fn channel(&mut self, id: &mut ChannelId) {
        self.channels.insert(id.clone());
    }
    fn environment(&mut self, id: &mut EnvironmentId) {
        self.environments.insert(id.clone());
    }
    fn persona(&mut self, id: &mut Option<PersonaId>) {
        match id {
            Some(id) => {
                self.personas.insert(id.clone());
            }
            None => self.first_persona = true,
        }
    }
    fn action(&mut self, id: &mut ActionId) {
        self.actions.insert(id.clone());
    }
    fn lane(&mut self, id: &mut LaneId) {
        self.lanes.insert(id.clone());
    }
    fn image(&mut self, id: &mut ImageId) {
        self.images.insert(id.clone());
    }
    fn holds_pictures(&self, lane: &LaneId) -> bool {
        self.picture_lanes.contains(lane)
    }
    fn path(&mut self, to: &mut TouchpointId) -> bool {
        self.touchpoints.contains(to)
    }
}
