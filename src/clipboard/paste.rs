//! Pasting of a fragment as one intent: missing records are added, references are
//! redirected to existing ones.
//!
//! Must not know: the clipboard, text.

use super::fragment::{Fragment, FragmentKind};
use crate::edit::{IdFactory, Intent, is_generated_id};
use crate::folding::{NameIndex, is_same_name};
use crate::model::{
    Id as _, Image, IndexedList, Lane, LaneKind, Map, ObjectRef, PersonaId, Record, Referrer as _,
    StageId, TouchpointId,
};
use rustc_hash::{FxHashMap, FxHasher};
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
        let mut remap = Remap {
            new_ids: FxHashMap::default(),
            intents: Vec::new(),
            mint,
        };
        let (from, to) = (part.departments(), map.departments());
        remap.match_or_add(from, to, name_key, Intent::AddDepartment);
        let (from, to) = (part.channels(), map.channels());
        remap.match_or_add(from, to, name_key, Intent::AddChannel);
        let (from, to) = (part.environments(), map.environments());
        remap.match_or_add(from, to, name_key, Intent::AddEnvironment);
        remap.match_or_add(part.images(), map.images(), image_key, Intent::AddImage);
        let (from, to) = (part.personas(), map.personas());
        remap.match_or_add(from, to, name_key, Intent::AddPersona);
        // Standard lanes exist in every map, whatever their title.
        let own_lanes = part.lanes().iter();
        let own_lanes = own_lanes.filter(|lane| lane.kind == LaneKind::Custom);
        remap.match_or_add(own_lanes, map.lanes(), lane_key, Intent::AddLane);
        let (from, to) = (part.actions(), map.actions());
        remap.match_or_add(from, to, name_key, Intent::AddAction);
        let Remap {
            mut new_ids,
            mut intents,
            mint,
        } = remap;
        for touchpoint in part.touchpoints() {
            let id = mint.new_id(&touchpoint.name);
            new_ids.insert(touchpoint.into(), ObjectRef::Touchpoint(id));
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
                    stage.id = mint.new_id(&stage.name);
                    let home = (stage.id.clone(), 0);
                    stages.push(stage.id.clone());
                    let at = place.stages + nth;
                    intents.push(Intent::AddStage { at, stage });
                    home
                }
            };
            for (nth, touchpoint) in part.touchpoints_in(&stage.id).iter().enumerate() {
                let mut touchpoint = Box::new(touchpoint.clone());
                if let Some(ObjectRef::Touchpoint(id)) = new_ids.get(&(&*touchpoint).into()) {
                    touchpoint.id = id.clone();
                }
                for pain in &mut touchpoint.pains {
                    pain.id = mint.new_id(&pain.text);
                }
                for opportunity in &mut touchpoint.opportunities {
                    opportunity.id = mint.new_id(&opportunity.text);
                }
                touchpoints.push(touchpoint.id.clone());
                intents.push(Intent::AddTouchpoint {
                    stage: home.0.clone(),
                    at: home.1 + nth,
                    touchpoint,
                });
            }
        }
        let lanes = part.picture_lanes();
        // References that are not listed were dangling and stay as they are.
        let mut redirect = |object: &mut ObjectRef| {
            if let Some(new) = new_ids.get(object) {
                object.clone_from(new);
            }
            true
        };
        let default_persona = default_persona(part, map, &new_ids);
        for intent in &mut intents {
            match intent {
                Intent::AddPersona(it) => it.update_references(&lanes, &mut redirect),
                Intent::AddAction(it) => it.update_references(&lanes, &mut redirect),
                Intent::AddStage { stage, .. } => stage.update_references(&lanes, &mut redirect),
                Intent::AddTouchpoint { touchpoint, .. } => {
                    touchpoint.update_references(&lanes, &mut redirect);
                    let feelings = touchpoint.feelings.iter_mut();
                    for feeling in feelings.filter(|f| f.persona.is_none()) {
                        feeling.persona.clone_from(&default_persona);
                    }
                }
                _ => {}
            }
        }
        let label = format!("{verb} {}", self.summary());
        Pasted {
            intent: Intent::Batch { label, intents },
            stages,
            touchpoints,
        }
    }
}

/// The name by which a record with an unknown id is matched; blank if it has none.
fn name_key<R: Record>(record: &R) -> String {
    record.name().to_owned()
}

fn lane_key(lane: &Lane) -> String {
    match lane.name.trim() {
        "" => String::new(),
        name => format!("{:?} {:?} {name}", lane.kind, lane.holds),
    }
}

/// Images are matched by content; their names are not significant.
fn image_key(image: &Image) -> String {
    let hash = |bytes: &[u8]| {
        let mut hasher = FxHasher::default();
        bytes.hash(&mut hasher);
        format!("{} {:x}", bytes.len(), hasher.finish())
    };
    image.bytes().map(|bytes| hash(bytes)).unwrap_or_default()
}

/// The records of a fragment in the map that it is pasted into.
struct Remap<'a, 'f> {
    /// For each record the one that takes its place.
    new_ids: FxHashMap<ObjectRef, ObjectRef>,
    /// The intents that add the missing records.
    intents: Vec<Intent>,
    mint: &'a mut IdFactory<'f>,
}

impl Remap<'_, '_> {
    /// Matches each record in the map or adds it.
    fn match_or_add<'r, R: Record + 'r>(
        &mut self,
        from: impl IntoIterator<Item = &'r R>,
        to: &IndexedList<R>,
        key: fn(&R) -> String,
        add: fn(Box<R>) -> Intent,
    ) {
        let by_name: NameIndex<&R> = to.iter().map(|record| (key(record), record)).collect();
        for record in from {
            let same = to.get(record.id());
            let there = same
                .filter(|other| is_same_name(&key(other), &key(record)))
                .or_else(|| by_name.get(&key(record)).copied())
                // A generated id: the record was renamed after copying. Hand-written
                // ids ("sales") may mean another record in another map.
                .or_else(|| same.filter(|same| is_generated_id(same.id().as_str())));
            let new = match there {
                Some(there) => there.into(),
                None => {
                    let mut added = Box::new(record.clone());
                    added.set_id(self.mint.new_id(record.name()));
                    let object = (&*added).into();
                    self.intents.push(add(added));
                    object
                }
            };
            self.new_ids.insert(record.into(), new);
        }
    }
}

/// The persona to set on feelings without one: `None` if the first persona is the
/// same in both maps.
fn default_persona(
    part: &Map,
    map: &Map,
    new_ids: &FxHashMap<ObjectRef, ObjectRef>,
) -> Option<PersonaId> {
    let meant = new_ids.get(&part.personas().iter().next()?.into())?;
    let first = map.personas().iter().next()?;
    match meant {
        ObjectRef::Persona(id) if *id != first.id => Some(id.clone()),
        _ => None,
    }
}
