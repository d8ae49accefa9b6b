//! Safety of unsaved work: recovery, external changes, failed saves.

use super::{AppDirs, FileRequest, FileResponse, Key, Modifiers, Path, PathBuf, Role, Window};
use egui_kittest::kittest::Queryable;
use std::fs;
use touchline::edit::{Intent, journal};
use touchline::model::{Map, Note};
use touchline::session::find_recoverable;
use touchline::session::{FLUSH_TIMEOUT, Session};
use touchline::storage;
use touchline::storage::disk::{self, FileChange};
use touchline::storage::{Journals, OtherEditor, WatchEvent};

const PLAIN: &str = "(title: \"Plain\", stages: [(name: \"Buy\")])";

fn file(folder: &tempfile::TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("a.journey.ron");
    storage::write(&path, text.as_bytes()).unwrap();
    path
}

fn changed(bytes: &[u8]) -> WatchEvent {
    WatchEvent::File(FileChange::Changed(bytes.to_vec()))
}

impl Window {
    fn save(&mut self) {
        self.key(Modifiers::COMMAND, Key::S);
    }

    fn save_as(&mut self) {
        let state = self.harness.state_mut();
        state.queue_command(touchline::app::command::table::CommandId::SaveAs);
        self.run_until_idle();
    }

    fn receive_watch_event(&mut self, news: WatchEvent) {
        let key = self.document().key;
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().on_watch_event(&ctx, key, news);
        self.run_until_idle();
    }

    fn shows_message(&self, words: &str) -> bool {
        let messages = self.harness.state().messages();
        messages.iter().any(|message| message.contains(words))
    }
}

/// Simulates a crash with these maps open.
fn crash_with_open_maps(home: &AppDirs, titles: &[&str]) {
    let journals = Journals::in_folder(home.journals_dir());
    let sessions: Vec<Session> = titles
        .iter()
        .map(|title| {
            let mut session = Session::untitled(Map::with_title(*title));
            session.enable_journal(&journals);
            let note = Note {
                id: "n".into(),
                text: "said in the room".to_owned(),
                votes: 0,
            };
            session.apply(&Intent::AddNote(Box::new(note))).unwrap();
            session
        })
        .collect();
    assert!(journals.flush(FLUSH_TIMEOUT));
    drop(sessions);
    drop(journals);
    wait_for_recoverable(home, titles.len());
}

/// Waits until the ended program has released its journals.
fn wait_for_recoverable(home: &AppDirs, maps: usize) {
    while find_recoverable(home.journals_dir(), false).maps.len() < maps {
        std::thread::yield_now();
    }
}

fn wait_for_label(window: &mut Window, label: &str) {
    let mut tries = 0..20_000;
    while !window.shows_label(label) {
        assert!(tries.next().is_some(), "“{label}” is not shown");
        window.harness.step();
        std::thread::yield_now();
    }
}

#[test]
fn recoverable_maps_are_offered_recovered_and_put_away() {
    let folder = tempfile::tempdir().unwrap();
    let home = AppDirs::in_folder(folder.path());
    crash_with_open_maps(&home, &["Draft", "Other"]);
    let path = folder.path().join("draft.journey.ron");
    let mut window = Window::at(&home, &[], vec![FileResponse::Paths(vec![path.clone()])]);
    wait_for_label(&mut window, "2 maps can be recovered");
    window.press("Keep for later: Other");
    assert!(window.shows_label("A map can be recovered"));
    window.press("Recover: Draft");
    assert!(!window.shows_label("A map can be recovered"));
    let session = &window.document().session;
    assert!(session.is_dirty());
    assert_eq!(session.map().notes().len(), 1);
    assert_eq!(session.history().done().len(), 1);
    window.save();
    window.run_until_idle();
    assert!(
        fs::read_to_string(&path)
            .unwrap()
            .contains("said in the room")
    );
    // A map that was put away is found again, and deleted only after confirmation.
    window
        .harness
        .state_mut()
        .queue_command(touchline::app::command::table::CommandId::Recovery);
    wait_for_label(&mut window, "A map can be recovered");
    window.press("Delete…: Other");
    window.press("Delete for good: Other");
    assert!(!window.shows_label("A map can be recovered"));
    drop(window);
    let journals = fs::read_dir(home.journals_dir().unwrap()).unwrap();
    let left = journals.filter(|entry| entry.as_ref().unwrap().path().is_file());
    assert_eq!(left.count(), 0, "a clean end leaves no journal");
}

#[test]
fn recovered_maps_without_history_are_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let home = AppDirs::in_folder(folder.path());
    let journals = home.journals_dir().unwrap();
    fs::create_dir_all(journals).unwrap();
    for title in ["One", "Two"] {
        let mut bytes = journal::encode_header(&journal::JournalHeader::default());
        bytes.extend(journal::encode_entry(&journal::JournalEntry::Whole {
            text: touchline::format::write(&Map::with_title(title)),
            origin: journal::MapOrigin::default(),
            unsaved: 3,
        }));
        storage::write(&journals.join(format!("{title}.journal")), &bytes).unwrap();
    }
    let mut window = Window::at(&home, &[], Vec::new());
    wait_for_label(&mut window, "2 maps can be recovered");
    window.press("Recover: One");
    window.press("Recover: Two");
    let file = file(&folder, PLAIN);
    window.harness.state_mut().open_all(&[file]);
    window.run_until_idle();
    for title in ["One", "Two", "Plain"] {
        assert!(
            window.shows_label(&format!("Close {title}")),
            "{title} is gone"
        );
    }
}

#[test]
fn unsaved_work_of_a_dropped_window_is_recoverable() {
    let folder = tempfile::tempdir().unwrap();
    let home = AppDirs::in_folder(folder.path().join("home"));
    let path = file(&folder, PLAIN);
    let mut window = Window::at(&home, std::slice::from_ref(&path), Vec::new());
    window.fill("Map name", "Renamed");
    drop(window);
    assert_eq!(fs::read_to_string(&path).unwrap(), PLAIN);
    wait_for_recoverable(&home, 1);
    let mut window = Window::at(&home, &[], Vec::new());
    wait_for_label(&mut window, "A map can be recovered");
    window.press("Compare with the file: Renamed");
    assert!(window.shows_label("•  The map: renamed to “Renamed”"));
    window.press("Recover: Renamed");
    assert_eq!(window.document().session.path(), Some(path.as_path()));
    window.save();
    assert!(fs::read_to_string(&path).unwrap().contains("Renamed"));
    let bak = folder.path().join("a.journey.ron.bak");
    assert_eq!(
        fs::read_to_string(bak).unwrap(),
        PLAIN,
        "the file with its manual layout"
    );
}

#[test]
fn external_change_is_reloaded_as_one_undo_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, PLAIN);
    let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
    let theirs = "(title: \"Theirs\", stages: [(name: \"Buy\")])";
    storage::write(&path, theirs.as_bytes()).unwrap();
    let (ctx, key) = (window.harness.ctx.clone(), window.document().key);
    let event = changed(theirs.as_bytes());
    window.harness.state_mut().on_watch_event(&ctx, key, event);
    assert_eq!(
        window.document().title(),
        "Plain",
        "compared on the thread of the window"
    );
    window.run_until_idle();
    assert_eq!(window.document().title(), "Theirs");
    assert!(!window.document().session.is_dirty());
    assert!(
        window.shows_message("was changed outside"),
        "{:?}",
        window.harness.state().messages()
    );
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document().title(), "Plain");
}

#[test]
fn conflicting_changes_open_a_dialog_before_writing() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, PLAIN);
    let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
    window.fill("Map name", "Mine");
    let theirs = "(title: \"Theirs\", stages: [(name: \"Buy\")])";
    storage::write(&path, theirs.as_bytes()).unwrap();
    window.save();
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    let question = "a.journey.ron was changed here and by somebody else";
    assert!(window.shows_label(question));
    window.press("Keep my version, save theirs as a copy");
    let kept = folder.path().join("a.theirs.journey.ron");
    assert_eq!(fs::read_to_string(kept).unwrap(), theirs);
    window.save();
    assert!(fs::read_to_string(&path).unwrap().contains("Mine"));
    // The opposite choice.
    window.fill("Map name", "Mine again");
    window.receive_watch_event(changed(theirs.as_bytes()));
    assert!(window.shows_label(question));
    window.press("Use their version");
    assert_eq!(window.document().title(), "Theirs");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document().title(), "Mine again");
}

#[test]
fn a_file_that_is_no_map_any_more_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, PLAIN);
    for dirty in [false, true] {
        for (content, title) in [
            ("", "a.journey.ron is empty now"),
            ("\0\0\n", "a.journey.ron is empty now"),
            ("<!doctype html>", "a.journey.ron is no longer a map"),
        ] {
            storage::write(&path, PLAIN.as_bytes()).unwrap();
            let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
            if dirty {
                window.fill("Map name", "Mine");
            }
            storage::write(&path, content.as_bytes()).unwrap();
            window.receive_watch_event(changed(content.as_bytes()));
            assert!(window.shows_label(title), "{content}");
            // There is no version that could be used.
            assert!(window.harness.query_by_label("Use their version").is_none());
            // Ctrl+S means the same as the button.
            if dirty {
                window.save();
            } else {
                window.press("Write the map again");
            }
            let copy = folder.path().join("a.theirs.journey.ron");
            assert_eq!(fs::read(&copy).unwrap(), content.as_bytes());
            fs::remove_file(copy).unwrap();
            assert!(!window.document().session.is_dirty());
            let saved = fs::read_to_string(&path).unwrap();
            assert!(saved.contains(if dirty { "Mine" } else { "Plain" }));
        }
    }
}

#[test]
fn a_failed_save_is_tried_again_by_enter_or_ctrl_s() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let path = inner.join("a.journey.ron");
    storage::write(&path, PLAIN.as_bytes()).unwrap();
    let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
    for (title, enter) in [("Mine", true), ("Mine again", false)] {
        window.fill("Map name", title);
        fs::remove_dir_all(&inner).unwrap();
        window.save();
        assert!(window.shows_label("The map could not be saved"));
        // Nothing has changed: the message comes back.
        window.save();
        assert!(window.shows_label("The map could not be saved"));
        fs::create_dir(&inner).unwrap();
        if enter {
            window.key(Modifiers::NONE, Key::Enter);
        } else {
            window.save();
        }
        assert!(!window.shows_label("The map could not be saved"));
        assert!(!window.document().session.is_dirty());
        assert!(fs::read_to_string(&path).unwrap().contains(title));
    }
    // Saving somewhere else is tried there again.
    let gone = folder.path().join("gone");
    let elsewhere = gone.join("b.journey.ron");
    let answer = FileResponse::Paths(vec![elsewhere.clone()]);
    window.dialogs.answers.borrow_mut().push(answer);
    window.save_as();
    window.run_until_idle();
    assert!(window.shows_label("The map could not be saved"));
    fs::create_dir(&gone).unwrap();
    window.press("Try again");
    window.run_until_idle();
    assert_eq!(
        window.document().session.path(),
        Some(Path::new(&elsewhere))
    );
}

#[test]
fn failed_save_shows_the_reason_and_offers_another_path() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let path = inner.join("a.journey.ron");
    storage::write(&path, PLAIN.as_bytes()).unwrap();
    let elsewhere = folder.path().join("b.journey.ron");
    let answers = vec![FileResponse::Paths(vec![elsewhere.clone()])];
    let mut window = Window::open(std::slice::from_ref(&path), answers);
    window.fill("Map name", "Mine");
    fs::remove_dir_all(&inner).unwrap();
    window.save();
    assert!(window.shows_label("The map could not be saved"));
    assert!(window.document().session.is_dirty());
    window.press("Save as…");
    window.run_until_idle();
    assert!(matches!(
        window.dialogs.requests.borrow().as_slice(),
        [FileRequest::SaveAs(_)]
    ));
    assert!(fs::read_to_string(&elsewhere).unwrap().contains("Mine"));
    assert_eq!(
        window.document().session.path(),
        Some(Path::new(&elsewhere))
    );
    assert!(!window.document().session.is_dirty());
}

#[test]
fn losses_of_saving_are_confirmed_before() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("// by hand\n{PLAIN}");
    let path = file(&folder, &text);
    let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
    window.fill("Map name", "Mine");
    window.save();
    assert!(window.shows_label("Not all of this file can be kept"));
    assert!(window.shows_label("•  a comment (line 1)"));
    window.press("Cancel");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    window.save();
    window.click(Role::Button, "Save");
    assert!(fs::read_to_string(&path).unwrap().contains("Mine"));
    let bak = folder.path().join("a.journey.ron.bak");
    assert_eq!(fs::read_to_string(bak).unwrap(), text);
    window.fill("Map name", "Mine again");
    window.save();
    assert!(!window.document().session.is_dirty(), "asked once only");
}

#[test]
fn other_editors_of_the_map_are_shown_while_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, PLAIN);
    let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
    let other = OtherEditor {
        host: "jana-laptop".to_owned(),
        pid: 1,
        since: 0,
    };
    window.receive_watch_event(WatchEvent::OtherEditor(Some(other)));
    assert!(window.shows_message("also open on jana-laptop"));
    assert!(window.shows_label("Also open on jana-laptop"));
    window.receive_watch_event(WatchEvent::OtherEditor(None));
    assert!(!window.shows_label("Also open on jana-laptop"));
    let copy = folder.path().join("a.sync-conflict-1.journey.ron");
    window.receive_watch_event(WatchEvent::ConflictCopies(vec![copy]));
    assert!(window.shows_message("a.sync-conflict-1.journey.ron"));
}

#[test]
fn missing_file_leaves_the_map_open_and_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, PLAIN);
    let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
    fs::remove_file(&path).unwrap();
    let gone = disk::read(&path).unwrap_err();
    window.receive_watch_event(WatchEvent::File(FileChange::Missing(gone)));
    assert!(window.shows_message("The map stays open"));
    assert!(window.document().session.is_dirty());
    window.save();
    assert!(window.shows_message("was gone and was made again"));
    assert!(fs::read_to_string(&path).unwrap().contains("Plain"));
    // A file removed and restored at once, as some programs save, causes no change.
    window.receive_watch_event(WatchEvent::File(FileChange::Missing(
        disk::read(Path::new("/")).unwrap_err(),
    )));
    assert!(window.document().session.is_dirty());
    window.receive_watch_event(WatchEvent::File(FileChange::Unchanged));
    assert!(!window.document().session.is_dirty());
}

#[test]
fn save_followed_by_close_needs_no_dialog_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, PLAIN);
    let mut window = Window::open(std::slice::from_ref(&path), Vec::new());
    window.fill("Map name", "Mine");
    window
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::S);
    window
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::W);
    window.run_until_idle();
    assert!(window.harness.state().document().is_none());
    assert!(fs::read_to_string(&path).unwrap().contains("Mine"));
}

#[test]
fn path_prompt_replaces_a_file_only_after_confirmation() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, PLAIN);
    let other = folder.path().join("b.journey.ron");
    storage::write(&other, b"other work").unwrap();
    let answers = vec![FileResponse::NoService, FileResponse::NoService];
    let mut window = Window::open(std::slice::from_ref(&path), answers);
    window.save_as();
    window.fill("Path", other.to_str().unwrap());
    window.press("Save");
    assert!(window.shows_label("b.journey.ron already exists."));
    assert_eq!(fs::read(&other).unwrap(), b"other work");
    // Another name needs its own confirmation.
    let third = folder.path().join("c");
    window.fill("Path", third.to_str().unwrap());
    window.press("Save");
    assert!(folder.path().join("c.journey.ron").exists());
    window.save_as();
    window.fill("Path", other.to_str().unwrap());
    window.press("Save");
    window.press("Replace it");
    assert!(fs::read_to_string(&other).unwrap().contains("Plain"));
}

#[test]
fn added_extension_never_replaces_an_unconfirmed_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, PLAIN);
    let other = folder.path().join("b.journey.ron");
    storage::write(&other, b"other work").unwrap();
    let answers = vec![FileResponse::Paths(vec![folder.path().join("b")])];
    let mut window = Window::open(std::slice::from_ref(&path), answers);
    window.save_as();
    assert!(window.shows_label("The map could not be saved"));
    assert_eq!(fs::read(&other).unwrap(), b"other work");
}

#[test]
fn a_half_typed_capture_line_survives_the_end_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let home = AppDirs::in_folder(folder.path().join("home"));
    let path = file(&folder, PLAIN);
    let line = "Pays the depo";
    let drafts = |home: &AppDirs| {
        let found = fs::read_dir(home.journals_dir().unwrap())
            .into_iter()
            .flatten();
        let paths = found.flatten().map(|entry| entry.path());
        paths
            .filter(|path| path.extension().is_some_and(|e| e == "draft"))
            .count()
    };
    let wait_for_drafts = |count: usize| {
        let mut tries = 0..20_000;
        while drafts(&home) != count {
            assert!(tries.next().is_some(), "{count} drafts are expected");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    };
    let mut window = Window::at(&home, std::slice::from_ref(&path), Vec::new());
    window.key(Modifiers::COMMAND, Key::Enter);
    window.harness.event(egui::Event::Text(line.to_owned()));
    window.run_until_idle();
    wait_for_drafts(1);
    // A second window has no part in the line of the first.
    let other = Window::at(&home, std::slice::from_ref(&path), Vec::new());
    assert!(!other.shows_label("Capture line"));
    drop(other);
    drop(window);

    let mut window = Window::at(&home, std::slice::from_ref(&path), Vec::new());
    wait_for_label(&mut window, "Capture line");
    let typed = |window: &Window| window.harness.get_by_label("Capture line").value();
    assert_eq!(typed(&window).as_deref(), Some(line));
    assert!(window.shows_message("capture bar again"));
    window.harness.get_by_label("Capture line").focus();
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.document().session.map().touchpoint_count(), 1);
    wait_for_drafts(0);
}
