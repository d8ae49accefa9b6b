//! What a check found.

use super::rules::Rule;
use crate::model::{ActionId, Id, PainId, StageId, TouchpointId};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look.
    Advice,
    /// Something will be lost or is not as its author thinks.
    Warning,
    /// The map contradicts itself.
    Error,
}

impl Severity {
    /// The word for it on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The map as a whole.
    Map,
    /// A stage.
    Stage(StageId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// A pain point of a touchpoint.
    Pain(TouchpointId, PainId),
    /// An action.
    Action(ActionId),
    /// Any other record, by its id.
    Record(String),
}

impl Subject {
    /// The id of the record, as suppressions name it; empty for the map.
    pub fn as_str(&self) -> &str {
        match self {
            Subject::Map => "",
            Subject::Stage(id) => id.as_str(),
            Subject::Touchpoint(id) => id.as_str(),
            Subject::Pain(_, id) => id.as_str(),
            Subject::Action(id) => id.as_str(),
            Subject::Record(id) => id,
        }
    }

    /// The touchpoint to look at, where there is one.
    pub fn touchpoint(&self) -> Option<&TouchpointId> {
        match self {
            Subject::Touchpoint(id) | Subject::Pain(id, _) => Some(id),
            _ => None,
        }
    }
}

/// Something that a check noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule noticed it; it says how much it matters and why.
    pub rule: &'static Rule,
    /// What it is about.
    pub subject: Subject,
    /// Where in the map, as names and places counted from 0:
    /// `stages[2].touchpoints[1].owner`. Empty for the map.
    pub place: String,
    /// What was noticed, in a sentence without a full stop.
    pub message: String,
    /// The line in the file it was read from, counted from 1; `None` for a map
    /// in memory.
    pub line: Option<usize>,
}

impl Finding {
    /// A finding about a map in memory.
    pub fn new(rule: &'static Rule, subject: Subject, place: String, message: String) -> Finding {
        Finding {
            rule,
            subject,
            place,
            message,
            line: None,
        }
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }
}
