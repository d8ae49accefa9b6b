//! Open documents and their life: opening, saving, closing, recovery and changes by others.
//!
//! Must not know: widgets.

pub(crate) mod background_task;
pub(crate) mod closing;
pub(crate) mod external_changes;
pub(crate) mod files;
pub(crate) mod preload;
pub(crate) mod recovery;
pub(crate) mod saving;
