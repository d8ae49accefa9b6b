//! Saving, journals and recovery together, on real files. A crash is simulated by
//! dropping a session and its journals without closing them.

mod journals;
mod others;
mod rescue;
mod saving;

use super::{Found, PATIENCE, Session};
use crate::edit::Intent;
use crate::model::{Map, Note};
use crate::session::find;
use crate::storage::Journals;
use std::fs;
use std::path::PathBuf;

/// A folder with a map in it, and one for journals.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        Place {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn map(&self) -> PathBuf {
        self.folder.path().join("a.journey.ron")
    }

    fn journals(&self) -> Journals {
        Journals::at(Some(&self.home()))
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("journals")
    }

    /// Returns the path of the only journal.
    fn journal(&self) -> PathBuf {
        let entries = fs::read_dir(self.home()).unwrap();
        let mut paths = entries.map(|entry| entry.unwrap().path());
        let is_journal = |path: &PathBuf| path.extension().is_some_and(|e| e == "journal");
        paths.find(is_journal).unwrap()
    }

    /// Creates a map without a file, with a journal.
    fn draft(&self) -> (Session, Journals) {
        self.kept(Session::untitled(Map::titled("Draft")))
    }

    /// Opens a simple map from its file, with a journal.
    fn opened(&self) -> (Session, Journals) {
        self.kept(Session::open(&self.write(PLAIN)).unwrap())
    }

    fn kept(&self, mut session: Session) -> (Session, Journals) {
        let journals = self.journals();
        session.keep_journal(&journals);
        (session, journals)
    }

    fn found(&self) -> Found {
        find(Some(&self.home()), false)
    }

    fn write(&self, text: &str) -> PathBuf {
        crate::storage::write(&self.map(), text.as_bytes()).unwrap();
        self.map()
    }

    /// Returns the names in the folder of the map, without the folder for journals.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name != "journals").collect();
        names.sort();
        names
    }
}

fn note(text: &str) -> Intent {
    Intent::AddNote(Box::new(Note {
        id: text.into(),
        text: text.to_owned(),
        votes: 0,
    }))
}

/// Simulates a crash.
fn crash(session: Session, journals: Journals) {
    assert!(journals.flush(PATIENCE), "{:?}", journals.trouble());
    drop(session);
    drop(journals);
}

/// Waits until the thread of dropped journals has released its locks.
fn rescued(place: &Place) -> super::Rescued {
    for _ in 0..10_000 {
        let mut found = place.found();
        assert!(found.set_aside.is_empty(), "{:?}", found.set_aside);
        if let Some(map) = found.maps.pop() {
            return map;
        }
        std::thread::yield_now();
    }
    panic!("no recoverable map found");
}

const PLAIN: &str = "(title: \"T\", stages: [])";
