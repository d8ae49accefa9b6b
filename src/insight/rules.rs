//! The catalogue of rules: what each notices and why that matters. The rules
//! themselves stand with their checks, a file for each family.

use super::checks::{channel, evidence, measurement, ownership, pain, path, structure};
use super::finding::Severity;

pub use super::checks::ownership::{UNOWNED_STAGE, UNOWNED_TOUCHPOINT};
pub use super::checks::pain::PAIN_WITHOUT_ANSWER;
pub use super::checks::structure::{
    DUPLICATE_ID, DUPLICATE_KEY, NUMBER_ROUNDED, REFERENCE_DANGLING, UNKNOWN_FIELD,
};

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Who answers for what.
    Ownership,
    /// What hurts, and what is done about it.
    Pain,
    /// What the claims of the map rest on.
    Evidence,
    /// What is measured, and how well.
    Measurement,
    /// How the journey flows.
    Path,
    /// How contact happens, and what works behind it.
    Channel,
    /// How the map is built.
    Shape,
}

impl Family {
    /// Every family, in the order in which they are shown.
    pub const ALL: [Family; 7] = [
        Family::Ownership,
        Family::Pain,
        Family::Evidence,
        Family::Measurement,
        Family::Path,
        Family::Channel,
        Family::Shape,
    ];

    /// The word for it on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Family::Ownership => "ownership",
            Family::Pain => "pain",
            Family::Evidence => "evidence",
            Family::Measurement => "measurement",
            Family::Path => "path",
            Family::Channel => "channel",
            Family::Shape => "shape",
        }
    }

    /// Its name on screen.
    pub fn title(self) -> &'static str {
        match self {
            Family::Ownership => "Ownership",
            Family::Pain => "Pain",
            Family::Evidence => "Evidence",
            Family::Measurement => "Measurement",
            Family::Path => "Path",
            Family::Channel => "Channel",
            Family::Shape => "Shape",
        }
    }

    /// Its rules.
    pub fn rules(self) -> &'static [&'static Rule] {
        match self {
            Family::Ownership => ownership::RULES,
            Family::Pain => pain::RULES,
            Family::Evidence => evidence::RULES,
            Family::Measurement => measurement::RULES,
            Family::Path => path::RULES,
            Family::Channel => channel::RULES,
            Family::Shape => structure::RULES,
        }
    }
}

/// A rule that findings are of.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in files, on the command line and in JSON. Never changes.
    pub id: &'static str,
    /// What it is about.
    pub family: Family,
    /// How much its findings matter.
    pub severity: Severity,
    /// What it notices, in a sentence.
    pub meaning: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// Where that can be looked up, or that it is a rule of this house.
    pub source: &'static str,
    /// A case in a few words.
    pub example: &'static str,
}

/// Declares the rules of a family, in the order in which they are listed.
macro_rules! catalogue {
    ($family:ident; $($name:ident = $id:literal, $severity:ident,
        $meaning:literal, $why:literal, $source:literal, $example:literal;)*) => {
        $(
            #[doc = $meaning]
            pub static $name: $crate::insight::rules::Rule = $crate::insight::rules::Rule {
                id: $id,
                family: $crate::insight::rules::Family::$family,
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

/// Every rule, family by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    Family::ALL
        .into_iter()
        .flat_map(|family| family.rules().iter().copied())
}

/// The rule of this name.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
