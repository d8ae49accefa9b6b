//! The differences of two maps, by stages and lists.
//!
//! Laws: there are no differences exactly if the maps are equal but for ids; every change of
//! `edit::diff` is among the differences.
//!
//! Must not know: sentences.

use super::difference::{Difference, DifferenceSection};
use super::matching::{Matching, Objects};
use super::records::Sides;
use super::sections::sections;
use crate::model::{Map, ObjectRef, Renames};
use rustc_hash::FxHashMap;

/// The differences of two maps.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub(super) before: Map,
    /// The later map with the ids of the earlier one.
    pub(super) aligned: Map,
    /// The addresses in the later map by those in the aligned one.
    originals: Renames,
    sections: Vec<DifferenceSection>,
    /// DifferenceSection and index of the differences in each record, by its address in the map before, or
    /// after if only that has it.
    index: FxHashMap<ObjectRef, Vec<(usize, usize)>>,
    matching: Matching,
}

impl Comparison {
    /// Compares two maps, of which `matching` pairs the records.
    pub fn of(before: &Map, after: &Map, matching: &Matching) -> Comparison {
        let renames = matching.renames(before, after);
        let aligned = if renames.is_empty() {
            after.clone()
        } else {
            after.with_renamed(&renames)
        };
        let originals: Renames = renames.into_iter().map(|(old, new)| (new, old)).collect();
        let sections = sections(&Sides {
            before,
            after: &aligned,
            originals: &originals,
        });
        let mut index: FxHashMap<ObjectRef, Vec<(usize, usize)>> = FxHashMap::default();
        for (at, section) in sections.iter().enumerate() {
            for (number, difference) in section.differences.iter().enumerate() {
                let Objects { before, after } = &difference.objects;
                if let Some(object) = before.as_ref().or(after.as_ref()) {
                    index.entry(object.clone()).or_default().push((at, number));
                }
            }
        }
        Comparison {
            before: before.clone(),
            aligned,
            originals,
            sections,
            index,
            matching: matching.clone(),
        }
    }

    /// Compares two maps whose records are matched without corrections.
    pub fn between(before: &Map, after: &Map) -> Comparison {
        Comparison::of(before, after, &Matching::of(before, after))
    }

    /// Whether the maps have the same content, under whatever ids.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// The differences by stages and lists; no section is empty.
    pub fn sections(&self) -> &[DifferenceSection] {
        &self.sections
    }

    /// All differences, in the order of the sections.
    pub fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.sections
            .iter()
            .flat_map(|section| &section.differences)
    }

    /// The pairs of records that were compared.
    pub fn matching(&self) -> &Matching {
        &self.matching
    }

    /// The map after, with the ids of the map before.
    pub fn aligned(&self) -> &Map {
        &self.aligned
    }

    /// The differences in a record of the map before.
    pub fn of_before(&self, object: &ObjectRef) -> impl Iterator<Item = &Difference> {
        let found = self.index.get(object).into_iter().flatten();
        let found =
            found.filter_map(|(section, at)| self.sections.get(*section)?.differences.get(*at));
        let object = object.clone();
        found.filter(move |difference| difference.objects.before.as_ref() == Some(&object))
    }

    /// The differences in a record of the map after.
    pub fn of_after(&self, object: &ObjectRef) -> impl Iterator<Item = &Difference> {
        let before = self.matching.before(object).unwrap_or(object);
        let found = self.index.get(before).into_iter().flatten();
        let found =
            found.filter_map(|(section, at)| self.sections.get(*section)?.differences.get(*at));
        let object = object.clone();
        found.filter(move |difference| difference.objects.after.as_ref() == Some(&object))
    }

    /// The addresses of a record of the map before or the aligned one.
    pub(super) fn objects(&self, object: &ObjectRef) -> Objects {
        let sides = Sides {
            before: &self.before,
            after: &self.aligned,
            originals: &self.originals,
        };
        sides.objects(
            object,
            object.is_in(&self.before),
            object.is_in(&self.aligned),
        )
    }

    /// The name of an object: that after, or before if it was removed.
    pub fn name(&self, objects: &Objects) -> &str {
        let after = objects
            .after
            .as_ref()
            .map(|object| self.aligned_object(object));
        match (&objects.before, after) {
            (_, Some(object)) => object.name(&self.aligned),
            (Some(object), None) => object.name(&self.before),
            (None, None) => "",
        }
    }

    /// The address of an object of the map after in the aligned map.
    pub(super) fn aligned_object(&self, after: &ObjectRef) -> ObjectRef {
        match self.matching.before(after) {
            Some(before) => before.clone(),
            None => {
                let mut renamed = self.originals.iter();
                let free = renamed.find(|(_, original)| *original == after);
                free.map_or_else(|| after.clone(), |(free, _)| free.clone())
            }
        }
    }
}
