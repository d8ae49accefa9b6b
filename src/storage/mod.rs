//! Files on disk: whole and atomic writes, sidecar files, presence notes, watching, and the
//! journal of unsaved steps.
//!
//! Must not know: sessions, settings, drawing.

mod atomic_write;
mod conflict_copies;
pub mod disk;
mod error;
mod file_uri;
pub(crate) mod journal;
pub(crate) mod presence;
mod relative_name;
mod sidecar;
mod temporary;
pub(crate) mod watch;
pub use atomic_write::{WriteNote, WriteReport, create, write, write_if_unchanged};
pub use conflict_copies::conflict_copies;
pub(crate) use error::to_disk_error;
pub use error::{DiskError, DiskProblem};
pub use file_uri::{path_from_uri, uri_from_path};
pub use journal::Journals;
pub use presence::{OtherEditor, Presence};
pub use relative_name::relative_name;
pub use sidecar::{SidecarKind, write_sidecar};
pub use temporary::remove_stale_temporaries;
pub use watch::{FileWatch, WatchEvent};

use std::path::PathBuf;

/// File name extension of journey maps.
pub const MAP_EXTENSION: &str = ".journey.ron";

/// Adds the extension of journey maps to a file name without any dot; not to the name of a folder.
pub fn with_extension(path: PathBuf) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    match name {
        Some(name) if !name.contains('.') && !temporary::is_folder_name(&path) => {
            path.with_file_name(format!("{name}{MAP_EXTENSION}"))
        }
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extension_is_added_only_to_names_without_a_dot() {
        let with = |name: &str| with_extension(PathBuf::from(name)).display().to_string();
        assert_eq!(with("/a.b/map"), "/a.b/map.journey.ron");
        assert_eq!(with("map.journey.ron"), "map.journey.ron");
        assert_eq!(with("map.ron"), "map.ron");
        for folder in ["maps/", "maps/.", "maps/..", ".", "/"] {
            assert_eq!(with(folder), folder);
        }
    }
}
