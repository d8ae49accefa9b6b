//! Editing of a map: an [`Intent`] is planned against the map into a
//! [`ChangeSet`]; applying that is the only way to change the map.
//!
//! Must not know: files, disk, windows, clocks, randomness (new ids come from a
//! [`IdFactory`] that the caller supplies).

mod cascade;
mod change;
pub(crate) mod diff;
mod history;
mod image_gc;
mod intent;
pub mod journal;
mod merge_records;
pub(crate) mod plan;
#[cfg(test)]
pub(crate) mod proptests;
mod record_changes;
pub(crate) mod step_label;

pub use change::{ApplyError, Change, ChangeSet, Edit};
pub use diff::{describe, diff};
pub use history::{History, UndoStep};
pub use intent::{IdFactory, Intent, PlanError, is_generated_id};
pub use plan::{plan, plan_and_apply};
pub use step_label::step_label;
