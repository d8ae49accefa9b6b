//! The reasons why an intent cannot be planned.
//!
//! Must not know: intents, changes.

use crate::model::{Id, MAX_TEXT_CHARS};

/// The reason why an intent cannot be planned, as a sentence for users.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The intent refers to a record that is not in the map.
    #[error("there is no {word} “{id}” in this map")]
    Missing {
        /// The kind of record.
        word: &'static str,
        /// The id.
        id: String,
    },
    /// A record without an id.
    #[error("a new {word} needs an id")]
    MissingId {
        /// The kind of record.
        word: &'static str,
    },
    /// The id is already in use.
    #[error("another {word} of this map has the id “{id}” already")]
    IdTaken {
        /// The kind of record.
        word: &'static str,
        /// The id.
        id: String,
    },
    /// A text has more than [`MAX_TEXT_CHARS`] characters.
    #[error("a text can have {MAX_TEXT_CHARS} characters; split this one")]
    TextTooLong,
    /// A path from a touchpoint to itself.
    #[error("a touchpoint cannot lead to itself")]
    PathToItself,
    /// Deletion of a standard lane, which can only be hidden.
    #[error("a standard lane can be hidden, not deleted")]
    StandardLane,
}

impl PlanError {
    pub(super) fn missing<I: Id>(id: &I) -> PlanError {
        PlanError::Missing {
            word: I::WORD,
            id: id.to_string(),
        }
    }

    pub(super) fn missing_id<I: Id>() -> PlanError {
        PlanError::MissingId { word: I::WORD }
    }

    pub(super) fn id_taken<I: Id>(id: &I) -> PlanError {
        PlanError::IdTaken {
            word: I::WORD,
            id: id.to_string(),
        }
    }
}
