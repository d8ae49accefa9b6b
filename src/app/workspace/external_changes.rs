//! Changes to the files of open maps by other programs: noticed, compared on a thread,
//! and then reloaded, or resolved in a dialog.
//!
//! Must not know: how files are watched.

use super::{InFront, Workspace, WorkspaceEvent};
use crate::english::{relative_time, sentence};
use crate::session::{FinishedKeep, FinishedReload, Reload, ReloadJob, TheirVersion};
use crate::storage::disk::FileChange;
use crate::storage::{DiskError, FileWatch, OtherEditor, WatchEvent};
use crate::task::{Task, TaskFailed};
use crate::text::display_file_name;
use egui::{Context, Event};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Comparisons with changed files and copies of them in progress, by document.
#[derive(Default)]
pub struct ExternalChanges {
    reloads: Vec<(u64, Task<FinishedReload>)>,
    copies: Vec<(u64, Task<FinishedKeep>)>,
}

impl Workspace {
    /// Starts to watch the files of open maps.
    pub fn watch_files(&mut self, ctx: &Context) {
        let wake = ctx.clone();
        self.watch = Some(FileWatch::start(move || wake.request_repaint()));
    }

    /// Updates the set of watched files, and handles events about them and comparisons
    /// that have ended.
    pub fn poll_watch(&mut self, ctx: &Context, in_front: InFront) {
        if let Some(watch) = &mut self.watch {
            let files = self.documents.iter().filter_map(|document| {
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
        }
        while self.can_interrupt(in_front)
            && let Some((key, news)) = self.watch.as_ref().and_then(FileWatch::next_event)
        {
            self.on_watch_event(ctx, key, news);
        }
        while self.can_interrupt(in_front)
            && let Some((key, done)) = Task::poll_any(&mut self.external_changes.reloads)
        {
            self.on_reload(ctx, key, done);
        }
        while self.can_interrupt(in_front)
            && let Some((key, done)) = Task::poll_any(&mut self.external_changes.copies)
        {
            self.on_copy(key, done);
        }
    }

    /// Whether a changed file is being compared or copied.
    pub fn is_comparing(&self, in_front: InFront) -> bool {
        let changes = &self.external_changes;
        self.can_interrupt(in_front) && !(changes.reloads.is_empty() && changes.copies.is_empty())
    }

    /// Handles an event about the file of a map.
    pub fn on_watch_event(&mut self, ctx: &Context, key: u64, news: WatchEvent) {
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let Some(path) = document.session.path().map(Path::to_owned) else {
            return;
        };
        match news {
            // Our own save in progress is not an external change.
            WatchEvent::File(_) if document.session.is_saving() => {}
            WatchEvent::File(FileChange::Unchanged) => document.session.mark_file_restored(),
            WatchEvent::File(FileChange::Changed(bytes)) => {
                let job = document.session.begin_reload(bytes);
                self.start_reload(ctx, key, job);
            }
            WatchEvent::File(FileChange::Missing(why)) => {
                document.session.mark_file_missing();
                self.report(format!(
                    "{} The map stays open; saving makes the file again.",
                    sentence(&why.to_string())
                ));
            }
            WatchEvent::OtherEditor(None) => document.also_open = None,
            WatchEvent::OtherEditor(Some(other)) => {
                let words = also_open_text(&other);
                document.also_open = Some(words.clone());
                self.report(format!(
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
        self.report(format!(
            "A sync service left other versions of {} beside it: {}{more}. Open them to compare.",
            display_file_name(path),
            names.join(", ")
        ));
    }

    /// Runs a comparison on a thread. One with an earlier version of the file is void.
    fn start_reload(&mut self, ctx: &Context, key: u64, job: ReloadJob) {
        let wake = ctx.clone();
        let task = Task::spawn("reload", move || wake.request_repaint(), move |_| job.run());
        let reloads = &mut self.external_changes.reloads;
        reloads.retain(|(document, _)| *document != key);
        reloads.push((key, task));
    }

    fn on_reload(&mut self, ctx: &Context, key: u64, done: Result<FinishedReload, TaskFailed>) {
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let name = document.session.path().map(display_file_name);
        let name = name.unwrap_or_default();
        match done.map(|done| (done.is_accepted(), document.session.end_reload(done))) {
            Ok((_, Reload::Unchanged)) => {}
            Ok((_, Reload::Outdated(job))) => self.start_reload(ctx, key, *job),
            Ok((accepted, Reload::Reloaded(lines))) => {
                document.prune_selection();
                self.report(if accepted {
                    "Their version is loaded. Undo restores yours.".to_owned()
                } else {
                    let lines = first_lines(&lines);
                    format!(
                        "{name} was changed outside and read again: {lines}. Undo takes that back."
                    )
                });
            }
            Ok((_, Reload::Conflict(theirs))) => {
                self.events.push(WorkspaceEvent::Conflict {
                    document: key,
                    file: name,
                    theirs,
                });
            }
            Ok((_, Reload::Unreadable(error))) => self.report(sentence(&error.to_string())),
            Err(failed) => self.report_failure(
                "The changed file could not be compared",
                sentence(&failed.to_string()),
            ),
        }
    }

    /// Handles a save that found an unknown version of the file.
    pub fn on_changed_before_save(&mut self, ctx: &Context, key: u64, path: &Path) {
        if let Some(document) = self.documents.iter().find(|d| d.key == key) {
            let job = document.session.begin_reload_from(path.to_owned());
            self.start_reload(ctx, key, job);
        }
    }

    /// Replaces a map by the version in its file.
    pub fn accept_theirs(&mut self, ctx: &Context, key: u64, theirs: &TheirVersion) {
        if let Some(document) = self.documents.iter().find(|d| d.key == key) {
            let job = document.session.begin_apply(theirs);
            self.start_reload(ctx, key, job);
        }
    }

    /// Keeps a map, and a copy of the version in its file.
    pub fn keep_mine(&mut self, ctx: &Context, key: u64, theirs: &TheirVersion) {
        let document = self.documents.iter().find(|d| d.key == key);
        if let Some(job) = document.and_then(|d| d.session.begin_keep(theirs)) {
            let wake = ctx.clone();
            let task = Task::spawn("keep", move || wake.request_repaint(), move |_| job.run());
            self.external_changes.copies.push((key, task));
        }
    }

    fn on_copy(&mut self, key: u64, done: Result<FinishedKeep, TaskFailed>) {
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let kept = done.map_err(|failed| failed.to_string()).and_then(|done| {
            let kept = document.session.end_keep(done);
            kept.map_err(|error: DiskError| error.to_string())
        });
        match kept {
            Ok(kept) => self.report(format!(
                "Their version is kept in {}. Saving replaces the file with yours.",
                display_file_name(&kept)
            )),
            Err(error) => {
                self.report_failure("Their version could not be copied", sentence(&error))
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
