//! The versions of a map in git, below the steps of its history.

use crate::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use std::path::Path;
use std::process::Command;

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
