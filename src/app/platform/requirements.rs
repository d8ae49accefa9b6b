//! System requirements of a window, checked before one is opened: without some of the
//! libraries the program would panic.
//!
//! Must not know: anything of the program.

use std::path::{Path, PathBuf};

/// Reason that no window can be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequirementError {
    /// No display is named in the environment.
    #[error(
        "there is no display (neither WAYLAND_DISPLAY nor DISPLAY is set); \
         without one, `touchline export` draws maps to files"
    )]
    NoDisplay,
    /// A system library is missing.
    #[error(
        "a window needs {library}, which is not installed (Debian package {package}); \
         without it, `touchline export` draws maps to files"
    )]
    MissingLibrary {
        /// File name of the library.
        library: &'static str,
        /// Debian package of the library.
        package: &'static str,
    },
    /// A display is named but does not answer.
    #[error(
        "the display that WAYLAND_DISPLAY or DISPLAY names does not answer; \
         without one, `touchline export` draws maps to files"
    )]
    DisplayUnreachable,
    /// The graphics of the display cannot be used.
    #[error(
        "the window could not be opened ({0}); a display that answers and the Debian packages \
         libegl1, libgl1 and libgl1-mesa-dri may be missing; \
         `touchline export` draws maps to files without them"
    )]
    GraphicsUnavailable(String),
}

/// Libraries, each with its Debian package.
type Libraries = &'static [(&'static str, &'static str)];

const X11: Libraries = &[
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
];
const WAYLAND: Libraries = &[
    ("libwayland-client.so.0", "libwayland-client0"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
];
const GRAPHICS: Libraries = &[("libEGL.so.1", "libegl1"), ("libGL.so.1", "libgl1")];

/// Checks the requirements of a window.
///
/// # Errors
/// The first missing requirement.
pub fn check() -> Result<(), RequirementError> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let wayland = set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET");
    let folders = library_dirs();
    first_missing(wayland, set("DISPLAY"), &|name| {
        folders.iter().any(|folder| folder.join(name).exists())
    })
    .map_or(Ok(()), Err)
}

fn first_missing(wayland: bool, x11: bool, has: &dyn Fn(&str) -> bool) -> Option<RequirementError> {
    let first = |libraries: Libraries| {
        libraries
            .iter()
            .find(|(library, _)| !has(library))
            .map(|(library, package)| RequirementError::MissingLibrary { library, package })
    };
    let display = match (wayland, x11) {
        (false, false) => Some(RequirementError::NoDisplay),
        (false, true) => first(X11),
        (true, false) => first(WAYLAND),
        // X11 is the fallback if Wayland libraries are missing.
        (true, true) => first(WAYLAND).and(first(X11)),
    };
    display.or_else(|| first(GRAPHICS))
}

/// Folders searched by the dynamic linker.
fn library_dirs() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("LD_LIBRARY_PATH")
        .map(|paths| std::env::split_paths(&paths).collect())
        .unwrap_or_default();
    let mut add = |path: &Path| {
        if !folders.contains(&path.to_owned()) {
            folders.push(path.to_owned());
        }
    };
    for path in ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"] {
        add(Path::new(path));
        let triple = format!("{}-linux-gnu", std::env::consts::ARCH);
        add(&Path::new(path).join(triple));
    }
    // Distributions list further folders here, one per line.
    let listed = std::fs::read_dir("/etc/ld.so.conf.d").into_iter().flatten();
    for file in listed.flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        for line in text.lines().filter(|line| line.starts_with('/')) {
            add(Path::new(line.trim()));
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_display_is_reported_first() {
        assert_eq!(
            first_missing(false, false, &|_| false),
            Some(RequirementError::NoDisplay)
        );
    }

    #[test]
    fn missing_library_is_reported_with_its_package() {
        let without = |gone: &'static str| move |name: &str| name != gone;
        let found = first_missing(false, true, &without("libxkbcommon-x11.so.0"));
        let text = found.map(|m| m.to_string()).unwrap_or_default();
        assert!(text.contains("libxkbcommon-x11-0") && text.contains("touchline export"));
        assert!(first_missing(false, true, &without("libEGL.so.1")).is_some());
        assert_eq!(first_missing(false, true, &|_| true), None);
    }

    #[test]
    fn x11_is_the_fallback_if_wayland_libraries_are_missing() {
        let without_wayland = |name: &str| !name.contains("wayland");
        assert_eq!(first_missing(true, true, &without_wayland), None);
        assert!(first_missing(true, false, &without_wayland).is_some());
    }
}
