//! The program `git`: versions of a file, and the drivers with which it merges and compares maps.
//!
//! Must not know: the content of maps, windows.

mod attributes;
mod drivers;
mod process;
mod setup;
mod versions;

pub use process::GitError;
pub use setup::{SetupReport, SetupScope, register, unregister};
pub use versions::{ALL_VERSIONS, Blob, Version, VersionedFile};
