//! Generation of ids: the source of randomness for planning, which has none.
//!
//! Must not know: the map.

use crate::edit::Minter;
use crate::model::Id;
use std::hash::BuildHasher as _;

/// Generates random ids that are unique, but not unpredictable.
#[derive(Default)]
pub struct Mint {
    keys: std::hash::RandomState,
    count: u64,
}

impl Mint {
    /// Returns a new id derived from a name.
    pub fn mint<I: Id>(&mut self, name: &str) -> I {
        self.with(|minter| minter.mint(name))
    }

    /// Lends the generator to a function that needs several ids.
    pub fn with<T>(&mut self, work: impl FnOnce(&mut Minter<'_>) -> T) -> T {
        let random = &mut || {
            self.count += 1;
            self.keys.hash_one(self.count)
        };
        work(&mut Minter::new(random))
    }
}
