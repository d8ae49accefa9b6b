//! The catalogue of rules. The rules are declared beside their checks, one file
//! for each family.

use super::checks::{channel, evidence, measurement, ownership, pain, path, structure};
use super::finding::Severity;

pub use super::checks::ownership::{UNOWNED_STAGE, UNOWNED_TOUCHPOINT};
pub use super::checks::pain::PAIN_WITHOUT_ANSWER;
pub use super::checks::structure::{
    DUPLICATE_ID, DUPLICATE_KEY, NUMBER_ROUNDED, REFERENCE_DANGLING, UNKNOWN_FIELD,
};

/// The subject area of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleFamily {
    /// Owners and handoffs.
    Ownership,
    /// Pain points and the actions on them.
    Pain,
    /// The evidence for claims.
    Evidence,
    /// Measurements and their quality.
    Measurement,
    /// The flow of the journey.
    Path,
    /// Channels and backstage work.
    Channel,
    /// The structure of the map.
    Structure,
}

impl RuleFamily {
    /// All families, in display order.
    pub const ALL: [RuleFamily; 7] = [
        RuleFamily::Ownership,
        RuleFamily::Pain,
        RuleFamily::Evidence,
        RuleFamily::Measurement,
        RuleFamily::Path,
        RuleFamily::Channel,
        RuleFamily::Structure,
    ];

    /// The word used on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            RuleFamily::Ownership => "ownership",
            RuleFamily::Pain => "pain",
            RuleFamily::Evidence => "evidence",
            RuleFamily::Measurement => "measurement",
            RuleFamily::Path => "path",
            RuleFamily::Channel => "channel",
            RuleFamily::Structure => "shape",
        }
    }

    /// The name on screen.
    pub fn title(self) -> &'static str {
        match self {
            RuleFamily::Ownership => "Ownership",
            RuleFamily::Pain => "Pain",
            RuleFamily::Evidence => "Evidence",
            RuleFamily::Measurement => "Measurement",
            RuleFamily::Path => "Path",
            RuleFamily::Channel => "Channel",
            RuleFamily::Structure => "Shape",
        }
    }

    /// The rules of the family.
    pub fn rules(self) -> &'static [&'static Rule] {
        match self {
            RuleFamily::Ownership => ownership::RULES,
            RuleFamily::Pain => pain::RULES,
            RuleFamily::Evidence => evidence::RULES,
            RuleFamily::Measurement => measurement::RULES,
            RuleFamily::Path => path::RULES,
            RuleFamily::Channel => channel::RULES,
            RuleFamily::Structure => structure::RULES,
        }
    }
}

/// A rule of the checks.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name in files, on the command line and in JSON. Never changes.
    pub id: &'static str,
    /// The family.
    pub family: RuleFamily,
    /// The severity of its findings.
    pub severity: Severity,
    /// The observed condition, as a sentence.
    pub meaning: &'static str,
    /// The rationale.
    pub why: &'static str,
    /// The published source, or a note that the rule is Touchline's own.
    pub source: &'static str,
    /// A short example.
    pub example: &'static str,
}

/// Declares the rules of a family, in display order.
macro_rules! catalogue {
    ($family:ident; $($name:ident = $id:literal, $severity:ident,
        $meaning:literal, $why:literal, $source:literal, $example:literal;)*) => {
        $(
            #[doc = $meaning]
            pub static $name: $crate::insight::rules::Rule = $crate::insight::rules::Rule {
                id: $id,
                family: $crate::insight::rules::RuleFamily::$family,
                severity: $crate::insight::finding::Severity::$severity,
                meaning: $meaning,
                why: $why,
                source: $source,
                example: $example,
            };
        )*

        /// The rules of this family.
        pub(crate) static RULES: &[&$crate::insight::rules::Rule] = &[$(&$name),*];
    };
}
pub(super) use catalogue;

/// All rules, family by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RuleFamily::ALL
        .into_iter()
        .flat_map(|family| family.rules().iter().copied())
}

/// Returns the rule with this id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
