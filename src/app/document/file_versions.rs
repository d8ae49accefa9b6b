//! The versions of the map in git, read on threads while the history is shown: first the list,
//! then what each of the newest changed.
//!
//! Must not know: how versions are shown, how they are opened.

use crate::edit::journal::Fingerprint;
use crate::git::{GitError, Version};
use crate::session::{MapVersions, Session, VersionChanges};
use crate::task::Task;
use egui::Context;
use std::path::PathBuf;

/// The maximum number of versions listed.
const MAX_VERSIONS: u32 = 500;
/// The number of versions that are compared with the ones before.
const MAX_COMPARED: usize = 40;

/// The file of a map, and its content when it was last read or written.
type FileState = (PathBuf, Option<Fingerprint>);

type ListResult = Result<Vec<Version>, GitError>;

/// The versions of a map, as far as they are known.
#[derive(Default)]
pub struct FileVersions {
    /// The file that was looked at.
    file: Option<FileState>,
    /// The pass in which the history was shown last.
    last_pass: u64,
    list_task: Option<Task<ListResult>>,
    changes_task: Option<Task<Vec<VersionChanges>>>,
    list: Vec<Version>,
    changes: Vec<VersionChanges>,
    problem: Option<String>,
}

impl FileVersions {
    /// Takes in what was read, and begins to read when the history appears, the window is returned
    /// to, or the file has changed. Called in each pass that shows the history.
    pub(crate) fn update(&mut self, ctx: &Context, session: &Session) {
        let file = session
            .path()
            .map(|path| (path.to_owned(), session.file_fingerprint()));
        let pass = ctx.cumulative_pass_nr();
        let came_back = |event: &egui::Event| matches!(event, egui::Event::WindowFocused(true));
        let appeared = self.last_pass + 1 < pass;
        let outdated = appeared || ctx.input(|input| input.events.iter().any(came_back));
        self.last_pass = pass;
        if file != self.file {
            *self = FileVersions {
                file,
                last_pass: pass,
                ..FileVersions::default()
            };
            self.read_list(ctx);
        } else if outdated && self.list_task.is_none() {
            self.read_list(ctx);
        }
        match Task::poll_slot(&mut self.list_task) {
            Some(Ok(Ok(list))) if list == self.list && self.problem.is_none() => {}
            Some(Ok(Ok(list))) => {
                (self.list, self.problem) = (list, None);
                self.changes.clear();
                self.read_changes(ctx);
            }
            Some(Ok(Err(problem))) => {
                self.list.clear();
                // Most maps are in no repository, which is nothing to be told.
                let silent = matches!(problem, GitError::NoGit | GitError::NoRepository);
                self.problem = (!silent).then(|| crate::english::sentence(&problem.to_string()));
            }
            Some(Err(failed)) => self.problem = Some(failed.to_string()),
            None => {}
        }
        if let Some(Ok(changes)) = Task::poll_slot(&mut self.changes_task) {
            self.changes = changes;
        }
    }

    /// Returns the versions, newest first.
    pub fn list(&self) -> &[Version] {
        &self.list
    }

    /// Returns what the version with this index changed, if it is known.
    pub fn changes(&self, index: usize) -> Option<&VersionChanges> {
        self.changes.get(index)
    }

    /// Whether the list is being read for the first time.
    pub fn is_reading(&self) -> bool {
        self.list_task.is_some() && self.list.is_empty() && self.problem.is_none()
    }

    /// Returns the reason that there are no versions, as a sentence.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    fn read_list(&mut self, ctx: &Context) {
        let Some((path, _)) = &self.file else {
            return;
        };
        let (path, ctx) = (path.clone(), ctx.clone());
        let work = move |progress: &_| MapVersions::of(&path).list(MAX_VERSIONS, progress);
        self.list_task = Some(Task::spawn("versions", move || ctx.request_repaint(), work));
    }

    fn read_changes(&mut self, ctx: &Context) {
        let Some((path, _)) = &self.file else {
            return;
        };
        let newest: Vec<Version> = self.list.iter().take(MAX_COMPARED).cloned().collect();
        let (path, ctx) = (path.clone(), ctx.clone());
        let task = Task::spawn(
            "versions",
            move || ctx.request_repaint(),
            move |progress| {
                let mut versions = MapVersions::of(&path);
                let changes = newest.iter().map_while(|version| {
                    (!progress.is_cancelled()).then_some(())?;
                    versions.changes(version, progress).ok()
                });
                changes.collect()
            },
        );
        self.changes_task = Some(task);
    }
}
