//! Recovery of maps after a crash.

use super::{TestFolder, add_note, crash, find_recoverable_map};
use crate::edit::proptests::{intent, rolls};
use crate::format;
use crate::model::arbitrary;
use crate::session::find_recoverable;
use crate::session::{FLUSH_TIMEOUT, FileState, Session};
use proptest::prelude::*;
use std::fs;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn recovery_restores_the_map_and_its_history(
        map in arbitrary::map(),
        edits in rolls(14),
        save_at in 0usize..16,
    ) {
        let place = TestFolder::new();
        let path = place.write(&format::write(&map));
        let journals = place.journals();
        let mut session = Session::open(&path).unwrap();
        session.enable_journal(&journals);
        for (at, roll) in edits.into_iter().enumerate() {
            if at == save_at {
                session.save().unwrap();
            }
            match roll.0 % 5 {
                0 => drop(session.undo()),
                1 => drop(session.redo()),
                _ => if let Some(intent) = intent(session.map(), roll) {
                    let _ = session.apply_merging(&intent, (roll.1 % 3 == 0).then_some("typing"));
                },
            }
        }
        session.apply(&add_note("last")).unwrap();
        let (live, saved) = (session.map().clone(), fs::read(&path).unwrap());
        let (done, undone) = (session.history().done().len(), session.history().undone().len());
        crash(session, journals);

        let rescued = find_recoverable_map(&place);
        prop_assert_eq!(rescued.path.as_deref(), Some(path.as_path()));
        prop_assert_eq!(&rescued.file_state, &FileState::Unchanged);
        prop_assert!(rescued.steps > 0 && !rescued.differences.is_empty());
        let journals = place.journals();
        let mut again = rescued.recover(&journals);
        prop_assert!(again.is_dirty());
        prop_assert_eq!(again.map(), &live);
        prop_assert_eq!(again.history().done().len(), done);
        prop_assert_eq!(again.history().undone().len(), undone);
        prop_assert_eq!(fs::read(&path).unwrap(), saved, "nothing was written to the file");
        // The journal is continued, and saving works as usual.
        again.undo();
        again.save().unwrap();
        prop_assert!(!again.is_dirty());
        again.close();
        prop_assert!(journals.flush(FLUSH_TIMEOUT));
        prop_assert!(fs::read_dir(place.home()).unwrap().next().is_none());
    }
}

#[test]
fn untitled_maps_are_recovered_and_closed_ones_leave_no_journal() {
    let place = TestFolder::new();
    let (mut session, journals) = place.draft();
    assert!(!place.home().exists(), "nothing is written before a step");
    session.apply(&add_note("x")).unwrap();
    let live = session.map().clone();
    crash(session, journals);
    let first = find_recoverable_map(&place);
    assert_eq!((first.title.as_str(), first.steps), ("Draft", 1));
    assert_eq!(
        (&first.file_state, &first.path),
        (&FileState::NoFile, &None)
    );
    // Another window does not offer a map that this one is offering.
    assert!(place.find().maps.is_empty());
    let journals = place.journals();
    let mut session = first.recover(&journals);
    assert_eq!(*session.map(), live);
    session.apply(&add_note("y")).unwrap();
    crash(session, journals);
    let again = find_recoverable_map(&place);
    assert_eq!(again.steps, 2);
    again.recover(&place.journals()).close();
}

#[test]
fn archived_maps_are_kept_until_deleted() {
    let place = TestFolder::new();
    let (mut session, journals) = place.draft();
    session.apply(&add_note("x")).unwrap();
    crash(session, journals);
    find_recoverable_map(&place).archive().unwrap();
    assert!(place.find().maps.is_empty());
    let found = find_recoverable(Some(&place.home()), true);
    assert!(found.maps[0].archived);
    // A recovered map from the archive has an ordinary journal.
    let journals = place.journals();
    let session = found.maps.into_iter().next().unwrap().recover(&journals);
    crash(session, journals);
    find_recoverable_map(&place).delete().unwrap();
    assert!(find_recoverable(Some(&place.home()), true).maps.is_empty());
}

#[test]
fn a_map_that_was_saved_before_the_crash_is_not_offered() {
    let place = TestFolder::new();
    let (mut session, journals) = place.opened();
    session.apply(&add_note("x")).unwrap();
    session.save().unwrap();
    crash(session, journals);
    while fs::read_dir(place.home()).unwrap().next().is_some() {
        assert!(place.find().maps.is_empty());
    }
}
