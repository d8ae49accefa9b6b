//! What is said about a touchpoint: how it feels, what hurts, what could be better,
//! what happens out of sight.

use crate::model::id::{ActionId, DepartmentId, OpportunityId, PainId, PersonaId};
use crate::model::value::{Evidence, Level, Score};
use serde::{Deserialize, Serialize};

/// How a persona feels at a touchpoint, and before and after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feeling {
    /// Whose feeling; `None` is the first persona of the map, or simply "the customer".
    pub persona: Option<PersonaId>,
    /// How good or bad it feels at the touchpoint.
    pub score: Option<Score>,
    /// The state of mind on arriving.
    pub before: Option<Score>,
    /// The state of mind on leaving.
    pub after: Option<Score>,
    /// The feeling by name ("frustrated").
    pub emotion: String,
    /// What the customer says aloud.
    pub quote: String,
    /// What the customer thinks.
    pub thought: String,
    /// Why the customer does this at all.
    pub motivation: String,
    /// What the feeling rests on.
    pub evidence: Evidence,
}

/// Something that hurts at a touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pain {
    /// Unique in the map.
    pub id: PainId,
    /// What hurts.
    pub text: String,
    /// How much.
    pub severity: Level,
    /// Votes of the room.
    pub votes: u32,
    /// Actions that answer it.
    pub actions: Vec<ActionId>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// Something at a touchpoint that could be better.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Opportunity {
    /// Unique in the map.
    pub id: OpportunityId,
    /// What could be done.
    pub text: String,
    /// How much it would bring.
    pub value: Level,
    /// It would exceed expectations rather than merely stop being bad.
    pub delight: bool,
    /// Votes of the room.
    pub votes: u32,
    /// Actions that take it up.
    pub actions: Vec<ActionId>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What kind of thing works backstage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackstageKind {
    /// A procedure.
    #[default]
    Process,
    /// A computer system.
    System,
    /// People.
    People,
}

/// What the organisation does out of sight, below the line of visibility.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backstage {
    /// What is done.
    pub text: String,
    /// By a process, a system or people.
    pub kind: BackstageKind,
    /// Where in the organisation.
    pub department: Option<DepartmentId>,
}
