//! The catalogue of rules. The rules are declared beside their checks, one file
//! for each family.

use super::checks::{channel, evidence, measurement, ownership, pain, path, structure};
use super::rule::{Rule, RuleFamily};

pub use super::checks::ownership::{UNOWNED_STAGE, UNOWNED_TOUCHPOINT};
pub use super::checks::pain::PAIN_WITHOUT_ANSWER;
pub use super::checks::structure::{
    DUPLICATE_ID, DUPLICATE_KEY, NUMBER_ROUNDED, REFERENCE_DANGLING, UNKNOWN_FIELD,
};

impl RuleFamily {
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
