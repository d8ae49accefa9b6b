//! How contact happens, and where.

use crate::model::id::{ChannelId, EnvironmentId};
use serde::{Deserialize, Serialize};

/// How contact happens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Channel {
    /// Unique in the map.
    pub id: ChannelId,
    /// Name, such as "Phone".
    pub name: String,
    /// Which icon stands for it; `None`: guessed from the name.
    pub icon: Option<String>,
    /// It is digital.
    pub digital: bool,
    /// It works on a mobile device.
    pub mobile: bool,
    /// Customers serve themselves.
    pub self_service: bool,
    /// No person works on the other end.
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

/// What kind of place an environment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvironmentKind {
    /// A place one can stand in.
    #[default]
    Physical,
    /// A screen.
    Digital,
    /// Among people.
    Social,
}

/// Where contact happens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Environment {
    /// Unique in the map.
    pub id: EnvironmentId,
    /// Name, such as "At home".
    pub name: String,
    /// What kind of place it is.
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
