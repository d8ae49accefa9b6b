//! Merging of the lists of a map: members, contents, places and order.
//!
//! Must not know: references between records.

use super::decisions::{Decisions, Subject};
use super::order::merge_order;
use super::value::RecordMerge;
use crate::model::{
    Conflict, ConflictKind, Header, Id as _, Image, ImageData, IndexedList, Lane, Map, Record,
    StageId, Table, Touchpoint, TouchpointId,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Lists whose order people do not change.
const UNORDERED: [&str; 5] = ["actions", "notes", "comments", "suppressions", "pictures"];

/// Addresses of records that are kept although one side deleted them: list and id.
pub(super) type Kept = FxHashSet<(&'static str, String)>;

/// A merge of two maps with the one that both began with.
pub(super) struct ListMerge<'m, 'd> {
    /// The versions: the one that both began with, ours, theirs.
    pub maps: [&'m Map; 3],
    pub first_personas: [&'m str; 3],
    pub kept: &'d Kept,
    pub decisions: &'d mut Decisions,
}

impl<'m> ListMerge<'m, '_> {
    /// Merges everything, conflicts aside.
    pub fn run(&mut self) -> Map {
        let mut map = Map::default();
        for lane in map.lanes().clone().iter() {
            Table::<Lane>::remove(&mut map, &lane.id);
        }
        *map.header_mut() = self.merge_header();
        self.merge_into(&mut map, "personas", Map::personas);
        self.merge_into(&mut map, "departments", Map::departments);
        self.merge_into(&mut map, "channels", Map::channels);
        self.merge_into(&mut map, "environments", Map::environments);
        self.merge_into(&mut map, "lanes", Map::lanes);
        self.merge_into(&mut map, "stages", Map::stages);
        self.merge_touchpoints(&mut map);
        self.merge_into(&mut map, "actions", Map::actions);
        self.merge_into(&mut map, "notes", Map::notes);
        self.merge_into(&mut map, "comments", Map::comments);
        self.merge_into(&mut map, "saved_views", Map::saved_views);
        self.merge_into(&mut map, "suppressions", Map::suppressions);
        self.merge_images(&mut map);
        map
    }

    fn merge_header(&mut self) -> Header {
        let without_fork_point = |map: &Map| Header {
            fork_point: ImageData::default(),
            ..map.header().clone()
        };
        let [base, ours, theirs] = self.maps.map(without_fork_point);
        let subject = Subject { list: "", id: "" };
        let merged = self.merge_content(subject, Some(&base), &ours, &theirs);
        // The fork point is that of the origin that the map has now.
        let points = self.maps.map(|map| &map.header().fork_point);
        let is_theirs = if ours.forked_from == theirs.forked_from {
            points[1] == points[0]
        } else {
            merged.forked_from == theirs.forked_from
        };
        Header {
            fork_point: points[if is_theirs { 2 } else { 1 }].clone(),
            ..merged
        }
    }

    fn merge_into<R>(
        &mut self,
        map: &mut Map,
        list: &'static str,
        of: impl for<'a> Fn(&'a Map) -> &'a IndexedList<R>,
    ) where
        R: Record + Serialize + DeserializeOwned + 'm,
        Map: Table<R, Place = usize>,
    {
        for record in self.merge_list(list, self.maps.map(of)) {
            map.insert(&usize::MAX, record);
        }
    }

    fn merge_list<R>(
        &mut self,
        list: &'static str,
        [base, ours, theirs]: [&IndexedList<R>; 3],
    ) -> Vec<R>
    where
        R: Record + Serialize + DeserializeOwned,
    {
        let is_forced = self.kept.iter().any(|(kept, _)| *kept == list);
        if !is_forced && (ours == theirs || theirs == base) {
            return ours.as_slice().to_vec();
        }
        if !is_forced && ours == base {
            return theirs.as_slice().to_vec();
        }
        let mut merged: FxHashMap<&str, R> = FxHashMap::default();
        let added = theirs.iter().filter(|record| !ours.contains(record.id()));
        for id in ours.iter().chain(added).map(Record::id) {
            let versions = [base.get(id), ours.get(id), theirs.get(id)];
            if let Some(record) = self.merge_record(list, id.as_str(), versions, false) {
                merged.insert(id.as_str(), record);
            }
        }
        let keys = [base, ours, theirs]
            .map(|list| list.iter().map(|r| r.id().as_str()).collect::<Vec<_>>());
        let order = self.merge_places(list, keys.each_ref().map(Vec::as_slice), |id| {
            merged.contains_key(id)
        });
        order
            .into_iter()
            .filter_map(|id| merged.remove(id))
            .collect()
    }

    /// Merges the touchpoints of all stages, each into the stage where it belongs.
    fn merge_touchpoints(&mut self, map: &mut Map) {
        let [base, ours, theirs] = self.maps;
        let mut merged: FxHashMap<&str, Touchpoint> = FxHashMap::default();
        let mut homes: FxHashMap<&str, &StageId> = FxHashMap::default();
        let added = theirs
            .touchpoints()
            .filter(|t| ours.touchpoint(&t.id).is_none());
        for id in ours.touchpoints().chain(added).map(|t| &t.id) {
            let stages = self.maps.map(|map| map.stage_of(id));
            let is_moved = |stage: Option<&StageId>| {
                stages[0].is_some() && stage.is_some() && stage != stages[0]
            };
            let moved = is_moved(stages[1]) || is_moved(stages[2]);
            let versions = [base, ours, theirs].map(|map| map.touchpoint(id));
            let Some(touchpoint) = self.merge_record("touchpoints", id.as_str(), versions, moved)
            else {
                continue;
            };
            merged.insert(id.as_str(), touchpoint);
            homes.extend(self.merge_home(id, stages).map(|home| (id.as_str(), home)));
        }
        let stages: Vec<StageId> = map.stages().iter().map(|stage| stage.id.clone()).collect();
        for stage in stages {
            let keys = self.maps.map(|map| {
                let list = map.touchpoints_in(&stage).iter();
                list.map(|t| t.id.as_str()).collect::<Vec<_>>()
            });
            let is_here = |id: &str| merged.contains_key(id) && homes.get(id) == Some(&&stage);
            let order =
                self.merge_places("touchpoints", keys.each_ref().map(Vec::as_slice), is_here);
            let place = (stage.clone(), usize::MAX);
            for touchpoint in order.into_iter().filter_map(|id| merged.remove(id)) {
                map.insert(&place, touchpoint);
            }
        }
        // Those whose stage is missing: they are kept with it in the next run.
    }

    /// The stage of a touchpoint (rule 5).
    fn merge_home<'s>(
        &mut self,
        id: &TouchpointId,
        stages: [Option<&'s StageId>; 3],
    ) -> Option<&'s StageId> {
        match stages {
            [_, None, home] | [_, home, None] => home,
            [_, ours, theirs] if ours == theirs => ours,
            [Some(base), Some(ours), theirs] if base == ours => theirs,
            [base, ours, theirs] if theirs == base => ours,
            [_, ours, _] => {
                let subject = Subject {
                    list: "touchpoints",
                    id: id.as_str(),
                };
                let places = stages.map(|stage| stage.map(ToString::to_string));
                self.decisions
                    .add(subject, &["stage".to_owned()], ConflictKind::Place, places);
                ours
            }
        }
    }

    fn merge_places<'k>(
        &mut self,
        list: &'static str,
        keys: [&[&'k str]; 3],
        is_kept: impl Fn(&str) -> bool,
    ) -> Vec<&'k str> {
        let is_ours = |id: &str| {
            let subject = Subject { list, id };
            self.decisions.is_open(subject, &[], ConflictKind::Place)
        };
        let merged = merge_order(keys, is_kept, is_ours);
        if UNORDERED.contains(&list) {
            return merged.order;
        }
        for conflict in merged.conflicts {
            let subject = Subject {
                list,
                id: conflict.key,
            };
            let places = [conflict.base, conflict.ours, conflict.theirs];
            let places = places.map(|id| id.map(str::to_owned));
            self.decisions
                .add(subject, &[], ConflictKind::Place, places);
        }
        merged.order
    }

    /// Pictures to which both sides gave other data are both kept: theirs under an id of its own.
    fn merge_images(&mut self, map: &mut Map) {
        let [base, ours, theirs] = self.maps.map(Map::images);
        let mut theirs = theirs.clone();
        let mut copies: Vec<Image> = Vec::new();
        for image in ours {
            let Some(other) = theirs.get(&image.id).filter(|it| it.data != image.data) else {
                continue;
            };
            let former = base.get(&image.id).map(|it| &it.data);
            if former == Some(&other.data) || former == Some(&image.data) {
                continue;
            }
            let copy = Image {
                id: format!("{}-theirs", image.id).as_str().into(),
                ..other.clone()
            };
            let subject = Subject {
                list: "pictures",
                id: image.id.as_str(),
            };
            let values = [None, Some(image.id.to_string()), Some(copy.id.to_string())];
            self.decisions
                .add(subject, &["data".to_owned()], ConflictKind::Value, values);
            let alike = Image {
                data: image.data.clone(),
                ..other.clone()
            };
            theirs.replace(alike);
            copies.extend(Some(copy).filter(|copy| !ours.contains(&copy.id)));
        }
        for image in self
            .merge_list("pictures", [base, ours, &theirs])
            .into_iter()
            .chain(copies)
        {
            map.insert(&usize::MAX, image);
        }
    }

    /// Merges a record; `None` if it is deleted. `is_moved` tells that a side moved it elsewhere.
    fn merge_record<R>(
        &mut self,
        list: &'static str,
        id: &str,
        [base, ours, theirs]: [Option<&R>; 3],
        is_moved: bool,
    ) -> Option<R>
    where
        R: Record + Serialize + DeserializeOwned,
    {
        let subject = Subject { list, id };
        match (base, ours, theirs) {
            (_, None, None) => None,
            (_, Some(ours), Some(theirs)) => Some(self.merge_content(subject, base, ours, theirs)),
            (None, Some(only), None) | (None, None, Some(only)) => Some(only.clone()),
            (Some(base), Some(left), None) | (Some(base), None, Some(left)) => {
                let is_kept = || self.kept.contains(&(list, id.to_owned()));
                if left == base && !is_moved && !is_kept() {
                    return None;
                }
                // A picture is nothing to decide about: it stays as long as something shows it. Nor is
                // a comment that somebody answered.
                if !["pictures", "comments"].contains(&list) {
                    let name = |record: Option<&R>| {
                        let named = |record: &R| match record.name() {
                            "" => record.id().to_string(),
                            name => name.to_owned(),
                        };
                        record.map(named)
                    };
                    let values = [Some(base), ours, theirs].map(name);
                    self.decisions
                        .add(subject, &[], ConflictKind::Deletion, values);
                }
                Some(left.clone())
            }
        }
    }

    /// Merges two versions of a record, or of the header.
    fn merge_content<R>(
        &mut self,
        subject: Subject<'_>,
        base: Option<&R>,
        ours: &R,
        theirs: &R,
    ) -> R
    where
        R: Clone + PartialEq + Serialize + DeserializeOwned,
    {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        let value = |record: &R| serde_json::to_value(record).ok();
        let versions = [base.and_then(value), value(ours), value(theirs)];
        let merged = RecordMerge {
            subject,
            first_personas: self.first_personas,
            decisions: self.decisions,
            path: Vec::new(),
        }
        .merge(versions.each_ref().map(Option::as_ref));
        let merged = merged.and_then(|value| serde_json::from_value(value).ok());
        // Each field has a value of one side, so this always reads. If it did not, theirs would
        // be left to decide about as a whole.
        merged.unwrap_or_else(|| {
            debug_assert!(false, "a merged record does not read");
            let values = versions.map(|value| value.map(|value| value.to_string()));
            self.decisions
                .add(subject, &[], ConflictKind::Value, values);
            ours.clone()
        })
    }
}

/// Merges the conflicts of former merges: each stays unless one side settled it, or its record is
/// gone from the merged map.
pub(super) fn merge_conflicts(map: &mut Map, [base, ours, theirs]: [&Map; 3], made: Vec<Conflict>) {
    let added = theirs
        .conflicts()
        .iter()
        .filter(|it| !ours.conflicts().contains(&it.id));
    let is_open = |it: &&Conflict| {
        let was = base.conflicts().contains(&it.id);
        let (ours, theirs) = (ours.conflicts(), theirs.conflicts());
        !was || ours.contains(&it.id) && theirs.contains(&it.id)
    };
    let known = ours
        .conflicts()
        .iter()
        .chain(added)
        .filter(is_open)
        .cloned();
    for conflict in known.chain(made) {
        if conflict.subject().is_in(map) {
            map.insert(&usize::MAX, conflict);
        }
    }
}
