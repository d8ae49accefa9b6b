//! Values that can be assigned to touchpoints.
//!
//! Must not know: how they are assigned.

use crate::model::{ChannelId, DepartmentId, EnvironmentId, PersonaId};

/// A value that can be assigned to touchpoints.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Assignment {
    /// An owner, or none.
    Owner(Option<DepartmentId>),
    /// A channel, or none.
    Channel(Option<ChannelId>),
    /// An environment, or none.
    Environment(Option<EnvironmentId>),
    /// A neutral feeling of a persona that has none there yet.
    Persona(PersonaId),
}
