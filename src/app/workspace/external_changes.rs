//! Changes to the files of open maps by other programs: noticed, compared on a thread,
//! and then reloaded, or resolved in a dialog.
//!
//! Must not know: how files are watched.

use super::state::{InFront, Workspace};
use crate::app::document::question::{FileAnswer, Question};
use crate::app::platform::spawn_task;
use crate::english::{relative_time, sentence};
use crate::session::{FinishedKeep, FinishedReload, Reload, ReloadJob, Session, TheirVersion};
use crate::storage::disk::FileChange;
use crate::storage::{DiskError, FileWatch, OtherEditor, WatchEvent};
use crate::task::{Task, TaskFailed};
use crate::text::display_file_name;
use egui::{Context, Event};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
            && let Some((key, done)) = Task::poll_any(&mut self.reloads)
        {
            self.on_reload(ctx, key, done);
        }
        while self.can_interrupt(in_front)
            && let Some(((key, saves), done)) = Task::poll_any(&mut self.copies)
        {
            self.on_copy(ctx, key, done, saves);
        }
    }

    /// Whether a changed file is being compared or copied.
    pub fn is_comparing(&self, in_front: InFront) -> bool {
        self.can_interrupt(in_front) && !(self.reloads.is_empty() && self.copies.is_empty())
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
                self.reload(ctx, key, |session| session.begin_reload(bytes));
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
            WatchEvent::ConflictCopies(copies) => {
                let names: Vec<String> =
                    copies.iter().map(|copy| display_file_name(copy)).collect();
                self.report(format!(
                    "A sync service left other versions of {} beside it: {}. Open them to compare.",
                    display_file_name(&path),
                    first_three(&names, ", ", " and ")
                ));
            }
        }
    }

    /// Runs a comparison on a thread. One with an earlier version of the file is void.
    pub(super) fn reload(
        &mut self,
        ctx: &Context,
        key: u64,
        begin: impl FnOnce(&mut Session) -> ReloadJob,
    ) {
        if let Some(document) = self.document_mut(key) {
            let job = begin(&mut document.session);
            self.reloads.retain(|(document, _)| *document != key);
            let task = spawn_task(ctx, "reload", move |_| job.run());
            self.reloads.push((key, task));
        }
    }

    fn on_reload(&mut self, ctx: &Context, key: u64, done: Result<FinishedReload, TaskFailed>) {
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let name = document.session.path().map(display_file_name);
        let name = name.unwrap_or_default();
        match done.map(|done| (done.accepted, document.session.end_reload(done))) {
            Ok((_, Reload::Unchanged)) => {}
            Ok((_, Reload::Outdated(job))) => self.reload(ctx, key, |_| *job),
            Ok((accepted, Reload::Reloaded(lines))) => {
                document.prune_selection();
                self.report(if accepted {
                    "Their version is loaded. Undo restores yours.".to_owned()
                } else {
                    let lines = first_three(&lines, "; ", "; ");
                    format!(
                        "{name} was changed outside and read again: {lines}. Undo takes that back."
                    )
                });
            }
            Ok((_, Reload::Conflict(theirs))) => self.ask_about_conflict(key, &name, theirs),
            Ok((_, Reload::Unreadable(error))) => self.report(sentence(&error.to_string())),
            Err(failed) => self.report_failure(
                "The changed file could not be compared",
                sentence(&failed.to_string()),
            ),
        }
    }

    fn ask_about_conflict(&mut self, document: u64, file: &str, theirs: Box<TheirVersion>) {
        let question = match &theirs.read_error {
            None => Question {
                title: format!("{file} was changed here and by somebody else"),
                text: "Differences of their version from yours:".to_owned(),
                lines: theirs.differences.clone(),
                note: "Nothing is lost either way: their version can be kept as a copy, and using it can be undone.",
                choices: vec![
                    ("Save my version as…", FileAnswer::SaveAs),
                    ("Use their version", FileAnswer::UseTheirs),
                    (
                        "Keep my version, save theirs as a copy",
                        FileAnswer::KeepMine,
                    ),
                    ("Decide later", FileAnswer::Dismiss),
                ],
                ..Question::default()
            },
            Some(error) => {
                let (title, text, lines) = if theirs.is_blank() {
                    let text = "Another program has emptied the file. The map here is complete.";
                    (format!("{file} is empty now"), text, Vec::new())
                } else {
                    let text = "Another program has written something else to the file. The map here is complete.";
                    (
                        format!("{file} is no longer a map"),
                        text,
                        vec![sentence(error)],
                    )
                };
                Question {
                    title,
                    text: text.to_owned(),
                    lines,
                    note: "A copy of what the file holds now is kept beside it.",
                    choices: vec![
                        ("Write the map again", FileAnswer::Restore),
                        ("Save as…", FileAnswer::SaveAs),
                        ("Decide later", FileAnswer::Dismiss),
                    ],
                    ..Question::default()
                }
            }
        };
        self.ask(Question {
            document,
            theirs: Some(theirs),
            ..question
        });
    }

    /// Keeps a map, and a copy of the version in its file; `saves` the map afterwards.
    pub(super) fn keep_mine(
        &mut self,
        ctx: &Context,
        key: u64,
        theirs: &TheirVersion,
        saves: bool,
    ) {
        let document = self.document(key);
        if let Some(job) = document.and_then(|d| d.session.begin_keep(theirs)) {
            let task = spawn_task(ctx, "keep", move |_| job.run());
            self.copies.push(((key, saves), task));
        }
    }

    fn on_copy(
        &mut self,
        ctx: &Context,
        key: u64,
        done: Result<FinishedKeep, TaskFailed>,
        saves: bool,
    ) {
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let kept = done.map_err(|failed| failed.to_string()).and_then(|done| {
            let kept = document.session.end_keep(done);
            kept.map_err(|error: DiskError| error.to_string())
        });
        match kept {
            Ok(kept) if saves => {
                let kept = display_file_name(&kept);
                self.report(format!("What the file held is kept in {kept}."));
                self.start_save(ctx, key, None);
            }
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
    let place = if other.is_here() {
        "also open in another window of this machine".to_owned()
    } else {
        format!("also open on {}", other.host)
    };
    let opened = UNIX_EPOCH.checked_add(Duration::from_secs(other.since));
    match opened.and_then(|then| SystemTime::now().duration_since(then).ok()) {
        Some(age) if other.since > 0 => format!("{place} (opened {})", relative_time(age)),
        _ => place,
    }
}

/// Joins the first three items with `comma`, and counts the others after `last`.
fn first_three(items: &[String], comma: &str, last: &str) -> String {
    let shown = &items[..items.len().min(3)];
    match items.len() - shown.len() {
        0 => shown.join(comma),
        more => format!("{}{last}{more} more", shown.join(comma)),
    }
}
