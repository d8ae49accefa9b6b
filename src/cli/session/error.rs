//! The error of a command: a kind for programs and a sentence for people.
//!
//! Must not know: the commands.

use crate::edit::PlanError;
use crate::session::SaveError;
use crate::storage::{DiskError, DiskProblem};
use serde_json::{Value, json};

/// The error of a command.
pub(super) struct SessionCommandError {
    pub(super) kind: &'static str,
    pub(super) error: String,
}

impl SessionCommandError {
    pub(super) fn new(kind: &'static str, error: impl ToString) -> SessionCommandError {
        SessionCommandError {
            kind,
            error: error.to_string(),
        }
    }

    /// The error of a command that does not fit here.
    pub(super) fn usage(error: impl ToString) -> SessionCommandError {
        SessionCommandError::new("usage", error)
    }

    pub(super) fn json(self) -> Value {
        json!({"ok": false, "kind": self.kind, "error": self.error})
    }
}

impl From<DiskError> for SessionCommandError {
    fn from(error: DiskError) -> SessionCommandError {
        let kind = match error.problem {
            DiskProblem::Changed => "changed",
            DiskProblem::DriveFull | DiskProblem::FileSizeLimit => "full",
            DiskProblem::ReadOnly | DiskProblem::ReadOnlyFolder => "read-only",
            DiskProblem::Denied(_) => "denied",
            DiskProblem::MissingFolder => "no-folder",
            DiskProblem::DriveGone | DiskProblem::DriveFailure | DiskProblem::NotConfirmed(_) => {
                "drive"
            }
            _ => "disk",
        };
        SessionCommandError::new(kind, error)
    }
}

impl From<SaveError> for SessionCommandError {
    fn from(error: SaveError) -> SessionCommandError {
        match error {
            SaveError::Disk(error) => error.into(),
            SaveError::Busy => SessionCommandError::new("busy", error),
            SaveError::Lost => SessionCommandError::new("disk", error),
            SaveError::Unreadable(_) => SessionCommandError::new("refused", error),
            SaveError::NoFile => SessionCommandError::usage(error),
        }
    }
}

impl From<PlanError> for SessionCommandError {
    fn from(refusal: PlanError) -> SessionCommandError {
        SessionCommandError::new("refused", refusal)
    }
}
