//! Changes to the files of open maps by other programs: noticed, reloaded, or resolved
//! in a dialog.
//!
//! Must not know: how files are watched.

use crate::app::app::App;
use crate::app::modals::Modal;
use crate::app::modals::conflict::ConflictDialog;
use crate::app::ui::file_name::display_file_name;
use crate::app::ui::relative_time::relative_time;
use crate::insight::sentence;
use crate::session::{Reload, TheirVersion};
use crate::storage::disk;
use crate::storage::disk::FileChange;
use crate::storage::{FileWatch, OtherEditor, WatchEvent};
use egui::{Context, Event};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

impl App {
    /// Starts to watch the files of open maps.
    pub fn watch_files(&mut self, ctx: &Context) {
        let wake = ctx.clone();
        self.workspace.watch = Some(FileWatch::start(move || wake.request_repaint()));
    }

    /// Updates the set of watched files and handles events about them.
    pub(crate) fn poll_watch(&mut self, ctx: &Context) {
        let Some(watch) = &mut self.workspace.watch else {
            return;
        };
        let files = self.workspace.documents.iter().filter_map(|document| {
            let session = &document.session;
            let seen = session.file_fingerprint()?;
            let path = session.path()?.to_owned();
            Some((document.key, path, (!session.is_saving()).then_some(seen)))
        });
        watch.set_files(files);
        let came_back = |event: &Event| matches!(event, Event::WindowFocused(true));
        if ctx.input(|i| i.events.iter().any(came_back)) {
            watch.check_now();
        }
        // Open dialogs are answered first, and a presentation is not interrupted.
        while self.modals.modal.is_none()
            && self.screen.presentation.is_none()
            && let Some((key, news)) = self
                .workspace
                .watch
                .as_ref()
                .and_then(FileWatch::next_event)
        {
            self.on_watch_event(key, news);
        }
    }

    /// Handles an event about the file of a map.
    pub fn on_watch_event(&mut self, key: u64, news: WatchEvent) {
        let Some(document) = self.workspace.documents.iter_mut().find(|d| d.key == key) else {
            return;
        };
        let Some(path) = document.session.path().map(Path::to_owned) else {
            return;
        };
        match news {
            // Our own save in progress is not an external change.
            WatchEvent::File(_) if document.session.is_saving() => {}
            WatchEvent::File(FileChange::Unchanged) => document.session.mark_file_restored(),
            WatchEvent::File(FileChange::Changed(bytes)) => self.reconcile(key, &path, bytes),
            WatchEvent::File(FileChange::Missing(why)) => {
                document.session.mark_file_missing();
                self.ui.toasts.push(format!(
                    "{} The map stays open; saving makes the file again.",
                    sentence(&why.to_string())
                ));
            }
            WatchEvent::OtherEditor(None) => document.also_open = None,
            WatchEvent::OtherEditor(Some(other)) => {
                let words = also_open_text(&other);
                document.also_open = Some(words.clone());
                self.ui.toasts.push(format!(
                    "{} is {words}. Nothing that is saved there is overwritten unseen.",
                    display_file_name(&path)
                ));
            }
            WatchEvent::ConflictCopies(copies) => self.show_copies_toast(&path, &copies),
        }
    }

    fn show_copies_toast(&mut self, path: &Path, copies: &[PathBuf]) {
        let names: Vec<String> = copies
            .iter()
            .take(3)
            .map(|copy| display_file_name(copy))
            .collect();
        let more = match copies.len().saturating_sub(3) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        self.ui.toasts.push(format!(
            "A sync service left other versions of {} beside it: {}{more}. Open them to compare.",
            display_file_name(path),
            names.join(", ")
        ));
    }

    fn reconcile(&mut self, key: u64, path: &Path, bytes: Vec<u8>) {
        let Some(document) = self.workspace.documents.iter_mut().find(|d| d.key == key) else {
            return;
        };
        match document.session.reconcile(bytes) {
            Reload::Unchanged => {}
            Reload::Reloaded(lines) => {
                document.prune_selection();
                self.ui.toasts.push(format!(
                    "{} was changed outside and read again: {}. Undo takes that back.",
                    display_file_name(path),
                    first_lines(&lines)
                ));
            }
            Reload::Conflict(theirs) => {
                self.modals.modal = Some(Modal::Conflict(ConflictDialog {
                    document: key,
                    file: display_file_name(path),
                    theirs,
                }));
            }
        }
    }

    /// Handles a save that found an unknown version of the file.
    pub(crate) fn on_changed_before_save(&mut self, key: u64, path: &Path) {
        match disk::read(path) {
            Ok(bytes) => self.reconcile(key, path, bytes),
            Err(error) => self.ui.toasts.push(sentence(&error.to_string())),
        }
    }

    /// Replaces a map by the version in its file.
    pub(crate) fn accept_theirs(&mut self, key: u64, theirs: &TheirVersion) {
        if let Some(document) = self.workspace.documents.iter_mut().find(|d| d.key == key)
            && document.session.apply_theirs(theirs)
        {
            document.prune_selection();
            self.ui
                .toasts
                .push("Theirs was taken. Undo brings yours back.");
        }
    }

    /// Keeps a map, and a copy of the version in its file.
    pub(crate) fn keep_mine(&mut self, key: u64, theirs: &TheirVersion) {
        let Some(document) = self.workspace.documents.iter_mut().find(|d| d.key == key) else {
            return;
        };
        match document.session.keep_mine(theirs) {
            Ok(Some(kept)) => self.ui.toasts.push(format!(
                "Theirs is kept in {}. Save puts yours in place.",
                display_file_name(&kept)
            )),
            Ok(None) => {}
            Err(error) => {
                self.show_error("Theirs could not be kept", &sentence(&error.to_string()))
            }
        }
    }
}

fn also_open_text(other: &OtherEditor) -> String {
    let place = match other.is_here() {
        true => "also open in another window of this machine".to_owned(),
        false => format!("also open on {}", other.host),
    };
    let opened = UNIX_EPOCH.checked_add(Duration::from_secs(other.since));
    match opened.and_then(|then| SystemTime::now().duration_since(then).ok()) {
        Some(age) if other.since > 0 => format!("{place} (opened {})", relative_time(age)),
        _ => place,
    }
}

/// Joins the first three lines; counts the others.
fn first_lines(lines: &[String]) -> String {
    let more = match lines.len().saturating_sub(3) {
        0 => String::new(),
        more => format!("; {more} more"),
    };
    let few: Vec<&str> = lines.iter().take(3).map(String::as_str).collect();
    few.join("; ") + &more
}
