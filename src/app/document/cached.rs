//! A value that is computed again when its key changes.
//!
//! Must not know: what is cached.

use std::sync::Arc;

/// A shared value as a key: equal only to itself.
#[derive(Clone)]
pub(crate) struct SameValue<T>(pub Arc<T>);

impl<T> PartialEq for SameValue<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The latest value of a computation, with its key.
pub(crate) struct Cached<K, V>(Option<(K, V)>);

impl<K, V> Default for Cached<K, V> {
    fn default() -> Cached<K, V> {
        Cached(None)
    }
}

impl<K: PartialEq, V: Clone> Cached<K, V> {
    /// The latest value.
    pub fn last(&self) -> Option<&V> {
        self.0.as_ref().map(|(_, value)| value)
    }

    /// Returns the value of a key, computed if the key is not that of the last call.
    pub fn get(&mut self, key: K, compute: impl FnOnce() -> V) -> V {
        match &self.0 {
            Some((known, value)) if *known == key => value.clone(),
            _ => self.0.insert((key, compute())).1.clone(),
        }
    }
}
