//! Channels and environments of contact.
//!
//! Must not know: drawing, files.

use crate::model::id::{ChannelId, EnvironmentId};
use serde::{Deserialize, Serialize};

/// A channel of contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Channel {
    /// Unique in the map.
    pub id: ChannelId,
    /// Name, such as "Phone".
    pub name: String,
    /// The name of the icon; `None` to guess it from the name.
    pub icon: Option<String>,
    /// Whether the channel is digital.
    pub digital: bool,
    /// Whether it works on a mobile device.
    pub mobile: bool,
    /// Whether customers serve themselves.
    pub self_service: bool,
    /// Whether no person works on the other end.
    pub automated: bool,
}

impl Channel {
    /// A channel with nothing but an id and a name.
    pub fn new(id: ChannelId, name: impl Into<String>) -> Channel {
        Channel {
            id,
            name: name.into(),
            icon: None,
            digital: false,
            mobile: false,
            self_service: false,
            automated: false,
        }
    }
}

/// The kind of an environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvironmentKind {
    /// A physical place.
    #[default]
    Physical,
    /// A digital one, on a screen.
    Digital,
    /// Among people, without contact with the organisation.
    Social,
}

/// An environment of contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Environment {
    /// Unique in the map.
    pub id: EnvironmentId,
    /// Name, such as "At home".
    pub name: String,
    /// The kind of environment.
    pub kind: EnvironmentKind,
}

impl Environment {
    /// A physical environment with nothing but an id and a name.
    pub fn new(id: EnvironmentId, name: impl Into<String>) -> Environment {
        Environment {
            id,
            name: name.into(),
            kind: EnvironmentKind::Physical,
        }
    }
}
