//! Recovery after a crash: the maps found are offered one by one, and none is deleted
//! without confirmation.
//!
//! Must not know: how journals are kept.

use crate::app::app::App;
use crate::app::modals::Modal;
use crate::app::modals::recovery::RecoveryDialog;
use crate::session::{RecoverableMap, RecoveryScan, Session};
use crate::task::{Task, TaskFailed};
use egui::Context;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Interval at which the search is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// A background search for recoverable maps.
pub struct RecoverySearch {
    task: Task<RecoveryScan>,
    /// Whether the search was requested by command; then an empty result is reported
    /// too.
    requested: bool,
}

impl App {
    /// Starts the search; with `asked` it includes maps that were put away.
    pub(crate) fn start_recovery_search(&mut self, asked: bool) {
        let folder = self.workspace.journals.folder().map(PathBuf::from);
        let search = move |_: &_| crate::session::find_recoverable(folder.as_deref(), asked);
        self.workspace.recovery_search = Some(RecoverySearch {
            // Polled at an interval, because the search may start before the window.
            task: Task::spawn("rescue", || (), search),
            requested: asked,
        });
    }

    /// Opens the modal with the result once no other modal or task is shown. The first
    /// call starts the search.
    pub(crate) fn poll_recovery_search(&mut self, ctx: &Context) {
        while let Some((_, recovered)) = Task::poll_any(&mut self.workspace.recoveries) {
            self.add_recovered(recovered);
        }
        if !std::mem::replace(&mut self.workspace.recovery_searched, true)
            && self.workspace.journals.folder().is_some()
        {
            self.start_recovery_search(false);
        }
        if self.modals.modal.is_some() || self.workspace.task.is_some() {
            return;
        }
        let Some(search) = &self.workspace.recovery_search else {
            return;
        };
        match search.task.poll() {
            None => ctx.request_repaint_after(POLL_INTERVAL),
            Some(result) => {
                let requested = search.requested;
                self.workspace.recovery_search = None;
                if let Ok(found) = result {
                    self.offer_recovered(found, requested);
                }
            }
        }
    }

    fn offer_recovered(&mut self, found: RecoveryScan, asked: bool) {
        for (path, why) in &found.set_aside {
            self.ui.toasts.push(format!(
                "A journal of an earlier start cannot be used ({why}). It is kept as {}.",
                path.display()
            ));
        }
        if !found.maps.is_empty() {
            self.modals.modal = Some(Modal::Recovery(RecoveryDialog::new(found.maps)));
        } else if asked && found.set_aside.is_empty() {
            self.ui.toasts.push("No map was left by a crash.");
        }
    }

    /// Recovers a map and opens it.
    pub(crate) fn recover(&mut self, ctx: &Context, map: RecoverableMap) {
        let (wake, journals) = (ctx.clone(), self.workspace.journals.clone());
        let wake = move || wake.request_repaint();
        let task = Task::spawn("recover", wake, move |_| map.recover(&journals));
        self.workspace.recoveries.push(((), task));
    }

    /// Whether a map is being recovered.
    pub fn is_recovering(&self) -> bool {
        !self.workspace.recoveries.is_empty()
    }

    fn add_recovered(&mut self, recovered: Result<Session, TaskFailed>) {
        let Ok(session) = recovered else {
            return self.show_error(
                "The map could not be recovered",
                "Its journal is kept. The map is offered again at the next start.",
            );
        };
        self.close_unchanged_duplicate(&session);
        let title = session.map().header().title.clone();
        self.add_document(session);
        self.ui.toasts.push(format!(
            "“{title}” is as it was. It is not saved yet; its steps can be undone."
        ));
    }

    /// Closes an open, unchanged document of the same file.
    fn close_unchanged_duplicate(&mut self, session: &Session) {
        let same = |path: Option<&Path>| path.is_some() && path == session.path();
        let known = self.workspace.documents.iter().position(|document| {
            same(document.session.path())
                && !document.session.is_dirty()
                && !document.session.is_saving()
        });
        if let Some(known) = known {
            self.workspace.documents.remove(known).session.close();
            self.workspace.active = self
                .workspace
                .active
                .min(self.workspace.documents.len().saturating_sub(1));
        }
    }
}
