//! Saving, journals and rescue together, on real files. A crash is a session
//! and its journals that are dropped without being closed.

use super::disk;
use super::{FileNow, Found, Journals, PATIENCE, SaveError, Session, find};
use crate::edit::Intent;
use crate::edit::laws::{intent, rolls};
use crate::format;
use crate::model::{Map, Note, arbitrary};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

mod others;

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

    fn found(&self) -> Found {
        find(Some(&self.home()), false)
    }

    fn write(&self, text: &str) -> PathBuf {
        disk::write(&self.map(), text.as_bytes()).unwrap();
        self.map()
    }

    /// Names in the folder of the map, without the folder for journals.
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

/// The program ends here without another word.
fn crash(session: Session, journals: Journals) {
    assert!(journals.flush(PATIENCE), "{:?}", journals.trouble());
    drop(session);
    drop(journals);
}

/// Waits until the thread of dropped journals has let go of its locks.
fn rescued(place: &Place) -> super::Rescued {
    for _ in 0..10_000 {
        let mut found = place.found();
        assert!(found.set_aside.is_empty(), "{:?}", found.set_aside);
        if let Some(map) = found.maps.pop() {
            return map;
        }
        std::thread::yield_now();
    }
    panic!("nothing was rescued");
}

const PLAIN: &str = "(title: \"T\", stages: [])";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_a_crash_leaves_is_the_live_map_with_its_history(
        map in arbitrary::map(),
        edits in rolls(14),
        save_at in 0usize..16,
    ) {
        let place = Place::new();
        let path = place.write(&format::write(&map));
        let journals = place.journals();
        let mut session = Session::open(&path).unwrap();
        session.keep_journal(&journals);
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
        session.apply(&note("last")).unwrap();
        let (live, saved) = (session.map().clone(), fs::read(&path).unwrap());
        let (done, undone) = (session.history().done().len(), session.history().undone().len());
        crash(session, journals);

        let rescued = rescued(&place);
        prop_assert_eq!(rescued.path.as_deref(), Some(path.as_path()));
        prop_assert_eq!(&rescued.file_now, &FileNow::AsSeen);
        prop_assert!(rescued.steps > 0 && !rescued.differences.is_empty());
        let journals = place.journals();
        let mut again = rescued.take(&journals);
        prop_assert!(again.is_dirty());
        prop_assert_eq!(again.map(), &live);
        prop_assert_eq!(again.history().done().len(), done);
        prop_assert_eq!(again.history().undone().len(), undone);
        prop_assert_eq!(fs::read(&path).unwrap(), saved, "nothing was written to the file");
        // The journal goes on, and saving works as ever.
        again.undo();
        again.save().unwrap();
        prop_assert!(!again.is_dirty());
        again.close();
        prop_assert!(journals.flush(PATIENCE));
        prop_assert!(fs::read_dir(place.home()).unwrap().next().is_none());
    }
}

#[test]
fn untitled_maps_are_rescued_and_closed_ones_leave_nothing() {
    let place = Place::new();
    let journals = place.journals();
    let mut session = Session::untitled(Map::titled("Draft"));
    session.keep_journal(&journals);
    assert!(!place.home().exists(), "nothing is written before a step");
    session.apply(&note("x")).unwrap();
    let live = session.map().clone();
    crash(session, journals);
    let first = rescued(&place);
    assert_eq!((first.title.as_str(), first.steps), ("Draft", 1));
    assert_eq!((&first.file_now, &first.path), (&FileNow::None, &None));
    // Another window does not offer what this one is offering.
    assert!(place.found().maps.is_empty());
    let journals = place.journals();
    let mut session = first.take(&journals);
    assert_eq!(*session.map(), live);
    session.apply(&note("y")).unwrap();
    crash(session, journals);
    let again = rescued(&place);
    assert_eq!(again.steps, 2);
    again.take(&place.journals()).close();
}

#[test]
fn what_is_put_away_is_kept_until_it_is_deleted() {
    let place = Place::new();
    let journals = place.journals();
    let mut session = Session::untitled(Map::titled("Draft"));
    session.keep_journal(&journals);
    session.apply(&note("x")).unwrap();
    crash(session, journals);
    rescued(&place).put_away().unwrap();
    assert!(place.found().maps.is_empty());
    let found = find(Some(&place.home()), true);
    assert!(found.maps[0].away);
    // Taken up again, it is an ordinary journal.
    let journals = place.journals();
    let session = found.maps.into_iter().next().unwrap().take(&journals);
    crash(session, journals);
    rescued(&place).delete().unwrap();
    assert!(find(Some(&place.home()), true).maps.is_empty());
}

#[test]
fn a_map_that_was_saved_before_the_crash_is_not_offered() {
    let place = Place::new();
    let path = place.write(PLAIN);
    let journals = place.journals();
    let mut session = Session::open(&path).unwrap();
    session.keep_journal(&journals);
    session.apply(&note("x")).unwrap();
    session.save().unwrap();
    crash(session, journals);
    while fs::read_dir(place.home()).unwrap().next().is_some() {
        assert!(place.found().maps.is_empty());
    }
}

#[test]
fn journals_that_make_no_sense_are_set_aside() {
    let place = Place::new();
    fs::create_dir(place.home()).unwrap();
    let head = String::from_utf8(crate::edit::journal::start(&Default::default())).unwrap();
    for (name, content) in [
        ("a", "nonsense"),
        ("b", "touchline journal 99\n"),
        ("c", head.as_str()),
        ("d", ""),
    ] {
        disk::write(
            &place.home().join(format!("{name}.journal")),
            content.as_bytes(),
        )
        .unwrap();
    }
    let found = place.found();
    assert!(found.maps.is_empty());
    assert_eq!(found.set_aside.len(), 4);
    assert!(found.set_aside.iter().all(|(path, _)| path.exists()));
    assert!(place.found().set_aside.is_empty(), "only once");
}

#[test]
fn a_torn_end_costs_the_last_step_only() {
    let place = Place::new();
    let journals = place.journals();
    let mut session = Session::untitled(Map::titled("Draft"));
    session.keep_journal(&journals);
    session.apply(&note("x")).unwrap();
    let before = session.map().clone();
    session.apply(&note("y")).unwrap();
    crash(session, journals);
    drop(rescued(&place));
    let path = fs::read_dir(place.home())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let bytes = fs::read(&path).unwrap();
    disk::write(&path, &bytes[..bytes.len() - 3]).unwrap();
    let rescued = rescued(&place);
    assert!(rescued.torn);
    assert_eq!(rescued.steps, 1);
    let journals = place.journals();
    let session = rescued.take(&journals);
    assert_eq!(*session.map(), before);
}

#[test]
fn journals_stay_within_bounds_and_steps_cost_what_they_are() {
    let place = Place::new();
    let journals = place.journals();
    let mut session = Session::untitled(Map::titled("Draft"));
    session.keep_journal(&journals);
    let long = "x".repeat(20_000);
    session.apply(&note("n")).unwrap();
    let (mut largest, mut grown) = (0, 0);
    let mut length = 0;
    for at in 0..300 {
        let intent = Intent::SetNote(Box::new(Note {
            id: "n".into(),
            text: format!("{at} {long}"),
            votes: 0,
        }));
        session.apply(&intent).unwrap();
        assert!(journals.flush(PATIENCE));
        let path = fs::read_dir(place.home()).unwrap().find_map(|entry| {
            let path = entry.unwrap().path();
            path.extension()
                .is_some_and(|e| e == "journal")
                .then_some(path)
        });
        let now = fs::metadata(path.unwrap()).unwrap().len();
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
    let session = rescued(&place).take(&place.journals());
    assert_eq!(*session.map(), live);
}

#[test]
fn what_cannot_be_kept_is_said_before_and_kept_beside() {
    let place = Place::new();
    let text = "// mine\n(title: \"T\", moon: \"full\", stages: [])";
    let path = place.write(text);
    let mut session = Session::open(&path).unwrap();
    assert_eq!(session.losses().len(), 2, "{:?}", session.losses());
    session.apply(&note("x")).unwrap();
    let saved = session.save().unwrap();
    assert_eq!(fs::read(saved.kept.unwrap()).unwrap(), text.as_bytes());
    assert_eq!(place.names(), ["a.journey.ron", "a.journey.ron.bak"]);
    session.apply(&note("y")).unwrap();
    assert_eq!(session.save().unwrap().kept, None, "at the first time only");
    assert!(session.losses().is_empty());
}

#[test]
fn saving_never_interleaves_and_counts_only_when_it_is_done() {
    let place = Place::new();
    let path = place.write(PLAIN);
    let journals = place.journals();
    let mut session = Session::open(&path).unwrap();
    session.keep_journal(&journals);
    session.apply(&note("x")).unwrap();
    let job = session.begin_save(None).unwrap();
    assert!(matches!(session.begin_save(None), Err(SaveError::Busy)));
    assert!(session.is_dirty());
    // Writing goes on while a save is under way.
    session.apply(&note("y")).unwrap();
    let saved = session.end_save(job.run()).unwrap();
    assert_eq!(saved.path, path);
    assert!(session.is_dirty(), "the second note is in no file yet");
    let live = session.map().clone();
    crash(session, journals);
    let rescued = rescued(&place);
    assert_eq!((rescued.steps, &rescued.file_now), (1, &FileNow::AsSeen));
    assert_eq!(*rescued.take(&place.journals()).map(), live);
}

#[test]
fn a_save_writes_the_map_as_it_was_when_it_began() {
    let place = Place::new();
    let path = place.write(PLAIN);
    let journals = place.journals();
    let mut session = Session::open(&path).unwrap();
    session.keep_journal(&journals);
    session.apply(&note("x")).unwrap();
    let begun = session.map().clone();
    let job = session.begin_save(None).unwrap();
    assert!(session.is_being_saved());
    session.apply(&note("y")).unwrap();
    assert!(!session.is_being_saved() && session.is_saving());
    let done = job.run();
    assert_eq!(fs::read_to_string(&path).unwrap(), format::write(&begun));
    // Killed before anybody heard that it was saved.
    drop(done);
    let live = session.map().clone();
    crash(session, journals);
    let rescued = rescued(&place);
    assert_eq!((rescued.steps, &rescued.file_now), (1, &FileNow::AsSeen));
    assert_eq!(*rescued.take(&place.journals()).map(), live);
}

#[test]
fn what_follows_the_damage_in_a_journal_is_kept_aside_when_it_is_taken() {
    let place = Place::new();
    let journals = place.journals();
    let mut session = Session::untitled(Map::titled("Draft"));
    session.keep_journal(&journals);
    for text in ["x", "y", "z"] {
        session.apply(&note(text)).unwrap();
    }
    crash(session, journals);
    drop(rescued(&place));
    let journal = fs::read_dir(place.home()).unwrap().next().unwrap();
    let path = journal.unwrap().path();
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes
        .windows(3)
        .rposition(|three| three == b"\"y\"")
        .unwrap();
    bytes[at + 1] = b'q';
    disk::write(&path, &bytes).unwrap();
    let found = rescued(&place);
    assert!(found.torn);
    let journals = place.journals();
    let mut session = found.take(&journals);
    assert_eq!(session.map().notes().len(), 1);
    session.apply(&note("new")).unwrap();
    assert!(journals.flush(PATIENCE));
    let aside = place
        .home()
        .join("set-aside")
        .join(path.file_name().unwrap());
    assert_eq!(fs::read(aside).unwrap(), bytes);
}

#[test]
fn a_journal_that_somebody_tidied_away_comes_again_with_the_next_step() {
    let place = Place::new();
    let journals = place.journals();
    let mut session = Session::untitled(Map::titled("Draft"));
    session.keep_journal(&journals);
    session.apply(&note("x")).unwrap();
    assert!(journals.flush(PATIENCE));
    fs::remove_dir_all(place.home()).unwrap();
    session.apply(&note("y")).unwrap();
    session.apply(&note("z")).unwrap();
    let live = session.map().clone();
    crash(session, journals);
    let rescued = rescued(&place);
    assert_eq!(rescued.steps, 3);
    assert_eq!(*rescued.take(&place.journals()).map(), live);
}

#[test]
fn journals_that_cannot_be_written_hinder_nothing_and_are_caught_up() {
    let place = Place::new();
    // A file stands where the folder should be.
    disk::write(&place.home(), b"").unwrap();
    let journals = place.journals();
    let mut session = Session::untitled(Map::titled("Draft"));
    session.keep_journal(&journals);
    session.apply(&note("x")).unwrap();
    assert!(!journals.flush(PATIENCE));
    assert!(journals.trouble().is_some());
    session.save_as(&place.map()).unwrap();
    fs::remove_file(place.home()).unwrap();
    session.apply(&note("y")).unwrap();
    assert!(journals.flush(PATIENCE));
    let live = session.map().clone();
    crash(session, journals);
    let rescued = rescued(&place);
    assert_eq!(rescued.path.as_deref(), Some(Path::new(&place.map())));
    assert_eq!(*rescued.take(&place.journals()).map(), live);
}
