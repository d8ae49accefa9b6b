//! Where fresh ids come from: planning itself knows no randomness.

use crate::edit::Minter;
use crate::model::Id;
use std::hash::BuildHasher as _;

/// Makes ids that need not be secret, only different from other people's.
#[derive(Default)]
pub struct Mint {
    keys: std::hash::RandomState,
    count: u64,
}

impl Mint {
    /// A fresh id for something of this name.
    pub fn mint<I: Id>(&mut self, name: &str) -> I {
        self.with(|minter| minter.mint(name))
    }

    /// Lends itself to something that needs many fresh ids.
    pub fn with<T>(&mut self, work: impl FnOnce(&mut Minter<'_>) -> T) -> T {
        let random = &mut || {
            self.count += 1;
            self.keys.hash_one(self.count)
        };
        work(&mut Minter::new(random))
    }
}
