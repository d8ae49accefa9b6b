//! The content of a capture line, independent of its notation.

use crate::model::{Level, Score};

/// The content of one line. Names are as typed; [`super::Vocabulary`] resolves them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedLine {
    /// The name of the touchpoint; may be empty.
    pub name: String,
    /// The stage, if the line names one.
    pub stage: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// The environment.
    pub environment: Option<String>,
    /// The owning department.
    pub owner: Option<String>,
    /// The supporting departments.
    pub supporters: Vec<String>,
    /// The score of the feeling.
    pub score: Option<Score>,
    /// The emotion; may be empty.
    pub emotion: String,
    /// The customer's quote; may be empty.
    pub quote: String,
    /// Pain points with their severity.
    pub pains: Vec<(Level, String)>,
    /// Opportunities with their value.
    pub opportunities: Vec<(Level, String)>,
    /// Whether the touchpoint is a moment of truth.
    pub moment: bool,
    /// Whether the touchpoint is marked as an assumption.
    pub assumption: bool,
}

impl ParsedLine {
    /// Whether the line describes no touchpoint: empty, or only a stage.
    pub fn lacks_touchpoint(&self) -> bool {
        *self
            == ParsedLine {
                stage: self.stage.clone(),
                ..ParsedLine::default()
            }
    }
}
