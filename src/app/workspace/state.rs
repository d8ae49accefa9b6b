//! The open documents, the work on their files that is in progress, and the events that
//! the window shows.
//!
//! Must not know: widgets, modals, how files are read and written.

use crate::app::document::copied_content::CopiedContent;
use crate::app::document::question::{FileAnswer, Question};
use crate::app::document::{CloseScope, Document};
use crate::app::platform::file_dialog::{FileDialogs, FileRequest};
use crate::app::platform::shutdown::ShutdownSignal;
use crate::git::Version;
use crate::model::ObjectRef;
use crate::render::ExportOptions;
use crate::session::{
    FinishedKeep, FinishedReload, FinishedSave, IdGenerator, ImageImportError, ImportedImage,
    RecoverableMap, RecoveryScan, Session, TakeOverJob,
};
use crate::settings::{AppDirs, RecentMaps};
use crate::storage::{FileWatch, Journals};
use crate::task::Task;
use egui::Context;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Instant;

/// Open documents, and the work on their files.
#[derive(Default)]
pub(crate) struct Workspace {
    /// Open documents, in the order of their tabs.
    pub documents: Vec<Document>,
    /// Index of the document in front.
    pub active: usize,
    pub(super) last_key: u64,
    pub recent: RecentMaps,
    /// Folders of the program's own data.
    pub(super) dirs: AppDirs,
    /// Source of new ids.
    pub id_generator: IdGenerator,
    /// Image imports in progress, with the key of their document and their target.
    pub(super) image_imports: Vec<((u64, ObjectRef), Task<ImportResult>)>,
    /// Images dropped in this frame; the canvas knows the target.
    pub dropped_images: Vec<PathBuf>,
    /// Journals of the open maps.
    pub(super) journals: Journals,
    /// Capture line that the journals keep.
    pub(super) kept_line: String,
    /// Reason that journals cannot be written, as reported last.
    pub(super) journal_problem: Option<String>,
    pub(super) save_tasks: Vec<SaveTask>,
    pub(super) watch: Option<FileWatch>,
    /// Comparisons with changed files in progress, by document.
    pub(super) reloads: Vec<(u64, Task<FinishedReload>)>,
    /// Copies of changed files in progress, by document, and whether it is saved afterwards.
    pub(super) copies: Vec<((u64, bool), Task<FinishedKeep>)>,
    /// Whether the search for recoverable maps was started.
    pub(super) recovery_searched: bool,
    /// Search for recoverable maps in progress. Only if it was requested by command, an
    /// empty result is reported too.
    pub(super) recovery_search: Option<(Task<RecoveryScan>, bool)>,
    /// Maps being recovered.
    pub(super) recoveries: Vec<((), Task<Session>)>,
    /// Background task in progress; dropping it cancels it.
    pub task: Option<BackgroundTask>,
    /// Work that waits for the background task.
    pub jobs: VecDeque<Job>,
    pub(super) file_dialogs: Box<dyn FileDialogs>,
    /// File request that waits for its response, and what is done with the files.
    pub(super) pending_request: Option<(FileRequest, OnFiles)>,
    pub(super) lifecycle: Lifecycle,
    pub(super) shutdown: ShutdownSignal,
    /// Events that the window has not shown yet.
    pub events: Vec<WorkspaceEvent>,
}

pub(super) type ImportResult = Result<ImportedImage, ImageImportError>;

/// Use of the files that a file request returns.
pub(super) type OnFiles = Box<dyn FnOnce(&mut Workspace, &Context, Vec<PathBuf>)>;

/// A save in progress.
pub(super) struct SaveTask {
    /// Key of the document.
    pub document: u64,
    /// Path, if another file than its own is meant.
    pub elsewhere: Option<PathBuf>,
    pub file_name: String,
    /// Time of its start.
    pub began: Instant,
    /// Whether the save was reported as slow; later saves no longer wait for it.
    pub slow: bool,
    pub task: Task<FinishedSave>,
    /// Save requested during this one, with its path if another file is meant.
    pub next: Option<Option<PathBuf>>,
}

/// Work that would block the window, and waits for its turn.
pub(crate) enum Job {
    /// Opens a large file.
    Open(PathBuf),
    /// Takes over the changes of the map that the one with this key was forked from.
    TakeOver(u64, Box<TakeOverJob>),
    /// Reads a version of the map in this file, and opens it as a copy or compares the map with this
    /// key with it.
    ReadVersion(PathBuf, Box<Version>, Option<u64>),
    /// Exports the map with this key.
    Export(u64, PathBuf, Box<ExportOptions>),
    /// Makes a PDF of the map with this key and opens it in the viewer of the system.
    Print(u64, Box<ExportOptions>),
}

/// Work that would block the window, in progress.
pub(crate) struct BackgroundTask {
    /// Description on screen.
    pub description: String,
    /// The work; its result is what is then done to the workspace.
    pub task: Task<TaskEnd>,
    /// Whether it was polled, and has not ended in its first moments.
    pub polled: bool,
}

/// Change of the workspace at the end of a background task.
pub(crate) type TaskEnd = Box<dyn FnOnce(&mut Workspace) + Send>;

/// Progress towards the end of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Lifecycle {
    /// In use.
    #[default]
    Running,
    /// Maps are saved, except those with the `discarded` keys, and then closed.
    Closing {
        /// Maps to be closed.
        scope: CloseScope,
        /// Keys of the maps whose changes are discarded.
        discarded: Vec<u64>,
    },
    /// The window closes. Only if it is `clean`, all maps were saved or discarded, so that
    /// no journal is kept.
    Closed {
        /// Whether all changes were saved or discarded.
        clean: bool,
    },
}

/// Part of the window in front of the maps.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct InFront {
    /// Whether a modal is open.
    pub modal: bool,
    /// Whether the map is being presented.
    pub presentation: bool,
}

/// Something that happened to the documents or their files.
pub(crate) enum WorkspaceEvent {
    Message(String),
    /// Another document came to the front.
    Opened,
    /// A document was closed.
    Closed,
    /// There are unsaved changes to maps that should be closed.
    Unsaved(CloseScope),
    /// A map and its file need a decision, or something failed and nothing is lost.
    Question(Box<Question>),
    /// A save of this map has ended.
    SaveEnded(u64),
    /// Maps were left by a crash.
    Recoverable(Vec<RecoverableMap>),
    /// A half-typed capture line was left by an earlier start.
    CaptureLine(String),
    /// Content for the clipboard was drawn.
    Copied(CopiedContent),
    /// No dialog service answered this request.
    NoFileDialog(FileRequest),
}

impl WorkspaceEvent {
    /// Whether the event opens a modal.
    fn opens_modal(&self) -> bool {
        use WorkspaceEvent::{CaptureLine, Closed, Copied, Message, Opened, SaveEnded};
        !matches!(
            self,
            Message(_) | Opened | Closed | SaveEnded(_) | CaptureLine(_) | Copied(_)
        )
    }
}

impl Workspace {
    /// Creates a workspace without documents. `home` holds the data kept between
    /// sessions.
    pub fn new(home: &AppDirs, file_dialogs: Box<dyn FileDialogs>) -> Workspace {
        Workspace {
            recent: RecentMaps::load(home),
            dirs: home.clone(),
            journals: Journals::in_folder(home.journals_dir()),
            file_dialogs,
            ..Workspace::default()
        }
    }

    /// The document in front, if one is open.
    pub fn front(&self) -> Option<&Document> {
        self.documents.get(self.active)
    }

    /// The document in front, mutable.
    pub fn front_mut(&mut self) -> Option<&mut Document> {
        self.documents.get_mut(self.active)
    }

    /// The document with this key.
    pub(super) fn document(&self, key: u64) -> Option<&Document> {
        self.documents.iter().find(|d| d.key == key)
    }

    /// The document with this key, mutable.
    pub fn document_mut(&mut self, key: u64) -> Option<&mut Document> {
        self.documents.iter_mut().find(|d| d.key == key)
    }

    /// Shows a message.
    pub(super) fn report(&mut self, message: impl Into<String>) {
        self.events.push(WorkspaceEvent::Message(message.into()));
    }

    /// Shows that something failed.
    pub(super) fn report_failure(&mut self, title: &str, text: impl Into<String>) {
        self.ask(Question {
            title: title.to_owned(),
            text: text.into(),
            choices: vec![("OK", FileAnswer::Dismiss)],
            ..Question::default()
        });
    }

    /// Asks about a map and its file.
    pub(super) fn ask(&mut self, question: Question) {
        self.events
            .push(WorkspaceEvent::Question(Box::new(question)));
    }

    /// Whether a dialog may open: open ones are answered first, and a presentation is
    /// not interrupted.
    pub(super) fn can_interrupt(&self, in_front: InFront) -> bool {
        !in_front.presentation && !self.is_modal_open(in_front)
    }

    /// Whether a modal is open, or about to open.
    pub(super) fn is_modal_open(&self, in_front: InFront) -> bool {
        in_front.modal || self.events.iter().any(WorkspaceEvent::opens_modal)
    }
}
