//! The versions of a map in git, below the steps of its history.

use crate::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use std::path::Path;
use std::process::Command;
use touchline::app::command::table::CommandId;
use touchline::app::platform::file_dialog::{FileRequest, FileResponse};
use touchline::model::MapKind;

/// Runs git in a folder; `None` if it is not installed.
fn git(folder: &Path, arguments: &[&str]) -> Option<()> {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]);
    let output = command.args(arguments).current_dir(folder).output().ok()?;
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    Some(())
}

#[test]
fn versions_in_git_are_listed_below_the_steps_and_open_as_copies() {
    let (folder, path, mut window) = Window::with_bank_account();
    let Some(()) = git(folder.path(), &["init", "--quiet"]) else {
        return;
    };
    let commit = |subject: &str| {
        git(folder.path(), &["add", "--all"]);
        git(folder.path(), &["commit", "--quiet", "--message", subject]);
    };
    commit("As it was");
    let opened = window.document().session.map().clone();
    window.press(crate::FIRST);
    window.fill("Name", "Asks around");
    window.key(Modifiers::COMMAND, Key::S);
    window.run_until_idle();
    commit("Asked around");
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    window.wait_until(|window| window.shows_label("Versions in git"));
    let version = |window: &Window, subject: &str| {
        let found = window.harness.query_by_label_contains(subject);
        found.is_some()
    };
    assert!(version(&window, ": Asked around"));
    // Compared with a version, without another tab.
    window
        .harness
        .get_by_label_contains(": As it was")
        .click_secondary();
    window.run_until_idle();
    let entry = "Compare with this version";
    window.harness.get_by_label_contains(entry).click();
    window.wait_until(|window| window.document().comparison.is_some());
    window.run_until_idle();
    assert_eq!(window.document().session.path(), Some(path.as_path()));
    let changed = "Changed: Touchpoint “Asks around”";
    assert!(window.shows_label(changed));
    window.run_command(CommandId::CompareWith);
    window.wait_until(|window| window.shows_label("As it was"));
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    window.wait_until(|window| window.shows_label("Versions in git"));
    window.harness.get_by_label_contains(": As it was").click();
    window.wait_until(|window| window.document().session.path().is_none());
    assert_eq!(window.document().session.path(), None);
    assert_eq!(*window.document().session.map(), opened);
    // An unsaved copy, whose history is its own.
    window.wait_until(|window| !window.shows_label("Versions in git"));
    // The file in the other tab is as it was.
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .contains("Asks around")
    );
}

#[test]
fn a_fork_is_saved_beside_its_origin_and_opens_in_a_tab() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bank.journey.ron");
    std::fs::copy("sample_maps/mortgage.journey.ron", &path).unwrap();
    let chosen = folder.path().join("bank-target");
    let answers = vec![FileResponse::Paths(vec![chosen])];
    let mut window = Window::open(std::slice::from_ref(&path), answers);
    let origin = window.document().session.map().clone();
    window.run_command(CommandId::Fork);
    window.wait_until(|window| window.document().session.path() != Some(&path));
    window.wait_until(|window| !window.document().session.is_dirty());
    let requests = window.dialogs.requests.borrow().clone();
    let suggested = folder.path().join("bank-future.journey.ron");
    assert_eq!(requests, [FileRequest::SaveAs(suggested)]);
    let saved = folder.path().join("bank-target.journey.ron");
    assert_eq!(window.document().session.path(), Some(saved.as_path()));
    let map = window.document().session.map();
    let fork = map.header().forked_from.clone().unwrap();
    assert_eq!(fork.file, "bank.journey.ron");
    assert_eq!(map.header().kind, MapKind::Future);
    assert_eq!(map.touchpoint_count(), origin.touchpoint_count());
    assert!(saved.exists() && !window.document().session.is_dirty());
}
