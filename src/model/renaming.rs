//! Maps under other ids.
//!
//! Must not know: why ids change.

use super::id::{Id as _, TouchpointId};
use super::indexed_list::IndexedList;
use super::lane::Lane;
use super::map::{Map, Table};
use super::object_ref::ObjectRef;
use super::record::{CommentSubject, Conflict, Record, Suppression};
use super::references::{PictureLanes, Referrer};
use rustc_hash::FxHashMap;

/// New addresses of records and of parts of touchpoints by their present ones. An address that
/// is not contained stays.
pub(crate) type Renames = FxHashMap<ObjectRef, ObjectRef>;

fn renamed<R: Record>(record: &R, renames: &Renames) -> R {
    let mut copy = record.clone();
    if let Some(new) = renames.get(&record.object()) {
        copy.set_id(R::Id::from_text(&new.key()));
    }
    copy
}

fn redirected<R: Referrer>(record: &R, lanes: &PictureLanes, renames: &Renames) -> R {
    let mut copy = renamed(record, renames);
    copy.update_references(lanes, &mut |to| {
        if let Some(new) = renames.get(to) {
            to.clone_from(new);
        }
        true
    });
    copy
}

/// Returns the new address of an object, also of a part of a renamed record.
pub(crate) fn renamed_object(object: &ObjectRef, renames: &Renames) -> ObjectRef {
    if let Some(new) = renames.get(object) {
        return new.clone();
    }
    let touchpoint = |id: &TouchpointId| match renames.get(&ObjectRef::Touchpoint(id.clone())) {
        Some(ObjectRef::Touchpoint(new)) => new.clone(),
        _ => id.clone(),
    };
    match object {
        ObjectRef::Pain(id, pain) => ObjectRef::Pain(touchpoint(id), pain.clone()),
        ObjectRef::Opportunity(id, idea) => ObjectRef::Opportunity(touchpoint(id), idea.clone()),
        ObjectRef::Path { from, to, kind } => ObjectRef::Path {
            from: touchpoint(from),
            to: touchpoint(to),
            kind: *kind,
        },
        ObjectRef::Feeling(id, persona) => {
            let persona =
                persona
                    .clone()
                    .map(|id| match renames.get(&ObjectRef::Persona(id.clone())) {
                        Some(ObjectRef::Persona(new)) => new.clone(),
                        _ => id,
                    });
            ObjectRef::Feeling(touchpoint(id), persona)
        }
        ObjectRef::Cell(id, lane) => {
            let lane = match renames.get(&ObjectRef::Lane(lane.clone())) {
                Some(ObjectRef::Lane(new)) => new.clone(),
                _ => lane.clone(),
            };
            ObjectRef::Cell(touchpoint(id), lane)
        }
        whole => whole.clone(),
    }
}

/// Returns the key of a subject after the renames; for a path both of its ids are.
fn renamed_subject(subject: &str, new_keys: &FxHashMap<String, String>) -> String {
    if let Some(new) = new_keys.get(subject) {
        return new.clone();
    }
    // An id may contain spaces.
    let path = subject.match_indices(' ').find_map(|(at, _)| {
        let (from, to) = (&subject[..at], &subject[at + 1..]);
        let (new_from, new_to) = (new_keys.get(from), new_keys.get(to));
        let (new_from, new_to) = match (new_from, new_to) {
            (None, None) => return None,
            (from_key, to_key) => (
                from_key.map_or(from, String::as_str),
                to_key.map_or(to, String::as_str),
            ),
        };
        Some(format!("{new_from} {new_to}"))
    });
    path.unwrap_or_else(|| subject.to_owned())
}

impl Map {
    /// Returns the map with other ids and all references to them. No two records may get one id.
    pub(crate) fn with_renamed(&self, renames: &Renames) -> Map {
        fn insert_all<R: Record>(map: &mut Map, list: &IndexedList<R>, copy: impl Fn(&R) -> R)
        where
            Map: Table<R, Place = usize>,
        {
            for record in list {
                let inserted = map.insert(&usize::MAX, copy(record));
                debug_assert!(inserted, "two records under one id: {record:?}");
            }
        }
        let lanes = self.picture_lanes();
        let mut map = Map::default();
        *map.header_mut() = self.header().clone();
        for lane in map.lanes().clone().iter() {
            Table::<Lane>::remove(&mut map, &lane.id);
        }
        insert_all(&mut map, self.personas(), |it| {
            redirected(it, &lanes, renames)
        });
        insert_all(&mut map, self.departments(), |it| renamed(it, renames));
        insert_all(&mut map, self.channels(), |it| renamed(it, renames));
        insert_all(&mut map, self.environments(), |it| renamed(it, renames));
        insert_all(&mut map, self.lanes(), |it| renamed(it, renames));
        for (stage, touchpoints) in self.touchpoint_lists() {
            let mut stage = redirected(stage, &lanes, renames);
            if let Some(check) = &mut stage.checked {
                let renamed = |(id, fingerprint): (String, String)| {
                    let object = ObjectRef::Touchpoint(id.as_str().into());
                    (
                        renamed_object(&object, renames).key().into_owned(),
                        fingerprint,
                    )
                };
                let before = std::mem::take(&mut check.touchpoints);
                check.touchpoints = before.into_iter().map(renamed).collect();
            }
            let home = (stage.id.clone(), usize::MAX);
            map.insert(&usize::MAX, stage);
            for touchpoint in touchpoints {
                let mut copy = redirected(touchpoint, &lanes, renames);
                for pain in &mut copy.pains {
                    let object = ObjectRef::Pain(touchpoint.id.clone(), pain.id.clone());
                    if let Some(ObjectRef::Pain(_, id)) = renames.get(&object) {
                        pain.id.clone_from(id);
                    }
                }
                for idea in &mut copy.opportunities {
                    let object = ObjectRef::Opportunity(touchpoint.id.clone(), idea.id.clone());
                    if let Some(ObjectRef::Opportunity(_, id)) = renames.get(&object) {
                        idea.id.clone_from(id);
                    }
                }
                map.insert(&home, copy);
            }
        }
        insert_all(&mut map, self.actions(), |it| {
            redirected(it, &lanes, renames)
        });
        insert_all(&mut map, self.notes(), |it| renamed(it, renames));
        insert_all(&mut map, self.comments(), |it| {
            let mut copy = renamed(it, renames);
            if let Some(about) = &mut copy.about {
                let subject = renamed_object(&about.object(), renames);
                if subject != about.object() {
                    *about = CommentSubject::new(&subject).unwrap_or_default();
                }
            }
            copy
        });
        insert_all(&mut map, self.saved_views(), |it| {
            redirected(it, &lanes, renames)
        });
        let new_keys = renames.iter();
        let new_keys = new_keys.map(|(old, new)| (old.key().into_owned(), new.key().into_owned()));
        let new_keys: FxHashMap<String, String> = new_keys.collect();
        for accepted in self.suppressions() {
            let subject = renamed_subject(&accepted.subject, &new_keys);
            let copy = Suppression::new(&accepted.rule, &subject, &accepted.reason);
            if subject == accepted.subject
                || !map.insert(&usize::MAX, copy.with_detail(&accepted.detail))
            {
                map.insert(&usize::MAX, accepted.clone());
            }
        }
        insert_all(&mut map, self.conflicts(), |it| Conflict {
            record: renamed_subject(&it.record, &new_keys),
            ..it.clone()
        });
        insert_all(&mut map, self.images(), |it| renamed(it, renames));
        map
    }
}
