//! What a check found.

use super::fix::Fix;
use super::rules::{Family, Rule};
use crate::model::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id, ImageId, PainId, PersonaId, StageId,
    TouchpointId,
};
use std::borrow::Cow;

/// How much a finding matters.
///
/// An *error* contradicts itself: nobody can be right about it. A *warning* is
/// not what its author can have meant, is lost when the map is saved, or is a
/// promise that was not kept. *Advice* is worth a look, and may well be fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look.
    Advice,
    /// Something is lost, broken or not as its author thinks.
    Warning,
    /// The map contradicts itself.
    Error,
}

impl Severity {
    /// The most severe first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

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
    /// The way from one touchpoint to another, written or not.
    Path(TouchpointId, TouchpointId),
    /// An action.
    Action(ActionId),
    /// A persona.
    Persona(PersonaId),
    /// A department.
    Department(DepartmentId),
    /// A channel.
    Channel(ChannelId),
    /// An environment.
    Environment(EnvironmentId),
    /// A picture.
    Picture(ImageId),
    /// Any other record, by its id.
    Record(String),
}

impl Subject {
    /// What suppressions call it: the id of the record, for a path both ids with
    /// a space between, nothing for the map.
    pub fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Subject::Map => "",
            Subject::Stage(id) => id.as_str(),
            Subject::Touchpoint(id) => id.as_str(),
            Subject::Pain(_, id) => id.as_str(),
            Subject::Path(from, to) => return Cow::Owned(format!("{from} {to}")),
            Subject::Action(id) => id.as_str(),
            Subject::Persona(id) => id.as_str(),
            Subject::Department(id) => id.as_str(),
            Subject::Channel(id) => id.as_str(),
            Subject::Environment(id) => id.as_str(),
            Subject::Picture(id) => id.as_str(),
            Subject::Record(id) => id,
        })
    }

    /// The touchpoint to look at, where there is one.
    pub fn touchpoint(&self) -> Option<&TouchpointId> {
        match self {
            Subject::Touchpoint(id) | Subject::Pain(id, _) | Subject::Path(id, _) => Some(id),
            _ => None,
        }
    }
}

/// What is said where no check noticed anything.
pub const NOTHING: &str = "Nothing stands out: every check is content";

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
    /// What can be done about it, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding that offers nothing to do.
    pub fn new(rule: &'static Rule, subject: Subject, place: String, message: String) -> Finding {
        Finding {
            rule,
            subject,
            place,
            message,
            fixes: Vec::new(),
        }
    }

    /// The same finding, offering this.
    #[must_use]
    pub fn with(mut self, fixes: impl IntoIterator<Item = Fix>) -> Finding {
        self.fixes.extend(fixes);
        self
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// What it is about, roughly.
    pub fn family(&self) -> Family {
        self.rule.family
    }
}

/// A text that begins with a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// A sentence with a capital letter and a full stop.
pub fn sentence(text: &str) -> String {
    let mut sentence = capital(text.trim());
    if !sentence.is_empty() && !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_large_and_end() {
        assert_eq!(sentence("there is no stage"), "There is no stage.");
        assert_eq!(sentence("Where to?"), "Where to?");
    }
}
