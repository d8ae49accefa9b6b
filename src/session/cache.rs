//! The most recent results that were derived from a map, each with its key.
//!
//! Must not know: sessions.

use crate::graph::Graph;
use crate::insight::{Findings, ReferenceCounts};
use crate::model::Date;
use crate::render::rendering;
use std::sync::Arc;

/// Revision of the map, date, whether the file still has the content that was read, and how
/// often the map that it was made from was looked at.
pub type FindingsKey = (u64, Date, bool, usize);

/// The cached results, each with the key it was computed from.
#[derive(Default)]
pub(super) struct DerivedCache {
    pub graph: Memo<u64, Graph>,
    pub findings: Memo<FindingsKey, Findings>,
    pub usage: Memo<u64, ReferenceCounts>,
    pub is_measured: Memo<u64, bool>,
    pub rendering: rendering::RenderCache,
    pub views: rendering::ViewCache,
}

/// The most recent result and its key.
pub(super) struct Memo<K, T>(pub Option<(K, Arc<T>)>);

impl<K, T> Default for Memo<K, T> {
    fn default() -> Memo<K, T> {
        Memo(None)
    }
}

impl<K: PartialEq, T> Memo<K, T> {
    pub fn get(&mut self, key: K, make: impl FnOnce() -> T) -> Arc<T> {
        let known = self.0.take().filter(|(of, _)| *of == key);
        let (_, result) = self
            .0
            .insert(known.unwrap_or_else(|| (key, Arc::new(make()))));
        Arc::clone(result)
    }
}
