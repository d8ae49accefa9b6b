//! Quick fixes of findings, as data.
//!
//! Must not know: how a fix is shown or turned into a change of the map.

use crate::model::{DepartmentId, PathKind, TouchpointId};

/// A possible fix, applied to the subject of the finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fix {
    /// Fill in a field, which needs knowledge of the user.
    FillIn(FixField),
    /// Set the department as owner.
    SetOwner(DepartmentId),
    /// Add the department as a supporter of the touchpoint.
    AddSupporter(TouchpointId, DepartmentId),
    /// Add an action that answers the pain point, named after it.
    AddAction,
    /// Add a touchpoint to the stage.
    AddTouchpoint,
    /// Delete the subject.
    Delete,
    /// Merge with the first record of the same name.
    Merge,
    /// Remove dangling references.
    RemoveDangling,
    /// Mark the touchpoint as a possible end of the journey.
    MarkEnd,
    /// Add a path.
    AddPath {
        /// The source.
        from: TouchpointId,
        /// The target.
        to: TouchpointId,
        /// The kind of path.
        kind: PathKind,
    },
}

/// A field that can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FixField {
    /// The name.
    Name,
    /// The owner.
    Owner,
    /// Supporting departments.
    Supporters,
    /// The due date.
    Due,
    /// The status of an action.
    Status,
    /// The actions that answer a pain or opportunity.
    Actions,
    /// Opportunities.
    Opportunities,
    /// The evidence.
    Evidence,
    /// The feelings.
    Feelings,
    /// The measurements.
    Measurements,
    /// The paths and their shares.
    Paths,
    /// The channel.
    Channel,
    /// The backstage items.
    Backstage,
    /// Values in custom lanes.
    Texts,
    /// The image.
    Picture,
}

impl FixField {
    /// The label of the button.
    pub fn label(self) -> &'static str {
        match self {
            FixField::Name => "Change the name",
            FixField::Owner => "Choose an owner",
            FixField::Supporters => "Choose who helps",
            FixField::Due => "Set owner and due date",
            FixField::Status => "Update the action",
            FixField::Actions => "Choose an action",
            FixField::Opportunities => "Write down an opportunity",
            FixField::Evidence => "Say what it rests on",
            FixField::Feelings => "Write down feelings",
            FixField::Measurements => "Enter a measurement",
            FixField::Paths => "Look at its paths",
            FixField::Channel => "Choose a channel",
            FixField::Backstage => "Write down what is behind it",
            FixField::Texts => "Correct the entry",
            FixField::Picture => "Choose another picture",
        }
    }
}
