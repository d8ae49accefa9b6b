//! What is said about the map as a whole, and beside it.

use super::Measurement;
use crate::model::id::{Id as _, NoteId, SuppressionId};
use crate::model::value::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether a map shows what is or what shall be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapKind {
    /// The journey as it is today.
    #[default]
    Current,
    /// The journey as it shall be.
    Future,
}

/// Which map this one was forked from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fork {
    /// File name of the other map, relative to this one, with `/` between folders.
    pub file: String,
    /// When it was forked.
    #[serde(with = "crate::model::value::date")]
    pub date: Option<Date>,
}

/// What belongs to the map as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Header {
    /// The name of the map.
    pub title: String,
    /// As it is or as it shall be.
    pub kind: MapKind,
    /// The map this one was forked from.
    pub forked_from: Option<Fork>,
    /// Whose journey in which situation, in a sentence or two.
    pub scenario: String,
    /// Measurements of the whole journey, such as NPS.
    pub measurements: Vec<Measurement>,
    /// What other programs keep here; Touchline carries it along unread.
    pub extra: BTreeMap<String, String>,
}

/// Something said in the room that has no place yet (the parking lot).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Note {
    /// Unique in the map.
    pub id: NoteId,
    /// What was said.
    pub text: String,
    /// Votes of the room.
    pub votes: u32,
}

/// A finding that the team has looked at and decided to live with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Suppression {
    /// `rule subject`, see [`Suppression::new`].
    pub id: SuppressionId,
    /// The id of the rule.
    pub rule: String,
    /// The id of the record that the finding is about.
    pub subject: String,
    /// Why it is fine.
    pub reason: String,
}

impl Suppression {
    /// Makes the suppression of one rule for one subject.
    pub fn new(rule: &str, subject: &str, reason: &str) -> Suppression {
        Suppression {
            id: SuppressionId::from_text(&format!("{rule} {subject}")),
            rule: rule.to_owned(),
            subject: subject.to_owned(),
            reason: reason.to_owned(),
        }
    }
}
