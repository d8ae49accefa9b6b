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
fn intents_that_cancel_out_leave_no_step() {
    let place = TestFolder::new();
    let text = "(title: \"T\", stages: [(id: \"a\", name: \"A\"), (id: \"b\", name: \"B\")])";
    let mut session = Session::open(&place.write(text)).unwrap();
    let move_to = |to| Intent::MoveStage { id: "a".into(), to };
    let intents = vec![
        move_to(1),
        add_note("x"),
        Intent::DeleteNote("x".into()),
        move_to(0),
    ];
    let label = "All".to_owned();
    let batch = Intent::Batch { label, intents };
    assert!(!session.apply(&batch).unwrap());
    assert!(session.history().done().len() == 0 && !session.is_dirty());
}

#[test]
fn the_origin_of_a_fork_is_looked_at_when_its_map_is_opened_saved_or_moved() {
    let place = TestFolder::new();
    let text = "(title: \"T\", forked_from: (file: \"now.journey.ron\", date: \"2026-05-01\"))";
    let today = "2026-06-01".parse().unwrap();
    let rules = |session: &mut Session| {
        let found = session.findings(today);
        let rules = found.open.iter().map(|it| it.rule.id);
        let rules = rules.filter(|rule| rule.starts_with("origin"));
        rules.collect::<Vec<_>>()
    };
    let mut session = Session::open(&place.write(text)).unwrap();
    assert_eq!(rules(&mut session), ["origin-missing"]);
    // Another name is looked at when the map is saved.
    let origin = place.map().with_file_name("other.journey.ron");
    let measured =
        "(title: \"N\", measurements: [(metric: \"NPS\", value: 12, date: \"2026-05-20\")])";
    crate::storage::write(&origin, measured.as_bytes()).unwrap();
    let mut header = session.map().header().clone();
    header.forked_from.as_mut().unwrap().file = "other.journey.ron".to_owned();
    let renamed = Intent::SetHeader(Box::new(header.clone()));
    session.apply(&renamed).unwrap();
    assert!(rules(&mut session).is_empty());
    session.save().unwrap();
    assert_eq!(rules(&mut session), ["origin-newer"]);
    header.forked_from.as_mut().unwrap().date = Some(today);
    session.apply(&Intent::SetHeader(Box::new(header))).unwrap();
    assert!(rules(&mut session).is_empty());
    // A map without a file, or with an absolute name, reads nothing.
    let outside = format!("(title: \"T\", forked_from: (file: {:?}))", place.map());
    let mut session = Session::open(&place.write(&outside)).unwrap();
    assert!(rules(&mut session).is_empty());
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
