//! Statements about a touchpoint: feelings, pain points, opportunities and backstage work.
//!
//! Must not know: drawing, files.

use crate::model::id::{ActionId, DepartmentId, OpportunityId, PainId, PersonaId};
use crate::model::value::{Evidence, Level, Score};
use serde::{Deserialize, Serialize};

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
