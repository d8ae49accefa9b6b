//! Changes to files by other programs: no unknown version is overwritten, and no
//! change here is lost.

use super::{PLAIN, Place, crash, note, rescued};
use crate::session::{FileNow, Meeting, SaveError, Session};
use crate::storage::DiskError;
use std::fs;

#[test]
fn an_unknown_version_is_never_overwritten() {
    let place = Place::new();
    let path = place.write(PLAIN);
    let mut session = Session::open(&path).unwrap();
    session.apply(&note("mine")).unwrap();
    place.write("(title: \"Theirs\", stages: [])");
    let refused = session.save();
    assert!(matches!(
        refused,
        Err(SaveError::Disk(DiskError::Changed { .. }))
    ));
    assert_eq!(fs::read(&path).unwrap(), b"(title: \"Theirs\", stages: [])");
    let Meeting::Both(theirs) = session.meet(fs::read(&path).unwrap()) else {
        panic!("no conflict");
    };
    assert_eq!(theirs.lines.len(), 2, "{:?}", theirs.lines);
    // Keep mine: theirs is copied beside the file.
    let kept = session.keep_mine(&theirs).unwrap().unwrap();
    assert_eq!(fs::read(kept).unwrap(), b"(title: \"Theirs\", stages: [])");
    assert!(session.is_dirty());
    session.save().unwrap();
    assert_eq!(place.names(), ["a.journey.ron", "a.theirs.journey.ron"]);
    // Take theirs: a step that can be undone.
    session.apply(&note("more")).unwrap();
    let before = session.map().clone();
    place.write(PLAIN);
    let Meeting::Both(theirs) = session.meet(fs::read(&path).unwrap()) else {
        panic!("no conflict");
    };
    assert!(session.take_theirs(&theirs) && !session.is_dirty());
    assert_eq!(session.map().header().title, "T");
    session.undo();
    assert_eq!(*session.map(), before);
    assert!(session.is_dirty());
}

#[test]
fn an_unchanged_map_is_reloaded_from_its_file() {
    let place = Place::new();
    let path = place.write(PLAIN);
    let mut session = Session::open(&path).unwrap();
    let before = session.map().clone();
    place.write("(title: \"New\", stages: [(name: \"Buy\")])");
    let Meeting::Reloaded(lines) = session.meet(fs::read(&path).unwrap()) else {
        panic!("not reloaded");
    };
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(!session.is_dirty());
    assert_eq!(session.map().stages().len(), 1);
    session.undo();
    assert_eq!(*session.map(), before);
    session.save().unwrap();
    // The same map with other formatting is no change.
    let text = fs::read_to_string(&path).unwrap();
    place.write(&format!("\n{text}"));
    assert!(matches!(
        session.meet(fs::read(&path).unwrap()),
        Meeting::Same
    ));
    // Malformed content is never read as a map.
    for garbage in ["", "<!doctype html>", "\0\0\0\0", "<<<<<<< ours\n"] {
        let Meeting::Both(theirs) = session.meet(garbage.as_bytes().to_vec()) else {
            panic!("{garbage:?} was accepted");
        };
        assert!(theirs.broken.is_some() && !session.take_theirs(&theirs));
    }
    // The saved version is gone until it comes back.
    assert!(session.is_dirty());
    assert!(matches!(
        session.meet(fs::read(&path).unwrap()),
        Meeting::Same
    ));
    assert!(!session.is_dirty());
}

#[test]
fn an_unedited_map_with_a_malformed_file_is_recovered() {
    let place = Place::new();
    let path = place.write(PLAIN);
    let journals = place.journals();
    let mut session = Session::open(&path).unwrap();
    session.keep_journal(&journals);
    let live = session.map().clone();
    place.write("\0\0\0\0");
    let Meeting::Both(theirs) = session.meet(fs::read(&path).unwrap()) else {
        panic!("no conflict");
    };
    let kept = session.keep_mine(&theirs).unwrap().unwrap();
    assert_eq!(fs::read(kept).unwrap(), b"\0\0\0\0");
    crash(session, journals);
    let first = rescued(&place);
    assert_eq!(first.file_now, FileNow::Gone);
    assert_eq!(*first.take(&place.journals()).map(), live);
}

#[test]
fn a_file_that_vanishes_again_after_a_conflict_counts_as_unsaved() {
    let place = Place::new();
    let path = place.write(PLAIN);
    let mut session = Session::open(&path).unwrap();
    session.file_gone();
    assert!(session.is_dirty());
    place.write("(title: \"Theirs\", stages: [])");
    let Meeting::Both(theirs) = session.meet(fs::read(&path).unwrap()) else {
        panic!("no conflict");
    };
    session.keep_mine(&theirs).unwrap();
    session.file_gone();
    session.file_back();
    assert!(session.is_dirty(), "the map is in no file");
}

#[test]
fn an_unedited_map_with_a_missing_file_is_recovered() {
    let place = Place::new();
    let path = place.write(PLAIN);
    let journals = place.journals();
    let mut session = Session::open(&path).unwrap();
    session.keep_journal(&journals);
    fs::remove_file(&path).unwrap();
    session.file_gone();
    let live = session.map().clone();
    crash(session, journals);
    let first = rescued(&place);
    assert_eq!(first.file_now, FileNow::Gone);
    let journals = place.journals();
    let mut session = first.take(&journals);
    assert_eq!(*session.map(), live);
    // Saved, and then the file is deleted again before the crash.
    session.save().unwrap();
    fs::remove_file(&path).unwrap();
    crash(session, journals);
    assert_eq!(*rescued(&place).take(&place.journals()).map(), live);
}

#[test]
fn another_spelling_of_the_path_overwrites_no_unknown_version() {
    let place = Place::new();
    let path = place.write(PLAIN);
    fs::create_dir(place.folder.path().join("x")).unwrap();
    let other = place.folder.path().join("x/../a.journey.ron");
    let mut session = Session::open(&path).unwrap();
    session.apply(&note("mine")).unwrap();
    place.write("(title: \"Theirs\", stages: [])");
    assert!(matches!(
        session.save_as(&other),
        Err(SaveError::Disk(DiskError::Changed { .. }))
    ));
    assert_eq!(fs::read(&path).unwrap(), b"(title: \"Theirs\", stages: [])");
}
