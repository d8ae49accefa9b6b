//! Recovery after a crash: the maps found are offered one by one, and none is deleted
//! without confirmation.
//!
//! Must not know: how journals are kept.

use super::state::{InFront, Workspace, WorkspaceEvent};
use crate::app::platform::spawn_task;
use crate::session::{RecoverableMap, RecoveryScan, Session};
use crate::task::{Task, TaskFailed};
use egui::Context;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Interval at which the search is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

impl Workspace {
    /// Starts the search; with `asked` it includes maps that were put away.
    pub fn start_recovery_search(&mut self, asked: bool) {
        let folder = self.journals.folder().map(PathBuf::from);
        let search = move |_: &_| crate::session::find_recoverable(folder.as_deref(), asked);
        // Polled at an interval, because the search may start before the window.
        self.recovery_search = Some((Task::spawn("rescue", || (), search), asked));
    }

    /// Opens the modal with the result once no other modal or task is shown. The first
    /// call starts the search.
    pub(super) fn poll_recovery(&mut self, ctx: &Context, in_front: InFront) {
        while let Some((_, recovered)) = Task::poll_any(&mut self.recoveries) {
            self.add_recovered(recovered);
        }
        if !std::mem::replace(&mut self.recovery_searched, true) && self.journals.folder().is_some()
        {
            self.start_recovery_search(false);
        }
        if self.is_modal_open(in_front) || self.task.is_some() {
            return;
        }
        if let Some((search, asked)) = &self.recovery_search {
            let asked = *asked;
            match search.poll() {
                None => return ctx.request_repaint_after(POLL_INTERVAL),
                Some(Ok(found)) => self.offer_recovered(found, asked),
                Some(Err(TaskFailed)) => {}
            }
            self.recovery_search = None;
        }
    }

    fn offer_recovered(&mut self, found: RecoveryScan, asked: bool) {
        for (path, why) in &found.set_aside {
            self.report(format!(
                "A journal of an earlier start cannot be used ({why}). It is kept as {}.",
                path.display()
            ));
        }
        if let Some(draft) = found.draft {
            self.kept_line.clone_from(&draft.text);
            let line = draft.text.clone();
            self.events.push(WorkspaceEvent::CaptureLine(line));
            self.journals.resume_draft(draft);
        }
        if !found.maps.is_empty() {
            self.events.push(WorkspaceEvent::Recoverable(found.maps));
        } else if asked && found.set_aside.is_empty() {
            self.report("There are no maps to recover.");
        }
    }

    /// Keeps a half-typed capture line, so that a crash does not lose it.
    pub fn keep_capture_line(&mut self, line: &str) {
        if self.kept_line != line {
            line.clone_into(&mut self.kept_line);
            self.journals.keep_draft(line);
        }
    }

    /// Recovers a map and opens it.
    pub fn recover(&mut self, ctx: &Context, map: RecoverableMap) {
        let journals = self.journals.clone();
        let task = spawn_task(ctx, "recover", move |_| map.recover(&journals));
        self.recoveries.push(((), task));
    }

    /// Whether a map is being recovered.
    pub fn is_recovering(&self) -> bool {
        !self.recoveries.is_empty()
    }

    fn add_recovered(&mut self, recovered: Result<Session, TaskFailed>) {
        let Ok(session) = recovered else {
            return self.report_failure(
                "The map could not be recovered",
                "Its journal is kept. The map is offered again at the next start.",
            );
        };
        self.close_unchanged_duplicate(&session);
        let title = session.map().header().title.clone();
        self.add_document(session);
        self.report(format!(
            "“{title}” is as it was. It is not saved yet; its steps can be undone."
        ));
    }

    /// Closes an open, unchanged document of the same file.
    fn close_unchanged_duplicate(&mut self, session: &Session) {
        let same = |path: Option<&Path>| path.is_some() && path == session.path();
        let known = self.documents.iter().position(|document| {
            same(document.session.path())
                && !document.session.is_dirty()
                && !document.session.is_saving()
        });
        if let Some(known) = known {
            self.documents.remove(known).session.close();
            self.active = self.active.min(self.documents.len().saturating_sub(1));
        }
    }
}
