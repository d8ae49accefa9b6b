//! Stages, touchpoints with everything that is said about them, and the paths between them.
//!
//! Must not know: drawing, files.

use super::{Check, Measurement};
use crate::model::id::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, ImageId, LaneId, OpportunityId, PainId,
    PersonaId, StageId, TouchpointId,
};
use crate::model::span::Span;
use crate::model::value::{Basis, Evidence, Level, Score, Share};
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
    /// The last check against reality.
    pub checked: Option<Check>,
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

/// The feeling of a persona at a touchpoint, and before and after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feeling {
    /// The persona; `None` is the first persona of the map, or the customer if
    /// there is none.
    pub persona: Option<PersonaId>,
    /// The score at the touchpoint.
    pub score: Option<Score>,
    /// The score on arriving.
    pub before: Option<Score>,
    /// The score on leaving.
    pub after: Option<Score>,
    /// The emotion by name ("frustrated").
    pub emotion: String,
    /// The customer's words.
    pub quote: String,
    /// The customer's thought.
    pub thought: String,
    /// The customer's motivation.
    pub motivation: String,
    /// The evidence for the feeling.
    pub evidence: Evidence,
}

impl Feeling {
    /// Whether nothing is said: neither a score nor words.
    pub fn is_blank(&self) -> bool {
        let scores = [self.score, self.before, self.after];
        let words = [&self.emotion, &self.quote, &self.thought, &self.motivation];
        scores.iter().all(Option::is_none) && words.iter().all(|text| text.trim().is_empty())
    }
}

/// A pain point of a touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pain {
    /// Unique in the map.
    pub id: PainId,
    /// The description.
    pub text: String,
    /// The severity.
    pub severity: Level,
    /// Votes of the team.
    pub votes: u32,
    /// Actions that answer it.
    pub actions: Vec<ActionId>,
    /// The evidence for it.
    pub evidence: Evidence,
}

/// An opportunity for improvement at a touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Opportunity {
    /// Unique in the map.
    pub id: OpportunityId,
    /// The description.
    pub text: String,
    /// The expected benefit.
    pub value: Level,
    /// Whether it would exceed expectations rather than merely remove a problem.
    pub delight: bool,
    /// Votes of the team.
    pub votes: u32,
    /// Actions that take it up.
    pub actions: Vec<ActionId>,
    /// The evidence for it.
    pub evidence: Evidence,
}

/// The kind of backstage work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackstageKind {
    /// A process.
    #[default]
    Process,
    /// A computer system.
    System,
    /// People.
    People,
}

/// Backstage work: done by the organisation below the line of visibility.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backstage {
    /// The description.
    pub text: String,
    /// The kind of work.
    pub kind: BackstageKind,
    /// The department that does it.
    pub department: Option<DepartmentId>,
}
