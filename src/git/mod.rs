//! The program `git`, for the versions of a file: run with care, its answers read.
//!
//! Must not know: maps, windows.

mod process;
mod versions;

pub use process::GitError;
pub use versions::{ALL_VERSIONS, Blob, Version, VersionedFile};
