//! The records of a map: every word of the field as a type.
//!
//! Records refer to each other by id only. A reference may point at nothing;
//! that is for `insight` to notice, not for the model to forbid.

use super::id::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id, ImageId, LaneId, NoteId, OpportunityId,
    PainId, PersonaId, StageId, SuppressionId, TouchpointId,
};
use super::image::Image;
use super::lane::Lane;
use super::measurement::Measurement;
use super::value::{Basis, Date, Decimal, Evidence, Level, Rgb, Score, Share, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A thing with an id that is listed in a map.
pub trait Record: Clone + PartialEq + std::fmt::Debug {
    /// The type of its id.
    type Id: Id;
    /// Its id, unique among records of its type in one map.
    fn id(&self) -> &Self::Id;
    /// Gives it another id (a repair or a paste; ids never change otherwise).
    fn set_id(&mut self, id: Self::Id);
    /// What people call it.
    fn name(&self) -> &str;
}

macro_rules! records {
    ($($type:ident: $id:ident, $name:ident;)*) => {$(
        impl Record for $type {
            type Id = $id;
            fn id(&self) -> &$id {
                &self.id
            }
            fn set_id(&mut self, id: $id) {
                self.id = id;
            }
            fn name(&self) -> &str {
                &self.$name
            }
        }
    )*};
}

records! {
    Persona: PersonaId, name;
    Stage: StageId, name;
    Touchpoint: TouchpointId, name;
    Channel: ChannelId, name;
    Environment: EnvironmentId, name;
    Department: DepartmentId, name;
    Action: ActionId, name;
    Lane: LaneId, name;
    Image: ImageId, name;
    Note: NoteId, text;
    Suppression: SuppressionId, reason;
}

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
    #[serde(with = "super::value::date")]
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

/// The specific customer whose eyes we look through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Persona {
    /// Unique in the map.
    pub id: PersonaId,
    /// Name, such as "Jana Novak".
    pub name: String,
    /// Who they are, in one line.
    pub role: String,
    /// What they want to achieve.
    pub goals: Vec<String>,
    /// What they need on the way.
    pub needs: Vec<String>,
    /// What wears them out.
    pub frustrations: Vec<String>,
    /// In their own words.
    pub quote: String,
    /// A picture of them, shown in a disc.
    pub picture: Option<ImageId>,
    /// What the description rests on.
    pub evidence: Evidence,
}

/// A phase of the journey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stage {
    /// Unique in the map.
    pub id: StageId,
    /// Name, such as "Compare offers".
    pub name: String,
    /// What the customer wants to achieve in it.
    pub goal: String,
    /// The department that answers for the whole stage.
    pub owner: Option<DepartmentId>,
    /// Departments that help.
    pub supporters: Vec<DepartmentId>,
    /// When it happens, in words ("week 2").
    pub time: String,
    /// How long it takes.
    pub duration: Option<Span>,
    /// Anything else.
    pub notes: String,
}

/// One interaction or contact, on one channel, in one environment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Touchpoint {
    /// Unique in the map.
    pub id: TouchpointId,
    /// What the customer does or meets, such as "Pays the deposit".
    pub name: String,
    /// More about it.
    pub description: String,
    /// How contact happens.
    pub channel: Option<ChannelId>,
    /// Where it happens.
    pub environment: Option<EnvironmentId>,
    /// The department that answers for it.
    pub owner: Option<DepartmentId>,
    /// Departments that help.
    pub supporters: Vec<DepartmentId>,
    /// When it happens, in words ("Monday evening").
    pub time: String,
    /// How long it takes.
    pub duration: Option<Span>,
    /// Whether it has disproportionate effect on the outcome.
    pub moment_of_truth: bool,
    /// How personas feel here.
    pub feelings: Vec<Feeling>,
    /// What hurts.
    pub pains: Vec<Pain>,
    /// What could be better than expected.
    pub opportunities: Vec<Opportunity>,
    /// What the organisation does out of sight.
    pub backstage: Vec<Backstage>,
    /// What was measured here.
    pub measurements: Vec<Measurement>,
    /// Where the journey goes from here, where that is not simply onward.
    pub paths: Vec<Path>,
    /// The journey may end here: nothing follows by itself.
    pub ends: bool,
    /// What the touchpoint itself rests on.
    pub evidence: Evidence,
    /// Free labels to filter by.
    pub tags: Vec<String>,
    /// Pictures for the storyboard.
    pub pictures: Vec<ImageId>,
    /// What stands in custom lanes, as text; see [`Holds`](super::lane::Holds).
    pub texts: BTreeMap<LaneId, String>,
    /// Votes of the room.
    pub votes: u32,
    /// Anything else.
    pub notes: String,
}

/// How a persona feels at a touchpoint, and before and after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feeling {
    /// Whose feeling; `None` is the first persona of the map, or simply "the customer".
    pub persona: Option<PersonaId>,
    /// How good or bad it feels at the touchpoint.
    pub score: Option<Score>,
    /// The state of mind on arriving.
    pub before: Option<Score>,
    /// The state of mind on leaving.
    pub after: Option<Score>,
    /// The feeling by name ("frustrated").
    pub emotion: String,
    /// What the customer says aloud.
    pub quote: String,
    /// What the customer thinks.
    pub thought: String,
    /// Why the customer does this at all.
    pub motivation: String,
    /// What the feeling rests on.
    pub evidence: Evidence,
}

/// Something that hurts at a touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pain {
    /// Unique in the map.
    pub id: PainId,
    /// What hurts.
    pub text: String,
    /// How much.
    pub severity: Level,
    /// Votes of the room.
    pub votes: u32,
    /// Actions that answer it.
    pub actions: Vec<ActionId>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// Something at a touchpoint that could be better.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Opportunity {
    /// Unique in the map.
    pub id: OpportunityId,
    /// What could be done.
    pub text: String,
    /// How much it would bring.
    pub value: Level,
    /// It would exceed expectations rather than merely stop being bad.
    pub delight: bool,
    /// Votes of the room.
    pub votes: u32,
    /// Actions that take it up.
    pub actions: Vec<ActionId>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// How far an action has come.
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

/// What will be done about pains and opportunities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Action {
    /// Unique in the map.
    pub id: ActionId,
    /// What will be done.
    pub name: String,
    /// Who will do it.
    pub owner: Option<DepartmentId>,
    /// How far it has come.
    pub status: ActionStatus,
    /// By when.
    #[serde(with = "super::value::date")]
    pub due: Option<Date>,
    /// By how much it should lift which metric.
    pub lift: Option<Lift>,
    /// Anything else.
    pub notes: String,
}

/// The change that an action is expected to bring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lift {
    /// Which metric, as in [`Measurement::metric`], or `feeling` for the score.
    pub metric: String,
    /// By how much, in the metric's own unit.
    pub by: Decimal,
}

/// What kind of way leads from one touchpoint to another.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PathKind {
    /// The usual way on.
    #[default]
    Next,
    /// Another way that some customers take.
    Alternative,
    /// What happens when something fails.
    Failure,
    /// A way back to an earlier touchpoint.
    Return,
}

/// A directed link to another touchpoint, kept with the touchpoint it leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Path {
    /// Where it leads.
    pub to: TouchpointId,
    /// What kind of way it is.
    pub kind: PathKind,
    /// Who takes it or why.
    pub label: String,
    /// The share of customers who take it.
    pub share: Option<Share>,
}

/// What kind of thing works backstage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackstageKind {
    /// A procedure.
    #[default]
    Process,
    /// A computer system.
    System,
    /// People.
    People,
}

/// What the organisation does out of sight, below the line of visibility.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backstage {
    /// What is done.
    pub text: String,
    /// By a process, a system or people.
    pub kind: BackstageKind,
    /// Where in the organisation.
    pub department: Option<DepartmentId>,
}

/// How contact happens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Channel {
    /// Unique in the map.
    pub id: ChannelId,
    /// Name, such as "Phone".
    pub name: String,
    /// Which icon stands for it; `None`: guessed from the name.
    pub icon: Option<String>,
    /// It is digital.
    pub digital: bool,
    /// It works on a mobile device.
    pub mobile: bool,
    /// Customers serve themselves.
    pub self_service: bool,
    /// No person works on the other end.
    pub automated: bool,
}

/// What kind of place an environment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvironmentKind {
    /// A place one can stand in.
    #[default]
    Physical,
    /// A screen.
    Digital,
    /// Among people.
    Social,
}

/// Where contact happens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Environment {
    /// Unique in the map.
    pub id: EnvironmentId,
    /// Name, such as "At home".
    pub name: String,
    /// What kind of place it is.
    pub kind: EnvironmentKind,
}

/// Who owns or supports touchpoints and stages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Department {
    /// Unique in the map.
    pub id: DepartmentId,
    /// Full name.
    pub name: String,
    /// Short name for the stripe on a card; empty: made from the name.
    pub short: String,
    /// Its colour; `None`: one from the palette, by place in the list.
    pub colour: Option<Rgb>,
    /// Whom to ask.
    pub contact: String,
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

impl Touchpoint {
    /// A touchpoint with nothing but an id and a name.
    pub fn new(id: TouchpointId, name: impl Into<String>) -> Touchpoint {
        Touchpoint {
            id,
            name: name.into(),
            description: String::new(),
            channel: None,
            environment: None,
            owner: None,
            supporters: Vec::new(),
            time: String::new(),
            duration: None,
            moment_of_truth: false,
            feelings: Vec::new(),
            pains: Vec::new(),
            opportunities: Vec::new(),
            backstage: Vec::new(),
            measurements: Vec::new(),
            paths: Vec::new(),
            ends: false,
            evidence: Evidence::default(),
            tags: Vec::new(),
            pictures: Vec::new(),
            texts: BTreeMap::new(),
            votes: 0,
            notes: String::new(),
        }
    }

    /// Whether it is marked as resting on assumption.
    pub fn is_assumption(&self) -> bool {
        self.evidence.basis == Some(Basis::Assumption)
    }
}

impl Stage {
    /// A stage with nothing but an id and a name.
    pub fn new(id: StageId, name: impl Into<String>) -> Stage {
        Stage {
            id,
            name: name.into(),
            goal: String::new(),
            owner: None,
            supporters: Vec::new(),
            time: String::new(),
            duration: None,
            notes: String::new(),
        }
    }
}

impl Persona {
    /// A persona with nothing but an id and a name.
    pub fn new(id: PersonaId, name: impl Into<String>) -> Persona {
        Persona {
            id,
            name: name.into(),
            role: String::new(),
            goals: Vec::new(),
            needs: Vec::new(),
            frustrations: Vec::new(),
            quote: String::new(),
            picture: None,
            evidence: Evidence::default(),
        }
    }
}

impl Department {
    /// A department with nothing but an id and a name.
    pub fn new(id: DepartmentId, name: impl Into<String>) -> Department {
        Department {
            id,
            name: name.into(),
            short: String::new(),
            colour: None,
            contact: String::new(),
        }
    }

    /// The short name, or the name itself where none is given.
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() {
            &self.name
        } else {
            &self.short
        }
    }
}

impl Channel {
    /// A channel with nothing but an id and a name.
    pub fn new(id: ChannelId, name: impl Into<String>) -> Channel {
        Channel {
            id,
            name: name.into(),
            icon: None,
            digital: false,
            mobile: false,
            self_service: false,
            automated: false,
        }
    }
}

impl Environment {
    /// A physical environment with nothing but an id and a name.
    pub fn new(id: EnvironmentId, name: impl Into<String>) -> Environment {
        Environment {
            id,
            name: name.into(),
            kind: EnvironmentKind::Physical,
        }
    }
}

impl Action {
    /// A planned action with nothing but an id and a name.
    pub fn new(id: ActionId, name: impl Into<String>) -> Action {
        Action {
            id,
            name: name.into(),
            owner: None,
            status: ActionStatus::Planned,
            due: None,
            lift: None,
            notes: String::new(),
        }
    }
}
