//! Generation of ids: the source of randomness for planning, which has none.
//!
//! Must not know: the map.

use crate::edit::IdFactory;
use crate::model::Id;
use std::hash::BuildHasher as _;

/// Generates random ids that are unique, but not unpredictable.
#[derive(Default)]
pub struct IdGenerator {
    keys: std::hash::RandomState,
    count: u64,
}

impl IdGenerator {
    /// Returns a new id derived from a name.
    pub fn new_id<I: Id>(&mut self, name: &str) -> I {
        self.with_factory(|minter| minter.new_id(name))
    }

    /// Lends the generator to a function that needs several ids.
    pub fn with_factory<T>(&mut self, work: impl FnOnce(&mut IdFactory<'_>) -> T) -> T {
        work(&mut IdFactory::new(&mut || self.random()))
    }

    /// Returns the next random number.
    pub fn random(&mut self) -> u64 {
        self.count += 1;
        self.keys.hash_one(self.count)
    }
}
