//! Reasons why an intent cannot be planned.
//!
//! Must not know: intents.

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
    /// The id is already in use.
    #[error("this map already has a {word} “{id}”")]
    IdTaken {
        /// The kind of record.
        word: &'static str,
        /// The id.
        id: String,
    },
    /// A path from a touchpoint to itself.
    #[error("a touchpoint cannot lead to itself")]
    PathToItself,
    /// Deletion of a standard lane, which can only be hidden.
    #[error("a standard lane can be hidden, not deleted")]
    StandardLane,
}
