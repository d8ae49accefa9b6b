//! Extraction of a self-contained part of a map: touchpoints or stages with all
//! records that they refer to.
//!
//! Must not know: the clipboard, text.

use super::ref_visitor;
use super::ref_visitor::Visitor;
use crate::model::{
    Action, ActionId, Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId,
    Holds, Image, ImageId, Lane, LaneId, LaneKind, List, Map, Persona, PersonaId, Record, Stage,
    StageId, Table, Touchpoint, TouchpointId,
};
use rustc_hash::FxHashSet;

/// The records to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// These touchpoints, regardless of their stage.
    Touchpoints(Vec<TouchpointId>),
    /// These stages with all their touchpoints.
    Stages(Vec<StageId>),
}

/// The kind of records that a fragment inserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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
    pub(crate) kind: Kind,
    pub(crate) map: Map,
}

impl Fragment {
    /// Extracts records from a map, in map order. `None` if the map contains none of them.
    pub fn of(map: &Map, copied: &Copied) -> Option<Fragment> {
        let kind = match copied {
            Copied::Touchpoints(_) => Kind::Touchpoints,
            Copied::Stages(_) => Kind::Stages,
        };
        let mut chosen = chosen(map, copied);
        let mut needs = Needs {
            picture_lanes: picture_lanes(map),
            ..Needs::default()
        };
        for (_, touchpoints) in &chosen {
            let ids = touchpoints.iter().map(|t| t.id.clone());
            needs.touchpoints.extend(ids);
        }
        for (stage, touchpoints) in &mut chosen {
            ref_visitor::of_stage(stage, &mut needs);
            for touchpoint in touchpoints {
                ref_visitor::of_touchpoint(touchpoint, &mut needs);
            }
        }
        if chosen.is_empty() {
            return None;
        }
        if needs.first_persona {
            let first = map.personas().iter().next();
            needs.personas.extend(first.map(|p| p.id.clone()));
        }
        let mut part = Map::titled(map.header().title.clone());
        let actions = needed(map.actions(), &std::mem::take(&mut needs.actions));
        for mut action in actions {
            ref_visitor::of_action(&mut action, &mut needs);
            put::<Action>(&mut part, action);
        }
        for record in needed(map.departments(), &needs.departments) {
            put::<Department>(&mut part, record);
        }
        for record in needed(map.channels(), &needs.channels) {
            put::<Channel>(&mut part, record);
        }
        for record in needed(map.environments(), &needs.environments) {
            put::<Environment>(&mut part, record);
        }
        for mut record in needed(map.personas(), &std::mem::take(&mut needs.personas)) {
            ref_visitor::of_persona(&mut record, &mut needs);
            put::<Persona>(&mut part, record);
        }
        for record in needed(map.images(), &needs.images) {
            put::<Image>(&mut part, record);
        }
        for record in needed(map.lanes(), &needs.lanes) {
            if record.kind == LaneKind::Custom {
                put::<Lane>(&mut part, record);
            }
        }
        for (stage, touchpoints) in chosen {
            let home = (stage.id.clone(), usize::MAX);
            put::<Stage>(&mut part, stage);
            for touchpoint in touchpoints {
                Table::<Touchpoint>::insert(&mut part, &home, touchpoint);
            }
        }
        Some(Fragment { kind, map: part })
    }

    /// The kind of records it inserts.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The fragment as a map of its own.
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// A summary in words: "touchpoint", "3 touchpoints", "2 stages".
    pub fn words(&self) -> String {
        let (word, count) = match self.kind {
            Kind::Touchpoints => ("touchpoint", self.map.touchpoint_count()),
            Kind::Stages => ("stage", self.map.stages().len()),
        };
        match count {
            1 => word.to_owned(),
            _ => format!("{count} {word}s"),
        }
    }
}

/// The copied touchpoints grouped by stage, with the stages.
fn chosen(map: &Map, copied: &Copied) -> Vec<(Stage, Vec<Touchpoint>)> {
    match copied {
        Copied::Stages(ids) => {
            let ids: FxHashSet<&StageId> = ids.iter().collect();
            let stages = map.stages().iter().filter(|s| ids.contains(&s.id));
            stages
                .map(|s| (s.clone(), map.touchpoints_in(&s.id).to_vec()))
                .collect()
        }
        Copied::Touchpoints(ids) => {
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
        .filter(|l| l.kind == LaneKind::Custom && l.holds == Holds::Picture)
        .map(|l| l.id.clone())
        .collect()
}

fn needed<R: Record>(all: &List<R>, ids: &FxHashSet<R::Id>) -> Vec<R> {
    all.iter()
        .filter(|r| ids.contains(r.id()))
        .cloned()
        .collect()
}

fn put<R: Record>(map: &mut Map, record: R)
where
    Map: Table<R, Place = usize>,
{
    let done = map.insert(&usize::MAX, record);
    debug_assert!(done, "ids are unique in the map they come from");
}

/// The records that copied records refer to.
#[derive(Default)]
struct Needs {
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

impl Visitor for Needs {
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
