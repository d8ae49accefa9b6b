//! Display texts of file names and ages.
//!
//! Must not know: maps, files.

use super::style;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// File name extension of journey maps.
pub const MAP_EXTENSION: &str = ".journey.ron";

/// File name without folders, for display.
pub(crate) fn display_file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    style::visible_text(name.to_string_lossy())
}

/// Formats an age in its largest unit.
pub(crate) fn relative_time(age: Duration) -> String {
    let seconds = age.as_secs();
    let (count, unit) = match seconds {
        0..60 => return "less than a minute ago".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86400 => (seconds / 3600, "hour"),
        _ => (seconds / 86400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

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
    fn ages_use_the_largest_unit() {
        let said = |seconds| relative_time(Duration::from_secs(seconds));
        assert_eq!(said(5), "less than a minute ago");
        assert_eq!(said(61), "1 minute ago");
        assert_eq!(said(7200), "2 hours ago");
        assert_eq!(said(400_000), "4 days ago");
    }

    #[test]
    fn extension_is_added_only_to_names_without_a_dot() {
        let with = |name: &str| with_extension(PathBuf::from(name)).display().to_string();
        assert_eq!(with("/a.b/map"), "/a.b/map.journey.ron");
        assert_eq!(with("map.journey.ron"), "map.journey.ron");
        assert_eq!(with("map.ron"), "map.ron");
    }
}
