//! What a line says about a touchpoint, whatever way it was written.

use crate::model::{Level, Score};

/// What one line says. Names are as they were typed; whether they exist is for
/// [`super::Names`] to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The name of the touchpoint; may be empty.
    pub name: String,
    /// The stage it belongs to, where the line says so.
    pub stage: Option<String>,
    /// How contact happens.
    pub channel: Option<String>,
    /// Where it happens.
    pub environment: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Who helps.
    pub supporters: Vec<String>,
    /// How it feels.
    pub score: Option<Score>,
    /// The feeling by name; empty: not said.
    pub emotion: String,
    /// What the customer says; empty: nothing.
    pub quote: String,
    /// What hurts, and how much.
    pub pains: Vec<(Level, String)>,
    /// What could be better, and how much it would bring.
    pub opportunities: Vec<(Level, String)>,
    /// It is a moment of truth.
    pub moment: bool,
    /// It rests on assumption.
    pub assumption: bool,
}

impl Said {
    /// Whether there is no touchpoint in it: nothing at all, or only a stage.
    pub fn is_no_touchpoint(&self) -> bool {
        *self
            == Said {
                stage: self.stage.clone(),
                ..Said::default()
            }
    }
}
