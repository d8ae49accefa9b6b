//! The record types of a map.
//!
//! Records refer to each other by id only. A reference may be dangling; `insight`
//! reports it, the model allows it.
//!
//! Must not know: files, drawing, editing.

mod action;
mod channel_environment;
mod header;
mod measurement;
mod persona_department;
mod stage_touchpoint;
mod statements;

use super::id::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id, ImageId, LaneId, NoteId, PersonaId,
    StageId, SuppressionId, TouchpointId,
};
use super::image::Image;
use super::lane::Lane;
use super::object_ref::ObjectRef;
pub use action::{Action, ActionStatus, Lift};
pub use channel_environment::{Channel, Environment, EnvironmentKind};
pub use header::{Fork, Header, MapKind, Note, Suppression};
pub use measurement::Measurement;
pub use persona_department::{Department, Persona};
pub use stage_touchpoint::{Path, PathKind, Stage, Touchpoint};
pub use statements::{Backstage, BackstageKind, Feeling, Opportunity, Pain};

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

macro_rules! records {
    ($($type:ident: $id:ident, $name:ident;)*) => {$(
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
    )*};
}

records! {
    Persona: PersonaId, name;
    Stage: StageId, name;
    Touchpoint: TouchpointId, name;
    Channel: ChannelId, name;
    Environment: EnvironmentId, name;
    Department: DepartmentId, name;
    Action: ActionId, name;
    Lane: LaneId, name;
    Image: ImageId, name;
    Note: NoteId, text;
    Suppression: SuppressionId, reason;
}
