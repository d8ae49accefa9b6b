//! The file name extension of journey maps.
//!
//! Must not know: contents of files.

use std::path::PathBuf;

/// File name extension of journey maps.
pub const MAP_EXTENSION: &str = ".journey.ron";

/// Adds the extension of journey maps to a file name without any dot.
pub fn with_extension(path: PathBuf) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    match name {
        Some(name) if !name.contains('.') => path.with_file_name(format!("{name}{MAP_EXTENSION}")),
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
    }
}
