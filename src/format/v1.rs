//! Wire types of format 1, frozen: the records and fields of a file as they are
//! written. A later version gets types of its own beside these.
//!
//! Must not know: ids that are left out, references, positions.

use super::wire_types::{
    Pairs, color, count, date, decimal, level, number, optional_count, percent, score, span,
};
use crate::model::{self, Date, Rgb, Span};
use serde::Deserialize;

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u32 = 1;

fn version() -> u32 {
    VERSION
}

#[derive(Default, Deserialize)]
pub(super) struct Map {
    #[serde(default = "version", deserialize_with = "count")]
    pub format: u32,
    pub title: String,
    #[serde(default, with = "MapKind")]
    pub kind: model::MapKind,
    #[serde(default)]
    pub forked_from: Option<Fork>,
    #[serde(default)]
    pub scenario: String,
    #[serde(default)]
    pub personas: Vec<Persona>,
    #[serde(default)]
    pub departments: Vec<Department>,
    #[serde(default)]
    pub channels: Vec<Channel>,
    #[serde(default)]
    pub environments: Vec<Environment>,
    #[serde(default)]
    pub lanes: Vec<Lane>,
    #[serde(default)]
    pub stages: Vec<Stage>,
    #[serde(default)]
    pub actions: Vec<Action>,
    #[serde(default)]
    pub measurements: Vec<Measurement>,
    #[serde(default)]
    pub notes: Vec<Note>,
    #[serde(default)]
    pub suppressions: Vec<Suppression>,
    #[serde(default)]
    pub extra: Pairs,
    #[serde(default)]
    pub pictures: Vec<Picture>,
}

#[derive(Deserialize)]
#[serde(remote = "model::MapKind", rename_all = "snake_case")]
enum MapKind {
    Current,
    Future,
}

#[derive(Deserialize)]
pub(super) struct Fork {
    pub file: String,
    #[serde(default, deserialize_with = "date")]
    pub date: Option<Date>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Basis {
    Assumption,
    Observed,
    Interviewed,
    Measured,
}

#[derive(Deserialize)]
pub(super) struct Persona {
    #[serde(default)]
    pub id: Option<String>,
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
    #[serde(default)]
    pub picture: Option<String>,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
}

#[derive(Default, Deserialize)]
pub(super) struct Department {
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
    #[serde(default)]
    pub short: String,
    #[serde(default, deserialize_with = "color")]
    pub colour: Option<Rgb>,
    #[serde(default)]
    pub contact: String,
}

#[derive(Default, Deserialize)]
pub(super) struct Channel {
    #[serde(default)]
    pub id: Option<String>,
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

#[derive(Deserialize)]
#[serde(remote = "model::EnvironmentKind", rename_all = "snake_case")]
enum EnvironmentKind {
    Physical,
    Digital,
    Social,
}

#[derive(Deserialize)]
pub(super) struct Environment {
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
    #[serde(default, with = "EnvironmentKind")]
    pub kind: model::EnvironmentKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LaneKind {
    Custom,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holds {
    #[default]
    Text,
    List,
    Score,
    Picture,
    Link,
}

#[derive(Deserialize)]
pub(super) struct Lane {
    #[serde(default)]
    pub id: Option<String>,
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

#[derive(Default, Deserialize)]
pub(super) struct Stage {
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
    #[serde(default)]
    pub goal: String,
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default)]
    pub supporters: Vec<String>,
    #[serde(default)]
    pub time: String,
    #[serde(default, deserialize_with = "span")]
    pub duration: Option<Span>,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub touchpoints: Vec<Touchpoint>,
}

#[derive(Default, Deserialize)]
pub(super) struct Touchpoint {
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub channel: Option<String>,
    #[serde(default)]
    pub environment: Option<String>,
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default)]
    pub supporters: Vec<String>,
    #[serde(default)]
    pub time: String,
    #[serde(default, deserialize_with = "span")]
    pub duration: Option<Span>,
    #[serde(default)]
    pub moment_of_truth: bool,
    #[serde(default)]
    pub feelings: Vec<Feeling>,
    #[serde(default)]
    pub pains: Vec<Pain>,
    #[serde(default)]
    pub opportunities: Vec<Opportunity>,
    #[serde(default)]
    pub backstage: Vec<Backstage>,
    #[serde(default)]
    pub measurements: Vec<Measurement>,
    #[serde(default)]
    pub paths: Vec<Path>,
    #[serde(default)]
    pub ends: bool,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub pictures: Vec<String>,
    #[serde(default)]
    pub texts: Pairs,
    #[serde(default, deserialize_with = "count")]
    pub votes: u32,
    #[serde(default)]
    pub notes: String,
}

#[derive(Default, Deserialize)]
pub(super) struct Feeling {
    #[serde(default)]
    pub persona: Option<String>,
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

#[derive(Default, Deserialize)]
pub(super) struct Pain {
    #[serde(default)]
    pub id: Option<String>,
    pub text: String,
    #[serde(default, deserialize_with = "level")]
    pub severity: model::Level,
    #[serde(default, deserialize_with = "count")]
    pub votes: u32,
    #[serde(default)]
    pub actions: Vec<String>,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize)]
pub(super) struct Opportunity {
    #[serde(default)]
    pub id: Option<String>,
    pub text: String,
    #[serde(default, deserialize_with = "level")]
    pub value: model::Level,
    #[serde(default)]
    pub delight: bool,
    #[serde(default, deserialize_with = "count")]
    pub votes: u32,
    #[serde(default)]
    pub actions: Vec<String>,
    #[serde(default)]
    pub evidence: Option<Basis>,
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize)]
#[serde(remote = "model::BackstageKind", rename_all = "snake_case")]
enum BackstageKind {
    Process,
    System,
    People,
}

#[derive(Deserialize)]
pub(super) struct Backstage {
    pub text: String,
    #[serde(default, with = "BackstageKind")]
    pub kind: model::BackstageKind,
    #[serde(default)]
    pub department: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Measurement {
    pub metric: String,
    #[serde(default, deserialize_with = "decimal")]
    pub value: Option<f64>,
    #[serde(default)]
    pub unit: String,
    #[serde(default, deserialize_with = "optional_count")]
    pub n: Option<u32>,
    #[serde(default, deserialize_with = "date")]
    pub date: Option<Date>,
}

#[derive(Deserialize)]
#[serde(remote = "model::PathKind", rename_all = "snake_case")]
enum PathKind {
    Next,
    Alternative,
    Failure,
    Return,
}

#[derive(Deserialize)]
pub(super) struct Path {
    pub to: String,
    #[serde(default, with = "PathKind")]
    pub kind: model::PathKind,
    #[serde(default)]
    pub label: String,
    #[serde(default, deserialize_with = "percent")]
    pub share: Option<model::Share>,
}

#[derive(Deserialize)]
#[serde(remote = "model::ActionStatus", rename_all = "snake_case")]
enum ActionStatus {
    Planned,
    Started,
    Done,
    Dropped,
}

#[derive(Deserialize)]
pub(super) struct Lift {
    pub metric: String,
    #[serde(deserialize_with = "number")]
    pub by: f64,
}

#[derive(Deserialize)]
pub(super) struct Action {
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default, with = "ActionStatus")]
    pub status: model::ActionStatus,
    #[serde(default, deserialize_with = "date")]
    pub due: Option<Date>,
    #[serde(default)]
    pub lift: Option<Lift>,
    #[serde(default)]
    pub notes: String,
}

#[derive(Deserialize)]
pub(super) struct Note {
    #[serde(default)]
    pub id: Option<String>,
    pub text: String,
    #[serde(default, deserialize_with = "count")]
    pub votes: u32,
}

#[derive(Deserialize)]
pub(super) struct Suppression {
    pub rule: String,
    pub subject: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Deserialize)]
pub(super) struct Picture {
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
    /// Base 64 of the image file, in as many lines as people like.
    pub data: Vec<String>,
}
