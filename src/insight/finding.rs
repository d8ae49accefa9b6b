//! Findings of the checks.
//!
//! Must not know: windows, files.

use super::fix::Fix;
use super::rules::{Family, Rule};
use crate::model::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id, ImageId, PainId, PersonaId, StageId,
    TouchpointId,
};
use std::borrow::Cow;

/// The severity of a finding.
///
/// An *error* is a contradiction in the map. A *warning* is a probable mistake of
/// the author, data lost on saving, or a missed commitment. *Advice* is worth a
/// look and may well be fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look.
    Advice,
    /// Something is lost, broken, or probably not intended.
    Warning,
    /// The map contradicts itself.
    Error,
}

impl Severity {
    /// All severities, the most severe first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

    /// The word used on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// The object of a finding.
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
    /// The link from one touchpoint to another, explicit or implicit.
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
    /// An image.
    Picture(ImageId),
    /// Any other record, by its id.
    Record(String),
}

impl Subject {
    /// The key used in accepted findings: the id of the record, for a path both
    /// ids separated by a space, empty for the map.
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

    /// The touchpoint to show for the finding, if any.
    pub fn touchpoint(&self) -> Option<&TouchpointId> {
        match self {
            Subject::Touchpoint(id) | Subject::Pain(id, _) | Subject::Path(id, _) => Some(id),
            _ => None,
        }
    }
}

/// The text shown if there are no findings.
pub const NOTHING: &str = "Nothing stands out: every check is content";

/// An observation of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, with severity and rationale.
    pub rule: &'static Rule,
    /// The object of the finding.
    pub subject: Subject,
    /// The position in the map, as field names and indices from 0:
    /// `stages[2].touchpoints[1].owner`. Empty for the map.
    pub place: String,
    /// The message, a sentence without a full stop.
    pub message: String,
    /// The available fixes, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// Creates a finding without fixes.
    pub fn new(rule: &'static Rule, subject: Subject, place: String, message: String) -> Finding {
        Finding {
            rule,
            subject,
            place,
            message,
            fixes: Vec::new(),
        }
    }

    /// Returns the finding with these fixes added.
    #[must_use]
    pub fn with(mut self, fixes: impl IntoIterator<Item = Fix>) -> Finding {
        self.fixes.extend(fixes);
        self
    }

    /// The severity of its rule.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// The family of its rule.
    pub fn family(&self) -> Family {
        self.rule.family
    }
}

/// Capitalizes the first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Formats a text as a sentence with a capital letter and a full stop.
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
    fn sentences_are_capitalized_and_end_with_a_full_stop() {
        assert_eq!(sentence("there is no stage"), "There is no stage.");
        assert_eq!(sentence("Where to?"), "Where to?");
    }
}
