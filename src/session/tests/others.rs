//! Changes to files by other programs: no unknown version is overwritten, and no
//! change here is lost.

use super::{PLAIN, TestFolder, add_note, crash, find_recoverable_map};
use crate::session::{FileState, Reload, SaveError, Session};
use crate::storage::{DiskError, DiskProblem};
use std::fs;

#[test]
fn an_unknown_version_is_never_overwritten() {
    let place = TestFolder::new();
    let path = place.write(PLAIN);
    let mut session = Session::open(&path).unwrap();
    session.apply(&add_note("mine")).unwrap();
    place.write("(title: \"Theirs\", stages: [])");
    let refused = session.save();
    assert!(matches!(
        refused,
        Err(SaveError::Disk(DiskError {
            problem: DiskProblem::Changed,
            ..
        }))
    ));
    assert_eq!(fs::read(&path).unwrap(), b"(title: \"Theirs\", stages: [])");
    let Reload::Conflict(theirs) = session.reconcile(fs::read(&path).unwrap()) else {
        panic!("no conflict");
    };
    assert_eq!(theirs.differences.len(), 2, "{:?}", theirs.differences);
    // Keep mine: theirs is copied beside the file.
    let kept = session.keep_mine(&theirs).unwrap().unwrap();
    assert_eq!(fs::read(kept).unwrap(), b"(title: \"Theirs\", stages: [])");
    assert!(session.is_dirty());
    session.save().unwrap();
    assert_eq!(place.names(), ["a.journey.ron", "a.theirs.journey.ron"]);
    // Take theirs: a step that can be undone.
    session.apply(&add_note("more")).unwrap();
    let before = session.map().clone();
    place.write(PLAIN);
    let Reload::Conflict(theirs) = session.reconcile(fs::read(&path).unwrap()) else {
        panic!("no conflict");
    };
    assert!(session.apply_theirs(&theirs) && !session.is_dirty());
    assert_eq!(session.map().header().title, "T");
    session.undo();
    assert_eq!(*session.map(), before);
    assert!(session.is_dirty());
}

#[test]
fn an_unchanged_map_is_reloaded_from_its_file() {
    let place = TestFolder::new();
    let path = place.write(PLAIN);
    let mut session = Session::open(&path).unwrap();
    let before = session.map().clone();
    place.write("(title: \"New\", stages: [(name: \"Buy\")])");
    let Reload::Reloaded(lines) = session.reconcile(fs::read(&path).unwrap()) else {
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
        session.reconcile(fs::read(&path).unwrap()),
        Reload::Unchanged
    ));
    // Malformed content is never read as a map.
    for garbage in ["", "<!doctype html>", "\0\0\0\0", "<<<<<<< ours\n"] {
        let Reload::Conflict(theirs) = session.reconcile(garbage.as_bytes().to_vec()) else {
            panic!("{garbage:?} was accepted");
        };
        assert!(theirs.read_error.is_some() && !session.apply_theirs(&theirs));
    }
    // The saved version is gone until it comes back.
    assert!(session.is_dirty());
    assert!(matches!(
        session.reconcile(fs::read(&path).unwrap()),
        Reload::Unchanged
    ));
    assert!(!session.is_dirty());
}

#[test]
fn an_unedited_map_with_a_malformed_file_is_recovered() {
    let place = TestFolder::new();
    let path = place.write(PLAIN);
    let journals = place.journals();
    let mut session = Session::open(&path).unwrap();
    session.enable_journal(&journals);
    let live = session.map().clone();
    place.write("\0\0\0\0");
    let Reload::Conflict(theirs) = session.reconcile(fs::read(&path).unwrap()) else {
        panic!("no conflict");
    };
    let kept = session.keep_mine(&theirs).unwrap().unwrap();
    assert_eq!(fs::read(kept).unwrap(), b"\0\0\0\0");
    crash(session, journals);
    let first = find_recoverable_map(&place);
    assert_eq!(first.file_state, FileState::Missing);
    assert_eq!(*first.recover(&place.journals()).map(), live);
}

#[test]
fn a_file_that_vanishes_again_after_a_conflict_counts_as_unsaved() {
    let place = TestFolder::new();
    let path = place.write(PLAIN);
    let mut session = Session::open(&path).unwrap();
    session.mark_file_missing();
    assert!(session.is_dirty());
    place.write("(title: \"Theirs\", stages: [])");
    let Reload::Conflict(theirs) = session.reconcile(fs::read(&path).unwrap()) else {
        panic!("no conflict");
    };
    session.keep_mine(&theirs).unwrap();
    session.mark_file_missing();
    session.mark_file_restored();
    assert!(session.is_dirty(), "the map is in no file");
}

#[test]
fn an_unedited_map_with_a_missing_file_is_recovered() {
    let place = TestFolder::new();
    let path = place.write(PLAIN);
    let journals = place.journals();
    let mut session = Session::open(&path).unwrap();
    session.enable_journal(&journals);
    fs::remove_file(&path).unwrap();
    session.mark_file_missing();
    let live = session.map().clone();
    crash(session, journals);
    let first = find_recoverable_map(&place);
    assert_eq!(first.file_state, FileState::Missing);
    let journals = place.journals();
    let mut session = first.recover(&journals);
    assert_eq!(*session.map(), live);
    // Saved, and then the file is deleted again before the crash.
    session.save().unwrap();
    fs::remove_file(&path).unwrap();
    crash(session, journals);
    assert_eq!(
        *find_recoverable_map(&place)
            .recover(&place.journals())
            .map(),
        live
    );
}

#[test]
fn another_spelling_of_the_path_overwrites_no_unknown_version() {
    let place = TestFolder::new();
    let path = place.write(PLAIN);
    fs::create_dir(place.folder.path().join("x")).unwrap();
    let other = place.folder.path().join("x/../a.journey.ron");
    let mut session = Session::open(&path).unwrap();
    session.apply(&add_note("mine")).unwrap();
    place.write("(title: \"Theirs\", stages: [])");
    assert!(matches!(
        session.save_as(&other),
        Err(SaveError::Disk(DiskError {
            problem: DiskProblem::Changed,
            ..
        }))
    ));
    assert_eq!(fs::read(&path).unwrap(), b"(title: \"Theirs\", stages: [])");
}

#[test]
fn edits_made_during_a_comparison_are_never_lost() {
    let place = TestFolder::new();
    let path = place.write(PLAIN);
    let mut session = Session::open(&path).unwrap();
    place.write("(title: \"Theirs\", stages: [])");
    let job = session.begin_reload(fs::read(&path).unwrap());
    // The map moves on before the result arrives.
    session.apply(&add_note("mine")).unwrap();
    let Reload::Outdated(again) = session.end_reload(job.run()) else {
        panic!("compared with a map that is gone");
    };
    assert_eq!(session.map().notes().len(), 1);
    let Reload::Conflict(theirs) = session.end_reload(again.run()) else {
        panic!("no conflict");
    };
    assert_eq!(theirs.differences.len(), 2, "{:?}", theirs.differences);
    // The same race after the user chose theirs: compared again, then applied.
    let job = session.begin_apply(&theirs);
    session.apply(&add_note("more")).unwrap();
    let before = session.map().clone();
    let Reload::Outdated(again) = session.end_reload(job.run()) else {
        panic!("compared with a map that is gone");
    };
    assert!(matches!(
        session.end_reload(again.run()),
        Reload::Reloaded(_)
    ));
    assert_eq!(session.map().header().title, "Theirs");
    assert!(session.map().notes().is_empty() && !session.is_dirty());
    session.undo();
    assert_eq!(*session.map(), before);
    // A save during the comparison makes it void.
    place.write(PLAIN);
    let job = session.begin_reload(fs::read(&path).unwrap());
    place.write("(title: \"Theirs\", stages: [])");
    session.save().unwrap();
    assert!(matches!(session.end_reload(job.run()), Reload::Unchanged));
    assert_eq!(*session.map(), before);
}

#[test]
fn a_proposal_is_neither_compared_nor_an_edit() {
    let place = TestFolder::new();
    let path = place.write(PLAIN);
    let mut session = Session::open(&path).unwrap();
    place.write("(title: \"Theirs\", stages: [])");
    session.propose(&add_note("dragged")).unwrap();
    let job = session.begin_reload(fs::read(&path).unwrap());
    session.propose(&add_note("dragged on")).unwrap();
    let Reload::Reloaded(lines) = session.end_reload(job.run()) else {
        panic!("not reloaded");
    };
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(session.map().notes().is_empty());
}
