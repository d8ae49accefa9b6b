//! Preloading: the map that will be active is read, laid out and drawn on a thread
//! while the system initializes graphics.
//!
//! Must not know: egui, what the window does with it.

use super::files;
use crate::app::document::Appearance;
use crate::session::{OpenError, Session};
use crate::settings::Preferences;
use crate::task::Task;
use crate::text::Typesetter;
use std::path::PathBuf;

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
    /// Opens the last of these files, which will be active, with the appearance from
    /// `preferences`. A large file is left to the window, which shows progress.
    fn load(files: &[PathBuf], preferences: &Preferences) -> Preloaded {
        let mut early = Preloaded::from(Typesetter::new());
        let Some(path) = files.last().filter(|path| !files::is_large_file(path)) else {
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

/// An [`Preloaded`] in preparation.
pub(crate) struct PreloadTask(Task<Preloaded>);

impl PreloadTask {
    /// Starts the thread that opens these files.
    pub fn start(files: &[PathBuf], preferences: &Preferences) -> PreloadTask {
        let (files, preferences) = (files.to_vec(), preferences.clone());
        let load = move |_: &_| Preloaded::load(&files, &preferences);
        PreloadTask(Task::spawn("early", || (), load))
    }

    /// Waits for the thread; without a result the window opens the files itself.
    pub fn wait(self) -> Preloaded {
        let early = self.0.wait();
        early.unwrap_or_else(|_| Typesetter::new().into())
    }
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
            PreloadTask::start(files, &Preferences::default())
                .wait()
                .opened
        };
        assert!(open(&files).is_some_and(|(path, result)| path == files[1] && result.is_ok()));
        assert!(open(&files[..1]).is_some_and(|(_, result)| result.is_err()));
        assert!(open(&[]).is_none());
    }
}
