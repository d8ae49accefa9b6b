//! Saving, journals and recovery together, on real files. A crash is simulated by
//! dropping a session and its journals without closing them.

mod journals;
mod others;
mod rescue;
mod saving;

use super::{FLUSH_TIMEOUT, RecoveryScan, Session};
use crate::edit::Intent;
use crate::model::{Map, Note};
use crate::session::find_recoverable;
use crate::storage::Journals;
use std::fs;
use std::path::PathBuf;

/// A folder with a map in it, and one for journals.
struct TestFolder {
    folder: tempfile::TempDir,
}

impl TestFolder {
    fn new() -> TestFolder {
        TestFolder {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn map(&self) -> PathBuf {
        self.folder.path().join("a.journey.ron")
    }

    fn journals(&self) -> Journals {
        Journals::in_folder(Some(&self.home()))
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
        self.with_journal(Session::untitled(Map::with_title("Draft")))
    }

    /// Opens a simple map from its file, with a journal.
    fn opened(&self) -> (Session, Journals) {
        self.with_journal(Session::open(&self.write(PLAIN)).unwrap())
    }

    fn with_journal(&self, mut session: Session) -> (Session, Journals) {
        let journals = self.journals();
        session.enable_journal(&journals);
        (session, journals)
    }

    fn find(&self) -> RecoveryScan {
        find_recoverable(Some(&self.home()), false)
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

fn add_note(text: &str) -> Intent {
    Intent::AddNote(Box::new(Note {
        id: text.into(),
        text: text.to_owned(),
        votes: 0,
    }))
}

/// Simulates a crash.
fn crash(session: Session, journals: Journals) {
    assert!(journals.flush(FLUSH_TIMEOUT), "{:?}", journals.error());
    drop(session);
    drop(journals);
}

/// Waits until the thread of dropped journals has released its locks.
fn find_recoverable_map(place: &TestFolder) -> super::RecoverableMap {
    for _ in 0..10_000 {
        let mut found = place.find();
        assert!(found.set_aside.is_empty(), "{:?}", found.set_aside);
        if let Some(map) = found.maps.pop() {
            return map;
        }
        std::thread::yield_now();
    }
    panic!("no recoverable map found");
}

const PLAIN: &str = "(title: \"T\", stages: [])";
