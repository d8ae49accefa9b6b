//! Stages and touchpoints, and the paths between these.

use super::{Backstage, Feeling, Measurement, Opportunity, Pain};
use crate::model::id::{
    ChannelId, DepartmentId, EnvironmentId, ImageId, LaneId, StageId, TouchpointId,
};
use crate::model::value::{Basis, Evidence, Share, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A phase of the journey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stage {
    /// Unique in the map.
    pub id: StageId,
    /// Name, such as "Compare offers".
    pub name: String,
    /// What the customer wants to achieve in it.
    pub goal: String,
    /// The department that answers for the whole stage.
    pub owner: Option<DepartmentId>,
    /// Departments that help.
    pub supporters: Vec<DepartmentId>,
    /// When it happens, in words ("week 2").
    pub time: String,
    /// How long it takes.
    pub duration: Option<Span>,
    /// Anything else.
    pub notes: String,
}

impl Stage {
    /// A stage with nothing but an id and a name.
    pub fn new(id: StageId, name: impl Into<String>) -> Stage {
        Stage {
            id,
            name: name.into(),
            goal: String::new(),
            owner: None,
            supporters: Vec::new(),
            time: String::new(),
            duration: None,
            notes: String::new(),
        }
    }
}

/// One interaction or contact, on one channel, in one environment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Touchpoint {
    /// Unique in the map.
    pub id: TouchpointId,
    /// What the customer does or meets, such as "Pays the deposit".
    pub name: String,
    /// More about it.
    pub description: String,
    /// How contact happens.
    pub channel: Option<ChannelId>,
    /// Where it happens.
    pub environment: Option<EnvironmentId>,
    /// The department that answers for it.
    pub owner: Option<DepartmentId>,
    /// Departments that help.
    pub supporters: Vec<DepartmentId>,
    /// When it happens, in words ("Monday evening").
    pub time: String,
    /// How long it takes.
    pub duration: Option<Span>,
    /// Whether it has disproportionate effect on the outcome.
    pub moment_of_truth: bool,
    /// How personas feel here.
    pub feelings: Vec<Feeling>,
    /// What hurts.
    pub pains: Vec<Pain>,
    /// What could be better than expected.
    pub opportunities: Vec<Opportunity>,
    /// What the organisation does out of sight.
    pub backstage: Vec<Backstage>,
    /// What was measured here.
    pub measurements: Vec<Measurement>,
    /// Where the journey goes from here, where that is not simply onward.
    pub paths: Vec<Path>,
    /// The journey may end here: nothing follows by itself.
    pub ends: bool,
    /// What the touchpoint itself rests on.
    pub evidence: Evidence,
    /// Free labels to filter by.
    pub tags: Vec<String>,
    /// Pictures for the storyboard.
    pub pictures: Vec<ImageId>,
    /// What stands in custom lanes, as text; see [`Holds`](crate::model::Holds).
    pub texts: BTreeMap<LaneId, String>,
    /// Votes of the room.
    pub votes: u32,
    /// Anything else.
    pub notes: String,
}

impl Touchpoint {
    /// Whether anything is measured here: what is only meant to be does not count.
    pub fn is_measured(&self) -> bool {
        self.measurements.iter().any(|it| it.value.is_some())
    }

    /// A touchpoint with nothing but an id and a name.
    pub fn new(id: TouchpointId, name: impl Into<String>) -> Touchpoint {
        Touchpoint {
            id,
            name: name.into(),
            description: String::new(),
            channel: None,
            environment: None,
            owner: None,
            supporters: Vec::new(),
            time: String::new(),
            duration: None,
            moment_of_truth: false,
            feelings: Vec::new(),
            pains: Vec::new(),
            opportunities: Vec::new(),
            backstage: Vec::new(),
            measurements: Vec::new(),
            paths: Vec::new(),
            ends: false,
            evidence: Evidence::default(),
            tags: Vec::new(),
            pictures: Vec::new(),
            texts: BTreeMap::new(),
            votes: 0,
            notes: String::new(),
        }
    }

    /// Whether it is marked as resting on assumption.
    pub fn is_assumption(&self) -> bool {
        self.evidence.basis == Some(Basis::Assumption)
    }
}

/// What kind of way leads from one touchpoint to another.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PathKind {
    /// The usual way on.
    #[default]
    Next,
    /// Another way that some customers take.
    Alternative,
    /// What happens when something fails.
    Failure,
    /// A way back to an earlier touchpoint.
    Return,
}

/// A directed link to another touchpoint, kept with the touchpoint it leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Path {
    /// Where it leads.
    pub to: TouchpointId,
    /// What kind of way it is.
    pub kind: PathKind,
    /// Who takes it or why.
    pub label: String,
    /// The share of customers who take it.
    pub share: Option<Share>,
}
