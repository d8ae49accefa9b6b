//! The catalogue of rules: what each notices and why that matters.

use super::finding::Severity;

/// A rule that findings are of.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in files, on the command line and in JSON.
    pub id: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// What it notices.
    pub meaning: &'static str,
    /// Why that matters.
    pub why: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident, $meaning:literal, $why:literal;)*) => {
        $(
            #[doc = $meaning]
            pub static $name: Rule = Rule {
                id: $id,
                severity: Severity::$severity,
                meaning: $meaning,
                why: $why,
            };
        )*

        /// Every rule, errors first.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    REFERENCE_DANGLING = "reference-dangling", Error,
        "Something is referred to that is not in the map.",
        "A misspelt owner looks like an owner and is none.";
    DUPLICATE_ID = "duplicate-id", Error,
        "Two records of one kind have the same id.",
        "References to it could mean either.";
    UNKNOWN_FIELD = "unknown-field", Warning,
        "The file has a field that the format does not have.",
        "What stands in it is not shown and is dropped when the map is saved; often it is a misspelling.";
    DUPLICATE_KEY = "duplicate-key", Warning,
        "The same thing is said twice in one place.",
        "Only one of the two is kept.";
    NUMBER_ROUNDED = "number-rounded", Warning,
        "A number has more decimals than are kept.",
        "Scores are kept in tenths, other numbers in thousandths, so that maps compare exactly.";
    PICTURE_BROKEN = "picture-broken", Warning,
        "The data of a picture is no PNG or JPEG that can be shown.",
        "A grey box with its name stands in its place.";
    LANE_VALUE = "lane-value", Warning,
        "What a touchpoint says in a lane does not fit the lane.",
        "A number off its scale, an address that cannot be opened or a missing picture shows as plain text or not at all.";
    UNOWNED_STAGE = "unowned-stage", Advice,
        "No department owns the stage.",
        "Nobody answers for what happens between its touchpoints.";
    UNOWNED_TOUCHPOINT = "unowned-touchpoint", Advice,
        "No department owns the touchpoint.",
        "What nobody owns, nobody improves.";
    PAIN_WITHOUT_ANSWER = "pain-without-answer", Advice,
        "No action answers the pain point.",
        "It has been found and will stay.";
    EMPTY_STAGE = "empty-stage", Advice,
        "The stage has no touchpoint.",
        "Either something is missing, or it is no stage of its own.";
    UNUSED_PICTURE = "unused-picture", Advice,
        "Nothing shows the picture.",
        "It makes the file larger and is never seen.";
}

/// The rule of this name.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
