//! Stages, touchpoints, and the paths between touchpoints.
//!
//! Must not know: drawing, files.

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
    /// The customer's goal.
    pub goal: String,
    /// The department that owns the whole stage.
    pub owner: Option<DepartmentId>,
    /// Supporting departments.
    pub supporters: Vec<DepartmentId>,
    /// The time, in words ("week 2").
    pub time: String,
    /// The duration.
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
    /// The name: the customer's action or encounter, such as "Pays the deposit".
    pub name: String,
    /// A description.
    pub description: String,
    /// The channel.
    pub channel: Option<ChannelId>,
    /// The environment.
    pub environment: Option<EnvironmentId>,
    /// The department that owns the touchpoint.
    pub owner: Option<DepartmentId>,
    /// Supporting departments.
    pub supporters: Vec<DepartmentId>,
    /// The time, in words ("Monday evening").
    pub time: String,
    /// The duration.
    pub duration: Option<Span>,
    /// Whether it has a disproportionate effect on the outcome.
    pub moment_of_truth: bool,
    /// Feelings of personas.
    pub feelings: Vec<Feeling>,
    /// Pain points.
    pub pains: Vec<Pain>,
    /// Opportunities for improvement.
    pub opportunities: Vec<Opportunity>,
    /// Backstage work.
    pub backstage: Vec<Backstage>,
    /// Measurements.
    pub measurements: Vec<Measurement>,
    /// Outgoing paths that differ from list order.
    pub paths: Vec<Path>,
    /// Whether the journey may end here: nothing follows implicitly.
    pub ends: bool,
    /// The evidence for the touchpoint itself.
    pub evidence: Evidence,
    /// Free-form tags for filtering.
    pub tags: Vec<String>,
    /// Images for the storyboard.
    pub pictures: Vec<ImageId>,
    /// Values in custom lanes, as text; see [`LaneContentKind`](crate::model::LaneContentKind).
    pub texts: BTreeMap<LaneId, String>,
    /// Votes of the team.
    pub votes: u32,
    /// Anything else.
    pub notes: String,
}

impl Touchpoint {
    /// Whether any measurement has a value; planned ones do not count.
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

    /// Whether the touchpoint is marked as an assumption.
    pub fn is_assumption(&self) -> bool {
        self.evidence.basis == Some(Basis::Assumption)
    }
}

/// The kind of a path.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PathKind {
    /// The usual continuation.
    #[default]
    Next,
    /// An alternative that some customers take.
    Alternative,
    /// The continuation after a failure.
    Failure,
    /// A return to an earlier touchpoint.
    Return,
}

/// A directed path to another touchpoint, stored with its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Path {
    /// The target.
    pub to: TouchpointId,
    /// The kind of path.
    pub kind: PathKind,
    /// The condition, or the customers who take it.
    pub label: String,
    /// The share of customers who take it.
    pub share: Option<Share>,
}
