//! What can be done before there is a window: the map that will be in front is
//! read, laid out and drawn while the system readies its graphics.
//!
//! Must not know: egui, what the window does with it.

use super::files;
use crate::app::document::Look;
use crate::session::{OpenError, Session};
use crate::settings::Preferences;
use crate::text::Typesetter;
use std::path::PathBuf;
use std::thread::JoinHandle;

/// What a window starts with.
pub struct Early {
    pub(crate) typesetter: Typesetter,
    pub(crate) opened: Option<Opened>,
}

/// A file and what came of opening it.
pub(crate) type Opened = (PathBuf, Result<Session, OpenError>);

impl From<Typesetter> for Early {
    /// Nothing was opened yet.
    fn from(typesetter: Typesetter) -> Early {
        Early {
            typesetter,
            opened: None,
        }
    }
}

impl Early {
    /// Opens the last of these files, which will be in front, as `preferences`
    /// want it to look; a large one is left to the window, which shows progress.
    fn open(files: &[PathBuf], preferences: &Preferences) -> Early {
        let mut early = Early::from(Typesetter::new());
        let Some(path) = files.last().filter(|path| !files::is_large(path)) else {
            return early;
        };
        let mut result = Session::open(path);
        if let Ok(session) = &mut result {
            // Whether the system is dark only the window knows: then it is drawn again.
            let look = Look {
                theme: preferences.theme.theme(false),
                palette: preferences.palette,
                density: preferences.density,
            };
            session.picture(&look.options(Default::default()), &mut early.typesetter);
        }
        early.opened = Some((path.clone(), result));
        early
    }
}

/// An [`Early`] that is being made.
pub(crate) struct Coming {
    thread: Option<JoinHandle<Early>>,
}

impl Coming {
    /// Starts on these files, on a thread of its own.
    pub fn start(files: &[PathBuf], preferences: &Preferences) -> Coming {
        let (files, preferences) = (files.to_vec(), preferences.clone());
        let thread = std::thread::Builder::new().name("early".to_owned());
        let thread = thread.spawn(move || Early::open(&files, &preferences));
        Coming {
            thread: thread.ok(),
        }
    }

    /// Waits for it; where it came to nothing, the window opens the files itself.
    pub fn wait(self) -> Early {
        let early = self.thread.and_then(|thread| thread.join().ok());
        early.unwrap_or_else(|| Typesetter::new().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Map;

    #[test]
    fn the_file_that_will_be_in_front_is_opened_or_found_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.journey.ron");
        Session::untitled(Map::default()).save_as(&path).unwrap();
        let files = [folder.path().join("none.journey.ron"), path];
        let open = |files: &[PathBuf]| Coming::start(files, &Preferences::default()).wait().opened;
        assert!(open(&files).is_some_and(|(path, result)| path == files[1] && result.is_ok()));
        assert!(open(&files[..1]).is_some_and(|(_, result)| result.is_err()));
        assert!(open(&[]).is_none());
    }
}
