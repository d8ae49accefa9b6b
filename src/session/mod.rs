//! The headless editor: a map with its file, its history and derived data. Used by
//! both the window and the command line.
//!
//! The only module that accesses the file system. Must not know: egui, cameras,
//! selections.

mod cache;
mod derived;
mod editor;
mod external_change;
mod fork;
mod fork_origin;
mod image_import;
mod preview;
mod previous_content;
pub(crate) mod quick_fix;
mod read_findings;
mod recovery;
mod save;
#[cfg(test)]
mod tests;
mod versions;

pub use cache::FindingsKey;
pub use editor::{IdGenerator, OpenError, Session};
pub use external_change::{FinishedKeep, FinishedReload, KeepJob, Reload, ReloadJob, TheirVersion};
pub use fork::fork;
pub use image_import::{
    ImageImportError, ImageSource, ImportedImage, has_image_extension, import_image,
};
pub use quick_fix::{fix_intent, fix_label};
pub use read_findings::read_findings;
pub use recovery::{FileState, RecoverableMap, RecoveryScan, find_recoverable};
pub use save::{FLUSH_TIMEOUT, FinishedSave, SaveError, SaveJob, SaveReport};
pub use versions::{MapVersions, VersionChanges};
