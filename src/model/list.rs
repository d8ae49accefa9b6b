//! An ordered list of records with look-up by id.

use super::id::Id;
use super::record::Record;
use rustc_hash::FxHashMap;

/// Records in the order people gave them. Ids are unique; looking one up takes
/// constant time, inserting and removing time in proportion to what follows.
#[derive(Clone, Debug)]
pub struct List<R: Record> {
    records: Vec<R>,
    index: FxHashMap<R::Id, usize>,
}

impl<R: Record> Default for List<R> {
    fn default() -> Self {
        List {
            records: Vec::new(),
            index: FxHashMap::default(),
        }
    }
}

impl<R: Record> PartialEq for List<R> {
    fn eq(&self, other: &Self) -> bool {
        self.records == other.records
    }
}

impl<R: Record> List<R> {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The records in order.
    pub fn iter(&self) -> std::slice::Iter<'_, R> {
        self.records.iter()
    }

    /// The records in order, as a slice.
    pub fn as_slice(&self) -> &[R] {
        &self.records
    }

    /// The record with this id.
    pub fn get(&self, id: &R::Id) -> Option<&R> {
        self.index.get(id).map(|i| &self.records[*i])
    }

    /// Its place in the list, from 0.
    pub fn position(&self, id: &R::Id) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Whether a record has this id.
    pub fn contains(&self, id: &R::Id) -> bool {
        self.index.contains_key(id)
    }

    /// Inserts at `index` (at the end where it is larger). `false`, and
    /// nothing changes, where the id is taken.
    pub(crate) fn insert(&mut self, index: usize, record: R) -> bool {
        if self.contains(record.id()) {
            return false;
        }
        let index = index.min(self.records.len());
        self.index.insert(record.id().clone(), index);
        self.records.insert(index, record);
        self.renumber(index + 1);
        true
    }

    /// Takes the record out.
    pub(crate) fn remove(&mut self, id: &R::Id) -> Option<(usize, R)> {
        let index = self.index.remove(id)?;
        let record = self.records.remove(index);
        self.renumber(index);
        Some((index, record))
    }

    /// Swaps in another version of a record with the same id; gives back the former.
    pub(crate) fn replace(&mut self, record: R) -> Option<R> {
        let index = self.position(record.id())?;
        Some(std::mem::replace(&mut self.records[index], record))
    }

    fn renumber(&mut self, from: usize) {
        for (i, record) in self.records.iter().enumerate().skip(from) {
            if let Some(place) = self.index.get_mut(record.id()) {
                *place = i;
            }
        }
    }

    /// Every index entry points at its record, and nothing else is indexed.
    #[cfg(test)]
    pub(crate) fn is_consistent(&self) -> bool {
        self.index.len() == self.records.len()
            && self
                .records
                .iter()
                .enumerate()
                .all(|(i, r)| self.index.get(r.id()) == Some(&i))
    }
}

impl<'a, R: Record> IntoIterator for &'a List<R> {
    type Item = &'a R;
    type IntoIter = std::slice::Iter<'a, R>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// An id like `wanted` that no record in `taken` has: `wanted` itself, else `wanted-2`, `-3` …
pub fn free_id<I: Id>(wanted: &str, taken: impl Fn(&I) -> bool) -> I {
    let mut id = I::from_text(wanted);
    let mut number = 2;
    while taken(&id) {
        id = I::from_text(&format!("{wanted}-{number}"));
        number += 1;
    }
    id
}
