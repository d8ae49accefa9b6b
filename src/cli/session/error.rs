//! The error of a command: a kind for programs and a sentence for people.
//!
//! Must not know: the commands.

use crate::edit::Refusal;
use crate::session::SaveError;
use crate::storage::DiskError;
use serde_json::{Value, json};

/// The error of a command.
pub(super) struct Failure {
    pub(super) kind: &'static str,
    pub(super) error: String,
    pub(super) more: Option<(&'static str, Value)>,
}

impl Failure {
    pub(super) fn new(kind: &'static str, error: impl ToString) -> Failure {
        Failure {
            kind,
            error: error.to_string(),
            more: None,
        }
    }

    pub(super) fn json(self) -> Value {
        let mut answer = json!({"ok": false, "kind": self.kind, "error": self.error});
        if let Some((name, value)) = self.more {
            answer[name] = value;
        }
        answer
    }
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Failure {
        let kind = match &error {
            DiskError::Changed { .. } => "changed",
            DiskError::Full { .. } => "full",
            DiskError::ReadOnly { .. } | DiskError::ReadOnlyFolder { .. } => "read-only",
            DiskError::Denied { .. } => "denied",
            DiskError::NoFolder { .. } => "no-folder",
            DiskError::DriveGone { .. }
            | DiskError::DriveFails { .. }
            | DiskError::NotConfirmed { .. } => "drive",
            _ => "disk",
        };
        Failure::new(kind, error)
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Failure {
        match error {
            SaveError::Disk(error) => error.into(),
            SaveError::Busy => Failure::new("busy", error),
            SaveError::Lost => Failure::new("disk", error),
            SaveError::NoFile => Failure::new("usage", error),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::new("refused", refusal)
    }
}
