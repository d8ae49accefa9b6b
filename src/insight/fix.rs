//! Quick fixes of findings, as data.
//!
//! Must not know: how a fix is shown or turned into a change of the map.

use crate::model::{DepartmentId, PathKind, TouchpointId};

/// A possible fix, applied to the subject of the finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fix {
    /// Fill in a field, which needs knowledge of the user.
    FillIn(Field),
    /// Set the department as owner.
    Own(DepartmentId),
    /// Add the department as a supporter of the touchpoint.
    Support(TouchpointId, DepartmentId),
    /// Add an action that answers the pain point, named after it.
    AddAction,
    /// Add a touchpoint to the stage.
    AddTouchpoint,
    /// Delete the subject.
    Delete,
    /// Merge with the first record of the same name.
    Merge,
    /// Remove dangling references.
    DropMissing,
    /// Mark the touchpoint as a possible end of the journey.
    EndHere,
    /// Add a path.
    Lead {
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
pub enum Field {
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

impl Field {
    /// The label of the button.
    pub fn words(self) -> &'static str {
        match self {
            Field::Name => "Change the name",
            Field::Owner => "Choose an owner",
            Field::Supporters => "Choose who helps",
            Field::Due => "Set owner and due date",
            Field::Status => "Update the action",
            Field::Actions => "Choose an action",
            Field::Opportunities => "Write down an opportunity",
            Field::Evidence => "Say what it rests on",
            Field::Feelings => "Write down feelings",
            Field::Measurements => "Enter a measurement",
            Field::Paths => "Look at its paths",
            Field::Channel => "Choose a channel",
            Field::Backstage => "Write down what is behind it",
            Field::Texts => "Correct the entry",
            Field::Picture => "Choose another picture",
        }
    }
}
