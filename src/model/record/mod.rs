//! The record types of a map.
//!
//! Records refer to each other by id only. A reference may be dangling; `insight`
//! reports it, the model allows it.
//!
//! Must not know: files, drawing, editing.

mod check;
mod comment;
mod conflict;
mod lists;
mod measurement;
mod measurement_text;
mod saved_view;
mod stage_touchpoint;

use super::id::{
    ActionId, ChannelId, CommentId, ConflictId, DepartmentId, EnvironmentId, Id, ImageId, LaneId,
    NoteId, PersonaId, SavedViewId, StageId, SuppressionId, TouchpointId,
};
use super::image::Image;
use super::lane::Lane;
use super::object_ref::ObjectRef;
pub use check::Check;
pub use comment::{Comment, CommentSubject, Reply};
pub use conflict::{Conflict, ConflictChoice, ConflictKind};
pub use lists::{
    Action, ActionStatus, Channel, Department, Environment, EnvironmentKind, Fork, Header, Lift,
    MapKind, Note, Persona, Suppression,
};
pub use measurement::{Answers, MAX_SCALE_STEPS, Measurement};
pub use saved_view::{CardColoring, EmptyField, HighlightedMark, SavedView, View};
pub use stage_touchpoint::{
    Backstage, BackstageKind, Feeling, Opportunity, Pain, Path, PathKind, Stage, Touchpoint,
};

/// A record with an id, listed in a map.
pub trait Record: Clone + PartialEq + std::fmt::Debug {
    /// The type of the id.
    type Id: Id;
    /// The id, unique among records of this type in one map.
    fn id(&self) -> &Self::Id;
    /// Changes the id (only for a repair or a paste; ids never change otherwise).
    fn set_id(&mut self, id: Self::Id);
    /// The name on screen.
    fn name(&self) -> &str;
    /// The address of the record with an id.
    fn address(id: Self::Id) -> ObjectRef;
    /// The address of the record.
    fn object(&self) -> ObjectRef {
        Self::address(self.id().clone())
    }
}

/// Implements [`Record`], and the constructor of records that begin with a name only.
macro_rules! records {
    ($($type:ident: $id:ident, $name:ident $(, $new:ident)?;)*) => {$(
        impl Record for $type {
            type Id = $id;
            fn id(&self) -> &$id {
                &self.id
            }
            fn set_id(&mut self, id: $id) {
                self.id = id;
            }
            fn name(&self) -> &str {
                &self.$name
            }
            fn address(id: $id) -> ObjectRef {
                ObjectRef::$type(id)
            }
        }

        $(
            impl $type {
                /// A record with nothing but an id and a name.
                pub fn $new(id: $id, name: impl Into<String>) -> $type {
                    $type {
                        id,
                        name: name.into(),
                        ..$type::default()
                    }
                }
            }
        )?
    )*};
}

records! {
    Persona: PersonaId, name, new;
    Stage: StageId, name, new;
    Touchpoint: TouchpointId, name, new;
    Channel: ChannelId, name, new;
    Environment: EnvironmentId, name, new;
    Department: DepartmentId, name, new;
    Action: ActionId, name, new;
    SavedView: SavedViewId, name, new;
    Lane: LaneId, name;
    Image: ImageId, name;
    Note: NoteId, text;
    Conflict: ConflictId, record;
    Comment: CommentId, text;
    Suppression: SuppressionId, reason;
}

impl<R: Record> From<&R> for ObjectRef {
    fn from(record: &R) -> ObjectRef {
        record.object()
    }
}
