//! Editing of a map: an [`Intent`] is planned against the map into a
//! [`ChangeSet`]; applying that is the only way to change the map.
//!
//! Must not know: files, disk, windows, clocks, randomness (new ids come from a
//! [`Minter`] that the caller supplies).

mod cascade;
mod change;
mod diff;
mod history;
mod images;
mod intent;
pub mod journal;
#[cfg(test)]
pub(crate) mod laws;
mod name;
mod plan;
mod single;
mod unite;

pub use change::{Change, ChangeSet, Edit, Misfit};
pub use diff::{describe, diff};
pub use history::{History, Step};
pub use intent::{Intent, Minter, Refusal, is_minted};
pub use name::name;
pub use plan::{fulfil, plan};
