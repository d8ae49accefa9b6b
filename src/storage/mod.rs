//! Files on disk: whole and atomic writes, sidecar files, presence notes, watching, and the journal of unsaved steps.
//!
//! Must not know: sessions, settings, drawing.

mod atomic_write;
pub mod disk;
mod error;
mod file_name;
mod hostname;
pub(crate) mod journal;
mod metadata;
pub(crate) mod presence;
mod sidecar;
pub(crate) mod watch;
pub use atomic_write::{WriteNote, WriteReport, create, write, write_if_unchanged};
pub use error::DiskError;
pub(crate) use error::to_disk_error;
pub use file_name::{MAP_EXTENSION, with_extension};
pub use journal::Journals;
pub use presence::{OtherEditor, Presence, conflict_copies};
pub use sidecar::{SidecarKind, remove_stale_temporaries, write_sidecar};
pub use watch::{FileWatch, WatchEvent};
