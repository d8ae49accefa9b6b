//! Files on disk: whole and atomic writes, sidecar files, presence notes, watching, and the journal of unsaved steps.
//!
//! Must not know: sessions, settings, drawing.

mod atomic_write;
pub mod disk;
mod error;
mod hostname;
pub(crate) mod journal;
mod metadata;
pub(crate) mod presence;
mod sidecar;
pub(crate) mod watch;
pub use atomic_write::{Remark, Written, create, put, write};
pub use error::DiskError;
pub(crate) use error::failed;
pub use journal::Journals;
pub use presence::{Claim, Other, copies};
pub use sidecar::{Beside, set_beside, sweep};
pub use watch::{News, Watch};
