//! Open documents and their life: opening, saving, closing, recovery and changes by others.
//!
//! Must not know: widgets, modals.

pub(crate) mod background_task;
pub(crate) mod closing;
mod events;
mod external_changes;
pub(crate) mod files;
pub(crate) mod image_import;
pub(crate) mod preload;
mod recovery;
mod saving;

use crate::app::document::Document;
use crate::app::platform::file_dialog::FileDialogs;
use crate::app::platform::shutdown::ShutdownSignal;
use crate::session::{FLUSH_TIMEOUT, IdGenerator, Session};
use crate::settings::{AppDirs, RecentMaps};
use crate::storage::{FileWatch, Journals};
use crate::task::Task;
use background_task::{BackgroundTask, Job};
use closing::Lifecycle;
use egui::{Context, ViewportCommand};
pub(crate) use events::{InFront, WorkspaceEvent};
use external_changes::ExternalChanges;
use files::PendingRequest;
use image_import::ImageImports;
use recovery::RecoverySearch;
use saving::SaveTask;
use std::collections::VecDeque;

/// Open documents, and the work on their files.
pub(crate) struct Workspace {
    /// Open documents, in the order of their tabs.
    pub documents: Vec<Document>,
    /// Index of the document in front.
    pub active: usize,
    last_key: u64,
    /// Recent maps.
    pub recent: RecentMaps,
    /// Source of new ids.
    pub id_generator: IdGenerator,
    /// Image imports in progress.
    pub image_imports: ImageImports,
    /// Journals of the open maps.
    journals: Journals,
    /// Reason that journals cannot be written, as reported last.
    journal_problem: Option<String>,
    save_tasks: Vec<SaveTask>,
    watch: Option<FileWatch>,
    external_changes: ExternalChanges,
    /// Whether the search for recoverable maps was started.
    recovery_searched: bool,
    /// Search for recoverable maps in progress.
    recovery_search: Option<RecoverySearch>,
    /// Maps being recovered.
    recoveries: Vec<((), Task<Session>)>,
    /// Background task, and those queued for it.
    task: Option<BackgroundTask>,
    jobs: VecDeque<Job>,
    file_dialogs: Box<dyn FileDialogs>,
    pending_request: Option<PendingRequest>,
    lifecycle: Lifecycle,
    shutdown: ShutdownSignal,
    events: Vec<WorkspaceEvent>,
}

impl Workspace {
    /// Creates a workspace without documents. `home` holds the data kept between
    /// sessions.
    pub fn new(home: &AppDirs, file_dialogs: Box<dyn FileDialogs>) -> Workspace {
        Workspace {
            documents: Vec::new(),
            active: 0,
            last_key: 0,
            recent: RecentMaps::load(home),
            id_generator: IdGenerator::default(),
            image_imports: ImageImports::default(),
            journals: Journals::in_folder(home.journals_dir()),
            journal_problem: None,
            save_tasks: Vec::new(),
            watch: None,
            external_changes: ExternalChanges::default(),
            recovery_searched: false,
            recovery_search: None,
            recoveries: Vec::new(),
            task: None,
            jobs: VecDeque::new(),
            file_dialogs,
            pending_request: None,
            lifecycle: Lifecycle::Running,
            shutdown: ShutdownSignal::default(),
            events: Vec::new(),
        }
    }

    /// The document in front, if one is open.
    pub fn document(&self) -> Option<&Document> {
        self.documents.get(self.active)
    }

    /// The document with this key.
    fn document_mut(&mut self, key: u64) -> Option<&mut Document> {
        self.documents.iter_mut().find(|d| d.key == key)
    }

    /// Starts to listen for shutdown signals of the system.
    pub fn listen_for_shutdown(&self, ctx: &Context) {
        self.shutdown.listen(ctx, &self.journals);
    }

    /// Polls the world outside: close requests, dropped files, file dialogs, image
    /// imports, shutdown, file changes, recovery, problems with journals. Returns the
    /// events since the last call.
    pub fn poll(&mut self, ctx: &Context, in_front: InFront) -> Vec<WorkspaceEvent> {
        self.poll_input(ctx);
        if self.shutdown.is_requested() && !self.lifecycle.is_closed() {
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
        self.take_events()
    }

    /// Closes all documents; journals of unsaved changes are kept for recovery.
    pub fn shut_down(&mut self) {
        let clean = matches!(self.lifecycle, Lifecycle::Closed { clean: true });
        for document in self.documents.drain(..) {
            if clean || !document.session.is_dirty() {
                document.session.close();
            }
        }
        self.journals.flush(FLUSH_TIMEOUT);
    }
}
