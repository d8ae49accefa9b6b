//! Events of the workspace, which the window shows.
//!
//! Must not know: widgets, modals.

use super::Workspace;
use crate::app::document::CloseScope;
use crate::app::platform::file_dialog::FileRequest;
use crate::session::{RecoverableMap, TheirVersion};

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
    /// A message.
    Message(String),
    /// Something failed; nothing is lost.
    Failed {
        /// The operation that failed.
        title: String,
        /// The cause and possible remedies.
        text: String,
    },
    /// Another document came to the front.
    Opened,
    /// A document was closed.
    Closed,
    /// There are unsaved changes to maps that should be closed.
    Unsaved(CloseScope),
    /// A map was not saved.
    SaveFailed {
        /// Key of the map.
        document: u64,
        /// The cause.
        text: String,
        /// Whether the save is still in progress.
        waiting: bool,
    },
    /// A save of this map has ended.
    SaveEnded(u64),
    /// Saving would lose part of the file.
    Losses {
        /// Key of the map.
        document: u64,
        /// The parts that would be lost.
        lines: Vec<String>,
    },
    /// A map was changed here and its file by somebody else.
    Conflict {
        /// Key of the map.
        document: u64,
        /// Name of the file.
        file: String,
        /// Version in the file.
        theirs: Box<TheirVersion>,
    },
    /// Maps were left by a crash.
    Recoverable(Vec<RecoverableMap>),
    /// No dialog service answered this request.
    NoFileDialog(FileRequest),
}

impl WorkspaceEvent {
    /// Whether the event opens a modal.
    fn opens_modal(&self) -> bool {
        use WorkspaceEvent::{Closed, Message, Opened, SaveEnded};
        !matches!(self, Message(_) | Opened | Closed | SaveEnded(_))
    }
}

impl Workspace {
    /// Returns the events since the last call.
    pub fn take_events(&mut self) -> Vec<WorkspaceEvent> {
        std::mem::take(&mut self.events)
    }

    /// Shows a message.
    pub(super) fn report(&mut self, message: impl Into<String>) {
        self.events.push(WorkspaceEvent::Message(message.into()));
    }

    /// Shows that something failed.
    pub(super) fn report_failure(&mut self, title: &str, text: impl Into<String>) {
        self.events.push(WorkspaceEvent::Failed {
            title: title.to_owned(),
            text: text.into(),
        });
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
