//! The order in which the workspace looks at the world outside, once a frame.
//!
//! Must not know: widgets, modals.

use super::state::{InFront, Lifecycle, Workspace, WorkspaceEvent};
use crate::app::document::CloseScope;
use crate::app::platform::file_dialog::FileResponse;
use crate::session::{self, FLUSH_TIMEOUT};
use egui::{Context, ViewportCommand};
use std::path::PathBuf;

impl Workspace {
    /// Starts to listen for shutdown signals of the system.
    pub fn listen_for_shutdown(&self, ctx: &Context) {
        self.shutdown.listen(ctx, &self.journals);
    }

    /// Polls the world outside: close requests, dropped files, file dialogs, image
    /// imports, shutdown, file changes, recovery, problems with journals.
    pub fn poll(&mut self, ctx: &Context, in_front: InFront) {
        if ctx.input(|i| i.viewport().close_requested()) && !self.is_closed() {
            if self.is_writing() || self.documents.iter().any(|d| d.session.is_dirty()) {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.close(ctx, CloseScope::All);
            } else {
                self.lifecycle = Lifecycle::Closed { clean: false };
            }
        }
        let dropped = ctx.input_mut(|i| std::mem::take(&mut i.raw.dropped_files));
        let dropped = dropped.iter().map(|file| file.path().to_owned());
        let (images, maps): (Vec<PathBuf>, Vec<PathBuf>) =
            dropped.partition(|path| session::has_image_extension(path));
        self.dropped_images.extend(images);
        self.open_all(&maps);
        self.poll_image_imports();
        match self.file_dialogs.poll() {
            Some(FileResponse::NoService) => {
                if let Some((request, _)) = &self.pending_request {
                    let request = request.clone();
                    self.events.push(WorkspaceEvent::NoFileDialog(request));
                }
            }
            Some(response) => self.handle_file_response(ctx, response),
            None => {}
        }
        if self.is_ended_by_system() {
            // Closes without a dialog; unsaved changes stay in the journal.
            self.lifecycle = Lifecycle::Closed { clean: false };
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        self.poll_watch(ctx, in_front);
        self.poll_recovery(ctx, in_front);
        let problem = self.journals.error();
        if let Some(problem) = problem.as_ref().filter(|_| self.journal_problem.is_none()) {
            self.report(format!(
                "Steps cannot be kept for recovery at the moment ({problem}). Save often."
            ));
        }
        self.journal_problem = problem;
    }

    /// Closes all documents; journals of unsaved changes are kept for recovery.
    pub fn shut_down(&mut self) {
        let clean = self.lifecycle == Lifecycle::Closed { clean: true };
        for document in self.documents.drain(..) {
            document.remember_folding(&self.dirs);
            if clean || !document.session.is_dirty() {
                document.session.close();
            }
        }
        self.journals.flush(FLUSH_TIMEOUT);
    }
}
