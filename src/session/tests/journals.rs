//! Journals that are damaged, deleted, or cannot be written.

use super::{TestFolder, add_note, crash, find_recoverable_map};
use crate::edit::Intent;
use crate::model::Note;
use crate::session::FLUSH_TIMEOUT;
use std::fs;

#[test]
fn unreadable_journals_are_set_aside() {
    let place = TestFolder::new();
    fs::create_dir(place.home()).unwrap();
    let head = String::from_utf8(crate::edit::journal::encode_header(&Default::default())).unwrap();
    for (name, content) in [
        ("a", "nonsense"),
        ("b", "touchline journal 99\n"),
        ("c", head.as_str()),
        ("d", ""),
    ] {
        crate::storage::write(
            &place.home().join(format!("{name}.journal")),
            content.as_bytes(),
        )
        .unwrap();
    }
    let found = place.find();
    assert!(found.maps.is_empty());
    assert_eq!(found.set_aside.len(), 4);
    assert!(found.set_aside.iter().all(|(path, _)| path.exists()));
    assert!(place.find().set_aside.is_empty(), "only once");
}

#[test]
fn a_truncated_journal_loses_only_the_last_step() {
    let place = TestFolder::new();
    let (mut session, journals) = place.draft();
    session.apply(&add_note("x")).unwrap();
    let before = session.map().clone();
    session.apply(&add_note("y")).unwrap();
    crash(session, journals);
    drop(find_recoverable_map(&place));
    let path = place.journal();
    let bytes = fs::read(&path).unwrap();
    crate::storage::write(&path, &bytes[..bytes.len() - 3]).unwrap();
    let rescued = find_recoverable_map(&place);
    assert!(rescued.damaged);
    assert_eq!(rescued.steps, 1);
    let journals = place.journals();
    let session = rescued.recover(&journals);
    assert_eq!(*session.map(), before);
}

#[test]
fn journals_stay_within_bounds_and_grow_with_the_steps() {
    let place = TestFolder::new();
    let (mut session, journals) = place.draft();
    let long = "x".repeat(20_000);
    session.apply(&add_note("n")).unwrap();
    let (mut largest, mut grown) = (0, 0);
    let mut length = 0;
    for at in 0..300 {
        let intent = Intent::SetNote(Box::new(Note {
            id: "n".into(),
            text: format!("{at} {long}"),
            votes: 0,
        }));
        session.apply(&intent).unwrap();
        assert!(journals.flush(FLUSH_TIMEOUT));
        let now = fs::metadata(place.journal()).unwrap().len();
        largest = largest.max(now);
        if now > length {
            grown = grown.max(now - length);
        }
        length = now;
    }
    assert!(largest < 5 * 1024 * 1024, "{largest}");
    assert!(grown < 45_000, "a step of 40 kB took {grown}");
    let live = session.map().clone();
    crash(session, journals);
    let session = find_recoverable_map(&place).recover(&place.journals());
    assert_eq!(*session.map(), live);
}

#[test]
fn a_damaged_journal_is_copied_aside_on_recovery() {
    let place = TestFolder::new();
    let (mut session, journals) = place.draft();
    for text in ["x", "y", "z"] {
        session.apply(&add_note(text)).unwrap();
    }
    crash(session, journals);
    drop(find_recoverable_map(&place));
    let path = place.journal();
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes
        .windows(3)
        .rposition(|three| three == b"\"y\"")
        .unwrap();
    bytes[at + 1] = b'q';
    crate::storage::write(&path, &bytes).unwrap();
    let found = find_recoverable_map(&place);
    assert!(found.damaged);
    let journals = place.journals();
    let mut session = found.recover(&journals);
    assert_eq!(session.map().notes().len(), 1);
    session.apply(&add_note("new")).unwrap();
    assert!(journals.flush(FLUSH_TIMEOUT));
    let aside = place
        .home()
        .join("set-aside")
        .join(path.file_name().unwrap());
    assert_eq!(fs::read(aside).unwrap(), bytes);
}

#[test]
fn a_deleted_journal_is_recreated_with_the_next_step() {
    let place = TestFolder::new();
    let (mut session, journals) = place.draft();
    session.apply(&add_note("x")).unwrap();
    assert!(journals.flush(FLUSH_TIMEOUT));
    fs::remove_dir_all(place.home()).unwrap();
    session.apply(&add_note("y")).unwrap();
    session.apply(&add_note("z")).unwrap();
    let live = session.map().clone();
    crash(session, journals);
    let rescued = find_recoverable_map(&place);
    assert_eq!(rescued.steps, 3);
    assert_eq!(*rescued.recover(&place.journals()).map(), live);
}

#[test]
fn failing_journals_do_not_prevent_editing_and_catch_up() {
    let place = TestFolder::new();
    // A file takes the place of the folder.
    crate::storage::write(&place.home(), b"").unwrap();
    let (mut session, journals) = place.draft();
    session.apply(&add_note("x")).unwrap();
    assert!(!journals.flush(FLUSH_TIMEOUT));
    assert!(journals.error().is_some());
    session.save_as(&place.map()).unwrap();
    fs::remove_file(place.home()).unwrap();
    session.apply(&add_note("y")).unwrap();
    assert!(journals.flush(FLUSH_TIMEOUT));
    let live = session.map().clone();
    crash(session, journals);
    let rescued = find_recoverable_map(&place);
    assert_eq!(rescued.path.as_deref(), Some(&*place.map()));
    assert_eq!(*rescued.recover(&place.journals()).map(), live);
}
