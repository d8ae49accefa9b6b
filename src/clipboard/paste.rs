//! Pasting of a fragment as one intent: missing records are added, references are
//! redirected to existing ones.
//!
//! Must not know: the clipboard, text.

use super::fragment::{Fragment, FragmentKind, picture_lanes};
use super::ref_visitor;
use super::ref_visitor::RefVisitor;
use crate::edit::{IdFactory, Intent, is_generated_id};
use crate::model::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id, Image, ImageId, IndexedList, Lane,
    LaneId, LaneKind, Map, PersonaId, Record, StageId, Touchpoint, TouchpointId,
};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// The target position of a paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasteTarget {
    /// The stage and index for pasted touchpoints. `None` adds the stages they
    /// come from, by name only.
    pub touchpoints: Option<(StageId, usize)>,
    /// The index for pasted stages in the order of stages.
    pub stages: usize,
}

/// The result of planning a paste.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The intent, one step of the history.
    pub intent: Intent,
    /// The ids of the new stages.
    pub stages: Vec<StageId>,
    /// The ids of the new touchpoints.
    pub touchpoints: Vec<TouchpointId>,
}

impl Fragment {
    /// Plans the insertion into a map. Stages, touchpoints, pains and
    /// opportunities get new ids. Records they refer to are matched in the map by
    /// id and name, by name, or by a generated id, and are otherwise added under
    /// a new id. `verb` names the step: "Paste", "Duplicate".
    pub fn paste(
        &self,
        verb: &str,
        map: &Map,
        place: &PasteTarget,
        mint: &mut IdFactory<'_>,
    ) -> Pasted {
        let part = &self.map;
        let mut intents = Vec::new();
        let mut aim = IdRemap {
            picture_lanes: picture_lanes(part),
            ..IdRemap::default()
        };

        let add = |d| Intent::AddDepartment(d);
        let (from, to) = (part.departments(), map.departments());
        aim.departments = remap_or_add(from, to, name_key, mint, &mut intents, add);
        let add = |c| Intent::AddChannel(c);
        let (from, to) = (part.channels(), map.channels());
        aim.channels = remap_or_add(from, to, name_key, mint, &mut intents, add);
        let add = |e| Intent::AddEnvironment(e);
        let (from, to) = (part.environments(), map.environments());
        aim.environments = remap_or_add(from, to, name_key, mint, &mut intents, add);
        let add = |i| Intent::AddImage(i);
        let (from, to) = (part.images(), map.images());
        aim.images = remap_or_add(from, to, image_key, mint, &mut intents, add);
        let mut personas = Vec::new();
        let add = |p| Intent::AddPersona(p);
        let (from, to) = (part.personas(), map.personas());
        aim.personas = remap_or_add(from, to, name_key, mint, &mut personas, add);
        for mut persona in personas {
            if let Intent::AddPersona(persona) = &mut persona {
                ref_visitor::visit_persona(persona, &mut aim);
            }
            intents.push(persona);
        }
        aim.default_persona = default_persona(part, map, &aim.personas);
        let add = |l| Intent::AddLane(l);
        let (from, to) = (part.lanes().iter(), map.lanes());
        // Standard lanes exist in every map, whatever their title.
        let from = from.filter(|lane| lane.kind == LaneKind::Custom);
        aim.lanes = remap_or_add(from, to, lane_key, mint, &mut intents, add);
        let mut actions = Vec::new();
        let add = |a| Intent::AddAction(a);
        let (from, to) = (part.actions(), map.actions());
        aim.actions = remap_or_add(from, to, name_key, mint, &mut actions, add);
        for mut action in actions {
            if let Intent::AddAction(action) = &mut action {
                ref_visitor::visit_action(action, &mut aim);
            }
            intents.push(action);
        }

        for touchpoint in part.touchpoints() {
            let id = mint.new_id(&touchpoint.name);
            aim.touchpoints.insert(touchpoint.id.clone(), id);
        }
        let (mut stages, mut touchpoints) = (Vec::new(), Vec::new());
        let goes_into = match self.kind {
            FragmentKind::Touchpoints => place.touchpoints.clone(),
            FragmentKind::Stages => None,
        };
        for (nth, stage) in part.stages().iter().enumerate() {
            let home = match &goes_into {
                Some((stage, at)) => (stage.clone(), at + touchpoints.len()),
                None => {
                    let mut stage = Box::new(stage.clone());
                    ref_visitor::visit_stage(&mut stage, &mut aim);
                    stage.id = mint.new_id(&stage.name);
                    let home = (stage.id.clone(), 0);
                    stages.push(stage.id.clone());
                    let at = place.stages + nth;
                    intents.push(Intent::AddStage { at, stage });
                    home
                }
            };
            for (nth, touchpoint) in part.touchpoints_in(&stage.id).iter().enumerate() {
                let touchpoint = Box::new(with_new_ids(touchpoint, &mut aim, mint));
                touchpoints.push(touchpoint.id.clone());
                intents.push(Intent::AddTouchpoint {
                    stage: home.0.clone(),
                    at: home.1 + nth,
                    touchpoint,
                });
            }
        }
        let label = format!("{verb} {}", self.summary());
        Pasted {
            intent: Intent::Together { label, intents },
            stages,
            touchpoints,
        }
    }
}

/// A copy of a touchpoint with new ids and redirected references.
fn with_new_ids(
    touchpoint: &Touchpoint,
    aim: &mut IdRemap,
    mint: &mut IdFactory<'_>,
) -> Touchpoint {
    let mut new = touchpoint.clone();
    ref_visitor::visit_touchpoint(&mut new, aim);
    if let Some(id) = aim.touchpoints.get(&new.id) {
        new.id = id.clone();
    }
    for pain in &mut new.pains {
        pain.id = mint.new_id(&pain.text);
    }
    for opportunity in &mut new.opportunities {
        opportunity.id = mint.new_id(&opportunity.text);
    }
    new
}

/// The key by which a record with an unknown id is matched; `None` if it has none.
fn name_key<R: Record>(record: &R) -> Option<String> {
    let name = record.name().trim();
    (!name.is_empty()).then(|| name.to_lowercase())
}

fn lane_key(lane: &Lane) -> Option<String> {
    name_key(lane).map(|name| format!("{:?} {:?} {name}", lane.kind, lane.holds))
}

/// Images are matched by content; their names are not significant.
fn image_key(image: &Image) -> Option<String> {
    let mut hasher = FxHasher::default();
    image.bytes()?.hash(&mut hasher);
    Some(format!("{} {:x}", image.byte_len(), hasher.finish()))
}

/// Matches each record in the map or adds it; returns the new id for each old one.
fn remap_or_add<'f, R: Record + 'f>(
    from: impl IntoIterator<Item = &'f R>,
    to: &IndexedList<R>,
    key: fn(&R) -> Option<String>,
    mint: &mut IdFactory<'_>,
    intents: &mut Vec<Intent>,
    add: fn(Box<R>) -> Intent,
) -> FxHashMap<R::Id, R::Id> {
    let mut found = FxHashMap::default();
    let mut by_name: FxHashMap<String, &R::Id> = FxHashMap::default();
    for record in to.iter() {
        if let Some(key) = key(record) {
            by_name.entry(key).or_insert(record.id());
        }
    }
    for record in from {
        let same = to.get(record.id());
        let there = same
            .filter(|other| key(other) == key(record))
            .map(Record::id)
            .or_else(|| by_name.get(&key(record)?).copied())
            // A generated id: the record was renamed after copying. Hand-written
            // ids ("sales") may mean another record in another map.
            .or_else(|| Some(same?.id()).filter(|id| is_generated_id(id.as_str())));
        let id = match there {
            Some(id) => id.clone(),
            None => {
                let mut record = Box::new(record.clone());
                record.set_id(mint.new_id(record.name()));
                let id = record.id().clone();
                intents.push(add(record));
                id
            }
        };
        found.insert(record.id().clone(), id);
    }
    found
}

/// The persona to set on feelings without one: `None` if the first persona is the
/// same in both maps.
fn default_persona(
    part: &Map,
    map: &Map,
    personas: &FxHashMap<PersonaId, PersonaId>,
) -> Option<PersonaId> {
    let meant = personas.get(&part.personas().iter().next()?.id)?;
    let first = map.personas().iter().next()?;
    (first.id != *meant).then(|| meant.clone())
}

/// The new id of each referenced record. Ids that are not listed were dangling
/// and stay as they are.
#[derive(Default)]
struct IdRemap {
    departments: FxHashMap<DepartmentId, DepartmentId>,
    channels: FxHashMap<ChannelId, ChannelId>,
    environments: FxHashMap<EnvironmentId, EnvironmentId>,
    personas: FxHashMap<PersonaId, PersonaId>,
    default_persona: Option<PersonaId>,
    actions: FxHashMap<ActionId, ActionId>,
    lanes: FxHashMap<LaneId, LaneId>,
    images: FxHashMap<ImageId, ImageId>,
    picture_lanes: FxHashSet<LaneId>,
    touchpoints: FxHashMap<TouchpointId, TouchpointId>,
}

fn remap<I: Id>(id: &mut I, known: &FxHashMap<I, I>) {
    if let Some(there) = known.get(id) {
        *id = there.clone();
    }
}

impl RefVisitor for IdRemap {
    fn department(&mut self, id: &mut DepartmentId) {
        remap(id, &self.departments);
    }
    fn channel(&mut self, id: &mut ChannelId) {
        remap(id, &self.channels);
    }
    fn environment(&mut self, id: &mut EnvironmentId) {
        remap(id, &self.environments);
    }
    fn persona(&mut self, id: &mut Option<PersonaId>) {
        match id {
            Some(id) => remap(id, &self.personas),
            None => id.clone_from(&self.default_persona),
        }
    }
    fn action(&mut self, id: &mut ActionId) {
        remap(id, &self.actions);
    }
    fn lane(&mut self, id: &mut LaneId) {
        remap(id, &self.lanes);
    }
    fn image(&mut self, id: &mut ImageId) {
        remap(id, &self.images);
    }
    fn holds_pictures(&self, lane: &LaneId) -> bool {
        self.picture_lanes.contains(lane)
    }
    fn path(&mut self, to: &mut TouchpointId) -> bool {
        remap(to, &self.touchpoints);
        true
    }
}
