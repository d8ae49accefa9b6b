//! Preloading: the map that will be active is read, laid out and drawn on a thread
//! while the system initializes graphics.
//!
//! Must not know: egui, what the window does with it.

use crate::app::document::Appearance;
use crate::session::{OpenError, Session};
use crate::settings::Preferences;
use crate::task::Task;
use crate::text::Typesetter;
use std::path::{Path, PathBuf};

/// Size in bytes above which files are opened in the background: they may take longer
/// than half a second.
const LARGE_FILE_BYTES: u64 = 300_000;

/// Data prepared before the window opens.
pub struct Preloaded {
    pub(crate) typesetter: Typesetter,
    pub(crate) opened: Option<PreloadResult>,
}

/// A file and the result of opening it.
pub(crate) type PreloadResult = (PathBuf, Result<Session, OpenError>);

impl From<Typesetter> for Preloaded {
    /// Creates the value without an opened file.
    fn from(typesetter: Typesetter) -> Preloaded {
        Preloaded {
            typesetter,
            opened: None,
        }
    }
}

impl Preloaded {
    /// Starts a thread that opens the last of these files, which will be active, with
    /// the appearance from `preferences`. A large file is left to the window, which shows
    /// progress.
    pub(crate) fn start(files: &[PathBuf], preferences: &Preferences) -> Task<Preloaded> {
        let (files, preferences) = (files.to_vec(), preferences.clone());
        Task::spawn(
            "early",
            || (),
            move |_| Preloaded::load(&files, &preferences),
        )
    }

    fn load(files: &[PathBuf], preferences: &Preferences) -> Preloaded {
        let mut early = Preloaded::from(Typesetter::new());
        let Some(path) = files.last().filter(|path| !is_large_file(path)) else {
            return early;
        };
        let mut result = Session::open(path);
        if let Ok(session) = &mut result {
            // Only the window knows the system theme; if it is dark, the map is drawn
            // again.
            let look = Appearance {
                theme: preferences.theme.theme(false),
                palette: preferences.palette,
                density: preferences.density,
                // They depend on the width of the canvas.
                rows: false,
            };
            session.render(
                &look.render_options(Default::default()),
                &mut early.typesetter,
            );
        }
        early.opened = Some((path.clone(), result));
        early
    }
}

/// Whether a file is opened in the background.
pub(super) fn is_large_file(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() > LARGE_FILE_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Map;

    #[test]
    fn last_file_is_opened_or_reports_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.journey.ron");
        Session::untitled(Map::default()).save_as(&path).unwrap();
        let files = [folder.path().join("none.journey.ron"), path];
        let open = |files: &[PathBuf]| {
            let task = Preloaded::start(files, &Preferences::default());
            task.wait().unwrap().opened
        };
        assert!(open(&files).is_some_and(|(path, result)| path == files[1] && result.is_ok()));
        assert!(open(&files[..1]).is_some_and(|(_, result)| result.is_err()));
        assert!(open(&[]).is_none());
    }
}
