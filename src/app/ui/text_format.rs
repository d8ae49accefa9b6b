//! Display texts of file names and ages.
//!
//! Must not know: maps, files.

use super::style;
use std::path::Path;
use std::time::Duration;

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
}
