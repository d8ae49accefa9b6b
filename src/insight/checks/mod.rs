//! The rules of each family, a file a family, declared beside their checks; and the
//! catalogue of all.
//!
//! Must not know: files, lines of text, drawing, editing, clocks.

pub(crate) mod accepted;
pub(crate) mod channel;
pub(crate) mod completeness;
pub(crate) mod conflict;
pub(crate) mod evidence;
pub(crate) mod feelings;
pub(crate) mod measurement;
pub(crate) mod ownership;
pub(crate) mod pain;
pub(crate) mod path;
pub(crate) mod structure;

use super::rule::{Rule, RuleFamily};
pub use ownership::{UNOWNED_STAGE, UNOWNED_TOUCHPOINT};
pub use pain::PAIN_WITHOUT_ANSWER;
pub use structure::{
    DUPLICATE_ID, DUPLICATE_KEY, NUMBER_ROUNDED, ORIGIN_MISSING, ORIGIN_NEWER, REFERENCE_DANGLING,
    UNKNOWN_FIELD, VALUE_UNREADABLE,
};

/// The rules about a file, which are checked where it is read.
pub(crate) static FILE_RULES: [&Rule; 7] = [
    &DUPLICATE_ID,
    &UNKNOWN_FIELD,
    &DUPLICATE_KEY,
    &NUMBER_ROUNDED,
    &VALUE_UNREADABLE,
    &ORIGIN_MISSING,
    &ORIGIN_NEWER,
];

impl RuleFamily {
    /// The rules of the family.
    pub fn rules(self) -> &'static [&'static Rule] {
        match self {
            RuleFamily::Ownership => ownership::RULES,
            RuleFamily::Pain => pain::RULES,
            RuleFamily::Feelings => feelings::RULES,
            RuleFamily::Evidence => evidence::RULES,
            RuleFamily::Measurement => measurement::RULES,
            RuleFamily::Path => path::RULES,
            RuleFamily::Channel => channel::RULES,
            RuleFamily::Completeness => completeness::RULES,
            RuleFamily::Structure => structure::RULES,
        }
    }
}

/// All rules, family by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let families = RuleFamily::ALL.into_iter();
    families.flat_map(|family| family.rules().iter().copied())
}
