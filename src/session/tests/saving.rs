//! Saving while the map is being changed.

use super::{TestFolder, add_note, crash, find_recoverable_map};
use crate::edit::Intent;
use crate::format;
use crate::model::{Image, ImageData};
use crate::session::{FileState, SaveError, Session};
use std::fs;

#[test]
fn losses_are_announced_and_backed_up_before_saving() {
    let place = TestFolder::new();
    let text = "// mine\n(title: \"T\", moon: \"full\", stages: [])";
    let path = place.write(text);
    let mut session = Session::open(&path).unwrap();
    assert_eq!(session.losses().len(), 2, "{:?}", session.losses());
    session.apply(&add_note("x")).unwrap();
    let saved = session.save().unwrap();
    assert_eq!(fs::read(saved.backup.unwrap()).unwrap(), text.as_bytes());
    assert_eq!(place.names(), ["a.journey.ron", "a.journey.ron.bak"]);
    session.apply(&add_note("y")).unwrap();
    assert_eq!(
        session.save().unwrap().backup,
        None,
        "only at the first save"
    );
    assert!(session.losses().is_empty());
}

#[test]
fn a_map_that_could_not_be_opened_again_is_not_saved() {
    let place = TestFolder::new();
    let text = "(title: \"T\")";
    let mut session = Session::open(&place.write(text)).unwrap();
    let huge = Image {
        id: "i".into(),
        data: ImageData::Bytes(vec![0; 50_000_000].into()),
        ..Image::default()
    };
    session.apply(&Intent::AddImage(Box::new(huge))).unwrap();
    assert_eq!(
        session.save().unwrap_err().to_string(),
        "nothing was saved, because the file could not be opened again: the file has 72 MB; at most 64 MB are read"
    );
    assert_eq!(fs::read_to_string(place.map()).unwrap(), text);
    assert!(session.is_dirty() && !session.is_saving());
    session.undo();
    session.apply(&add_note("y")).unwrap();
    session.save().unwrap();
}

#[test]
fn saves_never_overlap_and_count_only_when_finished() {
    let place = TestFolder::new();
    let (mut session, journals) = place.opened();
    session.apply(&add_note("x")).unwrap();
    let job = session.begin_save(None).unwrap();
    assert!(matches!(session.begin_save(None), Err(SaveError::Busy)));
    assert!(session.is_dirty());
    // Editing continues during a save.
    session.apply(&add_note("y")).unwrap();
    let saved = session.end_save(job.run()).unwrap();
    assert_eq!(saved.path, place.map());
    assert!(session.is_dirty(), "the second note is in no file yet");
    let live = session.map().clone();
    crash(session, journals);
    let rescued = find_recoverable_map(&place);
    assert_eq!(
        (rescued.steps, &rescued.file_state),
        (1, &FileState::Unchanged)
    );
    assert_eq!(*rescued.recover(&place.journals()).map(), live);
}

#[test]
fn a_save_writes_the_map_as_it_was_when_it_began() {
    let place = TestFolder::new();
    let (mut session, journals) = place.opened();
    session.apply(&add_note("x")).unwrap();
    let begun = session.map().clone();
    let job = session.begin_save(None).unwrap();
    assert!(session.is_being_saved());
    session.apply(&add_note("y")).unwrap();
    assert!(!session.is_being_saved() && session.is_saving());
    let done = job.run();
    assert_eq!(
        fs::read_to_string(place.map()).unwrap(),
        format::write(&begun)
    );
    // Killed before the result of the save arrived.
    drop(done);
    let live = session.map().clone();
    crash(session, journals);
    let rescued = find_recoverable_map(&place);
    assert_eq!(
        (rescued.steps, &rescued.file_state),
        (1, &FileState::Unchanged)
    );
    assert_eq!(*rescued.recover(&place.journals()).map(), live);
}
