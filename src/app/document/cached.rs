//! A value that is computed again when its key changes.
//!
//! Must not know: what is cached.

/// The latest value of a computation, with its key.
pub(crate) struct Cached<K, V>(Option<(K, V)>);

impl<K, V> Default for Cached<K, V> {
    fn default() -> Cached<K, V> {
        Cached(None)
    }
}

impl<K: PartialEq, V: Clone> Cached<K, V> {
    /// Returns the value of a key, computed if the key is not that of the last call.
    pub fn get(&mut self, key: K, compute: impl FnOnce() -> V) -> V {
        match &self.0 {
            Some((known, value)) if *known == key => value.clone(),
            _ => self.0.insert((key, compute())).1.clone(),
        }
    }
}
