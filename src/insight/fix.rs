//! What can be done about a finding, as data. Whoever shows the finding offers
//! it; turning it into a change of the map is not done here.

use crate::model::{DepartmentId, PathKind, TouchpointId};

/// One thing that can be done about a finding; it is about the finding's subject.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fix {
    /// Fill in a field: somebody has to know what.
    FillIn(Field),
    /// Let a department own it.
    Own(DepartmentId),
    /// Let a department help with a touchpoint.
    Support(TouchpointId, DepartmentId),
    /// Add an action that answers the pain point, named after it.
    AddAction,
    /// Add a touchpoint to the stage.
    AddTouchpoint,
    /// Delete it.
    Delete,
    /// Make it one with the first of the same name.
    Merge,
    /// Take out what it refers to and is not in the map.
    DropMissing,
    /// Say that the journey may end at the touchpoint.
    EndHere,
    /// Draw a path.
    Lead {
        /// Where it starts.
        from: TouchpointId,
        /// Where it leads.
        to: TouchpointId,
        /// Its kind.
        kind: PathKind,
    },
}

/// What can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The name.
    Name,
    /// Who owns it.
    Owner,
    /// Departments that help.
    Supporters,
    /// By when.
    Due,
    /// How far an action has come.
    Status,
    /// Actions that answer it.
    Actions,
    /// Opportunities.
    Opportunities,
    /// What it rests on.
    Evidence,
    /// How somebody feels.
    Feelings,
    /// What was measured.
    Measurements,
    /// Where it leads, and who goes there.
    Paths,
    /// How contact happens.
    Channel,
    /// What is done out of sight.
    Backstage,
    /// What stands in lanes of one's own.
    Texts,
    /// The picture.
    Picture,
}

impl Field {
    /// What to do, on a button.
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
