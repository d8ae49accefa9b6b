//! Quick fixes of findings, as data.
//!
//! Must not know: how a fix is shown or turned into a change of the map.

use crate::model::{DepartmentId, FieldRef, PathKind, TouchpointId};

/// A possible fix, applied to the subject of the finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fix {
    /// Fill in a field, which needs knowledge of the user.
    FillIn {
        /// The label of the button.
        label: &'static str,
        /// The field, or the object as a whole.
        field: FieldRef,
    },
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
