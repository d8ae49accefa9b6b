//! Pasting of a fragment as one intent: missing records are added, references are
//! redirected to existing ones.
//!
//! Must not know: the clipboard, text.

use super::fragment::{Fragment, FragmentKind, picture_lanes};
use super::ref_visitor::{RefVisitor, References};
use crate::edit::{IdFactory, Intent, is_generated_id};
use crate::model::{
    Id, Image, IndexedList, Lane, LaneId, LaneKind, Map, PersonaId, Record, StageId, Touchpoint,
    TouchpointId,
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
        let mut step = PasteStep {
            aim: IdRemap {
                picture_lanes: picture_lanes(part),
                ..IdRemap::default()
            },
            intents: Vec::new(),
            mint,
        };
        let (from, to) = (part.departments(), map.departments());
        step.match_or_add(from, to, name_key, Intent::AddDepartment);
        let (from, to) = (part.channels(), map.channels());
        step.match_or_add(from, to, name_key, Intent::AddChannel);
        let (from, to) = (part.environments(), map.environments());
        step.match_or_add(from, to, name_key, Intent::AddEnvironment);
        step.match_or_add(part.images(), map.images(), image_key, Intent::AddImage);
        step.match_or_add(
            part.personas(),
            map.personas(),
            name_key,
            Intent::AddPersona,
        );
        // Standard lanes exist in every map, whatever their title.
        let own_lanes = part
            .lanes()
            .iter()
            .filter(|lane| lane.kind == LaneKind::Custom);
        step.match_or_add(own_lanes, map.lanes(), lane_key, Intent::AddLane);
        step.match_or_add(part.actions(), map.actions(), name_key, Intent::AddAction);
        let PasteStep {
            mut aim,
            mut intents,
            mint,
        } = step;
        aim.default_persona = default_persona(part, map, &aim);

        for touchpoint in part.touchpoints() {
            let id: TouchpointId = mint.new_id(&touchpoint.name);
            aim.add(&touchpoint.id, id);
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
                    stage.visit_references(&mut aim);
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
            intent: Intent::Batch { label, intents },
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
    new.visit_references(aim);
    aim.id(&mut new.id);
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

/// A paste being planned.
struct PasteStep<'p, 'm> {
    aim: IdRemap,
    intents: Vec<Intent>,
    mint: &'p mut IdFactory<'m>,
}

impl PasteStep<'_, '_> {
    /// Matches each record in the map or adds it, with its references redirected.
    fn match_or_add<'f, R: Record + References + 'f>(
        &mut self,
        from: impl IntoIterator<Item = &'f R>,
        to: &IndexedList<R>,
        key: fn(&R) -> Option<String>,
        add: fn(Box<R>) -> Intent,
    ) {
        let mut by_name: FxHashMap<String, &R::Id> = FxHashMap::default();
        for record in to {
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
            let id = there.cloned().unwrap_or_else(|| {
                let mut record = Box::new(record.clone());
                record.visit_references(&mut self.aim);
                record.set_id(self.mint.new_id(record.name()));
                let id = record.id().clone();
                self.intents.push(add(record));
                id
            });
            self.aim.add(record.id(), id);
        }
    }
}

/// The persona to set on feelings without one: `None` if the first persona is the
/// same in both maps.
fn default_persona(part: &Map, map: &Map, aim: &IdRemap) -> Option<PersonaId> {
    let meant = aim.find(&part.personas().iter().next()?.id)?;
    let first = map.personas().iter().next()?;
    (first.id != meant).then_some(meant)
}

/// The new id of each referenced record. Ids that are not listed were dangling
/// and stay as they are.
#[derive(Default)]
struct IdRemap {
    /// New ids by former ones, by the word for their kind.
    ids: FxHashMap<&'static str, FxHashMap<String, String>>,
    default_persona: Option<PersonaId>,
    picture_lanes: FxHashSet<LaneId>,
}

impl IdRemap {
    fn add<I: Id>(&mut self, from: &I, to: I) {
        let ids = self.ids.entry(I::WORD).or_default();
        ids.insert(from.to_string(), to.to_string());
    }

    fn find<I: Id>(&self, id: &I) -> Option<I> {
        let new = self.ids.get(I::WORD)?.get(id.as_str())?;
        Some(I::from_text(new))
    }
}

impl RefVisitor for IdRemap {
    fn id<I: Id>(&mut self, id: &mut I) {
        if let Some(new) = self.find(id) {
            *id = new;
        }
    }
    fn persona(&mut self, id: &mut Option<PersonaId>) {
        match id {
            Some(id) => self.id(id),
            None => id.clone_from(&self.default_persona),
        }
    }
    fn holds_pictures(&self, lane: &LaneId) -> bool {
        self.picture_lanes.contains(lane)
    }
    fn path(&mut self, to: &mut TouchpointId) -> bool {
        self.id(to);
        true
    }
}
