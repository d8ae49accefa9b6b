//! The header of a map and the records of its lists: personas, departments, channels,
//! environments, actions, notes, accepted findings.
//!
//! Must not know: drawing, files.

use super::Measurement;
use crate::model::decimal::Decimal;
use crate::model::id::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id as _, ImageId, NoteId, PersonaId,
    SuppressionId,
};
use crate::model::image::EmbeddedData;
use crate::model::rhythm::Rhythm;
use crate::model::value::{Date, Evidence, Rgb};
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
    /// The name of this one among the forks of that map, such as “Target”.
    pub name: String,
    /// The date of the fork, or on which changes of the other map were taken over last.
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
    /// The person who keeps the map true, by name and contact.
    pub keeper: String,
    /// The rhythm in which each stage is checked against reality.
    pub rhythm: Option<Rhythm>,
    /// Measurements of the whole journey, such as NPS.
    pub measurements: Vec<Measurement>,
    /// Data of other programs, preserved unread.
    pub extra: BTreeMap<String, String>,
    /// The other map as it was on the date of the fork, as its compressed text without pictures;
    /// empty if it is not known.
    pub fork_point: EmbeddedData,
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
    /// Rule, subject and detail, see [`Suppression::new`].
    pub id: SuppressionId,
    /// The id of the rule.
    pub rule: String,
    /// The id of the record that the finding is about.
    pub subject: String,
    /// The part of the record that the finding is about, such as a metric; empty for
    /// all findings of the rule about the record.
    pub detail: String,
    /// The reason for accepting it.
    pub reason: String,
}

impl Suppression {
    /// Creates the acceptance of all findings of one rule about one subject. The id is
    /// `rule subject`.
    pub fn new(rule: &str, subject: &str, reason: &str) -> Suppression {
        Suppression {
            id: SuppressionId::from_text(&format!("{rule} {subject}")),
            rule: rule.to_owned(),
            subject: subject.to_owned(),
            detail: String::new(),
            reason: reason.to_owned(),
        }
    }

    /// Narrows it to a part of the subject, which then ends the id on a line of its own.
    /// An empty part changes nothing.
    #[must_use]
    pub fn with_detail(mut self, detail: &str) -> Suppression {
        if !detail.is_empty() {
            let (rule, subject) = (&self.rule, &self.subject);
            self.id = SuppressionId::from_text(&format!("{rule} {subject}\n{detail}"));
            detail.clone_into(&mut self.detail);
        }
        self
    }
}

/// A persona: the customer from whose perspective the journey is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Persona {
    /// Unique in the map.
    pub id: PersonaId,
    /// Name, such as "Jana Novak".
    pub name: String,
    /// The role, in one line.
    pub role: String,
    /// Goals.
    pub goals: Vec<String>,
    /// Needs on the way.
    pub needs: Vec<String>,
    /// Frustrations.
    pub frustrations: Vec<String>,
    /// A typical quote.
    pub quote: String,
    /// A portrait, shown in a circle.
    pub picture: Option<ImageId>,
    /// The evidence for the description.
    pub evidence: Evidence,
}

/// A department that owns or supports touchpoints and stages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Department {
    /// Unique in the map.
    pub id: DepartmentId,
    /// Full name.
    pub name: String,
    /// Short name for the stripe on a card; derived from the name if empty.
    pub short: String,
    /// The colour; `None` for an automatic one by position in the list.
    pub colour: Option<Rgb>,
    /// The contact person.
    pub contact: String,
}

impl Department {
    /// The short name, or the full name if there is none.
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() {
            &self.name
        } else {
            &self.short
        }
    }
}

/// A channel of contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Channel {
    /// Unique in the map.
    pub id: ChannelId,
    /// Name, such as "Phone".
    pub name: String,
    /// The name of the icon; `None` to guess it from the name.
    pub icon: Option<String>,
    /// Whether the channel is digital.
    pub digital: bool,
    /// Whether it works on a mobile device.
    pub mobile: bool,
    /// Whether customers serve themselves.
    pub self_service: bool,
    /// Whether no person works on the other end.
    pub automated: bool,
}

/// The kind of an environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvironmentKind {
    /// A physical place.
    #[default]
    Physical,
    /// A digital one, on a screen.
    Digital,
    /// Among people, without contact with the organisation.
    Social,
}

/// An environment of contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Environment {
    /// Unique in the map.
    pub id: EnvironmentId,
    /// Name, such as "At home".
    pub name: String,
    /// The kind of environment.
    pub kind: EnvironmentKind,
}

/// The status of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// Agreed, not begun.
    #[default]
    Planned,
    /// Under way.
    Started,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

/// An action on pains and opportunities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Action {
    /// Unique in the map.
    pub id: ActionId,
    /// The name: the work to be done.
    pub name: String,
    /// The department that carries it out.
    pub owner: Option<DepartmentId>,
    /// The status.
    pub status: ActionStatus,
    /// The due date.
    #[serde(with = "crate::model::value::date")]
    pub due: Option<Date>,
    /// The date since when it has its effect.
    #[serde(
        with = "crate::model::value::date",
        skip_serializing_if = "Option::is_none"
    )]
    pub done_on: Option<Date>,
    /// The expected effect on a metric.
    pub lift: Option<Lift>,
    /// Anything else.
    pub notes: String,
}

/// The expected effect of an action on a metric.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lift {
    /// The metric, as in [`Measurement::metric`](super::Measurement::metric), or
    /// `feeling` for the score.
    pub metric: String,
    /// The expected change, in the unit of the metric.
    pub by: Decimal,
}
