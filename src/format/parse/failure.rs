//! Why parsing stops, and what that is about.

use std::fmt;

/// Why parsing stopped.
#[derive(Debug)]
pub(in crate::format) struct Failure {
    /// The byte it is about; filled in as soon as somebody knows.
    pub at: Option<usize>,
    /// What was expected.
    pub sentence: String,
    /// The field whose value it is about.
    pub field: Option<String>,
    pub(super) about: About,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Value,
    Record,
    Key,
    Place,
}

impl Failure {
    pub(super) fn new(about: About, at: Option<usize>, sentence: impl Into<String>) -> Failure {
        Failure {
            at,
            sentence: sentence.into(),
            field: None,
            about,
        }
    }

    /// Whether the text is not even made as a map is, whatever it says.
    pub fn is_about_syntax(&self) -> bool {
        self.about == About::Place
    }

    /// Whether the text does not begin as a map does.
    pub fn is_about_the_whole(&self, text: &str) -> bool {
        self.about == About::Value && self.at.is_some_and(|at| text[..at].trim().is_empty())
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl serde::de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Failure {
        Failure::new(About::Value, None, message.to_string())
    }

    fn missing_field(field: &'static str) -> Failure {
        let sentence = format!("expected the field “{field}” in this record");
        Failure::new(About::Record, None, sentence)
    }

    fn duplicate_field(field: &'static str) -> Failure {
        let sentence = format!("the field “{field}” is here a second time");
        Failure::new(About::Key, None, sentence)
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Failure {
        let words = match expected {
            [] => "nothing".to_owned(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        };
        Failure::new(
            About::Value,
            None,
            format!("expected {words}, found {found}"),
        )
    }
}
