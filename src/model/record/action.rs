//! What will be done, and what it is to lift.

use crate::model::id::{ActionId, DepartmentId};
use crate::model::value::{Date, Decimal};
use serde::{Deserialize, Serialize};

/// How far an action has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// Agreed, not begun.
    #[default]
    Planned,
    /// Under way.
    Started,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

/// What will be done about pains and opportunities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Action {
    /// Unique in the map.
    pub id: ActionId,
    /// What will be done.
    pub name: String,
    /// Who will do it.
    pub owner: Option<DepartmentId>,
    /// How far it has come.
    pub status: ActionStatus,
    /// By when.
    #[serde(with = "crate::model::value::date")]
    pub due: Option<Date>,
    /// By how much it should lift which metric.
    pub lift: Option<Lift>,
    /// Anything else.
    pub notes: String,
}

impl Action {
    /// A planned action with nothing but an id and a name.
    pub fn new(id: ActionId, name: impl Into<String>) -> Action {
        Action {
            id,
            name: name.into(),
            owner: None,
            status: ActionStatus::Planned,
            due: None,
            lift: None,
            notes: String::new(),
        }
    }
}

/// The change that an action is expected to bring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lift {
    /// Which metric, as in [`Measurement::metric`](super::Measurement::metric), or `feeling` for the score.
    pub metric: String,
    /// By how much, in the metric's own unit.
    pub by: Decimal,
}
