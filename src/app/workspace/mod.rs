//! Open documents and their life: opening, saving, closing, recovery and changes by others.
//!
//! Must not know: widgets, modals.

mod background;
mod closing;
mod comparison;
mod export;
mod external_changes;
mod files;
mod image_import;
mod poll;
pub(crate) mod preload;
mod recovery;
mod saving;
mod state;

pub(crate) use state::{InFront, Workspace, WorkspaceEvent};
