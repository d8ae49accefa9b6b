//! An ordered list of records with lookup by id.
//!
//! Must not know: single types of records.

use super::record::Record;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Records in user-defined order with unique ids. Lookup takes constant time;
/// insertion and removal take time proportional to the records that follow. A
/// clone takes constant time and shares the records until one of the two changes.
#[derive(Clone, Debug)]
pub struct IndexedList<R: Record> {
    shared: Arc<ListData<R>>,
    stamp: u64,
}

#[derive(Clone, Debug)]
struct ListData<R: Record> {
    records: Vec<R>,
    index: FxHashMap<R::Id, usize>,
}

/// Counter of all changes of all lists of the program, so that stamps are unique.
static NEXT_STAMP: AtomicU64 = AtomicU64::new(0);

impl<R: Record> Default for IndexedList<R> {
    fn default() -> Self {
        let shared = Arc::new(ListData {
            records: Vec::new(),
            index: FxHashMap::default(),
        });
        IndexedList { shared, stamp: 0 }
    }
}

impl<R: Record> PartialEq for IndexedList<R> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared) || self.shared.records == other.shared.records
    }
}

impl<R: Record> IndexedList<R> {
    /// The number of records.
    pub fn len(&self) -> usize {
        self.shared.records.len()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.shared.records.is_empty()
    }

    /// Iterates over the records in order.
    pub fn iter(&self) -> std::slice::Iter<'_, R> {
        self.shared.records.iter()
    }

    /// The records in order.
    pub fn as_slice(&self) -> &[R] {
        &self.shared.records
    }

    /// The record with this id.
    pub fn get(&self, id: &R::Id) -> Option<&R> {
        self.shared.index.get(id).map(|i| &self.shared.records[*i])
    }

    /// The index of the record with this id.
    pub fn position(&self, id: &R::Id) -> Option<usize> {
        self.shared.index.get(id).copied()
    }

    /// Whether a record has this id.
    pub fn contains(&self, id: &R::Id) -> bool {
        self.shared.index.contains_key(id)
    }

    /// The revision of the list: lists with equal stamps have equal records, and
    /// every change gives a list a new unique stamp. Data derived from a list is
    /// valid as long as its stamp is unchanged.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Mutable records under a new stamp, no longer shared.
    fn data_mut(&mut self) -> &mut ListData<R> {
        self.stamp = 1 + NEXT_STAMP.fetch_add(1, Ordering::Relaxed);
        Arc::make_mut(&mut self.shared)
    }

    /// Makes room for exactly this many more records, so that a list that is read whole
    /// has no spare capacity.
    pub(crate) fn reserve_exact(&mut self, count: usize) {
        let shared = Arc::make_mut(&mut self.shared);
        shared.records.reserve_exact(count);
        shared.index.reserve(count);
    }

    /// Inserts at `index`, clamped to the end. Returns `false` without a change
    /// if the id is taken.
    pub(crate) fn insert(&mut self, index: usize, record: R) -> bool {
        if self.contains(record.id()) {
            return false;
        }
        let index = index.min(self.len());
        let shared = self.data_mut();
        shared.index.insert(record.id().clone(), index);
        shared.records.insert(index, record);
        shared.reindex_from(index + 1);
        true
    }

    /// Removes the record and returns it with its index.
    pub(crate) fn remove(&mut self, id: &R::Id) -> Option<(usize, R)> {
        let index = self.position(id)?;
        let shared = self.data_mut();
        shared.index.remove(id);
        let record = shared.records.remove(index);
        shared.reindex_from(index);
        Some((index, record))
    }

    /// Replaces the record with the same id and returns the former one.
    pub(crate) fn replace(&mut self, record: R) -> Option<R> {
        let index = self.position(record.id())?;
        let former = &mut self.data_mut().records[index];
        Some(std::mem::replace(former, record))
    }
}

impl<R: Record> ListData<R> {
    fn reindex_from(&mut self, from: usize) {
        for (i, record) in self.records.iter().enumerate().skip(from) {
            if let Some(place) = self.index.get_mut(record.id()) {
                *place = i;
            }
        }
    }
}

impl<'a, R: Record> IntoIterator for &'a IndexedList<R> {
    type Item = &'a R;
    type IntoIter = std::slice::Iter<'a, R>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::Note;

    impl<R: Record> IndexedList<R> {
        /// Whether every index entry points at its record, and nothing else is indexed.
        pub(crate) fn is_consistent(&self) -> bool {
            let ListData { records, index } = &*self.shared;
            let mut records = records.iter().enumerate();
            index.len() == records.len() && records.all(|(i, r)| index.get(r.id()) == Some(&i))
        }
    }

    #[test]
    fn every_change_gives_a_new_stamp_and_a_clone_keeps_it() {
        let note = |id: &str| Note {
            id: id.into(),
            text: String::new(),
            votes: 0,
        };
        let mut list = IndexedList::default();
        let mut stamps = vec![list.stamp()];
        list.insert(0, note("a"));
        stamps.push(list.stamp());
        list.replace(note("a"));
        stamps.push(list.stamp());
        let copy = list.clone();
        assert_eq!(copy.stamp(), list.stamp());
        list.remove(&"a".into());
        stamps.push(list.stamp());
        assert_eq!(copy.stamp(), stamps[2]);
        stamps.sort_unstable();
        stamps.dedup();
        assert_eq!(stamps.len(), 4);
    }
}
