//! Findings of the checks.
//!
//! Must not know: windows, files.

use super::fix::Fix;
use super::rules::{Rule, RuleFamily};
use crate::model::{FieldRef, ObjectRef};

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

/// The text shown if there are no findings.
pub const NO_FINDINGS: &str = "No findings";

/// An observation of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, with severity and rationale.
    pub rule: &'static Rule,
    /// The object of the finding.
    pub subject: ObjectRef,
    /// The field where it shows, or the object as a whole.
    pub location: FieldRef,
    /// The message, a sentence without a full stop.
    pub message: String,
    /// The available fixes, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// Creates a finding without fixes.
    pub fn new(
        rule: &'static Rule,
        subject: ObjectRef,
        location: impl Into<FieldRef>,
        message: String,
    ) -> Finding {
        Finding {
            rule,
            subject,
            location: location.into(),
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
