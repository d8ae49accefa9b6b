//! The shape of format 1, frozen: what a file may say, not what the program
//! makes of it. A later version gets a shape of its own beside this one.
//!
//! Must not know: ids that are left out, references, positions.

use super::values::{Name, Pairs, colour, date, decimal, level, number, percent, score, span};
use crate::model::{self, Date, Rgb, Span};
use serde::Deserialize as Shape;

fn version() -> u32 {
    1
}

#[derive(Default, Shape)]
pub(super) struct Map<'a> {
    #[serde(default = "version")]
    pub format: u32,
    pub title: String,
    #[serde(default, with = "MapKind")]
    pub kind: model::MapKind,
    #[serde(default)]
    pub forked_from: Option<Fork>,
    #[serde(default)]
    pub scenario: String,
    #[serde(default, borrow)]
    pub personas: Vec<Persona<'a>>,
    #[serde(default, borrow)]
    pub departments: Vec<Department<'a>>,
    #[serde(default, borrow)]
    pub channels: Vec<Channel<'a>>,
    #[serde(default, borrow)]
    pub environments: Vec<Environment<'a>>,
    #[serde(default, borrow)]
    pub lanes: Vec<Lane<'a>>,
    #[serde(default, borrow)]
    pub stages: Vec<Stage<'a>>,
    #[serde(default, borrow)]
    pub actions: Vec<Action<'a>>,
    #[serde(default)]
    pub measurements: Vec<Measurement>,
    #[serde(default, borrow)]
    pub notes: Vec<Note<'a>>,
    #[serde(default)]
    pub suppressions: Vec<Suppression>,
    #[serde(default)]
    pub extra: Pairs,
    #[serde(default, borrow)]
    pub pictures: Vec<Picture<'a>>,
}

#[derive(Shape)]
#[serde(remote = "model::MapKind", rename_all = "snake_case")]
enum MapKind {
    Current,
    Future,
}

#[derive(Shape)]
pub(super) struct Fork {
    pub file: String,
    #[serde(default, deserialize_with = "date")]
    pub date: Option<Date>,
}

#[derive(Clone, Copy, Shape)]
#[serde(rename_all = "snake_case")]
pub(super) enum Basis {
    Assumption,
    Observed,
    Interviewed,
    Measured,
}

#[derive(Shape)]
pub(super) struct Persona<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub name: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub goals: Vec<String>,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub frustrations: Vec<String>,
    #[serde(default)]
    pub quote: String,
    #[serde(default, borrow)]
    pub picture: Option<Name<'a>>,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
}

#[derive(Default, Shape)]
pub(super) struct Department<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub name: String,
    #[serde(default)]
    pub short: String,
    #[serde(default, deserialize_with = "colour")]
    pub colour: Option<Rgb>,
    #[serde(default)]
    pub contact: String,
}

#[derive(Default, Shape)]
pub(super) struct Channel<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub name: String,
    #[serde(default)]
    pub icon: Option<String>,
    #[serde(default)]
    pub digital: bool,
    #[serde(default)]
    pub mobile: bool,
    #[serde(default)]
    pub self_service: bool,
    #[serde(default)]
    pub automated: bool,
}

#[derive(Shape)]
#[serde(remote = "model::EnvironmentKind", rename_all = "snake_case")]
enum EnvironmentKind {
    Physical,
    Digital,
    Social,
}

#[derive(Shape)]
pub(super) struct Environment<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub name: String,
    #[serde(default, with = "EnvironmentKind")]
    pub kind: model::EnvironmentKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Shape)]
#[serde(rename_all = "snake_case")]
pub(super) enum LaneKind {
    Custom,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Shape)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holds {
    #[default]
    Text,
    List,
    Score,
    Picture,
    Link,
}

#[derive(Shape)]
pub(super) struct Lane<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    #[serde(default)]
    #[expect(dead_code, reason = "written for the reader's eye: the id decides")]
    kind: Option<LaneKind>,
    #[serde(default)]
    pub holds: Holds,
    #[serde(default, deserialize_with = "decimal")]
    pub from: Option<f64>,
    #[serde(default, deserialize_with = "decimal")]
    pub to: Option<f64>,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub hidden: bool,
}

#[derive(Default, Shape)]
pub(super) struct Stage<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub name: String,
    #[serde(default)]
    pub goal: String,
    #[serde(default, borrow)]
    pub owner: Option<Name<'a>>,
    #[serde(default, borrow)]
    pub supporters: Vec<Name<'a>>,
    #[serde(default)]
    pub time: String,
    #[serde(default, deserialize_with = "span")]
    pub duration: Option<Span>,
    #[serde(default)]
    pub notes: String,
    #[serde(default, borrow)]
    pub touchpoints: Vec<Touchpoint<'a>>,
}

#[derive(Default, Shape)]
pub(super) struct Touchpoint<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default, borrow)]
    pub channel: Option<Name<'a>>,
    #[serde(default, borrow)]
    pub environment: Option<Name<'a>>,
    #[serde(default, borrow)]
    pub owner: Option<Name<'a>>,
    #[serde(default, borrow)]
    pub supporters: Vec<Name<'a>>,
    #[serde(default)]
    pub time: String,
    #[serde(default, deserialize_with = "span")]
    pub duration: Option<Span>,
    #[serde(default)]
    pub moment_of_truth: bool,
    #[serde(default, borrow)]
    pub feelings: Vec<Feeling<'a>>,
    #[serde(default, borrow)]
    pub pains: Vec<Pain<'a>>,
    #[serde(default, borrow)]
    pub opportunities: Vec<Opportunity<'a>>,
    #[serde(default, borrow)]
    pub backstage: Vec<Backstage<'a>>,
    #[serde(default)]
    pub measurements: Vec<Measurement>,
    #[serde(default, borrow)]
    pub paths: Vec<Path<'a>>,
    #[serde(default)]
    pub ends: bool,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default, borrow)]
    pub pictures: Vec<Name<'a>>,
    #[serde(default)]
    pub texts: Pairs,
    #[serde(default)]
    pub votes: u32,
    #[serde(default)]
    pub notes: String,
}

#[derive(Default, Shape)]
pub(super) struct Feeling<'a> {
    #[serde(default, borrow)]
    pub persona: Option<Name<'a>>,
    #[serde(default, deserialize_with = "score")]
    pub score: Option<f64>,
    #[serde(default, deserialize_with = "score")]
    pub before: Option<f64>,
    #[serde(default, deserialize_with = "score")]
    pub after: Option<f64>,
    #[serde(default)]
    pub emotion: String,
    #[serde(default)]
    pub quote: String,
    #[serde(default)]
    pub thought: String,
    #[serde(default)]
    pub motivation: String,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
}

#[derive(Default, Shape)]
pub(super) struct Pain<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub text: String,
    #[serde(default, deserialize_with = "level")]
    pub severity: model::Level,
    #[serde(default)]
    pub votes: u32,
    #[serde(default, borrow)]
    pub actions: Vec<Name<'a>>,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
}

#[derive(Shape)]
pub(super) struct Opportunity<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub text: String,
    #[serde(default, deserialize_with = "level")]
    pub value: model::Level,
    #[serde(default)]
    pub delight: bool,
    #[serde(default)]
    pub votes: u32,
    #[serde(default, borrow)]
    pub actions: Vec<Name<'a>>,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
}

#[derive(Shape)]
#[serde(remote = "model::BackstageKind", rename_all = "snake_case")]
enum BackstageKind {
    Process,
    System,
    People,
}

#[derive(Shape)]
pub(super) struct Backstage<'a> {
    pub text: String,
    #[serde(default, with = "BackstageKind")]
    pub kind: model::BackstageKind,
    #[serde(default, borrow)]
    pub department: Option<Name<'a>>,
}

#[derive(Shape)]
pub(super) struct Measurement {
    pub metric: String,
    #[serde(default, deserialize_with = "decimal")]
    pub value: Option<f64>,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub n: Option<u32>,
    #[serde(default, deserialize_with = "date")]
    pub date: Option<Date>,
}

#[derive(Shape)]
#[serde(remote = "model::PathKind", rename_all = "snake_case")]
enum PathKind {
    Next,
    Alternative,
    Failure,
    Return,
}

#[derive(Shape)]
pub(super) struct Path<'a> {
    #[serde(borrow)]
    pub to: Name<'a>,
    #[serde(default, with = "PathKind")]
    pub kind: model::PathKind,
    #[serde(default)]
    pub label: String,
    #[serde(default, deserialize_with = "percent")]
    pub share: Option<model::Share>,
}

#[derive(Shape)]
#[serde(remote = "model::ActionStatus", rename_all = "snake_case")]
enum ActionStatus {
    Planned,
    Started,
    Done,
    Dropped,
}

#[derive(Shape)]
pub(super) struct Lift {
    pub metric: String,
    #[serde(deserialize_with = "number")]
    pub by: f64,
}

#[derive(Shape)]
pub(super) struct Action<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub name: String,
    #[serde(default, borrow)]
    pub owner: Option<Name<'a>>,
    #[serde(default, with = "ActionStatus")]
    pub status: model::ActionStatus,
    #[serde(default, deserialize_with = "date")]
    pub due: Option<Date>,
    #[serde(default)]
    pub lift: Option<Lift>,
    #[serde(default)]
    pub notes: String,
}

#[derive(Shape)]
pub(super) struct Note<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub text: String,
    #[serde(default)]
    pub votes: u32,
}

#[derive(Shape)]
pub(super) struct Suppression {
    pub rule: String,
    pub subject: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Shape)]
pub(super) struct Picture<'a> {
    #[serde(default, borrow)]
    pub id: Option<Name<'a>>,
    pub name: String,
    /// Base 64 of the image file, in as many lines as people like.
    pub data: Vec<String>,
}
