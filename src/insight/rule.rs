//! Rules of the checks, their families and severities.
//!
//! Must not know: single rules.

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

/// The subject area of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleFamily {
    /// Owners and handoffs.
    Ownership,
    /// Pain points and the actions on them.
    Pain,
    /// Emotion curves and low moments.
    Feelings,
    /// The evidence for claims.
    Evidence,
    /// Measurements and their quality.
    Measurement,
    /// The flow of the journey.
    Path,
    /// Channels and backstage work.
    Channel,
    /// The basic elements of a journey map.
    Completeness,
    /// The structure of the map.
    Structure,
}

impl RuleFamily {
    /// All families, in display order.
    pub const ALL: [RuleFamily; 9] = [
        RuleFamily::Ownership,
        RuleFamily::Pain,
        RuleFamily::Feelings,
        RuleFamily::Evidence,
        RuleFamily::Measurement,
        RuleFamily::Path,
        RuleFamily::Channel,
        RuleFamily::Completeness,
        RuleFamily::Structure,
    ];

    /// The word used on the command line and in JSON.
    pub fn word(self) -> &'static str {
        self.words().0
    }

    /// The name on screen.
    pub fn title(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            RuleFamily::Ownership => ("ownership", "Ownership"),
            RuleFamily::Pain => ("pain", "Pain"),
            RuleFamily::Feelings => ("feelings", "Feelings"),
            RuleFamily::Evidence => ("evidence", "Evidence"),
            RuleFamily::Measurement => ("measurement", "Measurement"),
            RuleFamily::Path => ("path", "Path"),
            RuleFamily::Channel => ("channel", "Channel"),
            RuleFamily::Completeness => ("completeness", "Completeness"),
            RuleFamily::Structure => ("shape", "Shape"),
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
    /// The name on screen, in a few words.
    pub title: &'static str,
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
    ($family:ident; $($name:ident = $id:literal, $severity:ident, $title:literal,
        $meaning:literal, $why:literal, $source:literal, $example:literal;)*) => {
        $(
            #[doc = $meaning]
            pub static $name: $crate::insight::rule::Rule = $crate::insight::rule::Rule {
                id: $id,
                family: $crate::insight::rule::RuleFamily::$family,
                severity: $crate::insight::rule::Severity::$severity,
                title: $title,
                meaning: $meaning,
                why: $why,
                source: $source,
                example: $example,
            };
        )*

        /// The rules of this family.
        pub(crate) static RULES: &[&$crate::insight::rule::Rule] = &[$(&$name),*];
    };
}
pub(super) use catalogue;
