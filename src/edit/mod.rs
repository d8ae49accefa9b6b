//! Editing of a map: an [`Intent`] is planned against the map into a
//! [`ChangeSet`]; applying that is the only way to change the map.
//!
//! Must not know: files, disk, windows, clocks, randomness (new ids come from a
//! [`IdFactory`] that the caller supplies).

mod change;
pub(crate) mod diff;
mod history;
mod id_factory;
mod image_gc;
mod intent;
pub mod journal;
mod list_record;
mod normal_form;
pub(crate) mod orphaned_comments;
mod orphaned_conflicts;
pub(crate) mod plan;
mod plan_error;
mod planner;
#[cfg(test)]
pub(crate) mod proptests;
pub(crate) mod step_label;

pub use change::{ApplyError, Change, ChangeSet, Edit};
pub use diff::{describe, diff};
pub use history::{History, UndoStep};
pub use id_factory::{IdFactory, is_generated_id};
pub use intent::Intent;
pub use plan::{plan, plan_and_apply};
pub use plan_error::PlanError;
pub use step_label::step_label;
