//! Actions and their expected effect on metrics.
//!
//! Must not know: drawing, files.

use crate::model::id::{ActionId, DepartmentId};
use crate::model::value::{Date, Decimal};
use serde::{Deserialize, Serialize};

/// The status of an action.
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

/// An action on pains and opportunities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Action {
    /// Unique in the map.
    pub id: ActionId,
    /// The name: the work to be done.
    pub name: String,
    /// The department that carries it out.
    pub owner: Option<DepartmentId>,
    /// The status.
    pub status: ActionStatus,
    /// The due date.
    #[serde(with = "crate::model::value::date")]
    pub due: Option<Date>,
    /// The expected effect on a metric.
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

/// The expected effect of an action on a metric.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lift {
    /// The metric, as in [`Measurement::metric`](super::Measurement::metric), or
    /// `feeling` for the score.
    pub metric: String,
    /// The expected change, in the unit of the metric.
    pub by: Decimal,
}
