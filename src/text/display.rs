//! Texts of users and file names, as they are shown.
//!
//! Must not know: maps, files.

use super::displayable;
use std::borrow::Cow;
use std::path::Path;

/// Replaces invisible characters by visible ones: line breaks, control characters,
/// marks that change the text direction.
pub fn visible_text(text: impl Into<String>) -> String {
    let text = text.into();
    match displayable(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(shown) => shown,
    }
}

/// File name without folders, for display.
pub fn display_file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    visible_text(name.to_string_lossy())
}
