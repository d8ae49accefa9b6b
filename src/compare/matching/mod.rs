//! Pairs of records of two maps that are the same: by id, else by content, unless somebody
//! says otherwise.
//!
//! Laws: the matching of `(b, a)` is that of `(a, b)` mirrored, and every map matches itself
//! by ids alone.
//!
//! Must not know: differences, sentences.

mod candidates;
mod corrections;
mod kinds;
#[cfg(test)]
mod tests;
mod words;

use crate::model::{IndexedList, Map, ObjectRef, Record, Renames, renamed_object};
pub use corrections::Corrections;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// The reason why two records are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// Both have the same id.
    Id,
    /// Their ids differ; name, place, owner and channel are alike.
    Content,
    /// A person says so.
    Correction,
}

/// The addresses of one object in two maps; at least one of the two is there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Objects {
    /// The address in the map before.
    pub before: Option<ObjectRef>,
    /// The address in the map after.
    pub after: Option<ObjectRef>,
}

/// Pairs of records of two maps, and of pains and opportunities.
#[derive(Clone, Debug, Default)]
pub struct Matching {
    after: FxHashMap<ObjectRef, (ObjectRef, MatchedBy)>,
    before: FxHashMap<ObjectRef, ObjectRef>,
}

impl Matching {
    /// Matches the records of two maps.
    pub fn of(before: &Map, after: &Map) -> Matching {
        Matching::with(before, after, &Corrections::default())
    }

    /// Matches the records of two maps, as far as `corrections` leave it open. A correction
    /// about a record that is not there has no effect.
    pub fn with(before: &Map, after: &Map, corrections: &Corrections) -> Matching {
        let mut matching = Matching::default();
        for [one, other] in &corrections.same {
            if one.is_in(before) && other.is_in(after) {
                matching.insert(one.clone(), other.clone(), MatchedBy::Correction);
            }
        }
        matching.match_lists(before, after, corrections);
        matching
    }

    /// The record of the map after that is the same as one of the map before.
    pub fn after(&self, before: &ObjectRef) -> Option<&ObjectRef> {
        self.after.get(before).map(|(after, _)| after)
    }

    /// The record of the map before that is the same as one of the map after.
    pub fn before(&self, after: &ObjectRef) -> Option<&ObjectRef> {
        self.before.get(after)
    }

    /// The reason why a record of the map before has a partner; `None` if it has none.
    pub fn reason(&self, before: &ObjectRef) -> Option<MatchedBy> {
        self.after.get(before).map(|(_, by)| *by)
    }

    /// All pairs, in no order: the record before, that after, and the reason.
    pub fn pairs(&self) -> impl Iterator<Item = (&ObjectRef, &ObjectRef, MatchedBy)> {
        let pairs = self.after.iter();
        pairs.map(|(before, (after, by))| (before, after, *by))
    }

    /// Adds a pair, unless one of the two has a partner already. Returns whether it is new.
    fn insert(&mut self, before: ObjectRef, after: ObjectRef, by: MatchedBy) -> bool {
        if self.after.contains_key(&before) || self.before.contains_key(&after) {
            return false;
        }
        self.before.insert(after.clone(), before.clone());
        self.after.insert(before, (after, by));
        true
    }

    /// The renames that give each record of the map after the id of its partner. Another record
    /// that has this id already gets a free one.
    pub(crate) fn renames(&self, before: &Map, after: &Map) -> Renames {
        let differ = self.pairs().filter(|(one, other, _)| one != other);
        let mut renames: Renames = differ
            .map(|(one, other, _)| (other.clone(), one.clone()))
            .collect();
        let targets: FxHashSet<IdOfKind> = renames.values().map(id_of_kind).collect();
        let mut collisions = Vec::new();
        for_each_object(after, &mut |object| {
            if !self.before.contains_key(&object)
                && (targets.contains(&id_of_kind(&object))
                    || has_object(before, &renamed_object(&object, &renames)))
            {
                collisions.push(object);
            }
        });
        if collisions.is_empty() {
            return renames;
        }
        let mut taken = targets;
        for map in [before, after] {
            for_each_object(map, &mut |object| {
                taken.insert(id_of_kind(&object));
            });
        }
        for object in collisions {
            let mut numbered =
                (2_usize..).map(|number| object.with_own_id(&format!("{}-{number}", object.key())));
            let free = numbered.find(|free| taken.insert(id_of_kind(free)));
            renames.extend(free.map(|free| (object, free)));
        }
        renames
    }

    /// Returns the map after with the ids that its records have in the map before.
    pub fn align(&self, before: &Map, after: &Map) -> Map {
        let renames = self.renames(before, after);
        if renames.is_empty() {
            return after.clone();
        }
        after.with_renamed(&renames)
    }
}

/// The kind of an object and its own id, which is unique in a map.
type IdOfKind = (std::mem::Discriminant<ObjectRef>, String);

fn id_of_kind(object: &ObjectRef) -> IdOfKind {
    (std::mem::discriminant(object), object.key().into_owned())
}

/// Calls `see` with each object of a map that has an id of its own.
fn for_each_object(map: &Map, see: &mut dyn FnMut(ObjectRef)) {
    fn all<R: Record>(list: &IndexedList<R>, see: &mut dyn FnMut(ObjectRef)) {
        list.iter().for_each(|record| see(record.object()));
    }
    all(map.personas(), see);
    all(map.departments(), see);
    all(map.channels(), see);
    all(map.environments(), see);
    all(map.lanes(), see);
    for (stage, touchpoints) in map.touchpoint_lists() {
        see(stage.object());
        for touchpoint in touchpoints {
            see(touchpoint.object());
            let id = &touchpoint.id;
            let pains = touchpoint.pains.iter();
            pains.for_each(|pain| see(ObjectRef::Pain(id.clone(), pain.id.clone())));
            let ideas = touchpoint.opportunities.iter();
            ideas.for_each(|idea| see(ObjectRef::Opportunity(id.clone(), idea.id.clone())));
        }
    }
    all(map.actions(), see);
    all(map.notes(), see);
    all(map.comments(), see);
    all(map.saved_views(), see);
    all(map.images(), see);
}

/// Whether a map has the object itself.
fn has_object(map: &Map, object: &ObjectRef) -> bool {
    let touchpoint = object.touchpoint().and_then(|id| map.touchpoint(id));
    match (object, touchpoint) {
        (ObjectRef::Pain(_, id), Some(it)) => it.pains.iter().any(|pain| pain.id == *id),
        (ObjectRef::Opportunity(_, id), Some(it)) => {
            it.opportunities.iter().any(|idea| idea.id == *id)
        }
        _ => object.is_in(map),
    }
}
