//! The header of a map, parking lot notes, and accepted findings.
//!
//! Must not know: drawing, files.

use super::Measurement;
use crate::model::id::{Id as _, NoteId, SuppressionId};
use crate::model::value::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The current or a future state of a journey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapKind {
    /// The journey as it is today.
    #[default]
    Current,
    /// The intended future journey.
    Future,
}

/// The map that another one was forked from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fork {
    /// File name of the other map, relative to this one, with `/` between folders.
    pub file: String,
    /// The date of the fork.
    #[serde(with = "crate::model::value::date")]
    pub date: Option<Date>,
}

/// Properties of the map as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Header {
    /// The name of the map.
    pub title: String,
    /// The current or a future state.
    pub kind: MapKind,
    /// The map this one was forked from.
    pub forked_from: Option<Fork>,
    /// The persona and situation, in a sentence or two.
    pub scenario: String,
    /// Measurements of the whole journey, such as NPS.
    pub measurements: Vec<Measurement>,
    /// Data of other programs, preserved unread.
    pub extra: BTreeMap<String, String>,
}

/// A note in the parking lot: not assigned to a place in the map yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Note {
    /// Unique in the map.
    pub id: NoteId,
    /// The text.
    pub text: String,
    /// Votes of the team.
    pub votes: u32,
}

/// A finding that the team has reviewed and accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Suppression {
    /// `rule subject`, see [`Suppression::new`].
    pub id: SuppressionId,
    /// The id of the rule.
    pub rule: String,
    /// The id of the record that the finding is about.
    pub subject: String,
    /// The reason for accepting it.
    pub reason: String,
}

impl Suppression {
    /// Creates the acceptance of one rule for one subject.
    pub fn new(rule: &str, subject: &str, reason: &str) -> Suppression {
        Suppression {
            id: SuppressionId::from_text(&format!("{rule} {subject}")),
            rule: rule.to_owned(),
            subject: subject.to_owned(),
            reason: reason.to_owned(),
        }
    }
}
