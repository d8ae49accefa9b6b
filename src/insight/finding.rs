//! Findings of the checks.
//!
//! Must not know: windows, files.

use super::fix::Fix;
use super::rules::{Rule, RuleFamily};
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
pub enum FindingSubject {
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

impl FindingSubject {
    /// The key used in accepted findings: the id of the record, for a path both
    /// ids separated by a space, empty for the map.
    pub fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            FindingSubject::Map => "",
            FindingSubject::Stage(id) => id.as_str(),
            FindingSubject::Touchpoint(id) => id.as_str(),
            FindingSubject::Pain(_, id) => id.as_str(),
            FindingSubject::Path(from, to) => return Cow::Owned(format!("{from} {to}")),
            FindingSubject::Action(id) => id.as_str(),
            FindingSubject::Persona(id) => id.as_str(),
            FindingSubject::Department(id) => id.as_str(),
            FindingSubject::Channel(id) => id.as_str(),
            FindingSubject::Environment(id) => id.as_str(),
            FindingSubject::Picture(id) => id.as_str(),
            FindingSubject::Record(id) => id,
        })
    }

    /// The touchpoint to show for the finding, if any.
    pub fn touchpoint(&self) -> Option<&TouchpointId> {
        match self {
            FindingSubject::Touchpoint(id)
            | FindingSubject::Pain(id, _)
            | FindingSubject::Path(id, _) => Some(id),
            _ => None,
        }
    }
}

/// The text shown if there are no findings.
pub const NO_FINDINGS: &str = "Nothing stands out: every check is content";

/// An observation of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, with severity and rationale.
    pub rule: &'static Rule,
    /// The object of the finding.
    pub subject: FindingSubject,
    /// The position in the map, as field names and indices from 0:
    /// `stages[2].touchpoints[1].owner`. Empty for the map.
    pub location: String,
    /// The message, a sentence without a full stop.
    pub message: String,
    /// The available fixes, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// Creates a finding without fixes.
    pub fn new(
        rule: &'static Rule,
        subject: FindingSubject,
        place: String,
        message: String,
    ) -> Finding {
        Finding {
            rule,
            subject,
            location: place,
            message,
            fixes: Vec::new(),
        }
    }

    /// Returns the finding with these fixes added.
    #[must_use]
    pub fn with_fixes(mut self, fixes: impl IntoIterator<Item = Fix>) -> Finding {
        self.fixes.extend(fixes);
        self
    }

    /// The severity of its rule.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// The family of its rule.
    pub fn family(&self) -> RuleFamily {
        self.rule.family
    }
}

/// Capitalizes the first letter.
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Formats a text as a sentence with a capital letter and a full stop.
pub fn sentence(text: &str) -> String {
    let mut sentence = capitalize(text.trim());
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
